"""UCDP's deaths: four figures that add up to `best`, between `low` and `high`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.codebooks.engine import Reading
from reportedly.codebooks.facts import Facts, actor_key, claimant_name
from reportedly.codebooks.parties import actors_of
from reportedly.codebooks.tolls import CIVILIANS, SIDES, Figure, figures, side_total, total, undisputed
from reportedly.codebooks.ucdp.dyad import ONESIDED, Dyad
from reportedly.model import Claim


@dataclass(frozen=True, slots=True)
class Deaths:
    """Deaths of an incident; `best` is the sum of the four parts, `low <= best <= high`."""

    a: int
    b: int
    civilians: int
    unknown: int
    low: int
    high: int
    figures: tuple[Figure, ...]

    @property
    def best(self) -> int:
        """Sum of the four parts."""
        return self.a + self.b + self.civilians + self.unknown


def read_deaths(facts: Facts, claims: Sequence[Claim], dyad: Dyad) -> Deaths | None:
    """Deaths by side; None when no claim gives a figure for people killed. Disputed fighters count in `high` alone."""
    found = figures(facts, claims, actors_of(dyad.parties))
    if not found:
        return None
    ranks: list[str] = facts.book.tables["reliability"]

    def best(group: Sequence[Figure]) -> int:
        return min(group, key=lambda figure: (ranks.index(_source(dyad, figure)), figure.point)).point

    kept = undisputed(found)
    a, b = (side_total(kept, side, best) for side in dyad.order)
    civilians = side_total(kept, CIVILIANS, best)
    if dyad.violence == ONESIDED:
        a, b, civilians = 0, 0, total([f for f in kept if f.side != dyad.order[0]], best)
    unknown = max(0, total(kept, best) - a - b - civilians)
    middle = a + b + civilians + unknown
    low = total(kept, lambda group: min(figure.floor for figure in group))
    high = total(found, lambda group: max(figure.ceiling for figure in group))
    return Deaths(a, b, civilians, unknown, min(low, middle), max(high, middle), found)


def death_readings(deaths: Deaths, dyad: Dyad) -> dict[str, Reading]:
    """What the seven columns of deaths take."""
    sides = dict(zip(("a", "b"), dyad.order, strict=True))
    own = {name: [f for f in deaths.figures if f.side == side] for name, side in sides.items()}
    own["civilians"] = [f for f in deaths.figures if f.side == CIVILIANS]
    if dyad.violence == ONESIDED:
        own["civilians"], own["a"], own["b"] = [f for f in deaths.figures if f.side != sides["a"]], [], []
    values = {"a": deaths.a, "b": deaths.b, "civilians": deaths.civilians}
    found = {f"deaths.{name}": _reading(values[name], own[name]) for name in values}
    everybody = list(deaths.figures)
    numbers = {"unknown": deaths.unknown, "best": deaths.best, "high": deaths.high, "low": deaths.low}
    return found | {f"deaths.{name}": _reading(number, everybody) for name, number in numbers.items()}


def _reading(value: int, found: Sequence[Figure]) -> Reading:
    told = dict.fromkeys(f'{claimant_name(f.claim)} "{" ".join(f.words.split())}"' for f in found)
    claims = tuple(dict.fromkeys(f.claim.id for f in found))
    detail = "; ".join(told) or "no figure for them"
    return Reading(value, claims, tuple(f.words for f in found), detail=detail)


def _source(dyad: Dyad, figure: Figure) -> str:
    """How reliable the teller is for this figure: a side on its own losses before third parties before the enemy."""
    claim = figure.claim
    if claim.claimant is not None and figure.side in SIDES:
        own = actors_of(dyad.parties)[SIDES.index(figure.side)]
        if actor_key(claim.claimant) in map(actor_key, own):
            return "own_losses"
    return claim.claimant_kind
