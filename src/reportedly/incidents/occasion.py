"""Room 6, occasion: whether two claims can lie on one day and in one place.

Doors: `times(one, other, linking)`, `places(one, other, linking)`. Two exact days or two towns forbid.
"""

from __future__ import annotations

import math
from functools import lru_cache

from reportedly.incidents.outlines import Days, Outline, Spot
from reportedly.knowledge.linking import Feature, Linking

_EARTH_KM = 12742.0
AREAS = frozenset({"region", "country", "district"})
# The same place, by how sharp it is.
SAME = {"country": "same country", "region": "same region", "district": "same district"}
PUBLISHED = (
    "published on one day", "published 1 day apart", "published 2 days apart", "published 3 or more days apart"
)  # fmt: skip
_BEFORE = "told before the day that the other states"


# ------------------------------------------------------------------------------------------- when


def times(one: Outline, other: Outline, linking: Linking) -> Feature:
    """Compare the days of two claims."""
    known = linking.features
    a, b = one.days, other.days
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return known[_unanchored(a, b)]
    gap = max(a.first, b.first) - min(a.last, b.last)
    if a.stated and b.stated:
        return known[_both_stated(a, b, gap, linking)]
    any_stated = a.stated or b.stated
    if gap > 0:
        near = a.published is not None and b.published is not None
        if any_stated and near and abs(a.published - b.published) <= linking.measures.same_days:  # type: ignore[operator]
            return known[_BEFORE if _told_before(a, b) else "told in the same days, one states an earlier day"]
        return known["times far apart" if gap > linking.measures.far_days else "times apart"]
    lag = abs(a.last - b.last)
    if any_stated:
        next_to = "stated day next to publication"
        return known[next_to if lag <= 1 else "stated day within the days before publication"]
    if one.document == other.document:
        return known["no time stated"]
    later = a if a.last > b.last else b
    return known["told again later" if lag and later.again else PUBLISHED[min(lag, 3)]]


def other_days(a: Days, b: Days) -> bool:
    """Tell whether two state each a day of its own: the same words then tell of two happenings."""
    if not (a.exact and b.exact) or a.first is None or b.first is None:
        return False
    return a.first != b.first


def _told_before(a: Days, b: Days) -> bool:
    """Tell whether one was published before the very day that the other states."""
    return any(
        other.exact and one.published is not None and other.first is not None and one.published < other.first
        for one, other in ((a, b), (b, a))
    )


def _both_stated(a: Days, b: Days, gap: int, linking: Linking) -> str:
    exact = a.exact and b.exact
    if gap <= 0:
        return "same day" if exact else "times overlap"
    if gap == 1 and _told_before(a, b):
        return _BEFORE
    if gap == 1:
        return "days one apart" if exact else "times one day apart"
    if exact:
        return "days apart"
    return "times far apart" if gap > linking.measures.far_days else "times apart"


def _unanchored(a: Days, b: Days) -> str:
    """Without a year, the same words for the day still agree, and other words disagree."""
    if not a.stated or not b.stated:
        return "time unknown"
    if a.edtf == b.edtf:
        return "same stated time"
    return "different stated days" if a.precision == b.precision == "day" else "different stated times"


# ------------------------------------------------------------------------------------------- where


def places(one: Outline, other: Outline, linking: Linking) -> Feature:
    """Compare the places of two claims."""
    known = linking.features
    a, b = one.spot, other.spot
    if a is None or b is None:
        return known[_countries(one, other)]
    if a.place_id is not None and a.place_id == b.place_id:
        same = known[SAME.get(a.precision, "same place")], known[SAME.get(b.precision, "same place")]
        return min(same, key=lambda feature: feature.points)
    return known[_two_places(a, b, linking, one_text=one.document == other.document)]


def _two_places(a: Spot, b: Spot, linking: Linking, *, one_text: bool) -> str:
    if a.precision == "unresolved" or b.precision == "unresolved":
        if a.name == b.name:
            return "same unresolved name"
        return "another name in one text" if one_text and not {a.precision, b.precision} & AREAS else "unresolved place"
    if a.country and b.country and not a.countries & b.countries:
        return "different countries"
    if "country" in {a.precision, b.precision}:
        return "one lies in the country of the other"
    if a.precision in AREAS or b.precision in AREAS:
        return _areas(a, b)
    return _by_distance(a, b, linking)


def _countries(one: Outline, other: Outline) -> str:
    """Without two places, the countries of place, actors and text still speak."""
    if one.document == other.document:
        return "place unknown"
    a, b = one.people.countries, other.people.countries
    if a & b:
        return "same country by place or actors"
    p, q = one.people.view, other.people.view
    if p & q:
        return "same country by what the texts speak of"
    if p and q:
        return "other countries" if a and b else "other countries by what the texts speak of"
    return "no country in common known"


def _areas(a: Spot, b: Spot) -> str:
    if a.admin1 is not None and a.admin1 == b.admin1:
        return "one may contain the other"
    if a.admin1 and b.admin1:
        return "different regions" if a.precision == b.precision == "region" else "areas of different regions"
    return "areas"


def _by_distance(a: Spot, b: Spot, linking: Linking) -> str:
    if a.at is None or b.at is None:
        return "distance unknown"
    (x, y, z), (u, v, w) = a.at, b.at
    apart = (x - u) * (x - u) + (y - v) * (y - v) + (z - w) * (z - w)
    near, far = reach_of(linking)
    if apart > far:
        one_region = a.admin1 is not None and a.admin1 == b.admin1 and (a.namesake or b.namesake)
        return "a town or the region named after it" if one_region else "places far apart"
    return "places near each other" if apart <= near else "places apart"


@lru_cache(maxsize=8)
def reach_of(linking: Linking) -> tuple[float, float]:
    """Return the squared chords, in radii of the earth, that mean "near" and "far"."""
    near, far = (2 * math.sin(km / _EARTH_KM) for km in (linking.measures.near_km, linking.measures.far_km))
    return near * near, far * far
