"""What every command needs: settings, where messages go, how loud to be. Results go to standard output, all else to
standard error."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from reportedly.contract import dumps
from reportedly.errors import ReportedlyError
from reportedly.model.rejected import Rejected
from reportedly.settings import Loaded, Settings, load_settings

if TYPE_CHECKING:
    from rich.console import Console

# Control characters but newline and tab, lone surrogates, line separators, overrides of direction.
RESTLESS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069]")

# Seconds between two lines of progress where there is no terminal.
LINE_EVERY = 5.0


class ReaderGone(Exception):
    """The program that reads our output has closed it."""


@contextmanager
def results() -> Iterator[BinaryIO]:
    """Give the stream for results, flushed afterwards; say so when nobody reads it any more."""
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise ReaderGone from None


@dataclass(slots=True)
class Context:
    """The state of one use of the command line."""

    loaded: Loaded = field(default_factory=lambda: Loaded(Settings(), {}))
    verbose: bool = False
    quiet: bool = False
    debug: bool = False
    colour: bool = True
    interactive: bool = True
    json_errors: bool = False
    live: Any = None
    config: Path | None = None
    flags: dict[str, object] = field(default_factory=dict)

    def configure(self, **flags: object) -> Settings:
        """Read the settings with these flags on top of those given so far (None: not given)."""
        self.flags |= flags
        self.loaded = load_settings(self.flags, config=self.config)
        return self.settings

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.loaded.settings

    def console(self, *, stderr: bool = False) -> Console:
        """Return a console for text meant for people; colour only on a terminal that wants it."""
        from rich.console import Console

        stream = sys.stderr if stderr else sys.stdout
        width = None if stream.isatty() or "COLUMNS" in os.environ else 110
        return Console(file=stream, no_color=not self.colour, width=width, highlight=False, soft_wrap=False)

    def say(self, text: str) -> None:
        """Write a line to standard error, above a progress bar where there is one."""
        if self.live is not None:
            self.live.console.print(text, markup=False, highlight=False, soft_wrap=True)
        else:
            sys.stderr.write(printable(text, sys.stderr.encoding) + "\n")
            sys.stderr.flush()

    def note(self, text: str) -> None:
        """Write a line that is no error, unless asked to be quiet."""
        if not self.quiet:
            self.say(text)

    def error(self, error: ReportedlyError) -> None:
        """Write one line for an error."""
        if self.json_errors:
            self.say(_json_error(error.code, error.message, error.where, error.hint))
        else:
            self.say(f"reportedly: {one_line(str(error))}")

    def refuse(self, item: Rejected) -> None:
        """Name an input that could not be read, or, unless quiet, a note on one that was."""
        if self.json_errors:
            self.say(_json_error("input" if item.fatal else "note", item.reason, item.where, ""))
        elif item.fatal:
            self.say(f"reportedly: {one_line(item.where)}: {one_line(item.reason)}")
        else:
            self.note(f"reportedly: note: {one_line(item.where)}: {one_line(item.reason)}")

    def out(self, text: str) -> None:
        """Write a line of result to standard output, as UTF-8 wherever we run."""
        with results() as stream:
            stream.write(text.encode("utf-8", "backslashreplace") + b"\n")

    def tell(self, text: str) -> None:
        """Write text for people to standard output; what an article holds cannot play with the terminal."""
        self.out(calm(text))

    def out_json(self, value: object) -> None:
        """Write a value as one line of JSON."""
        self.out(dumps(value))

    @contextmanager
    def progress(self, verb: str, unit: str = "documents") -> Iterator[Ticker]:
        """Show how far long work has come, counted in `unit`."""
        ticker = self._ticker(verb, unit)
        try:
            with ticker:
                yield ticker
        finally:
            self.live = None

    def _ticker(self, verb: str, unit: str) -> Ticker:
        mode = "none" if self.quiet else self.settings.progress
        # Lines of result on the same terminal would tear a bar apart; there they are progress enough.
        if mode == "auto" and sys.stderr.isatty():
            return Bar(self, verb, unit)
        return Lines(self, verb, unit) if mode != "none" else Ticker()


class Ticker:
    """Counts and shows nothing."""

    def __enter__(self) -> Ticker:
        return self

    def __exit__(self, *exc: object) -> None:
        pass

    def tick(self, count: int = 1) -> None:
        """Count what is done."""

    def step(self, text: str) -> None:
        """Name the step that begins."""


class Lines(Ticker):
    """Writes a line every few seconds."""

    def __init__(self, context: Context, verb: str, unit: str) -> None:
        self.context, self.verb, self.unit = context, verb, unit
        self.count = 0
        self.started = self.said = time.monotonic()

    def tick(self, count: int = 1) -> None:
        """Count what is done, and write a line when it is time."""
        self.count += count
        now = time.monotonic()
        if now - self.said >= LINE_EVERY:
            self.said = now
            self.context.say(f"{self.verb}: {self.count} {self.unit}, {now - self.started:.0f} s")

    def step(self, text: str) -> None:
        """Name the step where the work has taken long already."""
        if time.monotonic() - self.started >= LINE_EVERY:
            self.context.say(f"{self.verb}: {text}")


class Bar(Ticker):
    """A bar on the terminal."""

    def __init__(self, context: Context, verb: str, unit: str) -> None:
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = [
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn(f"{{task.completed}} {unit}"),
            TimeElapsedColumn(),
        ]
        self.context = context
        self.bar = Progress(*columns, console=context.console(stderr=True), transient=True)
        self.task = self.bar.add_task(verb, total=None)

    def __enter__(self) -> Ticker:
        self.bar.start()
        self.context.live = self.bar
        return self

    def __exit__(self, *exc: object) -> None:
        self.bar.stop()

    def tick(self, count: int = 1) -> None:
        """Count what is done."""
        self.bar.advance(self.task, count)

    def step(self, text: str) -> None:
        """Name the step that begins."""
        self.bar.update(self.task, description=text)


def printable(text: str, encoding: str | None) -> str:
    """Return the text with what the stream cannot show written as escapes."""
    name = encoding or "utf-8"
    return text.encode(name, "backslashreplace").decode(name)


def calm(text: str) -> str:
    """Return text for a terminal: characters that move its cursor or turn the direction of writing as escapes."""
    return RESTLESS.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def one_line(text: str) -> str:
    """Return the text on one line, calm."""
    return calm(text).replace("\n", "\\n").replace("\t", " ")


def _json_error(code: str, message: str, where: str, hint: str) -> str:
    return json.dumps({"code": code, "message": message, "where": where, "hint": hint})
