"""Room 6, blocks: which claims are compared at all, and which of those pairs speak for one happening.

Doors: `comparable(one, other)`, `keys(outline)` (what a store looks claims up by), `found(told)`. Whether two claims
are compared depends on the two alone, never on who else is there: so grouping by parts is exact (ADR 0010).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from reportedly.incidents.bounds import FAR_DEGREES, Table
from reportedly.incidents.outlines import Outline
from reportedly.incidents.scoring import THRESHOLD, rate

# Claims of one text are compared when they stand within so many characters.
FAR_CHARACTERS = 20_000
# Days that two claims may lie apart by what they share: a country's busy days only meet themselves.
_SLACK = {"country": 1, "actor": 3, "place": 20, "toll": 20}
# A time as vague as "this year" is no reason to look at everything that happened in a country.
_LONGEST_IN_COUNTRY = 31
# A figure this high is rare enough to look for the same one elsewhere.
_TELLING_TOLL = 5
# East, towns further apart than this are not compared up to this latitude, where 60 km are 1.08 degrees.
_FAR_DEGREES_EAST, _TEMPERATE = 1.2, 60.0
# Up to so many claims pairs are looked at one by one; above, whole blocks are sifted first.
_FEW = 48
# Days looked up at once: the longer the stretches, the more.
_STRIDE = {"country": 7, "actor": 7, "place": 28, "toll": 28}
_BATCH = 4_000_000
Links = Callable[[int], Sequence[tuple[float, int]]]
Reaches = dict[str, tuple[int, int]]


class Reach(NamedTuple):
    """Two claims of different texts are compared when they share a key and their stretches of days overlap."""

    key: str
    first: int
    last: int


def reaches(outline: Outline) -> Iterator[Reach]:
    """Yield where a claim looks for others: its country, its place, its known actors, its high figures."""
    for kind, name in _subjects(outline):
        days = outline.days
        if days.first is None or days.last is None:
            # Of a time quite unknown nothing but a place or a figure in common is worth a look.
            if days.edtf or kind in {"place", "toll"}:
                yield Reach(f"{kind} {name} {days.edtf or '?'}", 0, 0)
        elif kind != "country" or days.last - days.first <= _LONGEST_IN_COUNTRY:
            yield Reach(f"{kind} {name}", days.first, days.last + _SLACK[kind])


def _subjects(outline: Outline) -> Iterator[tuple[str, str]]:
    for country in sorted(outline.people.countries) or ["?"]:
        yield "country", country
    if outline.spot is not None and outline.spot.precision != "country":
        yield "place", outline.spot.key
    for actor in sorted(outline.people.known):
        yield "actor", actor
    for toll in {(c.outcome, c.figure) for c in outline.counts if c.figure is not None and c.figure >= _TELLING_TOLL}:
        yield "toll", f"{toll[0]} {toll[1]}"


def keys(outline: Outline) -> list[int]:
    """Return numbers such that two claims of different texts which are compared have one in common at least."""
    names = {f"{reach.key} {step}" for reach in reaches(outline) for step in _steps(reach)}
    digests = (hashlib.blake2b(n.encode("utf-8", "surrogatepass"), digest_size=7).digest() for n in names)
    return sorted(int.from_bytes(digest, "big") for digest in digests)


def _steps(reach: Reach) -> range:
    stride = _STRIDE[reach.key.split(" ", 1)[0]]
    return range(reach.first // stride, reach.last // stride + 1)


def comparable(one: Outline, other: Outline) -> bool:
    """Tell whether two claims are worth a comparison; those that only follow are not compared."""
    if one.follower or other.follower or far_apart(one, other):
        return False
    if one.document == other.document:
        return abs(one.start - other.start) <= FAR_CHARACTERS
    return _meet(_spans(one), _spans(other))


def _spans(outline: Outline) -> Reaches:
    return {r.key: (r.first, r.last) for r in reaches(outline)}


def _meet(one: Reaches, other: Reaches) -> bool:
    return any(max(one[k][0], other[k][0]) <= min(one[k][1], other[k][1]) for k in one.keys() & other.keys())


def far_apart(one: Outline, other: Outline) -> bool:
    """Tell cheaply that two towns lie too far from each other."""
    a, b = one.spot, other.spot
    if a is None or b is None or not a.sharp or not b.sharp:
        return False
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        return False
    if abs(a.lat - b.lat) > FAR_DEGREES:
        return True
    temperate = abs(a.lat) < _TEMPERATE and abs(b.lat) < _TEMPERATE
    return temperate and _FAR_DEGREES_EAST < abs(a.lon - b.lon) < 360 - _FAR_DEGREES_EAST


# ------------------------------------------------------------------------------------------- pairs that speak for one


def found(told: Sequence[Outline]) -> Links:
    """Return for each claim, by its number, the claims that speak for the same happening, with their scores."""
    pairs = pairs_one_by_one(told) if len(told) <= _FEW else pairs_in_blocks(told)
    if len(told) <= _FEW:
        links: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
        for total, i, j in pairs:
            links[i].append((total, j))
            links[j].append((total, i))
        return lambda i: links.get(i, ())
    return _rows(list(pairs), len(told))


def matched(one: Outline, other: Outline) -> float | None:
    """Return the score of two claims that speak for one happening, else None."""
    total = rate(one, other)
    return total if total is not None and total >= THRESHOLD else None


def pairs_one_by_one(told: Sequence[Outline]) -> Iterator[tuple[float, int, int]]:
    """Yield the pairs that speak for one happening, with their scores: for a few claims."""
    spans = [_spans(o) for o in told]
    compared = [n for n, o in enumerate(told) if not o.follower]
    for i in compared:
        one = told[i]
        for j in compared:
            if j >= i:
                break
            other = told[j]
            near = abs(one.start - other.start) <= FAR_CHARACTERS if one.document == other.document else None
            if near is False or far_apart(one, other) or not (near or _meet(spans[i], spans[j])):
                continue
            if (total := matched(one, other)) is not None:
                yield total, i, j


def pairs_in_blocks(told: Sequence[Outline]) -> Iterator[tuple[float, int, int]]:
    """Yield the same pairs, for many claims."""
    for code in _sifted(told):
        i, j = divmod(code, len(told))
        one, other = told[i], told[j]
        if one.document == other.document and abs(one.start - other.start) > FAR_CHARACTERS:
            continue
        if not far_apart(one, other) and (total := matched(one, other)) is not None:
            yield total, i, j


def _sifted(told: Sequence[Outline]) -> Iterable[int]:
    """Pairs that share a block and could reach the threshold, each once, as the one number i * len(told) + j."""
    table = Table(told)
    kept: list[np.ndarray] = []
    waiting = 0
    for members, firsts, lasts in _blocks(told):
        for codes in table.sift(members, firsts, lasts, THRESHOLD):
            kept.append(codes)
            waiting += len(codes)
        if waiting > _BATCH:
            kept, waiting = [np.unique(np.concatenate(kept))], 0
    return np.unique(np.concatenate(kept)).tolist() if kept else ()


def _blocks(told: Sequence[Outline]) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """The claims of each key with their stretches of days, by first day; and of each document by place in the text."""
    blocks: defaultdict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number, outline in enumerate(told):
        if outline.follower:
            continue
        blocks["\0" + outline.document].append((outline.start, number, outline.start + FAR_CHARACTERS))
        for reach in reaches(outline):
            blocks[reach.key].append((reach.first, number, reach.last))
    while blocks:
        _, block = blocks.popitem()
        if len(block) > 1:
            block.sort()
            rows = np.array(block, dtype=np.int64)
            yield rows[:, 1], rows[:, 0], rows[:, 2]


def _rows(pairs: list[tuple[float, int, int]], size: int) -> Links:
    """Pairs as one array of partners with the place where each claim's begin."""
    one = np.array([p[1] for p in pairs], dtype=np.int32)
    other = np.array([p[2] for p in pairs], dtype=np.int32)
    totals = np.array([p[0] for p in pairs])
    ends = np.concatenate([one, other])
    order = np.argsort(ends, kind="stable")
    partners, scores = np.concatenate([other, one])[order], np.concatenate([totals, totals])[order]
    starts = np.searchsorted(ends[order], np.arange(size + 1))

    def links(i: int) -> Sequence[tuple[float, int]]:
        a, b = starts[i], starts[i + 1]
        return list(zip(scores[a:b].tolist(), partners[a:b].tolist(), strict=True)) if a < b else ()

    return links
