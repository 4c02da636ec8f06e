"""Room 5, ranges: days, months, years and their parts as ranges of days with EDTF form and precision."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from reportedly.model.when import WhenPrecision

UNKNOWN_DAY = "XXXX-XX-XX"
_YEAR_PARTS = {
    "early": (1, 4), "mid": (5, 8), "late": (9, 12), "first_half": (1, 6), "second_half": (7, 12),
    "q1": (1, 3), "q2": (4, 6), "q3": (7, 9), "q4": (10, 12), "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11),
    "week1": (1, 1), "week2": (1, 1), "week3": (1, 1), "week4": (1, 1), "week_last": (12, 12),
}  # fmt: skip
EDTF_PARTS = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24, "q1": 33, "q2": 34, "q3": 35, "q4": 36,
              "first_half": 40, "second_half": 41}  # fmt: skip
MONTH_PARTS = {
    "early": (1, 10), "mid": (11, 20), "late": (21, 31), "first_half": (1, 15), "second_half": (16, 31),
    "week1": (1, 7), "week2": (8, 14), "week3": (15, 21), "week4": (22, 28), "week_last": (25, 31),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Range:
    """A range of days, None where an end is not known, with its EDTF form and precision."""

    earliest: date | None
    latest: date | None
    edtf: str
    precision: WhenPrecision


def one_day(day: date) -> Range:
    """Return a day."""
    return Range(day, day, day.isoformat(), "day")


def unknown() -> Range:
    """Return a day that nobody knows."""
    return Range(None, None, UNKNOWN_DAY, "day")


def between(start: date, end: date, precision: WhenPrecision, edtf: str | None = None) -> Range:
    """Return the days from one to another."""
    return Range(start, end, edtf or f"{start}/{end}", precision)


def whole_month(year: int, month: int) -> Range:
    """Return a month."""
    return between(
        date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month", f"{year:04d}-{month:02d}"
    )


def part_of_month(year: int, month: int, part: str) -> Range:
    """Return a third, half or week of a month."""
    start, end = MONTH_PARTS.get(part, (1, 31))
    last = monthrange(year, month)[1]
    if part == "week_last":
        start = last - 6
    return approximate(date(year, month, start), date(year, month, min(end, last)))


def approximate(start: date, end: date) -> Range:
    """Return the days from about one to about another."""
    return between(start, end, "span", f"{start}~/{end}~")


def whole_year(year: int) -> Range:
    """Return a year."""
    return between(date(year, 1, 1), date(year, 12, 31), "year", f"{year:04d}")


def part_of_year(year: int, part: str) -> Range:
    """Return a season, half, quarter or third of a year. Winter is the one that begins in December of the year."""
    if part == "winter":
        end = date(year + 1, 2, monthrange(year + 1, 2)[1])
        return between(date(year, 12, 1), end, "season", f"{year:04d}-24")
    if part.startswith("week"):
        return part_of_month(year, _YEAR_PARTS[part][0], part)
    first, last = _YEAR_PARTS[part]
    code = EDTF_PARTS.get(part)
    edtf = f"{year:04d}-{code}" if code else f"{year:04d}-{first:02d}~/{year:04d}-{last:02d}~"
    return between(date(year, first, 1), date(year, last, monthrange(year, last)[1]), "season", edtf)


def decade(year: int, part: str | None) -> Range:
    """Return ten years, or a third of them."""
    first, last = {"early": (0, 3), "mid": (3, 6), "late": (6, 9)}.get(part or "", (0, 9))
    edtf = f"{year // 10}X" if not part else f"{year + first}~/{year + last}~"
    return between(date(year + first, 1, 1), date(year + last, 12, 31), "span", edtf)
