"""What fields of the edit forms offer while a person types; JSON alone, the fields themselves need none of it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from reportedly.app import suggest
from reportedly.app.pages import desk_of, json_answer
from reportedly.app.routes.actors import actor_lines
from reportedly.knowledge.corrections import folder_of, own_places

router = APIRouter()
Typed = Annotated[str, Query(max_length=300)]


@router.get("/suggest/actors.json", tags=["suggest"], summary="Actors whose name begins so.")
def actors(request: Request, q: Typed = "", on: Annotated[str, Query(max_length=10)] = "") -> Response:
    """Return known actors; `on` is the day of the event, for the name that was valid then."""
    desk = desk_of(request)
    known = desk.rooms.knowledge()
    if known is None:
        return json_answer({"actors": []})
    with desk.view() as view:
        seen = {line.id: line.claims for line in actor_lines(desk, view, "", known=True)}
    return json_answer({"actors": suggest.actors(known.actors, q, _day(on), seen)})


@router.get("/suggest/places.json", tags=["suggest"], summary="Places whose name begins so.")
def places(request: Request, q: Typed = "") -> Response:
    """Return known places."""
    desk = desk_of(request)
    known = desk.rooms.knowledge()
    if known is None:
        return json_answer({"places": []})
    with desk.view() as view:
        seen = view.place_lines(q) if q.strip() else []
    return json_answer({"places": suggest.places(known.gazetteer, own_places(folder_of(desk.case)), q, seen)})


@router.get("/suggest/types.json", tags=["suggest"], summary="Event types that some words evoke.")
def types(request: Request, words: Annotated[str, Query(max_length=2_000)] = "") -> Response:
    """Return event types with the words that evoke them, offsets counted from the beginning of the words."""
    desk = desk_of(request)
    known = desk.rooms.knowledge()
    found = suggest.types(known.lexicon.triggers, words) if known is not None else []
    labels = desk.rooms.event_types()
    return json_answer(
        {"types": [{**asdict(one), "label": labels[one.event_type].label} for one in found if one.event_type in labels]}
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
