"""Lists of a SQLite case for pages: rows that are read without the bodies of claims and incidents."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence

from reportedly.contract import relation_from
from reportedly.model.relation import Relation
from reportedly.store.base import ActorLine, ClaimKey, ClaimsWanted, DocumentLine, Neighbour, PlaceLine, Sketch
from reportedly.store.rows import plain

# Claims of replaced versions of documents are not listed.
_CURRENT = "document NOT IN (SELECT number FROM document WHERE superseded = 1)"


class SqliteLists:
    """Part of the View half of the store. `connection` is set by the store that inherits this."""

    connection: sqlite3.Connection

    def document_lines(self) -> list[DocumentLine]:
        """Return the documents in the order of their ids, without their texts."""
        query = (
            "SELECT number, id, title, publisher, published, access, language, words FROM document "
            "WHERE superseded = 0 ORDER BY id"
        )
        return [DocumentLine(*row) for row in self.connection.execute(query)]

    def documents_beside(self, document: str) -> tuple[int | None, int | None]:
        """Return the numbers of the documents before and behind one in the order of ids; None at either end."""
        query = "SELECT number FROM document WHERE superseded = 0 AND id {} ? ORDER BY id {} LIMIT 1"
        ends = (("<", "DESC"), (">", "ASC"))
        found = [self.connection.execute(query.format(*end), (plain(document),)).fetchone() for end in ends]
        before, behind = (int(row["number"]) if row is not None else None for row in found)
        return before, behind

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

    def state(self) -> tuple[int, int, int]:
        """Return counters that are other ones when anything in the case is: documents, incidents, the ledger."""
        query = "SELECT coalesce(max(CASE key WHEN ? THEN CAST(value AS INTEGER) END), 0) FROM state"
        changes, grouped = (int(self.connection.execute(query, (key,)).fetchone()[0]) for key in ("changes", "grouped"))
        ledger = self.connection.execute("SELECT coalesce(max(id), 0) FROM judgement").fetchone()[0]
        return changes, grouped, int(ledger)

    def claim_count(self, wanted: ClaimsWanted) -> int:
        """Count the claims that fit as they were read."""
        where, values = _where(wanted)
        return int(self.connection.execute(f"SELECT count(*) FROM claim_line WHERE {where}", values).fetchone()[0])

    def claim_keys(self, wanted: ClaimsWanted, first: int = 0, limit: int = -1) -> list[ClaimKey]:
        """Return where the claims stand that fit as they were read, in the order of documents and texts.

        `first` and `limit` cut a part out of them; a limit of -1 is none.
        """
        where, values = _where(wanted)
        query = (
            f"SELECT document, start, id FROM claim_line WHERE {where} ORDER BY document, start, id LIMIT ? OFFSET ?"
        )
        cursor = self.connection.cursor()
        cursor.row_factory = None
        return cursor.execute(query, (*values, limit, first)).fetchall()

    def arrivals(self) -> int:
        """Return the number of the newest document: another one whenever documents or new versions came in."""
        return int(self.connection.execute("SELECT coalesce(max(number), 0) FROM document").fetchone()[0])

    def actor_lines(self, *, known: bool = True) -> list[ActorLine]:
        """Return who is named in claims, most claims first: actors with an id, or else those known by words alone."""
        who, told = ("actor", "actor IS NOT NULL") if known else ("name", "actor IS NULL")
        query = (
            f"SELECT {who} AS id, max(name) AS name, count(DISTINCT claim) AS claims, "
            "count(DISTINCT CASE WHEN slot = 'claimant' THEN claim END) AS told FROM claim_actor "
            f"WHERE {told} AND {_CURRENT} GROUP BY {who} ORDER BY claims DESC, id"
        )
        return [ActorLine(*row) for row in self.connection.execute(query)]

    def actors_named(self, words: str, *, known: bool = True) -> set[str]:
        """Return the ids (or the words, of those known by words alone) of whom one name holds all the words."""
        fits = [f"%{_like(word)}%" for word in words.split()]
        who, told = ("actor", "actor IS NOT NULL") if known else ("name", "actor IS NULL")
        named = " ".join("AND name LIKE ? ESCAPE '\\'" for _ in fits)
        query = f"SELECT DISTINCT {who} FROM claim_actor WHERE {told} AND {_CURRENT} {named}"
        return {str(row[0]) for row in self.connection.execute(query, fits)}

    def ties(self, actor: str) -> list[tuple[str, Relation]]:
        """Return the relations that an actor is an end of, with the ids of their documents."""
        query = (
            "SELECT relation.body, document.id FROM relation JOIN document ON document.number = relation.document "
            "WHERE (relation.source = ? OR relation.target = ?) AND superseded = 0 ORDER BY document.id, position"
        )
        rows = self.connection.execute(query, (plain(actor), plain(actor)))
        return [(row["id"], relation_from(json.loads(row["body"]))) for row in rows]

    def place_lines(self, words: str, limit: int = 50) -> list[PlaceLine]:
        """Return places of claims whose name holds all the words, most claims first."""
        fits = [f"%{_like(word)}%" for word in words.split()]
        where = " ".join("AND place LIKE ? ESCAPE '\\'" for _ in fits)
        query = (
            "SELECT place, country, count(*) AS claims FROM claim_line "
            f"WHERE place IS NOT NULL AND {_CURRENT} {where} GROUP BY place, country "
            "ORDER BY claims DESC, place LIMIT ?"
        )
        return [PlaceLine(*row) for row in self.connection.execute(query, (*fits, limit))]


def _where(wanted: ClaimsWanted) -> tuple[str, list[object]]:
    parts = list(_conditions(wanted))
    return " AND ".join(condition for condition, _ in parts), [value for _, values in parts for value in values]


def _conditions(wanted: ClaimsWanted) -> Iterator[tuple[str, tuple[object, ...]]]:
    yield _CURRENT, ()
    if wanted.document is not None:
        yield "document = ?", (wanted.document,)
    equal = {
        "claimant_kind": wanted.claimant_kind,
        "stance": wanted.stance,
        "modality": wanted.modality,
        "country": wanted.country,
    }
    yield from ((f"{column} = ?", (value,)) for column, value in equal.items() if value)
    for column, value in (("claimant", wanted.claimant), ("place", wanted.place)):
        if value:
            yield f"{column} = ? COLLATE NOCASE", (plain(value),)
    if wanted.event_type:
        kind = wanted.event_type
        yield "(event_type = ? OR (event_type > ? AND event_type < ?))", (kind, f"{kind}.", f"{kind}/")
    if wanted.outcome:
        yield "instr(outcomes, ?) > 0", (f" {wanted.outcome} ",)
    if wanted.since:
        yield "latest >= ?", (wanted.since,)
    if wanted.until:
        yield "earliest <= ?", (wanted.until,)
    if wanted.only is not None:
        yield "id IN (SELECT value FROM json_each(?))", (json.dumps(sorted(wanted.only)),)
    if wanted.hidden:
        yield "id NOT IN (SELECT value FROM json_each(?))", (json.dumps(sorted(wanted.hidden)),)


def _like(word: str) -> str:
    """Return a word so that none of its signs means anything to LIKE."""
    return plain(word).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace("\0", "")
