"""The gist of claims and incidents: what ties between actors and their tolls are counted from, and nothing else.

Small tuples, because a network is counted from all claims of a case: days are ISO text, no place in a text is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportedly.model.actor import ActorKind, ActorRef
from reportedly.model.attribution import Stance
from reportedly.model.claim import Claim, Modality
from reportedly.model.incident import IncidentRecord
from reportedly.model.toll import Toll
from reportedly.model.when import When

# Those whose deaths are deaths of civilians.
CIVILIAN_KINDS = frozenset({"civilians", "protesters", "rioters", "media", "company", "international_organisation"})
Days = tuple[str | None, str | None]


class ActorGist(NamedTuple):
    """An actor as words name it: `name` is the canonical one, else the words; `on_date` the name valid then."""

    actor_id: str | None
    kind: ActorKind
    country: str | None
    name: str
    words: str
    on_date: str | None

    @property
    def key(self) -> str:
        """What tells it from others within an incident."""
        return self.actor_id or self.name.casefold()


class FigureGist(NamedTuple):
    """A number of people: `low` and `high` with None where no bound is known, `top` the largest number that is given.

    `whom` tells the victims from others within an incident, None where nobody is named; `known` says that it is an id.
    """

    low: int | None
    high: int | None
    top: int
    civilian: bool
    whom: str | None
    known: bool


class ClaimGist(NamedTuple):
    """A claim: `first` to `last` are the days of the happening, None where only that of publication is known.

    `killed` are its figures of people killed, none that the text replaces or counts within another one.
    """

    id: str
    document: str
    event_type: str
    violent: bool
    modality: Modality
    stance: Stance
    aggregate: bool
    first: str | None
    last: str | None
    country: str | None
    initiators: tuple[ActorGist, ...]
    targets: tuple[ActorGist, ...]
    claimant: ActorGist | None
    killed: tuple[FigureGist, ...]


class IncidentGist(NamedTuple):
    """An incident: its days as for a claim, the `year` it is counted in, and the claims whose killed stand."""

    id: str
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    first: str | None
    last: str | None
    year: int | None
    country: str | None
    sides: tuple[tuple[ActorGist, ...], tuple[ActorGist, ...]]
    killed_by: frozenset[str]


def actor_gist(ref: ActorRef) -> ActorGist:
    """Return the gist of a reference."""
    words = ref.span.quote
    return ActorGist(ref.actor_id, ref.kind, ref.country, ref.name or words, words, ref.name_on_date)


def claim_gist(claim: Claim) -> ClaimGist:
    """Return the gist of a claim as it stands."""
    return ClaimGist(
        claim.id,
        claim.document,
        claim.event_type,
        claim.violent,
        claim.modality,
        claim.stance,
        claim.aggregate,
        *event_days(claim.when),
        claim.place.country if claim.place else None,
        tuple(map(actor_gist, claim.initiators)),
        tuple(map(actor_gist, claim.targets)),
        actor_gist(claim.claimant) if claim.claimant else None,
        tuple(figures(claim, "killed")),
    )


def incident_gist(record: IncidentRecord) -> IncidentGist:
    """Return the gist of an incident."""
    when = record.when
    one, other = (tuple(map(actor_gist, side)) for side in record.sides)
    return IncidentGist(
        record.id,
        record.claims,
        record.documents,
        *event_days(when),
        when.earliest.year if when is not None and when.earliest is not None else None,
        record.place.country if record.place else None,
        (one, other),
        told_by(record, "killed"),
    )


def event_days(when: When | None) -> Days:
    """Return first and last day of a happening; none where only that of publication is known, which is no day of it."""
    if when is None or when.basis == "publication" or when.earliest is None or when.latest is None:
        return None, None
    return (when.earliest.isoformat(), when.latest.isoformat()) if when.earliest <= when.latest else (None, None)


def told_by(record: IncidentRecord, outcome: str) -> frozenset[str]:
    """Return the claims whose figures of an outcome stand in the record."""
    return frozenset(figure.claim for cell in record.tolls if cell.outcome == outcome for figure in cell.by)


def figures(claim: Claim, outcome: str) -> Iterator[FigureGist]:
    """Yield a claim's figures of an outcome, none that the text replaces or counts within another one."""
    for toll in claim.tolls:
        if toll.outcome == outcome and not toll.superseded and not _inside(toll, claim.tolls):
            yield _figure(toll)


def _inside(toll: Toll, tolls: Sequence[Toll]) -> bool:
    """Tell whether another figure of the same outcome in the claim includes this one."""
    return any(toll.part_of == other.id and other.outcome == toll.outcome for other in tolls)


def _figure(toll: Toll) -> FigureGist:
    numbers = [number for number in (toll.low, toll.best, toll.high) if number is not None]
    low = toll.low if toll.low is not None else 0 if numbers else None
    victims = toll.victims
    civilian = toll.victim_class == "civilian" or (victims is not None and victims.kind in CIVILIAN_KINDS)
    whom = actor_gist(victims).key if victims is not None else None
    known = victims is not None and victims.actor_id is not None
    return FigureGist(low, toll.high, max(numbers, default=0), civilian, whom, known)
