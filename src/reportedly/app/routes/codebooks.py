"""Codebooks: which there are, and the rows that one would write for the incidents of the case, with the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from reportedly.app.coded import coded, short, trace
from reportedly.app.desk import BookCover, Coded, Desk
from reportedly.app.filters import read_filter
from reportedly.app.pages import csv_answer, desk_of, json_answer, page
from reportedly.app.paging import Paging, read_paging
from reportedly.app.routes.incidents import fitting, read, type_choices
from reportedly.contract import dumps
from reportedly.model.incident import IncidentRecord
from reportedly.store import SqliteStore

router = APIRouter()
# Incidents of a page: coding one takes some milliseconds.
CODED = 50
EXPLAINING = ("_claims", "_confidence", "_trace")


@dataclass(frozen=True, slots=True)
class RuleUse:
    """A rule, its sentence, and how many values of the rows shown it gave."""

    rule: str
    because: str
    times: int


@router.get("/codebooks.json", tags=["codebooks"], summary="The codebooks, with their columns and rules.")
def codebooks_json(request: Request) -> Response:
    """List the books."""
    books = desk_of(request).rooms.books()
    return json_answer({"codebooks": [_cover_json(book) for book in books.values()]})


@router.get("/codebooks", include_in_schema=False)
def codebooks(request: Request) -> Response:
    """Show the books."""
    return page(request, "codebooks.html", title="Codebooks", books=desk_of(request).rooms.books())


@router.get("/codebooks/{name}.json", tags=["codebooks"], summary="Rows of one book, page by page, with their traces.")
def codebook_json(request: Request, name: str) -> Response:
    """Return the rows of the incidents on a page of the list, and what the book cannot say of them."""
    desk = desk_of(request)
    book = _book(desk, name)
    with desk.view() as view:
        paging, _, made = _page(desk, view, request, name)
    answer = {
        "codebook": _cover_json(book),
        "page": paging.page,
        "pages": paging.pages,
        "incidents": paging.total,
        "rows": [{**row, "_trace": trace(row, book)} for row in made.rows],
        "warnings": [{"incident": incident, "message": words} for incident, words in made.warnings],
    }
    return json_answer(answer)


@router.get("/codebooks/{name}.csv", include_in_schema=False)
def codebook_csv(request: Request, name: str) -> Response:
    """Return all rows that fit in the book's own columns; with `explain=1` also claims, confidence and rules."""
    desk = desk_of(request)
    book = _book(desk, name)
    columns = [*book.columns, *(EXPLAINING if request.query_params.get("explain") == "1" else ())]
    with desk.view() as view:
        rows = [{column: _flat(row.get(column)) for column in columns} for row in _all(desk, view, request, name).rows]
    return csv_answer(columns, rows, f"{name}.csv")


@router.get("/codebooks/{name}.jsonl", include_in_schema=False)
def codebook_jsonl(request: Request, name: str) -> Response:
    """Return all rows that fit, one JSON object a line: the layout of books whose values are nested."""
    desk = desk_of(request)
    book = _book(desk, name)
    with desk.view() as view:
        rows = _all(desk, view, request, name).rows
    lines = "".join(dumps({column: row.get(column) for column in book.columns}) + "\n" for row in rows)
    head = {"Content-Disposition": f'attachment; filename="{name}.jsonl"'}
    return Response(lines.encode("utf-8", "replace"), media_type="application/x-ndjson", headers=head)


@router.get("/codebooks/{name}", include_in_schema=False)
def codebook(request: Request, name: str) -> Response:
    """Show the rows of one book."""
    desk = desk_of(request)
    book = _book(desk, name)
    with desk.view() as view:
        paging, records, made = _page(desk, view, request, name)
    home = {claim: record for record in records for claim in record.claims}
    return page(
        request,
        "codebook.html",
        title=book.title,
        book=book,
        filter=read_filter(request.query_params),
        paging=paging,
        rows=[(_home(row, home), row) for row in made.rows],
        titles={record.id: record.title for record in records},
        warnings=made.warnings,
        rules=list(_rules(made.rows, book)),
        types=type_choices(desk.rooms.event_types()),
        short=short,
    )


def _book(desk: Desk, name: str) -> BookCover:
    book = desk.rooms.books().get(name)
    if book is None:
        known = ", ".join(desk.rooms.books())
        raise HTTPException(404, f"There is no codebook {name}; known are {known or 'none'}.")
    return book


def _page(desk: Desk, view: SqliteStore, request: Request, name: str) -> tuple[Paging, list[IncidentRecord], Coded]:
    """Code the incidents of one page: rows of an incident do not depend on others, but for what a book leaves out."""
    keys = fitting(desk, view, read_filter(request.query_params), request.query_params.get("sort", ""))
    paging = read_paging(request.query_params, len(keys), CODED)
    records = list(read(view, paging.cut(keys)))
    return paging, records, _coded(desk, view, name, records)


def _all(desk: Desk, view: SqliteStore, request: Request, name: str) -> Coded:
    keys = fitting(desk, view, read_filter(request.query_params), request.query_params.get("sort", ""))
    return _coded(desk, view, name, list(read(view, keys)))


def _coded(desk: Desk, view: SqliteStore, name: str, records: Sequence[IncidentRecord]) -> Coded:
    claims = [claim for record in records for key in record.claims if (claim := view.claim(key)) is not None]
    names = dict.fromkeys(document for record in records for document in record.documents)
    documents = {key: stored.document for key in names if (stored := view.document(key)) is not None}
    return coded(desk, name, records, claims, documents)


def _home(row: Mapping[str, Any], homes: Mapping[str, IncidentRecord]) -> str:
    return next((homes[claim].id for claim in row["_claims"] if claim in homes), "")


def _rules(rows: Sequence[Mapping[str, Any]], book: BookCover) -> Iterator[RuleUse]:
    steps = [step for row in rows for step in trace(row, book)]
    sentences = {step["rule"]: step["because"] for step in steps}
    for rule, times in sorted(Counter(step["rule"] for step in steps).items()):
        yield RuleUse(rule, sentences[rule], times)


def _flat(value: object) -> object:
    return dumps(value) if isinstance(value, list | tuple | dict) else value


def _cover_json(book: BookCover) -> dict[str, Any]:
    return {
        "name": book.name,
        "title": book.title,
        "version": book.version,
        "columns": list(book.columns),
        "rules": dict(book.rules),
    }
