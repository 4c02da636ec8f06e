"""Room 5, times: anchor a time mention to the calendar, as a range of days with its precision and basis.

Door: `ground_time` and `from_publication`. Publication and dateline anchor "Tuesday" and "yesterday", the text's own
last date anchors "two days earlier". The past is meant by default. Without an anchor no day is made up.
Parts of a year that have no borders of their own ("late 2021") take thirds of the year and precision `season`; parts of
a month take thirds of the month and precision `span`; both are marked approximate (`~`) in EDTF.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

from reportedly.grounding.calendar_dates import Anchors, calendar_date, year_like
from reportedly.grounding.ranges import (
    MONTH_PARTS,
    UNKNOWN_DAY,
    Range,
    approximate,
    between,
    decade,
    one_day,
    part_of_month,
    part_of_year,
    unknown,
    whole_month,
    whole_year,
)
from reportedly.model.quick import replace
from reportedly.model.span import Span
from reportedly.model.time_mention import TimeMention, TimePoint
from reportedly.model.when import Basis, When

_DAY = timedelta(days=1)
_RELATIVE = frozenset({"weekday", "weekend", "relative", "duration"})


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
    anchors = Anchors(dateline or published, narrative, future)
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


def _ground(mention: TimeMention, anchors: Anchors) -> Range | None:
    if mention.kind == "recurring" or (mention.kind == "duration" and mention.last is None):
        return None
    if mention.kind in ("since", "until"):
        return _open(mention, anchors)
    anchor = anchors.narrative if mention.anchor == "narrative" else anchors.now
    first = _point(mention.first, anchor, anchors)
    if mention.last is None:
        return first
    return _join(mention, first, anchor, anchors)


def _open(mention: TimeMention, anchors: Anchors) -> Range | None:
    """Read "since X" as X to the anchor day, "until X" as everything up to X."""
    inner = _ground(replace(mention, kind=mention.inner or "date"), anchors)
    if inner is None:
        return None
    if mention.kind == "since":
        start = _edtf_start(inner)
        end = anchors.now if inner.earliest and anchors.now and anchors.now >= inner.earliest else None
        return Range(inner.earliest, end, f"{start}/{end.isoformat() if end else '..'}", "span")
    return Range(None, inner.latest, f"../{_edtf_end(inner)}", "span")


def _edtf_start(found: Range) -> str:
    return found.edtf.split("/")[0]


def _edtf_end(found: Range) -> str:
    return found.edtf.split("/")[-1]


def _join(mention: TimeMention, first: Range, anchor: date | None, anchors: Anchors) -> Range:
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
        return unknown()  # one end has a year and the other cannot have one before it
    if first.earliest is None or last.latest is None:
        return unknown() if UNKNOWN_DAY in edtf else Range(None, None, edtf, "span")
    return Range(min(first.earliest, last.latest), last.latest, edtf, "span")


def _leading(point: TimePoint, end: date, anchor: date | None) -> Range | None:
    """Ground the first end of a range as the latest such time before its last end."""
    if point.weekday is not None:
        return one_day(end - _DAY * ((end.weekday() - point.weekday) % 7 or 7))
    if point.offset is not None:
        return None
    return _point(point, anchor, Anchors(end - _DAY, None, False))


def _lasting(first: TimePoint, last: TimePoint, anchor: date | None) -> Range:
    """Ground "the past three days": from the anchor as far as is said; a vague far end stays open."""
    if anchor is None:
        return unknown()
    forward = bool(last.offset)
    point = last if forward else first
    far = _shift(anchor, point)
    if point.unit == "minute":
        return one_day(anchor)
    if point.vague and point.unit == "hour":
        point = replace(point, vague=False)  # "the past few hours" may cross midnight and reach no further
        far = _shift(anchor, replace(point, unit="day", offset=1 if forward else -1))
    if point.vague:
        return Range(far, None, f"{far}/..", "span") if forward else Range(None, anchor, f"../{anchor}", "span")
    start, end = (anchor, far) if forward else (far, anchor)
    return Range(start, end, f"{start}/{end}", "span")


def _point(point: TimePoint, anchor: date | None, anchors: Anchors) -> Range:
    if point.weekday is not None:
        return _weekday(point, anchor, anchors)
    if point.year is None and point.month is None and point.day is None and point.unit is not None and _free(point):
        return _relative(point, anchor, anchors)
    if point.month is not None and point.offset is not None and point.unit == "year":
        return _in_year(point, anchor)
    if point.day is not None and point.month is None:
        return _day_of_month(point, anchor, anchors.now)
    if point.month is not None:
        return calendar_date(point, anchors)
    return year_like(point, anchor, anchors)


def _free(point: TimePoint) -> bool:
    """Tell whether the point is nothing but a count of units (perhaps with a part of it)."""
    return point.part is None or point.part in MONTH_PARTS or point.part in ("q1", "q2", "q3", "q4")


def _weekday(point: TimePoint, anchor: date | None, anchors: Anchors) -> Range:
    """Ground a weekday: the latest one not after the anchor; "last" is before it, "next" after it."""
    if anchor is None:
        return unknown()
    assert point.weekday is not None
    if point.unit == "week":
        monday = anchor - _DAY * anchor.weekday() + _DAY * 7 * (point.offset or 0)
        return one_day(monday + _DAY * point.weekday)
    back = (anchor.weekday() - point.weekday) % 7
    if point.part == "next" or (anchors.future and point.part != "last"):
        ahead = (point.weekday - anchor.weekday()) % 7
        return one_day(anchor + _DAY * (ahead or (7 if point.part == "next" else 0)))
    weeks = -7 * (point.offset or 0)  # "two Fridays ago"
    return one_day(anchor - _DAY * (weeks + (back or (7 if point.part == "last" else 0))))


_SOME = {"month": Range(None, None, "XXXX-XX", "month"), "year": Range(None, None, "XXXX", "year")}


def _relative(point: TimePoint, anchor: date | None, anchors: Anchors) -> Range:
    """Ground a count of units from the anchor; "the month before" nobody knows when is some month."""
    if anchor is None:
        return _SOME.get(point.unit or "") or unknown()
    if point.unit == "minute":
        return one_day(anchor)
    if point.vague:
        return _vague(point, anchor)
    if point.unit == "weekend":
        return _weekend(point.offset or 0, anchor, anchors.future)
    if point.unit == "hour":
        return _hours(point.offset or 0, anchor)
    if point.part is not None:
        return _part_of_unit(point, _shift(anchor, point))
    return _whole_unit(point, _shift(anchor, point), anchor)


def _vague(point: TimePoint, anchor: date) -> Range:
    """Ground "several days ago": at least three days back, nobody says how many."""
    if point.unit == "hour":
        return _hours(point.offset or 0, anchor)
    bound = _shift(anchor, point)
    if (point.offset or 0) > 0:
        return Range(bound, None, f"{bound}/..", "span")
    return Range(None, bound, f"../{bound}", "span")


def _hours(offset: int, anchor: date) -> Range:
    """Ground hours as the days that they can reach."""
    days = max(1, -(-abs(offset) // 24))
    other = anchor + _DAY * (days if offset > 0 else -days)
    start, end = min(anchor, other), max(anchor, other)
    return between(start, end, "span")


def _whole_unit(point: TimePoint, day: date, anchor: date) -> Range:
    if point.unit == "day":
        return one_day(day)
    if point.unit == "week":
        return _week(point, day)
    if point.unit == "month":
        return whole_month(day.year, day.month)
    if point.unit == "decade":
        return decade(day.year - day.year % 10, None)
    return whole_year(day.year)


def _week(point: TimePoint, day: date) -> Range:
    """Return the calendar week (Monday to Sunday) of a day."""
    monday = day - _DAY * day.weekday()
    return between(monday, monday + 6 * _DAY, "week")


def _weekend(offset: int, anchor: date, future: bool) -> Range:
    """Return a Saturday and Sunday: the last that has begun, "last" the one that is over, "next" the coming one."""
    since_saturday = (anchor.weekday() - 5) % 7
    current = anchor - _DAY * since_saturday
    running = since_saturday < 2
    if offset < 0 and running:
        current -= 7 * _DAY
    if offset > 0 or (future and not running):
        current += 7 * _DAY
    return between(current, current + _DAY, "span")


def _part_of_unit(point: TimePoint, day: date) -> Range:
    part = point.part or ""
    if point.unit == "month":
        return part_of_month(day.year, day.month, part)
    if point.unit == "year":
        return part_of_year(day.year, part)
    if point.unit == "decade":
        return decade(day.year - day.year % 10, part)
    monday = day - _DAY * day.weekday()
    start, end = {"early": (0, 2), "mid": (1, 3), "late": (3, 6)}.get(part, (0, 6))
    return approximate(monday + start * _DAY, monday + end * _DAY)


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


def _in_year(point: TimePoint, anchor: date | None) -> Range:
    """Ground "July 27 last year"."""
    if anchor is None:
        return calendar_date(replace(point, unit=None, offset=None), Anchors(None, None, False))
    year = anchor.year + (point.offset or 0)
    return calendar_date(replace(point, year=year, unit=None, offset=None), Anchors(anchor, None, False))


def _day_of_month(point: TimePoint, anchor: date | None, now: date | None) -> Range:
    """Ground "the 27th", the one not after the report that is closest to the day that the text speaks of, or else to
    the report; and "the 27th of last month"."""
    base = anchor if point.offset else anchor or now
    months = (point.offset,) if point.offset else (0, -1, 1)
    days = [d for n in months if base is not None and (d := _such_day(base, point.day or 0, n)) is not None]
    days = [d for d in days if point.offset or now is None or d <= now]
    if base is None or not days:
        return Range(None, None, f"XXXX-XX-{point.day:02d}", "day")
    return one_day(min(days, key=lambda d: abs(d - base)))


def _such_day(base: date, day: int, months: int) -> date | None:
    """That day of a month so many months away, if it has one."""
    year, month = divmod(base.year * 12 + base.month - 1 + months, 12)
    fits = MINYEAR <= year <= MAXYEAR and 0 < day <= monthrange(year, month + 1)[1]
    return date(year, month + 1, day) if fits else None
