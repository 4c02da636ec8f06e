"""What an engine is: a map over a stream, with the function made once where it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# Makes the function to be mapped. Called once in every process, so that parser and knowledge are loaded there once;
# it has to be picklable (a module-level function or a frozen value with `__call__`), as have items and results.
Make = Callable[[], Callable[[Item], Result]]


class Engine(Protocol):
    """Maps a function over items, in input order."""

    def map(self, make: Make[Item, Result], items: Iterable[Item]) -> Iterator[Result]:
        """Yield the function's result for each item, in the order of the items."""
        ...
