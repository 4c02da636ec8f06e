"""Room 5, times: anchor a time mention to the calendar, as a range of days with its precision and basis.

Door: `ground_time` and `from_publication`. Publication and dateline anchor "Tuesday" and "yesterday", the text's own
last date anchors "two days earlier". The past is meant by default. Without an anchor no day is made up.
Parts of a year that have no borders of their own ("late 2021") take thirds of the year and precision `season`; parts of
a month take thirds of the month and precision `span`; both are marked approximate (`~`) in EDTF.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from reportedly.model.span import Span
from reportedly.model.time_mention import TimeMention, TimePoint
from reportedly.model.when import Basis, When, WhenPrecision

UNKNOWN_DAY = "XXXX-XX-XX"
_DAY = timedelta(days=1)
_RELATIVE = frozenset({"weekday", "weekend", "relative", "duration"})
_YEAR_PARTS = {
    "early": (1, 4), "mid": (5, 8), "late": (9, 12), "first_half": (1, 6), "second_half": (7, 12),
    "q1": (1, 3), "q2": (4, 6), "q3": (7, 9), "q4": (10, 12), "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11),
    "week1": (1, 1), "week2": (1, 1), "week3": (1, 1), "week4": (1, 1), "week_last": (12, 12),
}  # fmt: skip
_EDTF_PARTS = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24, "q1": 33, "q2": 34, "q3": 35, "q4": 36,
               "first_half": 40, "second_half": 41}  # fmt: skip
_MONTH_PARTS = {
    "early": (1, 10), "mid": (11, 20), "late": (21, 31), "first_half": (1, 15), "second_half": (16, 31),
    "week1": (1, 7), "week2": (8, 14), "week3": (15, 21), "week4": (22, 28), "week_last": (25, 31),
}  # fmt: skip
_SHORT_YEAR_PIVOT = 50  # without a publication date "89" is 1989 and "24" is 2024


@dataclass(frozen=True, slots=True)
class _Anchors:
    """What there is to count from; `future` turns the default direction."""

    now: date | None
    narrative: date | None
    future: bool


@dataclass(frozen=True, slots=True)
class _Range:
    """A range of days, None where an end is not known, with its EDTF form and precision."""

    earliest: date | None
    latest: date | None
    edtf: str
    precision: WhenPrecision


def ground_time(
    mention: TimeMention,
    text: str,
    *,
    published: date | None,
    dateline: date | None,
    narrative: date | None,
    future: bool = False,
) -> When | None:
    """Return when the words mean, or None where they name no place in the calendar ("for three days", "every Friday").

    `dateline` is preferred over `published`; `narrative` is the last event date of the text; `future` is for what is
    planned. Example: "July 27" published on 2024-08-20 is 2024-07-27; without any anchor its EDTF is `XXXX-07-27`.
    """
    anchors = _Anchors(dateline or published, narrative, future)
    try:
        found = _ground(mention, anchors)
    except (ValueError, OverflowError):  # a day that the calendar does not have (29 February, year 0 or 10000)
        found = None
    if found is None:
        return None
    span = Span.of(text, mention.start, mention.end)
    return When(span, found.earliest, found.latest, found.edtf, found.precision, _basis(mention))


def from_publication(day: date, text: str, start: int, end: int) -> When:
    """Return the publication day as a time, for text that states none; `start` to `end` are the words it stands for."""
    return When(Span.of(text, start, end), day, day, day.isoformat(), "day", "publication")


def _basis(mention: TimeMention) -> Basis:
    kind = mention.inner or mention.kind
    relative = kind in _RELATIVE or mention.first.offset is not None
    return "relative" if relative else "stated"


def _ground(mention: TimeMention, anchors: _Anchors) -> _Range | None:
    if mention.kind == "recurring" or (mention.kind == "duration" and mention.last is None):
        return None
    if mention.kind in ("since", "until"):
        return _open(mention, anchors)
    anchor = anchors.narrative if mention.anchor == "narrative" else anchors.now
    first = _point(mention.first, anchor, anchors)
    if mention.last is None:
        return first
    return _join(mention, first, anchor, anchors)


def _open(mention: TimeMention, anchors: _Anchors) -> _Range | None:
    """Read "since X" as X to the anchor day, "until X" as everything up to X."""
    inner = _ground(replace(mention, kind=mention.inner or "date"), anchors)
    if inner is None:
        return None
    if mention.kind == "since":
        start = _edtf_start(inner)
        end = anchors.now if inner.earliest and anchors.now and anchors.now >= inner.earliest else None
        return _Range(inner.earliest, end, f"{start}/{end.isoformat() if end else '..'}", "span")
    return _Range(None, inner.latest, f"../{_edtf_end(inner)}", "span")


def _edtf_start(found: _Range) -> str:
    return found.edtf.split("/")[0]


def _edtf_end(found: _Range) -> str:
    return found.edtf.split("/")[-1]


def _join(mention: TimeMention, first: _Range, anchor: date | None, anchors: _Anchors) -> _Range:
    """Make one range of two ends; the later end decides the year, the earlier one follows it."""
    assert mention.last is not None
    if mention.kind == "duration":
        return _lasting(mention.first, mention.last, anchor)
    last = _point(mention.last, anchor, anchors)
    if last.earliest and mention.first.year is None:
        first = _leading(mention.first, last.earliest, anchor) or first
    starts, ends = _edtf_start(first), _edtf_end(last)
    edtf = f"{starts}/{ends}"
    if starts.startswith("XXXX") != ends.startswith("XXXX"):
        return _unknown()  # one end has a year and the other cannot have one before it
    if first.earliest is None or last.latest is None:
        return _unknown() if UNKNOWN_DAY in edtf else _Range(None, None, edtf, "span")
    return _Range(min(first.earliest, last.latest), last.latest, edtf, "span")


def _leading(point: TimePoint, end: date, anchor: date | None) -> _Range | None:
    """Ground the first end of a range as the latest such time before its last end."""
    if point.weekday is not None:
        return _day(end - _DAY * ((end.weekday() - point.weekday) % 7 or 7))
    if point.offset is not None:
        return None
    return _point(point, anchor, _Anchors(end - _DAY, None, False))


def _lasting(first: TimePoint, last: TimePoint, anchor: date | None) -> _Range:
    """Ground "the past three days": from the anchor as far as is said; a vague far end stays open."""
    if anchor is None:
        return _unknown()
    forward = bool(last.offset)
    point = last if forward else first
    far = _shift(anchor, point)
    if point.unit == "minute":
        return _day(anchor)
    if point.vague:
        return _Range(far, None, f"{far}/..", "span") if forward else _Range(None, anchor, f"../{anchor}", "span")
    start, end = (anchor, far) if forward else (far, anchor)
    return _Range(start, end, f"{start}/{end}", "span")


# --- points ---------------------------------------------------------------------------------------------------------


def _point(point: TimePoint, anchor: date | None, anchors: _Anchors) -> _Range:
    if point.weekday is not None:
        return _weekday(point, anchor, anchors)
    if point.year is None and point.month is None and point.day is None and point.unit is not None and _free(point):
        return _relative(point, anchor, anchors)
    if point.month is not None and point.offset is not None and point.unit == "year":
        return _in_year(point, anchor)
    if point.day is not None and point.month is None:
        return _day_of_month(point, anchor)
    if point.month is not None:
        return _calendar(point, anchors)
    return _year_like(point, anchor, anchors)


def _free(point: TimePoint) -> bool:
    """Tell whether the point is nothing but a count of units (perhaps with a part of it)."""
    return point.part is None or point.part in _MONTH_PARTS or point.part in ("q1", "q2", "q3", "q4")


def _day(day: date) -> _Range:
    return _Range(day, day, day.isoformat(), "day")


def _unknown() -> _Range:
    return _Range(None, None, UNKNOWN_DAY, "day")


def _between(start: date, end: date, precision: WhenPrecision, edtf: str | None = None) -> _Range:
    return _Range(start, end, edtf or f"{start}/{end}", precision)


def _weekday(point: TimePoint, anchor: date | None, anchors: _Anchors) -> _Range:
    """Ground a weekday: the latest one not after the anchor; "last" is before it, "next" after it."""
    if anchor is None:
        return _unknown()
    assert point.weekday is not None
    if point.unit == "week":
        monday = anchor - _DAY * anchor.weekday() + _DAY * 7 * (point.offset or 0)
        return _day(monday + _DAY * point.weekday)
    back = (anchor.weekday() - point.weekday) % 7
    if point.part == "next" or (anchors.future and point.part != "last"):
        ahead = (point.weekday - anchor.weekday()) % 7
        return _day(anchor + _DAY * (ahead or (7 if point.part == "next" else 0)))
    weeks = -7 * (point.offset or 0)  # "two Fridays ago"
    return _day(anchor - _DAY * (weeks + (back or (7 if point.part == "last" else 0))))


def _relative(point: TimePoint, anchor: date | None, anchors: _Anchors) -> _Range:
    """Ground a count of units from the anchor."""
    if anchor is None:
        return _unknown()
    if point.unit == "minute":
        return _day(anchor)
    if point.vague:
        return _vague(point, anchor)
    if point.unit == "weekend":
        return _weekend(point.offset or 0, anchor, anchors.future)
    if point.unit == "hour":
        return _hours(point.offset or 0, anchor)
    if point.part is not None:
        return _part_of_unit(point, _shift(anchor, point))
    return _whole_unit(point, _shift(anchor, point), anchor)


def _vague(point: TimePoint, anchor: date) -> _Range:
    """Ground "several days ago": at least three days back, nobody says how many."""
    if point.unit == "hour":
        return _hours(point.offset or 0, anchor)
    bound = _shift(anchor, point)
    if (point.offset or 0) > 0:
        return _Range(bound, None, f"{bound}/..", "span")
    return _Range(None, bound, f"../{bound}", "span")


def _hours(offset: int, anchor: date) -> _Range:
    """Ground hours as the days that they can reach."""
    days = max(1, -(-abs(offset) // 24))
    other = anchor + _DAY * (days if offset > 0 else -days)
    start, end = min(anchor, other), max(anchor, other)
    return _between(start, end, "span")


def _whole_unit(point: TimePoint, day: date, anchor: date) -> _Range:
    if point.unit == "day":
        return _day(day)
    if point.unit == "week":
        return _week(point, day)
    if point.unit == "month":
        return _month(day.year, day.month)
    if point.unit == "decade":
        return _decade(day.year - day.year % 10, None)
    return _year(day.year)


def _week(point: TimePoint, day: date) -> _Range:
    """Return the calendar week (Monday to Sunday) of a day."""
    monday = day - _DAY * day.weekday()
    return _between(monday, monday + 6 * _DAY, "week")


def _weekend(offset: int, anchor: date, future: bool) -> _Range:
    """Return a Saturday and Sunday: the last that has begun, "last" the one that is over, "next" the coming one."""
    since_saturday = (anchor.weekday() - 5) % 7
    current = anchor - _DAY * since_saturday
    running = since_saturday < 2
    if offset < 0 and running:
        current -= 7 * _DAY
    if offset > 0 or (future and not running):
        current += 7 * _DAY
    return _between(current, current + _DAY, "span")


def _part_of_unit(point: TimePoint, day: date) -> _Range:
    part = point.part or ""
    if point.unit == "month":
        return _part_of_month(day.year, day.month, part)
    if point.unit == "year":
        return _part_of_year(day.year, part)
    if point.unit == "decade":
        return _decade(day.year - day.year % 10, part)
    monday = day - _DAY * day.weekday()
    start, end = {"early": (0, 2), "mid": (1, 3), "late": (3, 6)}.get(part, (0, 6))
    return _approximate(monday + start * _DAY, monday + end * _DAY)


def _shift(anchor: date, point: TimePoint) -> date:
    """Move a day by the point's count of units."""
    count = point.offset or 0
    if point.unit == "minute":
        return anchor
    if point.unit == "hour":
        return anchor + _DAY * (-(-abs(count) // 24)) * (1 if count > 0 else -1)
    if point.unit in ("day", "week", "weekend"):
        return anchor + _DAY * count * (1 if point.unit == "day" else 7)
    months = count * {"month": 1, "season": 3, "decade": 120}.get(point.unit or "", 12)
    index = anchor.year * 12 + anchor.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(anchor.day, monthrange(year, month + 1)[1]))


def _in_year(point: TimePoint, anchor: date | None) -> _Range:
    """Ground "July 27 last year"."""
    if anchor is None:
        return _calendar(replace(point, unit=None, offset=None), _Anchors(None, None, False))
    year = anchor.year + (point.offset or 0)
    return _calendar(replace(point, year=year, unit=None, offset=None), _Anchors(anchor, None, False))


def _day_of_month(point: TimePoint, anchor: date | None) -> _Range:
    """Ground "the 27th" (of the month that the text speaks of) and "the 27th of last month"."""
    if anchor is None:
        return _Range(None, None, f"XXXX-XX-{point.day:02d}", "day")
    there = _shift(anchor, replace(point, day=None))
    return _day(date(there.year, there.month, point.day or 1))


# --- calendar dates -------------------------------------------------------------------------------------------------


def _calendar(point: TimePoint, anchors: _Anchors) -> _Range:
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
        return _Range(None, None, f"XXXX-{point.month:02d}{day}{approximate}", "day" if point.day else "month")
    if point.day:
        return _day(date(year, point.month, point.day))
    return _part_of_month(year, point.month, point.part) if point.part else _month(year, point.month)


def _either(point: TimePoint, anchors: _Anchors) -> _Range:
    """Ground 03/04/2024: 4 March or 3 April, the words do not say which."""
    year = _stated_year(point, anchors)
    if year is None or point.month is None or point.day is None:
        return _unknown()
    days = sorted((date(year, point.month, point.day), date(year, point.day, point.month)))
    return _Range(days[0], days[1], f"[{days[0]},{days[1]}]", "span")


def _stated_year(point: TimePoint, anchors: _Anchors) -> int | None:
    """Return the stated year; a short one is the latest not after the next year, or else in 1950-2049."""
    if point.year is None or point.year >= 100:
        return point.year
    if anchors.now is None:
        return point.year + (1900 if point.year >= _SHORT_YEAR_PIVOT else 2000)
    limit = anchors.now.year + 1
    return limit - (limit - point.year) % 100


def _fitting_year(point: TimePoint, anchors: _Anchors) -> int | None:
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


def _month(year: int, month: int) -> _Range:
    return _between(
        date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month", f"{year:04d}-{month:02d}"
    )


def _part_of_month(year: int, month: int, part: str) -> _Range:
    start, end = _MONTH_PARTS.get(part, (1, 31))
    last = monthrange(year, month)[1]
    if part == "week_last":
        start = last - 6
    return _approximate(date(year, month, start), date(year, month, min(end, last)))


def _approximate(start: date, end: date) -> _Range:
    return _between(start, end, "span", f"{start}~/{end}~")


# --- years ----------------------------------------------------------------------------------------------------------


def _year_like(point: TimePoint, anchor: date | None, anchors: _Anchors) -> _Range:
    year = point.year
    if year is None and point.offset is not None and anchor is not None:
        year = anchor.year + point.offset
    if year is not None and point.unit == "decade":
        return _decade(year, point.part)
    if year is None and point.part is not None and anchors.now is not None and point.offset is None:
        year = _season_year(point.part, anchors)
    if year is None:
        code = _EDTF_PARTS.get(point.part or "")
        return _Range(None, None, f"XXXX-{code}" if code else "XXXX", "season" if point.part else "year")
    return _part_of_year(year, point.part) if point.part else _year(year)


def _season_year(part: str, anchors: _Anchors) -> int:
    """Return the latest year whose season had begun at the anchor (the next one when planned)."""
    assert anchors.now is not None
    begun = _part_of_year(anchors.now.year, part)
    assert begun.earliest is not None
    assert begun.latest is not None
    if anchors.future:
        return anchors.now.year + (begun.latest < anchors.now)
    return anchors.now.year - (begun.earliest > anchors.now)


def _year(year: int) -> _Range:
    return _between(date(year, 1, 1), date(year, 12, 31), "year", f"{year:04d}")


def _part_of_year(year: int, part: str) -> _Range:
    """Return a season, half, quarter or third of a year. Winter is the one that begins in December of the year."""
    if part == "winter":
        end = date(year + 1, 2, monthrange(year + 1, 2)[1])
        return _between(date(year, 12, 1), end, "season", f"{year:04d}-24")
    if part.startswith("week"):
        return _part_of_month(year, _YEAR_PARTS[part][0], part)
    first, last = _YEAR_PARTS[part]
    code = _EDTF_PARTS.get(part)
    edtf = f"{year:04d}-{code}" if code else f"{year:04d}-{first:02d}~/{year:04d}-{last:02d}~"
    return _between(date(year, first, 1), date(year, last, monthrange(year, last)[1]), "season", edtf)


def _decade(year: int, part: str | None) -> _Range:
    """Return ten years, or a third of them."""
    first, last = {"early": (0, 3), "mid": (3, 6), "late": (6, 9)}.get(part or "", (0, 9))
    edtf = f"{year // 10}X" if not part else f"{year + first}~/{year + last}~"
    return _between(date(year + first, 1, 1), date(year + last, 12, 31), "span", edtf)
