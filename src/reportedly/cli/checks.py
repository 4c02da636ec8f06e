"""Commands about the program itself: `doctor`, `knowledge`, `config`, `completion`."""

from __future__ import annotations

import importlib
import json as json_module
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from reportedly.cli.context import Context
from reportedly.cli.doctor import findings
from reportedly.cli.reading import Json
from reportedly.errors import ReportedlyError
from reportedly.settings import LOCAL_FILE, Settings, config_file

if TYPE_CHECKING:
    from reportedly.knowledge.ontology import EventType

knowledge_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="What the program knows, as files.")
config_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Settings and where they come from.")


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(doctor)
    app.add_typer(knowledge_app, name="knowledge")
    app.add_typer(config_app, name="config")
    app.command()(completion)


def doctor(context: typer.Context, json: Json = False) -> None:
    """Check that everything the program needs is there and is what was measured. Exit 1 where something is not.

    \b
    Examples:
      reportedly doctor
      reportedly doctor --json
    """
    state: Context = context.obj
    found = []
    for finding in findings(state.settings):
        found.append(finding)
        if not json:
            state.out(f"{finding.state:<5}{finding.name}: {finding.text}")
    fine = all(finding.state != "bad" for finding in found)
    if json:
        state.out_json({"ok": fine, "checks": [asdict(item) for item in found]})
    if not fine:
        raise typer.Exit(1)


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


@config_app.command("path")
def config_path(context: typer.Context) -> None:
    """Print the paths of the config files that are read, the stronger one last.

    \b
    Example:
      reportedly config path
    """
    state: Context = context.obj
    state.out(str(state.config or config_file()))
    state.out(str(Path(LOCAL_FILE).absolute()))


@config_app.command("show")
def config_show(
    context: typer.Context,
    origin: Annotated[bool, typer.Option("--origin", help="Also where each value comes from.")] = False,
    json: Json = False,
) -> None:
    """Print the settings in force, in the form of a config file.

    \b
    Examples:
      reportedly config show --origin
      reportedly config show > reportedly.toml
    """
    state: Context = context.obj
    values = {item.name: getattr(state.settings, item.name) for item in fields(Settings)}
    if json:
        state.out_json({name: {"value": value, "origin": state.loaded.origin[name]} for name, value in values.items()})
        return
    for item in fields(Settings):
        text = json_module.dumps(values[item.name], ensure_ascii=False)
        where = f" ({state.loaded.origin[item.name]})" if origin else ""
        state.out(f"{item.name} = {text}  # {item.metadata['help']}{where}")


def completion(
    context: typer.Context,
    shell: Annotated[Literal["bash", "zsh", "fish", "powershell"], typer.Argument(help="The shell.")],
) -> None:
    """Print the script that lets a shell complete commands and options.

    \b
    Examples:
      reportedly completion bash > ~/.local/share/bash-completion/completions/reportedly
      reportedly completion fish > ~/.config/fish/completions/reportedly.fish
    """
    state: Context = context.obj
    module = importlib.import_module("typer.completion")
    names = {"prog_name": "reportedly", "complete_var": "_REPORTEDLY_COMPLETE"}
    script: str = module.get_completion_script(shell=shell, **names)
    state.out(script)
