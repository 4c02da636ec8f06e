"""Runs: which use of which version of the program brought what into the case, and what it could not read."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from reportedly.app.pages import csv_answer, desk_of, json_answer, page
from reportedly.model.rejected import Rejected
from reportedly.store import SqliteStore
from reportedly.store.answers import Run, RunDocument

router = APIRouter()
COLUMNS = ("run", "command", "program", "started", "finished", "added", "updated", "unchanged", "rejected")


@router.get("/runs.json", tags=["ledger"], summary="The runs that wrote into the case, the newest first.")
def runs_json(request: Request) -> Response:
    """List the runs as JSON."""
    with desk_of(request).view() as view:
        return json_answer({"runs": [_run_row(run) for run in _newest(view)]})


@router.get("/runs.csv", include_in_schema=False)
def runs_csv(request: Request) -> Response:
    """List the runs as a table."""
    with desk_of(request).view() as view:
        return csv_answer(COLUMNS, [_run_row(run) for run in _newest(view)], "runs.csv")


@router.get("/runs", include_in_schema=False)
def runs(request: Request) -> Response:
    """Show the runs."""
    with desk_of(request).view() as view:
        return page(request, "runs.html", title="Runs", runs=_newest(view), counts=view.counts())


@router.get("/runs/{number}.json", tags=["ledger"], summary="One run: what it stored and what it could not read.")
def run_json(request: Request, number: int) -> Response:
    """Return a run as JSON."""
    with desk_of(request).view() as view:
        run, documents, refused = _found(view, number)
    stored = [
        {
            "number": one.number,
            "document": one.document,
            "title": one.title,
            "version": one.version,
            "superseded": one.superseded,
            "claims": one.claims,
        }
        for one in documents
    ]
    bad = [{"where": item.where, "reason": item.reason} for item in refused]
    return json_answer({**_run_row(run), "documents": stored, "could_not_be_read": bad})


@router.get("/runs/{number}", include_in_schema=False)
def run_page(request: Request, number: int) -> Response:
    """Show one run."""
    with desk_of(request).view() as view:
        run, documents, refused = _found(view, number)
    return page(request, "run.html", title=f"Run {number}", run=run, documents=documents, refused=refused)


def _newest(view: SqliteStore) -> list[Run]:
    return view.runs()[::-1]


def _found(view: SqliteStore, number: int) -> tuple[Run, Sequence[RunDocument], Sequence[Rejected]]:
    run = next((run for run in view.runs() if run.number == number), None)
    if run is None:
        raise HTTPException(404, f"There is no run {number} in the case.")
    return run, view.run_documents(number), view.run_rejected(number)


def _run_row(run: Run) -> dict[str, object]:
    counts = run.counts
    return {
        "run": run.number,
        "command": run.command,
        "program": run.program,
        "started": run.started,
        "finished": run.finished,
        "added": counts.added,
        "updated": counts.updated,
        "unchanged": counts.unchanged,
        "rejected": counts.rejected,
    }
