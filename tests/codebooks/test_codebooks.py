"""Each book writes the row that its rules ask for, in its own layout, and says by which rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from building import incident
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.codebooks import BOOKS, Book, code, code_all, code_record, load_book
from reportedly.errors import UsageError
from reportedly.model import Document

LOADED: Mapping[str, Book] = {name: load_book(name) for name in BOOKS}
VIOLENT = {key: entry.violent for key, entry in LOADED["acled"].ontology.items()}
CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "codebooks.yml").read_text(encoding="utf-8"))
CLASH = CASES[0]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["why"]) for case in CASES])
def test_rows_of_a_case(case: Mapping[str, Any]) -> None:
    """The columns that a case names have the values that it gives; null means no row."""
    record, claims = incident(case, VIOLENT)
    told = []
    for name in (name for name in BOOKS if name in case):
        coding = code_record(record, claims, LOADED[name])
        told += [warning.message for warning in coding.warnings]
        if case[name] is None:
            assert coding.rows == (), name
            assert coding.warnings, f"{name}: dropped in silence"
        else:
            assert {key: coding.rows[0][key] for key in case[name]} == case[name], name
    assert case.get("warning", "") in " | ".join(told)


@pytest.mark.parametrize("name", BOOKS)
def test_columns_stand_in_the_books_order(name: str) -> None:
    """A row has the book's columns in order, then ids of claims, confidence and trace."""
    record, claims = incident(CLASH, VIOLENT)
    row = code(record, claims, LOADED[name])[0]
    assert list(row) == [*LOADED[name].columns, "_claims", "_confidence", "_trace"]


def test_layouts_have_the_published_width() -> None:
    """ACLED's file has 31 columns, GED's 49."""
    assert (len(LOADED["acled"].columns), len(LOADED["ucdp"].columns)) == (31, 49)


@pytest.mark.parametrize("name", BOOKS)
def test_every_value_names_its_rule_and_claims(name: str) -> None:
    """The trace has one step for each column, with a rule that the book explains and claims of this incident."""
    record, claims = incident(CLASH, VIOLENT)
    row = code(record, claims, LOADED[name])[0]
    steps = [step for step in row["_trace"] if step["rule"] != "warning"]
    assert [step["field"] for step in steps] == list(LOADED[name].columns)
    assert {step["rule"] for step in steps} <= set(LOADED[name].rules)
    assert all(step["value"] == row[step["field"]] for step in steps)
    assert {key for step in steps for key in step["claims"]} <= set(row["_claims"])


@pytest.mark.parametrize("name", BOOKS)
def test_coding_is_pure(name: str) -> None:
    """The same input gives the same rows, whatever the order in which claims are handed over."""
    record, claims = incident(CLASH, VIOLENT)
    assert code(record, claims, LOADED[name]) == code(record, claims[::-1], LOADED[name])


def test_actor_types_are_text_unless_numbers_are_asked_for() -> None:
    """ACLED gives text by default, and the two-digit code of its older files on request."""
    record, claims = incident(CLASH, VIOLENT)
    row = code(record, claims, load_book("acled", codes_as_numbers=True))[0]
    assert (row["inter1"], row["inter2"], row["interaction"]) == (1, 2, 12)


def test_documents_fill_the_source_columns() -> None:
    """Publishers, dates and headlines come from the documents where they are known."""
    record, claims = incident(CLASH, VIOLENT)
    documents = {"d0": Document("d0", "", "", title="A clash", publisher="Kova Post", published="2024-07-28")}
    assert code(record, claims, LOADED["acled"], documents)[0]["source"] == "Kova Post; d1"
    row = code(record, claims, LOADED["ucdp"], documents)[0]
    assert (row["source_office"], row["source_headline"]) == ("Kova Post;d1", "A clash")
    assert row["source_article"] == '"Kova Post, 2024-07-28, A clash"'
    assert row["source_original"] == "FLM;Malian army"


def test_notes_open_with_day_and_place_and_keep_the_dispute() -> None:
    """ACLED's notes say when, where, and who gives which figure."""
    record, claims = incident(CLASH, VIOLENT)
    notes = code(record, claims, LOADED["acled"])[0]["notes"]
    assert notes.startswith("On 27 July 2024, in Kova (Kidal), armed clash is reported")
    assert 'FLM "47"; Malian army "12"' in notes


def test_rows_come_most_certain_first() -> None:
    """A denied act is less certain than an act told as fact."""
    case = {**CLASH, "claims": [{"type": "attack.massacre", "stance": "denied"}, {"type": "diplomacy.condemn"}]}
    record, claims = incident(case, VIOLENT)
    rows = code_all([record], claims, LOADED["plover"]).rows
    assert [row["event"] for row in rows] == [["ACCUSE"], ["ASSAULT"]]
    assert [row["_confidence"] for row in rows] == sorted((row["_confidence"] for row in rows), reverse=True)


def test_plover_entities_keep_the_words() -> None:
    """Actors are given with the words of the text, country and sector; two-sided violence has no recipient."""
    record, claims = incident(CLASH, VIOLENT)
    row = code(record, claims, LOADED["plover"])[0]
    told = [(entity["entity_text"], entity["code"], entity["sector"]) for entity in row["actor"]]
    assert told == [("Malian army", "MLI", "MIL"), ("FLM", "MLI", "REB")]


def test_an_unknown_book_is_a_usage_error() -> None:
    """The message names the books that there are."""
    with pytest.raises(UsageError, match="choose one of: acled, ucdp, plover, cameo"):
        load_book("gdelt")


KINDS = st.sampled_from(["state_forces", "rebel_group", "political_militia", "civilians", "unknown", "external_forces"])
SIDE = st.lists(st.builds("{}|{}|ML".format, st.sampled_from(["Alpha", "Beta", "Gamma"]), KINDS), max_size=2)
NUMBER = st.integers(0, 300)


@st.composite
def tolls(draw: st.DrawFn) -> str:
    """A figure for people killed, exact, a range or open."""
    low = draw(NUMBER)
    high = draw(st.sampled_from([str(low), str(low + 5), "-"]))
    rest = draw(st.sampled_from(["", " Alpha|rebel_group|ML", " vague dozens", " part"]))
    return f"killed {low} {high} {draw(st.sampled_from(['combatant', 'civilian', 'mixed', 'unknown']))}{rest}"


@st.composite
def cases(draw: st.DrawFn) -> Mapping[str, Any]:
    """Any incident with up to three claims."""
    kinds = st.sampled_from(sorted(VIOLENT))
    modality = st.sampled_from(
        ["actual", "ongoing", "attempted", "planned", "threatened", "hypothetical", "historical"]
    )
    entry = st.fixed_dictionaries(
        {
            "type": kinds,
            "modality": modality,
            "stance": st.sampled_from(["asserted", "claimed", "denied"]),
            "aggregate": st.booleans(),
            "tolls": st.lists(tolls(), max_size=3),
        }
    )
    day = draw(st.dates(date(1990, 1, 1), date(2030, 1, 1)))
    length = draw(st.integers(0, 400))
    span = {"earliest": day, "latest": day + timedelta(length), "precision": "span" if length else "day"}
    return {
        "sides": [draw(SIDE), draw(SIDE)],
        "claims": draw(st.lists(entry, min_size=1, max_size=3)),
        "when": draw(st.sampled_from([span, None])),
    }


@settings(max_examples=60, deadline=None)
@given(cases())
def test_any_incident_is_coded_or_explained(case: Mapping[str, Any]) -> None:
    """No book fails on any incident: it writes rows or says why not, and GED's sums hold on every row."""
    record, claims = incident(case, VIOLENT)
    for book in LOADED.values():
        coding = code_record(record, claims, book)
        assert coding.rows or coding.warnings
        assert all(row["_claims"] for row in coding.rows)
    for row in code(record, claims, LOADED["ucdp"]):
        assert row["best"] == sum(row[f"deaths_{part}"] for part in ("a", "b", "civilians", "unknown"))
        assert 0 <= row["low"] <= row["best"] <= row["high"]
    for row in code(record, claims, LOADED["acled"]):
        assert row["fatalities"] >= 0
        assert row["actor1"]
