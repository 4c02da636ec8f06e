"""The network: who is told to fight, attack or support whom, each tie with the claims that it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from reportedly.app.filters import Filter, read_filter
from reportedly.app.pages import desk_of, json_answer, page
from reportedly.app.seen import form_values, glances
from reportedly.model.claim import Claim
from reportedly.model.when import span_words
from reportedly.network import Edge, Network, Node, Scope, draw, gexf, graphml, network_json
from reportedly.network.graph import Telling
from reportedly.network.svg import edge_words, killed_words
from reportedly.store import SqliteStore
from reportedly.store.answers import DocumentsWanted, day_of

router = APIRouter()
TIES = 200  # rows of the tables; the files hold all
CLAIMS = 12  # claims of a tie that are named on the page
MOST = 60  # actors that a picture can hold


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie in the table: its words, its days, its incidents, and links to the words of its claims."""

    id: str
    words: str
    kind: str
    source: Node
    target: Node
    days: str
    incidents: int
    killed: str
    denied: int
    claims: tuple[tuple[str, str], ...]
    more: int


@router.get("/network.json", tags=["incidents"], summary="Actors and ties, each with its claims, days and tolls.")
def network_as_json(request: Request) -> Response:
    """Return the network with dyads and conflicts."""
    return json_answer(network_json(_asked(request)))


@router.get("/network.gexf", include_in_schema=False)
def network_gexf(request: Request) -> Response:
    """Return the network for Gephi, with the days of each tie."""
    return _file(gexf(_asked(request)), "application/gexf+xml", "network.gexf")


@router.get("/network.graphml", include_in_schema=False)
def network_graphml(request: Request) -> Response:
    """Return the network as GraphML."""
    return _file(graphml(_asked(request)), "application/graphml+xml", "network.graphml")


@router.get("/network", include_in_schema=False)
def network(request: Request) -> Response:
    """Show the network with its ties as a table."""
    wanted, least = read_filter(request.query_params), _least(request)
    with desk_of(request).view() as view:
        found = _narrowed(request, view, wanted, least)
        nodes = {node.id: node for node in found.nodes}
        ranked = sorted(found.edges, key=lambda edge: (-edge.weight, edge.id))[:TIES]
        ties = _ties(view, ranked, nodes)
    known = request.app.state.paths
    drawn = draw(found, _links(wanted, {edge.id for edge in ranked}), most=MOST)
    tied = {end for edge in found.edges for end in (edge.source, edge.target)}
    return page(
        request,
        "network.html",
        title="Network",
        drawn=Markup(drawn) if found.edges else None,
        ties=ties,
        total=len(found.edges),
        least=least,
        actors=len(tied),
        dyads=sorted(found.dyads, key=lambda dyad: (-len(dyad.incidents), dyad.id))[:TIES],
        pairs=len(found.dyads),
        shown=min(MOST, len(tied)),
        alone=len(found.nodes) - len(tied),
        actor_page="/actors/{actor}" in known or any(path.startswith("/actors/{") for path in known),
        killed=killed_words,
        **form_values(request),
    )


def _links(wanted: Filter, rows: set[str]) -> Callable[[Node | Edge], str | None]:
    """Return where parts of the picture lead: an actor to what surrounds it, a tie to its row with its claims."""

    def link(part: Node | Edge) -> str | None:
        if isinstance(part, Node):
            return f"/network{wanted.query(actor=part.id)}"
        return f"#tie-{part.id}" if part.id in rows else None

    return link


def _least(request: Request) -> int:
    words = request.query_params.get("least", "")
    return int(words) if words.isascii() and words.isdigit() and len(words) < 7 else 0


def _asked(request: Request) -> Network:
    with desk_of(request).view() as view:
        return _narrowed(request, view, read_filter(request.query_params), _least(request))


def _narrowed(request: Request, view: SqliteStore, wanted: Filter, least: int) -> Network:
    """Return the network that the filter asks for; beyond days and actors it keeps ties of incidents that fit."""
    scope = Scope(day_of(wanted.since), day_of(wanted.until), (wanted.actor,) if wanted.actor else (), least)
    found = desk_of(request).network(view, scope)
    rest = wanted.changed(since="", until="", actor="")
    if rest.is_open:
        return found
    held = {glance.id for glance in glances(view, rest)}
    edges = tuple(edge for edge in found.edges if held.intersection(edge.incidents))
    tied = {end for edge in edges for end in (edge.source, edge.target)}
    nodes = tuple(node for node in found.nodes if node.id in tied)
    dyads = tuple(dyad for dyad in found.dyads if held.intersection(dyad.incidents))
    kept = {dyad.id for dyad in dyads}
    conflicts = tuple(one for one in found.conflicts if kept.intersection(one.dyads))
    return replace(found, nodes=nodes, edges=edges, dyads=dyads, conflicts=conflicts)


def _ties(view: SqliteStore, edges: Sequence[Edge], nodes: Mapping[str, Node]) -> list[Tie]:
    """Return the rows of the table, with the words of each tie's first claims and tellings."""
    claims = {key: claim for edge in edges for key in edge.claims[:CLAIMS] if (claim := view.claim(key))}
    told = {telling.document for edge in edges for telling in _tellings(edge)}
    wanted = frozenset(told | {claim.document for claim in claims.values()})
    numbers = {line.id: line.number for line in view.document_lines(DocumentsWanted(only=wanted))}
    texts = {key: view.text(key) for key in told}
    return [_tie(edge, nodes, tuple(_told(edge, claims, numbers, texts))) for edge in edges]


def _tie(edge: Edge, nodes: Mapping[str, Node], told: tuple[tuple[str, str], ...]) -> Tie:
    source, target = nodes[edge.source], nodes[edge.target]
    return Tie(
        id=edge.id,
        words=edge_words(edge, source, target),
        kind=edge.kind.replace("_", " "),
        source=source,
        target=target,
        days=span_words(edge.spells[0].start, edge.spells[-1].end) if edge.spells else "",
        incidents=len(edge.incidents),
        killed=killed_words(edge.killed) if edge.killed.told else "",
        denied=len(edge.denied),
        claims=told,
        more=max(0, len(edge.claims) + len(edge.tellings) - CLAIMS),
    )


def _tellings(edge: Edge) -> tuple[Telling, ...]:
    """Return the tellings for which the claims leave room."""
    return edge.tellings[: max(0, CLAIMS - len(edge.claims))]


def _told(
    edge: Edge, claims: Mapping[str, Claim], numbers: Mapping[str, int], texts: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield address and words of the first claims and tellings of a tie."""
    for key in edge.claims[:CLAIMS]:
        if claim := claims.get(key):
            yield f"/documents/{numbers[claim.document]}?claim={key}", claim.content.quote
    for telling in _tellings(edge):
        yield f"/documents/{numbers[telling.document]}", texts[telling.document][telling.start : telling.end]


def _file(pieces: Iterator[str], media: str, name: str) -> Response:
    head = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response("".join(pieces).encode("utf-8", "replace"), media_type=media, headers=head)
