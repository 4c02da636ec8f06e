"""Quantities: a table of phrases in many registers, and properties that hold for any text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reportedly.knowledge.grammar import number_words
from reportedly.mentions.quantities import Quantity, find_quantities

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "quantities.yml").read_text("utf-8")
)
WORDS = (
    "at_least some 12 84 a no dozen dozens of between and to - hundred 1,200 2014 killed people or_more million half_a"
)
PIECES = st.sampled_from([*(w.replace("_", " ") for w in f"{WORDS} % $ July aged one . AK- 00".split()), "\n"])


def _find(text: str) -> tuple[Quantity, ...]:
    return find_quantities(text, 0, len(text))


def _shown(text: str, found: Quantity) -> str:
    low, high = ("" if bound is None else str(bound) for bound in (found.low, found.high))
    figure = found.high if found.low is None else found.low
    usual = None if found.qualifier in ("vague", "range") else figure
    best = "" if found.best == usual else f" best={found.best}"
    return f"{text[found.start : found.end]}: {low}..{high} {found.qualifier}{best}"


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:50])
def test_figures_of_the_table(case: dict[str, Any]) -> None:
    """Every row gives exactly its countable figures, with their bounds."""
    found = [q for q in _find(case["text"]) if q.countable and q.kind != "article"]
    assert [_shown(case["text"], q) for q in found] == case["expected"]


@pytest.mark.parametrize("case", [c for c in CASES if c.get("rejected")], ids=lambda c: c["text"][:50])
def test_rejected_figures_of_the_table(case: dict[str, Any]) -> None:
    """Figures that count nothing are returned with their kind."""
    text = case["text"]
    found = {text[q.number_start : q.number_end]: q.kind for q in _find(text) if not q.countable}
    for row in case["rejected"]:
        words, kinds = row.rsplit(" ", 1)
        assert found.get(words) in kinds.split("|"), (words, found)


@pytest.mark.parametrize("case", number_words().examples, ids=lambda c: c["text"])
def test_examples_of_the_lexicon(case: dict[str, Any]) -> None:
    """The examples of the knowledge file hold."""
    text = case["text"]
    first = next(q for q in _find(text) if q.kind != "article")
    assert (text[first.start : first.end], first.low, first.high, first.qualifier) == (
        case["words"],
        case["low"],
        case["high"],
        case["qualifier"],
    )


@pytest.mark.parametrize("case", number_words().non_examples, ids=lambda c: c["text"])
def test_non_examples_of_the_lexicon(case: dict[str, Any]) -> None:
    """The non-examples of the knowledge file give nothing that counts."""
    assert [q for q in _find(case["text"]) if q.countable] == []


def _check(text: str) -> None:
    last = 0
    for found in _find(text):
        assert last <= found.start <= found.number_start < found.number_end <= found.end <= len(text)
        assert text[found.start : found.end].strip() == text[found.start : found.end]
        known = [v for v in (found.low, found.best, found.high) if v is not None]
        assert known == sorted(known)
        assert found.countable == (found.kind in ("cardinal", "article"))
        last = found.end


@given(st.lists(PIECES, max_size=12).map(" ".join))
def test_bounds_are_ordered_and_words_slice_back(text: str) -> None:
    """Spans lie in the text in order, and low, best and high are ordered."""
    _check(text)


@given(st.text(max_size=80))
def test_any_text_is_read_without_error(text: str) -> None:
    """Random text never breaks the grammar."""
    _check(text)


@given(st.lists(PIECES, min_size=1, max_size=8).map(" ".join), st.integers(0, 30), st.integers(0, 60))
def test_found_words_lie_in_the_stretch(text: str, start: int, length: int) -> None:
    """A stretch gives only what lies in it, at the offsets of the whole text."""
    start = min(start, len(text))
    end = min(len(text), start + length)
    assert all(start <= q.start and q.end <= end for q in find_quantities(text, start, end))


def test_case_makes_no_difference() -> None:
    """Capitals and lower case give the same figures."""
    text = "At least 84 soldiers and two dozen rebels died; dozens fled."
    shown = [(q.start, q.end, q.low, q.high, q.kind) for q in _find(text)]
    assert shown == [(q.start, q.end, q.low, q.high, q.kind) for q in _find(text.upper())]
    assert shown == [(q.start, q.end, q.low, q.high, q.kind) for q in _find(text.lower())]


def test_letters_that_grow_when_lowered_keep_offsets() -> None:
    """A letter whose lower case is longer does not move the words after it."""
    text = "İİİ at least 84 soldiers"
    (found,) = _find(text)
    assert text[found.start : found.end] == "at least 84"
