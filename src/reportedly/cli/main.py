"""The command line: global options, the table of commands, and how errors become one line and an exit code."""

from __future__ import annotations

import importlib
import os
import sqlite3
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from reportedly.cli import (
    agreeing,
    case,
    checks,
    coding,
    comparing,
    demo,
    explain,
    judging,
    network,
    reading,
    reporting,
    serving,
)
from reportedly.cli.context import Context, ReaderGone, one_line
from reportedly.errors import ReportedlyError, UsageError
from reportedly.version import VERSION

DONE, FAILED, USAGE, INCOMPLETE, INTERRUPTED = 0, 1, 2, 3, 130

GLOBAL_FLAGS = frozenset(("-q", "--quiet", "-v", "--verbose", "--no-color", "--no-input", "--debug", "--version"))
GLOBAL_VALUES = frozenset(("-C", "--config", "--progress"))
GLOBAL_VALUES_INLINE = tuple(f"{name}=" for name in GLOBAL_VALUES if name.startswith("--"))

app = typer.Typer(
    name="reportedly",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"reportedly {VERSION}\n")
        raise typer.Exit


@app.callback()
def start(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Option("-C", metavar="DIR", help="Work as if started in DIR.")] = None,
    config: Annotated[Path | None, typer.Option(metavar="FILE", help="Config file to use.")] = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Errors only.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Say what becomes of each document.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colour, even on a terminal.")] = False,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask anything.")] = False,
    progress: Annotated[
        Literal["auto", "plain", "none"] | None, typer.Option(help="Progress on standard error.")
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show where in the program an error arose.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Read news about war and keep claims: who is reported to have done what, with what toll, according to whom.

    \b
    Examples:
      reportedly demo                              a case from the shipped sample, with a report
      reportedly extract article.txt               claims of one article as JSON
      reportedly add news.case articles/           keep a folder of articles in a case
      reportedly export news.case --format html    a report to read and print
    """
    state = context.ensure_object(Context)
    if folder is not None:
        _change_folder(folder)
    state.config = config
    state.configure(progress=progress)
    state.quiet, state.verbose, state.debug = quiet, verbose, debug
    state.colour = not (no_color or os.environ.get("NO_COLOR"))
    state.interactive = sys.stdin.isatty() and not no_input


def _change_folder(folder: Path) -> None:
    try:
        os.chdir(folder)
    except OSError as error:
        raise UsageError(f"no such folder to work in: {error.strerror}", where=str(folder)) from None


reading.register(app)
case.register(app)
judging.register(app)
reporting.register(app)
agreeing.register(app)
coding.register(app)
comparing.register(app)
network.register(app)
explain.register(app)
serving.register(app)
demo.register(app)
checks.register(app)


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the program with the contract's exit code."""
    sys.exit(main(arguments))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    state = Context(json_errors="--json" in given, debug="--debug" in given)
    try:
        code = _invoke(given, state)
        sys.stdout.flush()
    except (BrokenPipeError, ReaderGone):
        _hush()
        return DONE  # whoever reads has read enough
    except KeyboardInterrupt:
        code = INTERRUPTED
    except Exception as error:
        code = _report(error, state)
        _settle()
    if code == INTERRUPTED:
        state.say("reportedly: interrupted; what was finished is kept")
    return code


def hoist(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with global options in front, so that they may also stand behind the command."""
    front: list[str] = []
    rest: list[str] = []
    given = iter(arguments)
    for word in given:
        if word == "--":
            return [*front, *rest, word, *given]
        if word in GLOBAL_FLAGS or word.startswith(GLOBAL_VALUES_INLINE):
            front.append(word)
        elif word in GLOBAL_VALUES:
            front += [word, *([value] if (value := next(given, None)) is not None else [])]
        else:
            rest.append(word)
    return front + rest


def _invoke(arguments: list[str], state: Context) -> int:
    command = typer.main.get_command(app)
    if "_REPORTEDLY_COMPLETE" in os.environ:
        importlib.import_module("typer.completion").completion_init()
    code = command.main(hoist(arguments), prog_name="reportedly", standalone_mode=False, obj=state)
    return code if isinstance(code, int) else DONE


def _report(error: Exception, state: Context) -> int:
    """Write one line for an error (all of it with --debug) and return the exit code."""
    if state.debug:
        traceback.print_exception(error)
    if _is_usage(error):
        message = " ".join(getattr(error, "format_message")().split())  # noqa: B009 - typer's class is private
        # Called without arguments, the help itself is the message.
        if type(error).__name__ == "NoArgsIsHelpError":
            sys.stderr.write(f"{error}\n")
            return USAGE
        state.error(UsageError(message, hint=f"see: {_command(error)} --help"))
        return USAGE
    if isinstance(error, UsageError):
        state.error(error)
        return USAGE
    state.error(_readable(error))
    return FAILED


def _is_usage(error: Exception) -> bool:
    return getattr(error, "exit_code", None) == USAGE and hasattr(error, "format_message")


def _command(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    return str(context.command_path) if context is not None else "reportedly"


def _readable(error: Exception) -> ReportedlyError:
    if isinstance(error, ReportedlyError):
        return error
    if isinstance(error, sqlite3.Error):
        return ReportedlyError(f"the case failed: {error}", hint="is it a case, and is there room on the disk?")
    if isinstance(error, OSError):
        where = str(error.filename or "standard output")
        return ReportedlyError(error.strerror or str(error), where=where)
    if isinstance(error, MemoryError):
        return ReportedlyError("not enough memory", hint="use fewer --jobs")
    kind = type(error).__name__
    return ReportedlyError(f"unexpected {kind}: {one_line(str(error))}", hint="run with --debug and report it")


def _settle() -> None:
    """Let go of output that cannot be written, so that the end of the program does not fail over it once more."""
    try:
        sys.stdout.flush()
    except OSError:
        _hush()


def _hush() -> None:
    """Keep the interpreter from complaining about the closed pipe when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
