"""The default store: a case in one SQLite file. Opens, migrates and writes; reading is in `sqlite_view.py`."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reportedly.errors import StoreError
from reportedly.model.extraction import Extraction
from reportedly.model.rejected import Rejected
from reportedly.store.answers import Outcome, RunCounts
from reportedly.store.migrate import migrate
from reportedly.store.rows import (
    Cell,
    claim_row,
    document_row,
    insert,
    mention_rows,
    now,
    plain,
    relation_rows,
    touch,
)
from reportedly.store.sqlite_grouping import SqliteGrouping
from reportedly.store.sqlite_ledger import SqliteLedger
from reportedly.store.sqlite_lines import add_lines, remove_lines, settle
from reportedly.store.sqlite_runs import SqliteRuns
from reportedly.version import VERSION


def connect(path: Path, *, write: bool, patience: float) -> sqlite3.Connection:
    """Open a case file and bring it to this version's layout; to write, make it where it does not exist."""
    _check_path(path, write=write)
    with _clear_errors(str(path)):
        connection = sqlite3.connect(_address(path, write=write), timeout=patience, isolation_level=None, uri=True)
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA foreign_keys = ON")
            migrate(connection, str(path))
            if write:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = NORMAL")
        except BaseException:
            connection.close()
            raise
    return connection


def _address(path: Path, *, write: bool) -> str:
    """Return the case's address for SQLite.

    Where we cannot write beside it and nobody does (that would show in a second file), it is read as it lies: SQLite
    would else have to make files there.
    """
    beside = path.with_name(f"{path.name}-wal")
    still = not write and not os.access(path.parent, os.W_OK) and not beside.exists()
    return path.absolute().as_uri() + ("?immutable=1" if still else "")


def _check_path(path: Path, *, write: bool) -> None:
    where = str(path)
    if path.is_dir():
        raise StoreError("is a folder, not a case", where=where, hint="name a file such as news.case")
    if not path.exists():
        if not write:
            raise StoreError("no such case", where=where, hint="make one with: reportedly add CASE DOCS...")
        if not path.parent.is_dir():
            raise StoreError("cannot be written: its folder does not exist", where=where, hint="make the folder first")


@contextmanager
def _clear_errors(where: str) -> Iterator[None]:
    """Turn SQLite's errors into ours: what happened, to which case, what to do."""
    try:
        yield
    except sqlite3.Error as error:
        message, hint = _explain(str(error))
        raise StoreError(message, where=where, hint=hint) from error


def _explain(text: str) -> tuple[str, str]:
    known = {
        "not a database": ("is not a case", "name a file made by: reportedly add"),
        "malformed": ("the case is damaged", "restore it from a copy, or add the documents to a new case"),
        "locked": ("another program is writing to the case", "wait for it to end and run again"),
        "unable to open": ("cannot be opened or written", "check the folder and its permissions"),
        "readonly": (
            "cannot be written: the file is read-only",
            "check the permissions; to read a case of an older version, copy it to where it may be written",
        ),
        "disk is full": ("the disk is full", "make room and run again; nothing stored is lost"),
    }
    for key, answer in known.items():
        if key in text:
            return answer
    return f"the case failed: {text}", ""


class SqliteStore(SqliteGrouping, SqliteRuns, SqliteLedger):
    """A case in one SQLite file. Every document is written in one transaction with all that was read out of it."""

    def __init__(self, path: Path, *, write: bool = True, patience: float = 10.0) -> None:
        self.path = path
        self.connection = connect(path, write=write, patience=patience)

    @property
    def name(self) -> str:
        """The path of the case."""
        return str(self.path)

    def close(self) -> None:
        """Let go of the file; the write-ahead log is folded into it."""
        self.connection.close()

    def __enter__(self) -> SqliteStore:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Hold the write lock for one transaction: all of it happens, or nothing."""
        with _clear_errors(self.name):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:  # an interrupt may fall just after the commit
                    self.connection.execute("ROLLBACK")
                raise

    # Writer

    def begin_run(self, command: str) -> int:
        """Note that a run starts and return its number."""
        with self.writing() as base:
            row = {"command": plain(command), "program": VERSION, "started": now()}
            return insert(base, "run", row)

    def end_run(self, run: int, counts: RunCounts) -> None:
        """Note that a run came to its end."""
        with self.writing() as base:
            base.execute(
                "UPDATE run SET finished = ?, added = ?, updated = ?, unchanged = ?, rejected = ? WHERE id = ?",
                (now(), counts.added, counts.updated, counts.unchanged, counts.rejected, run),
            )

    def holds(self, document: str, sha256: str) -> bool:
        """Tell whether this version of the document is in the case already."""
        with _clear_errors(self.name):
            query = "SELECT 1 FROM document WHERE id = ? AND sha256 = ?"
            return self.connection.execute(query, (plain(document), sha256)).fetchone() is not None

    def add(self, found: Extraction, *, run: int | None = None, fingerprint: bytes | None = None) -> Outcome:
        """Store a document with all that was read out of it, whole or not at all."""
        with self.writing() as base:
            if self.holds(found.document.id, found.document.sha256):
                return "unchanged"
            older = _supersede(base, plain(found.document.id))
            version, replaces = (older["version"] + 1, older["number"]) if older else (1, None)
            ours: dict[str, Cell] = {"version": version, "replaces": replaces, "run": run, "added": now()}
            number = insert(base, "document", {**document_row(found), **ours, "fingerprint": fingerprint})
            _insert_parts(base, number, found, run)
            touch(base)
            return "updated" if older else "added"

    def reread(self, found: Extraction, *, run: int | None = None) -> None:
        """Put a newer reading of a document that the case holds in place of the old one; decisions stay."""
        with self.writing() as base:
            query = "SELECT number FROM document WHERE id = ? AND sha256 = ? AND superseded = 0"
            row = base.execute(query, (plain(found.document.id), found.document.sha256)).fetchone()
            if row is None:
                raise StoreError(f"no document `{found.document.id}` with this text in the case", where=self.name)
            number = int(row["number"])
            remove_lines(base, number)
            for table in ("claim", "relation", "mention", "rejected"):
                base.execute(f"DELETE FROM {table} WHERE document = ?", (number,))
            base.execute("DELETE FROM grouped WHERE document = ?", (number,))
            base.execute("UPDATE document SET relevant = ? WHERE number = ?", (int(found.relevant), number))
            _insert_readings(base, number, found, run)
            touch(base)

    def reject(self, item: Rejected, *, run: int | None = None) -> None:
        """Keep an input that could not be read, once however often it is met."""
        with self.writing() as base:
            known = "SELECT 1 FROM rejected WHERE document IS NULL AND place = ? AND reason = ?"
            if base.execute(known, (plain(item.where), plain(item.reason))).fetchone() is None:
                insert(base, "rejected", _rejected_row(item, None, run))

    def stale(self) -> bool:
        """Tell whether documents or judgements came in since the last grouping."""
        with _clear_errors(self.name):
            return self._counter("changes") != self._counter("grouped")


def _supersede(base: sqlite3.Connection, document: str) -> sqlite3.Row | None:
    """Mark the newest version as replaced and return it; None when the document is new."""
    query = "SELECT number, version FROM document WHERE id = ? AND superseded = 0"
    row: sqlite3.Row | None = base.execute(query, (document,)).fetchone()
    if row is not None:
        base.execute("UPDATE document SET superseded = 1 WHERE number = ?", (row["number"],))
        remove_lines(base, row["number"])
    return row


def _insert_parts(base: sqlite3.Connection, number: int, found: Extraction, run: int | None) -> None:
    base.execute(
        "INSERT INTO document_text (rowid, title, text) SELECT number, title, text FROM document WHERE number = ?",
        (number,),
    )
    _insert_readings(base, number, found, run)


def _insert_readings(base: sqlite3.Connection, number: int, found: Extraction, run: int | None) -> None:
    add_lines(base, number, found.claims)
    for position, claim in enumerate(found.claims):
        insert(base, "claim", claim_row(number, position, claim))
    for row in relation_rows(number, found):
        insert(base, "relation", row)
    for row in mention_rows(number, found.mentions):
        insert(base, "mention", row)
    for item in dict.fromkeys(found.rejected):
        insert(base, "rejected", _rejected_row(item, number, run))
    settle(base, [found.document.id])
    touch(base, "readings")


def _rejected_row(item: Rejected, document: int | None, run: int | None) -> dict[str, Cell]:
    return {
        "document": document,
        "place": plain(item.where),
        "reason": plain(item.reason),
        "start": item.start,
        "end": item.end,
        "quote": plain(item.quote),
        "fatal": int(item.fatal),
        "run": run,
    }
