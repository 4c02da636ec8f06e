"""How claims of one incident stand to each other: each kind told from the others, and what was known on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from few_words import actor, claim, facts, when

from reportedly.incidents import known_by, relations_of, summarise
from reportedly.model import Claim, Incident

DOCUMENTS = {"a": date(2024, 5, 1), "b": date(2024, 5, 2), "c": date(2024, 5, 6), "d": None}


def told(rows: list[dict[str, Any]]) -> list[Claim]:
    """Claims of one shelling of Arda, oldest first."""
    whole = ({"id": n, "type": "strike.shelling", "at": "Arda", "pos": 100 * n, **row} for n, row in enumerate(rows))
    return [claim(row, DOCUMENTS) for row in whole]


CASES: list[tuple[str, list[dict[str, Any]], list[str]]] = [
    (
        "two tellers whose figures cannot both hold",
        [{"in": "a", "says": "ml-army", "killed": 12}, {"in": "b", "says": "x-jnim", "killed": 30}],
        ["contradiction"],
    ),
    (
        "the same teller, later and higher",
        [{"in": "a", "says": "ml-army", "killed": 12}, {"in": "c", "says": "ml-army", "killed": 19}],
        ["update"],
    ),
    (
        "the same teller, later and lower",
        [{"in": "a", "says": "ml-army", "killed": 19}, {"in": "c", "says": "ml-army", "killed": 12}],
        ["correction"],
    ),
    (
        "the same teller quoted by two papers",
        [{"in": "a", "says": "ml-army", "killed": 12}, {"in": "b", "says": "ml-army", "killed": 12}],
        ["repetition"],
    ),
    (
        "two tellers with one figure",
        [{"in": "a", "says": "ml-army", "killed": 12}, {"in": "b", "says": "x-jnim", "killed": 12}],
        ["agreement"],
    ),
    (
        "figures for other people are no contradiction",
        [
            {"in": "a", "says": "ml-army", "killed": 12, "victims": "x-villagers"},
            {"in": "b", "says": "x-jnim", "killed": 30, "victims": "ml-army"},
        ],
        ["other_victims"],
    ),
    (
        "the accused deny",
        [
            {"in": "a", "says": "x-jnim", "by": ["ml-army"], "stance": "alleged"},
            {"in": "b", "says": "ml-army", "by": ["ml-army"], "stance": "denied"},
        ],
        ["denial"],
    ),
]


@pytest.mark.parametrize(("why", "rows", "expected"), CASES, ids=[c[0] for c in CASES])
def test_kinds_are_told_apart(why: str, rows: list[dict[str, Any]], expected: list[str]) -> None:
    """Each pair of claims has its kind."""
    assert [found.kind for found in relations_of(told(rows), facts(DOCUMENTS))] == expected


def test_a_part_is_part_of_its_whole_and_contradicts_nothing() -> None:
    """Of "84 killed, 12 of them in a convoy" the 12 are part of the 84."""
    (one,) = told([{"in": "a", "says": "x-jnim", "killed": 84}])
    part = replace(one.tolls[0], id="part", low=12, high=12, best=12, part_of=one.tolls[0].id)
    found = relations_of([replace(one, tolls=(*one.tolls, part))], facts(DOCUMENTS))
    assert [(f.kind, f.left_toll, f.right_toll) for f in found] == [("part", part, one.tolls[0])]


def test_a_figure_that_its_text_replaces_is_updated() -> None:
    """ "At least 19 died, up from 12": the 19 replace the 12."""
    (one,) = told([{"in": "a", "killed": 19}])
    old = replace(one.tolls[0], id="old", low=12, high=12, best=12, superseded=True)
    (found,) = relations_of([replace(one, tolls=(*one.tolls, old))], facts(DOCUMENTS))
    assert (found.kind, found.left_toll, found.right_toll) == ("update", old, one.tolls[0])


def test_reprints_repeat_each_other() -> None:
    """Two papers with one agency's text are one origin: the figure is repeated, not confirmed."""
    claims = told([{"in": "a", "killed": 12}, {"in": "b", "killed": 12}])
    papers = facts(DOCUMENTS)
    papers["b"] = replace(papers["b"], origin="a")
    assert [found.kind for found in relations_of(claims, papers)] == ["repetition"]
    assert [found.kind for found in relations_of(claims, facts(DOCUMENTS))] == ["agreement"]


@pytest.mark.parametrize(
    ("why", "rows", "origins", "expected"),
    [
        ("two texts of their own", [("a", 12), ("b", 12)], {}, (2, "agreed")),
        ("two reports of one agency", [("a", 12), ("b", 12)], {"a": "wire:x", "b": "wire:x"}, (1, "single")),
        ("reports of two agencies", [("a", 12), ("b", 12)], {"a": "wire:x", "b": "wire:y"}, (2, "agreed")),
        ("an agency that helped, its figure", [("a", 12), ("b", 12)], {"a": "wire:x", "b": "wire:x+b"}, (1, "agreed")),
        ("an agency that helped, another", [("a", 12), ("b", 14)], {"a": "wire:x", "b": "wire:x+b"}, (2, "contested")),
        ("an agency that helped, alone", [("b", 12)], {"b": "wire:x+b"}, (1, "single")),
    ],
)
def test_an_agencys_reports_are_one_origin(
    why: str, rows: list[tuple[str, int]], origins: dict[str, str], expected: tuple[int, str]
) -> None:
    """Independent origins are agencies and texts of their own, not papers."""
    papers = {name: replace(one, origin=origins.get(name, name)) for name, one in facts(DOCUMENTS).items()}
    claims = told([{"in": name, "killed": killed} for name, killed in rows])
    incident = Incident("i", tuple(c.id for c in claims), tuple(name for name, _ in rows))
    record = summarise(incident, claims, papers, {})
    assert (record.origins, record.status) == expected, why


def test_what_was_known_on_a_day() -> None:
    """A claim is known since its text came out, or since it was said where that was earlier; undated ones never."""
    said = replace(told([{"in": "c"}])[0], id="said", said_on=when(date(2024, 5, 3), None), claimant=actor("ml-army"))
    claims = [*told([{"in": "a"}, {"in": "b"}, {"in": "c"}, {"in": "d"}]), said]
    known = {day: [c.id for c in known_by(claims, facts(DOCUMENTS), date(2024, 5, day))] for day in (1, 2, 4, 9)}
    assert known == {1: ["0"], 2: ["0", "1"], 4: ["0", "1", "said"], 9: ["0", "1", "2", "said"]}
