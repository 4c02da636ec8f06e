"""Room 6, table: the scores of many pairs at once, the very numbers that `scoring.rate` gives one by one.

Door: `Table(told, linking)` with `rated(a, b)`, `matching(a, b)`. Claims with more parties or figures
than the columns hold are scored one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from reportedly.incidents.columns import (
    NEVER,
    NONE,
    Codes,
    Flags,
    Grid,
    Ints,
    Numbers,
    Parts,
    Weights,
    coded,
    points_of,
)
from reportedly.incidents.outlines import Outline
from reportedly.incidents.scoring import rate, two_sided, types
from reportedly.incidents.table_occasion import Places, Times
from reportedly.incidents.table_people import Sides, Tolls
from reportedly.knowledge.linking import Linking

# Pairs looked at at once, so that memory stays bounded whatever the size of a block.
_CELLS = 1 << 20
_ROWS = 128


class Pairs(NamedTuple):
    """Pairs of claims by number with their points."""

    one: Numbers
    other: Numbers
    points: Ints

    def of(self, which: Flags) -> Pairs:
        """Some of the pairs."""
        return Pairs(self.one[which], self.other[which], self.points[which])


class Table:
    """Outlines as columns, by their numbers in `told`; equal parts are held once."""

    def __init__(self, told: Sequence[Outline], linking: Linking) -> None:
        self.told = told
        self.linking = linking
        names = Codes()
        whats, days, spots, people, counts = Parts(), Parts(), Parts(), Parts(), Parts()
        self._start = np.array([o.start for o in told], dtype=np.int64)
        self.document = names.column(o.document for o in told)
        self._teller = names.column(o.teller for o in told)
        self._wording = names.maybe(o.wording for o in told)
        self._what = whats.column(o.what for o in told)
        self.days = days.column(o.days for o in told)
        self.spot = spots.column(o.spot for o in told)
        self._people = people.column(o.people for o in told)
        self._counts = counts.column(o.counts for o in told)
        self.times = Times(days.all, names, linking)
        self.places = Places(spots.all, names, linking)
        self._places = Grid(len(spots.all), self.places.rated)
        self._times = Grid(len(days.all), self.times.rated)
        self._local = np.append(self.places.local, NONE)[self.spot]
        self._sides = Sides(people.all, names, linking)
        self._tolls = Tolls(counts.all, names, linking)
        self._two_sided = np.array([two_sided(w, linking) for w in whats.all], dtype=bool)
        self._types = np.array(
            [[[coded(types(x, y, linking, one_text=t)) for y in whats.all] for x in whats.all] for t in (False, True)],
            dtype=np.int32,
        ).reshape(2, len(whats.all), len(whats.all))
        self._wide = self._sides.wide[self._people] | self._tolls.wide[self._counts]
        self._weights = Weights(linking)

    def one_place(self, a: Numbers, b: Numbers) -> Flags:
        """Tell which pairs name one place that is smaller than a country."""
        return np.asarray((self._local[a] == self._local[b]) & (self._local[a] != NONE))

    def rated(self, a: Numbers, b: Numbers) -> Ints:
        """Return the points of each pair, `NEVER` where it is forbidden."""
        out = np.empty(len(a), dtype=np.int32)
        for start in range(0, len(a), _CELLS):
            one, other = a[start : start + _CELLS], b[start : start + _CELLS]
            early = self._where(one, other) + self._when(one, other) + self._kind(one, other)
            out[start : start + _CELLS] = self._late(one, other, early)
        return out

    def forbids(self, a: Numbers, b: Numbers) -> Flags:
        """Tell which pairs are forbidden."""
        return np.asarray(self.rated_once(a, b) == NEVER)

    def rated_once(self, a: Numbers, b: Numbers) -> Ints:
        """Return what `rated` does; the same pair is looked at once in a stretch."""
        size, found = len(self.told), np.empty(len(a), dtype=np.int32)
        for start in range(0, len(a), _CELLS):
            some = slice(start, start + _CELLS)
            codes, place = np.unique(
                np.minimum(a[some], b[some]) * size + np.maximum(a[some], b[some]), return_inverse=True
            )
            found[some] = self.rated(codes // size, codes % size)[place]
        return found

    def look(
        self, members: Numbers, firsts: Numbers, lasts: Numbers, wanted: Flags | None = None
    ) -> Iterator[tuple[Numbers, Numbers]]:
        """Yield the pairs of a block, sorted by `firsts`, whose stretches overlap and that nothing plainly forbids;
        only those with a claim that is `wanted`."""
        look = _Look(self, members, firsts, lasts)
        if wanted is not None:
            yield from look.around(np.flatnonzero(wanted[members]))
            return
        start = 0
        while start < len(members):
            stop = start + look.rows(start)
            yield look.pairs(start, stop)
            start = stop

    def matching(self, a: Numbers, b: Numbers, least: Ints) -> Pairs:
        """Return the pairs that reach the points that each has to; those that cannot are left out on the way."""
        most = self.linking.most
        left = sum(most.values())
        total = np.zeros(len(a), dtype=np.int32)
        for part, step in (("where", self._where), ("when", self._when), ("what", self._kind)):
            left -= most[part]
            total = total + step(a, b)
            kept = np.flatnonzero(points_of(total, self.linking) >= least - left)
            a, b, total, least = a[kept], b[kept], total[kept], least[kept]
        points = self._late(a, b, total)
        return Pairs(a, b, points).of(points >= least)

    def _where(self, a: Numbers, b: Numbers) -> Ints:
        out = np.empty(len(a), dtype=np.int32)
        x, y = self.spot[a], self.spot[b]
        both = (x != NONE) & (y != NONE)
        out[both] = self._places.rated(x[both], y[both], self._one_text(a[both], b[both]))
        a, b = a[~both], b[~both]
        out[~both] = self._sides.nowhere(self._people[a], self._people[b], self._one_text(a, b))
        return out

    def _when(self, a: Numbers, b: Numbers) -> Ints:
        return self._times.rated(self.days[a], self.days[b], self._one_text(a, b))

    def _kind(self, a: Numbers, b: Numbers) -> Ints:
        return np.asarray(self._types[self._one_text(a, b).astype(np.int8), self._what[a], self._what[b]])

    def _late(self, a: Numbers, b: Numbers, early: Ints) -> Ints:
        """The points of pairs, from the sum of their first features."""
        sided = self._two_sided[self._what[a]] | self._two_sided[self._what[b]]
        total = early + self._sides.rated(self._people[a], self._people[b], sided, self._one_text(a, b))
        points = points_of(total + self._tolls_of(a, b) + self._text(a, b), self.linking)
        for n in np.flatnonzero(self._wide[a] | self._wide[b]).tolist():
            one_by_one = rate(self.told[a[n]], self.told[b[n]], self.linking)
            points[n] = NEVER if one_by_one is None else one_by_one
        return points

    def _tolls_of(self, a: Numbers, b: Numbers) -> Ints:
        teller = self._one_text(a, b) & (self._teller[a] == self._teller[b])
        days, other = self.days[a], self.days[b]
        known = self.times.known[days] & self.times.known[other]
        later = np.where(known, np.sign(self.times.published[other] - self.times.published[days]), 0)
        return self._tolls.rated(self._counts[a], self._counts[b], teller, later)

    def _text(self, a: Numbers, b: Numbers) -> Ints:
        apart, measures = np.abs(self._start[a] - self._start[b]), self.linking.measures
        one_text = self._one_text(a, b)
        again = (self._wording[a] == self._wording[b]) & (self._wording[a] != NONE)
        again &= ~self.times.other_days(self.days[a], self.days[b])
        return self._weights.choose(
            [
                (again & ~one_text, "told in the same words"),
                (~one_text, "different documents"),
                (apart <= measures.next_to_characters, "told next to each other"),
                (apart <= measures.close_by_characters, "told near each other"),
            ],
            "told in one document",
        )

    def _one_text(self, a: Numbers, b: Numbers) -> Flags:
        return np.asarray(self.document[a] == self.document[b])


class _Look:
    """The claims of a block side by side: leaves out at a glance the pairs that exact days or far places forbid."""

    def __init__(self, table: Table, members: Numbers, firsts: Numbers, lasts: Numbers) -> None:
        self._members, self._firsts, self._lasts = members, firsts, lasts
        features = table.linking.features
        days, spots = table.days[members], table.spot[members]
        exact = table.times.exact[days] & table.times.dated[days] & features["days apart"].forbids
        self._first = np.where(exact, table.times.first[days], np.nan).astype(np.float32)
        self._last = np.where(exact, table.times.last[days], np.nan).astype(np.float32)
        sharp = (spots != NONE) & (table.places.plain_at(spots)) & features["places far apart"].forbids
        self._at = np.where(sharp[:, None], np.append(table.places.at, [[np.nan] * 3], axis=0)[spots], np.nan)
        self._place = np.append(table.places.id, NONE)[spots]
        self._nearest = table.places.least_cosine

    def rows(self, start: int) -> int:
        """Return how many rows are looked at at once."""
        end = int(np.searchsorted(self._firsts, self._lasts[start : start + _ROWS].max(), side="right"))
        return min(_ROWS, len(self._members) - start, max(1, _CELLS // max(1, end - start)))

    def pairs(self, start: int, stop: int) -> tuple[Numbers, Numbers]:
        """Return the pairs of some rows with all that come after."""
        end = int(np.searchsorted(self._firsts, self._lasts[start:stop].max(), side="right"))
        columns = slice(start + 1, max(end, start + 1))
        after = np.arange(columns.start, columns.stop)[None, :] > np.arange(start, stop)[:, None]
        return self._beside(np.arange(start, stop), columns, after)

    def around(self, rows: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
        """Yield the pairs of some rows with all others, before and after."""
        every = slice(0, len(self._members))
        step = max(1, _CELLS // max(1, len(self._members)))
        for start in range(0, len(rows), step):
            some = rows[start : start + step]
            other = some[:, None] != np.arange(len(self._members))[None, :]
            yield self._beside(some, every, other & (self._firsts[some, None] <= self._lasts[None, :]))

    def _beside(self, rows: Numbers, columns: slice, beside: Flags) -> tuple[Numbers, Numbers]:
        """Of the pairs `beside`, those whose columns begin while the row lasts and that nothing plainly forbids."""
        beside &= self._firsts[None, columns] <= self._lasts[rows, None]
        beside &= ~(self._first[rows, None] - self._last[None, columns] > 1)
        beside &= ~(self._first[None, columns] - self._last[rows, None] > 1)
        far = self._at[rows] @ self._at[columns].T < self._nearest
        far &= self._place[rows, None] != self._place[None, columns]
        one, other = np.nonzero(beside & ~far)
        return self._members[rows][one], self._members[columns][other]
