"""Export as plain SQLite tables for Datasette, sqlite-utils, R or QGIS. No code of ours is needed to read them.

Holds what people and programs look up: not the ledger, the parser's layers, nor the order in which documents came.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from reportedly.exports.options import Options
from reportedly.exports.pieces import pieces
from reportedly.exports.tables import (
    CLAIM_COLUMNS,
    INCIDENT_COLUMNS,
    Column,
    Row,
    Value,
    claim_rows,
    incident_rows,
    valid,
)
from reportedly.exports.words import actor_words
from reportedly.store.base import Holdings

TITLE = "Plain SQLite tables, for Datasette and the like"
MEDIA = "application/vnd.sqlite3"
LEAVES_OUT = "the ledger of judgements; layers of the texts; in public exports the texts"
TAKES: frozenset[str] = frozenset()

TYPES = {"text": "TEXT", "integer": "INTEGER", "number": "REAL", "truth": "INTEGER", "day": "TEXT"}
KEYS = {
    "incident": "REFERENCES incidents(incident)",
    "document": "REFERENCES documents(document)",
    "claim": "REFERENCES claims(claim)",
}
DOCUMENTS = (
    *(Column(name) for name in ("document", "title", "url", "publisher", "author", "published", "language", "access")),
    Column("words", "integer"),
    Column("sha256"),
    Column("text"),
)
MEMBERS = (Column("incident"), Column("claim"))
ACTORS = (Column("claim"), *(Column(name) for name in ("slot", "actor", "name", "name_on_date", "kind", "country")))
TOLLS = (
    *(Column(name) for name in ("claim", "toll", "outcome", "victims", "victim_class", "qualifier")),
    *(Column(name, "integer") for name in ("low", "high", "best")),
    Column("part_of"),
    Column("superseded", "truth"),
    *(Column(name, "integer") for name in ("start", "end")),
    Column("quote"),
)
FIGURES = (
    *(Column(name) for name in ("incident", "outcome", "victims", "victim_class", "claimant", "qualifier")),
    *(Column(name, "integer") for name in ("low", "high")),
    *(Column(name) for name in ("claim", "document", "status")),
)
RELATIONS = (
    *(Column(name) for name in ("document", "kind", "source", "source_name", "target", "target_name")),
    *(Column(name, "day") for name in ("earliest", "latest")),
    *(Column(name) for name in ("claimant", "stance", "cue")),
    *(Column(name, "integer") for name in ("start", "end")),
)
INDEXES = ("claims(incident)", "claims(document)", "claim_actors(claim)", "claim_actors(actor)", "tolls(claim)")


def chunks(view: Holdings, options: Options) -> Iterator[bytes]:
    """Yield the bytes of the file."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "case.db"
        _fill(made, view, options)
        yield from pieces(made)


def _fill(path: Path, view: Holdings, options: Options) -> None:
    base = sqlite3.connect(path, isolation_level=None)
    try:
        base.execute("PRAGMA page_size = 4096")
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        base.execute("BEGIN")
        _table(base, "documents", DOCUMENTS, _documents(view, options), key="document")
        _table(base, "incidents", INCIDENT_COLUMNS, incident_rows(view), key="incident")
        _table(base, "claims", CLAIM_COLUMNS, claim_rows(view), key="claim")
        _table(base, "incident_claims", MEMBERS, _members(view))
        _table(base, "claim_actors", ACTORS, _actors(view))
        _table(base, "tolls", TOLLS, _tolls(view))
        _table(base, "figures", FIGURES, _figures(view))
        _table(base, "relations", RELATIONS, _relations(view))
        for index in INDEXES:
            base.execute(f"CREATE INDEX {index.replace('(', '_').rstrip(')')} ON {index}")
        base.execute("COMMIT")
    finally:
        base.close()


def _table(
    base: sqlite3.Connection, name: str, columns: tuple[Column, ...], rows: Iterable[Row], key: str = ""
) -> None:
    """Make one table and fill it; columns that name a row elsewhere refer to it."""
    parts = [_definition(column, key) for column in columns]
    base.execute(f"CREATE TABLE {name} ({', '.join(parts)})")
    names = [column.name for column in columns]
    marks = ", ".join("?" for _ in names)
    base.executemany(f"INSERT INTO {name} VALUES ({marks})", ([_cell(row[one]) for one in names] for row in rows))


def _definition(column: Column, key: str) -> str:
    note = "PRIMARY KEY" if column.name == key else KEYS.get(column.name, "")
    return f'"{column.name}" {TYPES[column.kind]} {note}'.rstrip()


def _cell(value: Value) -> str | int | float | None:
    return value.isoformat() if isinstance(value, date) else valid(value)  # type: ignore[return-value]


def _documents(view: Holdings, options: Options) -> Iterator[Row]:
    for stored in view.documents():
        document = stored.document
        yield {
            "document": document.id,
            **{column.name: getattr(document, column.name) for column in DOCUMENTS[1:-1]},
            "text": None if options.public else document.text,
        }


def _members(view: Holdings) -> Iterator[Row]:
    for record in view.incidents():
        for claim in record.claims:
            yield {"incident": record.id, "claim": claim}


def _actors(view: Holdings) -> Iterator[Row]:
    for claim in view.claims():
        for slot, ref in claim.slots():
            yield {
                "claim": claim.id,
                "slot": slot,
                "actor": ref.actor_id,
                "name": actor_words(ref),
                "name_on_date": ref.name_on_date,
                "kind": ref.kind,
                "country": ref.country,
            }


def _tolls(view: Holdings) -> Iterator[Row]:
    for claim in view.claims():
        for toll in claim.tolls:
            yield {
                "claim": claim.id,
                "toll": toll.id,
                "outcome": toll.outcome,
                "victims": actor_words(toll.victims) if toll.victims else None,
                "victim_class": toll.victim_class,
                "qualifier": toll.qualifier,
                "low": toll.low,
                "high": toll.high,
                "best": toll.best,
                "part_of": toll.part_of,
                "superseded": toll.superseded,
                "start": toll.span.start,
                "end": toll.span.end,
                "quote": toll.span.quote or None,
            }


def _figures(view: Holdings) -> Iterator[Row]:
    for record in view.incidents():
        for cell in record.tolls:
            for figure in cell.by:
                yield {
                    "incident": record.id,
                    "outcome": cell.outcome,
                    "victims": cell.victims,
                    "victim_class": cell.victim_class,
                    "claimant": figure.claimant,
                    "qualifier": figure.qualifier,
                    "low": figure.low,
                    "high": figure.high,
                    "claim": figure.claim,
                    "document": figure.document,
                    "status": cell.status,
                }


def _relations(view: Holdings) -> Iterator[Row]:
    for document, relation in view.relations():
        when = relation.when
        yield {
            "document": document,
            "kind": relation.kind,
            "source": relation.source.actor_id,
            "source_name": actor_words(relation.source),
            "target": relation.target.actor_id,
            "target_name": actor_words(relation.target),
            "earliest": when.earliest if when else None,
            "latest": when.latest if when else None,
            "claimant": actor_words(relation.claimant) if relation.claimant else None,
            "stance": relation.stance,
            "cue": relation.cue.quote or None,
            "start": relation.content.start,
            "end": relation.content.end,
        }
