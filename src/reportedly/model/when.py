"""A reported time: a range of days with its precision and how it was obtained. Never a bare date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from reportedly.model.quick import quick
from reportedly.model.span import Span

WhenPrecision = Literal["day", "span", "week", "month", "season", "year"]
Basis = Literal["stated", "relative", "publication"]


@quick
@dataclass(frozen=True, slots=True)
class When:
    """Words that name a time. With no year known, `earliest` and `latest` are None and `edtf` says `XXXX-07-27`.

    `edtf` is ISO 8601-2 (extended date/time format); `basis` says whether the text states the date, gives it
    relative to another, or only the publication date is known.
    """

    span: Span
    earliest: date | None
    latest: date | None
    edtf: str
    precision: WhenPrecision
    basis: Basis


# Names of months in English, whatever the machine's language.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def days_words(when: When | None) -> str:
    """Return a time in words, no sharper than it is known; a day of publication is the last that it can have been.

    >>> days_words(When(Span(0, 0, ""), date(2024, 5, 3), date(2024, 5, 5), "2024-05-03/2024-05-05", "span", "stated"))
    '3–5 May 2024'
    """
    if when is None:
        return "date not stated"
    if when.earliest is None or when.latest is None:
        return _open_words(when.edtf) or "date not stated"
    if when.basis == "publication":
        return f"by {day_words(when.latest)}"
    return span_words(when.earliest, when.latest)


def day_words(day: date) -> str:
    """Return a day in words.

    >>> day_words(date(2024, 7, 27))
    '27 July 2024'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def span_words(first: date, last: date) -> str:
    """Return the days from first to last in words: whole years and months by their names.

    >>> span_words(date(2024, 7, 1), date(2024, 7, 31)), span_words(date(2023, 12, 30), date(2024, 1, 2))
    ('July 2024', '30 December 2023 – 2 January 2024')
    """
    if first == last:
        return day_words(first)
    if _whole_months(first, last):
        return _months_words(first, last)
    if first.year != last.year:
        return f"{day_words(first)} – {day_words(last)}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} – {day_words(last)}"
    return f"{first.day}–{day_words(last)}"


def _whole_months(first: date, last: date) -> bool:
    return first.day == 1 and (last + timedelta(days=1)).day == 1 if last < date.max else False


def _months_words(first: date, last: date) -> str:
    """Return whole months in words."""
    if (first.month, last.month) == (1, 12):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    end = f"{MONTHS[last.month - 1]} {last.year}"
    if first.year != last.year:
        return f"{MONTHS[first.month - 1]} {first.year} – {end}"
    return end if first.month == last.month else f"{MONTHS[first.month - 1]}–{end}"


def _open_words(edtf: str) -> str:
    """Return a time of which only a part is known: one end, or the day of an unknown year."""
    if edtf == "XXXX-XX-XX":
        return ""
    if edtf.startswith("XXXX-"):
        return f"{_part_words(edtf.removeprefix('XXXX-'))} (year not stated)"
    start, slash, end = edtf.partition("/")
    if slash and start in ("", ".."):
        return f"by {_part_words(end)}"
    if slash and end in ("", ".."):
        return f"from {_part_words(start)}"
    return edtf


def _part_words(part: str) -> str:
    """Return a day, a month, a year, or a day of no year in words; as it is written where it is none of these."""
    numbers = [int(one) for one in part.split("-") if one.isdigit()]
    if len(numbers) != part.count("-") + 1 or not part:
        return part
    year, *rest = numbers if numbers[0] > 31 else (0, *numbers)
    if any(not 1 <= one <= limit for one, limit in zip(rest, (12, 31), strict=False)):
        return part
    words = [*map(str, rest[1:]), *(MONTHS[month - 1] for month in rest[:1]), *([str(year)] if year else [])]
    return " ".join(words)
