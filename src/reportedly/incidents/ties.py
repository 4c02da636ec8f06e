"""Room 6, ties: what holds claims together in one part, so that each part can be grouped by itself.

Doors: `Ties(...).parts(starts)`, `leads(text, is_one, linking)`. A claim is tied to those that speak for the same
happening, to those that people judged it with, and a claim about support to the happening that it supports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np

from reportedly.incidents.blocks import Links
from reportedly.incidents.columns import NEVER, NONE, Flags, Numbers
from reportedly.incidents.outlines import Outline
from reportedly.incidents.scoring import rate
from reportedly.incidents.table import Pairs, Table
from reportedly.knowledge.linking import Linking

_RIVALS = 16
Bound = Callable[[int], Iterable[int]]


class Ties:
    """Claims by number in `told`, and what ties them to each other.

    `kept` are the pairs that speak for one happening and that nothing parts, `bound` those tied whatever they say.
    """

    def __init__(self, told: Sequence[Outline], kept: Links, bound: Bound) -> None:
        self.told = told
        self.kept = kept
        self._bound = bound

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
        yield from self._bound(claim)


class Fits:
    """Which of the pairs that speak for one happening, `found`, are kept; looked at one by one."""

    def __init__(self, told: Sequence[Outline], found: Links, linking: Linking) -> None:
        self._told = told
        self._found = found
        self._linking = linking
        self._torn: dict[int, bool] = {}
        self._strongest: dict[int, int] = {}
        self._fitting: dict[int, int | None] = {}
        self._rivals: dict[tuple[int, int], int] = {}

    def kept(self, claim: int) -> list[tuple[int, int]]:
        """The claims that speak for the same happening: of other texts only those that nothing parts."""
        return [(t, j) for t, j in self._found(claim) if not self._two_texts(claim, j) or not self._parted(claim, j, t)]

    def _parted(self, one: int, other: int, points: int) -> bool:
        """Tell whether both have much better, either is torn, or one without a town fits another happening better."""
        if points < min(self._most(one), self._most(other)) - self._linking.much_better:
            return True
        if self._is_torn(one) or self._is_torn(other):
            return True
        a, b = self._best(one), self._best(other)
        return a is not None and b is not None and a != b and self._forbidden(a, b)

    def _most(self, claim: int) -> int:
        """The points of the claim of another text that speaks most for the same happening."""
        if claim not in self._strongest:
            own = (t for t, j in self._found(claim) if self._two_texts(claim, j))
            self._strongest[claim] = max(own, default=0)
        return self._strongest[claim]

    def _best(self, claim: int) -> int | None:
        """The claim that says where a claim lies: itself where it names a town, else the one that fits it best."""
        if self._told[claim].sharp:
            return claim
        if claim not in self._fitting:
            fits = self._fits(claim)
            self._fitting[claim] = fits[0][2] if fits else None
        return self._fitting[claim]

    def _forbidden(self, one: int, other: int) -> bool:
        return self._rate(one, other) == NEVER

    def _rate(self, one: int, other: int) -> int:
        key = (one, other) if one < other else (other, one)
        if key not in self._rivals:
            rated = rate(self._told[one], self._told[other], self._linking)
            self._rivals[key] = NEVER if rated is None else rated
        return self._rivals[key]

    def _is_torn(self, claim: int) -> bool:
        """Tell whether a loose claim fits two happenings of other texts equally well: it joins neither."""
        if claim not in self._torn:
            self._torn[claim] = self._told[claim].loose and self._has_rivals(claim)
        return self._torn[claim]

    def _has_rivals(self, claim: int) -> bool:
        """Tell whether any two of those that fit best are not one; for a follow-up, do not look like one."""
        fits = self._fits(claim)
        near, least = likeness(self._told[claim], self._linking)
        equals = [j for total, _, j in fits if total >= fits[0][0] - near]
        return any(self._rate(a, b) < least for a, b in combinations(equals[:_RIVALS], 2))

    def _fits(self, claim: int) -> list[tuple[int, str, int]]:
        """The claims of other texts that name a town and speak for the same happening, best first."""
        told = self._told
        fits = [(t, told[j].id, j) for t, j in self._found(claim) if told[j].sharp and self._two_texts(claim, j)]
        return sorted(fits, reverse=True)

    def _two_texts(self, one: int, other: int) -> bool:
        return self._told[one].document != self._told[other].document


def likeness(claim: Outline, linking: Linking) -> tuple[int, int]:
    """Return how near to each other two must fit a claim so that it may be torn between them, and what the two must
    reach to be one: a follow-up fits any fight of its place about as well, so they have to look like one."""
    if claim.follows_up:
        return linking.much_better, linking.together
    return linking.equally_well, NEVER + 1


def kept_of_many(table: Table, pairs: Pairs) -> Links:
    """Return the pairs that `Fits` keeps, for many claims at once."""
    sharp = np.array([o.sharp for o in table.told], dtype=bool)
    torn, best = _torn_and_best(table, pairs, sharp)
    two_texts = table.document[pairs.one] != table.document[pairs.other]
    a, b = best[pairs.one], best[pairs.other]
    doubtful = two_texts & (a != b) & (a != NONE) & (b != NONE) & ~(sharp[pairs.one] & sharp[pairs.other])
    parted = two_texts & (torn[pairs.one] | torn[pairs.other] | _weak(pairs, two_texts, len(table.told), table.linking))
    doubtful &= ~parted
    parted[doubtful] = table.forbids(a[doubtful], b[doubtful])
    return _rows(Pairs(*(column[~parted] for column in pairs)), len(table.told))


def _weak(pairs: Pairs, two_texts: Flags, size: int, linking: Linking) -> Flags:
    """Tell which pairs are so weak that both claims have a much better one, in other texts."""
    most = np.zeros(size, dtype=np.int32)
    for ends in (pairs.one, pairs.other):
        np.maximum.at(most, ends[two_texts], pairs.points[two_texts])
    return np.asarray(pairs.points < np.minimum(most[pairs.one], most[pairs.other]) - linking.much_better)


def _torn_and_best(table: Table, pairs: Pairs, sharp: Flags) -> tuple[Flags, Numbers]:
    """Tell which claims are torn, and by number the claim that says where each lies (`NONE`: no claim does)."""
    told = table.told
    best = np.where(sharp, np.arange(len(told)), NONE)
    torn = np.zeros(len(told), dtype=bool)
    one, other = np.concatenate([pairs.one, pairs.other]), np.concatenate([pairs.other, pairs.one])
    loose = np.array([o.loose for o in told], dtype=bool)
    near, least = np.array([likeness(o, table.linking) for o in told], dtype=np.int32).reshape(-1, 2).T
    fits = np.flatnonzero(loose[one] & sharp[other] & (table.document[one] != table.document[other]))
    points = np.concatenate([pairs.points, pairs.points])[fits]
    one, other = one[fits], other[fits]
    rank = np.empty(len(told), dtype=np.int64)
    rank[np.array(sorted(range(len(told)), key=lambda n: told[n].id), dtype=np.int64)] = np.arange(len(told))
    order = np.lexsort((-rank[other], -points, one))
    one, other, points = one[order], other[order], points[order]
    first = np.flatnonzero(np.diff(one, prepend=NONE))
    own = np.flatnonzero(sharp[one[first]])
    best[np.delete(one[first], own)] = np.delete(other[first], own)
    begin = np.repeat(first, np.diff(first, append=len(one)))
    equal = (points >= points[begin] - near[one]) & (np.arange(len(one)) - begin < _RIVALS)
    one, other = one[equal], other[equal]
    for ahead in range(1, _RIVALS):
        rivals = np.flatnonzero((one[ahead:] == one[:-ahead]) & ~torn[one[ahead:]])
        apart = table.rated_once(other[rivals], other[rivals + ahead]) < least[one[rivals]]
        torn[one[rivals[apart]]] = True
    return torn, best


def _rows(pairs: Pairs, size: int) -> Links:
    """Pairs as one array of partners with the place where each claim's begin."""
    ends = np.concatenate([pairs.one, pairs.other])
    order = np.argsort(ends, kind="stable")
    partners = np.concatenate([pairs.other, pairs.one])[order].astype(np.int32)
    points = np.concatenate([pairs.points, pairs.points])[order]
    starts = np.searchsorted(ends[order], np.arange(size + 1)).tolist()

    def links(i: int) -> Sequence[tuple[int, int]]:
        a, b = starts[i], starts[i + 1]
        return list(zip(points[a:b].tolist(), partners[a:b].tolist(), strict=True)) if a < b else ()

    return links


def bound_by(pairs: Iterable[tuple[int, int]]) -> Bound:
    """Return what pairs tie to each claim."""
    both: defaultdict[int, list[int]] = defaultdict(list)
    for one, other in pairs:
        both[one].append(other)
        both[other].append(one)
    return lambda claim: both.get(claim, ())


def leads(
    text: Sequence[Outline], is_one: Callable[[Sequence[Outline]], bool], linking: Linking
) -> Iterator[tuple[int, int]]:
    """Yield for each follower of a text the claim that fits it best, or any of the only happening that there is.

    `is_one` tells whether claims of a text are all of one happening.
    """
    near = [(n, m) for n, m in enumerate(text) if not m.follower and m.what.violent]
    followers = [(n, f) for n, f in enumerate(text) if f.follower]
    if not near or not followers:
        return
    only: bool | None = len(near) == 1 or None
    for number, follower in followers:
        best = max((_fit(follower, m), -abs(m.start - follower.start), m.id, n) for n, m in near)
        if best[0] < linking.follows and only is None:
            only = is_one([m for _, m in near])
        if best[0] >= linking.follows or only:
            yield number, best[3]


def _fit(follower: Outline, member: Outline) -> float:
    """How well a claim of support fits a happening: whom it names, and how near it stands in the text."""
    ids = follower.people.known & member.people.known
    kinds = follower.people.parties & member.people.parties
    near = abs(follower.start - member.start)
    return (2.0 if ids else 1.2 if kinds else 0.0) + (1.0 if near <= 400 else 0.5)
