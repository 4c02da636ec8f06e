"""Steps of an axis: degrees of a map, days of a timeline. The fewest round steps that still tell."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Unit = Literal["day", "week", "month", "quarter", "year"]
DEGREES = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0)
KILOMETRES = (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
DAYS: dict[Unit, int] = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}


def degree_step(span: float, most: int = 9) -> float:
    """Return the smallest step in degrees that gives at most so many lines."""
    return next((step for step in DEGREES if span / step <= most), DEGREES[-1])


def ticks(low: float, high: float, step: float) -> list[float]:
    """Return the multiples of the step from low to high."""
    return [round(n * step, 1) for n in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def degrees(value: float, plus: str, minus: str) -> str:
    """Return a longitude or latitude with its half of the world."""
    return f"{abs(value):g}° {plus if value > 0 else minus if value < 0 else ''}".strip()


@dataclass(frozen=True, slots=True)
class Bin:
    """A stretch of the calendar: its first and last day."""

    first: date
    last: date


def unit_for(first: date, last: date, most: int) -> Unit:
    """Return the smallest unit of which at most so many lie between two days."""
    days = (last - first).days + 1
    return next((unit for unit, length in DAYS.items() if days / length <= most), "year")


def bins(first: date, last: date, unit: Unit) -> Iterator[Bin]:
    """Yield the days, weeks (from Monday), months, quarters or years that cover the time from first to last."""
    start = floor(first, unit)
    while start <= last:
        after = _after(start, unit)
        if after is None:
            yield Bin(start, date.max)
            return
        yield Bin(start, after - timedelta(days=1))
        start = after


def floor(day: date, unit: Unit) -> date:
    """Return the first day of the unit in which a day lies."""
    if unit == "week":
        return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
    if unit == "month":
        return day.replace(day=1)
    if unit == "quarter":
        return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return day if unit == "day" else date(day.year, 1, 1)


def _after(start: date, unit: Unit) -> date | None:
    """Return the first day of the next unit; None at the end of the calendar."""
    try:
        if unit in ("day", "week"):
            return start + timedelta(days=DAYS[unit] if unit == "day" else 7 - start.weekday())
        months = {"month": 1, "quarter": 3}.get(unit, 12)
        years, month = divmod(start.month - 1 + months, 12)
        return date(start.year + years, month + 1, 1)
    except (OverflowError, ValueError):
        return None


def bin_words(one: Bin, unit: Unit) -> str:
    """Return a stretch of the calendar as a person writes it."""
    if unit == "year":
        return f"{one.first.year:04d}"
    if unit == "quarter":
        return f"{one.first.year:04d}, quarter {(one.first.month - 1) // 3 + 1}"
    if unit == "month":
        return f"{MONTHS[one.first.month - 1]} {one.first.year:04d}"
    return one.first.isoformat() if unit == "day" else f"week of {one.first.isoformat()}"


def tick_words(day: date, unit: Unit) -> str:
    """Return the short name of an axis step."""
    if unit == "year":
        return f"{day.year:04d}"
    if unit in ("month", "quarter"):
        return f"{MONTHS[day.month - 1]} {day.year:04d}" if day.month == 1 else MONTHS[day.month - 1]
    return f"{day.day} {MONTHS[day.month - 1]}"


# Not the computer's language: drawings are the same everywhere.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
