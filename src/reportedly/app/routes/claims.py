"""The list of claims: who says what of whom, in which state of review, filtered by the address and page by page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
from reportedly.app.pages import csv_answer, desk_of, json_answer, page
from reportedly.app.paging import Paging, read_paging
from reportedly.app.routes.incidents import type_choices
from reportedly.contract import claim_json
from reportedly.exports.evidence import evidence_of
from reportedly.exports.tables import CLAIM_COLUMNS, claim_row
from reportedly.model.claim import Claim
from reportedly.store import SqliteStore
from reportedly.store.answers import ClaimKey, StoredDocument

router = APIRouter()


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
    with desk_of(request).view() as view:
        paging, keys = part(view, read_claim_filter(request.query_params), request.query_params)
        found = [_json(line) for line in lines(view, keys)]
    return json_answer({"total": paging.total, "page": paging.page, "pages": paging.pages, "claims": found})


@router.get("/claims.csv", include_in_schema=False)
def claims_csv(request: Request) -> Response:
    """List all that fit as a table, with the columns of the export and the state of review."""
    with desk_of(request).view() as view:
        keys = view.claim_keys(read_claim_filter(request.query_params).wanted())
        columns = [*(column.name for column in CLAIM_COLUMNS), "review"]
        return csv_answer(columns, (_row(line) for line in lines(view, keys)), "claims.csv")


@router.get("/claims", include_in_schema=False)
def claims(request: Request) -> Response:
    """Show the list."""
    desk = desk_of(request)
    wanted = read_claim_filter(request.query_params)
    with desk.view() as view:
        paging, keys = part(view, wanted, request.query_params)
        shown = list(lines(view, keys))
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


def part(view: SqliteStore, wanted: ClaimFilter, query: Mapping[str, str]) -> tuple[Paging, list[ClaimKey]]:
    """Return the page that the query asks for, and the claims on it."""
    asked = wanted.wanted()
    paging = read_paging(query, view.claim_count(asked))
    return paging, view.claim_keys(asked, paging.first, paging.limit)


def lines(view: SqliteStore, keys: Iterable[ClaimKey]) -> Iterator[Line]:
    """Yield the claims at these keys as they stand, each document read once."""
    for number, group in groupby(keys, key=lambda key: key.document):
        stored = view.document(str(number))
        for key in group:
            claim = view.standing(key.id)
            if stored is not None and claim is not None:
                yield Line(claim, stored, key.state, view.homes([claim.id]).get(claim.id))


def _json(line: Line) -> dict[str, Any]:
    place = {"document": line.stored.document.id, "number": line.stored.number}
    return {**place, **claim_json(line.claim), "status": line.state, "incident": line.incident}


def _row(line: Line) -> dict[str, object]:
    document = line.stored.document
    return {
        **claim_row(line.claim, document, line.incident, evidence_of(document, line.claim)),
        "review": line.state,
    }
