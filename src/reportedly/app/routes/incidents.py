"""The list of incidents: one filter, the toll by claimant, and the same rows as JSON, CSV and GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from reportedly.app.desk import Desk
from reportedly.app.filters import Filter, first_day, read_filter
from reportedly.app.pages import csv_answer, desk_of, json_answer, page
from reportedly.app.paging import Paging, read_paging
from reportedly.contract import incident_json
from reportedly.exports.geojson import MEDIA, feature
from reportedly.exports.tables import INCIDENT_COLUMNS, incident_row
from reportedly.exports.words import Outlets
from reportedly.model.claim import Claim
from reportedly.model.incident import IncidentRecord
from reportedly.store import SqliteStore

router = APIRouter()
ORDERS = (("newest", "newest first"), ("origins", "most origins first"), ("claims", "most claims first"))
# Other pages that show the same filter, where this version has them.
VIEWS = (("/map", "map"), ("/timeline", "timeline"), ("/network", "network"))


@router.get("/incidents.json", tags=["incidents"], summary="Incidents that a filter lets through, page by page.")
def incidents_json(request: Request) -> Response:
    """List incidents as the contract's JSON."""
    desk = desk_of(request)
    with desk.view() as view:
        paging, records = _shown(desk, view, request)
        found = [incident_json(record) for record in records]
    return json_answer({"total": paging.total, "page": paging.page, "pages": paging.pages, "incidents": found})


@router.get("/incidents.csv", include_in_schema=False)
def incidents_csv(request: Request) -> Response:
    """List all that fit as a table, with the columns of the export."""
    desk = desk_of(request)
    with desk.view() as view:
        keys = fitting(desk, view, read_filter(request.query_params), request.query_params.get("sort", ""))
        rows = (incident_row(record, _members(view, record), outlets_of(view, [record])) for record in read(view, keys))
        return csv_answer([column.name for column in INCIDENT_COLUMNS], rows, "incidents.csv")


@router.get("/incidents.geojson", include_in_schema=False)
def incidents_geojson(request: Request) -> Response:
    """List all that fit as features of a map."""
    desk = desk_of(request)
    with desk.view() as view:
        keys = fitting(desk, view, read_filter(request.query_params), request.query_params.get("sort", ""))
        features = [feature(record, outlets_of(view, [record])) for record in read(view, keys)]
    body = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    return Response(body.encode("utf-8", "replace"), media_type=MEDIA)


@router.get("/incidents", include_in_schema=False)
def incidents(request: Request) -> Response:
    """Show the list."""
    desk = desk_of(request)
    with desk.view() as view:
        paging, records = _shown(desk, view, request)
        outlets = outlets_of(view, records)
    return page(
        request,
        "incidents.html",
        title="Incidents",
        filter=read_filter(request.query_params),
        sort=request.query_params.get("sort", ""),
        orders=ORDERS,
        paging=paging,
        records=records,
        outlets=outlets,
        types=type_choices(desk.rooms.event_types()),
        views=[(path, name) for path, name in VIEWS if path in request.app.state.paths],
    )


def type_choices(known: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what may be chosen as a type: each family of events, and each event type under it."""
    found: list[tuple[str, str]] = []
    for key, kind in known.items():
        family = key.partition(".")[0]
        if (family, family) not in found:
            found.append((family, family))
        found.append((key, f"  {kind.label}"))
    return found


def outlets_of(view: SqliteStore, records: Iterable[IncidentRecord]) -> Outlets:
    """Return the publishers of the documents of some incidents."""
    keys = list(dict.fromkeys(document for record in records for document in record.documents))
    return {key: sketch.publisher for key, sketch in view.sketches(keys).items()}


def _shown(desk: Desk, view: SqliteStore, request: Request) -> tuple[Paging, list[IncidentRecord]]:
    keys = fitting(desk, view, read_filter(request.query_params), request.query_params.get("sort", ""))
    paging = read_paging(request.query_params, len(keys))
    return paging, list(read(view, paging.cut(keys)))


def fitting(desk: Desk, view: SqliteStore, wanted: Filter, sort: str) -> list[str]:
    """Return the ids of the incidents that fit, in the order asked for."""
    everything = desk.remember("glances", view.state(), lambda: list(view.glances()))
    found = list(wanted.chosen(everything))
    if sort == "origins":
        found.sort(key=lambda glance: (-glance.origins, glance.id))
    elif sort == "claims":
        found.sort(key=lambda glance: (-glance.claims, glance.id))
    else:
        found.sort(key=first_day, reverse=sort == "newest")
    return [glance.id for glance in found]


def read(view: SqliteStore, keys: Sequence[str]) -> Iterator[IncidentRecord]:
    """Yield the incidents with these ids."""
    return (record for key in keys if (record := view.incident(key)) is not None)


def _members(view: SqliteStore, record: IncidentRecord) -> list[Claim]:
    return [claim for key in record.claims if (claim := view.claim(key)) is not None]
