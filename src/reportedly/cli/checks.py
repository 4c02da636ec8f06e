"""Commands about the program itself: `doctor`, `config`, `completion`; `knowledge` has a file of its own."""

from __future__ import annotations

import importlib
import json as json_module
from dataclasses import asdict, fields
from pathlib import Path
from typing import Annotated, Literal

import typer

from reportedly.cli.context import Context
from reportedly.cli.doctor import findings
from reportedly.cli.knowledge import knowledge_app
from reportedly.cli.reading import Json
from reportedly.settings import LOCAL_FILE, Settings, config_file

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
