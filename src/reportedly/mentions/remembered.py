"""Answers about words, remembered in bounded memory: a stream of documents without end has words without end.

What is forgotten is found again, the same: nothing that is read may depend on what was read before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")

# Answers kept at a time. At some 300 bytes an answer, 30 MB; the frequent words come back at once.
CAPACITY = 100_000


class Remembered(dict[K, V]):
    """A dictionary that finds what it lacks, and forgets everything when it is full."""

    def __init__(self, find: Callable[[K], V], capacity: int = CAPACITY) -> None:
        super().__init__()
        self._find, self._capacity = find, capacity

    def __missing__(self, key: K) -> V:
        found = self._find(key)
        if len(self) >= self._capacity:
            self.clear()
        self[key] = found
        return found
