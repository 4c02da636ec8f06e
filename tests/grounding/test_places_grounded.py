"""Which place a name means: the case table, context of countries, computed points."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reportedly.grounding.place_refs import EARTH_KM, travel
from reportedly.grounding.places import ground_places
from reportedly.knowledge.gazetteer import open_gazetteer
from reportedly.knowledge.place_words import load_place_words
from reportedly.mentions.places import find_places
from reportedly.model import Document, PlaceRef

KNOWLEDGE = SimpleNamespace(gazetteer=open_gazetteer(), place_words=load_place_words())
CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "places.yml").read_text(encoding="utf-8"))


def ground(text: str, title: str | None = None, view: dict[str, float] | None = None) -> list[PlaceRef]:
    mentions = find_places(text, (), KNOWLEDGE)
    return list(ground_places(mentions, Document("d", text, "", title=title), KNOWLEDGE.gazetteer, view))


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:50] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    text = case["text"]
    mentions = find_places(text, (), KNOWLEDGE)
    refs = ground_places(mentions, Document("d", text, ""), KNOWLEDGE.gazetteer)
    inside = [m.span.quote for m in mentions if m.inside_name]
    got = [r for m, r in zip(mentions, refs, strict=True) if not m.inside_name]
    rows = [[r.span.quote, r.country or "-", r.precision, r.name] for r in got]
    expected = case["expected"]
    assert [row[: len(want)] for row, want in zip(rows, expected, strict=False)] == expected, case["why"]
    assert len(rows) == len(expected), (rows, case["why"])
    assert inside == case.get("inside", [])


def test_an_offset_is_computed() -> None:
    ref = ground("A blast 111 km north of Kidal, Mali.")[0]
    assert ref.precision == "near"
    assert ref.lat == pytest.approx(19.44, abs=0.02)
    assert ref.lon == pytest.approx(1.41, abs=0.02)


def test_between_is_the_midpoint() -> None:
    gao, ansongo = ground("A blast between Gao and Ansongo, Malian officials said.")
    assert (gao.lat, gao.lon) == (ansongo.lat, ansongo.lon)
    assert gao.lat == pytest.approx(15.96, abs=0.03)


def test_a_border_town_names_both_countries() -> None:
    ref = ground("Troops entered Labbezanga in Mali.")[0]
    assert (ref.country, ref.countries, ref.admin1) == ("ML", ("ML", "NE"), "Gao")


def test_unresolved_places_have_no_coordinates() -> None:
    refs = ground("Gunmen raided the village of Bolokutu, Nigeria.")
    assert (refs[0].lat, refs[0].lon, refs[0].precision, refs[0].name) == (None, None, "unresolved", "Bolokutu")
    assert refs[0].country == "NG"


def test_title_gives_context() -> None:
    assert ground("A shop opened in Hayfield.")[0].precision == "unresolved"
    assert ground("A shop opened in Hayfield.", title="News from Britain")[0].country == "GB"


def test_publisher_country_is_a_weak_hint() -> None:
    assert ground("A shop opened in Hayfield.", view={"GB": 0.7})[0].country == "GB"
    assert ground("A shop opened in Paris, France.", view={"US": 0.7})[0].country == "FR"


def test_ids_are_stable_kinds() -> None:
    refs = ground("Fighting in Kidal, in Kidal region, in Labbezanga and elsewhere in Mali.")
    kinds = [(r.place_id or "").partition(":")[0] for r in refs]
    assert kinds == ["gn", "adm1", "sup", "cc"]


def test_order_of_answers_follows_the_mentions() -> None:
    text = "Gao, Kidal and Mopti are towns in Mali."
    mentions = find_places(text, (), KNOWLEDGE)
    refs = ground_places(mentions, Document("d", text, ""), KNOWLEDGE.gazetteer)
    assert [m.span for m in mentions] == [r.span for r in refs]


@given(st.floats(-60, 60), st.floats(-179, 179), st.floats(0, 360), st.floats(0.1, 400))
def test_travel_goes_the_distance(lat: float, lon: float, bearing: float, km: float) -> None:
    import math

    to_lat, to_lon = travel(lat, lon, bearing, km)
    a, b = math.radians(lat), math.radians(to_lat)
    turn = math.radians(to_lon - lon)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(turn / 2) ** 2
    assert 2 * EARTH_KM * math.asin(math.sqrt(half)) == pytest.approx(km, rel=1e-3)
