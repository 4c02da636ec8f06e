"""Grouping what changes touch gives the bytes of grouping everything: any order, any batches, new versions, judgements.

The real grouper on claims in few words; the share from which everything is grouped anew is set out of reach.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from few_words import FAMILIES, LINKING, PLACES, claim
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.contract import dumps, incident_json
from reportedly.grouper import Grouper
from reportedly.model import Document, Extraction
from reportedly.store import SqliteStore, open_store, sqlite_grouping

pytestmark = pytest.mark.slow

OUTLETS = SimpleNamespace(agencies={})
GROUPER = Grouper(
    SimpleNamespace(families=FAMILIES, labels={}, linking=LINKING, incident_types=frozenset(), outlets=OUTLETS)  # type: ignore[arg-type]
)
DAYS = [date(2024, 5, 1) + timedelta(days=n) for n in (0, 1, 2, 3, 9, 40)]
# Two texts that are reprints of each other, and one of its own.
TEXTS = ["The same words again and again, in paper after paper, since one agency had sent them out that day.", "Other."]
Version = tuple[str, date | None, int, list[dict[str, Any]]]
Act = Version | tuple[str, int, int]
QUICK = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def _always_by_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """However much is touched, it is grouped by parts."""
    monkeypatch.setattr(sqlite_grouping, "WHOLE_FROM", 2.0)


@st.composite
def crowded(draw: st.DrawFn, names: Sequence[str]) -> Version:
    """A document with claims of one region and three days, so that most meet and many groups are beside each other."""
    rows = []
    for n in range(draw(st.integers(0, 3))):
        row: dict[str, Any] = {"pos": 120 * n, "type": draw(st.sampled_from(["attack.armed", "attack.killing"]))}
        row["at"] = draw(st.sampled_from(["Arda", "Arda", "Mali", "", "Oko"]))
        row["day"] = draw(st.sampled_from([*DAYS[:2], None, None]))
        row["by"] = draw(st.sampled_from([[], ["x-jnim"]]))
        row["of"] = draw(st.sampled_from([[], ["ml-army"], ["x-villagers"]]))
        row["killed"] = draw(st.sampled_from([None, 5, 6, 9, 20]))
        rows.append({key: value for key, value in row.items() if value is not None or key == "day"})
    return draw(st.sampled_from(names)), draw(st.sampled_from(DAYS[:3])), draw(st.integers(0, 1)), rows


@st.composite
def versions(draw: st.DrawFn, names: Sequence[str]) -> Version:
    """A document with claims of mixed places, days, sides and figures."""
    rows = []
    for n in range(draw(st.integers(0, 4))):
        row: dict[str, Any] = {"pos": 120 * n, "type": draw(st.sampled_from(sorted(FAMILIES)))}
        row["at"] = draw(st.sampled_from([*PLACES, "Arda", "Arda", ""]))
        row["day"] = draw(st.sampled_from([*DAYS, None, None]))
        row["by"] = draw(st.sampled_from([[], ["ml-army"], ["x-jnim"]]))
        row["of"] = draw(st.sampled_from([[], ["ml-army"], ["x-villagers"]]))
        if draw(st.booleans()):
            row["killed"] = draw(st.integers(1, 9))
        rows.append(row)
    return draw(st.sampled_from(names)), draw(st.sampled_from([*DAYS, None])), draw(st.integers(0, 1)), rows


@st.composite
def histories(draw: st.DrawFn) -> list[Act]:
    """Documents and new versions of them, with judgements (verdict, two claims by number) and undos in between."""
    acts: list[Act] = list(draw(st.lists(versions([f"d{n}" for n in range(6)]), min_size=2, max_size=9)))
    for _ in range(draw(st.integers(0, 4))):
        what = draw(st.sampled_from(["positive", "negative", "rejected", "undo"]))
        acts.insert(draw(st.integers(1, len(acts))), (what, draw(st.integers(0, 20)), draw(st.integers(0, 20))))
    return acts


def act(store: SqliteStore, one: Act) -> None:
    """Do one thing to a case, without grouping."""
    if len(one) == 4:
        store.add(extraction(one))
        return
    what, left, right = one
    claims = [c.id for c in store.claims(as_read=True)]
    if what == "undo":
        held = store.judgements()
        if held:
            store.undo(held[left % len(held)].id, who="ana")
    elif len(claims) > 1:
        first, second = claims[left % len(claims)], claims[right % len(claims)]
        if what == "rejected":
            store.judge("claim", "negative", first, who="ana")
        elif first != second:
            store.judge("same_incident", what, first, second, who="ana")  # type: ignore[arg-type]


def extraction(version: Version) -> Extraction:
    """A document as the reader would give it."""
    name, published, words, rows = version
    digest = hashlib.sha256(repr(version).encode()).hexdigest()
    document = Document(name, TEXTS[words], digest, published=published and published.isoformat(), publisher=name)
    facts = {name: published}
    told = (claim({**row, "id": f"{digest[:6]}-{n}", "in": name}, facts) for n, row in enumerate(rows))
    return Extraction(document, True, tuple(told))


def content(store: SqliteStore) -> list[str]:
    """All that the case exports."""
    return [dumps(incident_json(record)) for record in store.incidents()]


def compared(store: SqliteStore) -> list[tuple[object, ...]]:
    """All that the case keeps of comparing claims."""
    query = (
        "SELECT claim, document.id, outline, strongest, torn, fits, ties FROM compared "
        "JOIN document ON document.number = compared.document ORDER BY claim"
    )
    return [(*row[:6], sorted(json.loads(row[6] or "[]"))) for row in store.connection.execute(query)]


def parts(items: Sequence[Any], cuts: Sequence[int]) -> Iterator[Sequence[Any]]:
    """Cut a list at some places."""
    edges = [0, *sorted(c % (len(items) + 1) for c in cuts), len(items)]
    yield from (items[a:b] for a, b in pairwise(edges))


def check_parts(base: Path, history: Sequence[Any], cuts: Sequence[int]) -> None:
    """Grouped part by part, a history gives the case that it gives at once, with all that is kept of comparing."""
    with open_store(str(base / "a.case"), write=True) as whole, open_store(str(base / "b.case"), write=True) as other:
        for one in history:
            act(whole, one)
        whole.regroup(GROUPER)
        for some in parts(history, cuts):
            for one in some:
                act(other, one)
            other.regroup(GROUPER)
        assert content(other) == content(whole)
        assert compared(other) == compared(whole)


@QUICK
@given(history=histories(), cuts=st.lists(st.integers(0, 20), max_size=6))
def test_grouping_by_parts_gives_the_same_as_at_once(
    tmp_path_factory: pytest.TempPathFactory, history: list[Act], cuts: list[int]
) -> None:
    check_parts(tmp_path_factory.mktemp("parts"), history, cuts)


@QUICK
@given(
    history=st.lists(crowded([f"d{n}" for n in range(9)]), min_size=4, max_size=14),
    cuts=st.lists(st.integers(0, 20), min_size=2, max_size=6),
)
def test_where_all_meet_parts_give_the_same_as_at_once(
    tmp_path_factory: pytest.TempPathFactory, history: list[Version], cuts: list[int]
) -> None:
    """New and changed texts draw incidents in that lie beside those that they touch, and no more than that."""
    check_parts(tmp_path_factory.mktemp("crowd"), history, cuts)


@QUICK
@given(
    history=st.lists(versions([f"d{n}" for n in range(9)]), min_size=2, max_size=9, unique_by=lambda v: v[0]),
    cuts=st.lists(st.integers(0, 20), max_size=4),
    data=st.data(),
)
def test_neither_order_nor_batches_change_incidents(
    tmp_path_factory: pytest.TempPathFactory, history: list[Version], cuts: list[int], data: st.DataObject
) -> None:
    base = tmp_path_factory.mktemp("order")
    mixed = data.draw(st.permutations(history))
    with open_store(str(base / "a.case"), write=True) as whole, open_store(str(base / "b.case"), write=True) as other:
        for one in history:
            act(whole, one)
        whole.regroup(GROUPER)
        for some in parts(mixed, cuts):
            for one in some:
                act(other, one)
            other.regroup(GROUPER)
        assert content(other) == content(whole)
        assert compared(other) == compared(whole)


def test_a_new_document_leaves_far_incidents_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what a document touches is looked at: other towns' incidents are not summarised again."""
    arda = {"type": "attack.armed", "at": "Arda", "day": DAYS[0], "killed": 7}
    kenya = {"type": "explosion.bomb", "at": "Kenya", "day": DAYS[5], "killed": 2}
    with open_store(str(tmp_path / "a.case"), write=True) as store:
        for version in (("d0", DAYS[0], 1, [arda]), ("d1", DAYS[5], 1, [kenya])):
            store.add(extraction(version))
        store.regroup(GROUPER)
        seen: list[tuple[str, ...]] = []
        known = Grouper.summarise

        def summarise(self: Grouper, incident: Any, claims: Any, facts: Any) -> Any:
            seen.append(incident.documents)
            return known(self, incident, claims, facts)

        monkeypatch.setattr(Grouper, "summarise", summarise)
        monkeypatch.setattr(Grouper, "group", None)
        store.add(extraction(("d2", DAYS[1], 1, [arda])))
        store.regroup(GROUPER)
        assert seen == [("d0", "d2")]
        assert store.counts().incidents == 2


def test_other_rules_group_everything_anew(tmp_path: Path) -> None:
    """A case grouped by another edition of the rules is grouped anew as a whole."""
    with open_store(str(tmp_path / "a.case"), write=True) as store:
        store.add(extraction(("d0", DAYS[0], 1, [{"type": "attack.armed", "at": "Arda", "day": DAYS[0]}])))
        store.regroup(GROUPER)
        with store.writing() as base:
            base.execute("UPDATE state SET value = 'older' WHERE key = 'grouping'")
            base.execute("UPDATE incident SET title = 'as of old'")
        store.regroup(GROUPER)
        assert [record.title for record in store.incidents()] != ["as of old"]


def fight(at: str | None) -> list[dict[str, Any]]:
    """One claim of an attack on the army."""
    row = {"type": "attack.armed", "day": DAYS[0], "by": ["x-jnim"], "of": ["ml-army"]}
    return [{**row, "at": at} if at else row]


def test_a_second_town_tears_a_report_without_a_town_from_the_first(tmp_path: Path) -> None:
    """The new claim lies in another part than the one that falls apart; a new version takes it back."""
    with open_store(str(tmp_path / "a.case"), write=True) as store:
        sizes = []
        for version in (
            ("d0", DAYS[1], 1, fight("Arda")),
            ("d1", DAYS[1], 1, fight(None)),
            ("d2", DAYS[1], 1, fight("Beko")),
            ("d2", DAYS[1], 1, []),
        ):
            store.add(extraction(version))
            store.regroup(GROUPER)
            sizes.append(sorted(len(record.claims) for record in store.incidents()))
        assert sizes == [[1], [2], [1, 1, 1], [2]]


def test_the_root_of_a_reprint_changes_who_is_heard(tmp_path: Path) -> None:
    """A text added later turns out to be where a report comes from: its paper's other report is no second teller."""
    with open_store(str(tmp_path / "a.case"), write=True) as store:
        states = []
        for name, words, paper, rows in (
            ("d1", 0, "Reprinter", fight("Arda")),
            ("d2", 1, "Agency", fight("Arda")),
            ("d0", 0, "Agency", []),
        ):
            found = extraction((name, DAYS[1], words, rows))
            store.add(replace(found, document=replace(found.document, publisher=paper)))
            store.regroup(GROUPER)
            states += [record.status for record in store.incidents()]
        assert states == ["single", "agreed", "single"]


def test_an_older_case_is_grouped_anew_once_and_then_by_parts(tmp_path: Path) -> None:
    """A case that kept nothing of comparing has it after the next grouping, with the incidents that it had."""
    path = str(tmp_path / "a.case")
    with open_store(path, write=True) as store:
        for name, at in (("d0", "Arda"), ("d1", "Arda"), ("d2", "Beko")):
            store.add(extraction((name, DAYS[1], 1, fight(at))))
        store.regroup(GROUPER)
        had, kept = content(store), compared(store)
        store.connection.execute("DROP TABLE compared")
        store.connection.execute("PRAGMA user_version = 8")
    with open_store(path, write=True) as store:
        assert (content(store), compared(store)) == (had, [])
        store.regroup(GROUPER)
        assert (content(store), compared(store)) == (had, kept)


def test_a_grouping_that_is_cut_short_leaves_what_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Incidents and what came of comparing are written together or not at all; the next run does it again."""
    with open_store(str(tmp_path / "a.case"), write=True) as store:
        store.add(extraction(("d0", DAYS[1], 1, fight("Arda"))))
        store.regroup(GROUPER)
        store.add(extraction(("d1", DAYS[1], 1, fight("Arda"))))
        had = content(store), compared(store)
        with monkeypatch.context() as broken:
            broken.setattr(sqlite_grouping.SqliteGrouping, "_mark", _interrupted)
            with pytest.raises(KeyboardInterrupt):
                store.regroup(GROUPER)
        assert (content(store), compared(store)) == had
        assert store.stale()
        store.regroup(GROUPER)
        assert [len(record.claims) for record in store.incidents()] == [2]


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_document_that_was_read_again_is_grouped_again(tmp_path: Path) -> None:
    """The same text with other claims, as another edition of the knowledge reads it."""
    with open_store(str(tmp_path / "a.case"), write=True) as store:
        for name in ("d0", "d1"):
            store.add(extraction((name, DAYS[1], 1, fight("Arda"))))
        store.regroup(GROUPER)
        found = extraction(("d1", DAYS[1], 1, fight("Beko")))
        stored = store.document("d1")
        assert stored is not None
        store.reread(replace(found, document=replace(found.document, sha256=stored.document.sha256)))
        store.regroup(GROUPER)
        assert [len(record.claims) for record in store.incidents()] == [1, 1]
