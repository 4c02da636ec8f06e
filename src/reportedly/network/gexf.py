"""A network as GEXF 1.3, as Gephi reads it: dynamic, edges with the days for which they are told, names over time.

What has no day of its own has no spell, and is there throughout. All edges are of one type, as readers of graphs that
are directed or not, but never both, can load it; `mutual` says that neither end comes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from reportedly.network.graph import Edge, Network, Node, Spell
from reportedly.network.ties import merged

Attributes = dict[str, str | int | bool | None]

NODE_TYPES = {
    "kind": "string",
    "country": "string",
    "identified": "boolean",
    "first_seen": "string",
    "last_seen": "string",
    "told_first": "string",
    "told_last": "string",
    "incidents": "integer",
    "claims": "integer",
    "names": "string",
}
EDGE_TYPES = {
    "tie": "string",
    "mutual": "boolean",
    "incidents": "integer",
    "killed_min": "integer",
    "killed_max": "integer",
    "killed_told": "integer",
    "told_first": "string",
    "told_last": "string",
    "claim_ids": "string",
    "denied_by": "string",
    "incident_ids": "string",
    "documents": "string",
}
# Characters that no XML 1.0 file may hold, not even escaped.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def gexf(network: Network) -> Iterator[str]:
    """Yield the file piece by piece."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
    yield "<meta><creator>reportedly</creator><description>Actors and ties as claimed in texts</description></meta>\n"
    yield '<graph mode="dynamic" defaultedgetype="directed" timeformat="date" timerepresentation="interval">\n'
    yield from _declared("node", NODE_TYPES)
    yield '<attributes class="node" mode="dynamic"><attribute id="name" title="name" type="string"/></attributes>\n'
    yield from _declared("edge", EDGE_TYPES)
    presence = node_spells(network)
    yield "<nodes>\n"
    for node in network.nodes:
        yield from _node(node, presence[node.id])
    yield "</nodes>\n<edges>\n"
    for edge in network.edges:
        yield from _edge(edge)
    yield "</edges>\n</graph>\n</gexf>\n"


def clean(value: object) -> str:
    """Return text without characters that XML cannot hold; truth as XML writes it."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def node_spells(network: Network) -> dict[str, tuple[Spell, ...]]:
    """Return when each actor is there: on the days of its ties and happenings; throughout if a tie has no day."""
    found: dict[str, list[Spell] | None] = {}
    for node in network.nodes:
        days = Spell(node.first_seen, node.last_seen) if node.first_seen and node.last_seen else None
        found[node.id] = [days] if days else []
    for edge in network.edges:
        for end in (edge.source, edge.target):
            spells = found.get(end)
            found[end] = [*spells, *edge.spells] if spells is not None and edge.spells else None
    return {key: tuple(merged(spells)) if spells else () for key, spells in found.items()}


def node_attributes(node: Node) -> Attributes:
    """Return what is said of an actor, in flat values."""
    return {
        "kind": node.kind,
        "country": node.country,
        "identified": node.identified,
        "first_seen": node.first_seen.isoformat() if node.first_seen else None,
        "last_seen": node.last_seen.isoformat() if node.last_seen else None,
        "told_first": node.told.start.isoformat() if node.told else None,
        "told_last": node.told.end.isoformat() if node.told else None,
        "incidents": len(node.incidents),
        "claims": node.claims,
        "names": "; ".join(dict.fromkeys(use.words for use in node.uses if use.words)) or None,
    }


def edge_attributes(edge: Edge) -> Attributes:
    """Return what is said of a tie, in flat values. An open end of the tolls has no `killed_max`."""
    return {
        "tie": edge.kind,
        "mutual": edge.mutual,
        "incidents": len(edge.incidents),
        "killed_min": edge.killed.low,
        "killed_max": edge.killed.high,
        "killed_told": edge.killed.top if edge.killed.told else None,
        "told_first": edge.told.start.isoformat() if edge.told else None,
        "told_last": edge.told.end.isoformat() if edge.told else None,
        "claim_ids": " ".join(edge.claims) or None,
        "denied_by": " ".join(edge.denied) or None,
        "incident_ids": " ".join(edge.incidents) or None,
        "documents": "; ".join(edge.documents) or None,
    }


def _declared(part: str, types: dict[str, str]) -> Iterator[str]:
    yield f'<attributes class="{part}" mode="static">\n'
    for name, kind in types.items():
        yield f'  <attribute id="{name}" title="{name}" type="{kind}"/>\n'
    yield "</attributes>\n"


def _node(node: Node, spells: Iterable[Spell]) -> Iterator[str]:
    yield f"<node id={_quoted(node.id)} label={_quoted(node.label)}>"
    yield from _values(node_attributes(node), "".join(_names(node)))
    yield f"{_spells(spells)}</node>\n"


def _names(node: Node) -> Iterator[str]:
    """Yield the dated names of an actor, each with its days."""
    for name in node.identity.names if node.identity else ():
        since = f" start={_quoted(name.since)}" if name.since else ""
        until = f" end={_quoted(name.until)}" if name.until else ""
        yield f'<attvalue for="name" value={_quoted(name.name)}{since}{until}/>'


def _edge(edge: Edge) -> Iterator[str]:
    yield f"<edge id={_quoted(edge.id)} source={_quoted(edge.source)} target={_quoted(edge.target)} "
    yield f'kind="{edge.kind}" label="{edge.kind}" weight="{edge.weight}">'
    yield from _values(edge_attributes(edge))
    yield f"{_spells(edge.spells)}</edge>\n"


def _values(values: Attributes, more: str = "") -> Iterator[str]:
    yield "<attvalues>"
    for name, value in values.items():
        if value is not None:
            yield f'<attvalue for="{name}" value={_quoted(value)}/>'
    yield f"{more}</attvalues>"


def _spells(spells: Iterable[Spell]) -> str:
    inside = "".join(f'<spell start="{spell.start}" end="{spell.end}"/>' for spell in spells)
    return f"<spells>{inside}</spells>" if inside else ""


def _quoted(value: object) -> str:
    return quoteattr(clean(value))
