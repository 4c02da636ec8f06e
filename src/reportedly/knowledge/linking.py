"""What agreeing and differing weighs when two claims are asked to be one happening, from `data/linking.yml`.

Weights are held in hundredths ("points"), as whole numbers: sums are exact, whatever the order and the machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, model_validator

from reportedly.knowledge.tables import read_yaml

POINTS = 100
# What the comparison can find (incidents/occasion.py, incidents/scoring.py): the file gives each a weight.
FEATURES: Mapping[str, frozenset[str]] = {
    "where": frozenset(
        {
            "same place", "same district", "same region", "same country", "same unresolved name", "unresolved place",
            "another name in one text",
            "different countries", "one lies in the country of the other", "one may contain the other",
            "different regions", "areas of different regions", "areas", "distance unknown", "places near each other",
            "places apart", "places far apart", "a town or the region named after it",
            "place unknown", "same country by place or actors",
            "same country by what the texts speak of", "other countries",
            "other countries by what the texts speak of", "no country in common known",
        }
    ),
    "when": frozenset(
        {
            "same day", "times overlap", "days one apart", "times one day apart", "days apart", "times apart",
            "times far apart", "same stated time", "different stated times", "different stated days", "time unknown",
            "told in the same days, one states an earlier day", "told before the day that the other states",
            "stated day next to publication",
            "stated day within the days before publication", "no time stated", "published on one day",
            "published 1 day apart", "published 2 days apart", "published 3 or more days apart", "told again later",
        }
    ),
    "what": frozenset(
        {
            "same event type", "same event family", "one tells only the harm", "harm beside what does none",
            "harm beside what does none, in one text",
            "event families that go together",
            "violence and a protest", "manners that exclude each other", "different events",
        }
    ),
    "who": frozenset(
        {
            "actors in common", "several actors in common", "actors of the same kind", "other actors",
            "actors not comparable",
        }
    ),
    "blame": frozenset(
        {"other initiators", "initiators of one state", "accused parties accuse others", "initiators not comparable"}
    ),
    "things": frozenset({"things of one kind were hit", "other things were hit", "things not comparable"}),
    "victims": frozenset(
        {"same victims", "victims of one kind", "other victims", "forces of other countries", "victims unknown"}
    ),
    "tolls": frozenset(
        {
            "same toll", "tolls that can both hold", "one teller gives two figures", "a toll that rises later",
            "a toll that rises much later", "a slightly lower toll later", "a lower toll later", "tolls differ little",
            "tolls differ", "tolls differ much", "a toll without a figure", "no comparable toll",
        }
    ),
    "text": frozenset(
        {"told next to each other", "told near each other", "told in one document", "different documents",
         "told in the same words"}
    ),
}  # fmt: skip


def _two_decimals(value: float) -> float:
    if abs(value * POINTS - round(value * POINTS)) > 1e-9:
        raise ValueError("a weight has at most two decimals")
    return value


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ThresholdEntry(_Strict):
    """One bound with the measurement behind it."""

    value: float
    source: Annotated[str, Field(min_length=1)]


class Thresholds(_Strict):
    """From which sum on something holds."""

    pair: ThresholdEntry
    together: ThresholdEntry
    together_in_one_text: ThresholdEntry
    equally_well: ThresholdEntry
    much_better: ThresholdEntry
    follows: ThresholdEntry


class PartEntry(_Strict):
    """The weights of one part of the comparison; `against` forbid a pair, `otherwise` are often told otherwise."""

    source: Annotated[str, Field(min_length=1)]
    weights: dict[str, float]
    against: list[str] = []
    otherwise: list[str] = []

    @model_validator(mode="after")
    def _names(self) -> PartEntry:
        unknown = {*self.against, *self.otherwise} - self.weights.keys()
        if unknown:
            raise ValueError(f"no weight for {', '.join(sorted(unknown))}")
        for value in self.weights.values():
            _two_decimals(value)
        return self


class Measures(_Strict):
    """Distances, spans of days and of characters, ratios, and how the weight of a figure grows."""

    near_km: float
    far_km: float
    far_days: int
    same_days: int
    next_to_characters: int
    close_by_characters: int
    far_characters: int
    toll_least: float
    toll_doubling: float
    toll_zero: float
    little_apart: float
    apart: float
    much_apart: float
    source: Annotated[str, Field(min_length=1)]


class Manners(_Strict):
    """Manners of violence by event type, and which are never told of one happening."""

    source: Annotated[str, Field(min_length=1)]
    of: dict[str, str]
    never_with: dict[str, frozenset[str]]


class Families(_Strict):
    """Families of event types that the comparison treats alike."""

    source: Annotated[str, Field(min_length=1)]
    violent: frozenset[str]
    harm: frozenset[str]
    crowds: frozenset[str]
    only_harm_types: frozenset[str]
    harmless_types: frozenset[str]
    two_sided: frozenset[str]


class Again(_Strict):
    """Words of what is told of something known: who died of wounds, who is buried."""

    source: Annotated[str, Field(min_length=1)]
    dying: frozenset[str]
    wounds: frozenset[str]
    follow_ups: frozenset[str]

    def later_death(self, words: str) -> bool:
        """Tell whether event words say that somebody died of wounds."""
        told = words.casefold().split()
        return not self.dying.isdisjoint(told) and not self.wounds.isdisjoint(told)

    def follow_up(self, words: str) -> bool:
        """Tell whether a sentence tells of a burial or of mourning."""
        return not self.follow_ups.isdisjoint(words.casefold().split())


class Things(_Strict):
    """Kinds of things that are hit, with the nouns for them."""

    source: Annotated[str, Field(min_length=1)]
    nouns: dict[str, list[str]]


class LinkingFile(_Strict):
    """The layout of `linking.yml`."""

    thresholds: Thresholds
    otherwise_allowed: int
    parts: dict[str, PartEntry]
    measures: Measures
    manners: Manners
    families: Families
    again: Again
    things: Things

    @model_validator(mode="after")
    def _features(self) -> LinkingFile:
        for part in sorted(FEATURES.keys() | self.parts.keys()):
            given = set(self.parts[part].weights) if part in self.parts else set()
            known = FEATURES.get(part, frozenset())
            if given != known:
                odd = ", ".join(sorted(known ^ given))
                raise ValueError(f"{part}: each feature of the comparison has one weight here and no other has: {odd}")
        if self.parts["tolls"].against or self.parts["tolls"].otherwise:
            raise ValueError("tolls: a figure told otherwise forbids nothing")
        return self


class Feature(NamedTuple):
    """One reason for or against: its name, its points, whether it forbids, and whether news often differs in it."""

    name: str
    points: int
    forbids: bool = False
    otherwise: bool = False

    @property
    def weight(self) -> float:
        """What it adds to the score."""
        return self.points / POINTS


@dataclass(frozen=True, eq=False)
class Linking:
    """Weights, bounds and lists of the comparison. `features` by name; thresholds are in points."""

    features: Mapping[str, Feature]
    most: Mapping[str, int]
    pair: int
    together: int
    together_in_one_text: int
    equally_well: int
    much_better: int
    follows: float
    otherwise_allowed: int
    measures: Measures
    manners: Manners
    families: Families
    again: Again
    things: Mapping[str, str]
    digest: str


def load_linking(folder: Path) -> Linking:
    """Read the weights. Raises pydantic's ValidationError for a file that breaks its layout."""
    raw = read_yaml(folder / "linking.yml")
    read = LinkingFile.model_validate(raw)
    parts = read.parts.values()
    limits = read.thresholds
    return Linking(
        features={
            name: Feature(name, round(weight * POINTS), name in part.against, name in part.otherwise)
            for part in parts
            for name, weight in part.weights.items()
        },
        most={name: round(max(part.weights.values()) * POINTS) for name, part in read.parts.items()},
        pair=round(limits.pair.value * POINTS),
        together=round(limits.together.value * POINTS),
        together_in_one_text=round(limits.together_in_one_text.value * POINTS),
        equally_well=round(limits.equally_well.value * POINTS),
        much_better=round(limits.much_better.value * POINTS),
        follows=limits.follows.value,
        otherwise_allowed=read.otherwise_allowed,
        measures=read.measures,
        manners=read.manners,
        families=read.families,
        again=read.again,
        things={noun: kind for kind, nouns in read.things.nouns.items() for noun in nouns},
        digest=json.dumps(raw, sort_keys=True),  # sets have another order in each process
    )
