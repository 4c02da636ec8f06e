"""Reads entities of FollowTheMoney (as OpenSanctions publishes them): JSON Lines of entities or of statements.

Door: `read`. Organizations, public bodies, companies, legal entities and persons become actors; a name marked as weak
is left out, since it would find somebody else. Statements of one entity may stand anywhere in the file.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportedly.knowledge.actors import ALSO
from reportedly.knowledge.importing.drafts import ACTORS, NAMES, Draft, Item, Passed
from reportedly.knowledge.importing.inputs import lines
from reportedly.knowledge.importing.stock import Stock
from reportedly.knowledge.importing.values import names_of, slug, split_names, tidy
from reportedly.knowledge.placed import Problem
from reportedly.knowledge.tables import read_rows

NAMED = ("name", "previousName", "alias", "abbreviation")
COUNTRIES = ("country", "mainCountry", "jurisdiction", "nationality")
SINCE = ("startDate", "incorporationDate", "foundingDate")
UNTIL = ("endDate", "dissolutionDate")
PERSON = "Person"

Properties = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Kinds:
    """Which kind of actor an entity is: rows of (schema or *, topic or nothing, kind), the first that fits counts."""

    rows: Sequence[tuple[str, str, str]]

    def of(self, schema: str, topics: Sequence[str]) -> str | None:
        """Return the kind, or None for a schema that is no actor."""
        if all(schema != row[0] for row in self.rows):
            return None
        fitting = (kind for name, topic, kind in self.rows if name in ("*", schema) and (not topic or topic in topics))
        return next(fitting, None)


def read(path: Path, stock: Stock, data: Path, tick: Callable[[], None] = lambda: None) -> Iterator[Item]:
    """Yield the actors of a file."""
    table = read_rows(data / "imports" / "ftm_kinds.csv")
    kinds = Kinds([(row["entity"], row["topic"], row["kind"]) for row in table])
    with tempfile.TemporaryDirectory(prefix="reportedly-") as folder, closing(_open(folder)) as base:
        for item in lines(path):
            tick()
            if isinstance(item, Problem):
                yield item
            elif item[1].strip():
                yield from _line(item, path, base, stock, kinds)
        yield from _from_statements(base, path, stock, kinds)


def _line(item: tuple[int, str], path: Path, base: sqlite3.Connection, stock: Stock, kinds: Kinds) -> Iterator[Item]:
    """Read an entity, or put a statement by."""
    number, text = item
    try:
        value = json.loads(text)
        if not isinstance(value, dict):
            raise ValueError("is no object")
        if "prop" in value:
            base.execute("INSERT INTO statement VALUES (?,?,?,?,?)", (*_statement(value), number))
            return
        entity = _entity(value)
    except (ValueError, RecursionError) as error:
        yield Problem(str(path), number, f"is no entity of FollowTheMoney: {error}")
        return
    yield from _actor(entity, (str(path), number), stock, kinds)


def _open(folder: str) -> sqlite3.Connection:
    base = sqlite3.connect(Path(folder) / "statements.sqlite")
    base.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
    base.execute("CREATE TABLE statement (entity TEXT, schema TEXT, prop TEXT, value TEXT, line INTEGER)")
    return base


def _statement(value: Mapping[str, Any]) -> tuple[str, str, str, str]:
    entity = value.get("canonical_id") or value.get("entity_id")
    found = (entity, value.get("schema"), value["prop"], value.get("value"))
    if not all(isinstance(part, str) and part for part in found):
        raise ValueError("a statement needs canonical_id, schema, prop and value")
    return found  # type: ignore[return-value]


def _entity(value: Mapping[str, Any]) -> tuple[str, str, Properties]:
    schema, given = value.get("schema"), value.get("properties")
    if not isinstance(schema, str) or not isinstance(given, dict):
        raise ValueError("it needs schema and properties")
    properties = {
        key: [one for one in some if isinstance(one, str)] for key, some in given.items() if type(some) is list
    }
    ident = value.get("id")
    return (ident if isinstance(ident, str) else ""), schema, properties


def _from_statements(base: sqlite3.Connection, path: Path, stock: Stock, kinds: Kinds) -> Iterator[Item]:
    """Put the statements of each entity together again."""
    base.execute("CREATE INDEX by_entity ON statement (entity, line)")
    order = [row[0] for row in kinds.rows]
    for (entity,) in base.execute("SELECT entity FROM statement GROUP BY entity ORDER BY min(line)"):
        rows = base.execute("SELECT schema, prop, value, line FROM statement WHERE entity = ? ORDER BY line", (entity,))
        properties: dict[str, list[str]] = {}
        schemas: list[str] = []
        first = 0
        for schema, prop, value, line in rows:
            schemas.append(schema)
            properties.setdefault(prop, []).append(value)
            first = first or line
        best = min(schemas, key=lambda s: order.index(s) if s in order else len(order))
        yield from _actor((entity, best, properties), (str(path), first), stock, kinds)


def _actor(entity: tuple[str, str, Properties], place: tuple[str, int], stock: Stock, kinds: Kinds) -> Iterator[Item]:
    ident, schema, properties = entity
    kind = kinds.of(schema, properties.get("topics", ()))
    if kind is None:
        yield Passed.OTHER
        return
    try:
        names = names_of(value for prop in NAMED for value in properties.get(prop, ()))
        if schema == PERSON:
            names = tuple(name for name in names if " " in name)  # one word names half a town
        if not names:
            raise ValueError("no name that would find it alone")
        countries, unknown = _countries(properties, stock)
        source = f"FollowTheMoney {tidy(ident, 'id')}" if ident else "FollowTheMoney"
        yield from _rows(names, kind, countries, properties, (source, unknown), place, stock)
    except ValueError as error:
        yield Problem(*place, f"{ident or schema}: {error}")


def _rows(
    names: Sequence[str],
    kind: str,
    countries: Sequence[str],
    properties: Properties,
    notes: tuple[str, str],
    place: tuple[str, int],
    stock: Stock,
) -> Iterator[Item]:
    known = stock.actor(names, countries)
    if known is not None:
        new = [name for name in names if not stock.bears(known, name)]
        rows = ({"actor": known.id, "name": name, "relation": ALSO, "source": notes[0]} for name in new)
        yield from (Draft(NAMES, *place, row) for row in rows)
        if not new:
            yield Passed.KNOWN
        return
    acronyms, others = split_names(names)
    name = (others or acronyms)[0]
    yield Draft(
        ACTORS,
        *place,
        {
            "id": slug(countries[0] if countries else "", name),
            "name": name,
            "kind": kind,
            "countries": ";".join(countries),
            "since": _date(properties, SINCE, min),
            "until": _date(properties, UNTIL, max),
            "acronyms": ";".join(acronyms),
            "aliases": ";".join(others[1:]),
            "source": notes[0],
            "note": notes[1],
        },
    )


def _countries(properties: Properties, stock: Stock) -> tuple[tuple[str, ...], str]:
    """Return the countries that we know, and a note on the others (states that are no more, regions)."""
    given = dict.fromkeys(code for prop in COUNTRIES for code in properties.get(prop, ()))
    found = {code: stock.country(code) for code in given}
    unknown = [tidy(code, "country") for code, ours in found.items() if ours is None]
    return tuple(dict.fromkeys(ours for ours in found.values() if ours)), (
        f"country not known: {', '.join(unknown)}" if unknown else ""
    )


def _date(properties: Properties, props: Sequence[str], choose: Callable[[list[str]], str]) -> str:
    dates = [value[:10] for prop in props for value in properties.get(prop, ())]
    return choose(dates) if dates else ""
