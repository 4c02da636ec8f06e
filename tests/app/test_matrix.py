"""The claims matrix by itself: sides, what counts, what is said to contradict and what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.app.findings import findings
from reportedly.app.matrix import FIRST, OUTLET, SECOND, THIRD, build, side_of
from reportedly.incidents import relations_of, summarise
from reportedly.model import ActorRef, Claim, DocumentFacts, Incident, Span, Toll

NOWHERE = Span(0, 0, "")


def actor(name: str, kind: str = "rebel_group", country: str | None = None) -> ActorRef:
    """Return a known actor."""
    return ActorRef(NOWHERE, name.lower(), name, name, kind, country)  # type: ignore[arg-type]


REDS, BLUES = actor("Reds"), actor("Blues", "state_forces", "XA")


def toll(number: int, victims: ActorRef | None = BLUES, *, open_end: bool = False, **more: object) -> Toll:
    """Return a figure of people killed; with `open_end` "at least"."""
    best, how = (None, "at_least") if open_end else (number, "exact")
    plain = Toll(f"t{number}", NOWHERE, "killed", number, best, best, how, victims, "combatant")  # type: ignore[arg-type]
    return replace(plain, **more)  # type: ignore[arg-type]


def claim(key: str, document: str, claimant: ActorRef | None, *tolls: Toll, **more: object) -> Claim:
    """Return a claim of a clash between Reds and Blues."""
    kind = "outlet" if claimant is None else "party"
    plain = Claim(key, document, "battle.clash", True, NOWHERE, NOWHERE, (REDS,), (BLUES,), tolls=tolls)
    return replace(plain, claimant=claimant, claimant_kind=kind, **more)  # type: ignore[arg-type]


def told(*claims: Claim, origins: dict[str, str] | None = None):  # type: ignore[no-untyped-def]
    """Return the matrix and the findings."""
    names = sorted({c.document for c in claims})
    facts = {
        d: DocumentFacts(d, (origins or {}).get(d, d), date(2024, 7, 27 + n), f"Paper {d}", "en")
        for n, d in enumerate(names)
    }
    record = summarise(Incident("inc-1", tuple(c.id for c in claims), tuple(names)), claims, facts, {})
    made = build(record, claims, facts)
    return made, findings(relations_of(claims, facts), record, claims, facts, str)


def kinds(found: list) -> list[str]:  # type: ignore[type-arg]
    """Return the kinds of findings."""
    return sorted({one.kind for one in found})


def test_tellers_stand_with_their_side() -> None:
    third = actor("Observers", "international_organisation")
    made, _ = told(
        claim("a", "d1", REDS, toll(84)),
        claim("b", "d2", BLUES, toll(20)),
        claim("c", "d3", third, toll(50)),
        claim("d", "d4", None, toll(50)),
    )
    assert [band.label for band in made.bands] == [
        "One side: Reds",
        "The other side: Blues",
        "Third parties",
        "Outlets in their own voice",
    ]
    assert [row.teller for band in made.bands for row in band.rows] == ["Reds", "Blues", "Observers", "Paper d4"]
    about = {f.teller: f.about for column in made.columns for f in column.figures}
    assert about == {"Reds": "of the other side", "Blues": "of its own side", "Observers": "", "Paper d4": ""}


def test_a_ministry_speaks_for_its_forces() -> None:
    record = summarise(Incident("i", ("a",), ("d",)), [claim("a", "d", None)], {"d": DocumentFacts("d", "d")}, {})
    assert side_of(actor("Ministry", "government", "XA"), record) == SECOND
    assert side_of(actor("Ministry", "government", "XB"), record) == THIRD
    assert side_of(REDS, record) == FIRST
    assert side_of(None, record) == OUTLET


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ((claim("a", "d1", REDS, toll(84)), claim("b", "d2", BLUES, toll(20))), ["contradiction"]),
        ((claim("a", "d1", REDS, toll(84)), claim("b", "d2", BLUES, toll(20, open_end=True))), ["agreement"]),
        ((claim("a", "d1", REDS, toll(84)), claim("b", "d2", BLUES, toll(84))), []),
        ((claim("a", "d1", REDS, toll(30)), claim("b", "d2", REDS, toll(34))), ["update"]),
        ((claim("a", "d1", REDS, toll(84)), claim("b", "d2", BLUES, toll(20, REDS))), ["other_victims"]),
        ((claim("a", "d1", REDS, toll(84)), claim("b", "d2", BLUES, stance="denied")), ["denial"]),
    ],
)
def test_what_contradicts_and_what_does_not(claims: tuple[Claim, ...], expected: list[str]) -> None:
    assert kinds(told(*claims)[1]) == expected


def test_a_reprint_is_a_repetition_of_one_origin() -> None:
    claims = (claim("a", "d1", REDS, toll(84)), claim("b", "d2", REDS, toll(84)))
    made, found = told(*claims, origins={"d2": "d1"})
    [figure] = made.columns[0].figures
    assert (figure.origins, figure.claims, figure.current) == (1, ("a", "b"), True)
    assert kinds(found) == ["repetition"]


def test_a_replaced_figure_stays_and_is_marked() -> None:
    made, _ = told(claim("a", "d1", REDS, toll(30)), claim("b", "d2", REDS, toll(34)))
    assert [(f.low, f.current) for f in made.columns[0].figures] == [(30, False), (34, True)]
    made, _ = told(claim("a", "d1", REDS, toll(30, superseded=True), toll(34)))
    assert {f.low: f.note for c in made.columns for f in c.figures}[30].startswith("replaced")


def test_an_older_figure_stands_with_the_same_tellers_newer_one() -> None:
    """ "31 soldiers" of the day before are not put among the Reds' own dead."""
    soldiers = ActorRef(NOWHERE, None, "soldiers", None, "state_forces", None, "soldier")
    made, _ = told(
        claim("a", "d1", BLUES, toll(40, REDS)),
        claim("b", "d1", REDS, toll(31, soldiers)),
        claim("c", "d2", REDS, toll(31, BLUES)),
    )
    assert {c.victims: [(f.low, f.claims) for f in c.figures] for c in made.columns} == {
        "Reds": [(40, ("a",))],
        "Blues": [(31, ("b", "c"))],
    }


def test_a_replaced_figure_stands_with_the_figure_that_replaced_it() -> None:
    """ "19, up from 14" are the Blues' own dead, not the 40 Reds whom the Blues say they killed."""
    made, _ = told(
        claim("a", "d1", BLUES, toll(40, REDS)), claim("b", "d2", BLUES, toll(19), toll(14, None, superseded=True))
    )
    assert {c.victims: [f.low for f in c.figures] for c in made.columns} == {"Reds": [40], "Blues": [19, 14]}


def test_a_figure_that_nobody_holds_has_a_column_of_its_own() -> None:
    made, _ = told(claim("a", "d1", REDS, toll(30), stance="denied"))
    [column] = made.columns
    assert column.cell is None
    assert [f.current for f in column.figures] == [False]


bounds = st.tuples(st.integers(0, 100), st.integers(0, 100)).map(sorted)
opened = st.tuples(bounds, st.sampled_from(["both", "low", "high"]))


@given(st.lists(st.tuples(st.sampled_from([REDS, BLUES, None]), opened), min_size=1, max_size=5))
def test_every_figure_stands_in_the_matrix_once(told_by: list[tuple[ActorRef | None, tuple[list[int], str]]]) -> None:
    figures = [
        (who, low if ends != "high" else None, high if ends != "low" else None) for who, ((low, high), ends) in told_by
    ]
    claims = [
        claim(f"c{n}", f"d{n % 3}", who, toll(n, low=low, high=high, best=None))
        for n, (who, low, high) in enumerate(figures)
    ]
    made, found = told(*claims)
    shown = [key for band in made.bands for row in band.rows for cell in row.cells for f in cell for key in f.claims]
    assert sorted(shown) == sorted(c.id for c in claims)
    contested = any(column.contested for column in made.columns)
    assert contested == any(one.kind == "contradiction" for one in found)
