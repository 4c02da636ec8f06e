"""Room 6, scoring: how likely two claims are about one happening, feature by feature.

Door: `score(one, other)`, of two outlines. Each feature says how much it speaks for or against and can be
printed; a stated contradiction (two exact days, two towns) forbids, and so do two details told otherwise (neighbouring
days, other initiators, manners of violence that exclude each other). Weights are set by hand.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

from reportedly.incidents.features import OTHER_INITIATORS, OTHER_MANNER, TOLD_OTHERWISE, Feature, PairScore
from reportedly.incidents.occasion import places, times
from reportedly.incidents.outlines import Count, Outline, What

# What a pair must reach to speak for one happening. Planted incidents (seeds 8, 11) are grouped alike from 1.3 to 2.3,
# headlines better the lower; at 1.3 two traps are merged wrongly (2026-11-30).
THRESHOLD = 1.8
_HARM = frozenset({"harm"})
_VIOLENT_FAMILIES = frozenset(
    {"attack", "battle", "explosion", "strike", "harm", "capture", "abduction", "property", "coup", "unrest"}
)
_CROWD_FAMILIES = frozenset({"protest", "unrest"})
_PLAIN_KILLING = frozenset({"attack.killing", "attack.injury", "attack.armed"})
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


def score(one: Outline, other: Outline) -> PairScore:
    """Return the features of a pair; the order of the two makes no difference."""
    features = tuple(feature(one, other) for feature in _FEATURES)
    against = sum(f.name in TOLD_OTHERWISE for f in features)
    return PairScore((*features, _AGREE if against < 2 else _DIFFER_TOGETHER))


def rate(one: Outline, other: Outline) -> float | None:
    """Return the total of `score`, or None where the pair is forbidden; stops at the first feature that forbids."""
    total, against = 0.0, 0
    for feature in _FEATURES:
        name, weight, forbids = feature(one, other)
        if forbids:
            return None
        total += weight
        against += name in TOLD_OTHERWISE
    return None if against > 1 else total


# One detail told otherwise is how news differs; two of day, initiators and manner are another happening.
_AGREE = Feature("details agree", 0.0)
_DIFFER_TOGETHER = Feature("day, initiators or manner differ together", -2.0, forbids=True)


# ------------------------------------------------------------------------------------------- what happened


@lru_cache(maxsize=50_000)
def types(one: What, other: What) -> Feature:
    """Compare the kinds of event."""
    if one.event_type == other.event_type:
        return Feature("same event type", 1.0)
    if _exclude_each_other(one.event_type, other.event_type):
        return Feature(OTHER_MANNER, -3.0)
    a, b = one.family, other.family
    if a == b:
        return Feature("same event family", 0.8)
    if _HARM & {a, b} or {one.event_type, other.event_type} & _PLAIN_KILLING:
        return Feature("one tells only the harm", 0.6)
    if {a, b} <= _VIOLENT_FAMILIES:
        return Feature("event families that go together", 0.4)
    if {a, b} & _CROWD_FAMILIES and (one.violent or other.violent):
        return Feature("violence and a protest", -0.5)
    return Feature("different events", -6.0, forbids=True)


def _exclude_each_other(one: str, other: str) -> bool:
    a, b = _MANNERS.get(one, ""), _MANNERS.get(other, "")
    return b in _NEVER_WITH.get(a, ()) or a in _NEVER_WITH.get(b, ())


# ------------------------------------------------------------------------------------------- who


def _sides(one: Outline, other: Outline) -> Feature:
    """Known actors in common speak for, others against; the sides may be told in either order."""
    p, q = one.people, other.people
    shared = len(p.known & q.known)
    if shared:
        return Feature("actors in common", 0.9 if shared == 1 else 1.8)
    if p.acting & q.acting or p.suffering & q.suffering:
        return Feature("actors of the same kind", 0.5)
    if len(p.known) > 1 and len(q.known) > 1:
        return Feature("other actors", -1.0)
    return Feature("actors not comparable", 0.0)


def _blame(one: Outline, other: Outline) -> Feature:
    """Other known initiators speak against; in two-sided fighting who is named first says nothing."""
    p, q = one.people, other.people
    if not p.initiators or not q.initiators or p.initiators & q.initiators or _two_sided(one) or _two_sided(other):
        return Feature("initiators not comparable", 0.0)
    if p.official & q.official:
        return Feature("initiators of one state", 0.0)
    if p.claimants & q.initiators or q.claimants & p.initiators:
        return Feature("accused parties accuse others", 0.0)
    return Feature(OTHER_INITIATORS, -1.0)


def _two_sided(outline: Outline) -> bool:
    return outline.what.event_type.startswith("battle.")


def _victims(one: Outline, other: Outline) -> Feature:
    """Those attacked or harmed: the same body or word speaks for; soldiers against civilians speaks against."""
    p, q = one.people, other.people
    if not p.harmed or not q.harmed:
        return Feature("victims unknown", 0.0)
    if p.harmed & q.harmed:
        return Feature("same victims", 0.7)
    if p.harmed_kinds & q.harmed_kinds or not (p.harmed_kinds and q.harmed_kinds):
        return Feature("victims of one kind", 0.0)
    return Feature("other victims", -0.5)


# ------------------------------------------------------------------------------------------- how many


def _tolls(one: Outline, other: Outline) -> Feature:
    if not one.counts or not other.counts:
        return _NO_TOLL
    pairs = [(x, y) for x in one.counts for y in other.counts if x.outcome == y.outcome and _comparable(x, y)]
    if not pairs:
        return _NO_TOLL
    return max((_toll_pair(x, y, one, other) for x, y in pairs), key=lambda f: (f.weight, f.name))


_NO_TOLL = Feature("no comparable toll", 0.0)


def _comparable(x: Count, y: Count) -> bool:
    """Tell whether two figures may count the same people."""
    if x.victims and y.victims:
        return x.victims == y.victims
    return "unknown" in {x.victim_class, y.victim_class} or x.victim_class == y.victim_class


def _toll_pair(x: Count, y: Count, one: Outline, other: Outline) -> Feature:
    a, b = x.figure, y.figure
    if a is None or b is None:
        return Feature("a toll without a figure", 0.0)
    if a == b:
        return Feature("same toll", same_toll(a))
    if _overlap(x, y):
        return Feature("tolls that can both hold", 0.3)
    if one.document == other.document and one.teller == other.teller:
        return Feature("one teller gives two figures", -2.5)
    ratio = min(a, b) / max(a, b)
    if _grows(a, b, one, other):
        return Feature("a toll that rises later", 0.2 if ratio > 0.3 else -0.5)
    if _grows(b, a, one, other):
        return Feature("a lower toll later", -0.3 if ratio > 0.8 else -1.0)
    return Feature("tolls differ", 0.0 if ratio > 0.6 else -0.5 if ratio > 0.3 else -1.0)


def same_toll(figure: int) -> float:
    """What it weighs that two claims give the same figure: the higher, the rarer."""
    return min(2.0, 0.6 + 0.35 * math.log2(max(figure, 1))) if figure else 0.3


def _overlap(x: Count, y: Count) -> bool:
    low = max(x.low or 0, y.low or 0)
    highs = [t.high for t in (x, y) if t.high is not None]
    return not highs or low <= min(highs)


def _grows(a: int, b: int, one: Outline, other: Outline) -> bool:
    """Tell whether the higher figure is the later one: how a toll runs over days."""
    days = one.days.published, other.days.published
    if days[0] is None or days[1] is None or days[0] == days[1]:
        return False
    return (a < b) == (days[0] < days[1])


# ------------------------------------------------------------------------------------------- told together


def _text(one: Outline, other: Outline) -> Feature:
    if one.document != other.document:
        return Feature("different documents", 0.0)
    apart = abs(one.start - other.start)
    if apart <= _NEXT_TO:
        return Feature("told next to each other", 1.5)
    return Feature("told in one document", 1.0 if apart <= _CLOSE_BY else 0.5)


def _kinds_of_event(one: Outline, other: Outline) -> Feature:
    return types(one.what, other.what)


# Those that forbid most come first.
_FEATURES: tuple[Callable[[Outline, Outline], Feature], ...] = (
    places, times, _kinds_of_event, _sides, _blame, _victims, _tolls, _text
)  # fmt: skip
