"""The commands `serve` and `review`: the desk on one case, on this machine alone."""

from __future__ import annotations

import importlib
import json
import secrets
import socket
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli import wiring
from reportedly.cli.case import Case
from reportedly.cli.context import Context
from reportedly.cli.judging import coder_of
from reportedly.errors import ReportedlyError, UsageError
from reportedly.store import open_store

STARTING = 20.0  # seconds
LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(serve)
    app.command(name="review", help="The same as `serve`.", hidden=True)(serve)


def serve(
    context: typer.Context,
    case: Case,
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="Port; 0: any that is free.")] = 0,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Address of this machine to answer at.")] = "127.0.0.1",
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")] = True,
    who: Annotated[str | None, typer.Option("--who", metavar="NAME", help="Who decides; else `coder`.")] = None,
) -> None:
    """Open the desk: look at a case in the browser, check and correct it, see incidents, map and network.

    Runs on this machine alone and asks no other. A second start on the same case joins the first.

    \b
    Examples:
      reportedly serve news.case
      reportedly serve news.case --port 8000 --no-browser --who ana
    """
    state: Context = context.obj
    with open_store(case, patience=state.settings.patience) as store:
        stale = store.stale()
    if host not in LOCAL:
        raise UsageError(f"the desk answers to this machine only, not to {host}", hint="leave out --host")
    running = _running(case)
    if running:
        _show(state, running, browser)
        state.note(f"reportedly: {case} is open already; joined")
        return
    coder = coder_of(state, who)
    run = secrets.token_hex(8)
    with _listening(host, port) as listener, _announced(case, host, listener.getsockname()[1], run) as address:
        _show(state, address, browser)
        desk = wiring.desk(case, coder.who, state.settings, run)
        if stale:
            desk.group_soon()  # what an earlier run decided or read and was cut short
        else:
            threading.Thread(target=desk.prepare, daemon=True).start()
        _run(importlib.import_module("reportedly.app").create_app(desk), listener)


def _show(state: Context, address: str, browser: bool) -> None:
    state.out(address)
    if browser and state.interactive:
        webbrowser.open(address)


def _run(app: object, listener: socket.socket) -> None:
    uvicorn = importlib.import_module("uvicorn")
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, lifespan="off")
    uvicorn.Server(config).run(sockets=[listener])


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)  # a browser that comes before the pages are ready waits instead of being refused
    except OSError as error:
        listener.close()
        raise ReportedlyError(f"port {port} cannot be used: {error.strerror}", hint="try --port 0") from None
    try:
        yield listener
    finally:
        listener.close()


# ------------------------------------------------------------------------------------------- one desk a case


def _note(case: str) -> Path:
    path = Path(case.removeprefix("sqlite:///")).resolve()
    return path.with_name(f".{path.name}.desk")


@contextmanager
def _announced(case: str, host: str, port: int, run: str) -> Iterator[str]:
    """Leave a note of where the desk is while it runs."""
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    note = _note(case)
    with suppress(OSError):  # a folder that cannot be written: a second start opens a second desk, which does no harm
        note.write_text(json.dumps({"address": address, "run": run}), encoding="utf-8")
    try:
        yield address
    finally:
        with suppress(OSError):
            note.unlink(missing_ok=True)


def _running(case: str) -> str | None:
    """Return the address of the desk that has this case open, if that very run answers: not another at its port."""
    try:
        note = json.loads(_note(case).read_text(encoding="utf-8"))
        address, run = str(note["address"]), str(note["run"])
        host, _, port = address.removeprefix("http://").rstrip("/").rpartition(":")
        if host.strip("[]") not in LOCAL:
            return None
        return address if _run_at(host.strip("[]"), int(port)) == run else None
    except (OSError, ValueError, KeyError, TypeError, HTTPException):
        return None


def _run_at(host: str, port: int) -> str | None:
    """Ask a desk which run it is; one that just starts answers when it has read its knowledge."""
    connection = HTTPConnection(host, port, timeout=STARTING)
    try:
        connection.request("HEAD", "/static/desk.css")
        return connection.getresponse().getheader("X-Desk-Run")
    finally:
        connection.close()
