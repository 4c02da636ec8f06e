"""The command `compare`: a case beside a person's own ACLED or UCDP GED file."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli import wiring
from reportedly.cli.case import open_case
from reportedly.cli.context import Context
from reportedly.errors import ReportedlyError, UsageError
from reportedly.exports.csv import csv_line

if TYPE_CHECKING:
    from reportedly.comparison import Comparison, Table

INCOMPLETE = 3
SUFFIXES = (".html", ".htm", ".csv")


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(compare)


def compare(
    context: typer.Context,
    case: Annotated[str, typer.Argument(metavar="CASE", help="The case's file.")],
    acled: Annotated[Path | None, typer.Option(metavar="FILE", help="Your ACLED export (CSV).")] = None,
    ucdp: Annotated[Path | None, typer.Option(metavar="FILE", help="Your UCDP GED file (CSV).")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write a page (.html) or a table (.csv).")
    ] = None,
    days: Annotated[int, typer.Option(metavar="N", min=0, max=60, help="Days that a match may lie apart.")] = 2,
    least: Annotated[float, typer.Option(metavar="SCORE", min=0, max=1, help="Least score of a match.")] = 0.6,
    json: Annotated[bool, typer.Option("--json", help="JSON, also for errors.")] = False,
) -> None:
    """Match your own data set with a case: found, missed, extra, and where deaths differ with each claimant's words.

    Nothing of the file goes into the case. Rows without an id, with a year like 0025 or with deaths that cannot be are
    named and left out (exit code 3); the others are compared.

    \b
    Examples:
      reportedly compare news.case --acled my-acled.csv -o compare.html
      reportedly compare news.case --ucdp ged.csv -o compare.csv
      reportedly compare news.case --acled my-acled.csv --json
    """
    state: Context = context.obj
    if output is not None and output.suffix.casefold() not in SUFFIXES:
        raise UsageError(f"cannot write `{output.name}`", where="--output", hint="name it .html or .csv")
    room = importlib.import_module("reportedly.comparison")
    theirs = _read(acled, ucdp)
    with open_case(state, case) as store:
        found: Comparison = room.compare(store, theirs, wiring.country_names(), room.Limits(days, least))
    for item in theirs.rejected:
        state.refuse(item)
    if output is not None:
        _write(output, found)
    if json:
        state.out_json(room.as_json(found))
    else:
        _summary(state, found, output)
    if any(item.fatal for item in theirs.rejected):
        raise typer.Exit(INCOMPLETE)


def _read(acled: Path | None, ucdp: Path | None) -> Table:
    room = importlib.import_module("reportedly.comparison")
    if (acled is None) == (ucdp is None):
        raise UsageError("compare with one file", hint="give --acled FILE or --ucdp FILE")
    table: Table = room.read_acled(acled) if acled is not None else room.read_ged(ucdp)
    return table


def _write(path: Path, found: Comparison) -> None:
    room = importlib.import_module("reportedly.comparison")
    as_table = path.suffix.casefold() == ".csv"
    text = "".join(csv_line(row) for row in room.table(found)) if as_table else room.page(found)
    try:
        with path.open("w", encoding="utf-8", newline="") as out:
            out.write(text)
    except OSError as error:
        raise ReportedlyError(f"cannot be written: {error.strerror}", where=str(path)) from error


def _summary(state: Context, found: Comparison, output: Path | None) -> None:
    state.tell(f"{found.case} beside {found.file} ({found.layout.upper()} layout)")
    for name, number in found.counts().items():
        state.tell(f"  {number:>6}  {name}")
    if output is not None:
        state.tell(f"written  {output}")
    else:
        state.note("reportedly: note: each match with its reasons: -o compare.html, -o compare.csv or --json")
