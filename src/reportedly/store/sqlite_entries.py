"""Reading the ledger of a SQLite case: entries with the entry that undid each; all of them, or those on some matter."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from reportedly.model.judgement import Judgement
from reportedly.store.rows import judgement_of, plain

# Entries that a condition names, and every undo that leads to one of them.
_WITH_UNDOING = (
    "WITH RECURSIVE about(id) AS (SELECT id FROM judgement WHERE {} UNION "
    "SELECT judgement.id FROM judgement JOIN about ON judgement.undoes = about.id) "
    "SELECT * FROM judgement WHERE id IN about ORDER BY id"
)


def all_judgements(connection: sqlite3.Connection, *, until: int | None = None) -> list[Judgement]:
    """Return every judgement with the entry that undid it; with `until`, as the ledger stood at that entry."""
    query = "SELECT * FROM judgement WHERE ? IS NULL OR id <= ? ORDER BY id"
    return _judgements(connection.execute(query, (until, until)).fetchall())


def judgements_about(connection: sqlite3.Connection, document: str) -> list[Judgement]:
    """Return the judgements on a document and its claims, each with the entry that undid it."""
    return _judgements(connection.execute(_WITH_UNDOING.format("left_document = ?"), (plain(document),)).fetchall())


def judgements_on_documents(connection: sqlite3.Connection) -> list[Judgement]:
    """Return the judgements on whole documents: whether their review is finished."""
    return _judgements(connection.execute(_WITH_UNDOING.format("kind = 'document'")).fetchall())


def judgements_by_id(connection: sqlite3.Connection, entries: Sequence[int]) -> list[Judgement]:
    """Return some judgements with the entry that undid each; undoing is left out."""
    query = _WITH_UNDOING.format("id IN (SELECT value FROM json_each(?))")
    found = _judgements(connection.execute(query, (json.dumps(list(entries)),)).fetchall())
    wanted = frozenset(entries)
    return [judgement for judgement in found if judgement.id in wanted]


def subject_of(connection: sqlite3.Connection, entry: int) -> int:
    """Return the judgement that an entry is, or that a chain of undoing leads to."""
    query = "SELECT undoes FROM judgement WHERE id = ?"
    while (row := connection.execute(query, (entry,)).fetchone()) is not None and row["undoes"] is not None:
        entry = row["undoes"]
    return entry


def documents_judged(connection: sqlite3.Connection, after: int, changed: Iterable[str]) -> set[str]:
    """Return the documents that entries after `after` speak of, and those judged with one of these or of `changed`."""
    rows = {row["id"]: row for row in connection.execute("SELECT * FROM judgement")}
    judged = {document for row in rows.values() if row["id"] > after for document in _documents(row, rows)}
    around = judged | set(changed)
    together = (_documents(row, rows) for row in rows.values())
    return judged.union(*(documents for documents in together if not around.isdisjoint(documents)))


def _documents(row: sqlite3.Row, rows: Mapping[int, sqlite3.Row]) -> set[str]:
    """The documents of an entry; of an undo those of what it undoes."""
    while row["kind"] == "undo":
        row = rows[row["undoes"]]
    return {row["left_document"], row["right_document"]} - {None}


def _judgements(rows: Sequence[sqlite3.Row]) -> list[Judgement]:
    undoing = undone(rows)
    return [judgement_of(row, undoing.get(row["id"])) for row in rows if row["kind"] != "undo"]


def undone(rows: Iterable[sqlite3.Row]) -> dict[int, int]:
    """Map entries that do not hold to the entry that undid them. The latest entries are settled first."""
    found: dict[int, int] = {}
    for row in sorted(rows, key=lambda row: -int(row["id"])):
        if row["kind"] == "undo" and row["id"] not in found:
            found.setdefault(row["undoes"], row["id"])
    return found
