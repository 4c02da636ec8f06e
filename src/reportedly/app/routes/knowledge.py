"""What the case has learned: names of actors and places that people taught it, and those that it does not know yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import RedirectResponse, Response

from reportedly.app.desk import Desk
from reportedly.app.pages import desk_of, json_answer, page
from reportedly.app.routes.decisions import may_write
from reportedly.app.security import token_fits
from reportedly.knowledge.corrections import folder_of, forget, learn, learned
from reportedly.model.actor import ACTOR_KINDS
from reportedly.store import SqliteStore

router = APIRouter()
Table = Literal["actors", "places"]
Cell = Annotated[str, Field(max_length=1_000)]
# Names listed at most: what a person works through in a sitting.
SHOWN = 200


class Lesson(BaseModel):
    """A name that the case should know."""

    model_config = ConfigDict(extra="forbid")

    table: Table
    name: Annotated[str, Field(min_length=1, max_length=300)]
    kind: Cell = ""
    countries: Cell = ""
    aliases: Cell = ""
    lat: Cell = ""
    lon: Cell = ""
    precision: Cell = ""
    note: Cell = ""
    id: Cell = ""


class Rereading(BaseModel):
    """Which documents to read again; none: those that hold one of the names, or all where there are no names."""

    model_config = ConfigDict(extra="forbid")

    documents: Annotated[list[int], Field(max_length=10_000)] | None = None
    names: Annotated[list[Cell], Field(max_length=1_000)] = []


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that claims use and that the program does not know: how often, and where first."""

    table: Table
    name: str
    count: int
    document: int
    quote: str


@router.get("/knowledge.json", tags=["knowledge"], summary="What the case has learned and does not know.")
def knowledge_json(request: Request) -> Response:
    """Return the rows people wrote, and the names not known."""
    desk = desk_of(request)
    with desk.view() as view:
        unknown = list(unknown_names(view))
    rows = [
        {"table": u.table, "name": u.name, "count": u.count, "document": u.document, "quote": u.quote} for u in unknown
    ]
    return json_answer({"learned": [dict(row) for row in learned(folder_of(desk.case))], "unknown": rows})


@router.get("/knowledge", include_in_schema=False)
def knowledge(
    request: Request, table: Table = "actors", name: str = "", kind: str = "", countries: str = ""
) -> Response:
    """Show both lists, and the form to teach a name."""
    desk = desk_of(request)
    with desk.view() as view:
        unknown = list(unknown_names(view))
    kinds = [one for one in ACTOR_KINDS if one not in {"facility", "unknown"}]
    given = {"table": table, "name": name, "kind": kind, "countries": countries}
    rows = learned(folder_of(desk.case))
    return page(request, "knowledge.html", title="Knowledge", learned=rows, unknown=unknown, kinds=kinds, given=given)


@router.post("/api/knowledge", tags=["knowledge"], summary="Teach the case a name.")
def teach(desk: Annotated[Desk, Depends(may_write)], body: Lesson) -> Response:
    """Add a row to the case's own knowledge; documents are read with it when they are read again."""
    learn(folder_of(desk.case), {**body.model_dump(), "source": f"{desk.who}, at the desk"})
    return json_answer({"learned": body.name})


@router.post("/api/reread", tags=["knowledge"], summary="Read documents again with what the case has learned.")
def reread(desk: Annotated[Desk, Depends(may_write)], body: Rereading) -> Response:
    """Read again; decisions stay."""
    return json_answer({"documents": _reread(desk, body.documents, body.names)})


@router.post("/knowledge", include_in_schema=False)
def change_knowledge(
    request: Request,
    act: Annotated[Literal["learn", "forget", "reread"], Form()],
    token: Annotated[str, Form(max_length=200)],
    table: Annotated[Table, Form()] = "actors",
    name: Annotated[str, Form(max_length=300)] = "",
    kind: Annotated[str, Form(max_length=100)] = "",
    countries: Annotated[str, Form(max_length=300)] = "",
    aliases: Annotated[str, Form(max_length=1_000)] = "",
    lat: Annotated[str, Form(max_length=40)] = "",
    lon: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Teach, forget or read again, from a form."""
    desk = desk_of(request)
    if not token_fits(desk, token):
        raise HTTPException(403, "This page is of an earlier run: reload it and try again.")
    if act == "forget":
        forget(folder_of(desk.case), table, name)
    elif act == "learn":
        words = {"name": name, "kind": kind, "countries": countries, "aliases": aliases, "lat": lat, "lon": lon}
        place = {"kind": ""} if table == "places" else {"lat": "", "lon": ""}
        learn(folder_of(desk.case), {"table": table, **words, **place, "source": f"{desk.who}, at the desk"})
    _reread(desk, None, [name, *aliases.split(";")] if name else [])
    return RedirectResponse("/knowledge", 303)


def unknown_names(view: SqliteStore) -> Iterator[Unknown]:
    """Yield the names in claims that the program does not know, the most used first."""
    for one in view.unknown_names()[:SHOWN]:
        claim = view.claim(one.claim)
        stored = view.document(claim.document) if claim else None
        if claim and stored:
            yield Unknown(one.table, one.name, one.times, stored.number, claim.content.quote)


def _reread(desk: Desk, numbers: list[int] | None, names: list[str]) -> int:
    wanted = [name.strip().casefold() for name in names if name.strip()]
    with desk.view() as view:
        chosen = [
            stored.document.id
            for stored in view.documents()
            if (numbers is None or stored.number in numbers)
            and (not wanted or any(name in stored.document.text.casefold() for name in wanted))
        ]
    return desk.read_again(chosen)
