"""The command `demo`: a case from the shipped sample, a table of its incidents, and a report to read."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli import wiring
from reportedly.cli.case import export_file
from reportedly.cli.context import Context
from reportedly.cli.reading import INCOMPLETE, add_documents
from reportedly.cli.view import incident_table
from reportedly.errors import ReportedlyError
from reportedly.store import open_store


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(demo)


def demo(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where to put it.")] = Path("reportedly-demo"),
) -> None:
    """Build a case from the shipped sample articles and show what is in it.

    The sample is our own prose on invented happenings: no network, no account, nothing of anybody else's.

    \b
    Examples:
      reportedly demo
      reportedly demo /tmp/look
    """
    state: Context = context.obj
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReportedlyError(f"cannot be made: {error.strerror}", where=str(folder)) from error
    case, report = folder / "demo.case", folder / "report.html"
    settings = state.settings
    with open_store(str(case), write=True, patience=settings.patience) as store:
        counts = add_documents(state, settings, store, wiring.read_documents([str(sample())]))
        export_file(store, "html", report, wiring.export_options(settings))
        held = store.counts()
        console = state.console()
        outlets = {stored.document.id: stored.document.publisher for stored in store.documents()}
        console.print(incident_table(store.incidents(), outlets))
        state.out(
            f"{held.documents} articles, {held.relevant} of them about conflict: {held.claims} claims, "
            f"{held.incidents} incidents, {held.contested} contested"
        )
    state.out(f"case    {case}")
    state.out(f"report  {report}")
    state.out(f"next    reportedly search {case} market · reportedly export {case} --format csv")
    if counts.rejected:
        raise typer.Exit(INCOMPLETE)


def sample() -> Path:
    """Return the folder of the shipped sample."""
    folder = Path(str(resources.files("reportedly"))) / "sample"
    if not folder.is_dir():
        raise ReportedlyError("the sample is missing", where=str(folder), hint="install reportedly again")
    return folder
