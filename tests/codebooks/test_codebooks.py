"""Each book writes the row that its rules ask for, in its own layout, and says by which rule."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from building import incident

from reportedly.codebooks import BOOKS, Book, code, code_all, code_record, load_book, load_books, side_by_side
from reportedly.codebooks.book import read_book
from reportedly.errors import KnowledgeError, UsageError
from reportedly.model import Document, Span, When
from reportedly.model.document import Segment

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
    row = code(record, claims, load_book("acled", settings={"codes": "numbers"}))[0]
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
    assert notes.startswith("On 27 July 2024, in Kova (Kidal), Malian army clashed with FLM.")
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


LEAD = "Gunmen clashed with soldiers in Kova. The market stayed open. Rain is expected. Nobody knew. They clashed."


def undated(start: int, day: str | None = "2024-07-28") -> tuple[Any, ...]:
    """An incident told at a place in its document, with no day but that of publication."""
    record, claims = incident({**CLASH, "claims": CLASH["claims"][:1]}, VIOLENT)
    told = When(Span(0, 0, ""), None, date(2024, 7, 28), "../2024-07-28", "span", "publication")
    claims = [replace(claims[0], trigger=Span(start, start + 7, LEAD[start : start + 7]))]
    ends = [i for i, letter in enumerate(LEAD) if letter == "."]
    segments = tuple(Segment(0, end + 1, n, 0) for n, end in enumerate(ends))
    document = Document("d0", LEAD, "", published=day, segments=segments)
    return replace(record, when=told), claims, {"d0": document}


@pytest.mark.parametrize(
    ("start", "setting", "rows"),
    [(7, "lead", 1), (7, "never", 0), (93, "lead", 0), (93, "published", 1), (93, "never", 0)],
)
def test_news_without_a_day_stands_on_its_report_where_the_setting_allows(start: int, setting: str, rows: int) -> None:
    """By default only what is told in the first sentences; precision, trace and warning say that no day is told."""
    record, claims, documents = undated(start)
    for name, days in (("acled", ["2024-07-28"]), ("ucdp", ["2024-07-27", "2024-07-28"])):
        coding = code_record(record, claims, load_book(name, settings={"undated": setting}), documents)
        assert len(coding.rows) == rows
        assert coding.warnings
        for row in coding.rows:
            assert [row[c] for c in ("event_date", "date_start", "date_end") if c in row] == days
            assert row.get("time_precision", row.get("date_prec")) == 2
            assert any("no day is told" in step["because"] for step in row["_trace"] if step["rule"] == "warning")


def test_a_time_without_a_year_gives_no_row_whatever_the_setting() -> None:
    """Day and month alone are no day, and there is no publication date to stand on."""
    record, claims = incident({**CLASH, "when": None}, VIOLENT)
    book = load_book("acled", settings={"undated": "published"})
    assert code_record(record, claims, book).rows == ()


def test_several_days_of_fighting_are_several_rows_and_one_span() -> None:
    """ACLED has a row for each day with its share of the deaths, UCDP one row from first to last day."""
    days = {"earliest": date(2024, 7, 25), "latest": date(2024, 7, 27), "precision": "span"}
    record, claims = incident({**CLASH, "when": days, "claims": [CLASH["claims"][0]]}, VIOLENT)
    rows = code(record, claims, LOADED["acled"])
    assert [row["event_date"] for row in rows] == ["2024-07-25", "2024-07-26", "2024-07-27"]
    assert [row["fatalities"] for row in rows] == [16, 16, 15]
    assert {row["time_precision"] for row in rows} == {1}
    (row,) = code(record, claims, LOADED["ucdp"])
    assert (row["date_start"], row["date_end"], row["date_prec"], row["best"]) == ("2024-07-25", "2024-07-27", 2, 47)


@pytest.mark.parametrize(("words", "rows"), [("from Thursday to Saturday", 3), ("between 25 and 27 July", 1)])
def test_a_span_that_only_bounds_the_day_is_one_row(words: str, rows: int) -> None:
    """ "Between" and "over the weekend" say when it may have been, not how long it went on."""
    days = {"earliest": date(2024, 7, 25), "latest": date(2024, 7, 27), "precision": "span"}
    record, claims = incident({**CLASH, "when": days}, VIOLENT)
    assert record.when is not None
    told = replace(record.when, span=Span(0, len(words), words))
    assert len(code(replace(record, when=told), claims, LOADED["acled"])) == rows


@pytest.mark.parametrize(
    ("settings", "fatalities"),
    [({}, 12), ({"dozens": "24"}, 24), ({"dozens": 36}, 36)],
)
def test_words_for_numbers_go_by_the_settings(settings: Mapping[str, object], fatalities: int) -> None:
    """`dozens` is 12 unless a user sets it otherwise."""
    case = next(case for case in CASES if "a vague word is 12" in case["why"])
    record, claims = incident(case, VIOLENT)
    assert code(record, claims, load_book("acled", settings=settings))[0]["fatalities"] == fatalities


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        (["acled.dozen=24"], "unknown setting `acled.dozen`, did you mean `acled.dozens`"),
        (["acled.codes=roman"], "`acled.codes` must be one of text, numbers, not 'roman'"),
        (["acled.dozens=-3"], "`acled.dozens` must be a whole number"),
        (["gdelt.dozens=3"], "no setting of a codebook: `gdelt.dozens=3`"),
        (["dozens"], "no setting of a codebook: `dozens`"),
    ],
)
def test_wrong_settings_are_named(lines: list[str], complaint: str) -> None:
    """The message says which setting is wrong and what would be right."""
    with pytest.raises(UsageError, match=re.escape(complaint)):
        load_books(["cameo"], settings=lines)


def test_a_book_whose_rule_has_no_sentence_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A column without a last resort, or with a rule that nothing explains, is a problem of the file, all named."""
    data = {**read_book("cameo"), "columns": {"Date": [{"rule": "cameo.date", "if": {"date": 1}}, {"rule": "nowhere"}]}}
    data["columns"]["Name"] = [{"rule": "cameo.actor", "if": {"x": 1}}]
    monkeypatch.setattr("reportedly.codebooks.book.read_yaml", lambda path: data)
    with pytest.raises(KnowledgeError) as caught:
        read_book("cameo")
    assert "no rule `nowhere`" in str(caught.value)
    assert "column `Name` has no last rule that always applies" in str(caught.value)


def test_a_year_with_25_deaths_makes_a_dyad_active() -> None:
    """UCDP's threshold is counted over the rows that are coded together."""
    record, claims = incident(CLASH, VIOLENT)
    assert [row["active_year"] for row in code(record, claims, LOADED["ucdp"])] == [False]
    others = [replace(record, id=f"i{n}") for n in range(3)]
    rows = code_all(others, claims, LOADED["ucdp"]).rows
    assert [row["best"] for row in rows] == [12, 12, 12]
    assert {row["active_year"] for row in rows} == {True}


def test_books_lie_side_by_side_with_what_they_differ_in() -> None:
    """The deaths of the case differ by the books' rules, and the words behind each are named; the day agrees."""
    record, claims = incident(CLASH, VIOLENT)
    found = side_by_side(record, claims)
    lines = {line.what: line for line in found.lines}
    assert found.rows == {"acled": 1, "ucdp": 1, "plover": 1, "cameo": 1}
    assert {name: cell.value for name, cell in lines["deaths"].cells.items()} == {
        "acled": "12",
        "ucdp": "12",
        "plover": "47",
    }
    assert lines["deaths"].differs
    assert "most conservative" in lines["deaths"].why
    assert lines["deaths"].cells["acled"].claims == ("c0", "c1")
    assert not lines["first day"].differs
    assert lines["first day"].why == ""


def test_a_book_without_a_row_says_why_beside_the_others() -> None:
    """What one book leaves out is named, the others keep their lines."""
    record, claims = incident({**CLASH, "claims": [{"type": "battle.clash"}]}, VIOLENT)
    found = side_by_side(record, claims)
    assert found.rows["ucdp"] == 0
    assert "no death is reported" in " ".join(found.warnings["ucdp"])
    assert all("ucdp" not in line.cells for line in found.lines)
