"""The timeline: spans, fuzzy ends, lag, and counts where there are too many incidents for rows."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import SVG, links, parse, points

from reportedly.drawing import Bar, Label, draw_timeline, reach
from reportedly.drawing.scales import Unit, bin_words, bins, degree_step, degrees, floor, tick_words, ticks, unit_for
from reportedly.drawing.timeline import LEFT, MOST_ROWS, WIDTH

FIRST, LAST = date(2024, 7, 1), date(2024, 8, 31)


def bar(id_: str = "a", start: date | None = FIRST, end: date | None = FIRST, **more: object) -> Bar:
    """Return a bar, by default one day that is known."""
    usual: dict[str, object] = {
        "family": "battle",
        "fuzzy": False,
        "assumed": False,
        "contested": False,
    }
    return Bar(id=id_, start=start, end=end, **{**usual, **more})  # type: ignore[arg-type]


def labels(key: str) -> Label:
    """Return what an incident is called."""
    return Label(f"/incidents/{key}", f"Clash {key}")


def opened(first: date, last: date) -> str:
    """Return the address of fewer days."""
    return f"?from={first}&to={last}"


def spans(bars: list[Bar]) -> list[dict[str, str]]:
    """Return the attributes of the bars."""
    tree = parse(draw_timeline(bars, FIRST, LAST, labels, opened).svg)
    return [dict(one.attrib) for one in tree.iter(f"{SVG}rect") if one.get("class") == "span"]


@pytest.mark.parametrize(
    ("start", "end", "fuzzy", "mask"),
    [
        (date(2024, 7, 27), date(2024, 7, 27), False, None),
        (date(2024, 7, 25), date(2024, 7, 27), False, None),
        (date(2024, 7, 1), date(2024, 7, 31), True, "url(#fade-both)"),
        (None, date(2024, 8, 2), False, "url(#fade-start)"),
        (date(2024, 8, 2), None, False, "url(#fade-end)"),
    ],
)
def test_ends_fade_where_the_day_is_not_known(
    start: date | None, end: date | None, fuzzy: bool, mask: str | None
) -> None:
    [span] = spans([bar(start=start, end=end, fuzzy=fuzzy)])
    assert span.get("mask") == mask


def test_a_longer_span_is_a_longer_bar() -> None:
    one, other = spans([bar("a", date(2024, 7, 1), date(2024, 7, 10)), bar("b", date(2024, 7, 1), date(2024, 7, 20))])
    assert float(other["width"]) == pytest.approx(2 * float(one["width"]), rel=0.01)


def test_the_lag_to_the_first_publication_is_drawn() -> None:
    told = (date(2024, 7, 20), date(2024, 7, 12))
    tree = parse(draw_timeline([bar(published=told)], FIRST, LAST, labels, opened).svg)
    [lag] = [one for one in tree.iter(f"{SVG}line") if one.get("class") == "lag"]
    days = sorted(float(one.get("x1", "0")) for one in tree.iter(f"{SVG}line") if one.get("class") == "told")
    assert float(lag.get("x2", "0")) == days[0] < days[1]
    counted = [title for _, title in links(tree) if title.endswith("published")]
    assert counted == ["2024-07-12: 1 published", "2024-07-20: 1 published"]


def test_what_only_the_day_of_publication_dates_looks_so() -> None:
    tree = parse(draw_timeline([bar(start=None, assumed=True, contested=True)], FIRST, LAST, labels, opened).svg)
    assert [one.get("class") for one in tree.iter(f"{SVG}a")] == ["bar family-battle contested assumed"]


def test_undated_and_outside_are_listed_apart() -> None:
    bars = [bar("a"), bar("b", None, None), bar("c", date(2023, 1, 1), date(2023, 1, 1)), bar("d", None, FIRST)]
    drawn = draw_timeline(bars, FIRST, LAST, labels, opened)
    assert (drawn.shown, drawn.undated, drawn.outside) == (("a", "d"), ("b",), ("c",))


def test_many_incidents_are_counted_and_open_by_week() -> None:
    bars = [
        bar(str(n), FIRST + timedelta(days=n % 60), FIRST + timedelta(days=n % 60), contested=n % 3 == 0)
        for n in range(600)
    ]
    first, last = date(2024, 1, 1), date(2024, 12, 31)
    found = links(parse(draw_timeline(bars, first, last, labels, opened).svg))
    assert found[0] == ("?from=2024-07-01&to=2024-07-07", "week of 2024-07-01: 70 incidents, 30 contested")
    assert sum(int(title.split(": ")[1].split()[0]) for _, title in found) == 600


def test_a_timeline_without_incidents_is_still_one() -> None:
    drawn = draw_timeline([], FIRST, LAST, labels, opened)
    assert links(parse(drawn.svg)) == []
    assert reach([]) is None
    assert reach([bar("b", None, None)]) is None


def test_reach_takes_in_what_was_published_soon_after() -> None:
    bars = [bar("a", published=(date(2024, 7, 9), date(2026, 1, 1)))]
    assert reach(bars) == (FIRST, date(2024, 7, 9))


@pytest.mark.parametrize(
    ("first", "last", "most", "unit"),
    [
        (date(2024, 7, 1), date(2024, 7, 31), 90, "day"),
        (date(2024, 1, 1), date(2024, 12, 31), 90, "week"),
        (date(2020, 1, 1), date(2024, 12, 31), 90, "month"),
        (date(2020, 1, 1), date(2024, 12, 31), 30, "quarter"),
        (date(1900, 1, 1), date(2024, 12, 31), 90, "year"),
    ],
)
def test_the_unit_fits_the_time(first: date, last: date, most: int, unit: str) -> None:
    assert unit_for(first, last, most) == unit


@pytest.mark.parametrize(
    ("unit", "words", "tick"),
    [
        ("day", "2024-02-29", "29 Feb"),
        ("week", "week of 2024-02-26", "26 Feb"),
        ("month", "Feb 2024", "Feb"),
        ("quarter", "2024, quarter 1", "Jan 2024"),
        ("year", "2024", "2024"),
    ],
)
def test_stretches_of_the_calendar_in_words(unit: Unit, words: str, tick: str) -> None:
    [one] = bins(date(2024, 2, 29), date(2024, 2, 29), unit)
    assert bin_words(one, unit) == words
    assert tick_words(one.first, unit) == tick


@given(st.dates(), st.integers(0, 900), st.sampled_from(["day", "week", "month", "quarter", "year"]))
def test_stretches_follow_one_another_without_gaps(first: date, days: int, unit: Unit) -> None:
    last = min(first, date.max - timedelta(days=days)) + timedelta(days=days)
    found = list(bins(first, last, unit))
    assert found[0].first <= first
    assert found[-1].last >= last
    assert all(a.last + timedelta(days=1) == b.first for a, b in itertools.pairwise(found))
    assert all(floor(one.last, unit) == one.first for one in found)


def test_degrees() -> None:
    assert [degrees(value, "N", "S") for value in (2.5, 0, -10)] == ["2.5° N", "0°", "10° S"]
    assert degree_step(360) == 60
    assert ticks(-1.2, 2.0, 0.5) == [-1, -0.5, 0, 0.5, 1, 1.5, 2]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.one_of(st.none(), st.dates()), st.one_of(st.none(), st.integers(0, 400)), st.dates()),
        max_size=MOST_ROWS + 20,
    ),
    st.booleans(),
)
def test_every_incident_is_in_one_list_and_nothing_leaves_the_page(
    days: list[tuple[date | None, int | None, date]], whole: bool
) -> None:
    bars = []
    for n, (start, length, told) in enumerate(days):
        end = None if length is None or (start and (date.max - start).days < length) else length
        last = start + timedelta(days=end) if start and end is not None else None
        bars.append(bar(f"i{n}", start, last, published=(told,)))
    first, last_day = (reach(bars) or (FIRST, LAST)) if whole else (FIRST, LAST)
    drawn = draw_timeline(bars, first, last_day, labels, opened)
    assert sorted([*drawn.shown, *drawn.undated, *drawn.outside]) == sorted(one.id for one in bars)
    assert not (whole and drawn.outside)
    tree = parse(drawn.svg)
    assert all(0 <= x <= WIDTH for x, _ in points(tree))
    for one in tree.iter(f"{SVG}rect"):
        if one.get("class") in ("span", "column", "column contested", "column told"):
            left, width = float(one.get("x", "0")), float(one.get("width", "0"))
            assert LEFT - 0.1 <= left <= left + width <= WIDTH + 0.1
