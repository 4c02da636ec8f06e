"""Tellings: what each form of telling must give, and what holds of every telling whatever the text."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly import Reader, document_from_text, load_reader
from reportedly.mentions.quotations import carry_speakers, find_quotations
from reportedly.model.reading import Sentence, Telling

TEXTS = [
    case["text"]
    for case in yaml.safe_load((Path(__file__).parent.parent / "cases" / "attribution.yml").read_text(encoding="utf-8"))
]


@cache
def reader() -> Reader:
    """Load the reader once."""
    return load_reader()


def sentences_of(text: str) -> tuple[Sentence, ...]:
    """Read a text, speakers of quotations included."""
    document = document_from_text(text)
    found = reader().finder.find(document, everything=True)
    return carry_speakers(found.sentences, find_quotations(text, document.paragraphs), text)


def tellings_of(text: str) -> list[Telling]:
    """All tellings of a text in text order of their sentences."""
    return [telling for sentence in sentences_of(text) for telling in sentence.tellings]


@pytest.mark.parametrize(
    ("text", "speaker", "stance"),
    [
        ("The army said it had killed 14 fighters near Gao.", "army", "asserted"),
        ("The army, officials said, withdrew before the base was shelled.", "officials", "asserted"),
        ("The shelling, according to a doctor, killed seven patients.", "doctor", "asserted"),
        ("The rebels were accused by residents of burning 40 houses.", "residents", "alleged"),
        ("The attack was claimed by a splinter group.", "splinter group", "claimed"),
        ("The army denied killing civilians in the village.", "army", "denied"),
        ("A statement by the rebels said ten soldiers were killed.", "rebels", "asserted"),
        ("Rebels seized the town, a local administrator said.", "local administrator", "asserted"),
    ],
)
def test_speaker_and_stance(text: str, speaker: str, stance: str) -> None:
    """The one telling of the text has this speaker and stance."""
    (telling,) = tellings_of(text)
    assert telling.speaker is not None
    assert (telling.speaker.span.quote, telling.stance) == (speaker, stance)


@pytest.mark.parametrize(
    "text",
    [
        "No group has claimed responsibility for the bombing.",
        "The fighting claimed 40 lives.",
        "Troops claimed the hill after a day of fighting.",
        "Officials declined to say how many soldiers were killed.",
        "The general condemned the attack on the convoy.",
    ],
)
def test_no_telling(text: str) -> None:
    """Words of telling that tell nothing of an event, by nobody or of nothing."""
    assert tellings_of(text) == []


def test_quotation_over_sentences_has_its_speaker() -> None:
    """Each sentence of a quotation is told by the one named at its end, and by the same one after the name."""
    text = '"They killed six men. They wounded a child," the elder said. "They killed his brother too."'
    told = [s for s in sentences_of(text) if any(t.speaker and t.speaker.span.quote == "elder" for t in s.tellings)]
    assert len(told) == 3


def test_quotation_of_nobody_stays_so() -> None:
    """A quotation whose speaker nobody names gets none."""
    assert all(not t.named for t in tellings_of("The banner over the gate read. “They killed our sons at night.”"))


def test_carrying_twice_changes_nothing() -> None:
    """Carrying speakers is idempotent."""
    text = '"They killed six men. They wounded a child," the elder said.'
    document = document_from_text(text)
    once = sentences_of(text)
    assert carry_speakers(once, find_quotations(text, document.paragraphs), text) == once


@pytest.mark.parametrize("text", TEXTS[::5])
def test_spans_slice_the_text(text: str) -> None:
    """Source, cue and content of every telling are words of the text; the outermost comes first."""
    for sentence in sentences_of(text):
        sizes = [sum(c.end - c.start for c in t.content) for t in sentence.tellings]
        assert sizes == sorted(sizes, reverse=True)
        for telling in sentence.tellings:
            for span in (*telling.source, telling.cue, *telling.content):
                assert span.quote == text[span.start : span.end] != ""


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(sorted({w for t in TEXTS[:60] for w in t.split()})), min_size=1, max_size=30))
def test_any_words_are_read(words: list[str]) -> None:
    """Words in any order, quotation marks opened and never closed: no failure, and every span holds its words."""
    text = "Rebels killed " + " ".join(words)
    for telling in tellings_of(text):
        assert all(c.quote == text[c.start : c.end] for c in telling.content)


def test_who_stands_beside_the_verb_tells_it() -> None:
    """Of two phrases read as subjects the one after the comma speaks: the figures before it are what is told."""
    (telling,) = tellings_of("Seven dead and 18 injured, the governor of the region writes.")
    assert telling.speaker is not None
    assert telling.speaker.span.quote.startswith("governor")
