"""Why claims stand in one incident, as pages show it: values of the desk's own, since grouping is another room's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reportedly.model.claim import Claim


@dataclass(frozen=True, slots=True)
class Feature:
    """One reason for or against: in words, its weight, and whether it keeps two claims apart whatever else agrees."""

    words: str
    weight: float
    forbids: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim and the one that speaks most for belonging with it; `follows`: it goes on telling what that began."""

    claim: Claim
    other: Claim
    features: tuple[Feature, ...]
    total: float
    follows: bool

    def speaking(self, *, against: bool = False) -> Iterator[Feature]:
        """Yield the features that speak for the pair, or against it, the weightiest first."""
        told = (f for f in self.features if (f.weight < 0 or f.forbids if against else f.weight > 0 and not f.forbids))
        return iter(sorted(told, key=lambda f: (not f.forbids, -abs(f.weight), f.words)))


@dataclass(frozen=True, slots=True)
class Nearest:
    """The incident that comes closest: what keeps it apart, else how little the average pair of claims agrees."""

    incident: str
    title: str
    pair: Pair
    average: float
    needed: float
    forbidding: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """For each claim with company its strongest link; and the nearest other incident, if any is near."""

    pairs: tuple[Pair, ...] = ()
    nearest: Nearest | None = None


def why_json(why: Why) -> dict[str, Any]:
    """Write the reasons in plain values."""
    near = why.nearest
    return {
        "claims": [_pair_json(pair) for pair in why.pairs],
        "nearest": near
        and {
            "incident": near.incident,
            **_pair_json(near.pair),
            "average": round(near.average, 3),
            "needed": near.needed,
            "forbidding": list(near.forbidding),
        },
    }


def _pair_json(pair: Pair) -> dict[str, Any]:
    features = [{"feature": f.words, "weight": f.weight, "forbids": f.forbids} for f in pair.features]
    total = round(pair.total, 3)
    return {
        "claim": pair.claim.id,
        "with": pair.other.id,
        "follows": pair.follows,
        "features": features,
        "total": total,
    }
