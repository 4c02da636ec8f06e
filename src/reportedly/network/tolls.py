"""Tolls of an incident as one range. Door: `toll_range(record, claims, outcome)`.

Figures for a whole and for its parts are never added up: the larger of the whole and the sum of its groups stands.
The range spans the tellers; it is no confidence interval.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportedly.model.claim import Claim
from reportedly.model.gist import FigureGist, actor_gist, figures, told_by
from reportedly.model.incident import IncidentRecord

CIVILIANS = "civilians"


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


NO_TOLL = TollRange()


def toll_range(
    record: IncidentRecord, claims: Iterable[Claim], outcome: str = "killed", *, civilians: bool = False
) -> TollRange:
    """Return the range of an outcome over the record's tellers; with `civilians` of civilian victims alone."""
    current = told_by(record, outcome)
    told = (tuple(figures(claim, outcome)) for claim in claims if claim.id in current)
    parties = {actor_gist(ref).key for side in record.sides for ref in side}
    return Tolls(told, parties).civilians if civilians else Tolls(told, parties).all


class Tolls:
    """One outcome of an incident: figures of its claims by whose deaths they are. `parties` are those on its sides."""

    def __init__(self, told: Iterable[Sequence[FigureGist]], parties: Collection[str]) -> None:
        self._groups: dict[str | None, list[TollRange]] = {}
        for one in told:
            for group, found in _by_group(one, parties).items() if one else ():
                self._groups.setdefault(group, []).append(found)

    @property
    def all(self) -> TollRange:
        """The range over everybody."""
        parts = sum((_span(found) for key, found in self._groups.items() if key is not None), NO_TOLL)
        return _larger(_span(self._groups.get(None, [])), parts)

    @property
    def civilians(self) -> TollRange:
        """The range over civilians alone."""
        return _span(self._groups.get(CIVILIANS, []))


def _by_group(told: Sequence[FigureGist], parties: Collection[str]) -> Mapping[str | None, TollRange]:
    """Return one claim's figures by group of victims, those of one group added up."""
    found: dict[str | None, TollRange] = {}
    for figure in told:
        group = _group(figure, parties)
        counted = TollRange(figure.low, figure.high, figure.top)
        found[group] = found[group] + counted if group in found else counted
    return found


def _group(figure: FigureGist, parties: Collection[str]) -> str | None:
    """Return whose deaths are counted: civilians, an actor of a side, or (None) everybody."""
    if figure.civilian:
        return CIVILIANS
    return figure.whom if figure.known or figure.whom in parties else None


def _span(found: Sequence[TollRange]) -> TollRange:
    """Return the range over several tellers' figures for the same people."""
    told = [one for one in found if one.told]
    if len(told) < 2:
        return TollRange(told[0].low or 0, told[0].high, told[0].top) if told else NO_TOLL
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
