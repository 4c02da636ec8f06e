"""One incident under all books side by side, with what each says by which rule and why the books differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportedly.codebooks.book import Book, load_books
from reportedly.codebooks.interpret import code_record
from reportedly.codebooks.rows import Coding, Row
from reportedly.knowledge.tables import read_yaml
from reportedly.model import Claim, Document, IncidentRecord


@dataclass(frozen=True, slots=True)
class BookCell:
    """What one book says about one thing: its column, the value as text, and the rule, words and claims behind it."""

    column: str
    value: str
    rule: str
    because: str
    words: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that several books say something about. A book without a row, or without such a column, is missing.

    `why` says what books differ about here in general; it is empty where these rows agree.
    """

    what: str
    cells: Mapping[str, BookCell]
    differs: bool
    why: str


@dataclass(frozen=True, slots=True)
class SideBySide:
    """An incident under several books: how many rows each has, its warnings (why there is no row), and the lines."""

    incident: str
    title: str
    titles: Mapping[str, str]
    rows: Mapping[str, int]
    warnings: Mapping[str, tuple[str, ...]]
    lines: tuple[Line, ...]


def side_by_side(
    record: IncidentRecord,
    claims: Iterable[Claim],
    documents: Mapping[str, Document] | None = None,
    books: Mapping[str, Book] | None = None,
) -> SideBySide:
    """Code the incident by every book and lay the rows beside each other. Pure; `books` default to all, unset."""
    used = books if books is not None else load_books()
    own = list(claims)
    codings = {name: code_record(record, own, book, documents) for name, book in used.items()}
    aspects = read_yaml(Path(__file__).parent / "aspects.yml")["aspects"]
    return SideBySide(
        incident=record.id,
        title=record.title,
        titles={name: book.title for name, book in used.items()},
        rows={name: len(coding.rows) for name, coding in codings.items()},
        warnings={name: tuple(w.message for w in coding.warnings) for name, coding in codings.items()},
        lines=tuple(line for line in (_line(aspect, codings) for aspect in aspects) if line.cells),
    )


def _line(aspect: Mapping[str, Any], codings: Mapping[str, Coding]) -> Line:
    columns: Mapping[str, str] = aspect["columns"]
    cells = {
        name: _cell(codings[name].rows, column)
        for name, column in columns.items()
        if name in codings and codings[name].rows
    }
    differs = len({cell.value.casefold() for cell in cells.values()}) > 1
    return Line(aspect["what"], cells, differs, aspect["why"] if differs else "")


def _cell(rows: Sequence[Row], column: str) -> BookCell:
    """The values of all rows; equal ones once, others with a bar between."""
    steps = [_step(row, column) for row in rows]
    texts = [value_text(row[column]) for row in rows]
    value = texts[0] if len(set(texts)) == 1 else " | ".join(texts)
    return BookCell(
        column=column,
        value=value,
        rule=str(steps[0]["rule"]),
        because=str(steps[0]["because"]),
        words=tuple(dict.fromkeys(word for step in steps for word in step["words"])),
        claims=tuple(dict.fromkeys(claim for step in steps for claim in step["claims"])),
    )


def _step(row: Row, column: str) -> Mapping[str, Any]:
    return next(step for step in row["_trace"] if step["field"] == column)


def value_text(value: object) -> str:
    """A value of a row as text: entities and places by their name, lists with a semicolon between."""
    if isinstance(value, Mapping):
        named = (value.get(key) for key in ("identifier_text", "resolved_place", "extracted_place"))
        return str(next((one for one in named if one), ""))
    if isinstance(value, list | tuple):
        return "; ".join(value_text(one) for one in value)
    return "" if value is None else str(value)
