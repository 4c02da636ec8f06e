"""Export for maps: one GeoJSON feature an incident (RFC 7946). A place that was not resolved has no geometry."""

from __future__ import annotations

import json
from collections.abc import Iterator

from reportedly.exports.options import Options
from reportedly.exports.words import Outlets, cell_head, figure_line, names
from reportedly.model.incident import IncidentRecord, TollCell
from reportedly.model.place import PlaceRef
from reportedly.store.base import View

TITLE = "Incidents on a map"
MEDIA = "application/geo+json"
LEAVES_OUT = "claims' words; areas' outlines, which we do not own: an area is a point with a radius"
TAKES: frozenset[str] = frozenset()

# How far from the point the happening may be, in km, by precision. Rules of thumb for drawing, not measurements.
RADIUS_KM = {"point": 2, "near": 25, "district": 50, "region": 150, "country": 500}


def chunks(view: View, options: Options) -> Iterator[str]:
    """Yield the feature collection piece by piece."""
    box = _box(view)
    bounds = f'"bbox":{json.dumps(box)},' if box else ""
    yield '{"type":"FeatureCollection",' + bounds + '"features":['
    outlets = {stored.document.id: stored.document.publisher for stored in view.documents()}
    for index, record in enumerate(view.incidents()):
        yield (",\n" if index else "\n") + json.dumps(feature(record, outlets), ensure_ascii=False)
    yield "\n]}\n"


def _box(view: View) -> list[float]:
    spots = [spot for record in view.incidents() if (spot := _spot(record.place))]
    if not spots:
        return []
    lons, lats = [spot[0] for spot in spots], [spot[1] for spot in spots]
    return [min(lons), min(lats), max(lons), max(lats)]


def _spot(place: PlaceRef | None) -> list[float] | None:
    if place is None or place.lat is None or place.lon is None or place.precision == "unresolved":
        return None
    return [place.lon, place.lat]


def feature(record: IncidentRecord, outlets: Outlets) -> dict[str, object]:
    """Return an incident as a feature. `outlets` names the publishers of its documents."""
    spot = _spot(record.place)
    return {
        "type": "Feature",
        "id": record.id,
        "geometry": {"type": "Point", "coordinates": spot} if spot else None,
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
        "place": (place.name or place.span.quote) if place else None,
        "country": place.country if place else None,
        "precision": place.precision if place else "unresolved",
        "radius_km": RADIUS_KM.get(place.precision) if place else None,
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
