"""Times: a table of phrases found and grounded, and properties that hold for any text and anchor."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reportedly.grounding.times import from_publication, ground_time
from reportedly.mentions.times import find_dateline, find_times
from reportedly.model.when import When

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parents[1] / "cases" / "times.yml").read_text("utf-8"))
PUBLISHED, NARRATIVE = date(2024, 8, 2), date(2024, 7, 28)
PIECES = st.sampled_from(
    ["July", "27", "2024", "Tuesday", "last", "night", "of", "the", "between", "and", "-", "May", "in", "late", "since",
     "week", "three", "days", "ago", "later", "Feb.", "29", "31", "weekend", "two",
     "years", "1990s", "spring", ",", "30/2/2024",
     "month", "next", "the first half of", "overnight", "to", "Sunday", "until", "89", "APR"]
)  # fmt: skip
DAYS = st.none() | st.dates()


def _anchor(value: object, default: date | None) -> date | None:
    return date.fromisoformat(str(value)) if value else default if value is not None else None


def _grounded(case: dict[str, Any]) -> list[str]:
    text, shown = case["text"], []
    published = _anchor(case["published"], None) if "published" in case else PUBLISHED
    narrative = _anchor(case["narrative"], None) if "narrative" in case else NARRATIVE
    for mention in find_times(text, 0, len(text)):
        when = ground_time(
            mention, text, published=published, dateline=None, narrative=narrative, future=case.get("future", False)
        )
        middle = f"{when.edtf} {when.precision} {when.basis} " if when else "- "
        shown.append(f"{text[mention.start : mention.end]} => {middle}{mention.kind}")
    return shown


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:50])
def test_times_of_the_table(case: dict[str, Any]) -> None:
    """Every row gives exactly its times, each with what is known of the calendar."""
    assert _grounded(case) == case["expected"]


def _ends(edtf: str) -> tuple[str, str]:
    first, _, last = edtf.strip("[]").replace("~", "").replace(",", "/").partition("/")
    return first, last or first


def _agrees(day: date | None, edtf: str) -> bool:
    """Tell whether an end agrees with its EDTF form as far as that goes (seasons and decades are codes)."""
    if day is None or edtf == "..":
        return (day is None) == (edtf == ".." or "X" in edtf)
    return edtf[:3] == day.isoformat()[:3] and (len(edtf) != 10 or edtf == day.isoformat())


@given(st.lists(PIECES, max_size=9).map(" ".join), DAYS, DAYS, DAYS, st.booleans())
def test_bounds_agree_with_edtf(
    text: str, published: date | None, dateline: date | None, narrative: date | None, future: bool
) -> None:
    """Ends are ordered, agree with the EDTF form, and the words slice back."""
    for when in _whens(text, published, dateline, narrative, future):
        assert when.span.quote == text[when.span.start : when.span.end]
        assert when.edtf
        if when.earliest and when.latest:
            assert when.earliest <= when.latest
        first, last = _ends(when.edtf)
        assert _agrees(when.earliest, first), when
        assert _agrees(when.latest, last), when


@given(st.lists(PIECES, max_size=9).map(" ".join))
def test_no_day_is_made_up_without_an_anchor(text: str) -> None:
    """With nothing to count from, only a year that stands in the words gives days."""
    for mention in find_times(text, 0, len(text)):
        when = ground_time(mention, text, published=None, dateline=None, narrative=None)
        stated = [p.year for p in (mention.first, mention.last) if p is not None]
        assert when is None or any(stated) or (when.earliest is None and when.latest is None)


@given(st.text(max_size=80), DAYS)
def test_any_text_is_read_without_error(text: str, published: date | None) -> None:
    """Random text never breaks the grammar."""
    assert all(w.span.quote for w in _whens(text, published, None, None, False))


def _whens(
    text: str, published: date | None, dateline: date | None, narrative: date | None, future: bool
) -> list[When]:
    anchors: dict[str, Any] = {"published": published, "dateline": dateline, "narrative": narrative, "future": future}
    found = (ground_time(m, text, **anchors) for m in find_times(text, 0, len(text)))
    return [w for w in found if w is not None]


def test_dateline_is_preferred_over_publication() -> None:
    """A weekday counts from the dateline where there is one."""
    text = "Gunmen attacked on Tuesday."
    (mention,) = find_times(text, 0, len(text))
    when = ground_time(mention, text, published=PUBLISHED, dateline=date(2024, 7, 25), narrative=None)
    assert when is not None
    assert when.earliest == date(2024, 7, 23)


def test_year_comes_from_the_last_date_where_nothing_else_is_known() -> None:
    """A day of a month takes the year of the text's own last date when there is no publication date."""
    text = "On January 2 it began."
    (mention,) = find_times(text, 0, len(text))
    when = ground_time(mention, text, published=None, dateline=None, narrative=date(2023, 12, 30))
    assert when is not None
    assert when.edtf == "2024-01-02"


def test_parts_of_a_year_have_stated_borders() -> None:
    """Late 2021 is the last third of the year."""
    text = "in late 2021"
    (mention,) = find_times(text, 0, len(text))
    when = ground_time(mention, text, published=None, dateline=None, narrative=None)
    assert when is not None
    assert (when.earliest, when.latest, when.precision) == (date(2021, 9, 1), date(2021, 12, 31), "season")


def test_publication_stands_in_only_by_name() -> None:
    """A time taken from publication says so."""
    when = from_publication(PUBLISHED, "Gunmen attacked.", 0, 6)
    assert (when.basis, when.edtf, when.span.quote) == ("publication", "2024-08-02", "Gunmen")


def test_dateline_is_found_at_the_opening_alone() -> None:
    """The dateline opens the text; a date in a sentence is none."""
    text = "KYIV, May 3 (Reuters) - Shells fell on May 2."
    found = find_dateline(text)
    assert found is not None
    assert text[found.start : found.end] == "May 3"
    assert find_dateline("Shells fell in Kyiv on May 2, officials said.") is None
