"""An incident: claims judged to be about the same happening, and the record computed from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reportedly.model.actor import ActorRef
from reportedly.model.place import PlaceRef
from reportedly.model.toll import Outcome, Qualifier, VictimClass
from reportedly.model.when import When

Status = Literal["single", "agreed", "contested"]


@dataclass(frozen=True, slots=True)
class Incident:
    """A cluster of claims: ids of its members in text order, and of the documents that they stand in."""

    id: str
    claims: tuple[str, ...]
    documents: tuple[str, ...]


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
