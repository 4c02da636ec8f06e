"""The commands `code` and `books`: a case's incidents as the rows of codebooks, what books differ in and may be set."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli import wiring
from reportedly.cli.case import open_case
from reportedly.cli.context import Context, results
from reportedly.contract import dumps
from reportedly.errors import InputError, UsageError
from reportedly.exports.csv import csv_line
from reportedly.exports.hxl import TAGS, tags_for
from reportedly.store.base import View

if TYPE_CHECKING:
    from reportedly.codebooks import Book, Coding, SideBySide

EXPLAINING = ("_claims", "_confidence", "_trace")

Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="BOOK.NAME=VALUE", help="A setting of a book; repeatable (see: books settings)."),
]
books_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Codebooks: their settings and differences.")


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(code)
    app.add_typer(books_app, name="books")


def configure(state: Context, given: Sequence[str] | None) -> None:
    """Put settings of books that are given as flags on top of those of the config file."""
    if given:
        state.configure(coding=[*state.settings.coding, *given])


def code(
    context: typer.Context,
    case: Annotated[str, typer.Argument(metavar="CASE", help="The case's file.")],
    book: Annotated[str, typer.Option("--book", metavar="NAME", help="acled, ucdp, plover or cameo.")],
    explain: Annotated[bool, typer.Option("--explain", help="Also each row's claims, confidence and rules.")] = False,
    settings: Set = None,
    hxl: Annotated[bool, typer.Option("--hxl", help="A row of HXL hashtags under the head (acled, ucdp).")] = False,
) -> None:
    """Print a case's incidents in a codebook's own layout: CSV, for PLOVER one JSON object a line.

    What the book cannot hold is named on standard error, never dropped silently.

    \b
    Examples:
      reportedly code news.case --book acled > acled.csv
      reportedly code news.case --book ucdp --explain
      reportedly code news.case --book acled --set acled.codes=numbers --set acled.dozens=24
      reportedly code news.case --book ucdp --hxl > ged.csv
    """
    state: Context = context.obj
    configure(state, settings)
    (name,) = wiring.check_books([book])
    layout = wiring.load_books(state.settings, [name])[name]
    if hxl and name not in TAGS:
        raise UsageError(f"`{name}` has none", where="--hxl", hint=f"books: {', '.join(TAGS)}")
    with open_case(state, case) as store:
        coding = _coded(store, layout)
    tags = tags_for(name, layout.columns) if hxl else ()
    with results() as stream:
        for line in coding_lines(coding.rows, layout.columns, nested=name in wiring.NESTED, explain=explain, tags=tags):
            stream.write(line.encode("utf-8", "replace"))
    for warning in coding.warnings:
        state.note(f"reportedly: note: {warning.incident}: {warning.message}")


def _coded(view: View, layout: Book) -> Coding:
    room = importlib.import_module("reportedly.codebooks")
    documents = {stored.document.id: stored.document for stored in view.documents()}
    coding: Coding = room.code_all(list(view.incidents()), list(view.claims()), layout, documents)
    return coding


def coding_lines(
    rows: Sequence[Mapping[str, object]],
    columns: Sequence[str],
    *,
    nested: bool,
    explain: bool,
    tags: Sequence[str] = (),
) -> Iterator[str]:
    """Yield the rows in the book's column order, with a header where the layout is a table."""
    named = [*columns, *EXPLAINING] if explain else [*columns]
    if nested:
        yield from (dumps({name: row.get(name) for name in named}) + "\n" for row in rows)
        return
    yield csv_line(named)
    if tags:
        yield csv_line(tags)
    for row in rows:
        yield csv_line(_cell(row.get(name)) for name in named)


def _cell(value: object) -> object:
    return dumps(value) if isinstance(value, list | tuple | dict) else value


# ------------------------------------------------------------------------------------------- books


@books_app.command("settings")
def books_settings(
    context: typer.Context,
    books: Annotated[list[str] | None, typer.Argument(metavar="[BOOKS...]", help="Names of books; none: all.")] = None,
    json: Annotated[bool, typer.Option("--json", help="JSON, also for errors.")] = False,
) -> None:
    """Show what may be set in codebooks: the value in force, the default, and where the default comes from.

    Set it with --set, in a config file (coding = ["acled.dozens=24"]) or in REPORTEDLY_CODING.

    \b
    Examples:
      reportedly books settings
      reportedly books settings acled --json
    """
    state: Context = context.obj
    loaded = wiring.load_books(state.settings, wiring.check_books(books or []) or wiring.book_names())
    found = [
        {"book": name, **asdict(choice), "value": book.chosen[choice.name]}
        for name, book in loaded.items()
        for choice in book.choices.values()
    ]
    if json:
        state.out_json(found)
        return
    for one in found:
        values = f", one of {', '.join(one['values'])}" if one["values"] else ""
        state.tell(f"{one['book']}.{one['name']} = {_shown(one['value'])} (default {_shown(one['default'])}{values})")
        state.tell(f"    {one['help']}\n    source: {one['source']}")


def _shown(value: object) -> str:
    return ",".join(map(str, value)) or "none" if isinstance(value, tuple) else str(value)


@books_app.command("diff")
def books_diff(
    context: typer.Context,
    case: Annotated[str, typer.Argument(metavar="CASE", help="The case's file.")],
    incident: Annotated[str, typer.Argument(metavar="INCIDENT", help="Id of an incident.")],
    settings: Set = None,
    csv: Annotated[bool, typer.Option("--csv", help="One line for each value of each book.")] = False,
    json: Annotated[bool, typer.Option("--json", help="JSON, also for errors.")] = False,
) -> None:
    """Show one incident under all codebooks side by side, with the rule behind each value and why the books differ.

    \b
    Examples:
      reportedly books diff news.case inc-20240727-0a1b2c3d4e
      reportedly books diff news.case inc-20240727-0a1b2c3d4e --csv > books.csv
    """
    state: Context = context.obj
    if csv and json:
        raise UsageError("--csv and --json exclude each other")
    configure(state, settings)
    books = wiring.load_books(state.settings, wiring.book_names())
    with open_case(state, case) as store:
        found = _beside(store, incident, books)
    if json:
        state.out_json(asdict(found))
    elif csv:
        with results() as stream:
            stream.write("".join(diff_csv(found)).encode("utf-8", "replace"))
    else:
        for line in diff_lines(found):
            state.tell(line)


def _beside(view: View, incident: str, books: Mapping[str, Book]) -> SideBySide:
    record = view.incident(incident)
    if record is None:
        raise InputError("no such incident", where=incident, hint="list them with: reportedly incidents CASE")
    room = importlib.import_module("reportedly.codebooks")
    claims = [claim for claim in (view.claim(key) for key in record.claims) if claim is not None]
    wanted = set(record.documents)
    documents = {s.document.id: s.document for s in view.documents() if s.document.id in wanted}
    found: SideBySide = room.side_by_side(record, claims, documents, books)
    return found


def diff_csv(found: SideBySide) -> Iterator[str]:
    """Yield one line of CSV for each value of each book, under a header."""
    yield csv_line(
        ["what", "book", "column", "value", "differs", "rule", "because", "words", "claims", "why_books_differ"]
    )
    for line in found.lines:
        for name, cell in line.cells.items():
            told = [cell.rule, cell.because, "; ".join(cell.words), "; ".join(cell.claims), line.why]
            yield csv_line([line.what, name, cell.column, cell.value, "yes" if line.differs else "no", *told])


def diff_lines(found: SideBySide) -> Iterator[str]:
    """Yield the comparison as text for people."""
    yield f"{found.incident}  {found.title}"
    for name, rows in found.rows.items():
        yield f"{name}: {rows} row(s)"
        yield from (f"    {message}" for message in found.warnings[name])
    for line in found.lines:
        yield f"\n{line.what}{': the books differ; ' + line.why if line.differs else ''}"
        for name, cell in line.cells.items():
            yield f"  {name:<7}{cell.column} = {cell.value or '(empty)'}"
            yield f"         {cell.rule}: {cell.because}"
