"""Room 6, standing: how claims stand and what ties them, brought up to date with claims that come and go.

Door: `Standing(around, linking)`. New claims are compared with those around them. Of the claims that were there only
those are compared again that lose one of their best, that fit another best than before, or that are no longer torn; of
all others the ties are known (ADR 0014).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from reportedly.incidents.around import Around
from reportedly.incidents.blocks import pairs_in_blocks
from reportedly.incidents.columns import NEVER
from reportedly.incidents.outlines import Outline
from reportedly.incidents.table import Table
from reportedly.incidents.ties import Stand, best_of, equally_well, is_torn, parted, points_of_pair
from reportedly.knowledge.linking import Linking
from reportedly.model.compared import Compared

Found = Sequence[tuple[int, str]]


class Standing:
    """How claims stand now, and their ties; what is not noted here is as it was."""

    def __init__(self, around: Around, linking: Linking) -> None:
        self._around = around
        self._linking = linking
        self._stands: dict[str, Stand] = {}
        self._ties: dict[str, dict[str, int]] = {outline.id: {} for outline in around.new}
        self._rates: dict[tuple[str, str], int] = {}
        self._update()

    @property
    def retied(self) -> set[str]:
        """The claims that have other ties than before, or are new."""
        rows = self._around.rows
        return {c for c, ties in self._ties.items() if c not in rows or dict(_turned(rows[c].ties)) != ties}

    @property
    def other(self) -> set[str]:
        """The claims that stand otherwise than before, have other ties, or are new."""
        return {*self._stands, *self._ties}

    def stand(self, claim: str) -> Stand:
        """Return how a claim stands."""
        return self._stands[claim] if claim in self._stands else _stand_of(self._around.row(claim))

    def ties(self, claim: str) -> Mapping[str, int]:
        """Return the claims that a claim hangs together with, with their points."""
        return self._ties[claim] if claim in self._ties else dict(_turned(self._around.row(claim).ties))

    # how claims stand

    def _update(self) -> None:
        around = self._around
        lost = self._found(around.gone, frozenset(around.coming))
        come = self._found(around.new)
        again = sorted({j for x, row in lost.items() for t, j in row if self._counted(x, j, t)})
        rows = come | self._found([around.outline(claim) for claim in again])
        self._stands = {claim: self._stand(claim, row) for claim, row in rows.items()}
        self._grow(come)
        wide = [around.outline(claim) for claim in sorted(self._stands) if claim not in rows and self._freed(claim)]
        rows |= self._found(wide)
        self._cut()
        for claim, row in rows.items():
            self._tie(claim, row)
        for claim in self._stands.keys() - rows.keys():
            self._tie(claim, [(t, j) for j, t in self.ties(claim).items()])

    def _found(
        self, ones: Sequence[Outline], without: frozenset[str] = frozenset()
    ) -> dict[str, list[tuple[int, str]]]:
        """For each of some claims those that speak for the same happening and may decide over ties, with points."""
        found: dict[str, list[tuple[int, str]]] = {one.id: [] for one in ones}
        if not ones:
            return found
        self._around.look(ones)
        told = [outline for outline in self._around.at_hand() if outline.id not in without and outline.id not in found]
        table = Table([*told, *ones], self._linking)
        wanted = np.arange(len(table.told)) >= len(told)
        pairs = pairs_in_blocks(table, wanted)
        for a, b, points in zip(*(column.tolist() for column in pairs), strict=True):
            for one, other in ((a, b), (b, a)):
                if wanted[one]:
                    found[table.told[one].id].append((points, table.told[other].id))
        return found

    def _counted(self, gone: str, claim: str, points: int) -> bool:
        """Tell whether a claim that is gone was the strongest of one that stays, or of those that fit it best."""
        row = self._around.rows.get(claim)
        return row is not None and (points >= row.strongest or any(fit == gone for _, fit in row.fits))

    def _stand(self, claim: str, found: Found) -> Stand:
        outline = self._around.outline(claim)
        others = [(t, j) for t, j in found if self._two_texts(claim, j)]
        return self._fitted(outline, max((t for t, _ in others), default=0), others, None)

    def _grow(self, come: Mapping[str, Found]) -> None:
        """Let new claims count for those that were there."""
        added: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for new, row in come.items():
            for points, claim in row:
                if claim not in self._stands and self._two_texts(new, claim):
                    added[claim].append((points, new))
        for claim, more in added.items():
            before = self.stand(claim)
            strongest = max(before.strongest, *(t for t, _ in more))
            stand = self._fitted(self._around.outline(claim), strongest, more, before)
            if stand != before:
                self._stands[claim] = stand

    def _fitted(self, outline: Outline, strongest: int, others: Found, before: Stand | None) -> Stand:
        """How a claim stands with some others, besides those that fitted it before."""
        known = before or Stand()
        if not outline.loose:
            return Stand(strongest)
        sharp = ((t, j) for t, j in others if self._around.outline(j).sharp)
        fits = equally_well(outline, [*known.fits, *sharp], self._linking)
        torn = known.torn if fits == known.fits else is_torn(outline, fits, self._rated, self._linking)
        return Stand(strongest, torn, fits)

    def _freed(self, claim: str) -> bool:
        """Tell whether a claim may have ties that it had not: it is no longer torn, or another fits it best."""
        outline, before, now = self._around.outline(claim), _stand_of(self._around.rows[claim]), self._stands[claim]
        return not now.torn and (before.torn or best_of(outline, before) != best_of(outline, now))

    # what ties them

    def _cut(self) -> None:
        """Take the ties of claims that are gone away."""
        for claim, row in self._around.left.items():
            for _, other in row.ties:
                if other in self._around.rows:
                    self._own(other).pop(claim, None)

    def _tie(self, claim: str, found: Found) -> None:
        """Tie a claim to those found that nothing parts from it, and to no other."""
        kept = {j: t for t, j in found if self._holds(claim, j, t)}
        for other in self.ties(claim).keys() - kept.keys():
            self._own(other).pop(claim, None)
        for other, points in kept.items():
            self._own(other)[claim] = points
        self._ties[claim] = kept

    def _own(self, claim: str) -> dict[str, int]:
        if claim not in self._ties:
            self._ties[claim] = dict(self.ties(claim))
        return self._ties[claim]

    def _holds(self, one: str, other: str, points: int) -> bool:
        if not self._two_texts(one, other):
            return True
        stands = self.stand(one), self.stand(other)
        if parted(points, *stands, self._linking):
            return False
        a, b = (best_of(self._around.outline(c), stand) for c, stand in zip((one, other), stands, strict=True))
        return a is None or b is None or a == b or self._rated(a, b) != NEVER

    def _two_texts(self, one: str, other: str) -> bool:
        return self._around.outline(one).document != self._around.outline(other).document

    def _rated(self, one: str, other: str) -> int:
        key = (one, other) if one < other else (other, one)
        if key not in self._rates:
            self._rates[key] = points_of_pair(self._around.outline(one), self._around.outline(other), self._linking)
        return self._rates[key]


def _stand_of(row: Compared) -> Stand:
    return Stand(row.strongest, row.torn, row.fits)


def _turned(rated: Iterable[tuple[int, str]]) -> Iterable[tuple[str, int]]:
    return ((claim, points) for points, claim in rated)
