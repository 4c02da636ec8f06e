"""From a case to its actor network. Door: `build(view, identities, scope) -> Network`.

Reads the gist of every claim once. Nothing depends on the order in which documents were added.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations

from reportedly.errors import UsageError
from reportedly.model.gist import ActorGist, ClaimGist, IncidentGist, actor_gist, event_days
from reportedly.model.relation import Relation
from reportedly.network.cast import Cast, spell
from reportedly.network.dyads import CIVILIANS, Dyads
from reportedly.network.graph import Dyad, Edge, EdgeKind, Network, Node, Spell, Telling
from reportedly.network.identities import Identities
from reportedly.network.ties import HAPPENED, Ties, tie_kind
from reportedly.network.tolls import TollRange, Tolls
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
    told: Mapping[str, Spell]
    ties: Ties = field(default_factory=Ties)
    dyads: Dyads = field(default_factory=Dyads)
    killed: dict[str, TollRange] = field(default_factory=dict)
    member_of: dict[str, str] = field(default_factory=dict)


def build(view: Holdings, identities: Identities, scope: Scope | None = None) -> Network:
    """Return the network of a case. Raises UsageError for an actor in `scope` that the case does not have."""
    reading = _Reading(
        scope=scope or Scope(),
        cast=Cast(identities),
        told={key: Spell(day, day) for key, day in view.published().items() if day},
    )
    claims = {claim.id: claim for claim in view.claim_gists()}
    for incident in view.incident_gists():
        _read_incident(reading, incident, claims)
    for claim in claims.values():
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


def _read_incident(reading: _Reading, incident: IncidentGist, claims: Mapping[str, ClaimGist]) -> None:
    """Take an incident's tolls and dyads; planned, recalled and denied happenings make neither."""
    reading.member_of |= dict.fromkeys(incident.claims, incident.id)
    told = [claim for key in incident.claims if (claim := claims.get(key)) and _counts(claim)]
    parties = {actor.key for side in incident.sides for actor in side}
    tolls = Tolls((claim.killed for claim in told if claim.id in incident.killed_by), parties)
    reading.killed[incident.id] = killed = tolls.all
    days = spell(incident.first, incident.last)
    published = [day for key in incident.documents if (day := reading.told.get(key))]
    if any(claim.violent for claim in told) and reading.scope.holds(days, min(published, default=None)):
        reading.dyads.add(incident, killed, tolls.civilians)


def _counts(claim: ClaimGist) -> bool:
    return claim.modality in HAPPENED and claim.stance != "denied" and not claim.aggregate


def _read_claim(reading: _Reading, claim: ClaimGist) -> None:
    days, told = spell(claim.first, claim.last), reading.told.get(claim.document)
    if claim.modality not in HAPPENED or not reading.scope.holds(days, told):
        return
    incident = reading.member_of.get(claim.id)
    note = reading.cast.note

    def noted(actors: Sequence[ActorGist]) -> list[str]:
        keys = [
            note(actor, country=claim.country, days=days, told=told, claim=claim.id, incident=incident)
            for actor in actors
        ]
        return list(dict.fromkeys(key for key in keys if key)) if keys else []

    first, second = noted(claim.initiators), noted(claim.targets)
    if claim.claimant is not None and claim.claimant.actor_id:
        note(claim.claimant, told=told, claim=claim.id)
    if first or second:
        reading.ties.claim(claim, _pairs(claim, first, second), days=days, told=told, incident=incident)


def _pairs(claim: ClaimGist, first: Sequence[str], second: Sequence[str]) -> list[tuple[EdgeKind, str, str]]:
    """Return the ties of a claim: across the sides, and within one."""
    kind = tie_kind(claim)
    if kind is None:
        return []
    across = [(kind, a, b) for a in first for b in second]
    sides = (side for side in (first, second) if len(side) > 1) if claim.violent else ()
    return [*across, *(("beside", a, b) for side in sides for a, b in combinations(side, 2))]


def _read_relation(reading: _Reading, document: str, relation: Relation) -> None:
    days, told = spell(*event_days(relation.when)), reading.told.get(document)
    if not reading.scope.holds(days, told):
        return
    source, target = (
        reading.cast.note(actor_gist(ref), days=days, told=told) for ref in (relation.source, relation.target)
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
