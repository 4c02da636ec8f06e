"""A network as plain JSON values: everything that it holds, days as ISO dates, claims by their ids."""

from __future__ import annotations

from datetime import date
from typing import Any

from reportedly.network.graph import Conflict, Dyad, Edge, NameUse, Network, Node, Spell, Year
from reportedly.network.identities import Identity
from reportedly.network.tolls import TollRange

Shape = dict[str, Any]


def network_json(network: Network) -> Shape:
    """Return the whole network."""
    return {
        "nodes": [node_json(node) for node in network.nodes],
        "edges": [edge_json(edge) for edge in network.edges],
        "dyads": [dyad_json(dyad) for dyad in network.dyads],
        "conflicts": [conflict_json(conflict) for conflict in network.conflicts],
        "left_out": network.left_out,
    }


def node_json(node: Node) -> Shape:
    """Return an actor with its names over time."""
    return {
        "id": node.id,
        "label": node.label,
        "kind": node.kind,
        "country": node.country,
        "identified": node.identified,
        "first_seen": _day(node.first_seen),
        "last_seen": _day(node.last_seen),
        "told": spell_json(node.told),
        "claims": node.claims,
        "incidents": list(node.incidents),
        "names_in_texts": [use_json(use) for use in node.uses],
        "identity": identity_json(node.identity) if node.identity else None,
    }


def use_json(use: NameUse) -> Shape:
    """Return a name as texts use it beside the name of those days."""
    return {
        "words": use.words,
        "name_on_date": use.on_date,
        "times": use.times,
        "first": _day(use.first),
        "last": _day(use.last),
    }


def identity_json(identity: Identity) -> Shape:
    """Return what is known about an actor whatever the case says."""
    return {
        "name": identity.name,
        "acronyms": list(identity.acronyms),
        "since": identity.since or None,
        "until": identity.until or None,
        "names": [{"name": one.name, "since": one.since or None, "until": one.until or None} for one in identity.names],
        "ties": [
            {"kind": tie.kind, "name": tie.name, "actor": tie.actor, "since": tie.since or None}
            for tie in identity.ties
        ],
    }


def edge_json(edge: Edge) -> Shape:
    """Return a tie with all that it rests on."""
    return {
        "id": edge.id,
        "kind": edge.kind,
        "source": edge.source,
        "target": edge.target,
        "mutual": edge.mutual,
        "claims": list(edge.claims),
        "denied_by": list(edge.denied),
        "tellings": [
            {
                "document": telling.document,
                "start": telling.start,
                "end": telling.end,
                "stance": telling.stance,
                "claimant": telling.claimant,
            }
            for telling in edge.tellings
        ],
        "incidents": list(edge.incidents),
        "documents": list(edge.documents),
        "spells": [spell_json(spell) for spell in edge.spells],
        "told": spell_json(edge.told),
        **toll_json(edge.killed),
    }


def dyad_json(dyad: Dyad) -> Shape:
    """Return two opposed sides with their years."""
    return {
        "id": dyad.id,
        "type_of_violence": dyad.violence,
        "name": dyad.name,
        "side_a": dyad.side_a,
        "side_b": dyad.side_b,
        "supporters": list(dyad.supporters),
        "enters": dyad.enters,
        "years": [year_json(year) for year in dyad.years],
        "incidents": list(dyad.incidents),
        "shared_incidents": dyad.shared,
        "undated_incidents": dyad.undated,
        **toll_json(dyad.killed),
    }


def conflict_json(conflict: Conflict) -> Shape:
    """Return dyads that belong together."""
    return {
        "id": conflict.id,
        "type_of_violence": conflict.violence,
        "name": conflict.name,
        "dyads": list(conflict.dyads),
        "years": [year_json(year) for year in conflict.years],
        **toll_json(conflict.killed),
    }


def year_json(year: Year) -> Shape:
    """Return one calendar year."""
    return {"year": year.year, "incidents": year.incidents, "activity": year.activity, **toll_json(year.killed)}


def toll_json(killed: TollRange) -> Shape:
    """Return deaths over all tellers; `killed_max` null is an open end, `killed_told` the largest number given."""
    return {
        "killed_min": killed.low,
        "killed_max": killed.high,
        "killed_told": killed.top if killed.told else None,
    }


def spell_json(spell: Spell | None) -> Shape | None:
    """Return first and last day."""
    return {"start": spell.start.isoformat(), "end": spell.end.isoformat()} if spell else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
