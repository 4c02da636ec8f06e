"""The command `agree`: how far two coders of a case agree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli.case import Case, open_case
from reportedly.cli.context import Context, calm, results
from reportedly.cli.reading import Json
from reportedly.errors import UsageError
from reportedly.exports.csv import csv_line
from reportedly.store import SqliteStore

if TYPE_CHECKING:
    from rich.table import Table

    from reportedly.review.agreement import Agreement, Cell

# How many disagreements of a field are listed for people; JSON has all.
MOST_LISTED = 12


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(agree)


def agree(
    context: typer.Context,
    case: Case,
    one: Annotated[str | None, typer.Argument(metavar="[A]", help="A coder's name, or `program`.")] = None,
    other: Annotated[str | None, typer.Argument(metavar="[B]", help="The other; without both: who coded.")] = None,
    document: Annotated[str | None, typer.Option("--doc", metavar="DOC", help="Only in this document.")] = None,
    field: Annotated[str | None, typer.Option("--field", metavar="NAME", help="List its disagreements.")] = None,
    csv: Annotated[bool, typer.Option("--csv", help="One row a field, overall and by document.")] = False,
    json: Json = False,
) -> None:
    """Measure how far two coders agree: Krippendorff's alpha for each field, with its interval.

    A coder is a person, a person as blind second coder (`NAME (blind)`, or the name where they only coded blind), or
    `program`. Units are claims that both judged; stretches of text count in documents that both coded whole. Whoever
    coded openly saw what the program had read, which raises their agreement with it; a blind coder's is the test.

    \b
    Examples:
      reportedly agree news.case
      reportedly agree news.case ana ben
      reportedly agree news.case ana program --field toll_low
      reportedly agree news.case ana ben --csv > agreement.csv
    """
    from reportedly.review import agreement  # brings numpy: only where it is used

    state: Context = context.obj
    with open_case(state, case) as store:
        if one is None or other is None:
            _list_coders(state, store, one, json=json)
            return
        found = agreement.agree(store, one, other, document=document)
    if field is not None and found.cell(field) is None:
        known = ", ".join(cell.field for cell in found.cells)
        raise UsageError(f"no field `{field}`", where="--field", hint=f"fields: {known}")
    _print(state, found, field, csv=csv, json=json)


def _list_coders(state: Context, store: SqliteStore, one: str | None, *, json: bool) -> None:
    from reportedly.review.coders import coders

    if one is not None:
        raise UsageError("two coders are compared", hint="name the other one too, such as `program`")
    for name, judged in coders(store).items():
        line = {"coder": name.label, "blind": name.blind, "person": name.person, "judged": judged}
        state.out_json(line) if json else state.tell(f"{name.label}: {judged} claims")


def _print(state: Context, found: Agreement, field: str | None, *, csv: bool, json: bool) -> None:
    from reportedly.review.agreement_rows import COLUMNS, agreement_json, agreement_rows

    if json:
        state.out_json(agreement_json(found))
    elif csv:
        with results() as stream:
            stream.write(csv_line(COLUMNS).encode())
            for row in agreement_rows(found):
                stream.write(csv_line(row[name] for name in COLUMNS).encode("utf-8", "replace"))
    elif field is not None:
        for line in _listed(found, field):
            state.tell(line)
    else:
        state.console().print(_table(found))
        state.tell(_summary(found))


def _summary(found: Agreement) -> str:
    documents = f"{len(found.documents)} document{'s' * (len(found.documents) != 1)}"
    return (
        f"{found.claims} claims judged by {found.one.label} and {found.other.label} in {documents}, "
        f"{found.whole} coded whole by both. Alpha: 1 perfect, 0 chance; below .667 draw no conclusion, from .800 rely "
        "on it (Krippendorff 2004)."
    )


def _table(found: Agreement) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(title=calm(f"{found.one.label} and {found.other.label}"))
    for head in ("field", "measure"):
        table.add_column(head, overflow="fold")
    for head in ("n", "alpha", "95 %", "equal", "differ"):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("note", overflow="fold")
    for cell in found.cells:
        table.add_row(*(Text(text) for text in _cells(cell)))
    return table


def _cells(cell: Cell) -> Iterator[str]:
    found = cell.found
    yield from (cell.field, cell.measure, str(found.n))
    yield "–" if found.alpha is None else f"{found.alpha:.3f}"
    yield "–" if found.low is None else f"{found.low:.2f} to {found.high:.2f}"
    yield "–" if found.equal is None else f"{found.equal:.0%}"
    yield from (str(len(cell.disagreements)), cell.note)


def _listed(found: Agreement, field: str) -> Iterator[str]:
    cell = found.cell(field)
    assert cell is not None, "the field was looked up"
    yield f"{cell.label}: n {cell.found.n}, disagreements {len(cell.disagreements)}. {cell.note}".rstrip()
    for item in cell.disagreements[:MOST_LISTED]:
        words = " ".join(item.words.split())
        yield f"  {item.document}, {item.start}–{item.end} “{words}” {item.claim}".rstrip()
        yield f"      {found.one.label}: {item.one} · {found.other.label}: {item.other}"
    if len(cell.disagreements) > MOST_LISTED:
        yield f"  … and {len(cell.disagreements) - MOST_LISTED} more (--json lists all)"
