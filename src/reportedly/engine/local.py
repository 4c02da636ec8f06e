"""The plain engine: one item after the other in this process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reportedly.engine.base import Item, Make, Result


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Maps in this process; holds one item at a time."""

    def map(self, make: Make[Item, Result], items: Iterable[Item]) -> Iterator[Result]:
        """Yield the function's result for each item."""
        read = make()
        for item in items:
            yield read(item)
