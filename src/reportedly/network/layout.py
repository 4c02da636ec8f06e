"""Where the nodes of a picture stand: every connected part laid out by springs from a fixed seed, the parts in rows.

The same network gives the same places. Distances mean nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportedly.network.graph import Edge

SEED = 20240727
STEPS = 120
# Pixels a side of the square in which a part of one node stands; it grows with the square root of the nodes.
UNIT = 150
WIDE = 1100
# Room for the names, which stand below their nodes.
ASIDE, ABOVE = 100, 45
# Nodes less than this far aside of each other are that far apart in height, so that no name covers a node or a name.
BESIDE, NAME = 150, 48


@dataclass(frozen=True, slots=True)
class Layout:
    """Places in pixels, and how large the picture is."""

    places: Mapping[str, tuple[int, int]]
    width: int
    height: int


def lay_out(nodes: Sequence[str], edges: Sequence[Edge]) -> Layout:
    """Return where to draw the nodes: the largest part first, parts in rows from left to right."""
    places: dict[str, tuple[int, int]] = {}
    x = y = tall = wide = 0
    for part in _parts(nodes, edges):
        size = max(2 * UNIT, round(UNIT * math.sqrt(len(part)) * 1.25))
        if x and x + size > WIDE:
            x, y, tall = 0, y + tall, 0
        spots, high = _drawn(_springs(part, edges), size)
        places |= {node: (x + across, y + down) for node, (across, down) in spots.items()}
        x, tall = x + size, max(tall, high)
        wide = max(wide, x)
    return Layout(places, max(wide, 2 * UNIT), max(y + tall, UNIT))


def _drawn(found: Mapping[str, tuple[float, float]], size: int) -> tuple[dict[str, tuple[int, int]], int]:
    """Return the places of a part in pixels with the height that it needs; names stay apart, two actors need little."""
    if len(found) == 2:
        pair = {node: (ASIDE + n * (size - 2 * ASIDE), ABOVE + n * NAME) for n, node in enumerate(sorted(found))}
        return pair, 2 * ABOVE + 2 * NAME
    room = size - 2 * ABOVE
    spots: dict[str, tuple[int, int]] = {}
    for node, (across, down) in sorted(found.items(), key=lambda one: (one[1][1], one[0])):
        x, y = ASIDE + round(across * (size - 2 * ASIDE)), ABOVE + round(down * room)
        near = sorted(other for beside, other in spots.values() if abs(beside - x) < BESIDE)
        for other in near:
            if abs(y - other) < NAME:
                y = other + NAME
        spots[node] = x, y
    return spots, max(size, max(y for _, y in spots.values()) + ABOVE)


def _parts(nodes: Sequence[str], edges: Sequence[Edge]) -> list[list[str]]:
    """Return the connected parts, the largest first, of equals the one whose first id comes first."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from((edge.source, edge.target) for edge in edges)
    return sorted((sorted(part) for part in networkx.connected_components(graph)), key=lambda part: (-len(part), part))


def _springs(part: Sequence[str], edges: Sequence[Edge]) -> dict[str, tuple[float, float]]:
    """Return places within the unit square."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(part)
    inside = set(part)
    graph.add_edges_from(sorted({(e.source, e.target) for e in edges if e.source in inside and e.target in inside}))
    spring = 2.2 / math.sqrt(len(part))
    found = networkx.spring_layout(graph, seed=SEED, iterations=STEPS, k=spring, method="force")
    return _fitted({node: (float(spot[0]), float(spot[1])) for node, spot in found.items()})


def _fitted(spots: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Stretch places over the unit square; what stands on one line stands in the middle of the other."""
    axes = []
    for axis in (0, 1):
        values = [spot[axis] for spot in spots.values()]
        low, span = min(values), max(values) - min(values)
        axes.append({node: (spot[axis] - low) / span if span > 1e-9 else 0.5 for node, spot in spots.items()})
    return {node: (axes[0][node], axes[1][node]) for node in spots}
