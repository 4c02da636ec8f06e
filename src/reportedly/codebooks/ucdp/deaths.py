"""UCDP's deaths: four figures that add up to `best`, between `low` and `high`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.codebooks.facts import Facts, actor_key
from reportedly.codebooks.rows import Cell
from reportedly.codebooks.tolls import CIVILIANS, SIDES, Figure, figures, side_total, total
from reportedly.codebooks.ucdp.dyad import ONESIDED, Dyad
from reportedly.model import ActorRef, Claim


@dataclass(frozen=True, slots=True)
class Deaths:
    """Deaths of an incident; `best` is the sum of the four parts, `low <= best <= high`."""

    a: int
    b: int
    civilians: int
    unknown: int
    low: int
    high: int
    claims: tuple[str, ...]

    @property
    def best(self) -> int:
        """Sum of the four parts."""
        return self.a + self.b + self.civilians + self.unknown


def read_deaths(facts: Facts, claims: Sequence[Claim], dyad: Dyad) -> Deaths | None:
    """Deaths by side; None when no claim gives a figure for people killed."""
    found = figures(facts, claims)
    if not found:
        return None
    ranks: list[str] = facts.book.tables["reliability"]

    def best(group: Sequence[Figure]) -> int:
        return min(group, key=lambda figure: (ranks.index(_source(facts, figure)), figure.point)).point

    a, b = (side_total(found, side, best) for side in dyad.order)
    civilians = side_total(found, CIVILIANS, best)
    if dyad.violence == ONESIDED:
        a, b, civilians = 0, 0, b + civilians
    unknown = max(0, total(found, best) - a - b - civilians)
    middle = a + b + civilians + unknown
    low = total(found, lambda group: min(figure.floor for figure in group))
    high = total(found, lambda group: max(figure.ceiling for figure in group))
    ids = tuple(dict.fromkeys(figure.claim.id for figure in found))
    return Deaths(a, b, civilians, unknown, min(low, middle), max(high, middle), ids)


def death_cells(deaths: Deaths) -> dict[str, Cell]:
    """The seven columns of deaths."""
    ids = deaths.claims
    return {
        "deaths_a": Cell(deaths.a, "ucdp.deaths.best", ids),
        "deaths_b": Cell(deaths.b, "ucdp.deaths.best", ids),
        "deaths_civilians": Cell(deaths.civilians, "ucdp.deaths.best", ids),
        "deaths_unknown": Cell(deaths.unknown, "ucdp.deaths.rest", ids),
        "best": Cell(deaths.best, "ucdp.deaths.sum", ids),
        "high": Cell(deaths.high, "ucdp.deaths.high", ids),
        "low": Cell(deaths.low, "ucdp.deaths.low", ids),
    }


def _source(facts: Facts, figure: Figure) -> str:
    """How reliable the teller is for this figure: a side on its own losses before third parties before the enemy."""
    claim = figure.claim
    if claim.claimant is not None and figure.side in SIDES:
        own: Sequence[ActorRef] = facts.record.sides[SIDES.index(figure.side)]
        if actor_key(claim.claimant) in map(actor_key, own):
            return "own_losses"
    return claim.claimant_kind
