"""Export as a graph of actors in GraphML. The graph itself is built and written by `network`."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly import network
from reportedly.exports.options import Options
from reportedly.store.base import Holdings

TITLE = "Actors and their ties as a graph"
MEDIA = "application/graphml+xml"
LEAVES_OUT = "claims' words; names over time; dyads and conflicts, which `reportedly network` has"
TAKES: frozenset[str] = frozenset()


def chunks(view: Holdings, options: Options) -> Iterator[str]:
    """Yield the graph piece by piece."""
    return network.graphml(network.build(view, options.identities()))
