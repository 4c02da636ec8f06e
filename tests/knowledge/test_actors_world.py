"""Actors of Europe, Asia, the Americas and the world bodies, and the table of countries that they point to."""

from __future__ import annotations

from datetime import date
from importlib import resources
from itertools import combinations
from pathlib import Path
from typing import get_args

import pytest

from reportedly.knowledge.actors import ActorIndex, load_actors
from reportedly.knowledge.tables import cells, read_rows
from reportedly.model import ActorKind

DATA = Path(str(resources.files("reportedly.knowledge"))) / "data"
FILES = (
    "europe_caucasus",
    "central_south_asia",
    "southeast_east_asia_oceania",
    "latin_america_caribbean",
    "north_america_transnational",
    "international_organisations",
)
RELATIONS = {"renamed", "merged_into", "split_from", "successor", "wing_of", "founding"}


@pytest.fixture(scope="module")
def index() -> ActorIndex:
    return load_actors(DATA)


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Ukraine's military", "ua-army"),
        ("Russian Ministry of Defense", "ru-mod"),
        ("self-proclaimed Donetsk People's Republic", "ua-dpr"),
        ("Pakistani Taliban", "pk-ttp"),
        ("IS-K", "af-iskp"),
        ("Tamil Tigers", "lk-ltte"),
        ("Myanmar's military junta", "mm-sac"),
        ("Ta’ang National Liberation Army", "mm-tnla"),
        ("Abu Sayyaf", "ph-asg"),
        ("Farabundo Marti National Liberation Front", "sv-fmln"),
        ("Sendero Luminoso", "pe-sendero"),
        ("Gulf Clan", "co-agc"),
        ("Cártel de Jalisco Nueva Generación", "mx-cjng"),
        ("400 Mawozo", "ht-400mawozo"),
        ("Doctors Without Borders", "x-msf"),
        ("U.N. Security Council", "x-unsc"),
        ("Danish police", "dk-police"),
        ("French Foreign Ministry", "fr-foreign"),
    ],
)
def test_a_name_leads_to_its_actor(index: ActorIndex, name: str, actor: str) -> None:
    assert [found.id for found in index.named(name)] == [actor]


@pytest.mark.parametrize(
    ("actor", "day", "name"),
    [
        ("ua-azov", date(2014, 6, 13), "Azov Battalion"),
        ("ua-azov", date(2022, 5, 16), "Azov Regiment"),
        ("az-artsakh", date(2016, 4, 2), "Nagorno-Karabakh Republic"),
        ("az-artsakh", date(2020, 9, 27), "Republic of Artsakh"),
        ("np-army", date(2004, 3, 20), "Royal Nepal Army"),
        ("co-agc", date(2015, 5, 1), "Clan Úsuga"),
        ("ru-airforce", date(2014, 1, 1), "Russian Air Force"),
    ],
)
def test_names_follow_the_calendar(index: ActorIndex, actor: str, day: date, name: str) -> None:
    assert index.by_id[actor].name_on(day) == name


def test_every_row_is_well_formed(index: ActorIndex) -> None:
    countries = {row["iso2"] for row in read_rows(DATA / "countries" / "countries.csv")}
    for file in (*FILES, "states"):
        for row in read_rows(DATA / "actors" / f"{file}.csv"):
            assert row["kind"] in get_args(ActorKind), row["id"]
            assert row["countries"], row["id"]
            assert set(cells(row["countries"])) <= countries, row["id"]
            assert not row["parent"] or row["parent"] in index.by_id, row["id"]
            assert not (row["since"] and row["until"]) or row["since"] <= row["until"], row["id"]


def test_dated_names_belong_to_known_actors(index: ActorIndex) -> None:
    for row in read_rows(DATA / "actors" / "names_rest.csv"):
        assert row["actor"] in index.by_id, row
        assert row["relation"] in RELATIONS, row


def test_no_name_is_shared_in_one_country() -> None:
    owners: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for file in (*FILES, "states"):
        for row in read_rows(DATA / "actors" / f"{file}.csv"):
            names = {row["name"].lower(), *(n.lower() for n in (*cells(row["aliases"]), *cells(row["acronyms"])))}
            for name in names:
                owners.setdefault(name, []).append((row["id"], frozenset(cells(row["countries"]))))
    shared = [(name, a[0], b[0]) for name, found in owners.items() for a, b in combinations(found, 2) if a[1] & b[1]]
    assert shared == []


def test_country_names_and_codes_are_unique() -> None:
    rows = list(read_rows(DATA / "countries" / "countries.csv"))
    for column in ("iso2", "iso3", "numeric", "gwno"):
        values = [row[column] for row in rows if row[column]]
        assert len(values) == len(set(values)), column
    names = [name for row in rows for name in {n.lower() for n in (row["name"], *cells(row["aliases"]))}]
    assert len(names) == len(set(names))
    assert len(rows) >= 249
