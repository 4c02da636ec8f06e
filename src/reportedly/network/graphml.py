"""A network as GraphML, for igraph, Cytoscape, yEd and R. It has no time: days are attributes of nodes and edges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportedly.network.gexf import clean, edge_attributes, node_attributes
from reportedly.network.graph import Edge, Network


def graphml(network: Network) -> Iterator[str]:
    """Yield the file line by line. Parallel ties keep their own ids; `mutual` says that neither end comes first."""
    import networkx

    graph = networkx.MultiDiGraph()
    for node in network.nodes:
        graph.add_node(clean(node.id), label=clean(node.label), **_flat(node_attributes(node)))
    for edge in network.edges:
        values = {**_flat(edge_attributes(edge)), "spells": _spells(edge), "weight": edge.weight}
        graph.add_edge(clean(edge.source), clean(edge.target), key=edge.id, **values)
    for line in networkx.generate_graphml(graph):
        yield f"{line}\n"


def _flat(values: Mapping[str, str | int | bool | None]) -> dict[str, str | int | bool]:
    return {
        name: clean(value) if isinstance(value, str) else value for name, value in values.items() if value is not None
    }


def _spells(edge: Edge) -> str:
    """Return the days of a tie as intervals in ISO 8601, with a space between."""
    return " ".join(f"{spell.start}/{spell.end}" for spell in edge.spells)
