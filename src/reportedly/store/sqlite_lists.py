"""Lists of a SQLite case for pages: rows that are read without the bodies of claims and incidents."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from reportedly.contract import relation_from
from reportedly.model.relation import Relation
from reportedly.store.answers import (
    ActorLine,
    ClaimKey,
    ClaimsWanted,
    DocumentLine,
    DocumentsWanted,
    Facets,
    Neighbour,
    PlaceLine,
    ReviewCounts,
    Sketch,
    UnknownName,
    Waiting,
)
from reportedly.store.decided import Decisions
from reportedly.store.rows import plain
from reportedly.store.sqlite_entries import judgements_on_documents

# A claim in a contested incident weighs half as much again; a conflict between two people comes before everything.
_WEIGHT = "doubt * (consequence * CASE WHEN contested THEN 1.5 ELSE 1.0 END) + 100.0 * conflict"
_OPEN = "IN ('proposed', 'unsure')"
# The order of documents in a list, as the index `document_listed` has it.
_KEYS = ("coalesce(published, '9999')", "coalesce(title, '')", "id")
_LISTED = ", ".join(_KEYS)
_Condition = tuple[str, tuple[object, ...]]
_STATE = "CASE WHEN edits IS NOT NULL AND status = 'accepted' THEN 'edited' ELSE status END"


class SqliteLists:
    """Part of the View half of the store. `connection` is set by the store that inherits this."""

    connection: sqlite3.Connection

    def document_count(self, wanted: DocumentsWanted) -> int:
        """Count the documents that fit."""
        where, values = _where(_of_documents(wanted))
        return int(self.connection.execute(f"SELECT count(*) FROM document WHERE {where}", values).fetchone()[0])

    def document_lines(self, wanted: DocumentsWanted, first: int = 0, limit: int = -1) -> list[DocumentLine]:
        """Return the documents that fit, the first published first, then by title; those of no day last; without texts.

        `first` and `limit` cut a part out of them; a limit of -1 is none.
        """
        where, values = _where(_of_documents(wanted))
        held = "SELECT count(*) FROM claim_line WHERE document = number AND position IS NOT NULL"
        query = (
            "SELECT number, id, title, publisher, published, access, language, words, "
            f"({held}), ({held} AND status {_OPEN}) FROM document WHERE number IN "
            f"(SELECT number FROM document WHERE {where} ORDER BY {_LISTED} LIMIT ? OFFSET ?) ORDER BY {_LISTED}"
        )
        return [DocumentLine(*row) for row in self.connection.execute(query, (*values, limit, first))]

    def document_facets(self) -> Facets:
        """Return what the documents of the case have to choose from."""
        query = "SELECT DISTINCT {0} FROM document WHERE superseded = 0 AND {0} <> '' ORDER BY {0}"
        columns = ("publisher", "access", "language")
        return Facets(*(tuple(row[0] for row in self.connection.execute(query.format(one))) for one in columns))

    def finished(self) -> frozenset[str]:
        """Return the documents of which a person said that their review is finished."""
        decided = Decisions(judgements_on_documents(self.connection))
        return frozenset(document for document in decided.documents if decided.finished(document))

    def waiting(self, document: str | None = None, *, limit: int = -1) -> list[Waiting]:
        """Return the claims that wait for a decision, the heaviest first; a limit of -1 is none."""
        one = "" if document is None else "AND document.id = ?"
        query = (
            f"SELECT line.id, document.id AS home, line.start, doubt, {_WEIGHT} AS weight, contested, conflict, status "
            "FROM claim_line AS line JOIN document ON document.number = line.document "
            f"WHERE position IS NOT NULL AND (line.status {_OPEN} OR conflict = 1) {one} "
            "ORDER BY weight DESC, home, line.start, line.id LIMIT ?"
        )
        outer = (
            "SELECT id, home, (SELECT incident FROM incident_claim WHERE claim = id), doubt, weight, contested, "
            f"conflict, status FROM ({query})"
        )
        values = (limit,) if document is None else (plain(document), limit)
        rows = self.connection.execute(outer, values)
        return [Waiting._make((*row[:5], bool(row[5]), bool(row[6]), row[7])) for row in rows]

    def review_counts(self) -> ReviewCounts:
        """Count on how many claims and documents people decided."""
        query = (
            "SELECT count(*), coalesce(sum(status = 'accepted'), 0), coalesce(sum(status = 'rejected'), 0), "
            f"count(edits), coalesce(sum(status {_OPEN} OR conflict), 0) FROM claim_line WHERE position IS NOT NULL"
        )
        claims, accepted, rejected, edited, waiting = self.connection.execute(query).fetchone()
        return ReviewCounts(claims, accepted, rejected, edited, waiting, len(self.finished()))

    def documents_beside(self, document: str) -> tuple[int | None, int | None]:
        """Return the numbers of the documents before and behind one in the order of the list; None at either end."""
        back = ", ".join(f"{key} DESC" for key in _KEYS)
        query = (
            f"SELECT number FROM document WHERE superseded = 0 AND ({_LISTED}) {{}} "
            f"(SELECT {_LISTED} FROM document WHERE superseded = 0 AND id = ?) ORDER BY {{}} LIMIT 1"
        )
        ends = (("<", back), (">", _LISTED))
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
        """Count the claims that fit as they stand."""
        where, values = _where(_of_claims(wanted))
        return int(self.connection.execute(f"SELECT count(*) FROM claim_line WHERE {where}", values).fetchone()[0])

    def claim_keys(self, wanted: ClaimsWanted, first: int = 0, limit: int = -1) -> list[ClaimKey]:
        """Return the claims that fit as they stand, in the order of documents and texts.

        `first` and `limit` cut a part out of them; a limit of -1 is none.
        """
        where, values = _where(_of_claims(wanted))
        query = (
            f"SELECT document, start, id, {_STATE} FROM claim_line WHERE {where} "
            "ORDER BY document, start, id LIMIT ? OFFSET ?"
        )
        cursor = self.connection.cursor()
        cursor.row_factory = None
        return list(map(ClaimKey._make, cursor.execute(query, (*values, limit, first))))

    def readings(self) -> int:
        """Return a counter that is another one whenever documents are read, or people change who is named in claims."""
        query = "SELECT coalesce(max(CAST(value AS INTEGER)), 0) FROM state WHERE key = 'readings'"
        return int(self.connection.execute(query).fetchone()[0])

    def actor_lines(self, *, known: bool = True) -> list[ActorLine]:
        """Return who is named in claims, most claims first: actors with an id, or else those known by words alone."""
        who, told = ("actor", "actor IS NOT NULL") if known else ("name", "actor IS NULL")
        names: defaultdict[str, list[str]] = defaultdict(list)
        pairs = f"SELECT DISTINCT {who}, name FROM claim_actor WHERE {told} ORDER BY name"
        for key, name in self.connection.execute(pairs):
            names[key].append(name)
        query = (
            f"SELECT {who} AS id, count(DISTINCT claim) AS claims, "
            "count(DISTINCT CASE WHEN slot = 'claimant' THEN claim END) AS told FROM claim_actor "
            f"WHERE {told} GROUP BY {who} ORDER BY claims DESC, id"
        )
        return [ActorLine(row[0], tuple(names[row[0]]), *row[1:]) for row in self.connection.execute(query)]

    def unknown_names(self) -> list[UnknownName]:
        """Return names in claims of which nothing is known, of actors and of places, the most used first."""
        actors = (
            "SELECT 'actors', name, count(*), min(claim) FROM claim_actor "
            "WHERE actor IS NULL AND role IS NULL AND slot <> 'victim' GROUP BY name"
        )
        places = (
            "SELECT 'places', place, count(*), min(id) FROM claim_line "
            "WHERE precision = 'unresolved' AND status <> 'rejected' GROUP BY place"
        )
        found = [UnknownName(*row) for query in (actors, places) for row in self.connection.execute(query)]
        named = (one for one in found if one.table == "places" or one.name[:1].isupper())
        return sorted(named, key=lambda one: (-one.times, one.table, one.name))

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
            f"WHERE place IS NOT NULL {where} GROUP BY place, country "
            "ORDER BY claims DESC, place LIMIT ?"
        )
        return [PlaceLine(*row) for row in self.connection.execute(query, (*fits, limit))]


def _where(conditions: Iterable[_Condition]) -> tuple[str, list[object]]:
    parts = list(conditions)
    where = " AND ".join(condition for condition, _ in parts)
    return where or "1", [value for _, values in parts for value in values]


def _of_documents(wanted: DocumentsWanted) -> Iterator[_Condition]:
    yield "superseded = 0", ()
    equal = {"publisher": wanted.publisher, "access": wanted.access, "language": wanted.language}
    yield from ((f"{column} = ?", (plain(value),)) for column, value in equal.items() if value)
    if wanted.since:
        yield "substr(published, 1, 10) >= ?", (plain(wanted.since),)
    if wanted.until:
        yield "published <> '' AND substr(published, 1, 10) <= ?", (plain(wanted.until),)
    if wanted.only is not None:
        yield "id IN (SELECT value FROM json_each(?))", (_listed(wanted.only),)
    if wanted.beside:
        yield "id NOT IN (SELECT value FROM json_each(?))", (_listed(wanted.beside),)


def _listed(ids: Iterable[str]) -> str:
    return json.dumps(sorted(map(plain, ids)))


def _of_claims(wanted: ClaimsWanted) -> Iterator[_Condition]:
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
    if wanted.state:
        yield f"{_STATE} = ?", (wanted.state,)


def _like(word: str) -> str:
    """Return a word so that none of its signs means anything to LIKE."""
    return plain(word).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace("\0", "")
