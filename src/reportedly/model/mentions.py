"""What one document talks about, before it is read as claims: the part of the output behind `--mentions`."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.model.actor import ActorRef
from reportedly.model.attribution import Attribution
from reportedly.model.place import PlaceRef
from reportedly.model.toll import Toll
from reportedly.model.when import When


@dataclass(frozen=True, slots=True)
class MentionSet:
    """Everything found in the text, in text order, whether or not a claim uses it."""

    actors: tuple[ActorRef, ...] = ()
    places: tuple[PlaceRef, ...] = ()
    times: tuple[When, ...] = ()
    tolls: tuple[Toll, ...] = ()
    attributions: tuple[Attribution, ...] = ()
