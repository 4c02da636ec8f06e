"""Room 5, days in figures: which of the two of "11/08" is the day, where the text itself says so elsewhere.

Door: `ordered(times, text)`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportedly.model.quick import replace
from reportedly.model.time_mention import TimeMention

_FIGURES = re.compile(r"(\d{1,2})[-/](\d{1,2})(?!\d)")
_MONTHS = 12


def ordered(times: Sequence[TimeMention], text: str) -> tuple[TimeMention, ...]:
    """The times, those that may be two days read as the others of the text are written ("since 23/10 ... on 11/08")."""
    if not any(t.first.swap for t in times):
        return tuple(times)
    first = {day_first for t in times if (day_first := _day_first(text[t.start : t.end])) is not None}
    return tuple(_read(t, day_first=True in first) if len(first) == 1 and t.first.swap else t for t in times)


def _day_first(words: str) -> bool | None:
    """Tell whether the day stands before the month, where only one order names a day."""
    found = _FIGURES.search(words)
    one, other = (int(found[1]), int(found[2])) if found is not None else (0, 0)
    return one > _MONTHS if (one > _MONTHS) != (other > _MONTHS) else None


def _read(time: TimeMention, *, day_first: bool) -> TimeMention:
    """The time in one order; as read from the text, the first figure is the month."""
    point = time.first
    month, day = (point.day, point.month) if day_first else (point.month, point.day)
    return replace(time, first=replace(point, month=month, day=day, swap=False))
