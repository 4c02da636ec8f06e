"""Reads the actor list of the Uppsala Conflict Data Program (UCDP Actor Dataset, as CSV). Door: `read`.

An actor that we know gets the names that we lack; the others become actors of the user's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from reportedly.errors import InputError
from reportedly.knowledge.actors import ALSO, Actor
from reportedly.knowledge.importing.drafts import ACTORS, NAMES, Draft, Item, Passed
from reportedly.knowledge.importing.inputs import table
from reportedly.knowledge.importing.stock import Stock, formerly
from reportedly.knowledge.importing.values import names_of, split_names
from reportedly.knowledge.placed import Problem
from reportedly.knowledge.tables import read_rows

CREDIT = "Uppsala Conflict Data Program, Department of Peace and Conflict Research, Uppsala University, CC BY 4.0"
NEEDED = ("actorid", "namedata")
NAME_COLUMNS = (
    "newnamefulleng",
    "nameorigfulleng",
    "namedata",
    "newname",
    "nameorig",
    "newnamefullmothertongue",
    "nameorigfull",
)
EMPTY = frozenset({"", "na", "n/a", "-9", "-99", "not applicable", "unknown", "none"})
COMMUNAL = "3"
"""The level of organisation of people who fight as a community; UCDP names them by the community alone."""


def read(path: Path, stock: Stock, data: Path, tick: Callable[[], None] = lambda: None) -> Iterator[Item]:
    """Yield the actors of a list."""
    kinds = {(row["org"], row["conflict"]): row["kind"] for row in read_rows(data / "imports" / "ucdp_kinds.csv")}
    for item in table(path):
        tick()
        if isinstance(item, Problem):
            yield item
            continue
        line, row = item
        if missing := [name for name in NEEDED if name not in row]:
            hint = "give the CSV of the UCDP Actor Dataset"
            raise InputError(f"is no list of UCDP actors: no column {missing[0]}", where=str(path), hint=hint)
        if any(row.values()):
            yield from _actor(row, (str(path), line), stock, kinds)


def _actor(
    row: Mapping[str, str], place: tuple[str, int], stock: Stock, kinds: Mapping[tuple[str, str], str]
) -> Iterator[Item]:
    number = row["actorid"].removesuffix(".0")
    try:
        if not number.isdigit():
            raise ValueError(f"actorid {number!r} is no number")
        names = _names(row)
        countries = _countries(row, stock)
        kind = _kind(row, kinds)
    except ValueError as error:
        yield Problem(*place, f"{row['namedata'] or number}: {error}")
        return
    known = formerly(stock, row["namedata"]) or stock.actor(names, countries)
    source = f"UCDP actor {number}, CC BY 4.0"
    if known is not None:
        yield from _further(known, names, stock, source, place)
        return
    acronyms, others = split_names(names)
    home = countries[0].lower() if countries else "x"
    values = {
        "id": f"{home}-ucdp-{number}",
        "name": (others or acronyms)[0],
        "kind": kind,
        "countries": ";".join(countries),
        "acronyms": ";".join(acronyms),
        "aliases": ";".join(others[1:]),
        "ucdp_name": row["namedata"],
        "source": source,
    }
    yield Draft(ACTORS, *place, values)


def _names(row: Mapping[str, str]) -> tuple[str, ...]:
    """Return all names, the newest in English first."""
    given = [row.get(column, "") for column in NAME_COLUMNS]
    names = names_of(name for name in given if name.lower() not in EMPTY)
    if not names:
        raise ValueError("no name in Latin letters")
    if row.get("org", "") == COMMUNAL:
        return tuple(name if "militia" in name.lower() else f"{name} militia" for name in names)
    return names


def _countries(row: Mapping[str, str], stock: Stock) -> tuple[str, ...]:
    """Return the countries by their Gleditsch-Ward numbers, or else by name."""
    numbers = [part for part in row.get("gwnoloc", "").replace(";", ",").split(",") if part.strip() not in EMPTY]
    if numbers:
        return stock.countries_of(numbers)
    names = row.get("location", "").replace(";", ",").split(",")
    return stock.countries_of(name for name in names if name.strip().lower() not in EMPTY)


def _kind(row: Mapping[str, str], kinds: Mapping[tuple[str, str], str]) -> str:
    org = row.get("org", "").removesuffix(".0")
    fights = "yes" if row.get("conflictid", "").lower() not in EMPTY else ""
    kind = kinds.get((org, fights)) or kinds.get((org, ""))
    if kind is None:
        raise ValueError(f"org {org!r} is no level of organisation; expected 1 to 4")
    return kind


def _further(actor: Actor, names: tuple[str, ...], stock: Stock, source: str, place: tuple[str, int]) -> Iterator[Item]:
    """Yield the names that a known actor lacks."""
    new = [name for name in names if not stock.bears(actor, name)]
    for name in new:
        yield Draft(NAMES, *place, {"actor": actor.id, "name": name, "relation": ALSO, "source": source})
    if not new:
        yield Passed.KNOWN
