"""The runs of a SQLite case: which use of which version of the program brought what into it."""

from __future__ import annotations

import sqlite3

from reportedly.model.rejected import Rejected
from reportedly.store.answers import Run, RunCounts, RunDocument


class SqliteRuns:
    """Where what a case holds came from. `connection` is set by the store that inherits this."""

    connection: sqlite3.Connection

    def runs(self) -> list[Run]:
        """Return the runs that wrote into the case, the oldest first."""
        return [_run(row) for row in self.connection.execute("SELECT * FROM run ORDER BY id")]

    def run_documents(self, run: int) -> list[RunDocument]:
        """Return the documents that a run stored, in the order of their arrival."""
        query = (
            "SELECT number, id, title, version, superseded, "
            "(SELECT count(*) FROM claim WHERE claim.document = document.number) AS claims "
            "FROM document WHERE run = ? ORDER BY number"
        )
        return [
            RunDocument(row["number"], row["id"], row["title"], row["version"], bool(row["superseded"]), row["claims"])
            for row in self.connection.execute(query, (run,))
        ]

    def run_rejected(self, run: int) -> list[Rejected]:
        """Return the inputs that a run could not read, with reasons; one that an earlier run met stays with that."""
        query = "SELECT * FROM rejected WHERE run = ? AND document IS NULL ORDER BY number"
        return [
            Rejected(row["place"], row["reason"], row["start"], row["end"], row["quote"], bool(row["fatal"]))
            for row in self.connection.execute(query, (run,))
        ]


def _run(row: sqlite3.Row) -> Run:
    counts = RunCounts(row["added"], row["updated"], row["unchanged"], row["rejected"])
    return Run(row["id"], row["command"], row["program"], row["started"], row["finished"], counts)
