"""Room 5, calendar dates: months, days of months, seasons and years, with the year that is stated or that fits."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from reportedly.grounding.ranges import (
    EDTF_PARTS,
    Range,
    decade,
    one_day,
    part_of_month,
    part_of_year,
    unknown,
    whole_month,
    whole_year,
)
from reportedly.model.quick import replace
from reportedly.model.time_mention import TimePoint

_DAY = timedelta(days=1)
_NEWS, _OLD = 10 * _DAY, 60 * _DAY  # what a report tells of is so recent at most; what is older is past for it
_SHORT_YEAR_PIVOT = 50  # without a publication date "89" is 1989 and "24" is 2024


@dataclass(frozen=True, slots=True)
class Anchors:
    """What there is to count from; `future` turns the default direction."""

    now: date | None
    narrative: date | None
    future: bool


def calendar_date(point: TimePoint, anchors: Anchors) -> Range:
    """Ground a month or a day of a month, with the year that is stated or that fits the anchor."""
    assert point.month is not None
    if point.swap:
        return _either(point, anchors)
    year = _stated_year(point, anchors)
    if year is None:
        year = _fitting_year(point, anchors)
    if year is None:
        day = f"-{point.day:02d}" if point.day else ""
        approximate = "~" if point.part else ""
        return Range(None, None, f"XXXX-{point.month:02d}{day}{approximate}", "day" if point.day else "month")
    if point.day:
        return one_day(date(year, point.month, point.day))
    return part_of_month(year, point.month, point.part) if point.part else whole_month(year, point.month)


def _either(point: TimePoint, anchors: Anchors) -> Range:
    """Ground 03/04/2024: 4 March or 3 April, the words do not say which, unless only one of them is news."""
    pairs = ((point.month, point.day), (point.day, point.month))
    read = (calendar_date(replace(point, month=m, day=d, swap=False), anchors).earliest for m, d in pairs)
    days = sorted(day for day in read if day is not None)
    if len(days) < len(pairs):
        return unknown()
    if anchors.now is not None and days[0] + _OLD < anchors.now and abs(anchors.now - days[1]) <= _NEWS:
        return one_day(days[1])
    return Range(days[0], days[1], f"[{days[0]},{days[1]}]", "span")


def _stated_year(point: TimePoint, anchors: Anchors) -> int | None:
    """Return the stated year; a short one is the latest not after the next year, or else in 1950-2049."""
    if point.year is None or point.year >= 100:
        return point.year
    if anchors.now is None:
        return point.year + (1900 if point.year >= _SHORT_YEAR_PIVOT else 2000)
    limit = anchors.now.year + 1
    return limit - (limit - point.year) % 100


def _fitting_year(point: TimePoint, anchors: Anchors) -> int | None:
    """Choose the year: the latest not after the anchor (one day of grace for time zones), the next when planned."""
    if anchors.now is None:
        return _nearest_year(point, anchors.narrative)
    now = anchors.now
    years = range(now.year - 9, now.year + 10)
    starts = [(y, s) for y in years if (s := _start(point, y, anchors.now)) is not None]
    if anchors.future:
        return next((y for y, s in starts if _last_day(point, s) >= now), None)
    return next((y for y, s in reversed(starts) if s <= now + _DAY), None)


def _start(point: TimePoint, year: int, now: date) -> date | None:
    """Return the first day that the point would have in a year, moved so that "last July" is over."""
    assert point.month is not None
    try:
        start = date(year, point.month, point.day or 1)
    except ValueError:
        return None
    if point.unit == "month" and point.offset == -1:
        return date(year, point.month, monthrange(year, point.month)[1]) + 2 * _DAY
    if point.unit == "month" and point.offset == 1:
        return start if (year, point.month) <= (now.year + 1, now.month) and start > now else start - 366 * _DAY
    return start


def _last_day(point: TimePoint, start: date) -> date:
    return start if point.day else start.replace(day=monthrange(start.year, start.month)[1])


def _nearest_year(point: TimePoint, narrative: date | None) -> int | None:
    """Without publication date or dateline, take the year of the text's own last date that lies closest."""
    if narrative is None or point.month is None:
        return None
    middle = narrative.month - point.month
    return narrative.year + (1 if middle > 6 else -1 if middle < -6 else 0)


def year_like(point: TimePoint, anchor: date | None, anchors: Anchors) -> Range:
    """Ground a year, a decade, a season or another part of a year."""
    year = point.year
    if year is None and point.offset is not None and anchor is not None:
        year = anchor.year + point.offset
    if year is not None and point.unit == "decade":
        return decade(year, point.part)
    if year is None and point.part is not None and anchors.now is not None and point.offset is None:
        year = _season_year(point.part, anchors)
    if year is None:
        code = EDTF_PARTS.get(point.part or "")
        return Range(None, None, f"XXXX-{code}" if code else "XXXX", "season" if point.part else "year")
    return part_of_year(year, point.part) if point.part else whole_year(year)


def _season_year(part: str, anchors: Anchors) -> int:
    """Return the latest year whose season had begun at the anchor (the next one when planned)."""
    assert anchors.now is not None
    begun = part_of_year(anchors.now.year, part)
    assert begun.earliest is not None
    assert begun.latest is not None
    if anchors.future:
        return anchors.now.year + (begun.latest < anchors.now)
    return anchors.now.year - (begun.earliest > anchors.now)
