"""The report: what it is to be about is chosen here, and the file is made and handed over."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from reportedly.app.pages import desk_of, json_answer, page
from reportedly.app.routes.incidents import type_choices
from reportedly.errors import ReportedlyError, UsageError
from reportedly.exports import write
from reportedly.exports.scope import Scope, Selection, scope_words, select
from reportedly.model.incident import Status
from reportedly.store import SqliteStore

router = APIRouter()
STATUSES: tuple[str, ...] = get_args(Status)
KEYS = ("title", "from", "to", "actor", "country", "type", "status")


@router.get("/report.json", tags=["incidents"], summary="What a report with this scope would hold.")
def report_json(request: Request) -> Response:
    """Count what the scope takes."""
    scope = _scope(request.query_params)
    with desk_of(request).view() as view:
        chosen = select(view, scope)
    counted = _counted(chosen)
    return json_answer({"scope": dict(scope_words(scope)), **counted, "report": f"/report.html{_query(request)}"})


@router.get("/report.html", tags=["incidents"], summary="The report as one HTML file.")
def report_file(request: Request) -> Response:
    """Make the report and hand it over as a file."""
    desk = desk_of(request)
    title = request.query_params.get("title", "")[:200]
    options = replace(desk.options, scope=_scope(request.query_params), title=title)
    out = io.BytesIO()
    with desk.view() as view:
        write(view, "html", out, options)
    name = desk.case.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    safe = "".join(char if char.isascii() and (char.isalnum() or char in "-_") else "-" for char in name) or "case"
    head = {
        "Content-Disposition": f'attachment; filename="{safe}-report.html"',
        # Its styles stand in the file; nothing else may load, and nothing may run.
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    }
    return Response(out.getvalue(), media_type="text/html; charset=utf-8", headers=head)


@router.get("/report", include_in_schema=False)
def report(request: Request) -> Response:
    """Show what can be chosen, what the report would hold, and the button that makes it."""
    desk = desk_of(request)
    scope, problem = _readable(request.query_params)
    with desk.view() as view:
        # Every incident is read for it: what was counted last is kept until the case changes.
        counts = ("report", (view.state(), scope, problem), lambda: _selected(view, scope, problem))
        found, problem = desk.remember(*counts)
    return page(
        request,
        "report.html",
        title="Report",
        chosen={key: request.query_params.get(key, "") for key in KEYS},
        found=found,
        problem=problem,
        wanted=_query(request),
        types=type_choices(desk.rooms.event_types()),
        statuses=[(status, status) for status in STATUSES],
        options=desk.options,
    )


def _scope(query: Mapping[str, str]) -> Scope:
    """Read the scope from the query. Raises UsageError for a day or a status that is none."""
    told = {key: query.get(key, "").strip() for key in KEYS}
    if told["status"] and told["status"] not in STATUSES:
        raise UsageError(f"`{told['status']}` is no status", hint=f"one of: {', '.join(STATUSES)}")
    several = {key: (told[key],) if told[key] else () for key in ("actor", "country", "type")}
    status = cast("Status | None", told["status"] or None)
    return Scope(told["from"], told["to"], several["actor"], several["country"], several["type"], status)


def _readable(query: Mapping[str, str]) -> tuple[Scope, str]:
    """Return the scope, or the whole case and what was wrong with it: the form is shown either way."""
    try:
        return _scope(query), ""
    except UsageError as error:
        return Scope(), str(error)


def _selected(view: SqliteStore, scope: Scope, problem: str) -> tuple[dict[str, Any] | None, str]:
    """Return what the report would hold, or what is wrong with its scope."""
    if problem:
        return None, problem
    try:
        return _counted(select(view, scope)), ""
    except ReportedlyError as error:
        return None, str(error)


def _counted(chosen: Selection) -> dict[str, Any]:
    return {
        "incidents": len(chosen.records),
        "contested": sum(record.status == "contested" for record in chosen.records),
        "documents": len(chosen.documents),
        "left_out": chosen.left_out,
        "undated": chosen.undated,
    }


def _query(request: Request) -> str:
    kept = [(key, value) for key in KEYS if (value := request.query_params.get(key, ""))]
    return "?" + urlencode(kept) if kept else ""
