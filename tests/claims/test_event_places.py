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


@pytest.mark.parametrize("case", [c for c in CASES if c.get("strict")], ids=lambda case: case["text"][:60])
def test_strict_rows_hold(reader: Reader, case: dict[str, Any]) -> None:
    """The event is claimed, at the place that the row gives."""
    claim = told(reader, case)
    assert claim is not None
    assert right(case, claim), claim.place


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


# Words, the event word, its place: what must hold whatever the floors say. Our own prose.
FIRM = [
    ("Bandits ambushed a lorry on the Gao-Ansongo road.", "ambushed", "Gao", "a road by its two ends"),
    ("Raiders killed two drivers on the Maiduguri-Damaturu highway.", "killed", "Damaturu", "the same with a toll"),
    ("Fighting raged in the besieged city of Deir ez-Zor.", "raged", "Deir ez-Zor", "a besieged city is where it is"),
    ("The attack occurred at dusk in the village of Kolari.", "occurred", "Kolari", "what says that it was"),
    ("The assault took place near the town of Gossi.", "assault", "Gossi", "took place"),
    ("The pirates captured parts of Bosaso last month.", "captured", "Bosaso", "a part of a place is taken there"),
    ("The militia took several blocks inside Sheikh Barhum tonight.", "took", "Sheikh Barhum", "a part of a quarter"),
    ("Soldiers entered Al-Karwa on Monday.", "entered", "Al-Karwa", "an unknown name that is entered"),
    ("Drones flown by rebels killed two guards. The attack happened in Marib.", "killed", "Marib", "told in the next"),
    ("Troops fought insurgents at Tal Al-‘Ezz.", "fought", "Tal Al-‘Ezz", "an apostrophe behind the hyphen"),
]


@pytest.mark.parametrize(("text", "event", "place", "why"), FIRM)
def test_places_that_must_hold(reader: Reader, text: str, event: str, place: str, why: str) -> None:
    """A few places are right in each case, whatever the table reaches."""
    claim = told(reader, {"text": text, "event": event})
    assert claim is not None, why
    assert claim.place is not None, why
    assert claim.place.span.quote == place, why


def test_a_road_lies_between_its_ends(reader: Reader) -> None:
    """The hyphen of a road stands for "between"; that of a border does not."""
    road = told(reader, {"text": "Bandits ambushed a lorry on the Gao-Ansongo road in Mali.", "event": "ambushed"})
    assert road is not None
    assert road.place is not None
    assert road.place.precision == "near"
    assert 15.6 < (road.place.lat or 0) < 16.3


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Rebels seized Bria, Bambari and the village of Kolo.", ["Bria", "Bambari", "Kolo"]),
        ("Artillery shelled Toretsk and Siversk overnight.", ["Toretsk", "Siversk"]),
        ("Gunmen ambushed a convoy between Gao and Ansongo.", ["Gao"]),
        ("Rebels killed nine soldiers in Bria and Bambari.", ["Bria"]),
    ],
)
def test_what_was_done_in_several_places(reader: Reader, text: str, places: list[str]) -> None:
    """Each place of a list has a claim of its own, but for the ends of a stretch and where a toll counts them all."""
    claims = reader.extract(document_from_text(text)).claims
    assert [c.place.span.quote for c in claims if c.place is not None] == places
    assert len({c.id for c in claims}) == len(claims)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The attack occurred at dusk in the village of Kolari.", "attack occurred"),
        ("The army continued its large-scale offensive in Kidal tonight.", "continued its large-scale offensive"),
        ("A suicide bomber detonated outside a barracks in Zliten, wounding six.", "suicide bomber detonated"),
        ("Five soldiers were killed in fighting near Gao.", "killed in fighting"),
        ("Gunmen attacked a police post in Gao.", "attacked"),
        ("The assault took place near the town of Gossi.", "assault took place"),
        ("Rebels launched, late on Sunday and in rain, an offensive in Kidal.", "offensive"),
    ],
)
def test_words_of_one_event_stand_together(reader: Reader, text: str, trigger: str) -> None:
    """The trigger takes in what tells the same happening beside it, and nothing over a comma."""
    (claim,) = reader.extract(document_from_text(text)).claims
    assert claim.trigger.quote == trigger


def test_a_bomber_with_a_vest_is_no_aircraft(reader: Reader) -> None:
    """A suicide bomber who kills makes no air strike; the air force's bomber does."""
    text = "A suicide car bomber killed seven recruits at a checkpoint in Zliten."
    (claim,) = reader.extract(document_from_text(text)).claims
    assert claim.event_type == "explosion.suicide"
    (claim,) = reader.extract(document_from_text("Two strategic bombers hit a warehouse in Idlib.")).claims
    assert claim.event_type == "strike.air"


def test_a_place_that_only_a_claim_knows_is_listed(reader: Reader) -> None:
    """What a claim takes for its place is among the places that the text names."""
    found = reader.extract(document_from_text("Troops clashed with rebels at Kolbari on Monday."), mentions=True)
    (claim,) = found.claims
    assert claim.place in found.mentions.places


def test_another_attack_keeps_its_place(reader: Reader) -> None:
    """Only "the attack" is what was told before; another one, or one with a toll of its own, is not."""
    text = "Drones flown by rebels killed two guards. An attack happened in Marib on Sunday."
    first, second = reader.extract(document_from_text(text)).claims
    assert first.place is None
    assert second.place is not None
