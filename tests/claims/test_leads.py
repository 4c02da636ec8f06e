"""Opening sentences of reports: one happening, one claim, each slot right. The table stands in cases/leads.yml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from reportedly import load_reader
from reportedly.evaluate.attribution import read_cases
from reportedly.model import Claim, Document
from reportedly.pipeline import document_from_text

CASES = read_cases(Path(__file__).resolve().parent.parent / "cases" / "leads.yml")
# What was reached, minus noise (2026-11-29).
FLOORS = {"one claim": 0.95, "type": 0.9, "by": 0.85, "against": 0.8, "place": 0.82, "tolls": 0.8, "claimant": 0.85}


@pytest.fixture(scope="module")
def counts() -> Mapping[str, list[str]]:
    """For each slot the texts that have it wrong."""
    reader = load_reader()
    wrong: dict[str, list[str]] = {slot: [] for slot in FLOORS}
    for case in CASES:
        claims = reader.extract(document(case["text"])).claims
        for slot in misses(case, claims):
            wrong[slot].append(case["text"])
    return wrong


def document(text: str) -> Document:
    """Return the report of the day."""
    return document_from_text(text, published="2024-02-25")


def misses(case: Mapping[str, Any], claims: Sequence[Claim]) -> list[str]:
    """Return the slots that the claim of a case's type has wrong; of several claims the one that is most right."""
    of_type = [c for c in claims if c.event_type in case["type"].split("|")]
    if not of_type:
        return ["type", *(s for s in ("by", "against", "place", "claimant") if s in case), "tolls"]
    best = min((wrong_slots(case, c) for c in of_type), key=len)
    told = [c for c in claims if c.violent and c.modality == "actual"]
    return [*best, *(["one claim"] if len(told) > case.get("claims", 1) else [])]


def wrong_slots(case: Mapping[str, Any], claim: Claim) -> list[str]:
    """Compare one claim with the case."""
    right = {
        "by": said(case.get("by"), [r.span.quote for r in claim.initiators]),
        "against": "against" not in case or said(case["against"], [r.span.quote for r in claim.targets]),
        "place": said(case.get("place"), [claim.place.span.quote] if claim.place and claim.place.span.quote else []),
        "tolls": Counter(case.get("tolls", [])) == Counter(f"{t.outcome} {t.low}" for t in claim.tolls),
        "claimant": said(case.get("claimant"), [claim.claimant.span.quote] if claim.claimant else []),
    }
    return [slot for slot, holds in right.items() if not holds]


def said(wanted: str | None, found: Sequence[str]) -> bool:
    """Tell whether the words found are those wanted (articles aside), or none where none are."""
    if wanted is None or not found:
        return wanted is None and not found
    return any(bare(w) in bare(f) or bare(f) in bare(w) for w in wanted.split("|") for f in found)


def bare(words: str) -> str:
    """Drop a leading article."""
    first, _, rest = words.partition(" ")
    return (rest if first.lower() in {"the", "a", "an"} else words).lower()


@pytest.mark.parametrize("slot", sorted(FLOORS))
def test_slots_stay_above_their_floors(counts: Mapping[str, list[str]], slot: str) -> None:
    """Reading a lead does not get worse; the misses are named."""
    having = [c for c in CASES if slot in c or slot in {"type", "tolls", "one claim"}]
    rate = 1 - len(counts[slot]) / len(having)
    assert rate >= FLOORS[slot], f"{rate:.3f} of {len(having)}; missed: {counts[slot]}"
