"""Lists of a SQLite case for pages: rows that are read without the bodies of claims and incidents."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from reportedly.store.base import Neighbour, Sketch
from reportedly.store.rows import plain


class SqliteLists:
    """Part of the View half of the store. `connection` is set by the store that inherits this."""

    connection: sqlite3.Connection

    def sketches(self, documents: Sequence[str]) -> dict[str, Sketch]:
        """Return what grouping needs to know about some documents, without their texts."""
        query = "SELECT id, published, publisher, language, fingerprint FROM document WHERE id = ? AND superseded = 0"
        rows = (self.connection.execute(query, (plain(key),)).fetchone() for key in documents)
        return {row["id"]: Sketch(*row) for row in rows if row is not None}

    def neighbours(self, first: str, last: str, country: str | None, limit: int = 20) -> list[Neighbour]:
        """Return incidents that begin between two days (ISO), in a country or, with None, where none is known."""
        query = (
            "SELECT id, title, status FROM incident WHERE earliest BETWEEN ? AND ? AND country IS ? ORDER BY id LIMIT ?"
        )
        return [Neighbour(*row) for row in self.connection.execute(query, (first, last, country, limit))]
