"""Room 6, table, people: sides, victims and tolls of many pairs at once; the numbers of `scoring.py`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from reportedly.incidents.columns import NONE, Codes, Countries, Flags, Ints, Numbers, Sets, Weights, each_with_each
from reportedly.incidents.outlines import Count, People
from reportedly.incidents.scoring import same_toll
from reportedly.knowledge.linking import Linking

# Figures of a claim that columns hold.
_FIGURES = 3
_NOTHING = -(1 << 20)
_OPEN = 1 << 60


class Sides:
    """Who takes part and who is harmed; `wide` are those with more members than the columns hold."""

    def __init__(self, parts: Sequence[People], names: Codes, linking: Linking) -> None:
        self._weights = Weights(linking)

        def sets(of: Callable[[People], frozenset[object]]) -> Sets:
            return Sets([of(p) for p in parts], names)

        self.countries = Countries([p.countries for p in parts])
        self._view, self._hit = Countries([p.view for p in parts]), Countries([p.hit for p in parts])
        self._known, self._initiators = sets(lambda p: p.known), sets(lambda p: p.initiators)
        self._claimants, self._official = sets(lambda p: p.claimants), sets(lambda p: p.official)
        self._acting, self._suffering = sets(lambda p: p.acting), sets(lambda p: p.suffering)
        self._harmed, self._harmed_kinds = sets(lambda p: p.harmed), sets(lambda p: p.harmed_kinds)
        self._things = sets(lambda p: p.things)
        every = (
            self._known, self._initiators, self._claimants, self._official, self._acting, self._suffering,
            self._harmed, self._harmed_kinds, self._things,
        )  # fmt: skip
        self.wide: Flags = np.any([one.wide for one in every], axis=0)

    def nowhere(self, a: Ints, b: Ints, one_text: Flags) -> Ints:
        """What countries say of pairs without two places."""
        stated, spoken = (c.some[a] & c.some[b] for c in (self.countries, self._view))
        return self._weights.choose(
            [
                (one_text, "place unknown"),
                (self.countries.shared(a, b), "same country by place or actors"),
                (self._view.shared(a, b), "same country by what the texts speak of"),
                (stated, "other countries"),
                (spoken, "other countries by what the texts speak of"),
            ],
            "no country in common known",
        )

    def rated(self, a: Ints, b: Ints, two_sided: Flags, one_text: Flags) -> Ints:
        """Return the coded features of sides, blame, victims and things, added up."""
        return self._sides(a, b) + self._blame(a, b, two_sided) + self._victims(a, b) + self._hit_things(a, b, one_text)

    def _sides(self, a: Ints, b: Ints) -> Ints:
        shared = self._known.shared(a, b)
        alike = (self._acting.shared(a, b) > 0) | (self._suffering.shared(a, b) > 0)
        return self._weights.choose(
            [
                (shared > 1, "several actors in common"),
                (shared == 1, "actors in common"),
                (alike, "actors of the same kind"),
                ((self._known.sizes[a] > 1) & (self._known.sizes[b] > 1), "other actors"),
            ],
            "actors not comparable",
        )

    def _blame(self, a: Ints, b: Ints, two_sided: Flags) -> Ints:
        first, accused = self._initiators, self._claimants
        told = (first.sizes[a] > 0) & (first.sizes[b] > 0) & ~two_sided
        told &= first.shared(a, b) == 0
        accuse = (accused.shared(a, b, first) > 0) | (first.shared(a, b, accused) > 0)
        return self._weights.choose(
            [
                (~told, "initiators not comparable"),
                (self._official.shared(a, b) > 0, "initiators of one state"),
                (accuse, "accused parties accuse others"),
            ],
            "other initiators",
        )

    def _victims(self, a: Ints, b: Ints) -> Ints:
        kinds = self._harmed_kinds
        alike = (kinds.shared(a, b) > 0) | (kinds.sizes[a] == 0) | (kinds.sizes[b] == 0)
        return self._weights.choose(
            [
                ((self._harmed.sizes[a] == 0) | (self._harmed.sizes[b] == 0), "victims unknown"),
                (self._harmed.shared(a, b) > 0, "same victims"),
                (self._hit.some[a] & self._hit.some[b] & ~self._hit.shared(a, b), "forces of other countries"),
                (alike, "victims of one kind"),
            ],
            "other victims",
        )

    def _hit_things(self, a: Ints, b: Ints, one_text: Flags) -> Ints:
        things = self._things
        return self._weights.choose(
            [
                (one_text | (things.sizes[a] == 0) | (things.sizes[b] == 0), "things not comparable"),
                (things.shared(a, b) > 0, "things of one kind were hit"),
            ],
            "other things were hit",
        )


class Tolls:
    """The figures of claims; `wide` are those with more figures than the columns hold."""

    def __init__(self, parts: Sequence[tuple[Count, ...]], names: Codes, linking: Linking) -> None:
        self._weights, self._linking = Weights(linking), linking
        self.wide = np.array([len(counts) > _FIGURES for counts in parts], dtype=bool)
        self._width = min(_FIGURES, max((len(counts) for counts in parts), default=0))
        rows = [[*counts, *[None] * _FIGURES][:_FIGURES] for counts in parts]

        def numbers(of: Callable[[Count], int | None], otherwise: int) -> list[Numbers]:
            def cell(count: Count | None) -> int:
                value = None if count is None else of(count)
                return otherwise if value is None else value

            return [np.array([cell(row[n]) for row in rows], dtype=np.int64) for n in range(self._width)]

        self._outcome = numbers(lambda c: names.of(c.outcome), NONE)
        self._figure = numbers(lambda c: c.figure, NONE)
        self._bound = numbers(lambda c: c.bound, 0)
        self._low, self._high = numbers(lambda c: c.low, 0), numbers(lambda c: c.high, _OPEN)
        self._victims = numbers(lambda c: names.of(c.victims) if c.victims else None, NONE)
        self._class = numbers(lambda c: names.of(c.victim_class), NONE)
        self._unknown = names.of("unknown")
        self._same = numbers(lambda c: None if c.figure is None else same_toll(c.figure, linking), 0)

    def rated(self, a: Ints, b: Ints, one_teller: Flags, later: Ints) -> Ints:
        """Return the coded feature of each pair; `later` is the sign of the second's publication less the first's."""
        best = np.full(len(a), _NOTHING, dtype=np.int32)
        for p, q in each_with_each(self._width):
            found = self._pair(p, q, a, b, one_teller, later)
            best = np.maximum(best, np.where(self._comparable(p, q, a, b), found, _NOTHING))
        none = self._weights["no comparable toll"]
        return np.asarray(np.where(best == _NOTHING, none, best), dtype=np.int32)

    def _comparable(self, p: int, q: int, a: Ints, b: Ints) -> Flags:
        x, y = self._outcome[p][a], self._outcome[q][b]
        mine, theirs = self._victims[p][a], self._victims[q][b]
        kinds = self._class[p][a], self._class[q][b]
        alike = (kinds[0] == kinds[1]) | (kinds[0] == self._unknown) | (kinds[1] == self._unknown)
        named = (mine != NONE) & (theirs != NONE)
        return np.asarray((x == y) & (x != NONE) & np.where(named, mine == theirs, alike), dtype=bool)

    def _pair(self, p: int, q: int, a: Ints, b: Ints, one_teller: Flags, later: Ints) -> Ints:
        x, y = self._figure[p][a], self._figure[q][b]
        measures = self._linking.measures
        low = np.maximum(self._low[p][a], self._low[q][b])
        holds = low <= np.minimum(self._high[p][a], self._high[q][b])
        v, w = self._bound[p][a], self._bound[q][b]
        small, large = np.minimum(v, w), np.maximum(v, w)
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio: NDArray[np.float64] = small / large
        rises, falls = np.sign(w - v) * later > 0, np.sign(w - v) * later < 0
        much = ratio <= measures.much_apart
        told = self._weights.choose(
            [
                (holds & ((x == NONE) | (y == NONE)), "a toll without a figure"),
                (holds, "tolls that can both hold"),
                (one_teller, "one teller gives two figures"),
                (rises & ~much, "a toll that rises later"),
                (rises, "a toll that rises much later"),
                (falls & (ratio > measures.little_apart), "a slightly lower toll later"),
                (falls, "a lower toll later"),
                (ratio > measures.apart, "tolls differ little"),
                (~much, "tolls differ"),
            ],
            "tolls differ much",
        )
        return np.asarray(np.where((x == y) & (x != NONE), self._same[p][a], told), dtype=np.int32)
