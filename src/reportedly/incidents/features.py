"""Room 6, features: the reasons of a pair of claims, added up."""

from __future__ import annotations

from typing import NamedTuple

from reportedly.knowledge.linking import POINTS, Feature


class PairScore(NamedTuple):
    """The sum of the features of a pair of claims."""

    features: tuple[Feature, ...]

    @property
    def total(self) -> float:
        return sum(feature.points for feature in self.features) / POINTS

    @property
    def forbidden(self) -> bool:
        return any(f.forbids for f in self.features)
