"""Rows with their trace: each value of a row names the rule that gave it and the claims that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reportedly.codebooks.book import Book
from reportedly.errors import KnowledgeError
from reportedly.model import Claim

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row, the id of the rule that gave it, and the claims that it rests on."""

    value: Any
    rule: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodingWarning:
    """Something that a row cannot say, or why there is no row for an incident."""

    incident: str
    book: str
    message: str


@dataclass(frozen=True, slots=True)
class Coding:
    """The rows of one book, most certain first, and the warnings: nothing is dropped without one."""

    rows: tuple[Row, ...] = ()
    warnings: tuple[CodingWarning, ...] = ()


def build_row(
    book: Book, cells: Mapping[str, Cell], claims: Iterable[Claim], confidence: float, notes: Iterable[str] = ()
) -> Row:
    """Put the cells in the book's column order and add `_claims`, `_confidence` and `_trace`."""
    unknown = sorted(set(cells) - set(book.columns)) + sorted({c.rule for c in cells.values()} - set(book.rules))
    if unknown:
        raise KnowledgeError([f"{book.name}/book.yml: no column or rule `{name}`" for name in unknown])
    row: Row = {column: cells[column].value if column in cells else None for column in book.columns}
    row["_claims"] = _ids(claims, cells)
    row["_confidence"] = round(min(1.0, max(0.0, confidence)), 3)
    row["_trace"] = [_step(column, cells[column]) for column in book.columns if column in cells]
    row["_trace"] += [{"field": None, "value": note, "rule": "warning", "claims": []} for note in notes]
    return row


def _step(column: str, cell: Cell) -> dict[str, Any]:
    return {"field": column, "value": cell.value, "rule": cell.rule, "claims": list(cell.claims)}


def _ids(claims: Iterable[Claim], cells: Mapping[str, Cell]) -> list[str]:
    """Ids of the row's claims in their own order, then those that only a single value rests on."""
    ids = [claim.id for claim in claims] + [key for cell in cells.values() for key in cell.claims]
    return list(dict.fromkeys(ids))
