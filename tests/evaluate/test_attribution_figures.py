"""The annotated texts on who tells what: well formed, enough of them, and read at least as well as before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reportedly import load_reader
from reportedly.evaluate.attribution import figures, read_cases, score_attribution, score_claimants

CASES = Path(__file__).resolve().parent.parent / "cases"
ATTRIBUTION = read_cases(CASES / "attribution.yml")
CLAIMANTS = read_cases(CASES / "claimants.yml")
# What was reached, minus noise (2026-11). Raised when reading gets better, never lowered for one case.
FLOORS = {
    "cue F1": 0.96,
    "triple F1": 0.91,
    "stance of cue": 0.97,
    "claimant of toll": 0.90,
    "claimant of toll found": 0.93,
    "stance of toll": 0.97,
    "kind of claimant": 0.90,
    "chain of tellers": 0.80,
}


def words_of(value: Any) -> list[str]:
    """Return the annotated words of a field that holds one, several or none."""
    return [one for one in (value if isinstance(value, list) else [value]) if one]


def test_enough_cases() -> None:
    """Many texts, with and without tellings."""
    assert len(ATTRIBUTION) >= 400
    assert sum(len(case["tolls"]) for case in CLAIMANTS) >= 300
    assert sum(not case["tellings"] for case in ATTRIBUTION) >= 20


def test_no_text_twice() -> None:
    """Each text counts once in its set."""
    for cases in (ATTRIBUTION, CLAIMANTS):
        texts = [case["text"] for case in cases]
        assert len(set(texts)) == len(texts)


def test_annotations_are_words_of_the_text() -> None:
    """Speakers and cues stand in the text as annotated; of the content every word does."""
    for case in ATTRIBUTION:
        for told in case["tellings"]:
            for words in (*words_of(told["source"]), told["cue"]):
                assert words in case["text"], (words, case["text"])
            assert all(w in case["text"] for piece in words_of(told["content"]) for w in piece.split()), case["text"]
    for case in CLAIMANTS:
        for toll in case["tolls"]:
            assert all(words.lower() in case["text"].lower() for words in words_of(toll["claimant"])), case["text"]


@pytest.fixture(scope="module")
def reached() -> dict[str, float]:
    """Read all texts once."""
    reader = load_reader()
    return figures(score_attribution(ATTRIBUTION, reader), score_claimants(CLAIMANTS, reader))


@pytest.mark.parametrize("name", FLOORS)
def test_figures_stay_above_their_floors(name: str, reached: dict[str, float]) -> None:
    """Reading attribution does not get worse."""
    assert reached[name] >= FLOORS[name]
