"""An incident: claims judged to be about the same happening, and the record computed from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reportedly.model.actor import ActorRef
from reportedly.model.place import PlaceRef
from reportedly.model.quick import quick
from reportedly.model.toll import Outcome, Qualifier, Toll, VictimClass
from reportedly.model.when import When

Status = Literal["single", "agreed", "contested"]


@dataclass(frozen=True, slots=True)
class Incident:
    """A cluster of claims: ids of its members in text order, and of the documents that they stand in."""

    id: str
    claims: tuple[str, ...]
    documents: tuple[str, ...]


@quick
@dataclass(frozen=True, slots=True)
class TollFigure:
    """One teller's figure: canonical claimant name (None = the outlet), bounds, the claim and its document."""

    claimant: str | None
    low: int | None
    high: int | None
    qualifier: Qualifier
    claim: str
    document: str


@dataclass(frozen=True, slots=True)
class TollCell:
    """The figures for one outcome and one victim group side by side; `low` and `high` span the current ones."""

    outcome: Outcome
    victims: str | None
    victim_class: VictimClass
    low: int | None
    high: int | None
    by: tuple[TollFigure, ...]
    status: Status


ComparisonKind = Literal[
    "contradiction", "denial", "correction", "update", "part", "repetition", "agreement", "other_victims"
]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How one claim of an incident stands to another, and why; `left` is the older, the denial, or the part.

    `left_toll` and `right_toll` are the figures that are compared, None for a denial of the deed.
    """

    kind: ComparisonKind
    left: str
    right: str
    reason: str
    left_toll: Toll | None = None
    right_toll: Toll | None = None


@dataclass(frozen=True, slots=True)
class IncidentRecord:
    """What an incident looks like from its claims: computed, never the truth."""

    id: str
    title: str
    event_types: tuple[str, ...]
    when: When | None
    place: PlaceRef | None
    sides: tuple[tuple[ActorRef, ...], tuple[ActorRef, ...]]
    documents: tuple[str, ...]
    claims: tuple[str, ...]
    tolls: tuple[TollCell, ...]
    origins: int
    status: Status
