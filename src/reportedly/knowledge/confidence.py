"""Weights that turn the signs of a reading into its confidence, from `data/confidence.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from reportedly.knowledge.tables import read_yaml


class ConfidenceFile(BaseModel):
    """`confidence.yml`: written by `bench/calibrate.py`."""

    model_config = ConfigDict(extra="forbid", strict=True)

    source: str
    fitted: str
    claims: int
    intercept: float
    weights: dict[str, float]
    brief_intercept: float
    brief: dict[str, float]


@dataclass(frozen=True, slots=True)
class Confidence:
    """A logistic model: the log-odds of a right reading are the intercept and the weights of the signs it has.

    `brief_intercept` and `brief` are added in texts that are no articles: headlines, captions, single sentences.
    """

    intercept: float
    weights: Mapping[str, float]
    brief_intercept: float = 0.0
    brief: Mapping[str, float] = field(default_factory=dict)

    def base(self, brief: bool) -> float:
        """Log-odds of a reading without any sign."""
        return self.intercept + (self.brief_intercept if brief else 0.0)

    def weight(self, sign: str, brief: bool) -> float:
        """What a sign adds to the log-odds."""
        return self.weights.get(sign, 0.0) + (self.brief.get(sign, 0.0) if brief else 0.0)


def load_confidence(folder: Path) -> Confidence:
    """Read the weights."""
    read = ConfidenceFile.model_validate(read_yaml(folder / "confidence.yml"))
    return Confidence(read.intercept, read.weights, read.brief_intercept, read.brief)
