"""Export for maps: one GeoJSON feature an incident (RFC 7946). Only what is known to be a point is one."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from reportedly.exports.options import Options
from reportedly.exports.words import Outlets, cell_head, figure_line, names, place_name
from reportedly.model.incident import IncidentRecord, TollCell
from reportedly.model.place import PlaceRef
from reportedly.store.base import Holdings

TITLE = "Incidents on a map"
MEDIA = "application/geo+json"
LEAVES_OUT = "claims' words; areas' boundaries, which we do not own: an area is a circle as wide as it is uncertain"
TAKES: frozenset[str] = frozenset()

# How far from the point the happening may be, in km, by precision. Rules of thumb for drawing, not measurements.
RADIUS_KM = {"point": 2, "near": 25, "district": 50, "region": 150, "country": 500}
EXACT = ("point", "near")
AREAS = ("district", "region")
CORNERS = 32
KM_PER_DEGREE = 111.32

Geometry = dict[str, Any]


def chunks(view: Holdings, options: Options) -> Iterator[str]:
    """Yield the feature collection piece by piece."""
    box = _box(view)
    bounds = f'"bbox":{json.dumps(box)},' if box else ""
    yield '{"type":"FeatureCollection",' + bounds + '"features":['
    outlets = {stored.document.id: stored.document.publisher for stored in view.documents()}
    for index, record in enumerate(view.incidents()):
        yield (",\n" if index else "\n") + json.dumps(feature(record, outlets), ensure_ascii=False)
    yield "\n]}\n"


def _box(view: Holdings) -> list[float]:
    corners = [spot for record in view.incidents() for spot in _outline(_geometry(record.place))]
    if not corners:
        return []
    lons, lats = [spot[0] for spot in corners], [spot[1] for spot in corners]
    return [min(lons), min(lats), max(lons), max(lats)]


def _outline(geometry: Geometry | None) -> list[list[float]]:
    """Return the points of a geometry."""
    if geometry is None:
        return []
    return [geometry["coordinates"]] if geometry["type"] == "Point" else geometry["coordinates"][0]


def _geometry(place: PlaceRef | None) -> Geometry | None:
    """Return a point only where the place is known to be one; an area is a circle as wide as it is uncertain.

    A country, and a circle that would cross the date line or a pole, has none: its middle is nowhere in particular.
    """
    if place is None or place.lat is None or place.lon is None:
        return None
    if place.precision in EXACT:
        return {"type": "Point", "coordinates": [place.lon, place.lat]}
    if place.precision not in AREAS:
        return None
    ring = _circle(place.lon, place.lat, RADIUS_KM[place.precision])
    inside = all(abs(lon) <= 180 and abs(lat) <= 90 for lon, lat in ring)
    return {"type": "Polygon", "coordinates": [ring]} if inside else None


def _circle(lon: float, lat: float, km: float) -> list[list[float]]:
    """Return a closed ring round a point, counter-clockwise (RFC 7946, 3.1.6)."""
    tall = km / KM_PER_DEGREE
    wide = tall / max(0.05, math.cos(math.radians(lat)))
    angles = [math.tau * step / CORNERS for step in range(CORNERS)]
    ring = [[round(lon + wide * math.cos(a), 4), round(lat + tall * math.sin(a), 4)] for a in angles]
    return [*ring, ring[0]]


def feature(record: IncidentRecord, outlets: Outlets) -> dict[str, object]:
    """Return an incident as a feature. `outlets` names the publishers of its documents."""
    return {
        "type": "Feature",
        "id": record.id,
        "geometry": _geometry(record.place),
        "properties": _properties(record, outlets),
    }


def _properties(record: IncidentRecord, outlets: Outlets) -> dict[str, object]:
    when, place = record.when, record.place
    killed = [cell for cell in record.tolls if cell.outcome == "killed"]
    return {
        "incident": record.id,
        "title": record.title,
        "event_types": "; ".join(record.event_types),
        "earliest": when.earliest.isoformat() if when and when.earliest else None,
        "latest": when.latest.isoformat() if when and when.latest else None,
        "edtf": when.edtf if when else None,
        "place": place_name(place) if place else None,
        "country": place.country if place else None,
        "precision": place.precision if place else "unresolved",
        "radius_km": RADIUS_KM.get(place.precision) if place else None,
        "centre_lat": place.lat if place else None,
        "centre_lon": place.lon if place else None,
        "side_1": names(record.sides[0]),
        "side_2": names(record.sides[1]),
        "killed": "; ".join(_cell(cell, outlets) for cell in killed),
        "tolls": "; ".join(_cell(cell, outlets) for cell in record.tolls),
        "status": record.status,
        "origins": record.origins,
        "documents": len(record.documents),
        "claims": len(record.claims),
    }


def _cell(cell: TollCell, outlets: Outlets) -> str:
    return f"{cell_head(cell)} [{', '.join(figure_line(figure, outlets) for figure in cell.by)}]"
