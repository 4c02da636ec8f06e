"""Room 6, table, occasion: days and places of many pairs at once; the numbers of `occasion.py`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reportedly.incidents.columns import NONE, Codes, Countries, Flags, Ints, Weights, flags
from reportedly.incidents.occasion import PUBLISHED, SAME, reach_of
from reportedly.incidents.outlines import Days, Spot
from reportedly.knowledge.linking import Linking

_SHARP, _DISTRICT, _REGION, _COUNTRY, _UNRESOLVED = range(5)
_PRECISION = {"district": _DISTRICT, "region": _REGION, "country": _COUNTRY, "unresolved": _UNRESOLVED}


class Times:
    """Stretches of days."""

    def __init__(self, parts: Sequence[Days], names: Codes, linking: Linking) -> None:
        self._weights, self._measures = Weights(linking), linking.measures
        self.dated = flags(parts, lambda d: d.first is not None and d.last is not None)
        self.first = np.array([d.first or 0 for d in parts], dtype=np.int32)
        self.last = np.array([d.last or 0 for d in parts], dtype=np.int32)
        self.exact = flags(parts, lambda d: d.exact)
        self._stated = flags(parts, lambda d: d.stated)
        self._day = flags(parts, lambda d: d.precision == "day")
        self._words = names.column(d.edtf for d in parts)
        self.known = flags(parts, lambda d: d.published is not None)
        self._again = flags(parts, lambda d: d.again)
        self.published = np.array([d.published or 0 for d in parts], dtype=np.int32)

    def rated(self, a: Ints, b: Ints, one_text: Flags) -> Ints:
        """Return the coded feature of each pair."""
        dated = self.dated[a] & self.dated[b]
        both, some = self._stated[a] & self._stated[b], self._stated[a] | self._stated[b]
        gap = np.maximum(self.first[a], self.first[b]) - np.minimum(self.last[a], self.last[b])
        loose = self._loose(a, b, gap, some, one_text)
        found = np.where(both, self._stated_days(a, b, gap), loose)
        if dated.all():
            return np.asarray(found, dtype=np.int32)
        unanchored = self._weights.choose(
            [
                (~both, "time unknown"),
                (self._words[a] == self._words[b], "same stated time"),
                (self._day[a] & self._day[b], "different stated days"),
            ],
            "different stated times",
        )
        return np.asarray(np.where(dated, found, unanchored), dtype=np.int32)

    def _stated_days(self, a: Ints, b: Ints, gap: Ints) -> Ints:
        exact = self.exact[a] & self.exact[b]
        return self._weights.choose(
            [
                ((gap <= 0) & exact, "same day"),
                (gap <= 0, "times overlap"),
                ((gap == 1) & self._told_before(a, b), "told before the day that the other states"),
                ((gap == 1) & exact, "days one apart"),
                (gap == 1, "times one day apart"),
                (exact, "days apart"),
                (gap > self._measures.far_days, "times far apart"),
            ],
            "times apart",
        )

    def other_days(self, a: Ints, b: Ints) -> Flags:
        """Tell which pairs state each a day of its own."""
        known = self.dated[a] & self.dated[b]
        return np.asarray(known & self.exact[a] & self.exact[b] & (self.first[a] != self.first[b]))

    def _told_before(self, a: Ints, b: Ints) -> Flags:
        """Tell which pairs have one that was published before the very day that the other states."""
        one = self.known[a] & self.exact[b] & self.dated[b] & (self.published[a] < self.first[b])
        other = self.known[b] & self.exact[a] & self.dated[a] & (self.published[b] < self.first[a])
        return np.asarray(one | other)

    def _loose(self, a: Ints, b: Ints, gap: Ints, some: Flags, one_text: Flags) -> Ints:
        """Where one of the two days at least is that of publication."""
        lag = np.abs(self.last[a] - self.last[b])
        near = self.known[a] & self.known[b]
        near &= np.abs(self.published[a] - self.published[b]) <= self._measures.same_days
        return self._weights.choose(
            [
                (
                    (gap > 0) & some & near & self._told_before(a, b),
                    "told before the day that the other states",
                ),
                ((gap > 0) & some & near, "told in the same days, one states an earlier day"),
                (gap > self._measures.far_days, "times far apart"),
                (gap > 0, "times apart"),
                (some & (lag <= 1), "stated day next to publication"),
                (some, "stated day within the days before publication"),
                (one_text, "no time stated"),
                (self._again[np.where(self.last[a] > self.last[b], a, b)] & (lag > 0), "told again later"),
                *((lag == n, name) for n, name in enumerate(PUBLISHED[:3])),
            ],
            PUBLISHED[3],
        )


class Places:
    """Where claims lie."""

    def __init__(self, parts: Sequence[Spot], names: Codes, linking: Linking) -> None:
        self._weights = Weights(linking)
        self._near, self._far = reach_of(linking)
        self.id = names.maybe(s.place_id for s in parts)
        self.local = names.maybe(None if s.precision == "country" else s.key for s in parts)
        self.precision = np.array([_PRECISION.get(s.precision, _SHARP) for s in parts], dtype=np.int32)
        self.at: NDArray[np.float64] = np.array([s.at or (np.nan,) * 3 for s in parts]).reshape(len(parts), 3)
        self._name = names.column(s.name for s in parts)
        self._country = names.maybe(s.country or None for s in parts)
        self._countries = Countries([s.countries for s in parts])
        self._admin = names.maybe(s.admin1 for s in parts)
        self._namesake = flags(parts, lambda s: s.namesake)
        self._admin_said = flags(parts, lambda s: bool(s.admin1))
        # A little beyond far, since rounding may err.
        self.least_cosine = 1 - self._far / 2 - 1e-9
        same = (SAME.get(s.precision, "same place") for s in parts)
        self._same = np.array([linking.features[name].points for name in same], dtype=np.int32)
        self._same_coded = np.array([self._weights[SAME.get(s.precision, "same place")] for s in parts], dtype=np.int32)

    def rated(self, a: Ints, b: Ints, one_text: Flags) -> Ints:
        """Return the coded feature of each pair of places."""
        precisions = self.precision[a], self.precision[b]
        unresolved = (precisions[0] == _UNRESOLVED) | (precisions[1] == _UNRESOLVED)
        foreign = (self._country[a] != NONE) & (self._country[b] != NONE) & ~self._countries.shared(a, b)
        wide = (precisions[0] == _COUNTRY) | (precisions[1] == _COUNTRY)
        area = (precisions[0] != _SHARP) | (precisions[1] != _SHARP)
        named = [(p == _SHARP) | (p == _UNRESOLVED) for p in precisions]
        found = self._weights.choose(
            [
                (unresolved & (self._name[a] == self._name[b]), "same unresolved name"),
                (unresolved & one_text & named[0] & named[1], "another name in one text"),
                (unresolved, "unresolved place"),
                (foreign, "different countries"),
                (wide, "one lies in the country of the other"),
                *self._areas(a, b, area),
                *self._distances(a, b),
            ],
            "distance unknown",
        )
        same = (self.id[a] == self.id[b]) & (self.id[a] != NONE)
        vaguer = np.where(self._same[a] <= self._same[b], self._same_coded[a], self._same_coded[b])
        return np.asarray(np.where(same, vaguer, found), dtype=np.int32)

    def plain_at(self, spots: Ints) -> Flags:
        """Tell which of some places are towns with coordinates that mean no region; `NONE` is none."""
        known = np.append((self.precision == _SHARP) & ~np.isnan(self.at[:, 0]) & ~self._namesake, False)
        return np.asarray(known[spots])

    def _areas(self, a: Ints, b: Ints, area: Flags) -> list[tuple[Flags, str]]:
        inside = (self._admin[a] == self._admin[b]) & (self._admin[a] != NONE)
        both = self._admin_said[a] & self._admin_said[b]
        regions = (self.precision[a] == _REGION) & (self.precision[b] == _REGION)
        return [
            (area & inside, "one may contain the other"),
            (area & both & regions, "different regions"),
            (area & both, "areas of different regions"),
            (area, "areas"),
        ]

    def _one_means_both(self, a: Ints, b: Ints) -> Flags:
        inside = (self._admin[a] == self._admin[b]) & (self._admin[a] != NONE)
        return np.asarray(inside & (self._namesake[a] | self._namesake[b]))

    def _distances(self, a: Ints, b: Ints) -> list[tuple[Flags, str]]:
        (x, y, z), (u, v, w) = self.at[a].T, self.at[b].T
        apart = (x - u) * (x - u) + (y - v) * (y - v) + (z - w) * (z - w)
        return [
            (apart <= self._near, "places near each other"),
            (apart <= self._far, "places apart"),
            ((apart > self._far) & self._one_means_both(a, b), "a town or the region named after it"),
            (apart > self._far, "places far apart"),
        ]
