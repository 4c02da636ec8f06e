"""Commands on who stands to whom: `network` and `actors`."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from reportedly.cli.case import Case, open_case
from reportedly.cli.context import Context, results
from reportedly.cli.reading import Json
from reportedly.cli.wiring import identities
from reportedly.contract import dumps
from reportedly.errors import UsageError

if TYPE_CHECKING:
    from reportedly.network import Network, Node, Scope

Format = Literal["json", "gexf", "graphml", "svg"]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(network)
    app.command()(actors)


def network(
    context: typer.Context,
    case: Case,
    form: Annotated[Format, typer.Option("--format", "-f", help="json, gexf (Gephi), graphml or svg.")] = "json",
    since: Annotated[str | None, typer.Option("--from", metavar="DATE", help="Happenings from this day.")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Happenings to this day.")] = None,
    actor: Annotated[
        list[str] | None, typer.Option("--actor", metavar="NAME", help="Only around this actor; repeatable.")
    ] = None,
    min_incidents: Annotated[
        int, typer.Option("--min-incidents", metavar="N", min=0, help="Only ties in so many incidents.")
    ] = 0,
) -> None:
    """Print the network of actors: who fights, attacks, supports whom, when, by which claims.

    Every tie names its claims. `gexf` has the days of each tie, `json` also dyads, conflicts and active years by
    UCDP's definitions, `svg` is a picture. Actors that nobody identified stand for all of their kind in a country.

    \b
    Examples:
      reportedly network news.case > network.json
      reportedly network news.case --format gexf --from 2024-01-01 --to 2024-12-31 > 2024.gexf
      reportedly network news.case --format svg --actor JNIM --min-incidents 2 > jnim.svg
    """
    state: Context = context.obj
    rooms = importlib.import_module("reportedly.network")
    scope: Scope = rooms.Scope(_day("--from", since), _day("--to", until), tuple(actor or ()), min_incidents)
    with open_case(state, case) as store:
        found: Network = rooms.build(store, identities(state.settings, case), scope)
    with results() as stream:
        for piece in _written(found, form):
            stream.write(piece.encode("utf-8", "replace"))


def _day(option: str, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise UsageError(f"`{text}` is no date", where=option, hint="write it as 2024-07-27") from None


def _written(found: Network, form: Format) -> Iterable[str]:
    """Return the network in a form, piece by piece."""
    rooms = importlib.import_module("reportedly.network")
    if form == "json":
        return (dumps(rooms.network_json(found)), "\n")
    if form == "svg":
        return (rooms.draw(found, standalone=True),)
    pieces: Iterator[str] = {"gexf": rooms.gexf, "graphml": rooms.graphml}[form](found)
    return pieces


def actors(context: typer.Context, case: Case, json: Json = False) -> None:
    """List the actors of a case: how often they are met, when, under which names.

    \b
    Examples:
      reportedly actors news.case
      reportedly actors news.case --json
    """
    state: Context = context.obj
    rooms = importlib.import_module("reportedly.network")
    shapes = importlib.import_module("reportedly.network.shapes")
    with open_case(state, case) as store:
        found: Network = rooms.build(store, identities(state.settings, case))
    for node in sorted(found.nodes, key=lambda node: (-len(node.incidents), -node.claims, node.id)):
        state.out_json(shapes.node_json(node)) if json else state.tell(actor_line(node))


def actor_line(node: Node) -> str:
    """Return an actor on one line."""
    days = f"; {node.first_seen} to {node.last_seen}" if node.first_seen else ""
    used = [use.words for use in node.uses if use.words != node.label]
    names = f"; in texts: {', '.join(dict.fromkeys(used))}" if used else ""
    place = f", {node.country}" if node.country else ""
    return (
        f"{node.id}: {node.label} ({node.kind.replace('_', ' ')}{place}); "
        f"{len(node.incidents)} incidents, {node.claims} claims{days}{names}"
    )
