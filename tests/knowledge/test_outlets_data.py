"""The table of outlets: what every row must hold, and the agencies that reprints come from."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from reportedly.knowledge.fold import fold
from reportedly.knowledge.outlets import load_outlets

DATA = Path(__file__).resolve().parents[2] / "src" / "reportedly" / "knowledge" / "data"
KINDS = {
    "agency",
    "newspaper",
    "broadcaster",
    "online",
    "magazine",
    "party",
    "military_media",
    "un",
    "ngo_media",
    "other",
}
DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(/[a-z]+)?")


def rows() -> list[dict[str, str]]:
    """Read the table as it stands in the file."""
    with (DATA / "outlets" / "outlets.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def countries() -> set[str]:
    """Read the known country codes."""
    with (DATA / "countries" / "countries.csv").open(encoding="utf-8", newline="") as lines:
        return {row["iso2"] for row in csv.DictReader(lines)}


def test_the_stock_is_large_enough() -> None:
    """At least 300 outlets, 100 of them agencies."""
    kinds = Counter(row["kind"] for row in rows())
    assert kinds.total() >= 300
    assert kinds["agency"] >= 100


def test_ids_are_unique_slugs() -> None:
    """Each id is there once and is a lower-case slug."""
    ids = [row["id"] for row in rows()]
    assert len(ids) == len(set(ids))
    assert [one for one in ids if not re.fullmatch(r"[a-z0-9-]+", one)] == []


def test_cells_are_legal() -> None:
    """Kinds, countries and domains are what the README of the data says."""
    known = countries() | {""}
    wrong = [row["id"] for row in rows() if row["kind"] not in KINDS or row["country"] not in known]
    wrong += [
        row["id"] for row in rows() for one in filter(None, row["domains"].split(";")) if not DOMAIN.fullmatch(one)
    ]
    wrong += [row["id"] for row in rows() if not row["source"] or not row["name"]]
    assert wrong == []


def test_a_name_belongs_to_one_outlet() -> None:
    """No name or alias leads to two outlets, whatever its case and article."""
    owners: dict[str, set[str]] = {}
    for row in rows():
        for name in filter(None, [row["name"], *row["aliases"].split(";")]):
            owners.setdefault(fold(name).removeprefix("the "), set()).add(row["id"])
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Reuters", "gb-reuters"),
        ("AFP", "fr-agence-france-presse"),
        ("ITAR-TASS", "ru-tass"),
        ("Anadolu", "tr-anadolu-agency"),
        ("ACAN-EFE", "pa-acan-efe"),
        ("SANA", "sy-syrian-arab-news-agency"),
        ("the Associated Press", "us-associated-press"),
        ("Al-Manar", "lb-al-manar"),
    ],
)
def test_agencies_are_found_by_their_names(name: str, expected: str) -> None:
    """Short forms, other spellings and an article lead to the outlet."""
    outlet = load_outlets(DATA).named(name)
    assert outlet is not None
    assert outlet.id == expected
