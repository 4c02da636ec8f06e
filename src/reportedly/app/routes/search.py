"""Search: words of texts, claims, actors and places at once. Filters come first; a claim comes with its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from reportedly.app.claimfilter import ClaimFilter
from reportedly.app.desk import Desk
from reportedly.app.pages import desk_of, json_answer, page
from reportedly.app.routes.actors import actor_lines
from reportedly.app.routes.claims import Line
from reportedly.app.routes.incidents import type_choices
from reportedly.contract import claim_json
from reportedly.model.claim import Claim
from reportedly.store import SqliteStore
from reportedly.store.answers import ActorLine, Hit, PlaceLine

router = APIRouter()
KINDS = ("claims", "texts", "actors", "places")
TEXTS, SHOWN = 60, 30


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, of each kind the first few."""

    claims: Sequence[Line] = ()
    texts: Sequence[Hit] = ()
    actors: Sequence[ActorLine] = ()
    places: Sequence[PlaceLine] = ()


@router.get("/search.json", tags=["search"], summary="Words of texts, claims, actors and places.")
def search_json(request: Request, q: str = "") -> Response:
    """Search, and return what the page shows."""
    desk = desk_of(request)
    with desk.view() as view:
        found = _found(desk, view, request, q)
    return json_answer(_json(found))


@router.get("/search", include_in_schema=False)
def search(request: Request, q: str = "") -> Response:
    """Show what was found."""
    desk = desk_of(request)
    with desk.view() as view:
        found = _found(desk, view, request, q)
    return page(
        request,
        "search.html",
        title=f"Search: {q}" if q else "Search",
        q=q,
        found=found,
        chosen=dict(request.query_params),
        kinds=[(kind, kind) for kind in KINDS],
        types=type_choices(desk.rooms.event_types()),
        pieces=pieces,
    )


def _found(desk: Desk, view: SqliteStore, request: Request, q: str) -> Found:
    query = request.query_params
    only = query.get("in", "")
    wanted = ClaimFilter(
        type=query.get("type", ""),
        country=query.get("country", "").strip(),
        since=query.get("from", ""),
        until=query.get("to", ""),
    )
    if not re.search(r"\w", q):
        return Found()
    hits = view.search(q, TEXTS) if only in ("", "claims", "texts") else []
    bounded = only == "" and not wanted.is_open
    return Found(
        claims=_claims(view, hits, q, wanted) if only in ("", "claims") else (),
        texts=hits[:SHOWN] if only in ("", "texts") and not bounded else (),
        actors=_actors(desk, view, q) if only in ("", "actors") and not bounded else (),
        places=view.place_lines(q, SHOWN) if only in ("", "places") and not bounded else (),
    )


def _claims(view: SqliteStore, hits: Sequence[Hit], q: str, wanted: ClaimFilter) -> list[Line]:
    """Return the claims of the texts found that hold a word, those that hold most of them first."""
    words = [word.casefold() for word in re.findall(r"\w+", q)]
    found: list[tuple[int, int, Claim]] = []
    for rank, hit in enumerate(hits):
        for claim in view.claims(hit.document):
            told = claim.content.quote.casefold()
            held = sum(word in told for word in words)
            if held and wanted.matches(claim, hit.number):
                found.append((-held, rank, claim))
    found.sort(key=lambda one: one[:2])
    shown = [claim for _, _, claim in found[:SHOWN]]
    homes = view.homes([claim.id for claim in shown])
    documents = {claim.document: view.document(claim.document) for claim in shown}
    pairs = ((claim, documents[claim.document]) for claim in shown)
    return [Line(claim, stored, "", homes.get(claim.id)) for claim, stored in pairs if stored is not None]


def _actors(desk: Desk, view: SqliteStore, q: str) -> list[ActorLine]:
    """Return the actors whose names hold the words, then the words that name nobody known."""
    return [line for known in (True, False) for line in actor_lines(desk, view, q, known=known)][:SHOWN]


def pieces(snippet: str) -> Iterator[tuple[str, bool]]:
    """Yield a snippet in pieces, each with whether it holds a word that was looked for."""
    for part in re.split("(\x02[^\x03]*\x03?)", snippet):
        if part:
            yield part.strip("\x02\x03"), part.startswith("\x02")


def _json(found: Found) -> dict[str, Any]:
    return {
        "claims": [
            {"document": line.stored.document.id, "number": line.stored.number, "incident": line.incident}
            | dict(claim_json(line.claim))
            for line in found.claims
        ],
        "texts": [
            {
                "number": hit.number,
                "document": hit.document,
                "title": hit.title,
                "publisher": hit.publisher,
                "published": hit.published,
                "snippet": "".join(words for words, _ in pieces(hit.snippet)),
                "incidents": list(hit.incidents),
            }
            for hit in found.texts
        ],
        "actors": [{"id": a.id, "name": a.name, "claims": a.claims, "told": a.told} for a in found.actors],
        "places": [{"name": p.name, "country": p.country, "claims": p.claims} for p in found.places],
    }
