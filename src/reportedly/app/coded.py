"""What codebooks make of incidents: rows with the sentences of their rules, and the figures that they take and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportedly.app.desk import BookCover, Coded, Desk
from reportedly.app.matrix import Matrix
from reportedly.contract import dumps
from reportedly.errors import ReportedlyError
from reportedly.model.claim import Claim
from reportedly.model.document import Document
from reportedly.model.incident import IncidentRecord

# Which columns of a book hold which outcome.
TAKEN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "acled": {"killed": ("fatalities",)},
    "ucdp": {"killed": ("best", "low", "high", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")},
    "plover": {"killed": ("dead",), "injured": ("injured",), "detained": ("arrested",)},
}
# Parts of PLOVER's nested values that say it in short.
_SHORT = ("identifier_text", "resolved_place", "extracted_place")


@dataclass(frozen=True, slots=True)
class Take:
    """A figure that a book writes: its column, the rule and its sentence, and the claims that it rests on."""

    book: str
    title: str
    field: str
    value: Any
    rule: str
    because: str
    claims: tuple[str, ...]


def coded(
    desk: Desk, name: str, records: Sequence[IncidentRecord], claims: Sequence[Claim], documents: Mapping[str, Document]
) -> Coded:
    """Return a book's rows; where coding fails on odd claims, a warning in place of rows, so that the page stands."""
    try:
        return desk.rooms.code(name, records, claims, documents)
    except ReportedlyError as error:
        return Coded((), tuple((record.id, error.message) for record in records))


def takes(matrix: Matrix, codings: Mapping[str, Coded], books: Mapping[str, BookCover]) -> dict[str, list[Take]]:
    """Return for each outcome of the matrix what each book takes of it, and why."""
    return {
        outcome: [take for name, found in codings.items() for take in _takes(name, outcome, found, books[name])]
        for outcome, _ in matrix.spans()
    }


def _takes(name: str, outcome: str, found: Coded, book: BookCover) -> Iterator[Take]:
    wanted = TAKEN.get(name, {}).get(outcome, ())
    for row in found.rows[:1]:
        for step in trace(row, book):
            if step["field"] in wanted and step["value"] is not None:
                yield Take(
                    name, book.title, step["field"], step["value"], step["rule"], step["because"], tuple(step["claims"])
                )


def trace(row: Mapping[str, Any], book: BookCover) -> list[dict[str, Any]]:
    """Return the steps that led to a row, each with its rule's sentence."""
    return [{**step, "because": step.get("because") or book.rules.get(step["rule"], "")} for step in row["_trace"]]


def short(value: object) -> str:
    """Return a value of a row in words, nested ones in short."""
    if value is None or value == "":
        return ""
    if isinstance(value, dict):
        return next((str(value[key]) for key in _SHORT if value.get(key)), dumps(value))
    if isinstance(value, list | tuple):
        return ", ".join(short(item) for item in value)
    return str(value)
