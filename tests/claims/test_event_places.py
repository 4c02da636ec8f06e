"""The place of an event: the annotated sentences are sound, and read at least as well as before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from reportedly import load_reader
from reportedly.model import Claim
from reportedly.pipeline import Reader, document_from_text

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "event_places.yml").read_text(encoding="utf-8"))
# What was reached, minus noise (2026-11). Raised when reading gets better, never lowered for one case.
FLOORS = {"event found": 0.88, "place right": 0.95, "none right": 0.85}


@pytest.fixture(scope="module")
def reader() -> Reader:
    """One reader for all tests."""
    return load_reader()


def told(reader: Reader, case: dict[str, Any]) -> Claim | None:
    """The claim of the words of the event; the only claim where no trigger overlaps them."""
    claims = reader.extract(document_from_text(case["text"])).claims
    start = case["text"].index(case["event"])
    end = start + len(case["event"])
    mine = [c for c in claims if c.trigger.start < end and start < c.trigger.end]
    return (mine or (list(claims) if len(claims) == 1 else [None]))[0]  # type: ignore[list-item]


def right(case: dict[str, Any], claim: Claim) -> bool:
    """Tell whether the place given shares words with the expected one, or none is given where none is expected."""
    if claim.place is None or case["place"] is None:
        return claim.place is None and case["place"] is None
    start = case["text"].index(case["place"])
    return claim.place.span.start < start + len(case["place"]) and start < claim.place.span.end


def test_rows_are_sound() -> None:
    """Event and place stand in the text; many rows, with and without a place, none twice."""
    rows = [(case["text"], case["event"]) for case in CASES]
    assert len(rows) >= 150
    assert len(set(rows)) == len(rows)
    assert all(case["event"] in case["text"] and (case["place"] or "") in case["text"] for case in CASES)
    assert sum(case["place"] is None for case in CASES) >= 25


def test_places_stay_above_their_floors(reader: Reader) -> None:
    """Tying events to places does not get worse."""
    found = [(case, told(reader, case)) for case in CASES]
    read = [(case, claim) for case, claim in found if claim is not None]
    placed = [right(case, claim) for case, claim in read if case["place"] is not None]
    bare = [right(case, claim) for case, claim in read if case["place"] is None]
    reached = {
        "event found": len(read) / len(found),
        "place right": sum(placed) / len(placed),
        "none right": sum(bare) / len(bare),
    }
    wrong = [case["text"] for case, claim in read if not right(case, claim)]
    assert all(reached[name] >= floor for name, floor in FLOORS.items()), (reached, wrong)
