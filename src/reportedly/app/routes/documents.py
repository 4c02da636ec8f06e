"""Documents: the list, and the review screen: text with its marks on the left, claims on the right, incidents below."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, get_args

from fastapi import APIRouter, File, Form, HTTPException, Request, UploadFile
from starlette.responses import HTMLResponse, Response

from reportedly.app.claimfilter import MODALITIES, OUTCOMES, STANCES
from reportedly.app.marks import blocks
from reportedly.app.pages import csv_answer, desk_of, environment, json_answer, page, wording
from reportedly.app.paging import read_paging
from reportedly.app.security import token_fits
from reportedly.contract import claim_json, document_json, relation_json
from reportedly.model.actor import ACTOR_KINDS
from reportedly.model.claim import Claim
from reportedly.model.incident import IncidentRecord
from reportedly.model.judgement import Anchor, ClaimLink
from reportedly.model.place import PlacePrecision
from reportedly.model.toll import Qualifier, VictimClass
from reportedly.store import SqliteStore
from reportedly.store.answers import DocumentsWanted, StoredDocument
from reportedly.store.decided import ClaimReview, with_edits
from reportedly.store.grouping import anchor_of

router = APIRouter()
QUALIFIERS: tuple[str, ...] = get_args(Qualifier)
VICTIM_CLASSES: tuple[str, ...] = get_args(VictimClass)
PRECISIONS: tuple[str, ...] = get_args(PlacePrecision)
RELATIONS: tuple[str, ...] = get_args(ClaimLink)
# What the keys 1 to 9 set: the types that conflict desks meet most.
COMMON_TYPES = (
    *("attack.armed", "battle.clash", "attack.ambush", "strike.air", "strike.drone", "strike.shelling"),
    *("explosion.bombing", "abduction.kidnapping", "attack.killing"),
)
REASONS = ("not in text", "wrong claimant", "wrong number", "wrong event", "duplicate", "other")
COLUMNS = (
    *("number", "id", "title", "publisher", "published", "access", "language", "words"),
    *("claims", "waiting", "finished"),
)


@dataclass(frozen=True, slots=True)
class Card:
    """A claim as the review screen shows it: as it stands, as it was read, what was decided, and its incident."""

    claim: Claim
    read: Claim
    review: ClaimReview
    incident: str | None
    number: int

    @property
    def state(self) -> str:
        """The word for its state: edited counts as its own."""
        return "edited" if self.review.edits and self.review.status == "accepted" else self.review.status


@router.get("/documents.json", tags=["documents"], summary="All documents of the case.")
def documents_json(request: Request) -> Response:
    """List the documents as JSON."""
    with desk_of(request).view() as view:
        return json_answer({"documents": _rows(view, _wanted(view, request.query_params))})


@router.get("/documents.csv", include_in_schema=False)
def documents_csv(request: Request) -> Response:
    """List the documents as a table."""
    with desk_of(request).view() as view:
        return csv_answer(COLUMNS, _rows(view, _wanted(view, request.query_params)), "documents.csv")


@router.get("/documents", include_in_schema=False)
def documents(request: Request) -> Response:
    """Show the list with its facets."""
    with desk_of(request).view() as view:
        wanted = _wanted(view, request.query_params)
        paging = read_paging(request.query_params, view.document_count(wanted))
        values: dict[str, Any] = {
            "rows": _rows(view, wanted, paging.first, paging.limit),
            "facets": view.document_facets(),
            "total": view.document_count(DocumentsWanted()),
        }
    chosen = dict(request.query_params)
    return page(request, "documents.html", title="Documents", paging=paging, chosen=chosen, **values)


def _wanted(view: SqliteStore, query: Mapping[str, str]) -> DocumentsWanted:
    """Read which documents are asked for."""
    state = query.get("state", "")
    return DocumentsWanted(
        publisher=query.get("publisher", ""),
        access=query.get("access", ""),
        language=query.get("language", ""),
        since=query.get("from", ""),
        until=query.get("to", ""),
        only=view.finished() if state == "finished" else None,
        beside=view.finished() if state and state != "finished" else frozenset(),
    )


def _rows(view: SqliteStore, wanted: DocumentsWanted, first: int = 0, limit: int = -1) -> list[dict[str, Any]]:
    """Return the documents that fit, as rows of a table."""
    finished = view.finished()
    return [
        {
            "number": line.number,
            "id": line.id,
            "title": line.title,
            "publisher": line.publisher,
            "published": line.published,
            "access": line.access,
            "language": line.language,
            "words": line.words,
            "claims": line.claims,
            "waiting": line.undecided,
            "finished": line.id in finished,
        }
        for line in view.document_lines(wanted, first, limit)
    ]


@router.post("/documents/add", include_in_schema=False)
def add_documents(
    request: Request, token: Annotated[str, Form(max_length=200)], files: Annotated[list[UploadFile], File()]
) -> Response:
    """Read files that are sent into the case, and say what became of them."""
    desk = desk_of(request)
    if not token_fits(desk, token):
        raise HTTPException(403, "This page is of an earlier run: reload it and try again.")
    if desk.rooms.add is None:
        raise HTTPException(404, "This desk takes no documents.")
    with tempfile.TemporaryDirectory() as work, desk.writing() as store:
        added = desk.rooms.add(store, list(_kept(files, Path(work))))
    return page(request, "added.html", title="Documents added", added=added)


def _kept(files: Sequence[UploadFile], folder: Path) -> Iterator[Path]:
    """Write what was sent into a folder of our own, under its last name alone, and yield the paths."""
    for number, sent in enumerate(files):
        name = re.sub(r"[^\w. -]", "_", (sent.filename or "").replace("\\", "/").rsplit("/", 1)[-1]).strip(". ")
        path = folder / str(number) / (name[-120:] or "document.txt")
        path.parent.mkdir()
        with path.open("wb") as out:
            shutil.copyfileobj(sent.file, out)
        yield path


@router.get("/documents/{number}.json", tags=["documents"], summary="One document with its claims and decisions.")
def document_as_json(request: Request, number: int, coder: str = "") -> Response:
    """Return a document, its text, claims as they stand, states and relations."""
    with desk_of(request).view() as view:
        stored = _stored(view, number)
        cards = _cards(view, stored, coder)
        answer = {
            "document": document_json(stored.document, relevant=stored.relevant),
            "number": stored.number,
            "text": stored.document.text,
            "seen": view.newest(),
            "claims": [{**claim_json(card.claim), "status": card.state, "incident": card.incident} for card in cards],
            "relations": [relation_json(relation) for _, relation in view.relations(stored.document.id)],
        }
    return json_answer(answer)


@router.get("/documents/{number}", include_in_schema=False)
def document(request: Request, number: int, claim: str = "", v: int = 0, blind: bool = False) -> Response:
    """Show the review screen; `v` is an older version of the text, `blind` the second coder's view."""
    desk = desk_of(request)
    with desk.view() as view:
        stored = _stored(view, number)
        versions = view.versions(stored.document.id)
        older = next((one for one in versions if v and one.version == v), None)
        cards = _cards(view, stored, desk.who if blind else "") if older is None else []
        decided = view.decisions(stored.document.id)
        shown = older or stored
        neighbours = view.documents_beside(stored.document.id)
        spots = [anchor_of(card.read) for card in cards]
        values = {
            "stored": shown,
            "number": shown.number,
            "document": shown.document,
            "versions": versions,
            "blocks": blocks(shown.document, (card.claim for card in cards)),
            "cards": cards,
            "chosen": claim or next((c.claim.id for c in cards if c.review.status == "proposed"), ""),
            "incidents": _incidents(view, cards),
            "finished": decided.finished(shown.document.id),
            "orphans": decided.orphans(shown.document.id, spots) if older is None else [],
            "seen": view.newest(),
            "blind": blind,
            "next": neighbours,
            "waiting": sum(card.review.status in {"proposed", "unsure"} for card in cards),
            **choices(desk.rooms.event_types()),
        }
    return page(request, "document.html", title=shown.document.title or shown.document.id, **values)


@router.get("/documents/{number}/card", include_in_schema=False)
def card(request: Request, number: int, claim: str, blind: bool = False) -> Response:
    """Return one claim's card, to take the place of the old one after a decision."""
    desk = desk_of(request)
    with desk.view() as view:
        document = view.document_id(number)
        coded = _coded(view, document or "", desk.who if blind else "")
        place = next((number for number, spot in enumerate(coded.spots, 1) if spot.claim == claim), 0)
        if not place:
            raise HTTPException(404, f"There is no claim {claim} in document {number}.")
        read = coded.written.get(claim) or view.claim(claim, as_read=True)
        assert read is not None, "it stands in the text"
        values = {"card": _card(view, coded, read, place), "number": number, "seen": view.newest(), "blind": blind}
        everything = values | wording(desk) | {"desk": desk, "chosen": ""} | choices(desk.rooms.event_types())
    template = environment().get_template("card.html")
    return HTMLResponse(template.render(**everything).encode("utf-8", "replace"))


def choices(event_types: Mapping[str, Any]) -> dict[str, Any]:
    """What can be chosen on a card."""
    return {
        "event_types": event_types,
        "outcomes": OUTCOMES,
        "qualifiers": QUALIFIERS,
        "victim_classes": VICTIM_CLASSES,
        "stances": STANCES,
        "modalities": MODALITIES,
        "actor_kinds": ACTOR_KINDS,
        "precisions": PRECISIONS,
        "reasons": REASONS,
        "relations": RELATIONS,
        "common_types": [kind for kind in COMMON_TYPES if kind in event_types],
    }


def _stored(view: SqliteStore, number: int) -> StoredDocument:
    stored = view.document(str(number)) if 0 <= number < 2**62 else None
    if stored is None:
        raise HTTPException(404, f"There is no document {number} in the case.")
    return stored


@dataclass(frozen=True, slots=True)
class _Coded:
    """A document's claims in the order of its text by where they stand, what was decided on them, and those written."""

    spots: Sequence[Anchor]
    reviews: Mapping[str, ClaimReview]
    written: Mapping[str, Claim]


def _coded(view: SqliteStore, document: str, blind_of: str = "") -> _Coded:
    """What was decided on a document; with `blind_of`, what that second coder alone decided."""
    decided = view.decisions(document, blind_of=blind_of or None)
    written = {claim.id: claim for claim in decided.written(document, lambda: view.text(document))}
    spots = [*view.spots(document), *map(anchor_of, written.values())]
    return _Coded(sorted(spots, key=lambda spot: (spot.start, spot.claim)), decided.reviews(document, spots), written)


def _cards(view: SqliteStore, stored: StoredDocument, blind_of: str = "") -> list[Card]:
    """The claims of a document in the order of the text."""
    coded = _coded(view, stored.document.id, blind_of)
    claims = {claim.id: claim for claim in view.claims(stored.document.id, as_read=True)} | dict(coded.written)
    return [_card(view, coded, claims[spot.claim], number) for number, spot in enumerate(coded.spots, 1)]


def _card(view: SqliteStore, coded: _Coded, claim: Claim, number: int) -> Card:
    """A claim with its edits, also where it was rejected."""
    review = coded.reviews.get(claim.id, ClaimReview())
    return Card(with_edits(claim, review.edits), claim, review, view.homes([claim.id]).get(claim.id), number)


def _incidents(view: SqliteStore, cards: Sequence[Card]) -> list[IncidentRecord]:
    keys = dict.fromkeys(card.incident for card in cards if card.incident)
    return [record for key in keys if (record := view.incident(key)) is not None]
