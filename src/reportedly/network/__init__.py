"""Who stands to whom over time: actors, their ties and dyads, from the claims, incidents and relations of a case.

Door: `build(view, identities, scope) -> Network`. Writers: `gexf`, `graphml`, `network_json`, `draw` (SVG).
"""

from reportedly.network.build import Scope, build
from reportedly.network.gexf import gexf
from reportedly.network.graph import Conflict, Dyad, Edge, EdgeKind, Network, Node, Spell, Year
from reportedly.network.graphml import graphml
from reportedly.network.identities import Identities, Identity
from reportedly.network.shapes import network_json
from reportedly.network.svg import draw, stylesheet

__all__ = [
    "Conflict",
    "Dyad",
    "Edge",
    "EdgeKind",
    "Identities",
    "Identity",
    "Network",
    "Node",
    "Scope",
    "Spell",
    "Year",
    "build",
    "draw",
    "gexf",
    "graphml",
    "network_json",
    "stylesheet",
]
