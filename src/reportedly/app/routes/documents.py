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

from reportedly.app.marks import blocks
from reportedly.app.pages import csv_answer, desk_of, environment, json_answer, page
from reportedly.app.paging import read_paging
from reportedly.app.security import token_fits
from reportedly.contract import claim_json, document_json, relation_json
from reportedly.model.attribution import Stance
from reportedly.model.claim import Claim, Modality
from reportedly.model.incident import IncidentRecord
from reportedly.model.judgement import ClaimLink
from reportedly.model.toll import Outcome, Qualifier, VictimClass
from reportedly.review import edited
from reportedly.store import SqliteStore
from reportedly.store.base import StoredDocument
from reportedly.store.decided import ClaimReview, Decisions

router = APIRouter()
OUTCOMES: tuple[str, ...] = get_args(Outcome)
QUALIFIERS: tuple[str, ...] = get_args(Qualifier)
VICTIM_CLASSES: tuple[str, ...] = get_args(VictimClass)
STANCES: tuple[str, ...] = get_args(Stance)
MODALITIES: tuple[str, ...] = get_args(Modality)
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
        return json_answer({"documents": list(_rows(view, request.query_params))})


@router.get("/documents.csv", include_in_schema=False)
def documents_csv(request: Request) -> Response:
    """List the documents as a table."""
    with desk_of(request).view() as view:
        return csv_answer(COLUMNS, list(_rows(view, request.query_params)), "documents.csv")


@router.get("/documents", include_in_schema=False)
def documents(request: Request) -> Response:
    """Show the list with its facets."""
    with desk_of(request).view() as view:
        everything = list(_rows(view, {}))
    rows = [row for row in everything if _let_through(row, request.query_params)]
    paging = read_paging(request.query_params, len(rows))
    facets = {
        key: sorted({str(row[key]) for row in everything if row[key]}) for key in ("publisher", "access", "language")
    }
    return page(
        request,
        "documents.html",
        title="Documents",
        rows=paging.cut(rows),
        paging=paging,
        facets=facets,
        chosen=dict(request.query_params),
        total=len(everything),
    )


def _rows(view: SqliteStore, query: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield the documents that the query lets through."""
    decided = view.decisions()
    counts = view.claim_counts()
    for document in view.document_lines():
        done = _decided(view, decided, document.id)
        row = {
            "number": document.number,
            "id": document.id,
            "title": document.title,
            "publisher": document.publisher,
            "published": document.published,
            "access": document.access,
            "language": document.language,
            "words": document.words,
            "claims": counts.get(document.id, 0),
            "waiting": max(0, counts.get(document.id, 0) - done),
            "finished": decided.finished(document.id),
        }
        if _let_through(row, query):
            yield row


def _decided(view: SqliteStore, decisions: Decisions, document: str) -> int:
    """Count the claims of a document that people accepted or rejected."""
    if document not in decisions.documents:
        return 0
    reviews = decisions.reviews(document, list(view.claims(document, as_read=True)))
    return sum(review.status in {"accepted", "rejected"} for review in reviews.values())


def _let_through(row: Mapping[str, Any], query: Mapping[str, str]) -> bool:
    for key in ("publisher", "access", "language"):
        if query.get(key) and str(row[key]) != query[key]:
            return False
    day = str(row["published"] or "")[:10]
    if query.get("from") and day < query["from"]:
        return False
    if query.get("to") and (not day or day > query["to"]):
        return False
    state = query.get("state")
    return not state or (state == "finished") == bool(row["finished"])


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
        decided = view.decisions()
        shown = older or stored
        neighbours = view.documents_beside(stored.document.id)
        values = {
            "stored": shown,
            "document": shown.document,
            "versions": versions,
            "blocks": blocks(shown.document, (card.claim for card in cards)),
            "cards": cards,
            "chosen": claim or next((c.claim.id for c in cards if c.review.status == "proposed"), ""),
            "incidents": _incidents(view, cards),
            "finished": decided.finished(shown.document.id),
            "orphans": decided.orphans(shown.document.id, [card.read for card in cards]) if older is None else [],
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
        stored = _stored(view, number)
        cards = _cards(view, stored, desk.who if blind else "")
        found = next((c for c in cards if c.claim.id == claim), None)
        if found is None:
            raise HTTPException(404, f"There is no claim {claim} in document {number}.")
        values = {"card": found, "stored": stored, "seen": view.newest(), "blind": blind}
        everything = values | {"desk": desk, "chosen": claim} | choices(desk.rooms.event_types())
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
        "reasons": REASONS,
        "relations": RELATIONS,
        "common_types": [kind for kind in COMMON_TYPES if kind in event_types],
    }


def _stored(view: SqliteStore, number: int) -> StoredDocument:
    stored = view.document(str(number)) if 0 <= number < 2**62 else None
    if stored is None:
        raise HTTPException(404, f"There is no document {number} in the case.")
    return stored


def _cards(view: SqliteStore, stored: StoredDocument, blind_of: str = "") -> list[Card]:
    """The claims of a document in the order of the text; with `blind_of`, what that second coder alone decided."""
    key = stored.document.id
    read = list(view.claims(key, as_read=True))
    decided = Decisions(view.judgements(), blind_of=blind_of) if blind_of else view.decisions()
    everything = [*read, *decided.written(key, lambda: stored.document.text)]
    reviews = decided.reviews(key, everything)
    homes = view.homes([claim.id for claim in everything])
    everything.sort(key=lambda claim: (claim.trigger.start, claim.content.start, claim.id))
    return [
        Card(_standing(claim, reviews), claim, reviews.get(claim.id, ClaimReview()), homes.get(claim.id), number)
        for number, claim in enumerate(everything, 1)
    ]


def _standing(claim: Claim, reviews: Mapping[str, ClaimReview]) -> Claim:
    """The claim with its edits, also where it was rejected."""
    review = reviews.get(claim.id)
    if review is None or not review.edits:
        return claim
    return edited(claim, ClaimReview("accepted", review.edits)) or claim


def _incidents(view: SqliteStore, cards: Sequence[Card]) -> list[IncidentRecord]:
    keys = dict.fromkeys(card.incident for card in cards if card.incident)
    return [record for key in keys if (record := view.incident(key)) is not None]
