"""Room 6, sieve: which pairs that speak for one happening decide over no tie, so that they need not be kept.

Door: `Sieve(table)` with `least(a, b)`, `note(pairs)`, `sifted(pairs)`. A pair of two texts counts for nothing where
both claims have a much better one (ADR 0012), unless a claim without a town fits the other about as well as the best.
"""

from __future__ import annotations

import numpy as np

from reportedly.incidents.columns import NEVER, Ints, Numbers
from reportedly.incidents.outlines import Outline
from reportedly.incidents.table import Pairs, Table
from reportedly.knowledge.linking import Linking


def likeness(claim: Outline, linking: Linking) -> tuple[int, int]:
    """Return how near to each other two must fit a claim so that it may be torn between them, and what the two must
    reach to be one: a follow-up fits any fight of its place about as well, so they have to look like one."""
    if claim.follows_up:
        return linking.much_better, linking.together
    return linking.equally_well, NEVER + 1


class Sieve:
    """The best pairs of each claim so far; they only get better, so what is left out now would be left out later."""

    def __init__(self, table: Table) -> None:
        told, linking = table.told, table.linking
        self._table, self._linking = table, linking
        self.sharp = np.array([o.sharp for o in told], dtype=bool)
        self.loose = np.array([o.loose for o in told], dtype=bool)
        self.near, self.alike = np.array([likeness(o, linking) for o in told], dtype=np.int32).reshape(-1, 2).T
        self.strongest = np.zeros(len(told), dtype=np.int32)
        self._fit = np.zeros(len(told), dtype=np.int32)

    def least(self, a: Numbers, b: Numbers) -> Ints:
        """Return the points that each pair must reach to count."""
        best = np.minimum(self.strongest[a], self.strongest[b]) - self._linking.much_better
        for one, other in ((a, b), (b, a)):
            fits = self.loose[one] & self.sharp[other]
            best = np.where(fits, np.minimum(best, self._fit[one] - self.near[one]), best)
        within = self._table.document[a] == self._table.document[b]
        return np.where(within, self._linking.pair, np.maximum(best, self._linking.pair)).astype(np.int32)

    def note(self, pairs: Pairs) -> None:
        """Take the points of more pairs in."""
        two = self._table.document[pairs.one] != self._table.document[pairs.other]
        for one, other in ((pairs.one[two], pairs.other[two]), (pairs.other[two], pairs.one[two])):
            np.maximum.at(self.strongest, one, pairs.points[two])
            fits = self.loose[one] & self.sharp[other]
            np.maximum.at(self._fit, one[fits], pairs.points[two][fits])

    def sifted(self, pairs: Pairs) -> Pairs:
        """Return the pairs that count."""
        return pairs.of(pairs.points >= self.least(pairs.one, pairs.other))
