"""Confidence: a probability from the signs of a reading, by weights that stand in a knowledge file."""

from __future__ import annotations

from functools import cache

import pytest

from reportedly.claims.confidence import HIGHEST, LOWEST, confidence
from reportedly.knowledge.confidence import Confidence
from reportedly.pipeline import Reader, document_from_text, load_reader

MODEL = Confidence(-1.0, {"target": 2.0, "noun": -1.0}, 0.5, {"noun": -1.0})


@cache
def _reader() -> Reader:
    return load_reader()


def told(text: str) -> float:
    """Return the confidence of the first claim of a text."""
    return _reader().extract(document_from_text(text, published="2024-08-07")).claims[0].confidence


@pytest.mark.parametrize(
    ("signs", "brief", "expected"),
    [
        ({}, False, 0.27),
        ({"target": 1.0}, False, 0.73),
        ({"target": 0.5}, False, 0.5),
        ({"noun": 1.0}, False, 0.12),
        ({"noun": 1.0}, True, 0.08),
        ({"target": 1.0, "noun": 1.0}, True, 0.38),
        ({"a sign without a weight": 1.0}, False, 0.27),
    ],
)
def test_log_odds_are_the_weights_of_the_signs(signs: dict[str, float], brief: bool, expected: float) -> None:
    """Weights add up; those for brief texts come on top."""
    assert confidence(signs, MODEL, brief=brief) == expected


def test_nothing_is_certain() -> None:
    """However many signs, a reading by rules is never sure, nor surely wrong."""
    assert confidence({"target": 9.0}, MODEL, brief=False) == HIGHEST
    assert confidence({"noun": 9.0}, MODEL, brief=False) == LOWEST


@pytest.mark.parametrize(
    ("sure", "shaky"),
    [
        ("Gunmen killed 12 soldiers in Gao on Monday.", "It was bombed, he says, as they fought."),
        ("Al-Shabaab fighters attacked an army base near Baidoa on Monday, killing 12 soldiers.", "They fired at it."),
    ],
)
def test_a_plain_report_is_surer_than_a_vague_one(sure: str, shaky: str) -> None:
    """Who, whom, how many and where, against pronouns and things."""
    assert told(sure) > told(shaky)


def test_the_same_words_have_the_same_confidence() -> None:
    """Nothing but the text and the files goes into it."""
    text = "Gunmen killed 12 soldiers in Gao on Monday."
    assert told(text) == told(text)
