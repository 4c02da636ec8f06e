"""Rows with their trace: each value of a row names the rule that gave it and the claims and words that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reportedly.model import Claim

Row = dict[str, Any]
WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row: the id of the rule that gave it, its sentence, and the claims and words that it rests on."""

    value: Any
    rule: str
    because: str
    claims: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


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


def build_row(cells: Mapping[str, Cell], claims: Iterable[Claim], confidence: float, notes: Iterable[str] = ()) -> Row:
    """Put the cells in a row, in the book's order, and add `_claims`, `_confidence` and `_trace`."""
    row: Row = {column: cell.value for column, cell in cells.items()}
    row["_claims"] = _ids(claims, cells)
    row["_confidence"] = round(min(1.0, max(0.0, confidence)), 3)
    row["_trace"] = [_step(column, cell) for column, cell in cells.items()]
    row["_trace"] += [_note(note) for note in notes]
    return row


def notes_of(row: Row) -> list[str]:
    """The warnings that stand in a row's trace."""
    return [str(step["value"]) for step in row["_trace"] if step["rule"] == WARNING]


def _step(column: str, cell: Cell) -> dict[str, Any]:
    return {
        "field": column,
        "value": cell.value,
        "rule": cell.rule,
        "because": cell.because,
        "words": list(cell.words),
        "claims": list(cell.claims),
    }


def _note(note: str) -> dict[str, Any]:
    return {"field": None, "value": note, "rule": WARNING, "because": note, "words": [], "claims": []}


def _ids(claims: Iterable[Claim], cells: Mapping[str, Cell]) -> list[str]:
    """Ids of the row's claims in their own order, then those that only a single value rests on."""
    ids = [claim.id for claim in claims] + [key for cell in cells.values() for key in cell.claims]
    return list(dict.fromkeys(ids))
