"""Room 3, actors: references to a state and to its forces.

Doors: `state(knowledge, span, iso)` and `national_force(knowledge, span, country, role)`.
"""

from __future__ import annotations

from reportedly.knowledge.lexicon import Role
from reportedly.knowledge.load import Knowledge
from reportedly.model import ActorRef, Span


def state(knowledge: Knowledge, span: Span, iso: str) -> ActorRef:
    """A state by its government, where that is known by name."""
    government = knowledge.actors.by_id.get(f"{iso.lower()}-gov")
    name = government.name if government else knowledge.countries[iso].name
    return ActorRef(span, government.id if government else None, name, None, "government", iso, None)


def national_force(knowledge: Knowledge, span: Span, country: str, role: Role) -> ActorRef:
    """The force of a country that bearers of a role belong to."""
    actor = knowledge.force_of(country, role.lemma)
    if actor is None:
        return ActorRef(span, None, span.quote, None, "state_forces", country, role.lemma)
    return ActorRef(span, actor.id, actor.name, None, "state_forces", country, role.lemma)
