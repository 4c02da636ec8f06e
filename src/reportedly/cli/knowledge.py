"""Commands about what the program knows: `knowledge check`, `ontology`, `unresolved`."""

from __future__ import annotations

import csv
import importlib
import io
import json as json_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli import wiring
from reportedly.cli.context import Context
from reportedly.cli.imports import import_app
from reportedly.cli.reading import Docs, Engine, Jobs, Json
from reportedly.engine import engine as engine_of
from reportedly.engine.reading import ReadJob
from reportedly.errors import ReportedlyError
from reportedly.model.rejected import Rejected

if TYPE_CHECKING:
    from reportedly.knowledge.ontology import EventType

INCOMPLETE = 3

knowledge_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="What the program knows, as files.")
knowledge_app.add_typer(import_app, name="import")


@knowledge_app.command("check")
def knowledge_check(
    context: typer.Context,
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATHS...]", help="Own files or folders; none: the shipped ones.")
    ] = None,
    json: Json = False,
) -> None:
    """Check knowledge files against their schema and run their examples. Exit 1 where there is a problem.

    \b
    Examples:
      reportedly knowledge check
      reportedly knowledge check my-actors.csv
    """
    state: Context = context.obj
    module = importlib.import_module("reportedly.knowledge.check")
    problems: list[str] = module.check([Path(path) for path in paths or []])
    if not problems and not paths:
        problems = importlib.import_module("reportedly.evaluate.examples").check_examples()
    if json:
        state.out_json({"ok": not problems, "problems": problems})
    for problem in problems:
        state.say(f"reportedly: {problem}") if not json else None
    if problems:
        raise ReportedlyError(f"{len(problems)} problem(s) in knowledge files", hint="each is named above")
    if not json:
        state.out("knowledge files: no problems")


@knowledge_app.command("ontology")
def knowledge_ontology(context: typer.Context, json: Json = False) -> None:
    """Print the event types: key, violent or not, definition; with --json also the crosswalks to other schemes.

    \b
    Examples:
      reportedly knowledge ontology
      reportedly knowledge ontology --json
    """
    from reportedly.knowledge.load import DATA
    from reportedly.knowledge.ontology import load_ontology

    state: Context = context.obj
    types = load_ontology(DATA)
    if json:
        state.out(json_module.dumps([_event_type(kind) for kind in types.values()], ensure_ascii=False, indent=1))
        return
    for kind in types.values():
        state.out(f"{kind.key:<36} {'violent' if kind.violent else '':<8} {' '.join(kind.definition.split())}")


def _event_type(kind: EventType) -> dict[str, object]:
    return {
        "key": kind.key,
        "label": kind.label,
        "violent": kind.violent,
        "family": kind.family,
        "definition": kind.definition,
        "include": list(kind.include),
        "exclude": list(kind.exclude),
        "crosswalks": dict(kind.crosswalk),
        "examples": list(kind.examples),
    }


@knowledge_app.command("unresolved")
def knowledge_unresolved(
    context: typer.Context,
    docs: Docs,
    least: Annotated[int, typer.Option("--min", metavar="N", min=1, help="Only names seen so often.")] = 1,
    engine: Engine = None,
    jobs: Jobs = None,
) -> None:
    """Print the names that documents use for actors and places and that we do not know, as CSV to fill in.

    Kind and countries are filled in where the texts are clear. Complete the rows that matter, delete the others, and
    hand the file to `knowledge import csv`.

    \b
    Examples:
      reportedly knowledge unresolved articles/ > names.csv
      reportedly knowledge unresolved articles.jsonl --min 3
    """
    state: Context = context.obj
    settings = state.configure(engine=engine, jobs=jobs)
    room = importlib.import_module("reportedly.knowledge.unresolved")
    found = room.Unresolved(wiring.load_knowledge(settings))
    job = ReadJob(settings, debug=state.debug, mentions=True)
    unread = 0
    with state.progress("reading") as ticker:
        for item in engine_of(settings.engine, settings.jobs).map(job, wiring.read_documents(docs)):
            if isinstance(item, Rejected):
                state.refuse(item)
                unread += item.fatal
            else:
                found.add(item)
                ticker.tick()
    state.out(_table(room.COLUMNS, [list(row.values()) for row in found.rows(least)]))
    if unread:
        raise typer.Exit(INCOMPLETE)


def _table(columns: tuple[str, ...], rows: list[list[str]]) -> str:
    """Return rows as CSV that no spreadsheet program takes for formulas."""
    harmless = importlib.import_module("reportedly.exports.csv").harmless
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().removesuffix("\n")
