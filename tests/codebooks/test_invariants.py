"""What must hold on every row of a book, whatever the incident."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from building import incident
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.codebooks import BOOKS, Book, Row, code_record, load_book
from reportedly.codebooks.acled.sides import pair
from reportedly.model import Claim, IncidentRecord

LOADED: Mapping[str, Book] = {name: load_book(name) for name in BOOKS}
NUMBERS = load_book("acled", settings={"codes": "numbers"})
VIOLENT = {key: entry.violent for key, entry in LOADED["acled"].ontology.items()}
KINDS = [*LOADED["acled"].tables["inter"], "facility"]
FIGHTERS = ["state_forces", "rebel_group", "political_militia", "external_forces"]
LETHAL = [key for key, entry in LOADED["ucdp"].ontology.items() if entry.crosswalk.get("ucdp")]
ROLES = ["", "soldiers", "police", "fighters", "villagers", "students", "market", "checkpoint"]


@st.composite
def sides(draw: st.DrawFn) -> list[str]:
    """Up to three actors of any kind, with a name or only words."""
    one = st.builds(
        "{}|{}|{}|{}".format,
        st.sampled_from(["Alpha Front", "Beta Army", "gamma", "soldiers", "gunmen"]),
        st.sampled_from(FIGHTERS) | st.sampled_from(KINDS),
        st.sampled_from(["ML", "NE", ""]),
        st.sampled_from(ROLES),
    )
    return draw(st.lists(one, min_size=draw(st.sampled_from([1, 1, 1, 0])), max_size=3))


@st.composite
def tolls(draw: st.DrawFn) -> str:
    """A figure for people killed or hurt: exact, a range or open, in a word or as a part of another."""
    outcome, low = draw(st.sampled_from(["killed", "killed", "injured", "abducted"])), draw(st.integers(0, 300))
    high = draw(st.sampled_from([str(low), str(low + 5), "-"]))
    rest = draw(st.sampled_from(["", " Alpha Front|rebel_group|ML", " vague dozens", " vague several", " part"]))
    return f"{outcome} {low} {high} {draw(st.sampled_from(['combatant', 'civilian', 'mixed', 'unknown']))}{rest}"


@st.composite
def incidents(draw: st.DrawFn) -> tuple[IncidentRecord, list[Claim]]:
    """Any incident of up to four claims that need not agree on who did what to whom."""
    entry = st.fixed_dictionaries(
        {
            "type": st.sampled_from(LETHAL) | st.sampled_from(sorted(VIOLENT)),
            "modality": st.sampled_from(["actual"] * 6 + ["ongoing", "attempted", "planned", "historical"]),
            "stance": st.sampled_from(["asserted"] * 6 + ["claimed", "alleged", "denied"]),
            "tolls": st.lists(tolls(), min_size=1, max_size=3),
        }
    )
    day, length = draw(st.dates(date(1990, 1, 1), date(2030, 1, 1))), draw(st.integers(0, 40))
    precision = draw(st.sampled_from(["span", "week", "month"])) if length else "day"
    case = {
        "sides": [draw(sides()), draw(sides())],
        "claims": draw(st.lists(entry, min_size=1, max_size=4)),
        "when": {"earliest": day, "latest": day + timedelta(length), "precision": precision},
        "place": {"precision": draw(st.sampled_from(["point", "near", "district", "region", "country"]))},
    }
    record, claims = incident(case, VIOLENT)
    turned = draw(st.lists(st.booleans(), min_size=len(claims), max_size=len(claims)))
    return record, [_turn(claim) if turn else claim for claim, turn in zip(claims, turned, strict=True)]


def _turn(claim: Claim) -> Claim:
    return replace(claim, initiators=claim.targets, targets=claim.initiators)


Found = tuple[IncidentRecord, list[Claim]]


def rows_of(found: Found, book: Book) -> tuple[Row, ...]:
    """The rows; an incident that has none is named in a warning."""
    coding = code_record(*found, book)
    assert coding.rows or coding.warnings
    return coding.rows


@settings(max_examples=150, deadline=None)
@given(incidents())
def test_ged_sums_hold(found: Found) -> None:
    """Deaths add up to best, low and high enclose it; one-sided violence is against civilians alone."""
    for row in rows_of(found, LOADED["ucdp"]):
        assert row["best"] == sum(row[f"deaths_{part}"] for part in ("a", "b", "civilians", "unknown"))
        assert 0 <= row["low"] <= row["best"] <= row["high"]
        assert row["high"] > 0
        assert row["date_prec"] in range(1, 6)
        assert row["where_prec"] in range(1, 8)
        assert row["date_start"] <= row["date_end"]
        assert row["year"] == int(row["date_start"][:4])
        assert (row["date_prec"] == 1) == (row["date_start"] == row["date_end"])
        if row["type_of_violence"] == 3:
            assert (row["side_b"], row["deaths_a"], row["deaths_b"]) == ("Civilians", 0, 0)
        government = [row[side].startswith("Government of") for side in ("side_a", "side_b")]
        assert (row["type_of_violence"] == 1) == any(government) or row["type_of_violence"] == 3
        assert row["type_of_violence"] != 1 or government[0]


@settings(max_examples=150, deadline=None)
@given(incidents())
def test_acled_types_and_actors_agree(found: Found) -> None:
    """Type, sub-type and disorder agree; so do actors, their types and the interaction."""
    tables = NUMBERS.tables
    for row in rows_of(found, NUMBERS):
        assert row["sub_event_type"] in tables["events"][row["event_type"]]
        assert row["disorder_type"] == tables["disorder"].get(
            row["sub_event_type"], tables["disorder"][row["event_type"]]
        )
        assert row["interaction"] == pair(row["inter1"], row["inter2"])
        assert row["interaction"] in tables["interactions"]
        assert bool(row["actor1"])
        assert bool(row["actor2"]) == bool(row["inter2"])
        assert row["time_precision"] in (1, 2, 3)
        assert row["geo_precision"] in (1, 2, 3)
        assert row["fatalities"] >= 0
        assert row["year"] == int(row["event_date"][:4])
        _who_may_stand(row)


def _who_may_stand(row: Mapping[str, Any]) -> None:
    """Who the event type allows on which side."""
    armed = NUMBERS.tables["armed"]
    event, one, two = row["event_type"], row["inter1"], row["inter2"]
    if event in ("Battles", "Explosions/Remote violence", "Violence against civilians"):
        assert one in armed
    if event == "Battles":
        assert two in armed
    if event == "Violence against civilians":
        assert two == 7
        assert row["civilian_targeting"] == "Civilian targeting"
    assert event != "Protests" or one == 6
    assert event != "Riots" or one == 5


@settings(max_examples=100, deadline=None)
@given(incidents())
def test_every_value_says_where_it_comes_from(found: Found) -> None:
    """Each column has one step with a rule of the book and its sentence; the claims named are the incident's own."""
    own = set(found[0].claims)
    for book in LOADED.values():
        for row in rows_of(found, book):
            steps = [step for step in row["_trace"] if step["rule"] != "warning"]
            assert [step["field"] for step in steps] == list(book.columns)
            assert {step["rule"] for step in steps} <= set(book.rules)
            assert all(step["because"] and "{" not in step["because"] for step in steps)
            assert all(step["value"] == row[step["field"]] for step in steps)
            assert row["_claims"]
            assert {key for step in steps for key in step["claims"]} <= set(row["_claims"]) <= own


@settings(max_examples=80, deadline=None)
@given(incidents())
def test_days_of_fighting_share_one_total(found: Found) -> None:
    """Rows of one incident have ids of their own, and divide the deaths that one row would have."""
    rows = rows_of(found, LOADED["acled"])
    single = code_record(*found, load_book("acled", settings={"most_days": 1})).rows
    assert len({row["event_id_cnty"] for row in rows}) == len(rows)
    assert len({row["event_date"] for row in rows}) == len(rows)
    assert sum(row["fatalities"] for row in rows) == sum(row["fatalities"] for row in single)
