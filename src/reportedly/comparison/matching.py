"""How likely a row of a data set and an incident of ours tell of one happening, feature by feature.

A score is a weighted mean of what both say about day, place, actors and kind of event. Days or places that cannot be
the same rule a match out; what one side does not say counts half: it speaks neither for a match nor against it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from reportedly.comparison.events import Event, Family

Name = Literal["day", "place", "actors", "event"]
# Set by hand: day and place decide, names differ most between coders. Not fitted: no user's file is ours to fit on.
WEIGHTS: dict[Name, float] = {"day": 0.3, "place": 0.35, "actors": 0.2, "event": 0.15}
UNSAID = 0.5
EARTH = 6371.0
# Kilometres beyond what both precisions allow, at which a place is another one.
BEYOND = 40.0
_WORD = re.compile(r"[^\W\d_]+")
# Words of names that say nothing of who it is.
_COMMON = frozenset(
    [
        *("the", "of", "and", "for", "in", "a", "de", "la", "el", "al", "forces", "force", "group", "groups", "armed"),
        *("army", "military", "militia", "front", "movement", "unidentified", "government", "people", "national"),
        *("civilians", "state", "fighters", "soldiers", "security"),
    ]
)
_RELATED: dict[frozenset[Family], float] = {
    frozenset({"fight", "remote"}): 0.7,
    frozenset({"fight", "civilians"}): 0.6,
    frozenset({"remote", "civilians"}): 0.7,
    frozenset({"civilians", "demonstration"}): 0.4,
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How far apart a match may be: days between what both tell, and the least score (0 to 1)."""

    days: int = 2
    least: float = 0.6


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that both tell: how well it agrees (0 to 1; None = not said by both) and the reason in words."""

    name: Name
    agrees: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Match:
    """A pair with its score and features; `against` is why it cannot be one happening, empty where it can."""

    theirs: str
    ours: str
    score: float
    features: tuple[Feature, ...]
    against: str = ""


def match(theirs: Event, ours: Event, limits: Limits) -> Match:
    """Compare a row with an incident."""
    features = (_day(theirs, ours, limits), _place(theirs, ours), _actors(theirs, ours), _event(theirs, ours))
    score = sum(WEIGHTS[f.name] * (UNSAID if f.agrees is None else f.agrees) for f in features)
    ruled_out = [f.reason for f in features[:2] if f.agrees == 0]
    if not ruled_out and all(f.agrees is None for f in features[:2]):
        ruled_out = ["neither day nor place is known to both"]
    return Match(theirs.id, ours.id, round(score, 3), features, "; ".join(ruled_out))


def _day(theirs: Event, ours: Event, limits: Limits) -> Feature:
    if theirs.first is None or theirs.last is None or ours.first is None or ours.last is None:
        return Feature("day", None, "the case tells no day")
    gap = _gap((theirs.first, theirs.last), (ours.first, ours.last))
    allowed = theirs.slack + ours.slack
    told = f"{_span(theirs.first, theirs.last)} and {_span(ours.first, ours.last)}"
    if gap == 0:
        return Feature("day", 1.0, f"the days told meet: {told}")
    if gap <= allowed:
        return Feature("day", 0.8, f"{gap} day(s) apart, within what is known of the days: {told}")
    if gap <= allowed + limits.days:
        return Feature("day", 1 - (gap - allowed) / (limits.days + 1), f"{gap} day(s) apart: {told}")
    return Feature("day", 0.0, f"{gap} days apart: {told}")


def _gap(one: tuple[date, date], two: tuple[date, date]) -> int:
    return max(0, (two[0] - one[1]).days, (one[0] - two[1]).days)


def _span(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"{first} to {last}"


def _place(theirs: Event, ours: Event) -> Feature:
    same = bool(folded(theirs.place)) and folded(theirs.place) == folded(ours.place)
    if None in (theirs.latitude, theirs.longitude, ours.latitude, ours.longitude):
        return _by_name(theirs, ours, same=same)
    distance = kilometres(theirs, ours)
    allowed = theirs.radius + ours.radius
    told = f"{theirs.place} and {ours.place} are {distance:.0f} km apart"
    if same or distance <= 1:
        return Feature("place", 1.0 if distance <= allowed + BEYOND else 0.0, told)
    if distance <= allowed:
        exact = max(0.6, 1 - distance / (2 * allowed) - min(allowed, 300) / 1000)
        return Feature("place", round(exact, 3), f"{told}, within what is known of the places ({allowed:.0f} km)")
    over = (distance - allowed) / BEYOND
    return Feature(
        "place", round(max(0.0, 0.5 * (1 - over)), 3), f"{told}, more than is known of the places ({allowed:.0f} km)"
    )


def _by_name(theirs: Event, ours: Event, *, same: bool) -> Feature:
    if same:
        return Feature("place", 0.9, f"the same name: {theirs.place}")
    names = {folded(name) for name in (theirs.place, *theirs.areas) if name}
    own = {folded(name) for name in (ours.place, *ours.areas) if name}
    if names & own:
        return Feature("place", 0.6, f"the same area: {', '.join(sorted(names & own))}")
    if theirs.country and ours.country and folded(theirs.country) != folded(ours.country):
        return Feature("place", 0.0, f"other countries: {theirs.country} and {ours.country}")
    return Feature("place", None, f"{ours.place or 'no place'} has no point on the map")


def kilometres(one: Event, two: Event) -> float:
    """Distance on the globe between two events that have points."""
    lat1, lon1, lat2, lon2 = (
        math.radians(float(x or 0)) for x in (one.latitude, one.longitude, two.latitude, two.longitude)
    )
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(half)))


def _actors(theirs: Event, ours: Event) -> Feature:
    pairs = [(a, b) for a in theirs.actors for b in ours.actors if same_name(a, b)]
    if pairs:
        who = len({a for a, _ in pairs}) / max(1, min(2, len(theirs.actors)))
        told = "; ".join(dict.fromkeys(f"{a} = {b}" if a != b else a for a, b in pairs[:3]))
        return Feature("actors", round(min(1.0, 0.7 + 0.3 * who), 3), f"the same names: {told}")
    shared = theirs.kinds & ours.kinds
    if shared:
        return Feature("actors", 0.6, f"the same kinds of actors: {', '.join(sorted(shared))}")
    if not theirs.actors or not ours.actors:
        return Feature("actors", None, "nobody is named on one side")
    return Feature("actors", 0.2, f"other names: {', '.join(theirs.actors[:2])} and {', '.join(ours.actors[:2])}")


def same_name(one: str, two: str) -> bool:
    """Tell whether two names of actors can be one: the same telling words, one's words in the other, or its acronym."""
    a, b = words_of(one), words_of(two)
    if a and b and (a <= b or b <= a):
        return True
    return acronym(one) == two.strip().upper() or acronym(two) == one.strip().upper()


def words_of(name: str) -> frozenset[str]:
    """The words of a name that say who it is, without brackets, years and words common to all such names."""
    bare = re.sub(r"\([^)]*\)", " ", name)
    return frozenset(word for word in _WORD.findall(folded(bare)) if word not in _COMMON and len(word) > 1)


def acronym(name: str) -> str:
    """First letters of the words that begin with a capital; empty for a single word."""
    letters = [word[0] for word in re.findall(r"\b[A-ZÀ-Ý][\w'’-]*", re.sub(r"\([^)]*\)", " ", name))]
    return "".join(letters) if len(letters) > 1 else ""


def folded(text: str) -> str:
    """Text without case and accents, for comparison."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def _event(theirs: Event, ours: Event) -> Feature:
    if theirs.families & ours.families:
        return Feature("event", 1.0, f"the same kind of event: {_told(theirs.families & ours.families)}")
    pairs = (frozenset({a, b}) for a in theirs.families for b in ours.families)
    best = max((_RELATED.get(pair, 0.0) for pair in pairs), default=0.0)
    return Feature("event", best, f"{_told(theirs.families)} and {_told(ours.families)}")


def _told(families: Collection[Family]) -> str:
    return ", ".join(sorted(families)) or "nothing"


def best_pairs(matches: Iterable[Match], limits: Limits) -> list[Match]:
    """Choose pairs best first, each row and each incident once."""
    chosen: list[Match] = []
    rows: set[str] = set()
    incidents: set[str] = set()
    for one in sorted(matches, key=lambda m: (-m.score, m.theirs, m.ours)):
        if one.against or one.score < limits.least or one.theirs in rows or one.ours in incidents:
            continue
        chosen.append(one)
        rows.add(one.theirs)
        incidents.add(one.ours)
    return chosen
