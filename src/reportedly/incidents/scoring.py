"""Room 6, scoring: how likely two claims are about one happening, feature by feature.

Door: `score(one, other, linking)`, of two outlines. Each feature says how much it speaks for or against and can be
printed; a stated contradiction (two exact days, two towns) forbids, and so do two details told otherwise (neighbouring
days, other initiators, manners of violence that exclude each other). What each weighs stands in the knowledge file
`linking.yml`. `table.py` computes the same for many pairs at once.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

from reportedly.incidents.features import PairScore
from reportedly.incidents.occasion import other_days, places, times
from reportedly.incidents.outlines import Count, Outline, What
from reportedly.knowledge.linking import POINTS, Feature, Linking


def score(one: Outline, other: Outline, linking: Linking) -> PairScore:
    """Return the features of a pair; the order of the two makes no difference."""
    features = tuple(feature(one, other, linking) for feature in _FEATURES)
    against = sum(f.otherwise for f in features)
    return PairScore((*features, _AGREE if against <= linking.otherwise_allowed else _DIFFER_TOGETHER))


def rate(one: Outline, other: Outline, linking: Linking) -> int | None:
    """Return the total of `score` in points, None where the pair is forbidden; stops at the first that forbids."""
    total, against = 0, 0
    for feature in _FEATURES:
        _, points, forbids, otherwise = feature(one, other, linking)
        if forbids:
            return None
        total += points
        against += otherwise
    return None if against > linking.otherwise_allowed else total


class Rates:
    """What `rate` says of pairs, each worked out once: the claims of a text are compared to find what its followers
    follow, then to find which speak for one happening, then group with group.

    Pairs are known by identity, so the outlines have to live as long: to hash two takes longer than to rate them.
    """

    def __init__(self, linking: Linking) -> None:
        self.linking = linking
        self._known: dict[tuple[int, int], int | None] = {}

    def of(self, one: Outline, other: Outline) -> int | None:
        """Return the total of a pair in points, None where it is forbidden."""
        a, b = id(one), id(other)
        key = (a, b) if a < b else (b, a)
        if key not in self._known:
            self._known[key] = rate(one, other, self.linking)
        return self._known[key]


# One detail told otherwise is how news differs; two of day, initiators and manner are another happening.
_AGREE = Feature("details agree", 0)
_DIFFER_TOGETHER = Feature("day, initiators or manner differ together", 0, forbids=True)


# ------------------------------------------------------------------------------------------- what happened


@lru_cache(maxsize=50_000)
def types(one: What, other: What, linking: Linking, *, one_text: bool) -> Feature:
    """Compare the kinds of event."""
    return linking.features[_types(one, other, linking, one_text)]


def _types(one: What, other: What, linking: Linking, one_text: bool) -> str:
    families = linking.families
    if one.event_type == other.event_type:
        return "same event type"
    if _exclude_each_other(one.event_type, other.event_type, linking):
        return "manners that exclude each other"
    a, b = one.family, other.family
    if a == b:
        return "same event family"
    if families.harm & {a, b} and families.harmless_types & {one.event_type, other.event_type}:
        return "different events"
    if families.harm & {a, b} or families.only_harm_types & {one.event_type, other.event_type}:
        alike = (one.violent and other.violent) or {a, b} & families.crowds
        if alike:
            return "one tells only the harm"
        return "harm beside what does none, in one text" if one_text else "harm beside what does none"
    if {a, b} <= families.violent:
        return "event families that go together"
    if {a, b} & families.crowds and (one.violent or other.violent):
        return "violence and a protest"
    return "different events"


def _exclude_each_other(one: str, other: str, linking: Linking) -> bool:
    manners = linking.manners
    a, b = manners.of.get(one, ""), manners.of.get(other, "")
    return b in manners.never_with.get(a, ()) or a in manners.never_with.get(b, ())


# ------------------------------------------------------------------------------------------- who


def _sides(one: Outline, other: Outline, linking: Linking) -> Feature:
    """Known actors in common speak for, others against; the sides may be told in either order."""
    p, q = one.people, other.people
    shared = len(p.known & q.known)
    if shared:
        return linking.features["actors in common" if shared == 1 else "several actors in common"]
    if p.acting & q.acting or p.suffering & q.suffering:
        return linking.features["actors of the same kind"]
    apart = len(p.known) > 1 and len(q.known) > 1
    return linking.features["other actors" if apart else "actors not comparable"]


def _blame(one: Outline, other: Outline, linking: Linking) -> Feature:
    """Other known initiators speak against; in two-sided fighting who is named first says nothing."""
    return linking.features[_accused(one, other, linking)]


def _accused(one: Outline, other: Outline, linking: Linking) -> str:
    p, q = one.people, other.people
    if not p.initiators or not q.initiators or p.initiators & q.initiators:
        return "initiators not comparable"
    if two_sided(one.what, linking) or two_sided(other.what, linking):
        return "initiators not comparable"
    if p.official & q.official:
        return "initiators of one state"
    if p.claimants & q.initiators or q.claimants & p.initiators:
        return "accused parties accuse others"
    return "other initiators"


def two_sided(what: What, linking: Linking) -> bool:
    """Tell whether it is fighting in which who is named first says nothing."""
    return what.event_type.partition(".")[0] in linking.families.two_sided


def _victims(one: Outline, other: Outline, linking: Linking) -> Feature:
    """Those attacked or harmed: the same body or word speaks for; soldiers against civilians speaks against.

    Soldiers of one country are not those of another.
    """
    p, q = one.people, other.people
    if not p.harmed or not q.harmed:
        return linking.features["victims unknown"]
    if p.harmed & q.harmed:
        return linking.features["same victims"]
    if p.hit and q.hit and not p.hit & q.hit:
        return linking.features["forces of other countries"]
    alike = p.harmed_kinds & q.harmed_kinds or not (p.harmed_kinds and q.harmed_kinds)
    return linking.features["victims of one kind" if alike else "other victims"]


def _things(one: Outline, other: Outline, linking: Linking) -> Feature:
    """Things that were hit, as two texts tell it: one text may tell of several."""
    p, q = one.people.things, other.people.things
    if not p or not q or one.document == other.document:
        return linking.features["things not comparable"]
    return linking.features["things of one kind were hit" if p & q else "other things were hit"]


# ------------------------------------------------------------------------------------------- how many


def _tolls(one: Outline, other: Outline, linking: Linking) -> Feature:
    none = linking.features["no comparable toll"]
    if not one.counts or not other.counts:
        return none
    pairs = [(x, y) for x in one.counts for y in other.counts if x.outcome == y.outcome and _comparable(x, y)]
    found = (_toll_pair(x, y, one, other, linking) for x, y in pairs)
    return max(found, key=lambda f: (f.points, f.name), default=none)


def _comparable(x: Count, y: Count) -> bool:
    """Tell whether two figures may count the same people."""
    if x.victims and y.victims:
        return x.victims == y.victims
    return "unknown" in {x.victim_class, y.victim_class} or x.victim_class == y.victim_class


def _toll_pair(x: Count, y: Count, one: Outline, other: Outline, linking: Linking) -> Feature:
    a, b = x.figure, y.figure
    if a is not None and a == b:
        return linking.features["same toll"]._replace(points=same_toll(a, linking))
    if _overlap(x, y):
        worded = a is None or b is None
        return linking.features["a toll without a figure" if worded else "tolls that can both hold"]
    if one.document == other.document and one.teller == other.teller:
        return linking.features["one teller gives two figures"]
    return linking.features[_apart(x.bound, y.bound, one, other, linking)]


def _apart(a: int, b: int, one: Outline, other: Outline, linking: Linking) -> str:
    ratio, measures = min(a, b) / max(a, b), linking.measures
    if _grows(a, b, one, other):
        return "a toll that rises later" if ratio > measures.much_apart else "a toll that rises much later"
    if _grows(b, a, one, other):
        return "a slightly lower toll later" if ratio > measures.little_apart else "a lower toll later"
    if ratio > measures.apart:
        return "tolls differ little"
    return "tolls differ" if ratio > measures.much_apart else "tolls differ much"


def same_toll(figure: int, linking: Linking) -> int:
    """What it weighs that two claims give the same figure, in points: the higher, the rarer."""
    measures = linking.measures
    if figure < 1:
        return round(measures.toll_zero * POINTS)
    grown = round((measures.toll_least + measures.toll_doubling * math.log2(figure)) * POINTS)
    return min(linking.features["same toll"].points, grown)


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


def _text(one: Outline, other: Outline, linking: Linking) -> Feature:
    if one.document != other.document:
        again = one.wording is not None and one.wording == other.wording and not other_days(one.days, other.days)
        return linking.features["told in the same words" if again else "different documents"]
    apart, measures = abs(one.start - other.start), linking.measures
    if apart <= measures.next_to_characters:
        return linking.features["told next to each other"]
    return linking.features["told near each other" if apart <= measures.close_by_characters else "told in one document"]


def _kinds_of_event(one: Outline, other: Outline, linking: Linking) -> Feature:
    return types(one.what, other.what, linking, one_text=one.document == other.document)


# Those that forbid most come first.
_FEATURES: tuple[Callable[[Outline, Outline, Linking], Feature], ...] = (
    places, times, _kinds_of_event, _sides, _blame, _victims, _things, _tolls, _text
)  # fmt: skip
