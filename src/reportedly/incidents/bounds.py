"""Room 6, bounds: the most that a pair of claims can score, for whole blocks at once. Door: `Table(told).sift(...)`.

A bound is never below the score, so sifting by it changes no result; it saves scoring pairs that cannot reach the
threshold. Sets (actors, victims, figures, countries) are held as 64 bits: no bit in common, nothing in common.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from reportedly.incidents.occasion import FAR_KM, NEAR_KM
from reportedly.incidents.outlines import Outline, What
from reportedly.incidents.scoring import same_toll, types

# Towns further apart than this, in degrees north, are not compared: 60 km are 0.54.
FAR_DEGREES = 0.6
_CHUNK = 128
_NEVER = -99.0
# Beyond this latitude a flat map is no guide.
_POLAR = 75.0
_AREAS = frozenset({"region", "district"})
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Table:
    """Outlines as columns."""

    def __init__(self, told: Sequence[Outline]) -> None:
        self._size = len(told)
        self._types, self._weights = _types(told)
        self._document = _codes(told, lambda o: o.document)
        self._place = _codes(told, lambda o: o.spot.key if o.spot is not None else (o.id,))
        self._name = _codes(told, lambda o: o.spot.name if o.spot is not None else (o.id,))
        self._start = np.array([o.start for o in told], dtype=np.int64)
        self._first = _column(told, lambda o: o.days.first)
        self._last = _column(told, lambda o: o.days.last)
        self._stated = np.array([o.days.stated for o in told])
        self._exact = np.array([o.days.exact for o in told])
        self._lat = _column(told, lambda o: o.spot.lat if o.spot is not None and o.sharp else None)
        self._lon = _column(told, lambda o: o.spot.lon if o.spot is not None and o.sharp else None)
        self._area = np.array([o.spot is not None and o.spot.precision in _AREAS for o in told])
        self._nowhere = np.array([o.spot is None for o in told])
        self._landed = np.array([o.spot is not None and o.spot.country is not None for o in told])
        self._countries = _bits(told, lambda o: o.people.countries)
        self._known = _bits(told, lambda o: o.people.known)
        self._several = np.array([len(o.people.known) > 1 for o in told])
        self._kinds = _bits(told, lambda o: (f"{side}{kind}" for side, kinds in _sided(o) for kind in kinds))
        self._harmed = _bits(told, lambda o: o.people.harmed)
        self._figures = _bits(told, lambda o: (f"{c.outcome} {c.figure}" for c in o.counts if c.figure is not None))
        self._toll = np.array(
            [max((same_toll(c.figure) for c in o.counts if c.figure is not None), default=0.0) for o in told],
            dtype=np.float32,
        )
        self._counted = np.array([bool(o.counts) for o in told])

    def sift(self, members: Ints, firsts: Ints, lasts: Ints, least: float) -> Iterator[Ints]:
        """Yield the pairs of a block (sorted by `firsts`) whose stretches overlap and that may score `least`."""
        for start in range(0, len(members), _CHUNK):
            stop = min(start + _CHUNK, len(members))
            end = int(np.searchsorted(firsts, lasts[start:stop].max(), side="right"))
            rows, columns = np.arange(start, stop), np.arange(start + 1, max(end, start + 1))
            beside = (columns[None, :] > rows[:, None]) & (firsts[columns][None, :] <= lasts[rows][:, None])
            one, other = np.nonzero(beside)
            a, b = members[rows[one]], members[columns[other]]
            high = self._bound(a, b) >= least - 1e-3
            a, b = a[high], b[high]
            if len(a):
                yield np.minimum(a, b) * self._size + np.maximum(a, b)

    def pairs(self, rows: Ints, columns: Ints, least: float) -> Iterator[tuple[int, int]]:
        """Yield the pairs of a row and a column that may score `least`, whatever blocks they stand in."""
        for start in range(0, len(rows), _CHUNK):
            some = rows[start : start + _CHUNK]
            a, b = np.repeat(some, len(columns)), np.tile(columns, len(some))
            high = self._bound(a, b) >= least - 1e-3
            yield from zip(a[high].tolist(), b[high].tolist(), strict=True)

    def _bound(self, a: Ints, b: Ints) -> Floats:
        """The most that each pair can score."""
        same_text = self._document[a] == self._document[b]
        bound = self._weights[self._types[a], self._types[b]]
        bound = bound + self._times(a, b, same_text) + self._places(a, b, same_text)
        several = self._several[a] & self._several[b]
        unlike = np.where(self._kinds[a] & self._kinds[b], 0.5, np.where(several, -1.0, 0.0))
        bound += np.where(self._known[a] & self._known[b], np.where(several, 1.8, 0.9), unlike)
        bound += np.where(self._harmed[a] & self._harmed[b], 0.7, 0.0)
        both = np.where(self._counted[a] & self._counted[b], 0.3, 0.0)
        shared = (self._figures[a] & self._figures[b]) != 0
        bound += np.where(shared, np.maximum(np.minimum(self._toll[a], self._toll[b]), both), both)
        return np.asarray(bound + np.where(same_text, 1.5, 0.0), dtype=np.float32)

    def _times(self, a: Ints, b: Ints, same_text: NDArray[np.bool_]) -> Floats:
        gap = np.maximum(self._first[a], self._first[b]) - np.minimum(self._last[a], self._last[b])
        lag = np.abs(self._last[a] - self._last[b])
        stated, both = self._stated[a] | self._stated[b], self._stated[a] & self._stated[b]
        exact = self._exact[a] & self._exact[b]
        told = np.where(gap <= 0, np.where(exact, 2.0, 1.0), np.where(gap == 1, -1.0, np.where(exact, _NEVER, -4.0)))
        untold = np.where(lag == 0, 1.5, np.where(lag == 1, 0.3, np.where(lag == 2, -1.3, -2.0)))
        untold = np.where(gap > 0, -4.0, np.where(same_text, np.maximum(untold, 0.5), untold))
        half = np.where(gap <= 0, 1.3, 0.0)
        known = np.where(both, told, np.where(stated, half, untold))
        return np.asarray(np.where(np.isnan(gap), 2.0, known), dtype=np.float32)

    def _places(self, a: Ints, b: Ints, same_text: NDArray[np.bool_]) -> Floats:
        points = ~np.isnan(self._lat[a]) & ~np.isnan(self._lat[b])
        area = self._area[a] | self._area[b]
        bound = np.where(points, self._distances(a, b), np.where(area, 1.0, 0.3))
        foreign = ((self._countries[a] & self._countries[b]) == 0) & (self._countries[a] != 0)
        foreign &= self._countries[b] != 0
        nowhere = self._nowhere[a] | self._nowhere[b]
        # Without two places, actors of other countries speak against; with two, other countries forbid.
        bound = np.where(foreign & nowhere, np.where(same_text, 0.0, -1.0), bound)
        bound = np.where(foreign & self._landed[a] & self._landed[b], _NEVER, bound)
        far = np.abs(self._lat[a] - self._lat[b]) > FAR_DEGREES + 1e-3
        bound = np.where((self._place[a] == self._place[b]) | (self._name[a] == self._name[b]), 2.3, bound)
        return np.asarray(np.where(far, _NEVER, bound), dtype=np.float32)

    def _distances(self, a: Ints, b: Ints) -> Floats:
        """By kilometres on a flat map, with some margin: true to a hundredth as far as it matters."""
        north = np.abs(self._lat[a] - self._lat[b])
        east = np.abs(self._lon[a] - self._lon[b])
        east = np.minimum(east, 360 - east) * np.cos(np.radians((self._lat[a] + self._lat[b]) / 2))
        km = 111.0 * np.hypot(north, east)
        polar = np.abs(self._lat[a]) > _POLAR
        rated = np.where(km > 1.04 * FAR_KM, _NEVER, np.where(km > 1.04 * NEAR_KM, -3.0, 1.3))
        return np.asarray(np.where(polar, 1.3, rated), dtype=np.float32)


def _types(told: Sequence[Outline]) -> tuple[Ints, Floats]:
    """The number of each outline's event, and what each pair of events weighs."""
    events: dict[What, int] = {}
    numbers = np.array([events.setdefault(o.what, len(events)) for o in told], dtype=np.int64)
    rated = [[types(x, y) for y in events] for x in events]
    return numbers, np.array([[_NEVER if f.forbids else f.weight for f in row] for row in rated], dtype=np.float32)


def _codes(told: Sequence[Outline], part: Callable[[Outline], Hashable]) -> Ints:
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(part(o), len(numbers)) for o in told], dtype=np.int64)


def _column(told: Sequence[Outline], part: Callable[[Outline], float | None]) -> Floats:
    values = (part(o) for o in told)
    return np.array([np.nan if v is None else v for v in values], dtype=np.float32)


def _sided(outline: Outline) -> tuple[tuple[str, Iterable[object]], ...]:
    return ("by ", outline.people.acting), ("of ", outline.people.suffering)


def _bits(told: Sequence[Outline], part: Callable[[Outline], Iterable[str]]) -> Ints:
    """A bit for each member of a set; the same member always has the same bit."""
    seen: dict[str, int] = {}
    found = np.zeros(len(told), dtype=np.uint64)
    for number, outline in enumerate(told):
        bits = 0
        for name in part(outline):
            bit = seen.get(name)
            if bit is None:
                bit = seen[name] = 1 << (zlib.crc32(name.encode("utf-8", "surrogatepass")) % 64)
            bits |= bit
        found[number] = bits
    return found  # type: ignore[return-value]
