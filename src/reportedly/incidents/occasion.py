"""Room 6, occasion: whether two claims can lie on one day and in one place.

Doors: `times(one, other)`, `places(one, other)`. Two exact days or two towns forbid.
"""

from __future__ import annotations

import math

from reportedly.incidents.features import NEXT_DAY, Feature
from reportedly.incidents.outlines import Days, Outline, Spot

NEAR_KM = 25.0
FAR_KM = 60.0
# A little less than a degree of latitude is long, so that whoever is told apart by it is that far apart.
KM_A_DEGREE = 111.0
_FAR = Feature("places apart", -3.0, forbids=True)
_AREAS = frozenset({"region", "country", "district"})


# ------------------------------------------------------------------------------------------- when


def times(one: Outline, other: Outline) -> Feature:
    """Compare the days of two claims."""
    a, b = one.days, other.days
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return _unanchored(a, b)
    gap = max(a.first, b.first) - min(a.last, b.last)
    if a.stated and b.stated:
        return _both_stated(a, b, gap)
    any_stated = a.stated or b.stated
    if gap > 0:
        if any_stated and a.published is not None and b.published is not None and abs(a.published - b.published) <= 2:
            return Feature("told in the same days, one states an earlier day", 0.0)
        return Feature("times apart", -4.0, forbids=gap > 10)
    lag = abs(a.last - b.last)
    if any_stated:
        return Feature("stated day within the days before publication", 1.3 if lag <= 1 else 0.7)
    if one.document == other.document:
        return Feature("no time stated", 0.5)
    return Feature(f"published {lag} days apart", (1.5, 0.3, -1.3, -2.0)[min(lag, 3)])


def _both_stated(a: Days, b: Days, gap: int) -> Feature:
    exact = a.exact and b.exact
    if gap <= 0:
        return Feature("same day" if exact else "times overlap", 2.0 if exact else 1.0)
    if gap == 1:
        return Feature(NEXT_DAY if exact else "times one day apart", -1.0)
    return Feature("days apart", -4.0, forbids=exact or gap > 10)


def _unanchored(a: Days, b: Days) -> Feature:
    """Without a year, the same words for the day still agree, and other words disagree."""
    if not a.stated or not b.stated:
        return Feature("time unknown", 0.0)
    if a.edtf == b.edtf:
        return Feature("same stated time", 2.0)
    return Feature("different stated times", -2.0, forbids=a.precision == b.precision == "day")


# ------------------------------------------------------------------------------------------- where


def places(one: Outline, other: Outline) -> Feature:
    """Compare the places of two claims."""
    a, b = one.spot, other.spot
    if a is None or b is None:
        return _countries(one, other)
    if a.place_id is not None and a.place_id == b.place_id:
        return Feature("same place", {"country": 0.7, "region": 1.3, "district": 1.5}.get(a.precision, 2.3))
    if a.precision == "unresolved" or b.precision == "unresolved":
        return Feature("same unresolved name", 2.0) if a.name == b.name else Feature("unresolved place", -0.3)
    if a.country and b.country and not a.countries & b.countries:
        return Feature("different countries", -6.0, forbids=True)
    if "country" in {a.precision, b.precision}:
        return Feature("one lies in the country of the other", 0.3)
    if a.precision in _AREAS or b.precision in _AREAS:
        return _areas(a, b)
    if a.lat is not None and b.lat is not None and abs(a.lat - b.lat) * KM_A_DEGREE > FAR_KM:
        return _FAR
    return _by_distance(distance_km(a, b))


def _countries(one: Outline, other: Outline) -> Feature:
    """Without two places, the countries of place and actors still speak."""
    if one.document == other.document:
        return Feature("place unknown", 0.0)
    a, b = one.people.countries, other.people.countries
    if a & b:
        return Feature("same country by place or actors", 0.3)
    return Feature("other countries", -1.0) if a and b else Feature("no country in common known", -0.5)


def _areas(a: Spot, b: Spot) -> Feature:
    same = a.admin1 is not None and a.admin1 == b.admin1
    if same:
        return Feature("one may contain the other", 1.0)
    if a.admin1 and b.admin1:
        return Feature("different regions", -2.0, forbids=a.precision == b.precision == "region")
    return Feature("areas", 0.0)


def _by_distance(km: float | None) -> Feature:
    if km is None:
        return Feature("distance unknown", 0.0)
    if km <= NEAR_KM:
        return Feature("places near each other", 1.3)
    return Feature("places apart", -3.0, forbids=km > FAR_KM)


def distance_km(a: Spot, b: Spot) -> float | None:
    """Great-circle distance of two places in km, or None when one has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    p, q = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(half)))
