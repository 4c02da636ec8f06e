"""Merges places into the gazetteer's file while it is compiled. Door: `Merger`.

`merge` is for our supplement, which adds what we know to places that are there; `override` for the user's own rows,
whose values go before ours.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from reportedly.knowledge.gazetteer_sources import GEONAMES, Entry
from reportedly.knowledge.place_keys import place_key

SAME_PLACE_DEGREES = 0.35
"""A row with the name and country of a known town no farther than this is that town, not another one."""
SAME_AREA_DEGREES = 3.0
TOWNLIKE = frozenset(
    {"neighbourhood", "region", "city", "capital", "town", "village", "other", "camp", "island", "crossing", "port"}
)

_OLD = (
    "p.row, p.id, p.name, p.country, p.countries, p.lat, p.lon, p.population, p.feature, p.precision, p.known, "
    "p.admin1, p.admin1_name"
)
_BY_KEY = f"SELECT {_OLD} FROM name n JOIN place p USING (row) WHERE n.key = ? AND p.country IS ?"
_BY_ID = f"SELECT {_OLD} FROM place p WHERE p.id = ?"
_SPELL = (
    "INSERT INTO name VALUES (?,?,?) ON CONFLICT (key, row) DO UPDATE SET match = excluded.match "
    "WHERE excluded.match < match"
)
_UPDATE = (
    "UPDATE place SET (id, name, country, countries, admin1, admin1_name, lat, lon, population, feature, precision, "
    "known) = (?,?,?,?,?,?,?,?,?,?,?,?) WHERE row = ?"
)


class Merger:
    """Writes entries into the tables of a gazetteer under construction, one place only once."""

    def __init__(self, base: sqlite3.Connection, divisions: Mapping[str, Entry]) -> None:
        self._base = base
        self._divisions = divisions
        self._by_name = {(d.country, place_key(d.name)): d for d in divisions.values()}
        self._by_name.update({(d.country, key): d for d in divisions.values() for key in d.spellings})

    def write(self, entries: Iterable[Entry]) -> None:
        """Write entries that are all different places."""
        entries = list(entries)
        rows = ((n, *self._values(entry)) for n, entry in enumerate(entries))
        self._base.executemany(f"INSERT INTO place VALUES ({','.join('?' * 13)})", rows)
        names = sorted((key, n, match) for n, e in enumerate(entries) for key, match in e.spellings.items())
        self._base.executemany("INSERT INTO name VALUES (?,?,?)", names)
        self._base.execute("CREATE INDEX place_id ON place (id)")

    def merge(self, entry: Entry) -> None:
        """Add a place; one that is there already gets the row's spellings, countries and news name."""
        found = self._same(entry)
        if found is None:
            self._insert(entry)
            return
        row, old = found
        _enrich(old, entry)
        self._change(row, old, entry)

    def override(self, entry: Entry) -> None:
        """Add a place of the user's; what the row says goes before what is there already.

        A row of GeoNames is a newer copy of what we hold: the name that news uses, and ours, stay.
        """
        found = self._named(entry.id) or self._same(entry)
        if found is None:
            self._insert(entry)
            return
        row, old = found
        if entry.id.startswith(GEONAMES):
            _refresh(old, entry)
        else:
            if old.id == entry.id:
                self._base.execute("DELETE FROM name WHERE row = ?", (row,))
            _replace(old, entry)
        self._change(row, old, entry)

    # ------------------------------------------------------------------------------------------------- finding

    def _named(self, place_id: str) -> tuple[int, Entry] | None:
        row = self._base.execute(_BY_ID, (place_id,)).fetchone()
        return (row[0], _entry(row)) if row else None

    def _same(self, entry: Entry) -> tuple[int, Entry] | None:
        """The place that a row speaks of: the nearest alike with one of its names, of several the most populous."""
        found = {
            row[0]: _entry(row) for key in entry.spellings for row in self._base.execute(_BY_KEY, (key, entry.country))
        }
        alike = [(place_gap(old, entry), -old.population, row) for row, old in found.items() if _alike(old, entry)]
        return (best := min(alike)[2], found[best]) if alike else None

    # ------------------------------------------------------------------------------------------------- writing

    def _insert(self, entry: Entry) -> None:
        cursor = self._base.execute(f"INSERT INTO place VALUES (NULL,{','.join('?' * 12)})", self._values(entry))
        self._spell(cursor.lastrowid, entry)

    def _change(self, row: int, old: Entry, new: Entry) -> None:
        self._base.execute(_UPDATE, (*self._values(old), row))
        self._spell(row, new)

    def _spell(self, row: int | None, entry: Entry) -> None:
        self._base.executemany(_SPELL, [(key, row, match) for key, match in entry.spellings.items()])

    def _values(self, e: Entry) -> tuple[Any, ...]:
        both = ";".join(e.countries) if len(e.countries) > 1 else ""
        code, name = self._division(e)
        return (e.id, e.name, e.country, both, code, name, e.lat, e.lon, e.population, e.feature, e.precision, e.known)

    def _division(self, entry: Entry) -> tuple[str | None, str | None]:
        """The first-level division's code and name, the one found by the other."""
        if entry.admin1 is None and entry.admin1_name:
            named = self._by_name.get((entry.country, place_key(entry.admin1_name)))
            return (f"{entry.country}.{named.admin1}", named.name) if named else (None, entry.admin1_name)
        code = f"{entry.country}.{entry.admin1}" if entry.admin1 else None
        found = self._divisions.get(code or "")
        return code, found.name if found else None


def place_gap(one: Entry, other: Entry) -> float:
    """Give the larger of the differences in latitude and longitude, in degrees; unknown coordinates are far away."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 999.0
    return max(abs(one.lat - other.lat), abs(one.lon - other.lon))


def _alike(old: Entry, new: Entry) -> bool:
    if old.id == new.id:
        return True
    if new.precision == "point":
        townlike = new.feature in TOWNLIKE and old.feature in TOWNLIKE
        return old.precision == "point" and townlike and place_gap(old, new) <= SAME_PLACE_DEGREES
    area = old.feature == "admin1" and new.feature in ("region", "province")
    return area and place_gap(old, new) <= SAME_AREA_DEGREES


def _enrich(old: Entry, new: Entry) -> None:
    """Let the supplement add to a place: the name that news uses, or the middle of a division."""
    old.countries = tuple(dict.fromkeys((*old.countries, *new.countries)))
    if new.precision == "point":
        old.name, old.known = new.name, old.known or new.known
    else:
        old.lat, old.lon, old.known = new.lat, new.lon, new.feature == "province"


def _refresh(old: Entry, new: Entry) -> None:
    """Let a newer copy of the same source correct where a place lies and how many live there."""
    if old.id == new.id:
        old.lat, old.lon = new.lat, new.lon
        old.population = new.population or old.population


def _replace(old: Entry, new: Entry) -> None:
    """Let a row of the user's say what a place is called, where it lies and what it is."""
    old.name, old.lat, old.lon, old.precision, old.known = new.name, new.lat, new.lon, new.precision, True
    old.country, old.countries = new.country or old.country, new.countries or old.countries
    old.population = new.population or old.population
    if new.admin1_name:
        old.admin1, old.admin1_name = None, new.admin1_name
    if old.feature not in ("capital", "admin1"):
        old.feature = new.feature


def _entry(row: tuple[Any, ...]) -> Entry:
    """A place of the file as an entry. Its spellings stay in the file."""
    _, ident, name, country, both, lat, lon, population, feature, precision, known, code, division = row
    countries = tuple(both.split(";")) if both else (country,) if country else ()
    entry = Entry(ident, name, country, lat, lon, feature, precision, population=population, countries=countries)
    entry.known = bool(known)
    entry.admin1, entry.admin1_name = code.split(".", 1)[1] if code else None, division
    return entry
