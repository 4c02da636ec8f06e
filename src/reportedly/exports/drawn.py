"""Incidents as marks of a map and bars of a timeline, with their words; `reportedly.drawing` draws them.

Reports and pages hand in where a mark leads. A province is an area, never a dot; a country has no mark at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from reportedly.drawing import Bar, Mark, family
from reportedly.drawing.marks import Exactness
from reportedly.exports.geojson import RADIUS_KM
from reportedly.exports.words import figure_words
from reportedly.model.incident import IncidentRecord
from reportedly.model.place import PlacePrecision

EXACTNESS: Final[dict[PlacePrecision, Exactness]] = {
    "point": "exact",
    "near": "near",
    "district": "area",
    "region": "area",
    "country": "none",
    "unresolved": "none",
}


def mark_of(record: IncidentRecord, href: str, tag: str = "") -> Mark:
    """Return an incident for a map."""
    place = record.place
    low, high = killed(record)
    return Mark(
        id=record.id,
        href=href,
        title=title_of(record, tag),
        lon=place.lon if place else None,
        lat=place.lat if place else None,
        exactness=EXACTNESS[place.precision] if place else "none",
        radius_km=RADIUS_KM.get(place.precision, 0) if place else 0,
        family=family_of(record),
        low=low,
        high=high,
        contested=record.status == "contested",
        place=(place.name or place.span.quote) if place else "",
        tag=tag,
    )


def bar_of(record: IncidentRecord, href: str, published: Mapping[str, date | None], tag: str = "") -> Bar:
    """Return an incident for a timeline; `published` gives the days on which documents came out."""
    when = record.when
    days = (published.get(document) for document in record.documents)
    return Bar(
        id=record.id,
        href=href,
        title=title_of(record, tag),
        family=family_of(record),
        start=when.earliest if when else None,
        end=when.latest if when else None,
        fuzzy=when is not None and when.precision not in ("day", "span"),
        assumed=when is not None and when.basis == "publication",
        contested=record.status == "contested",
        published=tuple(sorted({day for day in days if day is not None})),
    )


def family_of(record: IncidentRecord) -> str:
    """Return the family that an incident is drawn as: that of its first event type."""
    return family(record.event_types[0]) if record.event_types else "other"


def title_of(record: IncidentRecord, tag: str = "") -> str:
    """Return an incident in a few words: what, where, when, how many killed, whether contested."""
    words = f"{tag}. {record.title}" if tag else record.title
    low, high = killed(record)
    if low is not None or high is not None:
        words += f"; killed: {figure_words(low, high)}"
    return f"{words}; contested" if record.status == "contested" else words


def killed(record: IncidentRecord) -> tuple[int | None, int | None]:
    """Return the smallest and largest number killed that anybody gives for one group; None where nobody does."""
    figures = [figure for cell in record.tolls if cell.outcome == "killed" for figure in cell.by]
    bounds = [bound for figure in figures for bound in (figure.low, figure.high) if bound is not None]
    return min(bounds, default=None), max(bounds, default=None)
