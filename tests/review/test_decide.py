"""Decisions: each takes effect, is undone and done again, outlives a better reading, and never overwrites another."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import FakeReader, make_document
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly import review
from reportedly.contract import claim_json, dumps, incident_json
from reportedly.errors import ReportedlyError, UsageError
from reportedly.model import Claim
from reportedly.pipeline import load_grouper
from reportedly.review import Coder
from reportedly.store import SqliteStore, open_store
from reportedly.store.adding import AddRun

TEXTS = {
    "a": "Red Army killed 12 soldiers at Kova on 2024-07-27, Blue Army said. "
    "Red Army killed 4 farmers at Mera on 2024-07-29.",
    "b": "Blue Army killed 20 soldiers at Kova on 2024-07-27.",
    "c": "Red Army killed 7 herders at Tula on 2024-08-02. The rest was quiet, and 5 herders fled.",
}
ANA = Coder("ana")
GROUPER = load_grouper()


def add(store: SqliteStore, texts: dict[str, str]) -> None:
    """Add texts with the fakes."""
    reader = FakeReader()
    documents = [make_document(key, text) for key, text in texts.items()]
    AddRun(store, lambda items: (reader.extract(item) for item in items), GROUPER).run(documents)  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    """Return a case with three documents."""
    case = open_store(str(tmp_path / "a.case"), write=True)
    add(case, TEXTS)
    return case


def regrouped(store: SqliteStore) -> list[str]:
    """Group again and return all incidents."""
    store.regroup(GROUPER)
    return [dumps(incident_json(record)) for record in store.incidents()]


def claim_at(store: SqliteStore, document: str, number: int = 0) -> Claim:
    """Return a claim as read."""
    return list(store.claims(document, as_read=True))[number]


def new_claim(store: SqliteStore) -> dict[str, object]:
    """Return a claim that a person writes: the herders who fled."""
    text = store.document("c").document.text  # type: ignore[union-attr]
    body = dict(claim_json(claim_at(store, "c")))
    start = text.index("5 herders fled")
    span = {"start": start, "end": start + 14, "quote": text[start : start + 14]}
    nobody = {"initiators": [], "targets": [], "tolls": [], "place": None, "when": None, "claimant": None}
    return body | nobody | {"content": span, "trigger": span, "attribution": []}


def test_a_rejected_claim_leaves_incidents_and_comes_back(store: SqliteStore) -> None:
    before = regrouped(store)
    claim = claim_at(store, "a")
    review.reject(store, claim.id, ANA, "not in the text")
    assert claim.id not in {c.id for c in store.claims()}
    assert store.claim(claim.id) is None
    assert store.claim(claim.id, as_read=True) == claim
    assert all(claim.id not in line for line in regrouped(store))
    review.undo(store, ANA)
    assert regrouped(store) == before
    review.redo(store, ANA)
    assert store.claim(claim.id) is None


def test_a_changed_figure_reaches_the_record(store: SqliteStore) -> None:
    claim = claim_at(store, "a")
    tolls = claim_json(claim)["tolls"]
    tolls[0] |= {"low": 11, "high": 11, "best": 11}
    (entry,) = review.change(store, claim.id, {"tolls": tolls}, ANA, "misread")
    assert entry.before is not None
    assert '"low": 12' in entry.before
    assert store.claim(claim.id).tolls[0].low == 11  # type: ignore[union-attr]
    assert any('"low":11' in line.replace(" ", "") for line in regrouped(store))


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"nothing": 1}, "no field"),
        ({"id": "x"}, "no field"),
        ({"stance": "shouted"}, "stance"),
        ({"trigger": {"start": 0, "end": 3, "quote": "Blu"}}, "offsets"),
        ({"trigger": {"start": -5, "end": 3, "quote": ""}}, "offsets"),
        ({"tolls": "many"}, "tolls"),
        ({"claimant": None, "claimant_kind": "witness"}, "needs a claimant"),
        ({"claimant_kind": "outlet"}, "told by nobody else"),
    ],
)
def test_what_does_not_fit_is_refused(store: SqliteStore, fields: dict[str, object], what: str) -> None:
    with pytest.raises(UsageError, match=what):
        review.change(store, claim_at(store, "a").id, fields, ANA)
    assert store.judgements() == []


def test_a_day_that_people_give_stands_on_words(store: SqliteStore) -> None:
    claim = claim_at(store, "a")
    when = {"text": "", "start": 0, "end": 0, "earliest": "2024-07-28", "latest": "2024-07-28"}
    day = when | {"edtf": "2024-07-28", "precision": "day", "basis": "stated"}
    with pytest.raises(UsageError, match="stands on no words"):
        review.change(store, claim.id, {"when": day}, ANA)
    review.change(store, claim.id, {"when": day | {"basis": "publication"}}, ANA)
    review.change(store, claim.id, {"modality": "planned"}, ANA)  # what stands already is not asked about again


def test_a_written_claim_is_a_claim_and_moves_with_its_words(store: SqliteStore) -> None:
    (entry,) = review.write(store, "c", new_claim(store), ANA)
    written = store.claim(entry.left.claim)
    assert written is not None
    assert (written.found_by, written.content.quote) == ("person", "5 herders fled")
    add(store, {"c": "Corrected. " + TEXTS["c"]})
    moved = store.claim(entry.left.claim)
    assert moved is not None
    text = store.document("c").document.text  # type: ignore[union-attr]
    assert text[moved.content.start : moved.content.end] == "5 herders fled"
    add(store, {"c": "All gone."})
    assert list(store.claims("c")) == []


def test_merged_incidents_stay_merged_until_undone(store: SqliteStore) -> None:
    before = regrouped(store)
    one, other = (store.incident(i) for i in sorted(r.id for r in store.incidents())[:2])
    assert one is not None
    assert other is not None
    review.merge(store, one.id, other.id, ANA, "same fight")
    assert len(regrouped(store)) == len(before) - 1
    merged = store.incident(other.id)
    assert merged is not None
    assert set(one.claims) | set(other.claims) <= set(merged.claims)
    review.undo(store, ANA)
    assert regrouped(store) == before


def test_a_split_parts_claims_and_can_be_undone(store: SqliteStore) -> None:
    before = regrouped(store)
    kova = next(r for r in store.incidents() if len(r.claims) == 2)
    review.split(store, kova.id, [kova.claims[1]], ANA)
    assert len(regrouped(store)) == len(before) + 1
    with pytest.raises(UsageError, match="both sides"):
        review.split(store, kova.id, list(store.incident(kova.id).claims), ANA)  # type: ignore[union-attr]
    review.undo(store, ANA)
    assert regrouped(store) == before


def test_two_people_never_overwrite_silently(store: SqliteStore) -> None:
    claim = claim_at(store, "b")
    seen = store.newest()
    review.accept(store, claim.id, Coder("ana", seen))
    (late,) = review.reject(store, claim.id, Coder("ben", seen), "wrong")
    assert late.conflicts is not None
    assert store.claim(claim.id) is not None, "the first word stands"
    item = next(i for i in review.queue(store) if i.claim.id == claim.id)
    assert "two people decided differently" in item.reasons
    review.reject(store, claim.id, Coder("ben", store.newest()), "talked it over")
    assert store.claim(claim.id) is None


def test_an_entry_is_taken_back_once(store: SqliteStore) -> None:
    """Two tabs take back the same entry: the second is told, else doing it again would need two steps."""
    (entry,) = review.reject(store, claim_at(store, "a").id, ANA)
    review.undo(store, ANA, entry.id)
    with pytest.raises(ReportedlyError, match="taken back already"):
        review.undo(store, Coder("ben"), entry.id)
    review.redo(store, ANA)
    review.undo(store, Coder("ben"), entry.id)


def test_a_blind_coder_changes_nothing(store: SqliteStore) -> None:
    before = regrouped(store)
    review.reject(store, claim_at(store, "a").id, Coder("eve", blind=True))
    assert regrouped(store) == before
    assert [j.blind for j in store.judgements()] == [True]


def test_the_queue_orders_by_doubt_and_empties(store: SqliteStore) -> None:
    items = review.queue(store)
    assert [i.weight for i in items] == sorted((i.weight for i in items), reverse=True)
    for item in items:
        review.accept(store, item.claim.id, ANA)
    assert review.queue(store) == []
    made = store.review_counts()
    assert (made.accepted, made.waiting) == (len(items), 0)
    review.finish(store, "a", ANA)
    assert store.review_counts().finished == 1


def test_errors_name_what_is_missing(store: SqliteStore) -> None:
    for act in (
        lambda: review.accept(store, "clm-none", ANA),
        lambda: review.merge(store, "inc-none", "inc-none", ANA),
        lambda: review.undo(store, ANA),
        lambda: review.redo(store, ANA),
        lambda: review.finish(store, "nowhere", ANA),
    ):
        with pytest.raises(ReportedlyError):
            act()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["accept", "reject", "split", "merge", "comment", "undo", "redo"]), max_size=12))
def test_undoing_everything_gives_the_first_state(tmp_path_factory: pytest.TempPathFactory, acts: list[str]) -> None:
    """Whatever was decided: all of it undone, the case exports what it did at first."""
    store = open_store(str(tmp_path_factory.mktemp("case") / "a.case"), write=True)
    add(store, TEXTS)
    before = regrouped(store)
    for number, act in enumerate(acts):
        _try(store, act, number)
        store.regroup(GROUPER)
    while store.undoable() is not None:
        review.undo(store, ANA, store.undoable())
    assert regrouped(store) == before


def _try(store: SqliteStore, act: str, number: int) -> None:
    claims = [c.id for c in store.claims(as_read=True)]
    incidents = [r.id for r in store.incidents()]
    if not incidents and act in {"merge", "split"}:
        return  # every claim was rejected
    try:
        if act in {"accept", "reject"}:
            getattr(review, act)(store, claims[number % len(claims)], ANA)
        elif act == "comment":
            review.comment(store, claims[number % len(claims)], "hm", ANA)
        elif act == "merge":
            review.merge(store, incidents[number % len(incidents)], incidents[0], ANA)
        elif act == "split":
            record = store.incident(incidents[number % len(incidents)])
            assert record is not None
            review.split(store, record.id, record.claims[:1], ANA)
        else:
            getattr(review, act)(store, ANA)
    except UsageError:
        pass  # nothing to undo, one claim only
