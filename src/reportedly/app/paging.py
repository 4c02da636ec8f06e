"""A part of a long list, by the query of its URL: which page, how many rows, and the links to the pages around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

USUAL, MOST = 100, 1_000
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Paging:
    """Page `page` (from 1) of a list of `total` rows, `limit` rows a page; `kept` is the rest of the query."""

    page: int
    limit: int
    total: int
    kept: tuple[tuple[str, str], ...] = ()

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.limit))

    @property
    def first(self) -> int:
        """The number of the first row shown, counted from 0."""
        return (self.page - 1) * self.limit

    @property
    def last(self) -> int:
        """The number behind the last row shown."""
        return min(self.total, self.first + self.limit)

    def cut(self, items: Sequence[Item]) -> Sequence[Item]:
        """Return the part of all rows that is shown."""
        return items[self.first : self.last]

    def link(self, page: int) -> str:
        """Return the query that leads to another page of the same list."""
        pairs = [*self.kept, *([("page", str(page))] if page > 1 else [])]
        return "?" + urlencode(pairs)

    @property
    def query(self) -> str:
        """The rest of the query, for files that hold the whole list."""
        kept = [(key, value) for key, value in self.kept if key != "limit"]
        return "?" + urlencode(kept) if kept else ""


def read_paging(query: Mapping[str, str], total: int, usual: int = USUAL) -> Paging:
    """Read which part is wanted; anything that is no number counts as the usual, a page too far as the last one."""
    limit = min(max(_number(query.get("limit", ""), usual), 1), MOST)
    kept = tuple((key, value) for key, value in query.items() if key != "page" and value)
    wanted = max(_number(query.get("page", ""), 1), 1)
    return Paging(min(wanted, max(1, -(-total // limit))), limit, total, kept)


def _number(text: str, usual: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else usual
