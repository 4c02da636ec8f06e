"""Room 4, stamped entries: a page that tells as it goes puts the clock before each entry ("16:42 A drone hit a car").

Doors: `entry_days(document)`, `entry_day`, and `entry_starts` for where the entries begin. Where the clock runs one way
through the page, each entry was written on the day that the page bears; where it crosses midnight, nobody knows which
entry is of which day.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from reportedly.model import Document, Span, When

_STAMP = re.compile(
    r"[^\w\n]{0,4}(?:(?:UPD|UPDATE|Update|Updated)\b[ :.]*)?([01]?\d|2[0-3])[:.h]([0-5]\d)"
    r"(?:[ \u00a0]?([ap])\.?m\b\.?)?(?![\d:.]\d)"
)
_FEWEST = 2


def entry_days(document: Document) -> list[tuple[int, When]]:
    """The starts of the entries of a page, each with its day; none where the page is no such page or bears no day."""
    day = document.published_on
    if day is None:
        return []
    stamps = _stamps(document)
    spans = [Span.of(document.text, m.start(1), m.end(2)) for m in stamps]
    days = [When(s, day, day, day.isoformat(), "day", "publication") for s in spans]
    return [(m.start(), when) for m, when in zip(stamps, days, strict=True)]


def entry_starts(document: Document) -> list[int]:
    """Where the entries of a page begin; none where the page is no such page."""
    return [m.start() for m in _stamps(document)]


def _stamps(document: Document) -> list[re.Match[str]]:
    found = [m for p in document.paragraphs if (m := _STAMP.match(document.text, p.start, p.end)) is not None]
    clocks = [_minutes(m) for m in found]
    return found if len(found) >= _FEWEST and (_runs(clocks) or _runs(clocks[::-1])) else []


def entry_day(entries: Sequence[tuple[int, When]], start: int) -> When | None:
    """The day of the entry in which a position lies."""
    number = bisect_right([at for at, _ in entries], start)
    return entries[number - 1][1] if number else None


def _minutes(stamp: re.Match[str]) -> int:
    hour = int(stamp[1])
    if stamp[3] is not None:
        hour = hour % 12 + (12 if stamp[3] == "p" else 0)
    return hour * 60 + int(stamp[2])


def _runs(clocks: Sequence[int]) -> bool:
    return all(a <= b for a, b in pairwise(clocks))
