"""What one incident offers to a coder: its record, its claims, the documents, and readings that the books share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportedly.codebooks.book import Book
from reportedly.knowledge.countries import Country
from reportedly.model import ActorRef, Claim, Document, IncidentRecord, PlaceRef, When


@dataclass(frozen=True, slots=True)
class Facts:
    """One incident as input of a coder. `claims` are the record's own, in the record's order."""

    record: IncidentRecord
    claims: tuple[Claim, ...]
    book: Book
    documents: Mapping[str, Document]

    @property
    def place(self) -> PlaceRef | None:
        """Place of the incident, None when it is not resolved."""
        place = self.record.place
        return None if place is None or place.precision == "unresolved" else place

    @property
    def when(self) -> When | None:
        """Time of the incident, None when no day is known."""
        when = self.record.when
        return None if when is None or when.earliest is None else when

    @property
    def country(self) -> Country | None:
        """Country of the place."""
        return self.book.countries.get((self.place.country if self.place else None) or "")

    def ids(self) -> tuple[str, ...]:
        """Ids of all claims."""
        return tuple(claim.id for claim in self.claims)


def facts_of(
    record: IncidentRecord, claims: Iterable[Claim], book: Book, documents: Mapping[str, Document] | None
) -> Facts:
    """Gather the record's claims, in its order."""
    by_id = {claim.id: claim for claim in claims}
    own = tuple(by_id[key] for key in record.claims if key in by_id)
    return Facts(record, own, book, documents or {})


def number_of(incident: str, digits: int = 9) -> int:
    """A stable positive number made from an incident's id."""
    return int(int(hashlib.sha256(incident.encode()).hexdigest(), 16) % 10**digits)


def actor_key(actor: ActorRef) -> str:
    """What makes two references the same actor: the id, else the canonical name, else the words."""
    return actor.actor_id or (actor.name or actor.span.quote).casefold()


def distinct(actors: Iterable[ActorRef]) -> tuple[ActorRef, ...]:
    """The actors in order, each once."""
    return tuple({actor_key(actor): actor for actor in reversed(list(actors))}.values())[::-1]


def actor_name(actor: ActorRef) -> str:
    """Name valid on the day of the event, else the canonical name, else the words."""
    return actor.name_on_date or actor.name or actor.span.quote


def claimant_name(claim: Claim) -> str:
    """Who says so; the outlet where nobody else does."""
    return actor_name(claim.claimant) if claim.claimant else "the outlet"


def ask_role(actor: ActorRef, roles: Mapping[str, str]) -> str | None:
    """Code of the role noun ("police", "students"), singular or plural."""
    word = (actor.role or "").casefold().split(" ")[-1]
    singular = {word, word.removesuffix("s"), word.removesuffix("es")}
    return next((roles[key] for key in sorted(singular) if key in roles), None)


def publishers(facts: Facts) -> tuple[str, ...]:
    """Publishers of the incident's documents, a document's id where its publisher is not known; each once."""
    names = (_publisher(facts, key) for key in facts.record.documents)
    return tuple(dict.fromkeys(names))


def _publisher(facts: Facts, key: str) -> str:
    document = facts.documents.get(key)
    return (document.publisher if document else None) or key


def most_certain(claims: Sequence[Claim]) -> Claim:
    """The claim read most surely; of equals the first."""
    return max(claims, key=lambda claim: claim.confidence)
