"""The list of claims: who says what of whom, in which state of review, filtered by the address and page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from reportedly.app.claimfilter import (
    CLAIMANT_KINDS,
    MODALITIES,
    OUTCOMES,
    STANCES,
    STATES,
    ClaimFilter,
    read_claim_filter,
)
from reportedly.app.desk import Desk
from reportedly.app.pages import csv_answer, desk_of, json_answer, page
from reportedly.app.paging import Paging, read_paging
from reportedly.app.routes.incidents import type_choices
from reportedly.contract import claim_json
from reportedly.exports.evidence import evidence_of
from reportedly.exports.tables import CLAIM_COLUMNS, claim_row
from reportedly.model.claim import Claim
from reportedly.store import SqliteStore
from reportedly.store.base import ClaimKey, ClaimsWanted, StoredDocument
from reportedly.store.decided import ClaimReview, edited

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What people decided, claim by claim: the state of each, and those that are no longer as they were read."""

    states: Mapping[str, str]
    changed: Mapping[ClaimKey, Claim]


@dataclass(frozen=True, slots=True)
class Line:
    """A claim of the list with its document, state and incident."""

    claim: Claim
    stored: StoredDocument
    state: str
    incident: str | None


@router.get("/claims.json", tags=["claims"], summary="Claims that a filter lets through, page by page.")
def claims_json(request: Request) -> Response:
    """List claims as the contract's JSON, with number of document, state and incident."""
    desk = desk_of(request)
    with desk.view() as view:
        paging, keys = part(desk, view, read_claim_filter(request.query_params), request.query_params)
        found = [_json(line) for line in lines(desk, view, keys)]
    return json_answer({"total": paging.total, "page": paging.page, "pages": paging.pages, "claims": found})


@router.get("/claims.csv", include_in_schema=False)
def claims_csv(request: Request) -> Response:
    """List all that fit as a table, with the columns of the export and the state of review."""
    desk = desk_of(request)
    with desk.view() as view:
        keys = fitting(desk, view, read_claim_filter(request.query_params))
        columns = [*(column.name for column in CLAIM_COLUMNS), "review"]
        return csv_answer(columns, (_row(line) for line in lines(desk, view, keys)), "claims.csv")


@router.get("/claims", include_in_schema=False)
def claims(request: Request) -> Response:
    """Show the list."""
    desk = desk_of(request)
    wanted = read_claim_filter(request.query_params)
    with desk.view() as view:
        paging, keys = part(desk, view, wanted, request.query_params)
        shown = list(lines(desk, view, keys))
    return page(
        request,
        "claims.html",
        title="Claims",
        filter=wanted,
        paging=paging,
        lines=shown,
        types=type_choices(desk.rooms.event_types()),
        choices={
            "outcome": OUTCOMES,
            "kind": CLAIMANT_KINDS,
            "stance": STANCES,
            "modality": MODALITIES,
            "status": STATES,
        },
    )


def fitting(desk: Desk, view: SqliteStore, wanted: ClaimFilter) -> list[ClaimKey]:
    """Return where the claims stand that fit as they are after review, in the order of documents and texts."""
    asked, extra = _asked(desk, view, wanted)
    return sorted([*view.claim_keys(asked), *extra])


def part(
    desk: Desk, view: SqliteStore, wanted: ClaimFilter, query: Mapping[str, str]
) -> tuple[Paging, Sequence[ClaimKey]]:
    """Return the page that the query asks for. Where people changed none that fit, only that page is read."""
    asked, extra = _asked(desk, view, wanted)
    if extra:
        keys = sorted([*view.claim_keys(asked), *extra])
        paging = read_paging(query, len(keys))
        return paging, paging.cut(keys)
    paging = read_paging(query, view.claim_count(asked))
    return paging, view.claim_keys(asked, paging.first, paging.limit)


def _asked(desk: Desk, view: SqliteStore, wanted: ClaimFilter) -> tuple[ClaimsWanted, list[ClaimKey]]:
    """Return what the store is to be asked, and the claims that fit as people changed or wrote them."""
    reviewed = desk.remember("reviewed", view.state(), lambda: _reviewed(view))
    changed = frozenset(key[2] for key in reviewed.changed)
    if wanted.status in ("", "proposed"):
        decided = {key for key, state in reviewed.states.items() if state != "proposed"} if wanted.status else set()
        asked = wanted.wanted(None, changed | decided)
    else:
        asked = wanted.wanted(_in_state(reviewed, wanted.status) - changed, frozenset())
    extra = [
        key
        for key, claim in reviewed.changed.items()
        if wanted.status in ("", reviewed.states.get(key[2], "proposed")) and wanted.matches(claim, key[0])
    ]
    return asked, extra


def _in_state(reviewed: Reviewed, status: str) -> frozenset[str]:
    return frozenset(key for key, state in reviewed.states.items() if state == status)


def _reviewed(view: SqliteStore) -> Reviewed:
    """Read the decisions on claims. Claims on which nobody decided are not looked at."""
    decisions = view.decisions()
    states: dict[str, str] = {}
    changed: dict[ClaimKey, Claim] = {}
    for document in sorted(decisions.documents):
        stored = view.document(document)
        if stored is None:
            continue
        text = stored.document.text
        written = decisions.written(stored.document.id, lambda text=text: text)  # type: ignore[misc]
        read = list(view.claims(stored.document.id, as_read=True))
        reviews = decisions.reviews(stored.document.id, [*read, *written])
        for claim in (*read, *written):
            review = reviews.get(claim.id, ClaimReview())
            states[claim.id] = "edited" if review.edits and review.status == "accepted" else review.status
            if review.edits or claim in written:
                standing = edited(claim, ClaimReview("accepted", review.edits)) or claim
                changed[stored.number, claim.trigger.start, claim.id] = standing
    return Reviewed(states, changed)


def lines(desk: Desk, view: SqliteStore, keys: Sequence[ClaimKey]) -> Iterator[Line]:
    """Yield the claims at these keys, each document read once."""
    reviewed = desk.remember("reviewed", view.state(), lambda: _reviewed(view))
    for number, group in groupby(keys, key=lambda key: key[0]):
        stored = view.document(str(number))
        for key in group:
            claim = reviewed.changed.get(key) or view.claim(key[2], as_read=True)
            if stored is not None and claim is not None:
                home = view.homes([claim.id]).get(claim.id)
                yield Line(claim, stored, reviewed.states.get(claim.id, "proposed"), home)


def _json(line: Line) -> dict[str, Any]:
    place = {"document": line.stored.document.id, "number": line.stored.number}
    return {**place, **claim_json(line.claim), "status": line.state, "incident": line.incident}


def _row(line: Line) -> dict[str, object]:
    document = line.stored.document
    return {
        **claim_row(line.claim, document, line.incident, evidence_of(document, line.claim)),
        "review": line.state,
    }
