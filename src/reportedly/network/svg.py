"""A network as a picture. Door: `draw(network, link) -> str`.

For pages with a strict content policy: no scripts, no style attributes, classes only. `standalone` puts the style sheet
into the file. Shape and line say the kind, never colour alone; every node and edge has a title in words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from importlib import resources
from math import hypot, sqrt

from reportedly.network.gexf import clean
from reportedly.network.graph import Edge, Network, Node
from reportedly.network.labels import Name, Point, Spot, placed
from reportedly.network.layout import Layout, lay_out
from reportedly.network.tolls import TollRange

# Where an actor or a tie leads; None: nowhere.
Link = Callable[[Node | Edge], str | None]

MOST_NODES = 60
LABEL = 26
GROUPS = {
    "state": frozenset({"state_forces", "government", "external_forces", "international_organisation"}),
    "armed": frozenset({"rebel_group", "political_militia", "identity_militia"}),
    "civil": frozenset({"civilians", "protesters", "rioters", "media"}),
}
LEGEND = 44
HEAD = (
    '<defs><marker id="network-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
    'orient="auto-start-reverse" markerUnits="userSpaceOnUse">'
    '<path class="head" d="M0 0 8 4 0 8z"/></marker></defs>\n'
)


@dataclass(frozen=True, slots=True)
class _Picture:
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    layout: Layout
    left_out: int


def stylesheet() -> str:
    """Return the style sheet that the picture's classes need."""
    return (resources.files("reportedly.network") / "network.css").read_text(encoding="utf-8")


def draw(
    network: Network,
    link: Link = lambda part: None,
    *,
    standalone: bool = False,
    most: int = MOST_NODES,
    title: str = "Actors and their ties as claimed",
) -> str:
    """Return the picture of the actors that have ties, at most so many of them, those with most incidents first."""
    return "".join(_pieces(_picture(network, most), link, standalone, title))


def _picture(network: Network, most: int) -> _Picture:
    tied = {end for edge in network.edges for end in (edge.source, edge.target)}
    ranked = sorted(
        (node for node in network.nodes if node.id in tied), key=lambda n: (-len(n.incidents), -n.claims, n.id)
    )
    kept = {node.id for node in ranked[:most]}
    edges = tuple(edge for edge in network.edges if edge.source in kept and edge.target in kept)
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    nodes = tuple(node for node in network.nodes if node.id in ends)
    return _Picture(nodes, edges, lay_out([node.id for node in nodes], edges), len(network.nodes) - len(nodes))


def _pieces(picture: _Picture, link: Link, standalone: bool, title: str) -> Iterator[str]:
    width, height = picture.layout.width, picture.layout.height + LEGEND
    box = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" class="network" role="group" {box}>\n'
    yield f"<title>{_text(title)}</title>\n<desc>{_text(_described(picture))}</desc>\n"
    if standalone:
        yield f"<style>\n{stylesheet()}</style>\n"
    yield HEAD
    yield '<g class="edges">\n'
    by_id = {node.id: node for node in picture.nodes}
    bends = _bends(picture.edges)
    curves = {edge.id: _curve(edge, by_id, picture.layout, bends[edge.id]) for edge in picture.edges}
    for edge in picture.edges:
        words = edge_words(edge, by_id[edge.source], by_id[edge.target])
        yield _linked(_edge(edge, by_id, curves[edge.id]), link(edge), words)
    yield '</g>\n<g class="nodes">\n'
    names = placed({node.id: _spot(node, picture.layout) for node in picture.nodes}, curves.values(), width)
    for node in picture.nodes:
        yield _linked(_node(node, picture.layout, names[node.id]), link(node), node_words(node))
    yield f"</g>\n{_legend(picture)}</svg>\n"


def _described(picture: _Picture) -> str:
    more = f" {picture.left_out} further actors without ties, or with fewer incidents, are not drawn."
    return f"{len(picture.nodes)} actors, {len(picture.edges)} ties.{more if picture.left_out else ''}"


def _linked(drawn: str, target: str | None, words: str) -> str:
    return f'<a href="{_text(target)}" aria-label="{_text(words)}">{drawn}</a>\n' if target else f"{drawn}\n"


def _bends(edges: Sequence[Edge]) -> dict[str, int]:
    """Return how far each tie bends aside, so that several between the same two actors stay apart."""
    groups: dict[tuple[str, str], list[str]] = {}
    for edge in edges:
        groups.setdefault((min(edge.source, edge.target), max(edge.source, edge.target)), []).append(edge.id)
    return {key: 26 * (n // 2 + n % 2) * (-1) ** n for ids in groups.values() for n, key in enumerate(ids)}


def _curve(edge: Edge, nodes: dict[str, Node], layout: Layout, bend: int) -> tuple[Point, Point, Point]:
    """Return start, bend and end of a tie's line."""
    one, other = nodes[edge.source], nodes[edge.target]
    (x1, y1), (x2, y2) = layout.places[one.id], layout.places[other.id]
    # The bend is measured from the end whose id comes first, so that both directions do not bend to the same side.
    side = bend if edge.source < edge.target else -bend
    length = hypot(x2 - x1, y2 - y1) or 1
    cx, cy = (x1 + x2) / 2 - (y2 - y1) / length * side, (y1 + y2) / 2 + (x2 - x1) / length * side
    return _edge_of(one, x1, y1, cx, cy), (cx, cy), _edge_of(other, x2, y2, cx, cy)


def _edge(edge: Edge, nodes: dict[str, Node], curve: tuple[Point, Point, Point]) -> str:
    one, other = nodes[edge.source], nodes[edge.target]
    (x1, y1), (cx, cy), (x2, y2) = curve
    head = "" if edge.mutual else ' marker-end="url(#network-head)"'
    path = f'<path d="M{x1:.0f} {y1:.0f} Q{cx:.0f} {cy:.0f} {x2:.0f} {y2:.0f}" stroke-width="{_thick(edge)}"{head}/>'
    denied = " denied" if edge.denied else ""
    return f'<g class="edge {edge.kind}{denied}"><title>{_text(edge_words(edge, one, other))}</title>{path}</g>'


def _edge_of(node: Node, x: float, y: float, towards_x: float, towards_y: float) -> Point:
    """Return the point at which a line leaves a node."""
    length = hypot(towards_x - x, towards_y - y) or 1
    away = (_radius(node) + 3) / length
    return x + (towards_x - x) * away, y + (towards_y - y) * away


def _thick(edge: Edge) -> float:
    return round(min(9.0, 1 + sqrt(edge.weight)), 1)


def _radius(node: Node) -> int:
    return round(min(26.0, 8 + 2.4 * sqrt(len(node.incidents))))


def _spot(node: Node, layout: Layout) -> Spot:
    x, y = layout.places[node.id]
    return Spot(x, y, _radius(node), short_name(node))


def _node(node: Node, layout: Layout, name: Name) -> str:
    x, y = layout.places[node.id]
    group = next((name for name, kinds in GROUPS.items() if node.kind in kinds), "other")
    classes = f"node {group} {node.kind}{'' if node.identified else ' unidentified'}"
    label = f'<text class="{name.anchor}" x="{name.x:.0f}" y="{name.y:.0f}">{_text(short_name(node))}</text>'
    shape = _shape(group, x, y, _radius(node))
    return f'<g class="{classes}"><title>{_text(node_words(node))}</title>{shape}{label}</g>'


def _shape(group: str, x: int, y: int, size: int) -> str:
    """Return a square for states, a circle for armed groups, a diamond for civilians, a triangle for others."""
    if group == "armed":
        return f'<circle class="shape" cx="{x}" cy="{y}" r="{size}"/>'
    if group == "state":
        return f'<rect class="shape" x="{x - size}" y="{y - size}" width="{2 * size}" height="{2 * size}"/>'
    diamond, triangle = [(0, -size), (size, 0), (0, size), (-size, 0)], [(0, -size), (size, size), (-size, size)]
    points = diamond if group == "civil" else triangle
    return f'<polygon class="shape" points="{" ".join(f"{x + dx},{y + dy}" for dx, dy in points)}"/>'


def _legend(picture: _Picture) -> str:
    shapes = "square: state or intergovernmental; circle: armed group; diamond: civilians; triangle: other"
    lines = "dashed outline: not identified; arrow: as claimed; dashed line: beside, linked or denied"
    shown = (shapes, lines) if picture.nodes else ("no ties",)
    told = (f'<text x="10" y="{picture.layout.height + 16 + 18 * n}">{words}</text>' for n, words in enumerate(shown))
    return f'<g class="legend">{"".join(told)}</g>\n'


def short_name(node: Node) -> str:
    """Return what fits beside a node: the label, else an acronym, else a country in letters, else its beginning."""
    if len(node.label) <= LABEL:
        return node.label
    if node.identity and node.identity.acronyms:
        return node.identity.acronyms[0]
    head, bracket, _ = node.label.partition(" (")
    if bracket and not node.identified:
        return f"{head} ({node.country})" if node.country else head
    return f"{node.label[: LABEL - 1].rstrip()}…"


def node_words(node: Node) -> str:
    """Return an actor in words."""
    days = f"; {node.first_seen} to {node.last_seen}" if node.first_seen else ""
    place = f", {node.country}" if node.country else ""
    return f"{node.label} ({node.kind.replace('_', ' ')}{place}): {_count(len(node.incidents), 'incident')}{days}"


def edge_words(edge: Edge, source: Node, target: Node) -> str:
    """Return a tie in words, with what it rests on."""
    parts = [f"{source.label} {edge.kind.replace('_', ' ')} {target.label}"]
    parts += [_count(len(edge.claims), "claim")] if edge.claims else []
    parts += [_count(len(edge.tellings), "telling")] if edge.tellings else []
    parts += [_count(len(edge.incidents), "incident")] if edge.incidents else []
    parts += [f"killed {killed_words(edge.killed)}"] if edge.killed.told else []
    parts += [f"denied {_count(len(edge.denied), 'time')}"] if edge.denied else []
    parts += [f"{edge.spells[0].start} to {edge.spells[-1].end}"] if edge.spells else []
    return "; ".join(parts)


def killed_words(killed: TollRange) -> str:
    """Return a range of deaths in words."""
    if not killed.told:
        return "no figure"
    low = killed.low or 0
    if killed.high is None:
        return f"{low:,} to {killed.top:,} or more" if killed.top > low else f"{low:,} or more"
    return f"{low:,}" if low == killed.high else f"{low:,} to {killed.high:,}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _text(value: str) -> str:
    return escape(clean(value))
