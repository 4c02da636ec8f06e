"""Room 6, blocks: which claims are compared at all, and which of those pairs speak for one happening.

Doors: `comparable(one, other)`, `keys(outline)` (what a store looks claims up by), `found(told)`. Whether two claims
are compared depends on the two alone, never on who else is there: so grouping by parts is exact (ADR 0010).
"""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from reportedly.incidents.columns import Codes, Flags, Numbers
from reportedly.incidents.outlines import Outline
from reportedly.incidents.scoring import Rates
from reportedly.incidents.sieve import Sieve
from reportedly.incidents.table import Pairs, Table
from reportedly.knowledge.linking import Linking

# Days that two claims may lie apart by what they share: a country's busy days only meet themselves.
_SLACK = {"country": 1, "actor": 3, "place": 20, "toll": 20}
# A time as vague as "this year" is no reason to look at everything that happened in a country.
_LONGEST_IN_COUNTRY = 31
# A figure this high is rare enough to look for the same one elsewhere.
_TELLING_TOLL = 5
# Days looked up at once: the longer the stretches, the more.
_STRIDE = {"country": 7, "actor": 7, "place": 28, "toll": 28}
# Blocks by what their claims share, those first whose pairs say most: what is much weaker then falls through the sieve.
# Whoever shares a place is found there, whatever else they share.
_KINDS = ("text", "place", "toll", "actor", "country")
_TEXT, _PLACE = 0, 1
# Blocks up to this size are looked at all together; pairs are scored so many at once.
_SMALL = 48
_AT_ONCE = 1 << 20
Links = Callable[[int], Sequence[tuple[int, int]]]
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
    people = outline.people
    for country in [*sorted(people.view), *([] if people.countries else ["?"])]:
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


def comparable(one: Outline, other: Outline, linking: Linking) -> bool:
    """Tell whether two claims are worth a comparison; those that only follow are not compared."""
    if one.follower or other.follower:
        return False
    if one.document == other.document:
        return abs(one.start - other.start) <= linking.measures.far_characters
    return _meet(_spans(one), _spans(other))


def _spans(outline: Outline) -> Reaches:
    return {r.key: (r.first, r.last) for r in reaches(outline)}


def _meet(one: Reaches, other: Reaches) -> bool:
    return any(max(one[k][0], other[k][0]) <= min(one[k][1], other[k][1]) for k in one.keys() & other.keys())


# ------------------------------------------------------------------------------------------- pairs that speak for one


def found(told: Sequence[Outline], rates: Rates) -> Links:
    """Return for each claim, by its number, the claims that speak for the same happening, with their points."""
    links: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for total, i, j in pairs_one_by_one(told, rates):
        links[i].append((total, j))
        links[j].append((total, i))
    return lambda i: links.get(i, ())


def pairs_one_by_one(told: Sequence[Outline], rates: Rates) -> Iterator[tuple[int, int, int]]:
    """Yield the pairs that speak for one happening, with their points: for a few claims."""
    linking = rates.linking
    spans = [_spans(o) for o in told] if len({o.document for o in told}) > 1 else []
    compared = [n for n, o in enumerate(told) if not o.follower]
    for i in compared:
        one = told[i]
        for j in compared:
            if j >= i:
                break
            other = told[j]
            if one.document == other.document:
                near = abs(one.start - other.start) <= linking.measures.far_characters
            else:
                near = _meet(spans[i], spans[j])
            if near and (total := rates.of(one, other)) is not None and total >= linking.pair:
                yield total, i, j


def pairs_in_blocks(table: Table, wanted: Flags | None = None) -> Pairs:
    """Return the same pairs, for many claims: each once, the smaller number first, in order.

    Those that decide over no tie are left out (see `Sieve`); of `wanted` only those with such a claim.
    """
    size = max(len(table.told), 1)
    sieve = Sieve(table)
    found = Pairs(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int32))
    waiting: list[Pairs] = []
    for some in _gathered(_candidates(table, wanted), size):
        one, other = some // size, some % size
        waiting.append(table.matching(one, other, sieve.least(one, other)))
        sieve.note(waiting[-1])
        if sum(len(pairs.one) for pairs in waiting) > _AT_ONCE:
            found, waiting = _each_once([sieve.sifted(pairs) for pairs in (found, *waiting)], size), []
    return _each_once([sieve.sifted(pairs) for pairs in (found, *waiting)], size)


def _each_once(pairs: Sequence[Pairs], size: int) -> Pairs:
    one, other, points = (np.concatenate(columns) for columns in zip(*pairs, strict=True))
    every, first = np.unique(one * size + other, return_index=True)
    return Pairs(every // size, every % size, points[first])


def _gathered(candidates: Iterator[tuple[Numbers, Numbers]], size: int) -> Iterator[Numbers]:
    """Yield pairs as numbers, one * size + other, many at once: most blocks are small."""
    waiting: list[Numbers] = []
    count = 0
    for one, other in candidates:
        waiting.append(np.minimum(one, other) * size + np.maximum(one, other))
        count += len(one)
        if count > _AT_ONCE:
            yield _once(np.concatenate(waiting))
            waiting, count = [], 0
    if waiting:
        yield _once(np.concatenate(waiting))


def _once(codes: Numbers) -> Numbers:
    """Each number once, in order: by sorting, since numpy's hashing of such numbers takes ten times as long."""
    codes.sort()
    return np.asarray(codes[np.diff(codes, prepend=-1) != 0])


def _candidates(table: Table, wanted: Flags | None) -> Iterator[tuple[Numbers, Numbers]]:
    """The pairs that share a key: small blocks all together, large ones each by itself."""
    rows = _rows(table)
    if wanted is not None:
        rows = rows.of(np.isin(rows.key, rows.key[wanted[rows.number]]))
    edges = np.flatnonzero(np.diff(rows.key, prepend=-1, append=-1))
    sizes = np.diff(edges)
    yield from _side_by_side(table, rows.of(np.repeat(sizes <= _SMALL, sizes)), wanted)
    large = [(int(rows.kind[start]), start, stop) for start, stop in pairwise(edges.tolist()) if stop - start > _SMALL]
    for kind, start, stop in sorted(large):
        block = rows.of(np.s_[start:stop])
        for one, other in table.look(block.number, block.first, block.last, wanted):
            yield _own(kind, one, other, table)


def _side_by_side(table: Table, rows: Rows, wanted: Flags | None) -> Iterator[tuple[Numbers, Numbers]]:
    """The pairs of small blocks: each claim with the next, then with the one after, as long as stretches overlap."""
    here = np.arange(len(rows.key))
    for ahead in range(1, _SMALL):
        here = here[here + ahead < len(rows.key)]
        there = here + ahead
        here = here[(rows.key[there] == rows.key[here]) & (rows.first[there] <= rows.last[here])]
        one, other = rows.number[here], rows.number[here + ahead]
        asked = np.ones(len(here), dtype=bool) if wanted is None else wanted[one] | wanted[other]
        for kind in range(len(_KINDS)):
            of = asked & (rows.kind[here] == kind)
            yield _own(kind, one[of], other[of], table)


def _own(kind: int, one: Numbers, other: Numbers, table: Table) -> tuple[Numbers, Numbers]:
    """Leave out the pairs of a block that are no pairs of it: those of one text, and those that a place holds too."""
    if kind == _TEXT:
        return one, other
    own = table.document[one] != table.document[other]
    if kind > _PLACE:
        own &= ~table.one_place(one, other)
    return one[own], other[own]


class Rows(NamedTuple):
    """Claims by the keys that they are looked up by, with their stretches of days, or of characters in one text."""

    key: Numbers
    kind: Numbers
    number: Numbers
    first: Numbers
    last: Numbers

    def of(self, which: Flags | slice) -> Rows:
        """Some of the rows."""
        return Rows(*(column[which] for column in self))


def _rows(table: Table) -> Rows:
    """The claims of each key by first day, and of each text by place in the text."""
    names = Codes()
    keys, kinds, numbers, firsts, lasts = (array("q") for _ in range(5))
    far = table.linking.measures.far_characters
    for number, outline in enumerate(table.told):
        if outline.follower:
            continue
        for reach in (Reach(f"text {outline.document}", outline.start, outline.start + far), *reaches(outline)):
            keys.append(names.of(reach.key))
            kinds.append(_KINDS.index(reach.key.partition(" ")[0]))
            numbers.append(number)
            firsts.append(reach.first)
            lasts.append(reach.last)
    rows = Rows(*(np.frombuffer(column, dtype=np.int64) for column in (keys, kinds, numbers, firsts, lasts)))
    order = np.lexsort((rows.number, rows.first, rows.key))
    return Rows(*(column[order] for column in rows))
