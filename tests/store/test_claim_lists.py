"""Lists without bodies say what the bodies say: every filter against the claims themselves, also in older cases."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeGrouper, FakeReader, make_document

from reportedly.contract import actor_json, dumps
from reportedly.model.gist import claim_gist, incident_gist
from reportedly.store import SqliteStore, open_store
from reportedly.store.answers import ClaimsWanted, DocumentsWanted
from reportedly.store.migrate import migrations

TEXTS = {
    "d1": "Red Army killed 12 soldiers at Kova on 2024-07-27, Blue Army said. "
    "Red Army killed 3 men at Mera on 2024-08-01.",
    "d2": "Blue Army killed 20 farmers at Kova on 2024-07-29.",
    "d3": "Red Army killed 4 men at Mera on 2024-08-03, Red Army said.",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a case; of one document there are two versions."""
    path = tmp_path / "a.case"
    with open_store(str(path), write=True) as store:
        store.add(FakeReader().extract(make_document("d1", "Red Army killed 99 men at Old on 2020-01-01.")))
        for key, text in TEXTS.items():
            store.add(FakeReader().extract(make_document(key, text, published="2024-08-04")))
        store.regroup(FakeGrouper())
    return path


def keys(store: SqliteStore, **wanted: Any) -> list[str]:
    """Return the ids of the claims that fit; the count must be theirs."""
    asked = ClaimsWanted(**wanted)
    found = store.claim_keys(asked)
    assert store.claim_count(asked) == len(found)
    assert [key for n in range(len(found)) for key in store.claim_keys(asked, n, 1)] == found
    return [key.id for key in found]


@pytest.mark.parametrize(
    ("wanted", "test"),
    [
        ({}, lambda c: True),
        ({"claimant": "blue army"}, lambda c: c.claimant is not None and c.claimant.name == "Blue Army"),
        ({"claimant_kind": "outlet"}, lambda c: c.claimant_kind == "outlet"),
        ({"event_type": "attack"}, lambda c: c.event_type.startswith("attack.")),
        ({"event_type": "att"}, lambda c: False),
        ({"outcome": "killed"}, lambda c: bool(c.tolls)),
        ({"outcome": "injured"}, lambda c: False),
        ({"place": "kova"}, lambda c: c.place.name == "Kova"),
        ({"since": "2024-08-01"}, lambda c: str(c.when.latest) >= "2024-08-01"),
        ({"until": "2024-07-29"}, lambda c: str(c.when.earliest) <= "2024-07-29"),
        ({"document": 3}, lambda c: c.document == "d2"),
    ],
)
def test_every_filter_lets_through_what_the_claims_say(path: Path, wanted: dict[str, Any], test: Any) -> None:
    with open_store(str(path)) as store:
        assert sorted(keys(store, **wanted)) == sorted(c.id for c in store.claims() if test(c))


def test_actors_are_counted_by_claims_of_newest_versions(path: Path) -> None:
    with open_store(str(path)) as store:
        for known in (True, False):
            for line in store.actor_lines(known=known):
                seen = store.actor(line.id)
                assert seen is not None
                assert line.claims == len({claim for _, claim in seen.claims})
                assert line.told == len({claim for slot, claim in seen.claims if slot == "claimant"})
        lines = [*store.actor_lines(), *store.actor_lines(known=False)]
        assert lines
        named = {line.id for line in lines if line.is_called("army BLUE")}
        assert {line.id for line in lines if "Blue" in line.name} == named != set()
        assert not any(line.is_called("%") or line.is_called("_") for line in lines)


def test_places_and_neighbours(path: Path) -> None:
    with open_store(str(path)) as store:
        assert [(p.name, p.claims) for p in store.place_lines("mer")] == [("Mera", 2)]
        assert store.place_lines("old") == []
        record = next(iter(store.incidents()))
        assert record.when is not None
        assert record.place is not None
        day = str(record.when.earliest)
        assert record.id in {one.id for one in store.neighbours(day, day, record.place.country)}
        assert store.neighbours("1990-01-01", "1990-01-02", record.place.country) == []


def test_the_state_is_another_one_after_any_change(path: Path) -> None:
    with open_store(str(path), write=True) as store:
        states = [store.state()]
        claim = next(iter(store.claims()))
        store.judge("claim", "negative", claim.id, who="ana")
        states.append(store.state())
        readings = store.readings()
        store.add(FakeReader().extract(make_document("d4", "Red Army killed 5 men at Mera on 2024-08-09.")))
        states.append(store.state())
        store.regroup(FakeGrouper())
        states.append(store.state())
        assert len(set(states)) == len(states)
        assert store.readings() == readings + 1
        store.reread(FakeReader().extract(make_document("d4", "Red Army killed 5 men at Mera on 2024-08-09.")))
        assert store.readings() == readings + 2


def test_documents_stand_by_day_then_title(tmp_path: Path) -> None:
    meant = [("z", "2024-08-01", "B"), ("y", "2024-08-02T10:00:00", "A"), ("x", "2024-08-02T10:00:00", "B")]
    meant += [("w", None, None), ("u", None, "A")]
    with open_store(str(tmp_path / "a.case"), write=True) as store:
        for key, published, title in reversed(meant):
            store.add(FakeReader().extract(make_document(key, TEXTS["d1"], published=published, title=title)))
        lines = store.document_lines(DocumentsWanted())
        assert [line.id for line in lines] == [key for key, _, _ in meant]
        assert [store.document_lines(DocumentsWanted(), n, 1)[0].id for n in range(5)] == [line.id for line in lines]
        numbers = [None, *(line.number for line in lines), None]
        beside = [store.documents_beside(line.id) for line in lines]
        assert beside == list(zip(numbers, numbers[2:], strict=False))


COMPUTED = (
    "SELECT * FROM claim_line ORDER BY document, start, id",
    "SELECT * FROM claim_actor ORDER BY document, claim, slot, name",
    "SELECT * FROM incident_gist ORDER BY incident",
)


def computed(store: SqliteStore) -> list[list[tuple[object, ...]]]:
    """Return all that is made out of claims, incidents and ledger."""
    return [[tuple(row) for row in store.connection.execute(query)] for query in COMPUTED]


def test_an_older_case_gets_its_lines_when_it_is_opened(path: Path) -> None:
    with open_store(str(path), write=True) as store:
        store.judge("claim", "negative", keys(store)[0], who="ana")
        wanted = computed(store)
    steps = {step.name: step for step in migrations()}
    old = sqlite3.connect(path, isolation_level=None)
    gone = ("TRIGGER claim_grouped", "TRIGGER claim_ungrouped", "TABLE claim_line", "TABLE incident_gist")
    for name in (*gone, "TABLE compared", "INDEX claim_actor_counted", "INDEX document_listed"):
        old.execute(f"DROP {name}")
    old.execute("ALTER TABLE claim_actor DROP COLUMN role")
    old.executescript(steps["claim_line"].sql)
    old.execute(f"PRAGMA user_version = {steps['claim_line'].number}")
    old.close()
    with open_store(str(path)) as store:
        assert computed(store) == wanted
        assert store.review_counts().rejected == 1


def test_who_is_named_follows_what_people_decide(path: Path) -> None:
    """A corrected actor has its page and its line, a rejected claim names nobody, and undoing brings both back."""
    with open_store(str(path), write=True) as store:
        before = [(line.id, line.claims) for line in store.actor_lines()]
        claim = next(one for one in store.claims() if one.initiators)
        readings = store.readings()
        other = replace(claim.initiators[0], actor_id="x-other", name="Other Front")
        store.judge(
            "claim",
            "positive",
            claim.id,
            who="ana",
            after=dumps({"initiators": [actor_json(other)]}),
        )
        seen = store.actor("x-other")
        assert seen is not None
        assert seen.claims == (("initiator", claim.id),)
        assert "x-other" in {line.id for line in store.actor_lines()}
        assert store.readings() > readings
        store.judge("claim", "negative", claim.id, who="ana")
        assert store.actor("x-other") is None
        while (entry := store.undoable()) is not None:
            store.undo(entry, who="ana")
        assert [(line.id, line.claims) for line in store.actor_lines()] == before


def test_gists_say_what_the_claims_and_incidents_say(path: Path) -> None:
    with open_store(str(path), write=True) as store:
        store.judge("claim", "negative", keys(store)[0], who="ana")
        assert sorted(store.claim_gists()) == sorted(map(claim_gist, store.claims()))
        assert list(store.incident_gists()) == list(map(incident_gist, store.incidents()))
