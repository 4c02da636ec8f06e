"""Room 6, ties: what holds claims together in one part, so that each part can be grouped by itself.

Doors: `Ties(...).parts(starts)`, `leads(text, is_one, linking)`. A claim is tied to those that speak for the same
happening, to those that people judged it with, and a claim about support to the happening that it supports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

import numpy as np

from reportedly.incidents.blocks import Links
from reportedly.incidents.columns import NEVER, NONE, Flags, Ints
from reportedly.incidents.outlines import Outline
from reportedly.incidents.scoring import rate
from reportedly.incidents.sieve import likeness
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


class Stand(NamedTuple):
    """How a claim stands to those of other texts: what its ties depend on besides the pairs themselves.

    `strongest` are the points of the one that speaks most for the same happening; `fits` are, of a loose claim, those
    that name a town and fit it about equally well, best first, with their points.
    """

    strongest: int = 0
    torn: bool = False
    fits: tuple[tuple[int, str], ...] = ()


class Kept(NamedTuple):
    """The pairs that hold claims together, and how the claims stand, by number."""

    links: Links
    stand: Callable[[int], Stand]


def equally_well(claim: Outline, fits: Iterable[tuple[int, str]], linking: Linking) -> tuple[tuple[int, str], ...]:
    """Of what fits a claim, what does so about as well as the best, best first."""
    ranked = sorted(fits, reverse=True)
    near, _ = likeness(claim, linking)
    return tuple(fit for fit in ranked[:_RIVALS] if fit[0] >= ranked[0][0] - near)


def is_torn(
    claim: Outline, fits: Sequence[tuple[int, str]], rated: Callable[[str, str], int], linking: Linking
) -> bool:
    """Tell whether any two of those that fit best are not one; for a follow-up, do not look like one."""
    _, least = likeness(claim, linking)
    return any(rated(a, b) < least for (_, a), (_, b) in combinations(fits, 2))


def parted(points: int, one: Stand, other: Stand, linking: Linking) -> bool:
    """Tell whether both claims of a pair of two texts have a much better one, or either is torn."""
    return one.torn or other.torn or points < min(one.strongest, other.strongest) - linking.much_better


def best_of(claim: Outline, stand: Stand) -> str | None:
    """The claim that says where a claim lies: itself where it names a town, else the one that fits it best."""
    if claim.sharp:
        return claim.id
    return stand.fits[0][1] if stand.fits else None


class Fits:
    """Which of the pairs that speak for one happening, `found`, are kept; looked at one by one."""

    def __init__(self, told: Sequence[Outline], found: Links, linking: Linking) -> None:
        self._told = told
        self._found = found
        self._linking = linking
        self._stands: dict[int, Stand] = {}
        self._rivals: dict[tuple[str, str], int] = {}

    def kept(self, claim: int) -> list[tuple[int, int]]:
        """The claims that speak for the same happening: of other texts only those that nothing parts."""
        return [(t, j) for t, j in self._found(claim) if not self._two_texts(claim, j) or not self._parted(claim, j, t)]

    def stand(self, claim: int) -> Stand:
        """How a claim stands to those of other texts."""
        if claim not in self._stands:
            one = self._told[claim]
            others = [(t, self._told[j]) for t, j in self._found(claim) if self._two_texts(claim, j)]
            fits = equally_well(one, ((t, o.id) for t, o in others if one.loose and o.sharp), self._linking)
            torn = is_torn(one, fits, self._rated, self._linking)
            self._stands[claim] = Stand(max((t for t, _ in others), default=0), torn, fits)
        return self._stands[claim]

    def _parted(self, one: int, other: int, points: int) -> bool:
        """Tell whether both have much better, either is torn, or one without a town fits another happening better."""
        stands = self.stand(one), self.stand(other)
        if parted(points, *stands, self._linking):
            return True
        a, b = best_of(self._told[one], stands[0]), best_of(self._told[other], stands[1])
        return a is not None and b is not None and a != b and self._rated(a, b) == NEVER

    def _rated(self, one: str, other: str) -> int:
        key = (one, other) if one < other else (other, one)
        if key not in self._rivals:
            self._rivals[key] = points_of_pair(self._by_id[one], self._by_id[other], self._linking)
        return self._rivals[key]

    @cached_property
    def _by_id(self) -> Mapping[str, Outline]:
        return {outline.id: outline for outline in self._told}

    def _two_texts(self, one: int, other: int) -> bool:
        return self._told[one].document != self._told[other].document


def points_of_pair(one: Outline, other: Outline, linking: Linking) -> int:
    """Return the points of two claims, `NEVER` where they cannot be one."""
    rated = rate(one, other, linking)
    return NEVER if rated is None else rated


def kept_of_many(table: Table, pairs: Pairs) -> Kept:
    """Return the pairs that `Fits` keeps, and how claims stand, for many at once."""
    sharp = np.array([o.sharp for o in table.told], dtype=bool)
    torn, fits = _torn_and_fits(table, pairs, sharp)
    best = np.where(sharp, np.arange(len(table.told)), NONE)
    first = np.flatnonzero(np.diff(fits.one, prepend=NONE))
    first = first[~sharp[fits.one[first]]]
    best[fits.one[first]] = fits.other[first]
    two_texts = table.document[pairs.one] != table.document[pairs.other]
    a, b = best[pairs.one], best[pairs.other]
    doubtful = two_texts & (a != b) & (a != NONE) & (b != NONE) & ~(sharp[pairs.one] & sharp[pairs.other])
    most = _strongest(pairs, two_texts, len(table.told))
    weak = pairs.points < np.minimum(most[pairs.one], most[pairs.other]) - table.linking.much_better
    cut = two_texts & (torn[pairs.one] | torn[pairs.other] | weak)
    doubtful &= ~cut
    cut[doubtful] = table.forbids(a[doubtful], b[doubtful])
    return Kept(_rows(pairs.of(~cut), len(table.told)), _stands(table, most, torn, fits))


def _strongest(pairs: Pairs, two_texts: Flags, size: int) -> Ints:
    """The points of the best pair of each claim with one of another text."""
    most = np.zeros(size, dtype=np.int32)
    for ends in (pairs.one, pairs.other):
        np.maximum.at(most, ends[two_texts], pairs.points[two_texts])
    return most


def _stands(table: Table, most: Ints, torn: Flags, fits: Pairs) -> Callable[[int], Stand]:
    edges = np.searchsorted(fits.one, np.arange(len(table.told) + 1)).tolist()
    told = table.told

    def stand(claim: int) -> Stand:
        own = slice(edges[claim], edges[claim + 1])
        rows = zip(fits.points[own].tolist(), fits.other[own].tolist(), strict=True)
        return Stand(int(most[claim]), bool(torn[claim]), tuple((points, told[n].id) for points, n in rows))

    return stand


def _torn_and_fits(table: Table, pairs: Pairs, sharp: Flags) -> tuple[Flags, Pairs]:
    """Tell which claims are torn, and for each loose one what fits it about equally well, best first."""
    told = table.told
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
    begin = np.repeat(first, np.diff(first, append=len(one)))
    equal = (points >= points[begin] - near[one]) & (np.arange(len(one)) - begin < _RIVALS)
    one, other, points = one[equal], other[equal], points[equal]
    for ahead in range(1, _RIVALS):
        rivals = np.flatnonzero((one[ahead:] == one[:-ahead]) & ~torn[one[ahead:]])
        apart = table.rated_once(other[rivals], other[rivals + ahead]) < least[one[rivals]]
        torn[one[rivals[apart]]] = True
    return torn, Pairs(one, other, points)


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
