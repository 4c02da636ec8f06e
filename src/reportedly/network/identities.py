"""Who an actor was when: dated names, the body that it belongs to, what it grew out of and went into.

From the actor tables of the knowledge. A name in a text and the name on that day may differ; both are kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from reportedly.knowledge.actors import Actor, ActorIndex
    from reportedly.knowledge.countries import Country

IdentityKind = Literal["part_of", "merged_into", "split_from", "successor", "wing_of"]
_OWN = frozenset({"renamed", "founding"})
_OTHERS: Mapping[str, IdentityKind] = {
    "merged_into": "merged_into",
    "split_from": "split_from",
    "successor": "successor",
    "wing_of": "wing_of",
}


@dataclass(frozen=True, slots=True)
class NameSpell:
    """A name and when it held; `since` and `until` are ISO dates, months or years, empty where not known."""

    name: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class IdentityTie:
    """How an actor hangs together with another one; `actor` is None where the name names nobody we know, or several."""

    kind: IdentityKind
    name: str
    actor: str | None
    since: str


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known about an actor whatever the case says."""

    name: str
    acronyms: tuple[str, ...]
    since: str
    until: str
    names: tuple[NameSpell, ...]
    ties: tuple[IdentityTie, ...]


class Identities:
    """Looks actors and countries up. Without tables nobody is known, and names are those of the texts."""

    def __init__(self, actors: ActorIndex | None = None, countries: Mapping[str, Country] | None = None) -> None:
        self._actors = actors
        self._countries = countries or {}

    def of(self, actor: str) -> Identity | None:
        """Return the identity of an actor by id."""
        known = self._known(actor)
        return self._identity(known) if known else None

    def find(self, words: str) -> tuple[str, ...]:
        """Return the ids of the actors with this id, name or acronym."""
        if self._known(words):
            return (words,)
        return tuple(actor.id for actor in self._named(words))

    def country_name(self, code: str | None) -> str | None:
        """Return the name of a country by its two letters, the letters where it is not known."""
        known = self._countries.get(code or "")
        return known.name if known else code

    def ucdp_name(self, actor: str) -> str | None:
        """Return the name that UCDP writes."""
        known = self._known(actor)
        return known.ucdp_name if known else None

    def _known(self, actor: str | None) -> Actor | None:
        return self._actors.by_id.get(actor or "") if self._actors else None

    def _named(self, words: str) -> tuple[Actor, ...]:
        return self._actors.named(words) if self._actors else ()

    def _identity(self, actor: Actor) -> Identity:
        own = tuple(NameSpell(d.name, d.since, d.until) for d in actor.dated if d.relation in _OWN)
        return Identity(
            name=actor.name,
            acronyms=actor.acronyms,
            since=actor.since,
            until=actor.until,
            names=tuple(sorted(own, key=lambda spell: (spell.since, spell.name))),
            ties=self._ties(actor),
        )

    def _ties(self, actor: Actor) -> tuple[IdentityTie, ...]:
        parent = self._known(actor.parent)
        above = (IdentityTie("part_of", parent.name, parent.id, ""),) if parent else ()
        others = (
            IdentityTie(_OTHERS[d.relation], d.name, self._namesake(actor, d.name), d.since)
            for d in actor.dated
            if d.relation in _OTHERS
        )
        return (*above, *others)

    def _namesake(self, actor: Actor, name: str) -> str | None:
        """Return the one other actor that bears the name, one at home before others."""
        bearers = [other for other in self._named(name) if other.id != actor.id]
        near = [other for other in bearers if set(other.countries) & set(actor.countries)] or bearers
        return near[0].id if len(near) == 1 else None
