"""Short news items in all registers: the claims of violence that a coder would write. The table stands in
cases/news_items.yml; docs/quality.md holds the figures of the day it was written."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from test_headlines import wrong_slots

from reportedly import load_reader
from reportedly.evaluate.attribution import read_cases
from reportedly.pipeline import document_from_text

ITEMS = read_cases(Path(__file__).resolve().parent.parent / "cases" / "news_items.yml")
TOLD = {"actual", "ongoing", "attempted"}
# What was reached, minus noise (2026-11-30).
FOUND, WHOLE, EXTRA = 0.93, 0.68, 0.13


@pytest.fixture(scope="module")
def counts() -> Counter[str]:
    """Claims wanted, found, found with all slots right, told, and told though nobody wants them."""
    reader, found = load_reader(), Counter[str]()
    for item in ITEMS:
        claims = reader.extract(document_from_text(item["text"], published="2024-06-12")).claims
        told = [c for c in claims if c.violent and c.modality in TOLD]
        used = set()
        for wanted in item["claims"]:
            of_type = [c for c in told if c.event_type in wanted["type"].split("|")]
            best = min(of_type, key=lambda c: len(wrong_slots(wanted, c)), default=None)
            found["wanted"] += 1
            if best is not None:
                used.add(best.id)
                found["found"] += 1
                found["whole"] += not wrong_slots(wanted, best)
        found["told"] += len(told)
        found["extra"] += sum(c.id not in used for c in told)
    return found


def test_claims_are_found(counts: Counter[str]) -> None:
    """Nearly all happenings give a claim of their type."""
    assert counts["found"] / counts["wanted"] >= FOUND, counts


def test_claims_are_right_in_all_slots(counts: Counter[str]) -> None:
    """Who, whom, where, tolls and claimant together."""
    assert counts["whole"] / counts["wanted"] >= WHOLE, counts


def test_few_claims_are_told_that_nobody_wants(counts: Counter[str]) -> None:
    """Second accounts of the same happening and quiet texts."""
    assert counts["extra"] / counts["told"] <= EXTRA, counts
