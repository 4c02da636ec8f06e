"""Room 6, scoring: how likely two claims are about one happening, feature by feature.

Door: `score(one, other, families, facts)`. Each feature says how much it speaks for or against and can be printed; a stated
contradiction (two exact days apart, two towns apart) forbids. The weights are a first, plain model, set by hand on our own
synthetic articles (2026-11-23).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from reportedly.model import ActorRef, Claim, PlaceRef, Toll, When
from reportedly.model.facts import DocumentFacts

THRESHOLD = 3.0
NEAR_KM = 25.0
FAR_KM = 60.0
NEWS_LAG = timedelta(days=3)
_AREAS = frozenset({"region", "country", "district"})


@dataclass(frozen=True, slots=True)
class Feature:
    """One reason for or against: its name, weight (0 = no evidence), and whether it forbids the pair."""

    name: str
    weight: float
    forbids: bool = False


@dataclass(frozen=True, slots=True)
class PairScore:
    """The sum of the features of a pair of claims."""

    features: tuple[Feature, ...]

    @property
    def total(self) -> float:
        return sum(f.weight for f in self.features)

    @property
    def forbidden(self) -> bool:
        return any(f.forbids for f in self.features)


def score(one: Claim, other: Claim, families: Mapping[str, str], facts: Mapping[str, DocumentFacts]) -> PairScore:
    """Return the features of a pair; the order of the two makes no difference."""
    same_document = one.document == other.document
    return PairScore(
        (
            _types(one, other, families),
            _times(one, other, facts, same_document),
            _places(one.place, other.place),
            _actors("initiators", one.initiators, other.initiators),
            _actors("targets", one.targets, other.targets),
            _tolls(one.tolls, other.tolls),
            Feature("same document", 0.5 if same_document else 0.0),
        )
    )


def _types(one: Claim, other: Claim, families: Mapping[str, str]) -> Feature:
    if one.event_type == other.event_type:
        return Feature("same event type", 1.5)
    a, b = families.get(one.event_type, ""), families.get(other.event_type, "")
    if a == b:
        return Feature("same event family", 1.0)
    if "harm" in {a, b} or {a, b} <= _VIOLENT_FAMILIES:
        return Feature("event families that go together", 0.5)
    return Feature("different events", -6.0, forbids=not (one.violent and other.violent))


_VIOLENT_FAMILIES = frozenset({"attack", "battle", "explosion", "strike", "harm", "capture", "abduction"})


def window(claim: Claim, facts: Mapping[str, DocumentFacts]) -> tuple[date, date] | None:
    """The days in which a claim's happening may lie: its own time, else the days up to publication."""
    when = claim.when
    if when is not None and when.earliest is not None and when.latest is not None:
        return when.earliest, when.latest
    latest = when.latest if when is not None and when.latest else None
    published = facts[claim.document].published if claim.document in facts else None
    end = latest or published
    return (end - NEWS_LAG, end) if end is not None else None


def _times(one: Claim, other: Claim, facts: Mapping[str, DocumentFacts], same_document: bool) -> Feature:
    a, b = window(one, facts), window(other, facts)
    if a is None or b is None:
        return _unanchored(one.when, other.when)
    gap = (max(a[0], b[0]) - min(a[1], b[1])).days
    exact = _exact(one.when) and _exact(other.when)
    if gap <= 0:
        return Feature("times overlap", 2.0 if exact else 1.0)
    if gap == 1:
        return Feature("times one day apart", 0.0 if not exact else -1.0)
    return Feature("times apart", -4.0, forbids=exact or gap > 10)


def _unanchored(a: When | None, b: When | None) -> Feature:
    """Without a year, the same words for the day still agree, and other words disagree."""
    if a is None or b is None or not a.edtf or not b.edtf or "publication" in {a.basis, b.basis}:
        return Feature("time unknown", 0.0)
    if a.edtf == b.edtf:
        return Feature("same stated time", 2.0)
    return Feature("different stated times", -2.0)


def _exact(when: When | None) -> bool:
    return when is not None and when.basis != "publication" and when.precision == "day"


def _places(a: PlaceRef | None, b: PlaceRef | None) -> Feature:
    if a is None or b is None:
        return Feature("place unknown", 0.0)
    if a.place_id is not None and a.place_id == b.place_id:
        return Feature("same place", 1.0 if a.precision == "country" else 2.5)
    if a.precision == "unresolved" or b.precision == "unresolved":
        same = (a.name or "").casefold() == (b.name or "").casefold()
        return Feature("same unresolved name", 2.0) if same else Feature("unresolved place", -0.5)
    if a.country and b.country and a.country != b.country and not {a.country, b.country} & {*a.countries, *b.countries}:
        return Feature("different countries", -6.0, forbids=True)
    if a.precision in _AREAS or b.precision in _AREAS:
        same_area = a.admin1 is not None and a.admin1 == b.admin1
        return Feature("one may contain the other", 0.8 if same_area else 0.0)
    return _by_distance(distance_km(a, b))


def _by_distance(km: float | None) -> Feature:
    if km is None:
        return Feature("distance unknown", 0.0)
    if km <= NEAR_KM:
        return Feature("places near each other", 1.5)
    return Feature("places apart", -3.0, forbids=km > FAR_KM)


def distance_km(a: PlaceRef, b: PlaceRef) -> float | None:
    """Great-circle distance of two places in km, or None when one has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    p, q = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(half)))


def _actors(name: str, a: tuple[ActorRef, ...], b: tuple[ActorRef, ...]) -> Feature:
    if not a or not b:
        return Feature(f"{name} unknown", 0.0)
    if {_key(x) for x in a} & {_key(x) for x in b}:
        return Feature(f"same {name}", 1.0)
    known = all(x.actor_id for x in (*a, *b))
    return Feature(f"different {name}", -1.0 if known else 0.0)


def _key(ref: ActorRef) -> str:
    return ref.actor_id or (ref.role or ref.span.quote).casefold()


def _tolls(a: tuple[Toll, ...], b: tuple[Toll, ...]) -> Feature:
    pairs = [(x, y) for x in a for y in b if x.outcome == y.outcome and x.best and y.best]
    if not pairs:
        return Feature("no comparable toll", 0.0)
    if any(x.best == y.best and x.best and x.best > 1 for x, y in pairs):
        return Feature("same toll", 1.5)
    ratio = max(min(x.best or 1, y.best or 1) / max(x.best or 1, y.best or 1) for x, y in pairs)
    return Feature("tolls differ", 0.3 if ratio > 0.5 else -0.7)
