"""Room 6, scoring: how likely two claims are about one happening, feature by feature.

Doors: `score(one, other, families, facts)`, `window(claim, facts)`. Each feature says how much it speaks for or
against and can be printed; a stated contradiction (two exact days, two towns) forbids. Weights are set by hand.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from reportedly.model import ActorRef, Claim, PlaceRef, Toll, When
from reportedly.model.facts import DocumentFacts

THRESHOLD = 2.3
NEAR_KM = 25.0
FAR_KM = 60.0
NEWS_LAG = timedelta(days=3)
_AREAS = frozenset({"region", "country", "district"})
_HARM = frozenset({"harm"})
_VIOLENT_FAMILIES = frozenset(
    {"attack", "battle", "explosion", "strike", "harm", "capture", "abduction", "property", "coup", "unrest"}
)
_CROWD_FAMILIES = frozenset({"protest", "unrest"})
_NOBODY = frozenset({"facility", "unknown"})
# Where two triggers stand this near each other in one text, they are likely told of one happening.
_NEXT_TO, _CLOSE_BY = 350, 1000


class Feature(NamedTuple):
    """One reason for or against: its name, weight (0 = no evidence), and whether it forbids the pair."""

    name: str
    weight: float
    forbids: bool = False


class PairScore(NamedTuple):
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
    return PairScore(
        (
            _types(one, other, families),
            _times(one, other, facts),
            _places(one, other),
            _sides(one, other),
            _victims(one, other),
            _tolls(one, other, facts),
            _text(one, other),
        )
    )


# ------------------------------------------------------------------------------------------- what happened


def _types(one: Claim, other: Claim, families: Mapping[str, str]) -> Feature:
    if one.event_type == other.event_type:
        return Feature("same event type", 1.0)
    a, b = families.get(one.event_type, ""), families.get(other.event_type, "")
    if a == b:
        return Feature("same event family", 0.8)
    if _HARM & {a, b} or _plain_killing(one) or _plain_killing(other):
        return Feature("one tells only the harm", 0.6)
    if {a, b} <= _VIOLENT_FAMILIES:
        return Feature("event families that go together", 0.4)
    if {a, b} & _CROWD_FAMILIES and (one.violent or other.violent):
        return Feature("violence and a protest", -0.5)
    return Feature("different events", -6.0, forbids=True)


def _plain_killing(claim: Claim) -> bool:
    return claim.event_type in {"attack.killing", "attack.injury", "attack.armed"}


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


def _times(one: Claim, other: Claim, facts: Mapping[str, DocumentFacts]) -> Feature:
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
        return Feature("days one apart", -1.0)
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


def _places(one: Claim, other: Claim) -> Feature:
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


# ------------------------------------------------------------------------------------------- who


def _sides(one: Claim, other: Claim) -> Feature:
    """Known actors in common speak for, others against; the sides may be told in either order."""
    a, b = _known((*one.initiators, *one.targets)), _known((*other.initiators, *other.targets))
    shared = len(a & b)
    if shared:
        return Feature("actors in common", 0.9 if shared == 1 else 1.8)
    kinds = _kinds(one.initiators) & _kinds(other.initiators) or _kinds(one.targets) & _kinds(other.targets)
    if kinds:
        return Feature("actors of the same kind", 0.5)
    if a and b and len(a) > 1 and len(b) > 1:
        return Feature("other actors", -1.0)
    return Feature("actors not comparable", 0.0)


def _known(refs: Iterable[ActorRef]) -> set[str]:
    return {r.actor_id for r in refs if r.actor_id is not None}


def _kinds(refs: Iterable[ActorRef]) -> set[tuple[str, str | None]]:
    return {(r.kind, r.country) for r in refs if r.kind not in _NOBODY and r.kind != "civilians"}


def _victims(one: Claim, other: Claim) -> Feature:
    """Those attacked or harmed: the same body or word speaks for; soldiers against civilians speaks against."""
    a, b = _harmed(one), _harmed(other)
    if not a or not b:
        return Feature("victims unknown", 0.0)
    if {_key(x) for x in a} & {_key(x) for x in b}:
        return Feature("same victims", 0.7)
    kinds = {x.kind for x in a}, {x.kind for x in b}
    if kinds[0] & kinds[1] - _NOBODY or not (kinds[0] - _NOBODY and kinds[1] - _NOBODY):
        return Feature("victims of one kind", 0.0)
    return Feature("other victims", -0.5)


def _harmed(claim: Claim) -> tuple[ActorRef, ...]:
    return (*claim.targets, *(t.victims for t in claim.tolls if t.victims is not None))


def _key(ref: ActorRef) -> str:
    return ref.actor_id or (ref.role or ref.span.quote).casefold()


# ------------------------------------------------------------------------------------------- how many


def _tolls(one: Claim, other: Claim, facts: Mapping[str, DocumentFacts]) -> Feature:
    pairs = [(x, y) for x in _wholes(one) for y in _wholes(other) if x.outcome == y.outcome and comparable(x, y)]
    if not pairs:
        return Feature("no comparable toll", 0.0)
    return max((_toll_pair(x, y, one, other, facts) for x, y in pairs), key=lambda f: (f.weight, f.name))


def _wholes(claim: Claim) -> list[Toll]:
    return [t for t in claim.tolls if t.part_of is None]


def comparable(x: Toll, y: Toll) -> bool:
    """Tell whether two figures may count the same people."""
    if x.victims is not None and y.victims is not None and x.victims.actor_id and y.victims.actor_id:
        return x.victims.actor_id == y.victims.actor_id
    return "unknown" in {x.victim_class, y.victim_class} or x.victim_class == y.victim_class


def _toll_pair(x: Toll, y: Toll, one: Claim, other: Claim, facts: Mapping[str, DocumentFacts]) -> Feature:
    a, b = figure(x), figure(y)
    if a is None or b is None:
        return Feature("a toll without a figure", 0.0)
    if a == b:
        return Feature("same toll", min(2.0, 0.6 + 0.35 * math.log2(max(a, 1))) if a else 0.3)
    if _overlap(x, y):
        return Feature("tolls that can both hold", 0.3)
    if one.document == other.document and _teller(one) == _teller(other):
        return Feature("one teller gives two figures", -2.5)
    ratio = min(a, b) / max(a, b)
    if _grows(a, b, one, other, facts):
        return Feature("a toll that rises later", 0.2 if ratio > 0.3 else -0.5)
    if _grows(b, a, one, other, facts):
        return Feature("a lower toll later", -0.3 if ratio > 0.8 else -1.0)
    return Feature("tolls differ", 0.0 if ratio > 0.6 else -0.5 if ratio > 0.3 else -1.0)


def figure(toll: Toll) -> int | None:
    """The one number that stands for a toll, or None for words like "dozens"."""
    if toll.best is not None or toll.qualifier == "vague":
        return toll.best
    return toll.low if toll.low is not None else toll.high


def _overlap(x: Toll, y: Toll) -> bool:
    low = max(x.low or 0, y.low or 0)
    highs = [t.high for t in (x, y) if t.high is not None]
    return not highs or low <= min(highs)


def _grows(a: int, b: int, one: Claim, other: Claim, facts: Mapping[str, DocumentFacts]) -> bool:
    """Tell whether the higher figure is the later one: how a toll runs over days."""
    days = [facts[c.document].published if c.document in facts else None for c in (one, other)]
    if days[0] is None or days[1] is None or days[0] == days[1]:
        return False
    return (a < b) == (days[0] < days[1])


def _teller(claim: Claim) -> str | None:
    return None if claim.claimant is None else _key(claim.claimant)


# ------------------------------------------------------------------------------------------- told together


def _text(one: Claim, other: Claim) -> Feature:
    if one.document != other.document:
        return Feature("different documents", 0.0)
    apart = abs(one.trigger.start - other.trigger.start)
    if apart <= _NEXT_TO:
        return Feature("told next to each other", 1.5)
    return Feature("told in one document", 1.0 if apart <= _CLOSE_BY else 0.5)
