"""What one incident offers to a coder: its record, its claims, the documents, and readings that the books share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from reportedly.codebooks.book import Book
from reportedly.codebooks.engine import Reading
from reportedly.knowledge.countries import Country
from reportedly.model import ActorRef, Claim, Document, IncidentRecord, PlaceRef, When

UNDATED = "undated"
# Roles that tell no more of victims than that they were people.
PEOPLE_WORDS = (None, "people", "person", "man", "men", "other", "others", "body", "victim", "dead")
# A report tells its news in its first sentences; where sentences are not known, in as many code points.
LEAD_SENTENCES, LEAD_LENGTH = 3, 600


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
        """Time of the incident as told, None when no day is known."""
        when = self.record.when
        return None if when is None or when.earliest is None else when

    @property
    def country(self) -> Country | None:
        """Country of the place."""
        return self.book.countries.get((self.place.country if self.place else None) or "")

    def ids(self) -> tuple[str, ...]:
        """Ids of all claims."""
        return ids_of(self.claims)


def facts_of(
    record: IncidentRecord, claims: Iterable[Claim], book: Book, documents: Mapping[str, Document] | None
) -> Facts:
    """Gather the record's claims, in its order."""
    by_id = {claim.id: claim for claim in claims}
    own = tuple(by_id[key] for key in record.claims if key in by_id)
    return Facts(record, own, book, documents or {})


def ids_of(claims: Iterable[Claim]) -> tuple[str, ...]:
    """The ids of claims."""
    return tuple(claim.id for claim in claims)


def number_of(incident: str, digits: int = 9) -> int:
    """A stable positive number made from an incident's id."""
    return int(int(hashlib.sha256(incident.encode()).hexdigest(), 16) % 10**digits)


# ------------------------------------------------------------------------------------------- time


def dated(facts: Facts) -> tuple[When | None, str]:
    """The time that a table by days can use, and its precision.

    Where no day is told and the book's setting `undated` allows it, news stands on its day of publication and the day
    before it, with the precision `undated`. `unknown` when there is nothing to stand on.
    """
    when = facts.when
    if when is not None:
        return when, when.precision
    when = facts.record.when
    if when is None or when.basis != "publication" or when.latest is None or not _may_stand(facts, when.latest):
        return None, "unknown"
    return replace(when, earliest=when.latest - timedelta(1), precision="span"), UNDATED


def _may_stand(facts: Facts, day: date) -> bool:
    """Tell whether the setting lets this incident stand on the day of publication: always, never, or as a lead."""
    rule = facts.book.chosen["undated"]
    told = [c for c in facts.claims if c.document in facts.documents]
    leads = (c for c in told if facts.documents[c.document].published_on == day and _in_lead(facts, c))
    return bool(rule == "published" or (rule == "lead" and any(leads)))


def _in_lead(facts: Facts, claim: Claim) -> bool:
    """Tell whether a claim stands in the first sentences of its document."""
    document = facts.documents[claim.document]
    first = document.segments[0].sentence if document.segments else 0
    lead = [s for s in document.segments if s.sentence - first < LEAD_SENTENCES]
    return claim.trigger.start < (max(s.end for s in lead) if lead else LEAD_LENGTH)


def when_claims(facts: Facts) -> tuple[str, ...]:
    """The claims that give the incident's time; all of them where none says the same."""
    when = facts.record.when
    own = tuple(c.id for c in facts.claims if c.when and when and c.when.edtf == when.edtf)
    return own or facts.ids()


def when_words(facts: Facts) -> tuple[str, ...]:
    """The words of the time, in those claims."""
    when = facts.record.when
    told = [c.when.span.quote for c in facts.claims if c.when and when and c.when.edtf == when.edtf]
    return tuple(told) or ((when.span.quote,) if when else ())


# ------------------------------------------------------------------------------------------- place


def place_readings(facts: Facts) -> dict[str, Reading]:
    """Name, area, point and country of the incident's place."""
    place, country, told = facts.place, facts.country, facts.record.place
    same = [c for c in facts.claims if c.place and place and _place_key(c.place) == _place_key(place)]
    claims, words = ids_of(same), tuple(c.place.span.quote for c in same if c.place)
    words = words or ((told.span.quote,) if told else ())

    def reading(value: object) -> Reading:
        return Reading(value, claims, words)

    return {
        "place": reading(place.precision if place else "unknown"),
        "place.name": reading((place.name or place.span.quote) if place else ""),
        "place.words": reading(place.span.quote if place else ""),
        "place.admin1": reading((place.admin1 or "") if place else ""),
        "place.lat": reading(place.lat if place else None),
        "place.lon": reading(place.lon if place else None),
        "country": reading(country.name if country else ""),
        "country.iso3": reading(country.iso3 if country else "XXX"),
        "country.numeric": reading(int(country.numeric) if country and country.numeric else None),
        "country.region": reading(country.region if country else ""),
        "country.gwno": reading(int(country.gwno) if country and country.gwno else None),
    }


def _place_key(place: PlaceRef) -> str:
    return place.place_id or (place.name or place.span.quote).casefold()


# ------------------------------------------------------------------------------------------- actors


def actor_key(actor: ActorRef) -> str:
    """What makes two references the same actor: the id, else the canonical name, else the words."""
    return actor.actor_id or " ".join((actor.name or actor.span.quote).casefold().split())


def distinct(actors: Iterable[ActorRef]) -> tuple[ActorRef, ...]:
    """The actors in order, each once."""
    return tuple({actor_key(actor): actor for actor in reversed(list(actors))}.values())[::-1]


def actor_name(actor: ActorRef) -> str:
    """Name valid on the day of the event, else the canonical name, else the words; on one line."""
    return " ".join((actor.name_on_date or actor.name or actor.span.quote).split())


def claimant_name(claim: Claim) -> str:
    """Who says so; the outlet where nobody else does."""
    return actor_name(claim.claimant) if claim.claimant else "the outlet"


def ask_role(actor: ActorRef, roles: Mapping[str, str]) -> str | None:
    """Code of the role noun ("police", "students"), singular or plural."""
    word = (actor.role or "").casefold().split(" ")[-1]
    singular = {word, word.removesuffix("s"), word.removesuffix("es")}
    return next((roles[key] for key in sorted(singular) if key in roles), None)


# ------------------------------------------------------------------------------------------- sources


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
