"""The log: every decision that people made, the newest first, with what it changed and whether it still holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Request
from starlette.responses import Response

from reportedly.app.history import said
from reportedly.app.pages import csv_answer, desk_of, json_answer, page
from reportedly.app.paging import read_paging
from reportedly.model.judgement import Judgement
from reportedly.review.entries import COLUMNS, entry_json, entry_row
from reportedly.store import SqliteStore

router = APIRouter()


@router.get("/log.json", tags=["ledger"], summary="Every decision, the newest first, page by page.")
def log_json(request: Request) -> Response:
    """List the entries as JSON."""
    with desk_of(request).view() as view:
        found = _entries(view, request.query_params)
    paging = read_paging(request.query_params, len(found))
    entries = [entry_json(entry) for entry in paging.cut(found)]
    return json_answer({"total": paging.total, "page": paging.page, "pages": paging.pages, "entries": entries})


@router.get("/log.csv", include_in_schema=False)
def log_csv(request: Request) -> Response:
    """List all entries that fit as a table."""
    with desk_of(request).view() as view:
        rows = [entry_row(entry) for entry in _entries(view, request.query_params)]
    return csv_answer(COLUMNS, rows, "log.csv")


@router.get("/log", include_in_schema=False)
def log(request: Request) -> Response:
    """Show the entries with a button that takes one back."""
    query = request.query_params
    with desk_of(request).view() as view:
        everything = view.judgements(in_force=False)
        found = _entries(view, query)
        paging = read_paging(query, len(found))
        shown = paging.cut(found)
        numbers = _numbers(view, shown)
    return page(
        request,
        "log.html",
        title="Log",
        entries=shown,
        paging=paging,
        numbers=numbers,
        said={entry.id: said(entry) for entry in shown},
        who=[(name, name) for name in sorted({entry.who for entry in everything})],
        kinds=[(kind, kind.replace("_", " ")) for kind in sorted({entry.kind for entry in everything})],
        chosen={key: query.get(key, "") for key in ("who", "kind", "document", "state")},
    )


def _entries(view: SqliteStore, query: Mapping[str, str]) -> list[Judgement]:
    """Return the entries that fit, the newest first."""
    found = [entry for entry in view.judgements(in_force=False) if _fits(entry, query)]
    return found[::-1]


def _fits(entry: Judgement, query: Mapping[str, str]) -> bool:
    state = query.get("state", "")
    wanted = (
        ("who", {entry.who}),
        ("kind", {entry.kind}),
        ("document", {anchor.document for anchor in (entry.left, entry.right) if anchor}),
    )
    if any(query.get(key) and query[key] not in held for key, held in wanted):
        return False
    return not state or state in _states(entry)


def _states(entry: Judgement) -> set[str]:
    """Return the words by which an entry's state can be asked for."""
    if entry.undone_by is not None:
        return {"taken back"}
    named = (("blind", entry.blind), ("conflict", entry.conflicts is not None), ("holds", entry.takes_effect))
    return {word for word, true in named if true}


def _numbers(view: SqliteStore, entries: Sequence[Judgement]) -> dict[str, int]:
    """Return the numbers of the documents that the entries speak of."""
    keys = dict.fromkeys(a.document for entry in entries for a in (entry.left, entry.right) if a)
    found = ((key, view.document(key)) for key in keys)
    return {key: stored.number for key, stored in found if stored is not None}
