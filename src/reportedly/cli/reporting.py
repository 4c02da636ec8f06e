"""The command `report`: a case, or a part of it, as one HTML file to read, print and give away."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

import typer

from reportedly.cli import wiring
from reportedly.cli.case import Case, export_file, open_case
from reportedly.cli.context import Context, results
from reportedly.exports import write
from reportedly.exports.scope import Scope

Several = list[str] | None


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(report)


def report(
    context: typer.Context,
    case: Case,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="File to write; - is stdout.")] = "-",
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="What stands at its head.")] = "",
    since: Annotated[str, typer.Option("--from", metavar="DAY", help="Incidents not over before this day.")] = "",
    until: Annotated[str, typer.Option("--to", metavar="DAY", help="Incidents not begun after this day.")] = "",
    actor: Annotated[Several, typer.Option("--actor", metavar="NAME", help="In which they stand; repeatable.")] = None,
    country: Annotated[Several, typer.Option("--country", metavar="CODE", help="Two letters; repeatable.")] = None,
    kind: Annotated[Several, typer.Option("--type", metavar="KEY", help="Event type or its first part.")] = None,
    status: Annotated[Literal["single", "agreed", "contested"] | None, typer.Option(help="Only these.")] = None,
    max_quote_words: Annotated[int | None, typer.Option(metavar="N", min=0, help="Longest quote.")] = None,
) -> None:
    """Write a report: scope, ranges, incidents with their words, contradictions, actors, sources, map, method.

    One HTML file without scripts that opens anywhere and prints to A4. Quotes keep to the quote budget. What the scope
    leaves out is counted in it.

    \b
    Examples:
      reportedly report news.case -o report.html
      reportedly report news.case --from 2024-07-01 --to 2024-07-31 --country ML -o july.html
      reportedly report news.case --actor "Wagner Group" --type battle -o wagner.html
    """
    state: Context = context.obj
    scope = Scope(since, until, tuple(actor or ()), tuple(country or ()), tuple(kind or ()), status)
    options = replace(wiring.export_options(state.settings, max_quote_words), scope=scope, title=title)
    with open_case(state, case) as store:
        if output == "-":
            with results() as stream:
                write(store, "html", stream, options)
            return
        export_file(store, "html", Path(output), options)
        state.note(f"{output}: written")
