"""Matches a user's table with the incidents of a case: found, missed and extra, and where the figures differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from reportedly.comparison.events import Event, Table
from reportedly.comparison.matching import Limits, Match, best_pairs, match
from reportedly.comparison.ours import Ours, ours_of
from reportedly.model import Rejected
from reportedly.store.base import View

# Days that an event can last and still be looked up day by day.
LONGEST = 62
Verdict = Literal["same", "inside", "outside", "no figure"]


@dataclass(frozen=True, slots=True)
class Found:
    """A row that the case has too. `part` marks a further row of an incident of several days.

    `verdict` on the deaths: the same figure for all tellers, inside their range, outside it, or nobody gives one.
    """

    theirs: Event
    ours: Ours
    match: Match
    verdict: Verdict
    part: bool = False


@dataclass(frozen=True, slots=True)
class Missed:
    """A row that the case does not have, and the incident that comes nearest. `outside`: the case is of other days."""

    theirs: Event
    nearest: Match | None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Extra:
    """An incident of ours that the table does not have, with the row that comes nearest."""

    ours: Ours
    nearest: Match | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A table and a case beside each other."""

    case: str
    file: str
    layout: Literal["acled", "ucdp"]
    found: tuple[Found, ...]
    missed: tuple[Missed, ...]
    extra: tuple[Extra, ...]
    rejected: tuple[Rejected, ...]

    def counts(self) -> dict[str, int]:
        """How many of each, and how many of the found differ in their deaths."""
        return {
            "found": len(self.found),
            "missed": sum(not one.outside for one in self.missed),
            "outside the case's days": sum(one.outside for one in self.missed),
            "extra": len(self.extra),
            "deaths differ": sum(one.verdict in ("inside", "outside") for one in self.found),
            "rows refused": sum(one.fatal for one in self.rejected),
        }


def compare(view: View, theirs: Table, countries: Mapping[str, str], limits: Limits | None = None) -> Comparison:
    """Compare a case with a table. `countries` maps the ISO codes of our places to country names."""
    bounds = limits or Limits()
    ours = incidents_of(view, dict(countries))
    by_id = {one.event.id: one for one in ours}
    pairs = _pairs(theirs.events, ours, bounds)
    chosen = best_pairs((m for found in pairs.values() for m in found), bounds)
    whole = {m.theirs: m for m in chosen}
    parts = {m.theirs: m for m in _parts(pairs, whole, by_id, bounds)}
    found = tuple(
        _found(event, by_id[m.ours], m, part=event.id in parts)
        for event in theirs.events
        for m in [whole.get(event.id) or parts.get(event.id)]
        if m is not None
    )
    known = {one.theirs.id for one in found}
    period = _period(ours, bounds)
    missed = tuple(
        Missed(event, _nearest(pairs.get(event.id, ())), _is_outside(event, period))
        for event in theirs.events
        if event.id not in known
    )
    return Comparison(view.name, theirs.name, theirs.layout, found, missed, _extra(ours, found, pairs), theirs.rejected)


def incidents_of(view: View, countries: dict[str, str]) -> list[Ours]:
    """The incidents of a case, with those who give figures for them."""
    publishers = {s.document.id: s.document.publisher or "" for s in view.documents()}
    claims = {claim.id: claim for claim in view.claims()}
    return [
        ours_of(record, [claims[key] for key in record.claims if key in claims], publishers, countries)
        for record in view.incidents()
    ]


def _pairs(events: Sequence[Event], ours: Sequence[Ours], limits: Limits) -> dict[str, list[Match]]:
    """Every row with the incidents of its days; what lies further apart is not compared."""
    by_day: dict[date | None, list[Event]] = {}
    for one in ours:
        for day in _days(one.event, one.event.slack):
            by_day.setdefault(day, []).append(one.event)
    pairs: dict[str, list[Match]] = {}
    for event in events:
        near = {o.id: o for day in _days(event, event.slack + limits.days) for o in by_day.get(day, ())}
        near |= {o.id: o for o in by_day.get(None, ())}
        pairs[event.id] = [match(event, near[key], limits) for key in sorted(near)]
    return pairs


def _days(event: Event, slack: int) -> list[date | None]:
    """The days that an event may lie on; None for one without days, or with more than can be listed."""
    if event.first is None or event.last is None or (event.last - event.first).days > LONGEST:
        return [None]
    start, length = event.first - timedelta(slack), (event.last - event.first).days + 2 * slack
    return [start + timedelta(n) for n in range(length + 1)]


def _parts(
    pairs: Mapping[str, Sequence[Match]], whole: Mapping[str, Match], ours: Mapping[str, Ours], limits: Limits
) -> list[Match]:
    """Rows left over that tell another day of an incident of several days that is found already."""
    taken = {m.ours for m in whole.values()}
    parts = []
    for key, found in pairs.items():
        fitting = [m for m in found if not m.against and m.score >= limits.least and m.ours in taken]
        lasting = [m for m in fitting if _lasts(ours[m.ours].event)]
        if key not in whole and lasting:
            parts.append(max(lasting, key=lambda m: m.score))
    return parts


def _lasts(event: Event) -> bool:
    return event.first is not None and event.last is not None and event.first < event.last


def _found(theirs: Event, ours: Ours, made: Match, *, part: bool) -> Found:
    return Found(theirs, ours, made, verdict(theirs, ours), part)


def verdict(theirs: Event, ours: Ours) -> Verdict:
    """How the table's deaths lie to those that our tellers give."""
    low, high = ours.event.lowest, ours.event.highest
    if low is None or theirs.deaths is None:
        return "no figure"
    if low == high == theirs.deaths == theirs.lowest == theirs.highest:
        return "same"
    return "inside" if theirs.deaths >= low and (high is None or theirs.deaths <= high) else "outside"


def _nearest(found: Sequence[Match]) -> Match | None:
    return max(found, key=lambda m: (not m.against, m.score), default=None)


def _period(ours: Sequence[Ours], limits: Limits) -> tuple[date, date] | None:
    """From the first to the last day of the case's incidents, with the days that a match may be apart."""
    firsts = [one.event.first for one in ours if one.event.first is not None]
    lasts = [one.event.last for one in ours if one.event.last is not None]
    if not firsts or not lasts:
        return None
    return min(firsts) - timedelta(limits.days), max(lasts) + timedelta(limits.days)


def _is_outside(event: Event, period: tuple[date, date] | None) -> bool:
    if period is None or event.first is None or event.last is None:
        return period is None
    return event.last < period[0] or event.first > period[1]


def _extra(ours: Sequence[Ours], found: Sequence[Found], pairs: Mapping[str, Sequence[Match]]) -> tuple[Extra, ...]:
    known = {one.ours.event.id for one in found}
    near: dict[str, list[Match]] = {}
    for matches in pairs.values():
        for one in matches:
            near.setdefault(one.ours, []).append(one)
    return tuple(Extra(o, _nearest(near.get(o.event.id, ()))) for o in ours if o.event.id not in known)
