"""Room 6, ties: what holds claims together in one part, so that each part can be grouped by itself.

Doors: `Ties(...).parts(starts)`, `leads(text, groups)`. A claim is tied to those that speak for the same happening, to
those that people judged it with, and a claim about support to the happening that it supports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from reportedly.incidents.blocks import Links
from reportedly.incidents.outlines import Outline
from reportedly.incidents.scoring import rate

# Of two happenings whose scores differ by no more, neither fits a vague claim better: less than most details weigh.
EQUALLY_WELL = 0.25
_RIVALS = 16
_FOLLOWS = 1.5
Bound = Callable[[int], Iterable[int]]


class Ties:
    """Claims by number in `told`, and what ties them to each other.

    `found` are the pairs that speak for one happening, `bound` those tied whatever they say. `parted` tells whether a
    pair of two texts is parted, where more claims are known than stand in `told`.
    """

    def __init__(
        self, told: Sequence[Outline], found: Links, bound: Bound, parted: Callable[[int, int], bool] | None = None
    ) -> None:
        self.told = told
        self.found = found
        self.bound = bound
        self._known = parted
        self._torn: dict[int, bool] = {}
        self._fitting: dict[int, int | None] = {}
        self._rivals: dict[tuple[int, int], bool] = {}

    def kept(self, claim: int) -> list[tuple[float, int]]:
        """The claims that speak for the same happening: of other texts only those that nothing parts."""
        return [(t, j) for t, j in self.found(claim) if not self._two_texts(claim, j) or not self.parted(claim, j)]

    def parted(self, one: int, other: int) -> bool:
        """Tell whether either is torn, or a claim without a town fits another happening better."""
        if self._known is not None:
            return self._known(one, other)
        if self.torn(one) or self.torn(other):
            return True
        a, b = self._best(one), self._best(other)
        return a is not None and b is not None and a != b and self._forbidden(a, b)

    def _best(self, claim: int) -> int | None:
        """The claim that says where a claim lies: itself where it names a town, else the one that fits it best."""
        if self.told[claim].sharp:
            return claim
        if claim not in self._fitting:
            fits = self._fits(claim)
            self._fitting[claim] = fits[0][2] if fits else None
        return self._fitting[claim]

    def _forbidden(self, one: int, other: int) -> bool:
        key = (one, other) if one < other else (other, one)
        if key not in self._rivals:
            self._rivals[key] = rate(self.told[one], self.told[other]) is None
        return self._rivals[key]

    def torn(self, claim: int) -> bool:
        """Tell whether a claim names no town and fits two happenings of other texts equally well: it joins neither."""
        if claim not in self._torn:
            self._torn[claim] = not self.told[claim].sharp and self._has_rivals(claim)
        return self._torn[claim]

    def parts(self, starts: Iterable[int]) -> Iterator[list[int]]:
        """Yield each part that holds one of the starts, whole, its claims in order."""
        seen: set[int] = set()
        for start in starts:
            if start in seen:
                continue
            seen.add(start)
            part, waiting = [start], [start]
            while waiting:
                for other in self.tied(waiting.pop()):
                    if other not in seen:
                        seen.add(other)
                        part.append(other)
                        waiting.append(other)
            yield sorted(part)

    def tied(self, claim: int) -> Iterator[int]:
        """The claims that hang together with one directly."""
        yield from (j for _, j in self.kept(claim))
        yield from self.bound(claim)

    def _has_rivals(self, claim: int) -> bool:
        fits = self._fits(claim)
        equals = [j for total, _, j in fits if total >= fits[0][0] - EQUALLY_WELL]
        return any(self._forbidden(a, b) for a, b in combinations(equals[:_RIVALS], 2))

    def _fits(self, claim: int) -> list[tuple[float, str, int]]:
        """The claims of other texts that name a town and speak for the same happening, best first."""
        told = self.told
        fits = [(t, told[j].id, j) for t, j in self.found(claim) if told[j].sharp and self._two_texts(claim, j)]
        return sorted(fits, reverse=True)

    def _two_texts(self, one: int, other: int) -> bool:
        return self.told[one].document != self.told[other].document


def bound_by(pairs: Iterable[tuple[int, int]]) -> Bound:
    """Return what pairs tie to each claim."""
    both: defaultdict[int, list[int]] = defaultdict(list)
    for one, other in pairs:
        both[one].append(other)
        both[other].append(one)
    return lambda claim: both.get(claim, ())


def leads(text: Sequence[Outline], groups: Callable[[Sequence[Outline]], int]) -> Iterator[tuple[int, int]]:
    """Yield for each follower of a text the claim that fits it best, or any of the only happening that there is.

    `groups` counts the happenings of a text's claims.
    """
    near = [(n, m) for n, m in enumerate(text) if not m.follower and m.what.violent]
    followers = [(n, f) for n, f in enumerate(text) if f.follower]
    if not near or not followers:
        return
    only: bool | None = len(near) == 1 or None
    for number, follower in followers:
        best = max((_fit(follower, m), -abs(m.start - follower.start), m.id, n) for n, m in near)
        if best[0] < _FOLLOWS and only is None:
            only = groups([m for _, m in near]) == 1
        if best[0] >= _FOLLOWS or only:
            yield number, best[3]


def _fit(follower: Outline, member: Outline) -> float:
    """How well a claim of support fits a happening: whom it names, and how near it stands in the text."""
    ids = follower.people.known & member.people.known
    kinds = follower.people.parties & member.people.parties
    near = abs(follower.start - member.start)
    return (2.0 if ids else 1.2 if kinds else 0.0) + (1.0 if near <= 400 else 0.5)
