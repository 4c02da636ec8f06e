"""The place that a name stands for, once it is decided: its coordinates as exactly as the words around it allow.

Doors: `reference(n, mentions, chosen)` and `travel`. "40 km north of X" and "between X and Y" are points of their own;
a name that no gazetteer holds lies in the narrowest area that the text puts it in.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from reportedly.grounding.countries import PlaceWordsFound
from reportedly.knowledge.gazetteer import Candidate
from reportedly.model import PlacePrecision, PlaceRef

EARTH_KM = 6371.0


def reference(n: int, mentions: Sequence[PlaceWordsFound], chosen: Sequence[Candidate | None]) -> PlaceRef:
    """Return the place of the mention at a position, by the candidates chosen for all."""
    mention, place = mentions[n], chosen[n]
    if place is None and (nearby := _by_landmark(n, mentions, chosen)) is not None:
        return nearby
    if place is None or place.lat is None or place.lon is None:
        return _unresolved(mention, place, [c for c in (chosen[k] for k in mention.chain) if c is not None])
    lat, lon, precision = _where(mention, place, chosen)
    both = place.countries if len(place.countries) > 1 else ()
    division = place.admin1_name if place.feature != "country" else None
    return PlaceRef(
        mention.span, place.id, place.name, place.country, both, division, round(lat, 4), round(lon, 4), precision
    )


def _by_landmark(n: int, mentions: Sequence[PlaceWordsFound], chosen: Sequence[Candidate | None]) -> PlaceRef | None:
    """A name that no gazetteer holds, put where the text says that it lies: "Faguibe, 40 km north of Gao", "between
    Faguibe and Gao"."""
    at = mentions[n].landmark if mentions[n].landmark is not None else mentions[n].partner
    place = chosen[at] if at is not None else None
    if at is None or place is None or place.precision != "point" or place.lat is None or place.lon is None:
        return None
    lat, lon, _ = _where(mentions[at], place, chosen)
    span = mentions[n].span
    return PlaceRef(span, None, span.quote, place.country, (), None, round(lat, 4), round(lon, 4), "near")


def _unresolved(mention: PlaceWordsFound, place: Candidate | None, holders: Sequence[Candidate]) -> PlaceRef:
    """A name that no gazetteer holds lies somewhere in the narrowest area that the text puts it in, as exactly as that
    area is known; in a country alone it stays unresolved."""
    country = place.country if place else next((h.country for h in holders), None)
    division = next((h.admin1_name for h in holders if h.feature == "admin1"), None)
    name = place.name if place else mention.span.quote
    area = next((h for h in holders if h.feature != "country" and h.lat is not None and h.lon is not None), None)
    if place is not None or area is None or area.lat is None or area.lon is None:
        return PlaceRef(mention.span, place.id if place else None, name, country, (), division)
    precision: PlacePrecision = "district" if area.precision in ("point", "district") else "region"
    lat, lon = round(area.lat, 4), round(area.lon, 4)
    return PlaceRef(mention.span, None, name, area.country, (), area.admin1_name, lat, lon, precision)


def _where(
    mention: PlaceWordsFound, place: Candidate, chosen: Sequence[Candidate | None]
) -> tuple[float, float, PlacePrecision]:
    lat, lon = place.lat or 0.0, place.lon or 0.0
    level = _precision(mention, place)
    if level in ("country", "region"):
        return lat, lon, level
    other = chosen[mention.partner] if mention.partner is not None else None
    if other is not None and other.lat is not None and other.lon is not None and other.precision == "point":
        return (lat + other.lat) / 2, (lon + other.lon) / 2, "near"
    if mention.frame == "offset" and mention.distance_km is not None:
        if mention.bearing is not None:
            lat, lon = travel(lat, lon, mention.bearing, mention.distance_km)
        return lat, lon, "near"
    between = mention.frame == "between" and mention.partner is not None  # the other end is known to nobody
    return lat, lon, "near" if mention.frame == "near" or between else level


def _precision(mention: PlaceWordsFound, place: Candidate) -> PlacePrecision:
    if place.precision == "point" and mention.level == "region":
        return "region"
    if place.precision == "point" and mention.level == "district":
        return "district"
    return {"point": "point", "district": "district", "country": "country"}.get(place.precision, "region")  # type: ignore[return-value]


def travel(lat: float, lon: float, bearing: float, distance_km: float) -> tuple[float, float]:
    """Give the point that lies `distance_km` from a point in a direction (degrees from north, clockwise)."""
    arc, turn, north, east = distance_km / EARTH_KM, math.radians(bearing), math.radians(lat), math.radians(lon)
    new = math.asin(math.sin(north) * math.cos(arc) + math.cos(north) * math.sin(arc) * math.cos(turn))
    shift = math.atan2(
        math.sin(turn) * math.sin(arc) * math.cos(north), math.cos(arc) - math.sin(north) * math.sin(new)
    )
    return math.degrees(new), (math.degrees(east + shift) + 540) % 360 - 180
