"""The command `code`: a case's incidents as the rows that a codebook would write."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli import wiring
from reportedly.cli.case import open_case
from reportedly.cli.context import Context, results
from reportedly.contract import dumps
from reportedly.exports.csv import csv_line
from reportedly.store.base import View

if TYPE_CHECKING:
    from reportedly.codebooks import Book, Coding

EXPLAINING = ("_claims", "_confidence", "_trace")
# Books whose own layout is not a table.
NESTED = frozenset({"plover"})


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(code)


def code(
    context: typer.Context,
    case: Annotated[str, typer.Argument(metavar="CASE", help="The case's file.")],
    book: Annotated[str, typer.Option("--book", metavar="NAME", help="acled, ucdp, plover or cameo.")],
    explain: Annotated[bool, typer.Option("--explain", help="Also each row's claims, confidence and rules.")] = False,
) -> None:
    """Print a case's incidents in a codebook's own layout: CSV, for PLOVER one JSON object a line.

    What the book cannot hold is named on standard error, never dropped silently.

    \b
    Examples:
      reportedly code news.case --book acled > acled.csv
      reportedly code news.case --book ucdp --explain
    """
    state: Context = context.obj
    (name,) = wiring.check_books([book])
    with open_case(state, case) as store:
        layout: Book = importlib.import_module("reportedly.codebooks").load_book(name)
        coding = _coded(store, layout)
    with results() as stream:
        for line in coding_lines(coding.rows, layout.columns, nested=name in NESTED, explain=explain):
            stream.write(line.encode("utf-8", "replace"))
    for warning in coding.warnings:
        state.note(f"reportedly: note: {warning.incident}: {warning.message}")


def _coded(view: View, layout: Book) -> Coding:
    room = importlib.import_module("reportedly.codebooks")
    documents = {stored.document.id: stored.document for stored in view.documents()}
    coding: Coding = room.code_all(list(view.incidents()), list(view.claims()), layout, documents)
    return coding


def coding_lines(
    rows: Sequence[Mapping[str, object]], columns: Sequence[str], *, nested: bool, explain: bool
) -> Iterator[str]:
    """Yield the rows in the book's column order, with a header where the layout is a table."""
    named = [*columns, *EXPLAINING] if explain else [*columns]
    if nested:
        yield from (dumps({name: row.get(name) for name in named}) + "\n" for row in rows)
        return
    yield csv_line(named)
    for row in rows:
        yield csv_line(_cell(row.get(name)) for name in named)


def _cell(value: object) -> object:
    return dumps(value) if isinstance(value, list | tuple | dict) else value
