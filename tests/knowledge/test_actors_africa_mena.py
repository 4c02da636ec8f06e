"""Actors of Africa and the Middle East: names lead to one actor, and to the name that was valid on a day."""

from __future__ import annotations

from datetime import date
from importlib import resources
from itertools import combinations
from pathlib import Path

import pytest

from reportedly.knowledge.actors import ActorIndex, load_actors
from reportedly.knowledge.tables import cells, read_rows

DATA = Path(str(resources.files("reportedly.knowledge"))) / "data"
FILES = ("sahel", "west_africa", "central_africa", "horn_east_africa", "southern_africa", "north_africa", "middle_east")


@pytest.fixture(scope="module")
def index() -> ActorIndex:
    return load_actors(DATA)


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Cadre stratégique permanent", "ml-csp"),
        ("Jama’at Nasr al-Islam wal Muslimin", "x-jnim"),
        ("Group for the Support of Islam and Muslims", "x-jnim"),
        ("Malian army", "ml-army"),
        ("Wagner Group", "ru-wagner"),
        ("ISWAP", "x-iswap"),
        ("Sudan's army", "sd-army"),
        ("Daesh", "x-is"),
        ("Nusra Front", "sy-jfs"),
        ("Ansarallah", "ye-houthis"),
        ("Kurdish YPG", "sy-ypg"),
        ("Izz al-Din al-Qassam Brigades", "ps-qassam"),
        ("Congolese army", "cd-army"),
    ],
)
def test_a_name_leads_to_its_actor(index: ActorIndex, name: str, actor: str) -> None:
    assert [found.id for found in index.named(name)] == [actor]


@pytest.mark.parametrize(
    ("actor", "day", "name"),
    [
        ("ml-csp", date(2024, 5, 1), "Permanent Strategic Framework"),
        ("ml-csp", date(2024, 5, 2), "Permanent Strategic Framework for the Defense of the People of Azawad"),
        ("x-isgs", date(2019, 1, 1), "Islamic State in the Greater Sahara"),
        ("x-isgs", date(2023, 1, 1), "Islamic State Sahel Province"),
        ("x-aqim", date(2005, 1, 1), "Salafist Group for Preaching and Combat"),
        ("sy-jfs", date(2016, 12, 1), "Jabhat Fatah al-Sham"),
        ("x-is", date(2013, 8, 1), "Islamic State of Iraq and the Levant"),
        ("ss-army", date(2016, 7, 8), "Sudan People's Liberation Army"),
    ],
)
def test_names_follow_the_calendar(index: ActorIndex, actor: str, day: date, name: str) -> None:
    assert index.by_id[actor].name_on(day) == name


def test_parents_and_dated_names_belong_to_known_actors(index: ActorIndex) -> None:
    rows = [row for file in FILES for row in read_rows(DATA / "actors" / f"{file}.csv")]
    dated = list(read_rows(DATA / "actors" / "names_africa_mena.csv"))
    assert {row["parent"] for row in rows if row["parent"]} <= index.by_id.keys()
    assert {row["actor"] for row in dated} <= index.by_id.keys()


def test_no_name_is_shared_in_one_country() -> None:
    owners: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for file in FILES:
        for row in read_rows(DATA / "actors" / f"{file}.csv"):
            names = {row["name"].lower(), *(n.lower() for n in (*cells(row["aliases"]), *cells(row["acronyms"])))}
            for name in names:
                owners.setdefault(name, []).append((row["id"], frozenset(cells(row["countries"]))))
    shared = [(name, a[0], b[0]) for name, found in owners.items() for a, b in combinations(found, 2) if a[1] & b[1]]
    assert shared == []
