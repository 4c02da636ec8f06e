"""Room 6, columns: parts of outlines as arrays of numbers, and features as numbers that can be added.

A coded feature holds its points and, above them, whether it is a detail told otherwise; so one sum holds both.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportedly.knowledge.linking import Feature, Linking

Numbers = NDArray[np.int64]
Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]
# Of a forbidden pair. Eight of them still fit a column.
NEVER = -(1 << 27)
NONE = -1
_OTHERWISE = 1 << 16
_HALF = _OTHERWISE // 2
# Members of a set that columns hold.
WIDTH = 4
# Pairs of parts that a grid holds at most.
_CELLS = 1 << 22


def coded(feature: Feature) -> int:
    """Return a feature as a number to be added."""
    return NEVER if feature.forbids else feature.points + (_OTHERWISE if feature.otherwise else 0)


def points_of(total: Ints, linking: Linking) -> Ints:
    """Return the points of sums of coded features, `NEVER` for pairs that are forbidden."""
    otherwise = (total + _HALF) >> 16
    forbidden = (total < NEVER // 2) | (otherwise > linking.otherwise_allowed)
    return np.asarray(np.where(forbidden, NEVER, total - otherwise * _OTHERWISE), dtype=np.int32)


class Weights:
    """Coded features by name."""

    def __init__(self, linking: Linking) -> None:
        self._coded = {name: np.int32(coded(feature)) for name, feature in linking.features.items()}

    def __getitem__(self, name: str) -> np.int32:
        return self._coded[name]

    def choose(self, cases: Sequence[tuple[Flags, str]], otherwise: str) -> Ints:
        """Return for each pair the feature of the first case that holds."""
        tests, names = [test for test, _ in cases], [self[name] for _, name in cases]
        return np.asarray(np.select(tests, names, self[otherwise]), dtype=np.int32)


class Codes:
    """Numbers for names: the same name has the same number everywhere."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}

    def of(self, name: Hashable) -> int:
        """Return the number of a name."""
        return self._numbers.setdefault(name, len(self._numbers))

    def column(self, names: Iterable[Hashable]) -> Ints:
        """Return the numbers of names."""
        return np.fromiter((self.of(name) for name in names), dtype=np.int32)

    def maybe(self, names: Iterable[Hashable | None]) -> Ints:
        """Return the numbers of names, `NONE` for none."""
        return np.fromiter((NONE if name is None else self.of(name) for name in names), dtype=np.int32)


class Parts:
    """Equal parts of outlines, held once: those of one outliner are the same objects."""

    def __init__(self) -> None:
        self.all: list[Any] = []
        self._numbers: dict[int, int] = {}

    def column(self, parts: Iterable[Any]) -> Ints:
        """Return the number of each part, `NONE` for none."""
        return np.fromiter((NONE if part is None else self._number(part) for part in parts), dtype=np.int32)

    def _number(self, part: Any) -> int:
        number = self._numbers.get(id(part))
        if number is None:
            number = self._numbers[id(part)] = len(self.all)
            self.all.append(part)
        return number


class Sets:
    """Sets of names as rows of numbers, of at most `WIDTH` members; `wide` are those that have more."""

    def __init__(self, sets: Sequence[frozenset[Any]], names: Codes) -> None:
        self.sizes = np.array([len(s) for s in sets], dtype=np.int32)
        self.wide = self.sizes > WIDTH
        width = min(WIDTH, int(self.sizes.max(initial=0)))
        self._members = [np.full(len(sets), NONE, dtype=np.int32) for _ in range(width)]
        for row, members in enumerate(sets):
            for column, member in zip(self._members, members, strict=False):
                column[row] = names.of(member)

    def shared(self, a: Ints, b: Ints, other: Sets | None = None) -> Ints:
        """Return how many members the sets of each pair have in common."""
        count = np.zeros(len(a), dtype=np.int32)
        others = [column[b] for column in (other or self)._members]
        for mine in (column[a] for column in self._members):
            for theirs in others:
                count += (mine == theirs) & (mine != NONE)
        return count


class Grid:
    """What a comparison says of each two of some parts: worked out once where that is less work."""

    def __init__(self, size: int, rated: Callable[[Ints, Ints, Flags], Ints]) -> None:
        self._size, self._rated = size, rated
        self._every: Ints | None = None
        self._asked = 0

    def rated(self, a: Ints, b: Ints, one_text: Flags) -> Ints:
        """Return the coded feature of each pair."""
        self._asked += len(a)
        if self._every is None and self._size * self._size <= min(self._asked, _CELLS):
            one, other = np.indices((self._size, self._size), dtype=np.int32).reshape(2, -1)
            self._every = self._rated(one, other, np.zeros(len(one), dtype=bool)).reshape(self._size, self._size)
        if self._every is None:
            return self._rated(a, b, one_text)
        found = self._every[a, b]
        within = np.flatnonzero(one_text)
        found[within] = self._rated(a[within], b[within], one_text[within])
        return found


class Countries:
    """Sets of countries, as bits: any number of them."""

    def __init__(self, sets: Sequence[frozenset[str]]) -> None:
        places = {name: n for n, name in enumerate(sorted({name for s in sets for name in s}))}
        self._bits = np.zeros((len(places) // 64 + 1, len(sets)), dtype=np.uint64)
        for row, members in enumerate(sets):
            for name in members:
                self._bits[places[name] // 64, row] |= np.uint64(1 << (places[name] % 64))
        self.some = np.array([bool(s) for s in sets], dtype=bool)

    def shared(self, a: Ints, b: Ints) -> Flags:
        """Tell which pairs have a country in common."""
        found = np.zeros(len(a), dtype=bool)
        for word in self._bits:
            found |= (word[a] & word[b]) != 0
        return found


def flags(parts: Sequence[Any], test: Callable[[Any], bool]) -> Flags:
    """Return what a test says of each part."""
    return np.array([test(part) for part in parts], dtype=bool)


def each_with_each(size: int) -> Iterable[tuple[int, int]]:
    """Return the pairs of columns to be compared."""
    return product(range(size), range(size))
