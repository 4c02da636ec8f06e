"""Tolls side by side: contradiction, update, part, repetition and denial told apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from few_words import actor, claim, facts
from hypothesis import given
from hypothesis import strategies as st

from reportedly.incidents import summarise
from reportedly.model import ActorRef, Incident, IncidentRecord, Span, Toll
from reportedly.model.actor import ActorKind
from reportedly.model.facts import DocumentFacts
from reportedly.model.toll import Qualifier, VictimClass

DOCUMENTS = {"a": date(2024, 5, 1), "b": date(2024, 5, 2), "c": date(2024, 5, 3)}


def _people(words: str, kind: ActorKind = "civilians", known: str | None = None) -> ActorRef:
    role = words.split()[-1].rstrip("s") if words != "people" else "people"
    return ActorRef(Span(0, len(words), words), known, known or words, None, kind, None, role)


PEOPLE = _people("people")
CIVILIANS = _people("civilians")
CHILDREN = _people("children")
SOLDIERS = _people("soldiers", "state_forces")
ATTACKERS = _people("attackers", "political_militia")
WAGNER_SOLDIERS = _people("Wagner soldiers", "state_forces", "ru-wagner")
WAGNER_FIGHTERS = _people("Wagner fighters", "state_forces", "ru-wagner")
ARMY = _people("Malian soldiers", "state_forces", "ml-army")


def _toll(low: int | None, victims: ActorRef | None = None, high: int | None = -1, **more: Any) -> Toll:
    top = low if high == -1 else high
    qualifier: Qualifier = "exact" if low == top else "vague" if top is None else "range"
    kind: VictimClass = "unknown"
    if victims is not None and victims is not PEOPLE:
        kind = "civilian" if victims.kind == "civilians" else "combatant"
    best = low if low == top else None
    values = {"id": f"{low}{victims and victims.span.quote}", "qualifier": qualifier, **more}
    return Toll(
        span=Span(0, 1, "x"),
        outcome="killed",
        low=low,
        high=top,
        best=best,
        victims=victims,
        victim_class=kind,
        **values,
    )


def _record(
    rows: list[tuple[str, str | None, list[Toll]]], documents: Mapping[str, DocumentFacts] | None = None, **more: Any
) -> IncidentRecord:
    """A record of claims given as document, teller and tolls."""
    found = []
    for n, (document, teller, tolls) in enumerate(rows):
        row = {"id": n, "in": document, "type": "attack.armed", "at": "Arda", "pos": 100 * n}
        one = replace(claim(row, DOCUMENTS), tolls=tuple(tolls), claimant=actor(teller) if teller else None)
        found.append(replace(one, **more) if n == len(rows) - 1 else one)
    incident = Incident("i", tuple(c.id for c in found), tuple(dict.fromkeys(c.document for c in found)))
    return summarise(incident, found, documents or facts(DOCUMENTS), {"attack.armed": "Armed attack"})


def _shown(record: IncidentRecord) -> list[str]:
    """The cells as `victims low..high status [figures]`."""
    lines = []
    for cell in record.tolls:
        by = " ".join(f"{f.claimant or 'outlet'}:{f.low}" for f in cell.by)
        lines.append(f"{cell.victims} {cell.low}..{cell.high} {cell.status} [{by}]")
    return lines


CASES: list[tuple[str, list[tuple[str, str | None, list[Toll]]], list[str]]] = [
    (
        "two tellers whose figures cannot both hold",
        [("a", "ml-csp", [_toll(84, WAGNER_SOLDIERS)]), ("b", "ru-wagner", [_toll(50, WAGNER_FIGHTERS)])],
        ["ru-wagner 50..84 contested [ml-csp:84 ru-wagner:50]"],
    ),
    (
        "one teller's soldiers are not what three tellers' people were",
        [
            ("a", "ml-csp", [_toll(9, PEOPLE)]),
            ("a", "x-jnim", [_toll(6, PEOPLE)]),
            ("b", "ml-army", [_toll(60, SOLDIERS)]),
        ],
        ["people 6..60 contested [ml-csp:9 x-jnim:6 ml-army:60]"],
    ),
    (
        "ranges that overlap agree",
        [("a", "ml-csp", [_toll(20, SOLDIERS, None)]), ("b", "ml-army", [_toll(24, SOLDIERS)])],
        ["soldiers 20..None agreed [ml-csp:20 ml-army:24]"],
    ),
    (
        "one teller's two figures of two groups are two cells",
        [("a", "ml-csp", [_toll(84, WAGNER_SOLDIERS), _toll(47, ARMY)])],
        ["ru-wagner 84..84 single [ml-csp:84]", "ml-army 47..47 single [ml-csp:47]"],
    ),
    (
        "a later figure of the same teller is an update",
        [("a", "ml-army", [_toll(12, PEOPLE)]), ("b", "ml-army", [_toll(19, PEOPLE)])],
        ["people 19..19 single [ml-army:19]"],
    ),
    (
        "people and civilians are one group",
        [("a", "ml-army", [_toll(12, PEOPLE)]), ("b", "x-jnim", [_toll(30, CIVILIANS)])],
        ["civilians 12..30 contested [ml-army:12 x-jnim:30]"],
    ),
    (
        "a total stands by itself where two groups are counted",
        [("a", "ml-csp", [_toll(84, WAGNER_SOLDIERS), _toll(47, ARMY)]), ("b", "ml-army", [_toll(131)])],
        [
            "ru-wagner 84..84 single [ml-csp:84]",
            "ml-army 47..47 single [ml-csp:47]",
            "None 131..131 single [ml-army:131]",
        ],
    ),
    (
        "a part does not contradict its whole",
        [
            ("a", "ml-army", [_toll(30, PEOPLE), _toll(7, CHILDREN, part_of="30people")]),
            ("b", None, [_toll(30, PEOPLE)]),
        ],
        ["people 30..30 agreed [ml-army:30 outlet:30]", "children 7..7 single [ml-army:7]"],
    ),
    (
        "soldiers and civilians are two groups",
        [("a", "ml-army", [_toll(3, SOLDIERS)]), ("b", "ml-army", [_toll(9, CIVILIANS)])],
        ["soldiers 3..3 single [ml-army:3]", "civilians 9..9 single [ml-army:9]"],
    ),
    (
        "two outlets are two tellers",
        [("a", None, [_toll(12, PEOPLE)]), ("b", None, [_toll(15, PEOPLE)])],
        ["people 12..15 contested [outlet:12 outlet:15]"],
    ),
    (
        "a vague word does not replace a figure of the same text",
        [("a", None, [_toll(12, PEOPLE)]), ("a", None, [_toll(24, PEOPLE, None)])],
        ["people 12..12 single [outlet:12]"],
    ),
    (
        "one teller's figure for people and another for fighters, in one text, count two groups",
        [
            ("a", "ml-army", [_toll(9)]),
            ("a", "ml-army", [_toll(5, ATTACKERS)]),
            ("b", None, [_toll(21, PEOPLE)]),
        ],
        ["people 9..21 contested [ml-army:9 outlet:21]", "attackers 5..5 single [ml-army:5]"],
    ),
    (
        "people for one teller, fighters for the other: they differ on who died, and on how many",
        [("a", "x-jnim", [_toll(14, PEOPLE)]), ("b", "ml-army", [_toll(12, ATTACKERS)])],
        ["attackers 12..14 contested [x-jnim:14 ml-army:12]"],
    ),
    (
        "a figure that the text replaces is left out",
        [("a", None, [_toll(31, PEOPLE), _toll(30, PEOPLE, superseded=True)])],
        ["people 31..31 single [outlet:31]"],
    ),
]


@pytest.mark.parametrize(("why", "rows", "expected"), CASES, ids=[c[0] for c in CASES])
def test_cells(why: str, rows: list[tuple[str, str | None, list[Toll]]], expected: list[str]) -> None:
    """Every row gives exactly its cells."""
    assert _shown(_record(rows)) == expected, why


def test_reprints_are_one_teller() -> None:
    """Two documents of one origin tell with one voice, and count as one origin."""
    documents = {n: DocumentFacts(n, "a", day, f"paper {n}") for n, day in DOCUMENTS.items()}
    record = _record([("a", None, [_toll(12, PEOPLE)]), ("b", None, [_toll(12, PEOPLE)])], documents)
    assert (record.origins, record.status, len(record.tolls[0].by)) == (1, "single", 1)


def test_the_dead_of_who_did_it_are_others() -> None:
    """What attackers are said to have done counts no attackers."""
    rows = [("b", "ml-army", [_toll(5, ATTACKERS)]), ("a", None, [_toll(14, PEOPLE)])]
    record = _record(rows, initiators=(ATTACKERS,))
    assert _shown(record) == ["people 14..14 single [outlet:14]", "attackers 5..5 single [ml-army:5]"]


def test_the_dead_of_no_kind_are_not_those_who_came_to_kill() -> None:
    """ "11 deaths" are the villagers', sooner than the attackers' whom the pursuit killed."""
    rows = [
        ("a", "ml-csp", [_toll(2, ATTACKERS)]),
        ("b", "x-jnim", [_toll(11, None)]),
        ("a", "ml-army", [_toll(13, CIVILIANS)]),
    ]
    record = _record(rows, initiators=(ATTACKERS,))
    assert _shown(record) == [
        "attackers 2..2 single [ml-csp:2]",
        "civilians 11..13 contested [ml-army:13 x-jnim:11]",
    ]


def test_a_denied_figure_is_not_the_deniers() -> None:
    """Who denies a figure gives none; the incident is contested all the same."""
    rows = [("a", "ml-csp", [_toll(12, PEOPLE)]), ("b", "ml-army", [_toll(12, PEOPLE)])]
    record = _record(rows, stance="denied")
    assert _shown(record) == ["people 12..12 single [ml-csp:12]"]
    assert record.status == "contested"


figures = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from([None, "ml-army", "x-jnim"]), st.integers(0, 60)),
    min_size=1,
    max_size=6,
)


@given(figures)
def test_a_cell_spans_its_figures(rows: list[tuple[str, str | None, int]]) -> None:
    """`low` and `high` span the current figures, each teller has one, and contested means that they differ."""
    record = _record([(document, teller, [_toll(figure, PEOPLE)]) for document, teller, figure in rows])
    for cell in record.tolls:
        lows = [f.low for f in cell.by if f.low is not None]
        assert cell.low == min(lows)
        assert cell.high == max(f.high for f in cell.by if f.high is not None)
        assert (cell.status == "contested") == (len(set(lows)) > 1)
