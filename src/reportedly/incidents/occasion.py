"""Room 6, occasion: whether two claims can lie on one day and in one place.

Doors: `times(one, other, facts)`, `places(one, other)`, `window(claim, facts)`, `countries_of(claim)`. Two exact
days or two towns forbid.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, timedelta

from reportedly.incidents.features import NEXT_DAY, Feature
from reportedly.model import Claim, PlaceRef, When
from reportedly.model.facts import DocumentFacts

NEAR_KM = 25.0
FAR_KM = 60.0
NEWS_LAG = timedelta(days=3)
_AREAS = frozenset({"region", "country", "district"})


# ------------------------------------------------------------------------------------------- when


def window(claim: Claim, facts: Mapping[str, DocumentFacts]) -> tuple[date, date] | None:
    """The days in which a claim's happening may lie: its own time, else the days up to publication."""
    when = claim.when
    if when is not None and when.earliest is not None and when.latest is not None:
        return when.earliest, when.latest
    latest = when.latest if when is not None and when.latest else None
    published = facts[claim.document].published if claim.document in facts else None
    end = latest or published
    return (end - NEWS_LAG, end) if end is not None else None


def times(one: Claim, other: Claim, facts: Mapping[str, DocumentFacts]) -> Feature:
    a, b = window(one, facts), window(other, facts)
    if a is None or b is None:
        return _unanchored(one.when, other.when)
    stated = _stated(one.when), _stated(other.when)
    if all(stated):
        return _both_stated(one.when, other.when, a, b)
    gap = (max(a[0], b[0]) - min(a[1], b[1])).days
    lag = _published_apart(one, other, facts)
    if gap > 0 and any(stated) and lag is not None and lag <= 2:
        return Feature("told in the same days, one states an earlier day", 0.0)
    if gap > 0:
        return Feature("times apart", -4.0, forbids=gap > 10)
    lag = abs((a[1] - b[1]).days)
    if any(stated):
        return Feature("stated day within the days before publication", 1.3 if lag <= 1 else 0.7)
    if one.document == other.document:
        return Feature("no time stated", 0.5)
    return Feature(f"published {lag} days apart", (1.5, 0.3, -1.3, -2.0)[min(lag, 3)])


def _published_apart(one: Claim, other: Claim, facts: Mapping[str, DocumentFacts]) -> int | None:
    days = [facts[c.document].published if c.document in facts else None for c in (one, other)]
    return abs((days[0] - days[1]).days) if days[0] is not None and days[1] is not None else None


def _both_stated(one: When | None, other: When | None, a: tuple[date, date], b: tuple[date, date]) -> Feature:
    gap = (max(a[0], b[0]) - min(a[1], b[1])).days
    if gap <= 0:
        exact = _exact(one) and _exact(other)
        return Feature("same day" if exact else "times overlap", 2.0 if exact else 1.0)
    if gap == 1:
        return Feature(NEXT_DAY if _exact(one) and _exact(other) else "times one day apart", -1.0)
    exact = _exact(one) and _exact(other)
    return Feature("days apart", -4.0, forbids=exact or gap > 10)


def _unanchored(a: When | None, b: When | None) -> Feature:
    """Without a year, the same words for the day still agree, and other words disagree."""
    if a is None or b is None or not _stated(a) or not _stated(b):
        return Feature("time unknown", 0.0)
    if a.edtf == b.edtf:
        return Feature("same stated time", 2.0)
    return Feature("different stated times", -2.0, forbids=a.precision == b.precision == "day")


def _stated(when: When | None) -> bool:
    return when is not None and when.basis != "publication" and any(c.isdigit() for c in when.edtf)


def _exact(when: When | None) -> bool:
    return when is not None and when.basis != "publication" and when.precision == "day"


# ------------------------------------------------------------------------------------------- where


def places(one: Claim, other: Claim) -> Feature:
    a, b = one.place, other.place
    if a is None or b is None:
        return _countries(one, other)
    if a.place_id is not None and a.place_id == b.place_id:
        return Feature("same place", {"country": 0.7, "region": 1.3, "district": 1.5}.get(a.precision, 2.3))
    if a.precision == "unresolved" or b.precision == "unresolved":
        same = (a.name or a.span.quote).casefold() == (b.name or b.span.quote).casefold()
        return Feature("same unresolved name", 2.0) if same else Feature("unresolved place", -0.3)
    if a.country and b.country and not {a.country, *a.countries} & {b.country, *b.countries}:
        return Feature("different countries", -6.0, forbids=True)
    if "country" in {a.precision, b.precision}:
        return Feature("one lies in the country of the other", 0.3)
    if a.precision in _AREAS or b.precision in _AREAS:
        return _areas(a, b)
    return _by_distance(distance_km(a, b))


def _countries(one: Claim, other: Claim) -> Feature:
    """Without two places, the countries of place and actors still speak."""
    if one.document == other.document:
        return Feature("place unknown", 0.0)
    a, b = countries_of(one), countries_of(other)
    if a & b:
        return Feature("same country by place or actors", 0.3)
    return Feature("other countries", -1.0) if a and b else Feature("no country in common known", -0.5)


def countries_of(claim: Claim) -> set[str]:
    """The countries of a claim's place, else of its actors."""
    if claim.place is not None and (own := {claim.place.country, *claim.place.countries} - {None}):
        return {c for c in own if c}
    return {r.country for r in (*claim.initiators, *claim.targets) if r.country}


def _areas(a: PlaceRef, b: PlaceRef) -> Feature:
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


def distance_km(a: PlaceRef, b: PlaceRef) -> float | None:
    """Great-circle distance of two places in km, or None when one has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    p, q = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(half)))
