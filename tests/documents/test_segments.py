"""Paragraphs, sentences and clauses: case table and properties."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reportedly.documents.segments import MAX_SENTENCE, segment
from reportedly.documents.words import WORD, count_words, words_of

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "sentences.yml").read_text(encoding="utf-8"))
NEWS = st.lists(
    st.sampled_from(
        [
            "The army said so. ",
            "Ten men died; two fled.",
            "“Stop!” he cried.",
            "\n",
            "\n\n",
            " ",
            "U.S. Gen. A. Bo left. ",
            "(a. B) ",
            ";",
            "TEN DEAD",
            "- item",
            "…",
            "\r\n",
            "\f",
            "他说。",
            "“",
            '"',
            "x" * 50,
            "No. 5. ",
            "\u2029",
            "\x85",
        ]
    )
).map("".join)


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_sentence_cases(case: dict[str, object]) -> None:
    """Each text of the table is cut where the table says."""
    text = str(case["text"])
    assert [text[s.start : s.end] for s in segment(text)[1]] == case["expected"]


@given(st.one_of(st.text(max_size=400), NEWS))
def test_segments_hold_every_visible_character_once(text: str) -> None:
    """Segments are ordered, disjoint, trimmed, within their paragraph, and leave out white space alone."""
    paragraphs, segments = segment(text)
    seen = [False] * len(text)
    for part in segments:
        words = text[part.start : part.end]
        paragraph = paragraphs[part.paragraph]
        assert words
        assert words == words.strip()
        assert paragraph.start <= part.start < part.end <= paragraph.end
        assert not any(seen[part.start : part.end])
        seen[part.start : part.end] = [True] * len(words)
    assert all(done or char.isspace() for done, char in zip(seen, text, strict=True))
    assert [p.start for p in segments] == sorted(p.start for p in segments)
    assert [p.sentence for p in segments] == sorted(p.sentence for p in segments)


@given(NEWS)
def test_segmenting_a_sentence_again_keeps_paragraph_spans(text: str) -> None:
    """Paragraph spans slice back to trimmed text and do not overlap."""
    paragraphs, _ = segment(text)
    for before, after in pairwise(paragraphs):
        assert before.end <= after.start
    assert all(text[p.start : p.end] == text[p.start : p.end].strip() for p in paragraphs)


def test_a_text_without_sentence_ends_is_cut_at_the_limit() -> None:
    """No later step meets a sentence of megabytes."""
    text = "word " * 5000 + "x" * (3 * MAX_SENTENCE)
    assert max(s.end - s.start for s in segment(text)[1]) <= MAX_SENTENCE


def test_segmenting_is_fast() -> None:
    """Far below the target of 3 MB/s something has become quadratic."""
    text = (
        "The army said on Monday that ten men (all of the U.S. 3rd Bn.) had died; rebels denied it. " * 12 + "\n\n"
    ) * 900
    start = time.process_time()
    segment(text)
    assert len(text) / 1e6 / (time.process_time() - start) > 1.0


@pytest.mark.parametrize(
    "text", ["(" * 200_000, ". " * 100_000, '"' * 100_000 + "; " * 50_000, "a\n" * 200_000, "(a. B " * 50_000]
)
def test_hostile_texts_take_linear_time(text: str) -> None:
    """Brackets, stops and lines without end do not hang the splitter."""
    start = time.process_time()
    segment(text)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mali’s army lost 1,200 men", 5),
        ("al-Qaeda-linked JNIM", 4),
        ("U.S. forces — 3.5 million", 4),
        ("📰 — …", 0),
        ("他说十人死亡", 6),
        ("قال الجيش", 2),
        ("snake_case __ x", 2),
        ("", 0),
    ],
)
def test_words_are_counted_by_one_rule(text: str, words: int) -> None:
    """A word is what UAX #29 cuts and holds a letter or digit."""
    assert count_words(text) == words


@pytest.mark.parametrize(
    "words", ["U.S. troops'", "1,200.5 men: 3;4", "_at_ o'clock's end.", "al-Qaeda-linked x9.y B.5a"]
)
def test_words_of_english_letters_are_cut_as_all_words_are(words: str) -> None:
    """The shorter pattern for plain English letters cuts as the one for every script."""
    assert words_of(words) == WORD.findall(words)
