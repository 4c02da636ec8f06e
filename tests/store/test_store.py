"""What a case promises: nothing twice, nothing by halves, the same grouping in any order, judgements for ever."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from fakes import FakeGrouper, FakeReader, make_document
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.contract import dumps, incident_json
from reportedly.errors import CaseTooNew, StoreError
from reportedly.model import Document, Extraction, Rejected
from reportedly.store import SqliteStore, open_store
from reportedly.store.adding import AddRun
from reportedly.store.migrate import Migration, check_case, migrate, migrations
from reportedly.store.sqlite_view import match_expression

TEXTS = {
    "d1": ("Red Army killed 12 soldiers at Kova on 2024-07-27, Blue Army said. Quite vague.", "2024-07-28"),
    "d2": ("Red Army killed 20 soldiers at Kova on 2024-07-27.", "2024-07-29"),
    "d3": ("Red Army killed 3 farmers at Mera on 2024-08-01, Red Army said.", None),
    "d4": ("Nothing about war: a café in Čačak.", "2024-08-02"),
    "d5": ("Blue Army killed 2 farmers at Mera on 2024-08-01. Red Army killed 9 soldiers at Kova on 2024-07-27.", None),
}


def documents() -> list[Document]:
    """Return the documents of the tests."""
    return [make_document(key, text, published=day, title=f"Title {key}") for key, (text, day) in TEXTS.items()]


def add_all(store: SqliteStore, given: list[Document | Rejected]) -> None:
    """Run `add` with the fakes."""
    reader = FakeReader()
    run = AddRun(
        store,
        lambda items: (item if isinstance(item, Rejected) else reader.extract(item) for item in items),
        FakeGrouper(),
    )
    run.run(given)


def content(store: SqliteStore) -> list[str]:
    """Return all that the case exports."""
    return [dumps(incident_json(record)) for record in store.incidents()]


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    """Return an empty case."""
    return open_store(str(tmp_path / "a.case"), write=True)


def test_what_goes_in_comes_out(store: SqliteStore) -> None:
    found = FakeReader().extract(documents()[0])
    assert store.add(found) == "added"
    stored = store.document("d1")
    assert stored is not None
    assert stored.document == found.document
    assert tuple(store.claims("d1")) == found.claims
    assert [item.reason for item in store.rejected("d1")] == ["too vague"]
    assert store.document("1") == stored


def test_adding_again_adds_nothing(store: SqliteStore) -> None:
    add_all(store, [*documents()])
    before, counts = content(store), store.counts()
    add_all(store, [*documents()])
    assert (content(store), store.counts()) == (before, counts)
    assert store.add(FakeReader().extract(documents()[0])) == "unchanged"


def test_a_changed_text_is_a_new_version_and_the_older_one_stays(store: SqliteStore) -> None:
    add_all(store, [*documents()])
    changed = make_document("d2", "Red Army killed 21 soldiers at Kova on 2024-07-27.", published="2024-07-30")
    add_all(store, [changed])
    assert [(item.version, item.superseded) for item in store.versions("d2")] == [(1, True), (2, False)]
    assert store.counts().documents == len(TEXTS)
    assert [claim.tolls[0].low for claim in store.claims("d2")] == [21]
    assert {figure.low for record in store.incidents() for cell in record.tolls for figure in cell.by} == {
        2,
        3,
        9,
        12,
        21,
    }


@settings(max_examples=25, deadline=None)
@given(order=st.permutations(documents()), cuts=st.lists(st.integers(0, 5), max_size=3))
def test_neither_order_nor_batches_change_incidents(
    tmp_path_factory: pytest.TempPathFactory, order: list[Document], cuts: list[int]
) -> None:
    base = tmp_path_factory.mktemp("order")
    with open_store(str(base / "a.case"), write=True) as one, open_store(str(base / "b.case"), write=True) as other:
        add_all(one, [*documents()])
        edges = [0, *sorted(cuts), len(order)]
        for start, end in pairwise(edges):
            add_all(other, [*order[start:end]])
        assert content(one) == content(other)


def test_incident_ids_never_come_back_for_another_incident(store: SqliteStore) -> None:
    """A later added but earlier published account takes the incident over; the id given out before leads to it."""
    late = make_document("z", "Red Army killed 5 soldiers at Kova on 2024-07-27.", published="2024-07-30")
    early = make_document("a", "Red Army killed 6 soldiers at Kova on 2024-07-27.", published="2024-07-28")
    add_all(store, [late])
    (first,) = store.incidents()
    add_all(store, [early])
    (second,) = store.incidents()
    assert second.id != first.id
    assert store.incident(first.id) == second
    assert store.incident("inc-none") is None


def test_a_judgement_holds_and_an_undo_takes_it_back(store: SqliteStore) -> None:
    add_all(store, [*documents()])
    together = content(store)
    first, second = (next(store.claims(key)).id for key in ("d1", "d2"))
    entry = store.judge("same_incident", "negative", first, second, who="ana", why="other day")
    assert store.stale()
    store.regroup(FakeGrouper())
    assert len(content(store)) == len(together) + 1
    store.undo(entry.id, who="ben")
    store.regroup(FakeGrouper())
    assert content(store) == together
    (kept,) = store.judgements(in_force=False)
    assert (kept.who, kept.why, kept.undone_by) == ("ana", "other day", entry.id + 1)
    store.undo(entry.id + 1, who="ana")
    assert [judgement.id for judgement in store.judgements()] == [entry.id]


def test_a_judgement_follows_its_words_when_claim_ids_move(store: SqliteStore) -> None:
    add_all(store, [*documents()])
    first, second = (next(store.claims(key)) for key in ("d1", "d2"))
    store.judge("same_incident", "negative", first.id, second.id, who="ana")
    moved = FakeReader().extract(make_document("d1", "News. " + first.content.quote, published="2024-07-28"))
    store.add(moved)
    assert next(store.claims("d1")).id != first.id
    store.regroup(FakeGrouper())
    assert len(list(store.incidents())) == 3


def test_the_ledger_only_grows(store: SqliteStore) -> None:
    add_all(store, [*documents()])
    claim = next(store.claims())
    store.judge("claim", "positive", claim.id, who="ana")
    for statement in ("UPDATE judgement SET who = 'x'", "DELETE FROM judgement", "DELETE FROM minted"):
        with pytest.raises(sqlite3.IntegrityError, match="only grows"):
            store.connection.execute(statement)
    with pytest.raises(StoreError):
        store.judge("same_incident", "positive", claim.id, who="ana")
    with pytest.raises(StoreError):
        store.undo(99, who="ana")


def test_a_failing_document_leaves_nothing_behind(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    from reportedly.store import sqlite

    def fail(*_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(sqlite, "relation_rows", fail)
    with pytest.raises(RuntimeError):
        store.add(FakeReader().extract(documents()[0]))
    assert store.counts().documents == store.counts().claims == 0
    assert not store.stale()


def test_a_run_that_was_cut_short_is_grouped_by_the_next(store: SqliteStore) -> None:
    for document in documents():
        store.add(FakeReader().extract(document))
    assert store.stale()
    assert content(store) == []
    add_all(store, [])
    assert len(content(store)) == 2
    assert not store.stale()


def test_unreadable_inputs_are_kept_once(store: SqliteStore) -> None:
    bad = Rejected("x.pdf", "is empty", fatal=True)
    add_all(store, [bad])
    add_all(store, [bad])
    assert list(store.rejected()) == [bad]
    assert store.counts().rejected == 1


def test_two_writers_take_turns(tmp_path: Path) -> None:
    path = str(tmp_path / "a.case")
    open_store(path, write=True).close()
    problems: list[BaseException] = []

    def work(prefix: str) -> None:
        try:
            with open_store(path, write=True) as mine:
                add_all(mine, [make_document(f"{prefix}{n}", TEXTS["d2"][0] + f" {prefix}{n}") for n in range(15)])
        except BaseException as error:
            problems.append(error)

    workers = [threading.Thread(target=work, args=(prefix,)) for prefix in "ab"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert problems == []
    with open_store(path) as store:
        assert store.counts().documents == 30
        assert not store.stale()
        assert len(next(store.incidents()).documents) == 30


def test_a_locked_case_is_waited_for_and_then_said_so(tmp_path: Path) -> None:
    path = tmp_path / "a.case"
    with open_store(str(path), write=True) as holder, open_store(str(path), write=True, patience=0.2) as other:
        holder.connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program is writing"):
            other.add(FakeReader().extract(documents()[0]))
        assert other.counts().documents == 0


def test_files_that_are_no_cases(tmp_path: Path) -> None:
    (tmp_path / "text.case").write_text("no case at all, but some words that are long enough for a header" * 9)
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE mine (x)")
    other.close()
    for name in ("text.case", "other.db"):
        before = (tmp_path / name).read_bytes()
        with pytest.raises(StoreError, match=name):
            open_store(str(tmp_path / name), write=True)
        assert (tmp_path / name).read_bytes() == before
    with pytest.raises(StoreError, match="no such case"):
        open_store(str(tmp_path / "none.case"))
    assert not (tmp_path / "none.case").exists()
    with pytest.raises(StoreError, match="folder"):
        open_store(str(tmp_path), write=True)
    with pytest.raises(StoreError, match="does not exist"):
        open_store(str(tmp_path / "no" / "a.case"), write=True)
    with pytest.raises(StoreError, match="PostgreSQL"):
        open_store("postgresql://me:secret@host/db")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_an_unwritable_case_says_so(tmp_path: Path) -> None:
    open_store(str(tmp_path / "a.case"), write=True).close()
    (tmp_path / "a.case").chmod(0o444)
    with pytest.raises(StoreError):
        open_store(str(tmp_path / "a.case"), write=True)


def test_a_case_where_nothing_can_be_written_is_read_as_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a case?.case"
    with open_store(str(path), write=True) as store:
        add_all(store, [*documents()])
    monkeypatch.setattr("reportedly.store.sqlite.os.access", lambda folder, mode: False)
    with open_store(str(path)) as store:
        assert store.counts().documents > 0
        assert [one.name for one in tmp_path.iterdir()] == [path.name], "no file beside it"


def test_a_newer_case_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.case"
    with open_store(str(path), write=True) as store:
        store.connection.execute("PRAGMA user_version = 99")
    with pytest.raises(CaseTooNew, match="newer version"):
        open_store(str(path))


def test_an_older_case_is_brought_up_to_date_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.case"
    open_store(str(path), write=True).close()
    connection = sqlite3.connect(path, isolation_level=None)
    newest = migrations()[-1].number
    good = Migration(
        newest + 1, "more", "CREATE TABLE more (x); -- a comment; with a semicolon\nCREATE INDEX more_x ON more(x);"
    )
    bad = Migration(newest + 2, "bad", "CREATE TABLE even_more (x);\nCREATE NONSENSE;")
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, str(path), [*migrations(), good, bad])
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    assert not names & {"more", "even_more"}
    migrate(connection, str(path), [*migrations(), good])
    assert connection.execute("PRAGMA user_version").fetchone()[0] == newest + 1
    connection.close()


def test_a_reader_does_not_wait_for_a_writer_that_made_the_case_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever opens a case while it is made sees it made, and goes on although the writer goes on writing."""
    path = tmp_path / "a.case"
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("PRAGMA journal_mode = WAL")
    real, turns = check_case, []

    def look(connection: sqlite3.Connection, where: str, steps: Sequence[Migration]) -> int:
        version = real(connection, where, steps)
        if connection is not writer and not turns:
            turns.append(version)
            migrate(writer, str(path))
            writer.execute("BEGIN IMMEDIATE")  # and holds the case from here on
        return version

    monkeypatch.setattr("reportedly.store.migrate.check_case", look)
    with open_store(str(path), patience=30) as reader:
        assert reader.counts().documents == 0
    assert turns == [0]
    writer.close()


def test_a_closed_case_is_one_file(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "a.case"), write=True) as store:
        add_all(store, [*documents()])
    assert [path.name for path in tmp_path.iterdir()] == ["a.case"]


def test_search_ignores_accents_and_case_and_is_never_a_syntax_error(store: SqliteStore) -> None:
    add_all(store, [*documents()])
    assert [hit.document for hit in store.search("CAFE cacak")] == ["d4"]
    assert [hit.document for hit in store.search('"at mera"')]
    assert {hit.document for hit in store.search("Kov*")} == {"d1", "d2", "d5"}
    assert store.search("kova")[0].incidents
    assert store.search("  ") == store.search("!!!") == []


@settings(max_examples=80, deadline=None)
@given(query=st.text(max_size=12) | st.text(alphabet='"*()-:^ANDORT a', max_size=12))
def test_any_query_is_a_query(query: str) -> None:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE t USING fts5(x)")
    if expression := match_expression(query):
        base.execute("SELECT * FROM t WHERE t MATCH ?", (expression.encode("utf-8", "replace").decode(),)).fetchall()
    base.close()


def test_text_that_is_no_unicode_is_kept_exactly(store: SqliteStore) -> None:
    text = "Broken \ud800 text\0. Red Army killed 2 soldiers at Kova on 2024-07-27."
    found = FakeReader().extract(make_document("d\udcff", text, title="T\ud800"))
    store.add(found)
    (stored,) = store.documents()
    assert stored.document == found.document
    assert store.holds("d\udcff", found.document.sha256)
    assert [hit.number for hit in store.search("broken")] == [1]


def test_an_actor_is_found_by_id_and_by_name(store: SqliteStore) -> None:
    add_all(store, [*documents()])
    seen = store.actor("blue army")
    assert seen is not None
    assert seen == store.actor("x-blue-army")
    assert {slot for slot, _ in seen.claims} == {"claimant", "initiator"}
    assert seen.incidents
    assert store.actor("nobody") is None


def test_reprints_count_as_one_origin(store: SqliteStore) -> None:
    text = TEXTS["d2"][0]
    add_all(store, [make_document("a", text), make_document("b", text), make_document("c", text + " Indeed.")])
    (record,) = store.incidents()
    assert (len(record.documents), record.origins) == (3, 2)


def test_an_empty_extraction_is_kept_too(store: SqliteStore) -> None:
    store.add(Extraction(document=make_document("empty", "")))
    assert store.counts().documents == 1
