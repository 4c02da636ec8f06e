"""`knowledge import`: other people's lists become files of our layout in a folder of the user's."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from reportedly.cli.context import Context, Ticker, one_line
from reportedly.cli.reading import Json

if TYPE_CHECKING:
    from reportedly.knowledge.importing.drafts import Item
    from reportedly.knowledge.importing.overlay import Origin, Receipt
    from reportedly.knowledge.importing.stock import Stock

INCOMPLETE = 3
BATCH = 1000
"""Lines that are counted together; a bar that moves for each would take longer than the reading."""

import_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Turn other people's lists into knowledge files of your own."
)

Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Plain, .gz or .zip.")]
Folder = Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Own knowledge folder; made if needed.")]
Stem = Annotated[str | None, typer.Option("--name", metavar="NAME", help="Name of the files; default: the input's.")]
Replace = Annotated[bool, typer.Option("--replace", help="Overwrite even files that were edited since.")]
Dry = Annotated[bool, typer.Option("--dry-run", help="Say what would be written; write nothing.")]


@import_app.command("geonames")
def import_geonames(
    context: typer.Context,
    files: Files,
    output: Folder,
    country: Annotated[list[str] | None, typer.Option(metavar="CODE", help="Only this country; repeatable.")] = None,
    min_population: Annotated[int, typer.Option(metavar="N", min=0, help="Least people in a town or village.")] = 0,
    name: Stem = None,
    replace: Replace = False,
    dry_run: Dry = False,
    json: Json = False,
) -> None:
    """Import places from GeoNames: XX.txt or allCountries.txt, with admin1CodesASCII and alternateNames where given.

    Keeps populated places, districts, camps, bases, mines, crossings, airports, prisons, hospitals and the like.

    \b
    Examples:
      reportedly knowledge import geonames ML.zip -o own
      reportedly knowledge import geonames allCountries.zip alternateNamesV2.zip -o own --country SD --country TD
    """
    run = _Import(context.obj, "geonames", files, output, name, replace=replace, dry=dry_run, json=json)
    room = importlib.import_module("reportedly.knowledge.importing.geonames")
    choice = room.Choice(room.codes(run.stock, country or []), min_population)
    options = {"country": sorted(choice.countries), "min_population": min_population or None}
    run.write(lambda tick: room.read(files, run.stock, run.data, choice, tick), room.CREDIT, options)


@import_app.command("ucdp-actors")
def import_ucdp(
    context: typer.Context,
    files: Files,
    output: Folder,
    name: Stem = None,
    replace: Replace = False,
    dry_run: Dry = False,
    json: Json = False,
) -> None:
    """Import the actors of the Uppsala Conflict Data Program (UCDP Actor Dataset, CSV).

    Known actors get the names that we lack, the others become actors of your own.

    \b
    Example:
      reportedly knowledge import ucdp-actors ucdp-actor-261-csv.zip -o own
    """
    run = _Import(context.obj, "ucdp-actors", files, output, name, replace=replace, dry=dry_run, json=json)
    room = importlib.import_module("reportedly.knowledge.importing.ucdp")
    run.each(lambda path, tick: room.read(path, run.stock, run.data, tick), room.CREDIT)


@import_app.command("ftm")
def import_ftm(
    context: typer.Context,
    files: Files,
    output: Folder,
    name: Stem = None,
    replace: Replace = False,
    dry_run: Dry = False,
    json: Json = False,
) -> None:
    """Import actors from FollowTheMoney data: JSON Lines of entities or of statements.

    Organizations, public bodies, companies, legal entities and persons are taken; weak aliases are not.

    \b
    Example:
      reportedly knowledge import ftm entities.ftm.json -o own
    """
    run = _Import(context.obj, "ftm", files, output, name, replace=replace, dry=dry_run, json=json)
    room = importlib.import_module("reportedly.knowledge.importing.ftm")
    run.each(lambda path, tick: room.read(path, run.stock, run.data, tick))


@import_app.command("csv")
def import_csv(
    context: typer.Context,
    files: Files,
    output: Folder,
    table: Annotated[
        Literal["actors", "places", "outlets"] | None,
        typer.Option("--as", help="What the rows are; default: as the columns say."),
    ] = None,
    name: Stem = None,
    replace: Replace = False,
    dry_run: Dry = False,
    json: Json = False,
) -> None:
    """Import a table of your own: actors, places or outlets. The only column that must be there is a name.

    Countries may be names or codes, several values in a cell stand between semicolons. A row about an actor that we
    know, by id or name, changes what its cells say and keeps the rest.

    \b
    Examples:
      reportedly knowledge import csv groups.csv -o own
      reportedly knowledge import csv villages.csv -o own --as places --dry-run
    """
    run = _Import(context.obj, "csv", files, output, name, replace=replace, dry=dry_run, json=json)
    room = importlib.import_module("reportedly.knowledge.importing.own")
    run.each(lambda path, tick: room.read(path, run.stock, run.data, table, tick), options={"as": table})


class _Import:
    """One import: reads, writes, says what became of the rows."""

    def __init__(
        self,
        state: Context,
        importer: str,
        files: list[Path],
        output: Path,
        name: str | None,
        *,
        replace: bool,
        dry: bool,
        json: bool,
    ) -> None:
        self.state, self.importer, self.files, self.output = state, importer, files, output
        self.stem = _stem(name or files[0].name)
        self.replace, self.dry, self.json = replace, dry, json
        self.data: Path = importlib.import_module("reportedly.knowledge.load").DATA
        self.stock: Stock = importlib.import_module("reportedly.knowledge.importing.stock").load_stock(self.data)

    def each(
        self,
        read: Callable[[Path, Callable[[], None]], Iterable[Item]],
        credit: str = "",
        options: Mapping[str, object] | None = None,
    ) -> None:
        """Import files that are read one after the other."""
        self.write(lambda tick: (item for path in self.files for item in read(path, tick)), credit, options)

    def write(
        self,
        read: Callable[[Callable[[], None]], Iterable[Item]],
        credit: str = "",
        options: Mapping[str, object] | None = None,
    ) -> None:
        """Import what a reader yields."""
        room = importlib.import_module("reportedly.knowledge.importing.overlay")
        origin: Origin = room.Origin(self.importer, self.files, options or {}, credit)
        overlay = room.Overlay(self.output, self.stem, origin, replace=self.replace, dry=self.dry)
        with self.state.progress("importing", "lines") as ticker:
            receipt: Receipt = overlay.write(read(_batched(ticker)), self._report)
        self._summary(receipt)
        if receipt.bad:
            raise typer.Exit(INCOMPLETE)

    def _report(self, item: object) -> None:
        if hasattr(item, "line"):
            self.state.say(f"reportedly: {one_line(str(item))}")
        else:
            self.state.note(f"reportedly: note: {one_line(str(item))}")

    def _summary(self, receipt: Receipt) -> None:
        if self.json:
            counts = {"rows": receipt.rows, "passed": receipt.passed, "bad": receipt.bad}
            self.state.out_json({"folder": str(self.output), "written": not self.dry, **counts})
            return
        verb = "would be written" if self.dry else "rows"
        for target, count in receipt.rows.items():
            self.state.tell(f"{self.output / target}: {count:,} {verb}")
        parts = [f"{count:,} {why}" for why, count in receipt.passed.items()]
        parts += [f"{receipt.bad:,} bad"] * bool(receipt.bad)
        if parts or not receipt.rows:
            self.state.tell(", ".join(parts) or "nothing to import")
        if receipt.rows and not self.dry and str(self.output) not in self.state.settings.knowledge:
            self.state.note(
                f'reportedly: note: used once the setting knowledge names it: knowledge = ["{self.output}"]'
            )


def _stem(name: str) -> str:
    """Return a name for files made of an input's name: its first part in plain letters."""
    word = "".join(c if c.isascii() and c.isalnum() else "-" for c in name.split(".")[0].lower()).strip("-")
    # A table called names would be read as one of dated names.
    return f"list-{word}" if word.startswith("names") else word or "import"


def _batched(ticker: Ticker) -> Callable[[], None]:
    """Return a function that counts lines, and moves the display once in a while."""
    count = 0

    def tick() -> None:
        nonlocal count
        count += 1
        if count % BATCH == 0:
            ticker.tick(BATCH)

    return tick
