"""Claims about one happening, as one document or a whole case has them."""

from __future__ import annotations

from typing_extensions import TypedDict

from reportedly.contract.references import (
    ActorJson,
    PlaceJson,
    WhenJson,
    actor_json,
    actors_from,
    maybe_when,
    maybe_when_from,
    place_from,
    place_json,
)
from reportedly.model.incident import IncidentRecord, Status, TollCell, TollFigure
from reportedly.model.toll import Outcome, Qualifier, VictimClass


class FigureJson(TypedDict):
    """One teller's figure; `claimant` null is the outlet."""

    claimant: str | None
    low: int | None
    high: int | None
    qualifier: Qualifier
    claim: str
    document: str


class CellJson(TypedDict):
    """All figures for one outcome and one victim group."""

    outcome: Outcome
    victims: str | None
    victim_class: VictimClass
    low: int | None
    high: int | None
    by: list[FigureJson]
    status: Status


class OwnIncidentJson(TypedDict):
    """One document's own claims about one happening."""

    id: str
    claims: list[str]
    event_types: list[str]
    when: WhenJson | None
    place: PlaceJson | None
    sides: list[list[ActorJson]]
    tolls: list[CellJson]


class IncidentJson(TypedDict):
    """An incident of a case: claims of many documents about one happening."""

    id: str
    title: str
    event_types: list[str]
    when: WhenJson | None
    place: PlaceJson | None
    sides: list[list[ActorJson]]
    documents: list[str]
    claims: list[str]
    tolls: list[CellJson]
    origins: int
    status: Status


def cell_json(cell: TollCell) -> CellJson:
    """Write the figures for one outcome and victim group."""
    return {
        "outcome": cell.outcome,
        "victims": cell.victims,
        "victim_class": cell.victim_class,
        "low": cell.low,
        "high": cell.high,
        "by": [_figure_json(figure) for figure in cell.by],
        "status": cell.status,
    }


def _figure_json(figure: TollFigure) -> FigureJson:
    return {
        "claimant": figure.claimant,
        "low": figure.low,
        "high": figure.high,
        "qualifier": figure.qualifier,
        "claim": figure.claim,
        "document": figure.document,
    }


def own_incident_json(record: IncidentRecord) -> OwnIncidentJson:
    """Write an incident of one document, as `extract` prints it."""
    return {
        "id": record.id,
        "claims": list(record.claims),
        "event_types": list(record.event_types),
        "when": maybe_when(record.when),
        "place": place_json(record.place) if record.place else None,
        "sides": [[actor_json(ref) for ref in side] for side in record.sides],
        "tolls": [cell_json(cell) for cell in record.tolls],
    }


def incident_json(record: IncidentRecord) -> IncidentJson:
    """Write an incident of a case, as `export` prints it."""
    return {
        "id": record.id,
        "title": record.title,
        "event_types": list(record.event_types),
        "when": maybe_when(record.when),
        "place": place_json(record.place) if record.place else None,
        "sides": [[actor_json(ref) for ref in side] for side in record.sides],
        "documents": list(record.documents),
        "claims": list(record.claims),
        "tolls": [cell_json(cell) for cell in record.tolls],
        "origins": record.origins,
        "status": record.status,
    }


def _cell_from(data: CellJson) -> TollCell:
    return TollCell(
        outcome=data["outcome"],
        victims=data["victims"],
        victim_class=data["victim_class"],
        low=data["low"],
        high=data["high"],
        by=tuple(TollFigure(**figure) for figure in data["by"]),
        status=data["status"],
    )


def incident_from(data: IncidentJson) -> IncidentRecord:
    """Read an incident of a case."""
    first, second = data["sides"]
    return IncidentRecord(
        id=data["id"],
        title=data["title"],
        event_types=tuple(data["event_types"]),
        when=maybe_when_from(data["when"]),
        place=place_from(data["place"]) if data["place"] else None,
        sides=(actors_from(first), actors_from(second)),
        documents=tuple(data["documents"]),
        claims=tuple(data["claims"]),
        tolls=tuple(_cell_from(item) for item in data["tolls"]),
        origins=data["origins"],
        status=data["status"],
    )
