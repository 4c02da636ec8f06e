"""Headlines: telegraphic lines give the claim that a coder would write, each slot right; quiet ones give none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from reportedly import load_reader
from reportedly.evaluate.attribution import read_cases
from reportedly.model import Claim
from reportedly.pipeline import Reader, document_from_text

TABLES = Path(__file__).resolve().parent.parent / "cases"
CASES = read_cases(TABLES / "headlines.yml")
QUIET = (TABLES / "headlines_quiet.yml").read_text(encoding="utf-8")
SLOTS = ("type", "by", "against", "place", "tolls", "claimant", "one claim")
TOLD = {"actual", "ongoing"}
FLOOR = 0.94  # of the rows, in each slot; what was reached, minus noise (2026-11-30)
QUIET_FLOOR = 0.9


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


@pytest.fixture(scope="module")
def wrong(reader: Reader) -> Mapping[str, list[str]]:
    """For each slot the headlines that have it wrong."""
    found: dict[str, list[str]] = {slot: [] for slot in SLOTS}
    for case in CASES:
        for slot in misses(case, read(reader, case["text"])):
            found[slot].append(case["text"])
    return found


def read(reader: Reader, text: str) -> tuple[Claim, ...]:
    return reader.extract(document_from_text(text, published="2024-02-25")).claims


def misses(case: Mapping[str, Any], claims: Sequence[Claim]) -> list[str]:
    """The slots that the best claim of a case's type has wrong."""
    told = [c for c in claims if c.modality in TOLD]
    of_type = [c for c in told if c.event_type in case["type"].split("|")]
    if not of_type:
        return [slot for slot in SLOTS if slot in case or slot in {"type", "tolls"}]
    best = min((wrong_slots(case, c) for c in of_type), key=len)
    return [*best, *(["one claim"] if sum(c.violent for c in told) > case.get("claims", 1) else [])]


def wrong_slots(case: Mapping[str, Any], claim: Claim) -> list[str]:
    """Compare one claim with the case."""
    right = {
        "by": fits(case.get("by"), [r.span.quote for r in claim.initiators]),
        "against": "against" not in case or fits(case["against"], [r.span.quote for r in claim.targets]),
        "place": fits(case.get("place"), [claim.place.span.quote] if claim.place else []),
        "tolls": "tolls" not in case or Counter(case["tolls"]) == Counter(f"{t.outcome} {t.low}" for t in claim.tolls),
        "claimant": fits(case.get("claimant"), [claim.claimant.span.quote] if claim.claimant else []),
    }
    return [slot for slot, holds in right.items() if not holds]


def fits(wanted: str | None, found: Sequence[str]) -> bool:
    """Tell whether the words found are those wanted; an empty alternative ("police|") allows none, "*" anything."""
    if wanted == "*":
        return True
    ways = (wanted or "").split("|")
    if not found:
        return "" in ways
    return any(w.lower() in f.lower() or f.lower() in w.lower() for w in ways for f in found if w)


@pytest.mark.parametrize("slot", SLOTS)
def test_headlines_are_read(wrong: Mapping[str, list[str]], slot: str) -> None:
    """Each slot of a headline's claim is right; the misses are named."""
    having = [c for c in CASES if slot in c or slot in {"type", "tolls", "one claim"}]
    rate = 1 - len(wrong[slot]) / len(having)
    assert rate >= FLOOR, f"{rate:.3f} of {len(having)}; missed: {wrong[slot]}"


def test_quiet_headlines_tell_of_no_violence(reader: Reader) -> None:
    """Words of war in headlines about budgets, games and storms are no violence."""
    lines = [line[3:-1] for line in QUIET.splitlines() if line.startswith('- "')]
    false = [x for x in lines if any(c.violent and c.modality in TOLD for c in read(reader, x))]
    assert 1 - len(false) / len(lines) >= QUIET_FLOOR, false


def test_a_headline_in_title_case_reads_as_its_sentence(reader: Reader) -> None:
    """Capitals at every word change nothing but the words that are quoted."""
    plain, titled = "Gunmen kill nine miners near Sibi", "Gunmen Kill Nine Miners Near Sibi"
    one, other = (read(reader, text)[0] for text in (plain, titled))
    assert (one.event_type, [t.low for t in one.tolls]) == (other.event_type, [t.low for t in other.tolls])
    assert other.initiators[0].span.quote == "Gunmen"


@pytest.mark.parametrize("text", [*(c["text"] for c in CASES[::9]), "Rebels Seize Border Posts In Northern Chad"])
def test_offsets_slice_back(reader: Reader, text: str) -> None:
    """Words read in another tense or case keep their own places and letters."""
    for claim in read(reader, text):
        spans = [claim.trigger, *(r.span for r in (*claim.initiators, *claim.targets))]
        for span in [*spans, *([claim.place.span] if claim.place else [])]:
            assert text[span.start : span.end] == span.quote
