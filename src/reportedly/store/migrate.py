"""Bring a SQLite case to this version's layout: numbered SQL files, each applied once and whole."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from reportedly.errors import CaseTooNew, StoreError
from reportedly.store.sqlite_gists import fill

# "RPTD" in ASCII, written into the file's header so that a case is told from any other SQLite file.
APPLICATION_ID = 0x52505444
TURN = 100  # milliseconds


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: its number, its SQL, and what is computed when that is done."""

    number: int
    name: str
    sql: str
    afterwards: Callable[[sqlite3.Connection], None] | None = None


# What SQL cannot compute out of what a case holds: the newest step that needs it does it for all before.
_AFTERWARDS = {"gist": fill}


@cache
def migrations() -> tuple[Migration, ...]:
    """Return the shipped steps in order."""
    folder = resources.files("reportedly.store") / "migrations"
    found = []
    for entry in folder.iterdir():
        if match := re.fullmatch(r"(\d{4})_(\w+)\.sql", entry.name):
            sql, name = entry.read_text(encoding="utf-8"), match[2]
            found.append(Migration(int(match[1]), name, sql, _AFTERWARDS.get(name)))
    return tuple(sorted(found, key=lambda step: step.number))


def check_case(connection: sqlite3.Connection, where: str, steps: Sequence[Migration]) -> int:
    """Return the case's version; 0 for an empty file. Raise where it is no case or a newer one."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if int(connection.execute("PRAGMA application_id").fetchone()[0]) != APPLICATION_ID:
        if version or connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise StoreError("is a database of another program, not a case", where=where, hint="name another file")
        return 0
    newest = steps[-1].number
    if version > newest:
        raise CaseTooNew(
            f"the case was made by a newer version (layout {version}, this program knows {newest})",
            where=where,
            hint="upgrade reportedly",
        )
    return version


def migrate(connection: sqlite3.Connection, where: str, steps: Sequence[Migration] | None = None) -> None:
    """Apply the steps that the case lacks, all of them in one transaction or none."""
    steps = steps if steps is not None else migrations()
    if not _begin(connection, where, steps):
        return
    try:
        version = check_case(connection, where, steps)
        for step in steps:
            if step.number > version:
                _apply(connection, step)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _begin(connection: sqlite3.Connection, where: str, steps: Sequence[Migration]) -> bool:
    """Begin to write where steps are lacking; return whether there are any.

    Waits in short turns and looks again: whoever made the case meanwhile has done the steps, and then there is nothing
    to wait for. A reader that opens a case in the moment it is made would else wait until its writer has finished.
    """
    patience = int(connection.execute("PRAGMA busy_timeout").fetchone()[0])
    end = time.monotonic() + patience / 1000
    connection.execute(f"PRAGMA busy_timeout = {min(TURN, patience)}")
    try:
        while check_case(connection, where, steps) != steps[-1].number:
            try:
                connection.execute("BEGIN IMMEDIATE")
                return True
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() >= end:
                    raise
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience}")


def _apply(connection: sqlite3.Connection, step: Migration) -> None:
    for statement in _statements(step.sql):
        connection.execute(statement)
    if step.afterwards is not None:
        step.afterwards(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {step.number}")


def _statements(sql: str) -> list[str]:
    """Split a script into statements; `executescript` would commit the transaction that we are in."""
    out: list[str] = []
    pending = ""
    for line in sql.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            out.append(pending)
            pending = ""
    return out
