"""Previews that publishers can live with, and the quote budget of the whole case."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, HTTPException, Request
from markupsafe import Markup
from starlette.responses import Response

from reportedly.app.desk import Desk
from reportedly.app.pages import csv_answer, desk_of, json_answer, page
from reportedly.app.paging import Paging, read_paging
from reportedly.contract import PreviewJson
from reportedly.exports.articles import news_article, script_safe
from reportedly.exports.spending import Spending, spending
from reportedly.exports.words import rights_words
from reportedly.model.document import Document
from reportedly.store import SqliteStore
from reportedly.store.answers import DocumentsWanted, StoredDocument

router = APIRouter()
COLUMNS = (
    *("number", "document", "title", "publisher", "words_total", "limit", "preview", "quoted", "both", "over"),
    *("quotes", "withheld", "rights"),
)


@router.get("/documents/{number}/preview.json", tags=["documents"], summary="A document's publisher-friendly preview.")
def preview_json(request: Request, number: int) -> Response:
    """Return the contract's preview."""
    desk = desk_of(request)
    with desk.view() as view:
        return json_answer(_preview(desk, _stored(view, number).document))


@router.get("/documents/{number}/preview.jsonld", include_in_schema=False)
def preview_jsonld(request: Request, number: int) -> Response:
    """Return the article as schema.org describes it."""
    desk = desk_of(request)
    with desk.view() as view:
        document = _stored(view, number).document
    body = script_safe(news_article(document, _preview(desk, document)))
    return Response(body, media_type="application/ld+json")


@router.get("/documents/{number}/preview", include_in_schema=False)
def preview(request: Request, number: int) -> Response:
    """Show the preview with who wrote it, the way to the publisher, and what of the budget is spent."""
    desk = desk_of(request)
    with desk.view() as view:
        stored = _stored(view, number)
        spent = _spending(view, desk, stored)
    made = _preview(desk, stored.document)
    article = Markup(script_safe(news_article(stored.document, made)))
    return page(
        request,
        "preview.html",
        title=f"Preview: {stored.document.title or stored.document.id}",
        stored=stored,
        document=stored.document,
        made=made,
        paragraphs=[part for part in made["excerpt"].split("\n\n") if part],
        article=article,
        spent=spent,
        rights=rights_words(stored.document.rights),
    )


@router.get("/budget.json", tags=["documents"], summary="Words shown of each document, and how many may be.")
def budget_json(request: Request) -> Response:
    """Return a page of the budget as JSON."""
    paging, rows = _rows(request)
    shown = [_row(row) for row in rows]
    return json_answer({"total": paging.total, "page": paging.page, "pages": paging.pages, "documents": shown})


@router.get("/budget.csv", include_in_schema=False)
def budget_csv(request: Request) -> Response:
    """Return the budget of every document as a table."""
    desk = desk_of(request)
    with desk.view() as view:
        rows = (_row(_spending(view, desk, stored)) for stored in list(view.documents()))
        return csv_answer(COLUMNS, rows, "budget.csv")


@router.get("/budget", include_in_schema=False)
def budget(request: Request) -> Response:
    """Show the budget."""
    paging, rows = _rows(request)
    options = desk_of(request).options
    return page(request, "budget.html", title="Quote budget", paging=paging, rows=rows, options=options)


def _preview(desk: Desk, document: Document) -> PreviewJson:
    if desk.rooms.preview is None:
        raise HTTPException(501, "This desk makes no previews.")
    return desk.rooms.preview(document)


def _stored(view: SqliteStore, number: int) -> StoredDocument:
    stored = view.document(str(number)) if 0 <= number < 2**62 else None
    if stored is None:
        raise HTTPException(404, f"There is no document {number} in the case.")
    return stored


def _rows(request: Request) -> tuple[Paging, Sequence[Spending]]:
    desk = desk_of(request)
    with desk.view() as view:
        wanted = DocumentsWanted()
        paging = read_paging(request.query_params, view.document_count(wanted))
        lines = view.document_lines(wanted, paging.first, paging.last - paging.first)
        documents = (view.document(line.id) for line in lines)
        return paging, [_spending(view, desk, stored) for stored in documents if stored is not None]


def _spending(view: SqliteStore, desk: Desk, stored: StoredDocument) -> Spending:
    claims = list(view.claims(stored.document.id))
    homes = view.homes([claim.id for claim in claims])
    records = {key: record for key in set(homes.values()) if (record := view.incident(key)) is not None}
    known = {claim: records[home] for claim, home in homes.items() if home in records}
    return spending(stored, claims, known, desk.options, lambda document: _preview(desk, document)["excerpt"])


def _row(spent: Spending) -> dict[str, object]:
    document = spent.stored.document
    return {
        "number": spent.stored.number,
        "document": document.id,
        "title": document.title,
        "publisher": document.publisher,
        "words_total": spent.total,
        "limit": spent.limit,
        "preview": spent.preview,
        "quoted": spent.quoted,
        "both": spent.both,
        "over": spent.over,
        "quotes": spent.quotes,
        "withheld": spent.withheld,
        "rights": rights_words(document.rights),
    }
