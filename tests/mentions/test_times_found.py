"""Times in text: what is found where, before anything is anchored. The table runs in `grounding/test_times.py`."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.knowledge.grammar import time_words
from reportedly.mentions.times import TimeMention, TimePoint, find_times


def _find(text: str) -> tuple[TimeMention, ...]:
    return find_times(text, 0, len(text))


@pytest.mark.parametrize("case", time_words().examples, ids=lambda c: c["text"])
def test_examples_of_the_lexicon(case: dict[str, Any]) -> None:
    """The examples of the knowledge file hold."""
    (found,) = _find(case["text"])
    assert (case["text"][found.start : found.end], found.kind) == (case["words"], case["kind"])


@pytest.mark.parametrize("case", time_words().non_examples, ids=lambda c: c["text"])
def test_non_examples_of_the_lexicon(case: dict[str, Any]) -> None:
    """The non-examples of the knowledge file give no time."""
    assert _find(case["text"]) == ()


def test_fields_are_what_the_words_state() -> None:
    """No year is added while finding."""
    (found,) = _find("on July 27")
    assert found.first == TimePoint(month=7, day=27)
    assert found.last is None
    assert found.event_day


def test_periods_are_no_event_days() -> None:
    """Since, until, durations and datelines do not say when something happened."""
    text = "since January; until Friday; for three days; every Monday"
    assert [m.event_day for m in _find(text)] == [False] * 4


def test_night_is_marked() -> None:
    """A night may reach into the next day, and the mention says so."""
    assert _find("on Tuesday night")[0].night
    assert _find("the night of 12-13 May")[0].night
    assert not _find("on Tuesday morning")[0].night


@given(st.text(max_size=120), st.integers(0, 60), st.integers(0, 120))
def test_mentions_lie_in_the_stretch(text: str, start: int, length: int) -> None:
    """Mentions lie in the stretch asked for, in order, never overlapping."""
    start = min(start, len(text))
    end = min(len(text), start + length)
    at = start
    for found in find_times(text, start, end):
        assert at <= found.start < found.end <= end
        at = found.end


@pytest.mark.parametrize("prefix", ["", "x" * 200 + " ", "Earlier. "])
def test_offsets_are_those_of_the_whole_text(prefix: str) -> None:
    """A later sentence gives the same words at its own offsets."""
    text = prefix + "On July 27 they met."
    (found,) = find_times(text, len(prefix), len(text))
    assert text[found.start : found.end] == "July 27"


def test_letters_that_grow_when_lowered_keep_offsets() -> None:
    """A letter whose lower case is longer does not move the words after it."""
    text = "İİİ on July 27"
    (found,) = _find(text)
    assert text[found.start : found.end] == "July 27"
