"""Reads a user's own table of actors, places or outlets, whatever its columns are called. Door: `read`.

A row about an actor that we know, by id or name, changes what its cells say and keeps the rest of what we know.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from reportedly.errors import InputError
from reportedly.knowledge.actors import Actor
from reportedly.knowledge.importing.drafts import ACTORS, OUTLETS, PLACES, Draft, Item, Note
from reportedly.knowledge.importing.inputs import table
from reportedly.knowledge.importing.stock import Stock
from reportedly.knowledge.importing.values import names_of, slug, split_names, tidy
from reportedly.knowledge.placed import Problem
from reportedly.knowledge.tables import read_rows

Table = Literal["actors", "places", "outlets"]
LAYOUTS: Mapping[str, type[BaseModel]] = {"actors": ACTORS, "places": PLACES, "outlets": OUTLETS}
TELLING: Mapping[Table, frozenset[str]] = {
    "places": frozenset({"lat", "lon", "feature", "precision"}),
    "outlets": frozenset({"domains", "owner"}),
}
"""Columns that only one table has; a file without any of them holds actors."""
IGNORED = frozenset({"table", "count", "documents", "example"})
"""Columns that `knowledge unresolved` writes for the person who fills in the others."""
ELSEWHERE = {("places", "aliases"): "variants", ("outlets", "countries"): "country"}
"""What a column is called in a table that names it otherwise."""
_PARTS = re.compile(r"\s*[;|]\s*")
_MANY = ("aliases", "acronyms", "variants", "domains", "countries", "country")
_NUMBERS = ("lat", "lon", "population")


def read(
    path: Path, stock: Stock, data: Path, kind: Table | None = None, tick: Callable[[], None] = lambda: None
) -> Iterator[Item]:
    """Yield the rows of a table; `kind` says what they are where neither a column `table` nor the columns tell."""
    synonyms = [(row["column"], row["synonym"]) for row in read_rows(data / "imports" / "columns.csv")]
    columns: dict[str, Mapping[str, str]] = {}
    for item in table(path):
        tick()
        if isinstance(item, Problem):
            yield item
            continue
        line, row = item
        own = kind or _kind(row, synonyms)
        if own not in LAYOUTS:
            yield Problem(str(path), line, f"table {own!r} is none; expected one of {', '.join(LAYOUTS)}")
            continue
        if own not in columns:
            columns[own] = _columns(own, list(row), synonyms, path)
            yield from _left_out(path, own, row, columns[own])
        cells = {column: row[given] for column, given in columns[own].items()}
        try:
            yield Draft(LAYOUTS[own], str(path), line, _VALUES[own](cells, stock))
        except ValueError as error:
            yield Problem(str(path), line, f"{cells['name'][:40] or 'row'}: {error}")


def _kind(row: Mapping[str, str], synonyms: Sequence[tuple[str, str]]) -> str:
    """Tell what a row is about by its column `table`, else by columns that only one table has."""
    if row.get("table"):
        return row["table"].lower()
    meanings = Counter(synonym for _, synonym in synonyms)
    names = set(row) | {column for column, synonym in synonyms if synonym in row and meanings[synonym] == 1}
    return next((own for own, telling in TELLING.items() if telling & names), "actors")


def _columns(own: str, given: Sequence[str], synonyms: Sequence[tuple[str, str]], path: Path) -> Mapping[str, str]:
    """Return for each of our columns the one of the file that fills it, its own name before synonyms."""
    ours = LAYOUTS[own].model_fields
    found: dict[str, str] = {}
    for column, synonym in [*((name, name) for name in ours), *synonyms]:
        target = column if column in ours else ELSEWHERE.get((own, column), "")
        if target in ours and synonym in given and target not in found and synonym not in found.values():
            found[target] = synonym
    if "name" not in found:
        raise InputError("no column of names", where=str(path), hint="call it name")
    return found


def _left_out(path: Path, own: str, row: Mapping[str, str], columns: Mapping[str, str]) -> Iterator[Note]:
    rest = [name for name in row if name not in {*columns.values(), *IGNORED}]
    if rest:
        yield Note(str(path), f"left out columns that {own} do not have: {', '.join(rest)}")


# ------------------------------------------------------------------------------------------------------- the tables


def _common(cells: Mapping[str, str], stock: Stock) -> dict[str, str]:
    """Tidy all cells, and write countries as codes."""
    values = {}
    for column, cell in cells.items():
        if column in ("countries", "country"):
            values[column] = ";".join(stock.countries_of(_PARTS.split(cell)))
        elif column in _MANY:
            values[column] = ";".join(tidy(part, column) for part in _PARTS.split(cell) if part)
        else:
            values[column] = cell if column in _NUMBERS else tidy(cell, column)
    if not values["name"]:
        raise ValueError("name is missing")
    return values


def _actor(cells: Mapping[str, str], stock: Stock) -> Mapping[str, str]:
    values = _common(cells, stock)
    countries = tuple(part for part in values.get("countries", "").split(";") if part)
    short, names = split_names(names_of(_parts(values, "aliases")))
    acronyms = dict.fromkeys([*_parts(values, "acronyms"), *short])
    known = stock.actors.by_id.get(values.get("id", ""))
    if known is None and not values.get("id"):
        known = stock.actor([values["name"]], countries)
    if known is not None:
        return _changed(known, values, list(acronyms), names)
    home = countries[0] if countries else ""
    lists = {"acronyms": ";".join(acronyms), "aliases": ";".join(n for n in names if n != values["name"])}
    return {**values, **lists, "id": values.get("id") or slug(home, values["name"])}


def _changed(
    known: Actor, values: Mapping[str, str], acronyms: Sequence[str], names: Sequence[str]
) -> Mapping[str, str]:
    """Return the row of a known actor with the cells that are given in place of ours, and all names together."""
    name = values["name"]
    aliases = dict.fromkeys([*known.aliases, *([known.name] if known.name != name else []), *names])
    ours = {
        "id": known.id,
        "kind": known.kind,
        "countries": ";".join(known.countries),
        "since": known.since,
        "until": known.until,
        "parent": known.parent or "",
        "ucdp_name": known.ucdp_name or "",
        "source": known.source,
        "note": known.note,
    }
    given = {column: cell for column, cell in values.items() if cell}
    lists = {
        "acronyms": ";".join(dict.fromkeys([*known.acronyms, *acronyms])),
        "aliases": ";".join(alias for alias in aliases if alias != name),
    }
    return {**ours, **given, **lists}


def _place(cells: Mapping[str, str], stock: Stock) -> Mapping[str, str]:
    values = _common(cells, stock)
    home = values.get("countries", "").split(";")[0]
    precision = values.get("precision") or "point"
    if precision == "point" and not (values.get("lat") and values.get("lon")):
        raise ValueError("lat or lon is missing; a district or region may do without")
    defaults = {"id": values.get("id") or slug(home, values["name"]), "precision": precision}
    return {**values, **defaults, "feature": values.get("feature") or "other"}


def _outlet(cells: Mapping[str, str], stock: Stock) -> Mapping[str, str]:
    values = _common(cells, stock)
    known = stock.outlets.named(values["name"])
    domains = (part.lower().removeprefix("https://").removeprefix("http://") for part in _parts(values, "domains"))
    clean = ";".join(domain.removeprefix("www.").rstrip("/") for domain in domains)
    ident = values.get("id") or (known.id if known else slug(values.get("country", ""), values["name"]))
    return {**values, "id": ident, "domains": clean, "kind": values.get("kind") or "other"}


def _parts(values: Mapping[str, str], column: str) -> list[str]:
    return [part for part in values.get(column, "").split(";") if part]


_VALUES: Mapping[str, Callable[[Mapping[str, str], Stock], Mapping[str, str]]] = {
    "actors": _actor,
    "places": _place,
    "outlets": _outlet,
}
