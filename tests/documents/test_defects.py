"""Repeats, boilerplate, previews and order: what is found, and what must not be."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.documents import count_words, parse
from reportedly.documents.wordlists import boilerplate
from reportedly.documents.words import words_of
from reportedly.model import Capture, Document

A = "Gunmen on motorbikes attacked a convoy near the town of Anou on Monday, killing ten soldiers, the army said."
B = "The northern front claims to have killed 84 soldiers as well as 47 militiamen in the same battle near the river."
C = "Residents of the town said shooting went on until the evening and that several houses had been burned down."
D = "The government in the capital has not commented on the figures, and the numbers could not be verified at once."
RULES = boilerplate().rules


def document(text: str) -> Document:
    """Parse a text given as JSONL would give it."""
    found = parse(Capture("d", "d", "text", text))
    assert isinstance(found, Document)
    return found


def kinds(found: Document) -> list[str]:
    """Return the kinds of the paragraphs."""
    return [p.kind for p in found.paragraphs]


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_boilerplate_entries_match_their_examples(rule: object) -> None:
    """The examples of an entry are its own tests."""
    assert all(rule.pattern.fullmatch(words) for words in rule.examples)  # type: ignore[attr-defined]
    assert all(boilerplate().any_rule.fullmatch(words) for words in rule.examples)  # type: ignore[attr-defined]
    assert not any(rule.pattern.fullmatch(words) for words in rule.non_examples)  # type: ignore[attr-defined]
    assert rule.examples  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "words", [A, B, C, D, "Ten soldiers died.", "Share of the dead was high.", "The army is back."]
)
def test_sentences_of_articles_are_no_boilerplate(words: str) -> None:
    """No rule takes an article's own sentence."""
    assert not any(rule.pattern.fullmatch(words) for rule in RULES)


def test_preview_page_is_read_as_one() -> None:
    """Repeats, order, footer, share and publisher of a preview page come out together."""
    footer = (
        "📰\n\nContinue Reading on The Border Courier\n\nThis preview shows approximately 20% of the article. "
        "Please read the whole article on the publisher's page.\n\nRead Full Article →"
    )
    found = document("\n\n".join([A, B, B, A, C, footer]))
    assert kinds(found) == ["body", "body", "repeat", "repeat", "body", *["boilerplate"] * 4]
    assert found.access == "preview"
    assert found.preview is not None
    assert (found.preview.stated_share, found.preview.publisher) == (0.2, "The Border Courier")
    assert found.publisher == "The Border Courier"
    repeats = [d for d in found.defects if d.kind == "repeated_paragraph"]
    assert [found.text[d.start : d.end] for d in repeats] == [B, A]
    assert all(found.text[d.start : d.end] == found.text[slice(*d.repeats)] for d in repeats if d.repeats)
    assert [d.kind for d in found.defects].count("order_uncertain") == 1


def test_doubled_text_in_its_own_order_is_certain() -> None:
    """A page printed twice repeats everything, but its order is the original one."""
    found = document("\n\n".join([A, B, C, A, B, C]))
    assert kinds(found) == ["body"] * 3 + ["repeat"] * 3
    assert "order_uncertain" not in [d.kind for d in found.defects]


def test_opening_that_points_back_makes_the_order_uncertain() -> None:
    """Nobody opens an article with "The latter"."""
    found = document(f"The latter denied that it had lost any men in the attack.\n\n{A}\n\n{C}")
    assert "order_uncertain" in [d.kind for d in found.defects]


def test_near_repeat_is_dropped_and_the_longer_kept() -> None:
    """A pull quote says nothing that its paragraph does not."""
    found = document("\n\n".join([A, B + " " + C, C]))
    assert kinds(found) == ["body", "body", "repeat"]
    assert "near_repeated_paragraph" in [d.kind for d in found.defects]


@pytest.mark.parametrize(("old", "new"), [("84", "48"), ("claims", "denied"), ("47", "seven")])
def test_another_figure_is_no_repeat(old: str, new: str) -> None:
    """A revised toll in the same words is another statement."""
    long = f"{B} {C} {D}"
    assert kinds(document(f"{long}\n\n{long.replace(old, new)}")) == ["body", "body"]


def test_short_lines_may_come_twice() -> None:
    """The same short count under two towns is said twice on purpose."""
    found = document("Anou\n\n3 killed.\n\nTala\n\n3 killed.")
    assert "repeat" not in kinds(found)


def test_continue_reading_in_the_middle_is_no_preview() -> None:
    """A skip link inside a full article does not make it a preview."""
    found = document(f"{A}\n\nContinue reading the main story\n\n{B}\n\n{C}")
    assert found.access == "full"
    assert "boilerplate" in kinds(found)


def test_headings_and_plain_lists() -> None:
    """A short line before sentences is a heading; a list of headlines is body."""
    assert kinds(document(f"A burned town\n\n{A}")) == ["heading", "body"]
    assert kinds(document("Ten killed in raid\nArmy denies role\nUN condemns attack")) == ["body"] * 3


def test_cut_text_is_flagged() -> None:
    """A text that breaks off says so."""
    assert "truncated" in [d.kind for d in document(f"{A}\n\nThe army said that it was still looking…").defects]


WORDS = st.sampled_from(
    ["army", "rebels", "town", "killed", "ten", "river", "convoy", "fled", "north", "said", "on", "Monday"]
)
PARAGRAPHS = st.lists(
    st.lists(WORDS, min_size=6, max_size=30).map(lambda w: " ".join(w).capitalize() + "."), min_size=1, max_size=8
)


def body_of(found: Document) -> list[str]:
    """Return the paragraphs that are the article's own."""
    return [found.text[p.start : p.end] for p in found.paragraphs if p.kind in ("body", "heading")]


@given(PARAGRAPHS)
@settings(deadline=None, max_examples=60)
def test_dropping_repeats_is_idempotent(paragraphs: list[str]) -> None:
    """What is left after dropping repeats holds none."""
    once = body_of(document("\n\n".join(paragraphs)))
    assert body_of(document("\n\n".join(once))) == once


@given(PARAGRAPHS, st.integers())
@settings(deadline=None, max_examples=60)
def test_doubled_and_shuffled_text_keeps_its_words(paragraphs: list[str], seed: int) -> None:
    """A page that prints its paragraphs twice in any order has the same word set."""
    doubled = paragraphs * 2
    random.Random(seed).shuffle(doubled)
    clean, mixed = (body_of(document("\n\n".join(text))) for text in (paragraphs, doubled))
    assert set(words_of("\n".join(mixed))) == set(words_of("\n".join(clean)))


def test_many_paragraphs_take_linear_time() -> None:
    """Ten thousand paragraphs, among them formulas shared by all, are compared in seconds."""
    text = "\n\n".join(
        f"The governor of district {n} said that the situation remained calm on day {n}." for n in range(10_000)
    )
    assert count_words(text) == document(text).words
