"""Room 4, listed entries: what heads the entries of a list, a place ("Kidal: Two men ...") with or without a day before
it ("2 Aug, Mandalay, Madaya: Rebels ...").

Door: `listed_entries(text, reading)`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import takewhile

from reportedly.claims.view import Entry
from reportedly.model import PlaceRef, When
from reportedly.model.labels import Label
from reportedly.model.reading import Reading


def listed_entries(text: str, reading: Reading) -> list[Entry]:
    """The entries of the text that places head, in text order."""
    return [Entry(n.end, _place(text, n, reading.places), _day(n, reading)) for n in reading.labels]


def _place(text: str, label: Label, places: Sequence[PlaceRef]) -> PlaceRef:
    """The place of an entry: the first, or after commas the last that is a part of the same region ("Gao, Ansongo")."""
    found = places[label.name]
    if not label.dated:
        return found
    inside = takewhile(lambda p: p.span.end <= label.end, places[label.name + 1 :])
    known = [p for p in inside if p.lat is not None and text[p.span.start - 2 : p.span.start] == ", "]
    parts = [p for p in known if found.precision in _WIDE or (p.admin1 == found.admin1 and p.precision == "point")]
    return next((p for p in reversed(parts) if p.country == found.country and p.precision not in _WIDE), found)


_WIDE = frozenset({"region", "country", "unresolved"})


def _day(label: Label, reading: Reading) -> When | None:
    """The day before the place that heads an entry."""
    if not label.dated:
        return None
    first = bisect_left(reading.times, label.start, key=lambda t: t.when.span.start)
    times = takewhile(lambda t: t.when.span.start < label.end, reading.times[first:])
    return next((t.when for t in times if t.event_day), None)
