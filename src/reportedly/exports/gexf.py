"""Export as a graph of actors in GEXF 1.3. The graph itself is built and written by `network`."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly import network
from reportedly.exports.options import Options
from reportedly.store.base import Holdings

TITLE = "Actors and their ties over time, for Gephi"
MEDIA = "application/gexf+xml"
LEAVES_OUT = "claims' words; dyads and conflicts, which `reportedly network` has"
TAKES: frozenset[str] = frozenset()


def chunks(view: Holdings, options: Options) -> Iterator[str]:
    """Yield the graph piece by piece."""
    return network.gexf(network.build(view, options.identities()))
