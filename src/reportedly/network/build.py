"""From a case to its actor network. Door: `build(view, identities, scope) -> Network`.

Reads every claim once. Nothing depends on the order in which documents were added.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations, product

from reportedly.errors import UsageError
from reportedly.model.actor import ActorRef
from reportedly.model.claim import Claim
from reportedly.model.incident import IncidentRecord
from reportedly.model.relation import Relation
from reportedly.network.cast import Cast, event_spell
from reportedly.network.dyads import CIVILIANS, Dyads
from reportedly.network.graph import Dyad, Edge, EdgeKind, Network, Node, Spell, Telling
from reportedly.network.identities import Identities
from reportedly.network.ties import HAPPENED, Ties, tie_kind
from reportedly.network.tolls import TollRange, toll_range
from reportedly.store.base import Holdings


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of the network: happenings from `since` to `until`, the surroundings of some actors, thick edges only.

    What has no day of its own is placed by its day of publication; with bounds, what has neither is left out.
    """

    since: date | None = None
    until: date | None = None
    actors: tuple[str, ...] = ()
    min_incidents: int = 0

    def holds(self, days: Spell | None, told: Spell | None) -> bool:
        """Tell whether something told to have happened on these days lies within the bounds."""
        if self.since is None and self.until is None:
            return True
        found = days or told
        if found is None:
            return False
        return (self.since is None or found.end >= self.since) and (self.until is None or found.start <= self.until)


@dataclass(slots=True)
class _Reading:
    """A case while its network is read."""

    scope: Scope
    cast: Cast
    published: Mapping[str, date | None]
    ties: Ties = field(default_factory=Ties)
    dyads: Dyads = field(default_factory=Dyads)
    killed: dict[str, TollRange] = field(default_factory=dict)
    member_of: dict[str, str] = field(default_factory=dict)

    def told(self, document: str) -> Spell | None:
        """Return the day of publication."""
        day = self.published.get(document)
        return Spell(day, day) if day else None


def build(view: Holdings, identities: Identities, scope: Scope | None = None) -> Network:
    """Return the network of a case. Raises UsageError for an actor in `scope` that the case does not have."""
    reading = _Reading(
        scope=scope or Scope(),
        cast=Cast(identities),
        published=view.published(),
    )
    for record in view.incidents():
        _read_incident(reading, view, record)
    for claim in view.claims():
        _read_claim(reading, claim)
    for document, relation in view.relations():
        _read_relation(reading, document, relation)
    return _narrowed(_network(reading, identities), reading.scope, identities)


def _network(reading: _Reading, identities: Identities) -> Network:
    nodes = reading.cast.nodes()
    names = _side_names(nodes, reading.dyads, identities)
    dyads = reading.dyads.dyads(names)
    return Network(
        nodes=tuple(nodes),
        edges=tuple(reading.ties.edges(reading.killed)),
        dyads=tuple(dyads),
        conflicts=tuple(reading.dyads.conflicts(dyads, names)),
        left_out=reading.cast.left_out,
    )


def _side_names(nodes: Collection[Node], dyads: Dyads, identities: Identities) -> Mapping[str, str]:
    """Return what to call the sides of dyads, as UCDP writes it where that is known."""
    names = {node.id: identities.ucdp_name(node.id) or node.label for node in nodes}
    for party in dyads.parties():
        if party.startswith("gov:"):
            names[party] = f"Government of {identities.country_name(party.removeprefix('gov:'))}"
    return names | {CIVILIANS: "Civilians"}


# ------------------------------------------------------------------------------------------- reading


def _read_incident(reading: _Reading, view: Holdings, record: IncidentRecord) -> None:
    """Take an incident's tolls and dyads; planned, recalled and denied happenings make neither."""
    reading.member_of |= dict.fromkeys(record.claims, record.id)
    members = [claim for key in record.claims if (claim := view.claim(key))]
    told = [claim for claim in members if _counts(claim)]
    reading.killed[record.id] = killed = toll_range(record, told)
    days = event_spell(record.when)
    published = [spell for key in record.documents if (spell := reading.told(key))]
    if any(claim.violent for claim in told) and reading.scope.holds(days, min(published, default=None)):
        reading.dyads.add(record, killed, toll_range(record, told, civilians=True))


def _counts(claim: Claim) -> bool:
    return claim.modality in HAPPENED and claim.stance != "denied" and not claim.aggregate


def _read_claim(reading: _Reading, claim: Claim) -> None:
    days, told = event_spell(claim.when), reading.told(claim.document)
    if claim.modality not in HAPPENED or not reading.scope.holds(days, told):
        return
    incident = reading.member_of.get(claim.id)
    country = claim.place.country if claim.place else None

    def noted(refs: Collection[ActorRef]) -> list[str]:
        keys = (
            reading.cast.note(
                ref,
                country=country,
                days=days,
                published=told.start if told else None,
                claim=claim.id,
                incident=incident,
            )
            for ref in refs
        )
        return list(dict.fromkeys(key for key in keys if key))

    first, second = noted(claim.initiators), noted(claim.targets)
    if claim.claimant is not None and claim.claimant.actor_id:
        reading.cast.note(claim.claimant, published=told.start if told else None, claim=claim.id)
    reading.ties.claim(claim, _pairs(claim, first, second), days=days, told=told, incident=incident)


def _pairs(claim: Claim, first: list[str], second: list[str]) -> Iterator[tuple[EdgeKind, str, str]]:
    """Yield the ties of a claim: across the sides, and within one."""
    kind = tie_kind(claim)
    if kind is None:
        return
    yield from ((kind, a, b) for a, b in product(first, second))
    if claim.violent:
        yield from (("beside", a, b) for side in (first, second) for a, b in combinations(side, 2))


def _read_relation(reading: _Reading, document: str, relation: Relation) -> None:
    days, told = event_spell(relation.when), reading.told(document)
    if not reading.scope.holds(days, told):
        return
    published = told.start if told else None
    source, target = (
        reading.cast.note(ref, days=days, published=published) for ref in (relation.source, relation.target)
    )
    if source and target:
        claimant = relation.claimant
        telling = Telling(
            document,
            relation.content.start,
            relation.content.end,
            relation.stance,
            (claimant.name or claimant.span.quote) if claimant else None,
        )
        reading.ties.telling(relation.kind, source, target, telling, days=days, told=told)


# ------------------------------------------------------------------------------------------- narrowing


def _narrowed(network: Network, scope: Scope, identities: Identities) -> Network:
    """Return the part within reach of the wanted actors, with edges that rest on enough incidents."""
    if not scope.actors and scope.min_incidents < 1:
        return network
    centre = _wanted(network, scope.actors, identities)
    edges = [edge for edge in network.edges if len(edge.incidents) >= scope.min_incidents]
    if centre:
        near = centre | {end for edge in edges if {edge.source, edge.target} & centre for end in _ends(edge)}
        edges = [edge for edge in edges if edge.source in near and edge.target in near]
    kept = {end for edge in edges for end in _ends(edge)} | centre
    dyads = tuple(dyad for dyad in network.dyads if _in_scope(dyad, network, kept, centre, scope))
    wanted = {dyad.id for dyad in dyads}
    return replace(
        network,
        nodes=tuple(node for node in network.nodes if node.id in kept),
        edges=tuple(edges),
        dyads=dyads,
        conflicts=tuple(conflict for conflict in network.conflicts if wanted & set(conflict.dyads)),
    )


def _ends(edge: Edge) -> tuple[str, str]:
    return edge.source, edge.target


def _wanted(network: Network, actors: Collection[str], identities: Identities) -> set[str]:
    """Return the nodes that the user named by id, name or acronym."""
    found: set[str] = set()
    for name in actors:
        ids = {name, *identities.find(name)}
        hits = {
            node.id
            for node in network.nodes
            if node.id in ids
            or node.label.casefold() == name.casefold()
            or any(use.words.casefold() == name.casefold() for use in node.uses if node.identified)
        }
        if not hits:
            hint = "list them: reportedly actors CASE"
            raise UsageError(f"no actor `{name}` in this part of the case", where="--actor", hint=hint)
        found |= hits
    return found


def _in_scope(dyad: Dyad, network: Network, kept: set[str], centre: set[str], scope: Scope) -> bool:
    """Tell whether a dyad belongs to the part that is kept; a government is met through its forces."""
    if len(dyad.incidents) < scope.min_incidents:
        return False
    parties = {dyad.side_a, dyad.side_b, *dyad.supporters}
    states = {f"gov:{node.country}" for node in network.nodes if node.id in (centre or kept)}
    return bool(parties & ((centre or kept) | states))
