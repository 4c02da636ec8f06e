"""Room 5, actors: the name that each actor had on the event's date. Door: `ground_actors(claims, knowledge)`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from reportedly.knowledge.load import Knowledge
from reportedly.model import ActorRef, Claim, Toll
from reportedly.model.quick import replace


def ground_actors(claims: Iterable[Claim], knowledge: Knowledge) -> list[Claim]:
    """Return the claims with `name_on_date` set for every known actor, by the day of the event."""
    return [_ground(claim, knowledge) for claim in claims]


def _ground(claim: Claim, knowledge: Knowledge) -> Claim:
    day = claim.when.latest if claim.when is not None else None

    def named(ref: ActorRef) -> ActorRef:
        return name_on(ref, day, knowledge)

    def with_victims(toll: Toll) -> Toll:
        return replace(toll, victims=named(toll.victims)) if toll.victims is not None else toll

    return replace(
        claim,
        initiators=tuple(named(r) for r in claim.initiators),
        targets=tuple(named(r) for r in claim.targets),
        tolls=tuple(with_victims(t) for t in claim.tolls),
        claimant=named(claim.claimant) if claim.claimant is not None else None,
        attribution=tuple(named(r) for r in claim.attribution),
    )


def name_on(ref: ActorRef, day: date | None, knowledge: Knowledge) -> ActorRef:
    """Return the reference with the name valid on a day; unknown actors and unknown days stay as they are."""
    actor = knowledge.actors.by_id.get(ref.actor_id or "")
    return ref if actor is None else replace(ref, name_on_date=actor.name_on(day))
