"""Countries, their names and the words for their people, from `data/countries/countries.csv`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reportedly.knowledge.tables import cells, read_rows


@dataclass(frozen=True, slots=True)
class Country:
    """One country or territory; codes are ISO 3166-1, `gwno` Gleditsch-Ward, coordinates a central point."""

    iso2: str
    iso3: str
    numeric: str
    gwno: str
    name: str
    aliases: tuple[str, ...]
    capital: str
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    region: str
    lat: float | None
    lon: float | None


def load_countries(folder: Path) -> Mapping[str, Country]:
    """Read all countries, keyed by ISO alpha-2 code."""
    countries = (_country(row) for row in read_rows(folder / "countries" / "countries.csv"))
    return {country.iso2: country for country in countries}


def _country(row: Mapping[str, str]) -> Country:
    return Country(
        iso2=row["iso2"],
        iso3=row["iso3"],
        numeric=row["numeric"],
        gwno=row["gwno"],
        name=row["name"],
        aliases=cells(row["aliases"]),
        capital=row["capital"],
        adjectives=cells(row["adjectives"]),
        people=cells(row["people"]),
        region=row["region"],
        lat=float(row["lat"]) if row["lat"] else None,
        lon=float(row["lon"]) if row["lon"] else None,
    )
