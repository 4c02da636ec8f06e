"""A user's own rows beside a case. All rows and incidents are invented."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.comparison import Comparison, Event, Limits, Table, as_json, compare, page, read_acled, read_ged, table
from reportedly.comparison.matching import kilometres, same_name
from reportedly.errors import InputError
from reportedly.exports.csv import csv_line
from reportedly.model import (
    ActorRef,
    Claim,
    Document,
    IncidentRecord,
    PlaceRef,
    Span,
    Toll,
    TollCell,
    TollFigure,
    When,
)

DAY = date(2024, 7, 27)
COUNTRIES = {"ML": "Mali"}
ACLED: Mapping[str, str] = {
    "event_id_cnty": "MLI1",
    "event_date": "2024-07-27",
    "year": "2024",
    "time_precision": "1",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "FLM: Front for the Liberty of Mirwa",
    "inter1": "Rebel group",
    "actor2": "Military Forces of Mali (2021-)",
    "inter2": "State forces",
    "country": "Mali",
    "admin1": "Kidal",
    "location": "Kova",
    "latitude": "19.9",
    "longitude": "2.9",
    "geo_precision": "1",
    "fatalities": "20",
    "timestamp": "1722470400",
}
GED: Mapping[str, str] = {
    "id": "501",
    "date_start": "2024-07-26 00:00:00.000",
    "date_end": "2024-07-28",
    "type_of_violence": "1",
    "side_a": "Government of Mali",
    "side_b": "FLM",
    "country": "Mali",
    "adm_1": "Kidal",
    "where_coordinates": "Kova town",
    "where_prec": "1",
    "latitude": "19.91",
    "longitude": "2.91",
    "best": "30",
    "low": "12",
    "high": "47",
}


@dataclass(frozen=True)
class Case:
    """As much of a case as a comparison asks for."""

    records: Sequence[IncidentRecord]
    told: Sequence[Claim]
    name: str = "news.case"

    def incidents(self) -> Sequence[IncidentRecord]:
        """The incidents."""
        return self.records

    def claims(self, document: str | None = None) -> Sequence[Claim]:
        """The claims."""
        return self.told

    def documents(self) -> Sequence[Any]:
        """One document, of a known publisher."""
        return [_Stored(Document("d0", "", "", publisher="Kova Post"))]


@dataclass(frozen=True)
class _Stored:
    document: Document


def span(words: str) -> Span:
    """Words without a text."""
    return Span(0, len(words), words)


def incident(
    key: str = "i1",
    day: date | None = DAY,
    last: date | None = None,
    place: tuple[str, float, float] = ("Kova", 19.9, 2.9),
    actors: Sequence[str] = ("FLM|rebel_group", "Malian army|state_forces"),
    deaths: Sequence[tuple[str | None, int, int]] = ((None, 12, 12), ("FLM", 47, 47)),
    kind: str = "battle.clash",
) -> tuple[IncidentRecord, list[Claim]]:
    """An incident of ours and its claims, one a figure."""
    refs = tuple(ActorRef(span(n), n, n, None, k, "ML") for n, k in (a.split("|") for a in actors))  # type: ignore[arg-type]
    claims = [
        Claim(
            f"{key}-c{n}",
            "d0",
            kind,
            True,
            span("clashed"),
            span("content"),
            tolls=(Toll(f"t{n}", span(f"{low} fighters"), "killed", low, high, low, "exact"),),
        )
        for n, (_, low, high) in enumerate(deaths)
    ]
    told = zip(deaths, claims, strict=True)
    by = tuple(TollFigure(who, low, high, "exact", claim.id, "d0") for (who, low, high), claim in told)
    low, high = min((n for _, n, _ in deaths), default=0), max((n for _, _, n in deaths), default=0)
    cells = (TollCell("killed", None, "unknown", low, high, by, "contested"),)
    where = PlaceRef(span(place[0]), place[0], place[0], "ML", (), "Kidal", place[1], place[2], "point")
    when = When(span("then"), day, last or day or DAY, str(day), "day", "stated" if day else "publication")
    record = IncidentRecord(
        key,
        f"Clash in {place[0]}",
        (kind,),
        when,
        where,
        (refs[:1], refs[1:]),
        ("d0",),
        tuple(c.id for c in claims),
        cells if by else (),
        1,
        "contested",
    )
    return record, claims


def case_of(*made: tuple[IncidentRecord, list[Claim]]) -> Case:
    """A case of these incidents."""
    return Case([record for record, _ in made], [claim for _, claims in made for claim in claims])


def write(path: Path, rows: Sequence[Mapping[str, str]], delimiter: str = ",") -> Path:
    """Write rows as a table."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def compared(tmp_path: Path, case: Case, *rows: Mapping[str, str], limits: Limits | None = None) -> Comparison:
    """Compare a case with ACLED rows."""
    theirs = read_acled(write(tmp_path / "acled.csv", rows))
    return compare(case, theirs, COUNTRIES, limits)  # type: ignore[arg-type]


def test_the_same_happening_is_found_with_reasons_and_claimants_words(tmp_path: Path) -> None:
    """Day, place, names and kind agree; the file's 20 dead lie between what two tellers say, whose words are given."""
    found = compared(tmp_path, case_of(incident()), ACLED)
    (one,) = found.found
    assert (one.theirs.id, one.ours.event.id, one.verdict) == ("MLI1", "i1", "inside")
    assert one.match.score > 0.9
    told = [(one.claimant, one.words) for one in one.ours.told]
    assert told == [("Kova Post", "12 fighters"), ("FLM", "47 fighters")]
    assert [f.name for f in one.match.features if f.agrees] == ["day", "place", "actors", "event"]
    assert (found.missed, found.extra) == ((), ())


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"event_date": "2024-08-20"}, "nothing near in time"),
        ({"location": "Selta", "latitude": "16.0", "longitude": "-4.0"}, "km apart"),
        ({"event_date": "2024-07-30"}, "3 day(s) apart"),
    ],
)
def test_another_day_or_place_is_no_match_and_says_why(tmp_path: Path, changed: Mapping[str, str], why: str) -> None:
    """What lies too far apart is missed on one side and extra on the other."""
    other = incident("i2", date(2024, 9, 1), place=("Far", 15.0, -5.0))
    found = compared(tmp_path, case_of(incident(), other), {**ACLED, **changed}, limits=Limits(days=3, least=0.75))
    assert found.found == ()
    assert [one.ours.event.id for one in found.extra] == ["i1", "i2"]
    rows = list(table(found))
    assert why in str(rows[1])
    assert not found.missed[0].outside


def test_the_better_of_two_incidents_of_a_town_and_week_is_chosen(tmp_path: Path) -> None:
    """Two fights in one town: the row goes to the one of its own day, the other stays extra."""
    near = incident("i2", DAY + timedelta(2))
    found = compared(tmp_path, case_of(near, incident()), ACLED)
    assert [one.ours.event.id for one in found.found] == ["i1"]
    assert [one.ours.event.id for one in found.extra] == ["i2"]


def test_rows_of_several_days_meet_one_incident(tmp_path: Path) -> None:
    """ACLED's row a day: the first is the match, the others are days of the same incident."""
    days = [{**ACLED, "event_id_cnty": f"MLI{n}", "event_date": str(DAY + timedelta(n))} for n in range(3)]
    found = compared(tmp_path, case_of(incident(last=DAY + timedelta(2))), *days)
    assert [one.part for one in found.found] == [False, True, True]
    assert found.missed == ()


def test_rows_outside_the_case_are_not_called_missed(tmp_path: Path) -> None:
    """A file of many years is not held against a case of one week."""
    old = {**ACLED, "event_id_cnty": "MLI9", "event_date": "2019-01-01", "year": "2019"}
    found = compared(tmp_path, case_of(incident()), ACLED, old)
    assert found.counts() == {
        "found": 1,
        "missed": 0,
        "outside the case's days": 1,
        "extra": 0,
        "deaths differ": 1,
        "rows refused": 0,
    }


@pytest.mark.parametrize(
    ("deaths", "fatalities", "verdict"),
    [
        ([(None, 20, 20)], "20", "same"),
        ([(None, 12, 12), ("FLM", 47, 47)], "12", "inside"),
        ([(None, 12, 12), ("FLM", 47, 47)], "60", "outside"),
        ([], "20", "no figure"),
    ],
)
def test_deaths_are_held_against_all_tellers(
    tmp_path: Path, deaths: list[tuple[str | None, int, int]], fatalities: str, verdict: str
) -> None:
    """The verdict says how the file's number lies to the range of what is claimed."""
    found = compared(tmp_path, case_of(incident(deaths=deaths)), {**ACLED, "fatalities": fatalities})
    assert found.found[0].verdict == verdict


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"event_id_cnty": ""}, "`event_id_cnty` is empty"),
        ({"event_date": "0025-07-27", "year": ""}, "expected a year from 1900 to 2100"),
        ({"event_date": "soon"}, "expected a day like 2024-07-27"),
        ({"year": "25"}, "expected the same year"),
        ({"fatalities": "many"}, "`fatalities` is 'many': expected a number"),
        ({"fatalities": "-1"}, "expected a whole number, 0 or more"),
        ({"inter1": "Wizards"}, "expected an actor type"),
        ({"event_type": "Festivals"}, "expected one of ACLED's six"),
        ({"latitude": "190"}, "expected degrees"),
        ({"latitude": "nan"}, "expected a number"),
    ],
)
def test_rows_that_cannot_be_meant_are_refused(tmp_path: Path, changed: Mapping[str, str], reason: str) -> None:
    """The row is named with line and reason, the others are read."""
    theirs = read_acled(write(tmp_path / "a.csv", [{**ACLED, "event_id_cnty": "MLI2"}, {**ACLED, **changed}]))
    assert [event.id for event in theirs.events] == ["MLI2"]
    (item,) = theirs.rejected
    assert item.fatal
    assert item.where.endswith("a.csv: line 3")
    assert reason in item.reason


@pytest.mark.parametrize("words", [("1", "2"), ("State Forces", "Rebel Groups"), ("state forces", "Rebel Forces")])
def test_actor_types_are_read_as_text_or_numbers(tmp_path: Path, words: tuple[str, str]) -> None:
    """Old and new labels, in any case, and the numbers of older files mean the same."""
    row = {**ACLED, "inter1": words[0], "inter2": words[1]}
    assert read_acled(write(tmp_path / "a.csv", [row])).events[0].kinds == {"state", "rebels"}


def test_monadic_rows_are_merged_by_id(tmp_path: Path) -> None:
    """One row an actor becomes one event; a row of the same id with another day is refused."""
    bare = {key: value for key, value in ACLED.items() if key not in ("actor2", "inter2")}
    rows = [bare, {**bare, "actor1": "Military Forces of Mali", "inter1": "1"}, {**bare, "event_date": "2024-07-28"}]
    theirs = read_acled(write(tmp_path / "a.csv", rows))
    (event,) = theirs.events
    assert event.actors == (ACLED["actor1"], "Military Forces of Mali")
    assert event.kinds == {"rebels", "state"}
    assert ["another day or place" in item.reason for item in theirs.rejected] == [True]


def test_of_changed_versions_the_newest_counts(tmp_path: Path) -> None:
    """A row that came again with a later timestamp replaces the older one, which is named."""
    rows = [{**ACLED, "timestamp": "1800000000", "fatalities": "22"}, ACLED]
    theirs = read_acled(write(tmp_path / "a.csv", rows))
    assert [event.deaths for event in theirs.events] == [22]
    assert [(item.fatal, "line 3" in item.where) for item in theirs.rejected] == [(False, True)]


def test_ged_is_read_below_a_row_of_hashtags_and_matched(tmp_path: Path) -> None:
    """Spans and ranges of UCDP are kept; the government of a state stands for its army."""
    tags = dict.fromkeys(GED, "#x")
    theirs = read_ged(write(tmp_path / "ged.csv", [tags, GED], delimiter=";"))
    assert theirs.rejected == ()
    found = compare(case_of(incident()), theirs, COUNTRIES)  # type: ignore[arg-type]
    (one,) = found.found
    assert (one.theirs.lowest, one.theirs.deaths, one.theirs.highest, one.verdict) == (12, 30, 47, "inside")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"id": ""}, "`id` is empty"),
        ({"date_end": "2024-07-01"}, "before `date_start`"),
        ({"low": "31"}, "expected low <= best <= high"),
        ({"type_of_violence": "4"}, "expected 1, 2 or 3"),
    ],
)
def test_ged_rows_that_break_its_own_rules_are_refused(tmp_path: Path, changed: Mapping[str, str], reason: str) -> None:
    """The reason names the values."""
    theirs = read_ged(write(tmp_path / "ged.csv", [{**GED, **changed}]))
    assert theirs.events == ()
    assert reason in theirs.rejected[0].reason


def test_a_file_of_another_kind_is_refused_as_a_whole(tmp_path: Path) -> None:
    """The message names the columns that are missing."""
    with pytest.raises(InputError, match="has no column `event_id_cnty`"):
        read_acled(write(tmp_path / "ged.csv", [GED]))
    with pytest.raises(InputError, match="cannot be read"):
        read_ged(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("FLM", "Front for Liberty in Kova", False),
        ("FLM", "Free Levant Militia", True),
        ("Dawn Brigade (Mali)", "Dawn Brigade", True),
        ("Brigade de l'Aube", "brigade de l’aube", True),
        ("Military Forces of Mali", "Military Forces of Niger", False),
        ("Unidentified Armed Group (Mali)", "Armed Forces", False),
        ("Ta’ang Army", "Taang Army", False),
    ],
)
def test_names_are_one_by_their_telling_words_or_acronym(one: str, two: str, same: bool) -> None:
    """Words that all such names share, brackets, case and accents say nothing."""
    assert same_name(one, two) is same
    assert same_name(two, one) is same


def test_page_and_table_are_harmless(tmp_path: Path) -> None:
    """What a file or an article holds is text on the page and in the table, never markup, script or formula."""
    evil = {**ACLED, "actor1": '=HYPERLINK("http://x")', "location": "<script>alert(1)</script>"}
    found = compared(tmp_path, case_of(incident(actors=('<img src=x onerror="y">|rebel_group',))), evil)
    text = page(found)
    assert "<script" not in text
    assert "onerror=&#34;" in text
    assert ' onerror="' not in text
    assert 'http-equiv="Content-Security-Policy"' in text
    lines = list(csv.reader(io.StringIO("".join(csv_line(row) for row in table(found)))))
    assert len({len(line) for line in lines}) == 1
    assert all(not cell.startswith(("=", "+", "@")) for line in lines for cell in line)


def test_json_holds_what_the_page_holds(tmp_path: Path) -> None:
    """Counts, pairs with features, and figures with words, as plain values."""
    told = as_json(compared(tmp_path, case_of(incident()), ACLED))
    assert told["counts"]["found"] == 1
    (one,) = told["found"]
    assert [figure["words"] for figure in one["ours"]["figures"]] == ["12 fighters", "47 fighters"]
    assert one["match"]["features"][0]["name"] == "day"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3)), min_size=1, max_size=6), st.randoms())
def test_nothing_vanishes_and_order_does_not_matter(made: list[tuple[int, int]], shuffle: Any) -> None:
    """Every row is found or missed, every incident found or extra, once each, whatever the order of rows."""
    ours = [incident(f"i{n}", DAY + timedelta(d), place=(f"P{p}", 19.9 + p, 2.9)) for n, (d, p) in enumerate(made)]
    events = [replace(_event(d, p), id=f"r{n}") for n, (d, p) in enumerate((*made, (30, 1)))]
    found = compare(case_of(*ours), Table("f", "acled", tuple(events), ()), COUNTRIES)  # type: ignore[arg-type]
    keys = [one.theirs.id for one in found.found] + [one.theirs.id for one in found.missed]
    assert sorted(keys) == sorted(event.id for event in events)
    used = {one.ours.event.id for one in found.found if not one.part}
    assert used | {one.ours.event.id for one in found.extra} == {record.id for record, _ in ours}
    shuffle.shuffle(events)
    again = compare(case_of(*ours), Table("f", "acled", tuple(events), ()), COUNTRIES)  # type: ignore[arg-type]
    pairs = {(one.theirs.id, one.ours.event.id) for one in found.found}
    assert {(one.theirs.id, one.ours.event.id) for one in again.found} == pairs


def _event(day: int, place: int) -> Any:
    when = DAY + timedelta(day)
    actors, families = ("FLM",), frozenset({"fight"})
    point = (19.9 + place, 2.9, 10.0)
    return Event("", when, when, 0, f"P{place}", (), "Mali", *point, actors, frozenset(), families, 3, 3, 3)  # type: ignore[arg-type]


def test_distance_is_that_of_the_globe() -> None:
    """A degree of latitude is about 111 km."""
    assert kilometres(_event(0, 0), _event(0, 1)) == pytest.approx(111.2, abs=0.2)
