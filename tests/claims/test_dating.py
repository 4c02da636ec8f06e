"""Times of events: which of a sentence's times is an event's own, and what is told elsewhere of the same happening."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportedly import Reader, document_from_text, load_reader

CASES = yaml.safe_load(
    (Path(__file__).resolve().parent.parent / "cases" / "event_times.yml").read_text(encoding="utf-8")
)


@cache
def reader() -> Reader:
    """Load the reader once."""
    return load_reader()


@pytest.mark.parametrize("case", CASES, ids=lambda c: str(c["text"])[:60])
def test_time_of_each_event(case: dict[str, Any]) -> None:
    """The first claim of each event word has the time that the words give it."""
    found: dict[str, str] = {}
    for claim in reader().extract(document_from_text(case["text"], published="1990-06-12")).claims:
        for word in claim.trigger.quote.split():
            found.setdefault(word, claim.when.edtf if claim.when is not None else "-")
    assert {word: found.get(word) for word in case["expected"]} == case["expected"]
