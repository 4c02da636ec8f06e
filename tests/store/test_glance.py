"""Incidents at a glance: the same as their bodies say, also in a case of an older layout, and quick."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeGrouper, FakeReader, make_document
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.contract import dumps, incident_json
from reportedly.store import SqliteStore, open_store
from reportedly.store.answers import Glance, day_of
from reportedly.store.migrate import migrate, migrations

TEXTS = {
    "d1": ("Red Army killed 12 soldiers at Kova on 2024-07-27, Blue Army said.", "2024-07-28"),
    "d2": ("Red Army killed 20 soldiers at Kova on 2024-07-27.", "2024-07-30T10:00:00Z"),
    "d3": ("Red Army killed 3 farmers at Mera on 2024-08-01, Red Army said.", "in August"),
    "d4": ("Red Army killed 3 farmers at Mera on 2024-08-01.", None),
}


def fill(path: Path) -> None:
    """Put documents into a case and group them."""
    with open_store(str(path), write=True) as store:
        for key, (text, published) in TEXTS.items():
            store.add(FakeReader().extract(make_document(key, text, published=published)))
        store.regroup(FakeGrouper())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a filled case."""
    fill(tmp_path / "a.case")
    return tmp_path / "a.case"


def expected(store: SqliteStore) -> list[dict[str, Any]]:
    """Return what glances must say, from the incidents themselves."""
    days = {stored.document.id: stored.document.published_on for stored in store.documents()}
    out = []
    for record in store.incidents():
        place, when = record.place, record.when
        figures = [figure for cell in record.tolls if cell.outcome == "killed" for figure in cell.by]
        lows = [f.low if f.low is not None else f.high for f in figures if (f.low, f.high) != (None, None)]
        highs = [f.high if f.high is not None else f.low for f in figures if (f.low, f.high) != (None, None)]
        out.append(
            {
                "id": record.id,
                "title": record.title,
                "event_types": record.event_types,
                "status": record.status,
                "origins": record.origins,
                "documents": len(record.documents),
                "claims": len(record.claims),
                "earliest": when.earliest.isoformat() if when and when.earliest else None,
                "latest": when.latest.isoformat() if when and when.latest else None,
                "basis": when.basis if when else None,
                "when_precision": when.precision if when else None,
                "place": (place.name or place.span.quote) if place else None,
                "country": place.country if place else None,
                "lat": place.lat if place else None,
                "lon": place.lon if place else None,
                "precision": place.precision if place else "unresolved",
                "actors": tuple(ref.name or ref.span.quote for side in record.sides for ref in side),
                "actor_ids": tuple(ref.actor_id for side in record.sides for ref in side if ref.actor_id),
                "killed_low": min((low for low in lows if low is not None), default=None),
                "killed_high": max((high for high in highs if high is not None), default=None),
                "published": tuple(sorted({day for key in record.documents if (day := days[key]) is not None})),
            }
        )
    return out


def told(store: SqliteStore) -> list[dict[str, Any]]:
    """Return what glances say, in the same shape."""
    wanted = expected(store)
    return [{key: getattr(glance, key) for key in wanted[0]} for glance in store.glances()]


def test_a_glance_says_what_the_incident_says(path: Path) -> None:
    with open_store(str(path)) as store:
        assert told(store) == expected(store)
        kova, mera = sorted(store.glances(), key=lambda glance: glance.place or "")
    assert (kova.killed_low, kova.killed_high, kova.status) == (12, 20, "contested")
    assert kova.published == (date(2024, 7, 28), date(2024, 7, 30))
    assert mera.published == ()


def test_new_documents_and_new_grouping_show(path: Path) -> None:
    with open_store(str(path), write=True) as store:
        store.add(FakeReader().extract(make_document("d5", "Red Army killed 90 men at Kova on 2024-07-27.")))
        store.regroup(FakeGrouper())
        assert told(store) == expected(store)
        assert 90 in {glance.killed_high for glance in store.glances()}


def test_an_older_case_gets_its_glances_when_it_is_opened(path: Path, tmp_path: Path) -> None:
    with open_store(str(path)) as store:
        wanted = expected(store)
    old = sqlite3.connect(path, isolation_level=None)
    for name in ("TRIGGER incident_glance", "TRIGGER incident_glance_again", "VIEW glance_source", "TABLE glance"):
        old.execute(f"DROP {name}")
    steps = migrations()
    glance = next(step for step in steps if step.name == "glance")
    old.execute(f"PRAGMA user_version = {glance.number - 1}")
    migrate(old, str(path), [step for step in steps if step.number <= glance.number])
    assert old.execute("SELECT count(*) FROM glance").fetchone()[0] == len(wanted)
    old.close()


figure = st.one_of(st.none(), st.integers(0, 500))
names = st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(figure, figure), max_size=4),
    st.sampled_from(["killed", "injured"]),
    st.one_of(st.none(), names),
    st.lists(names, max_size=3),
)
def test_any_body_has_its_glance(
    tmp_path_factory: pytest.TempPathFactory,
    bounds: list[tuple[int | None, int | None]],
    outcome: str,
    place: str | None,
    countries: list[str],
) -> None:
    path = tmp_path_factory.mktemp("case") / "a.case"
    fill(path)
    with open_store(str(path), write=True) as store:
        record = next(store.incidents())
        body = json.loads(dumps(incident_json(record)))
        by = [{**body["tolls"][0]["by"][0], "low": low, "high": high} for low, high in bounds]
        body["tolls"] = [{**body["tolls"][0], "outcome": outcome, "by": by}]
        spot = {**body["place"], "name": place, "countries": countries}
        body["place"] = spot if place is not None else None
        with store.writing() as base:
            base.execute("UPDATE incident SET body = ? WHERE id = ?", (json.dumps(body), record.id))
        [glance] = [one for one in store.glances() if one.id == record.id]
    lows = [low if low is not None else high for low, high in bounds if (low, high) != (None, None)]
    known = [low for low in lows if low is not None] if outcome == "killed" else []
    assert glance.killed_low == min(known, default=None)
    assert glance.place == place
    assert glance.countries == (tuple(countries) if place is not None else ())


@pytest.mark.parametrize(
    ("text", "day"), [("2024-07-28", date(2024, 7, 28)), ("in July", None), ("", None), (None, None)]
)
def test_days_of_columns(text: str | None, day: date | None) -> None:
    assert day_of(text) == day


def test_the_columns_stand_in_the_order_of_the_fields(path: Path) -> None:
    with open_store(str(path)) as store:
        columns = [row["name"] for row in store.connection.execute("PRAGMA table_info(glance)")]
    assert columns == ["incident", *Glance._fields[1:]]
