"""Room 6, scoring: how likely two claims are about one happening, feature by feature.

Door: `score(one, other, families, facts)`. Each feature says how much it speaks for or against and can be
printed; a stated contradiction (two exact days, two towns) forbids, and so do two details told otherwise (neighbouring
days, other initiators, manners of violence that exclude each other). Weights are set by hand.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from reportedly.incidents.features import OTHER_INITIATORS, OTHER_MANNER, TOLD_OTHERWISE, Feature, PairScore
from reportedly.incidents.occasion import places, times
from reportedly.model import ActorRef, Claim, Toll
from reportedly.model.facts import DocumentFacts

THRESHOLD = 2.3
_HARM = frozenset({"harm"})
_VIOLENT_FAMILIES = frozenset(
    {"attack", "battle", "explosion", "strike", "harm", "capture", "abduction", "property", "coup", "unrest"}
)
_CROWD_FAMILIES = frozenset({"protest", "unrest"})
_NOBODY = frozenset({"facility", "unknown"})
# Manners of violence that are hardly ever told of one happening; what combines in a complex attack (a suicide bomber
# before a raid, a mine before an ambush, shelling in a battle) is not here.
_MANNERS = {
    "strike.air": "air",
    "strike.drone": "air",
    "strike.shelling": "shells",
    "strike.missile": "missiles",
    "explosion.suicide": "suicide",
    "explosion.mine": "mine",
    "attack.ambush": "ambush",
    "attack.raid": "raid",
    "attack.stabbing": "stabbing",
    "abduction.kidnapping": "abduction",
    "abduction.hostage": "abduction",
}
_NEVER_WITH = {
    "suicide": frozenset({"air", "shells", "missiles", "mine", "abduction", "stabbing", "ambush"}),
    "air": frozenset({"ambush", "raid", "mine", "stabbing", "abduction"}),
    "shells": frozenset({"ambush", "mine", "stabbing", "abduction"}),
    "missiles": frozenset({"ambush", "raid", "mine", "stabbing", "abduction"}),
    "mine": frozenset({"raid", "stabbing", "abduction"}),
    "stabbing": frozenset({"ambush"}),
}
# Where two triggers stand this near each other in one text, they are likely told of one happening.
_NEXT_TO, _CLOSE_BY = 350, 1000


def score(one: Claim, other: Claim, families: Mapping[str, str], facts: Mapping[str, DocumentFacts]) -> PairScore:
    """Return the features of a pair; the order of the two makes no difference."""
    features = (
        _types(one, other, families),
        times(one, other, facts),
        places(one, other),
        _sides(one, other),
        _blame(one, other),
        _victims(one, other),
        _tolls(one, other, facts),
        _text(one, other),
    )
    return PairScore((*features, _together(features)))


def _together(features: Sequence[Feature]) -> Feature:
    """One detail told otherwise is how news differs; two of day, initiators and manner are another happening."""
    against = sum(f.name in TOLD_OTHERWISE for f in features)
    if against < 2:
        return Feature("details agree", 0.0)
    return Feature("day, initiators or manner differ together", -2.0, forbids=True)


# ------------------------------------------------------------------------------------------- what happened


def _types(one: Claim, other: Claim, families: Mapping[str, str]) -> Feature:
    if one.event_type == other.event_type:
        return Feature("same event type", 1.0)
    if _exclude_each_other(one.event_type, other.event_type):
        return Feature(OTHER_MANNER, -3.0)
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


def _exclude_each_other(one: str, other: str) -> bool:
    a, b = _MANNERS.get(one, ""), _MANNERS.get(other, "")
    return b in _NEVER_WITH.get(a, ()) or a in _NEVER_WITH.get(b, ())


def _plain_killing(claim: Claim) -> bool:
    return claim.event_type in {"attack.killing", "attack.injury", "attack.armed"}


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


def _blame(one: Claim, other: Claim) -> Feature:
    """Other known initiators speak against; in two-sided fighting who is named first says nothing."""
    a, b = _known(one.initiators), _known(other.initiators)
    if not a or not b or a & b or any(c.event_type.startswith("battle.") for c in (one, other)):
        return Feature("initiators not comparable", 0.0)
    if _official(one.initiators) & _official(other.initiators):
        return Feature("initiators of one state", 0.0)
    if _known(_claimants(one)) & b or _known(_claimants(other)) & a:
        return Feature("accused parties accuse others", 0.0)
    return Feature(OTHER_INITIATORS, -1.0)


def _claimants(claim: Claim) -> tuple[ActorRef, ...]:
    return () if claim.claimant is None else (claim.claimant,)


def _official(refs: Iterable[ActorRef]) -> set[str]:
    """The states whose forces or offices are named."""
    return {r.country for r in refs if r.country and r.kind in {"state_forces", "government", "external_forces"}}


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
