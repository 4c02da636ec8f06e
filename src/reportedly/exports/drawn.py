"""Incidents as marks of a map and bars of a timeline, with their words; `reportedly.drawing` draws them.

Reports and pages hand in where an incident leads. A province is an area, never a dot; a country has no mark at all.
"""

from __future__ import annotations

from typing import Final

from reportedly.drawing import Bar, Mark, family
from reportedly.drawing.marks import Exactness
from reportedly.exports.geojson import RADIUS_KM
from reportedly.model.place import PlacePrecision
from reportedly.store.answers import Glance, day_of

EXACTNESS: Final[dict[PlacePrecision, Exactness]] = {
    "point": "exact",
    "near": "near",
    "district": "area",
    "region": "area",
    "country": "none",
    "unresolved": "none",
}


def mark_of(glance: Glance) -> Mark:
    """Return an incident for a map."""
    return Mark(
        glance.id,
        glance.lon,
        glance.lat,
        EXACTNESS[glance.precision],
        RADIUS_KM.get(glance.precision, 0),
        family_of(glance),
        glance.killed_low,
        glance.killed_high,
        glance.status == "contested",
        glance.place or "",
    )


def bar_of(glance: Glance) -> Bar:
    """Return an incident for a timeline."""
    return Bar(
        glance.id,
        family_of(glance),
        day_of(glance.earliest),
        day_of(glance.latest),
        glance.when_precision not in ("day", "span"),
        glance.basis == "publication",
        glance.status == "contested",
        glance.published,
    )


def family_of(glance: Glance) -> str:
    """Return the family that an incident is drawn as: that of its first event type."""
    return family(glance.types.partition("\x1f")[0])
