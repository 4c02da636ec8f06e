"""The map: incidents where they are said to have happened, as exactly as that is known. The URL says which part."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from fastapi import APIRouter, Request
from starlette.responses import Response

from reportedly.app.filters import Filter, read_filter
from reportedly.app.pages import desk_of, json_answer, page
from reportedly.app.routes.incidents import outlets_of
from reportedly.app.seen import form_values, glance_json, glances, labels, legend, rows
from reportedly.drawing import NOTE, WORLD, Box, Links, MapDrawing, around, draw_map
from reportedly.exports.drawn import mark_of
from reportedly.exports.geojson import MEDIA, feature
from reportedly.model.incident import IncidentRecord
from reportedly.store.answers import Glance
from reportedly.store.base import View

router = APIRouter()
STEP = 0.5  # of what is seen
CLOSER = 0.5


@router.get("/map.json", tags=["incidents"], summary="Incidents on a part of the world, at a glance.")
def map_json(request: Request) -> Response:
    """Return which incidents are on the map, which lie outside and which have no place on one."""
    wanted = read_filter(request.query_params)
    with desk_of(request).view() as view:
        found = glances(view, wanted.changed(bbox=None))
    drawn = _draw(found, wanted)
    held = set(drawn.shown)
    answer = {
        "bbox": [drawn.box.west, drawn.box.south, drawn.box.east, drawn.box.north],
        "unplaced": drawn.unplaced,
        "outside": drawn.outside,
        "incidents": [glance_json(glance) for glance in found if glance.id in held],
    }
    return json_answer(answer)


@router.get("/map.geojson", include_in_schema=False)
def map_geojson(request: Request) -> Response:
    """Return the incidents that the filter and the box let through as features."""
    with desk_of(request).view() as view:
        found = glances(view, read_filter(request.query_params))
        features = [feature(record, outlets_of(view, [record])) for record in _records(view, found)]
    body = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    return Response(body.encode("utf-8", "replace"), media_type=MEDIA)


@router.get("/map", include_in_schema=False)
def map_page(request: Request) -> Response:
    """Show the map with the list of what is on it."""
    wanted = read_filter(request.query_params)
    with desk_of(request).view() as view:
        found = glances(view, wanted.changed(bbox=None))
    drawn = _draw(found, wanted)
    return page(
        request,
        "map.html",
        title="Map",
        drawn=drawn,
        here=wanted.query(bbox=_box(drawn.box)),
        steps=list(_steps(drawn.box, wanted)),
        legend=legend(found),
        rows=rows(found, desk_of(request).rooms.lands(), drawn.shown),
        unplaced=rows(found, desk_of(request).rooms.lands(), drawn.unplaced, most=50),
        lands=_lands(found, drawn, wanted),
        boundaries=NOTE,
        **form_values(request),
    )


def _draw(found: Sequence[Glance], wanted: Filter) -> MapDrawing:
    marks = [mark_of(glance) for glance in found]
    spots = ((m.lon, m.lat) for m in marks if m.exactness != "none" and m.lon is not None and m.lat is not None)
    box = Box(*wanted.bbox) if wanted.bbox else around(spots)
    links = Links(
        labels(found).__getitem__,
        closer=lambda box: _closer(box, wanted),
        together=lambda box: f"{_closer(box, wanted)}#list",
    )
    return draw_map(marks, box.zoom(1), links)


def _closer(box: Box, wanted: Filter) -> str:
    return f"/map{wanted.query(bbox=_box(box))}"


def _box(box: Box) -> tuple[float, float, float, float]:
    """Return a box as the filter has it, to a thousandth of a degree and within the world."""
    west, south = max(box.west, -180.0), max(box.south, -90.0)
    east, north = min(box.east, 180.0), min(box.north, 90.0)
    return round(west, 3), round(south, 3), round(east, 3), round(north, 3)


def _steps(box: Box, wanted: Filter) -> Iterator[tuple[str, str, str, str]]:
    """Yield the links that move the map: words, sign, address, key."""
    whole = wanted.query(bbox=None)
    moves = (
        ("west", "←", box.move(-STEP, 0), ""),
        ("north", "↑", box.move(0, STEP), ""),
        ("south", "↓", box.move(0, -STEP), ""),
        ("east", "→", box.move(STEP, 0), ""),
        ("closer", "+", box.zoom(CLOSER), "+"),
        ("further away", "−", box.zoom(1 / CLOSER), "-"),
    )
    for words, sign, to, key in moves:
        yield words, sign, _closer(to, wanted), key
    yield "all incidents", "all", f"/map{whole}", "0"
    yield "the whole world", "world", _closer(WORLD, wanted), ""


def _lands(found: Sequence[Glance], drawn: MapDrawing, wanted: Filter) -> list[tuple[str, int, str]]:
    """Return the countries of incidents of which no more is known, with how many and a link to them."""
    held = set(drawn.unplaced)
    counts = Counter(_land(glance) for glance in found if glance.id in held)
    return [(name, number, _in_land(land, wanted)) for (name, land), number in counts.most_common()]


def _land(glance: Glance) -> tuple[str, str | None]:
    if glance.precision == "country" and glance.place:
        return glance.place, glance.country
    return "place unknown", None


def _in_land(land: str | None, wanted: Filter) -> str:
    precision = "country" if land else "unresolved"
    return f"/map{wanted.query(bbox=None, country=land or '', precision=precision)}#unplaced"


def _records(view: View, found: Sequence[Glance]) -> Iterator[IncidentRecord]:
    return (record for glance in found if (record := view.incident(glance.id)) is not None)
