"""Room 6, features: one reason for or against two claims' being about one happening, and the reasons of a pair."""

from __future__ import annotations

from typing import NamedTuple

# Names of details told otherwise; two of them together are another happening.
NEXT_DAY = "days one apart"
OTHER_INITIATORS = "other initiators"
OTHER_MANNER = "manners that exclude each other"
TOLD_OTHERWISE = frozenset({NEXT_DAY, OTHER_INITIATORS, OTHER_MANNER})


class Feature(NamedTuple):
    """One reason for or against: its name, weight (0 = no evidence), and whether it forbids the pair."""

    name: str
    weight: float
    forbids: bool = False


class PairScore(NamedTuple):
    """The sum of the features of a pair of claims."""

    features: tuple[Feature, ...]

    @property
    def total(self) -> float:
        total = 0.0
        for feature in self.features:
            total += feature.weight
        return total

    @property
    def forbidden(self) -> bool:
        return any(f.forbids for f in self.features)
