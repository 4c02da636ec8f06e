"""Our incidents as events, with the figures of those who tell them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportedly.comparison.events import Event, Family
from reportedly.model import Claim, IncidentRecord, PlaceRef, TollCell, TollFigure

_FAMILIES: dict[str, Family] = {
    "battle": "fight",
    "strike": "remote",
    "explosion": "remote",
    "attack": "civilians",
    "abduction": "civilians",
    "protest": "demonstration",
    "unrest": "demonstration",
}
_KINDS = {
    "state_forces": "state",
    "government": "state",
    "rebel_group": "rebels",
    "political_militia": "militia",
    "identity_militia": "identity",
    "rioters": "rioters",
    "protesters": "protesters",
    "civilians": "civilians",
    "external_forces": "external",
}
# Kilometres around the point of a place, by how exactly it is known.
_RADIUS = {"point": 10.0, "near": 30.0, "district": 60.0, "region": 150.0, "country": 800.0, "unresolved": 0.0}
# News is told within days of what happened.
_UNDATED_SLACK = 7


@dataclass(frozen=True, slots=True)
class Told:
    """One teller's figure for people killed, in the words of the document."""

    claimant: str
    victims: str
    low: int | None
    high: int | None
    words: str
    claim: str
    document: str
    publisher: str


@dataclass(frozen=True, slots=True)
class Ours:
    """An incident as an event, and who says how many were killed."""

    event: Event
    title: str
    status: str
    told: tuple[Told, ...]


def ours_of(
    record: IncidentRecord, claims: Iterable[Claim], publishers: dict[str, str], countries: dict[str, str]
) -> Ours:
    """Return an incident for comparison. `countries` maps ISO codes to the names that are used in its documents."""
    by_id = {claim.id: claim for claim in claims}
    told = tuple(_told(cell, figure, by_id, publishers) for cell in _killed(record) for figure in cell.by)
    return Ours(_event(record, countries, told), record.title, record.status, told)


def _killed(record: IncidentRecord) -> list[TollCell]:
    return [cell for cell in record.tolls if cell.outcome == "killed"]


def _event(record: IncidentRecord, countries: dict[str, str], told: tuple[Told, ...]) -> Event:
    when, place = record.when, record.place
    undated = when is not None and when.earliest is None and when.latest is not None
    last = when.latest if when else None
    first = (when.earliest or when.latest) if when else None
    actors = [actor for side in record.sides for actor in side]
    names = [name for a in actors for name in (a.name_on_date, a.name, a.span.quote) if name]
    lows = [figure.low for figure in told if figure.low is not None]
    low, high = _range(_killed(record))
    known = place if place is not None and place.precision != "unresolved" else None
    return Event(
        id=record.id,
        first=first,
        last=last or first,
        slack=_UNDATED_SLACK if undated else 0,
        place=_place_name(place),
        areas=tuple(a for a in (known.admin1,) if a) if known else (),
        country=countries.get(known.country or "", known.country or "") if known else "",
        latitude=known.lat if known else None,
        longitude=known.lon if known else None,
        radius=_RADIUS[place.precision] if place else 0.0,
        actors=tuple(dict.fromkeys(" ".join(name.split()) for name in names)),
        kinds=frozenset(_KINDS[a.kind] for a in actors if a.kind in _KINDS),
        families=frozenset(_FAMILIES.get(kind.split(".")[0], "other") for kind in record.event_types),
        deaths=min(lows) if lows else None,
        lowest=low,
        highest=high,
        what=record.title,
    )


def _place_name(place: PlaceRef | None) -> str:
    return " ".join((place.name or place.span.quote).split()) if place else ""


def _range(cells: list[TollCell]) -> tuple[int | None, int | None]:
    """Lowest figure of anybody, and the highest count of all victims: a whole, or its parts together."""
    lows = [figure.low for cell in cells for figure in cell.by if figure.low is not None]
    highs = [cell.high for cell in cells]
    if not lows:
        return None, None
    return min(lows), None if None in highs else max(sum(h for h in highs if h is not None), *lows)


def _told(cell: TollCell, figure: TollFigure, claims: dict[str, Claim], publishers: dict[str, str]) -> Told:
    claim = claims.get(figure.claim)
    words = [
        " ".join(toll.span.quote.split())
        for toll in (claim.tolls if claim else ())
        if toll.outcome == cell.outcome and (toll.low, toll.high) == (figure.low, figure.high)
    ]
    return Told(
        claimant=figure.claimant or publishers.get(figure.document, "") or "the outlet",
        victims=cell.victims or cell.victim_class,
        low=figure.low,
        high=figure.high,
        words=words[0] if words else "",
        claim=figure.claim,
        document=figure.document,
        publisher=publishers.get(figure.document, ""),
    )
