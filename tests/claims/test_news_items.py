"""Short news items in all registers, and articles of present-day conflict news: the claims that a coder would
write. The tables stand in cases/; docs/quality.md holds the figures of the day they were written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from test_headlines import wrong_slots

from reportedly import load_reader
from reportedly.evaluate.attribution import read_cases
from reportedly.model import Claim
from reportedly.pipeline import Reader, document_from_text

CASES = Path(__file__).resolve().parent.parent / "cases"
TOLD = {"actual", "ongoing", "attempted"}
DAY = "2024-06-12"  # the day of publication of items that give none


class Floors(NamedTuple):
    """What was reached, minus noise (2026-11-30): claims found, right in all slots, told though nobody wants them."""

    found: float
    whole: float
    extra: float


TABLES = {
    "news_items.yml": Floors(0.93, 0.68, 0.13),
    "present_day_news.yml": Floors(0.9, 0.6, 0.2),
}


@pytest.fixture(scope="module")
def reader() -> Reader:
    """One reader for all tests."""
    return load_reader()


def count(items: Sequence[Mapping[str, Any]], reader: Reader) -> Counter[str]:
    """Claims wanted, found, found with all slots right, told, and told though nobody wants them."""
    found = Counter[str]()
    for item in items:
        claims = reader.extract(document_from_text(item["text"], published=item.get("published", DAY))).claims
        told = [c for c in claims if c.modality in TOLD]
        used = set[str]()
        for wanted in item["claims"]:
            of_type = [c for c in told if is_of_type(c, wanted["type"]) and c.id not in used]
            best = min(of_type, key=lambda c: len(wrong(wanted, c)), default=None)
            found["wanted"] += 1
            if best is not None:
                used.add(best.id)
                found["found"] += 1
                found["whole"] += not wrong(wanted, best)
        violent = [c for c in told if c.violent]  # acts without violence are asked for here and there, and no surplus
        found["told"] += len(violent)
        found["extra"] += sum(c.id not in used for c in violent)
    return found


def wrong(wanted: Mapping[str, Any], claim: Claim) -> list[str]:
    """The slots that a claim has wrong, stance and day among them where the row asks for them."""
    firm = wanted.get("stance", "*") in {"*", claim.stance} or claim.stance in str(wanted["stance"]).split("|")
    day = claim.when.edtf if claim.when else ""
    dated = str(wanted.get("day", "")) in day
    return [*wrong_slots(wanted, claim), *([] if firm else ["stance"]), *([] if dated else ["day"])]


def is_of_type(claim: Claim, wanted: str) -> bool:
    """Tell whether the type is one of those wanted, or below one of them."""
    return any(claim.event_type == t or claim.event_type.startswith(f"{t}.") for t in wanted.split("|"))


@pytest.mark.parametrize("name", TABLES)
def test_claims_are_found_and_right(name: str, reader: Reader) -> None:
    """Nearly all happenings give a claim of their type, most right in all slots; few claims are wanted by nobody."""
    counts, floors = count(read_cases(CASES / name), reader), TABLES[name]
    assert counts["found"] / counts["wanted"] >= floors.found, counts
    assert counts["whole"] / counts["wanted"] >= floors.whole, counts
    assert counts["extra"] / counts["told"] <= floors.extra, counts
