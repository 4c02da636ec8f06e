"""Tolls of an incident as one range. Door: `toll_range(record, claims, outcome)`.

Figures for a whole and for its parts are never added up: the larger of the whole and the sum of its groups stands.
The range spans the tellers; it is no confidence interval.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportedly.model.actor import ActorRef
from reportedly.model.claim import Claim
from reportedly.model.incident import IncidentRecord
from reportedly.model.toll import Toll

CIVILIAN_KINDS = frozenset({"civilians", "protesters", "rioters", "media", "company", "international_organisation"})


@dataclass(frozen=True, slots=True)
class TollRange:
    """`low` to `high` over all tellers; None where no bound is known (no figure, or an open end).

    `top` is the largest number that anybody gives: it stands in for an open `high` where a number is needed.
    """

    low: int | None = None
    high: int | None = None
    top: int = 0

    @property
    def told(self) -> bool:
        """Whether anybody gives a figure."""
        return self.low is not None or self.high is not None

    def __add__(self, other: TollRange) -> TollRange:
        """Return the range of both together; a side without any figure adds nothing."""
        if not (self.told and other.told):
            return self if self.told else other
        high = self.high + other.high if self.high is not None and other.high is not None else None
        return TollRange((self.low or 0) + (other.low or 0), high, self.top + other.top)


def toll_range(
    record: IncidentRecord, claims: Iterable[Claim], outcome: str = "killed", *, civilians: bool = False
) -> TollRange:
    """Return the range of an outcome over the record's tellers; with `civilians` of civilian victims alone."""
    current = {figure.claim for cell in record.tolls if cell.outcome == outcome for figure in cell.by}
    parties = _parties(record)
    groups: dict[str | None, list[TollRange]] = {}
    for claim in claims:
        if claim.id in current:
            for key, found in _told(claim, outcome, parties).items():
                groups.setdefault(key, []).append(found)
    if civilians:
        return _span(groups.get("civilians", []))
    parts = sum((_span(found) for key, found in groups.items() if key is not None), TollRange())
    return _larger(_span(groups.get(None, [])), parts)


def _parties(record: IncidentRecord) -> frozenset[str]:
    """Return the keys of the actors on the sides."""
    return frozenset(_key(ref) for side in record.sides for ref in side)


def _key(ref: ActorRef) -> str:
    return ref.actor_id or (ref.name or ref.span.quote).casefold()


def _told(claim: Claim, outcome: str, parties: frozenset[str]) -> Mapping[str | None, TollRange]:
    """Return one claim's figures by group of victims, those of one group added up."""
    found: dict[str | None, TollRange] = {}
    for toll in claim.tolls:
        if toll.outcome == outcome and not toll.superseded and not _inside(toll, claim.tolls):
            group = _group(toll, parties)
            found[group] = found.get(group, TollRange()) + _figure(toll)
    return found


def _inside(toll: Toll, tolls: Sequence[Toll]) -> bool:
    """Tell whether another figure of the same outcome in the claim includes this one."""
    return any(toll.part_of == other.id and other.outcome == toll.outcome for other in tolls)


def _group(toll: Toll, parties: frozenset[str]) -> str | None:
    """Return whose deaths are counted: civilians, an actor of a side, or (None) everybody."""
    victims = toll.victims
    if toll.victim_class == "civilian" or (victims is not None and victims.kind in CIVILIAN_KINDS):
        return "civilians"
    if victims is None or (victims.actor_id is None and _key(victims) not in parties):
        return None
    return _key(victims)


def _figure(toll: Toll) -> TollRange:
    numbers = [number for number in (toll.low, toll.best, toll.high) if number is not None]
    low = toll.low if toll.low is not None else 0 if numbers else None
    return TollRange(low, toll.high, max(numbers, default=0))


def _span(found: Sequence[TollRange]) -> TollRange:
    """Return the range over several tellers' figures for the same people."""
    told = [one for one in found if one.told]
    if not told:
        return TollRange()
    highs = [one.high for one in told if one.high is not None]
    return TollRange(
        low=min(one.low or 0 for one in told),
        high=max(highs) if len(highs) == len(told) else None,
        top=max(one.top for one in told),
    )


def _larger(whole: TollRange, parts: TollRange) -> TollRange:
    """Return the larger bounds of the whole and of its parts together."""
    if not (whole.told and parts.told):
        return whole if whole.told else parts
    high = None if whole.high is None or parts.high is None else max(whole.high, parts.high)
    return TollRange(max(whole.low or 0, parts.low or 0), high, max(whole.top, parts.top))
