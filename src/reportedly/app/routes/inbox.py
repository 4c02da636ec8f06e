"""The inbox: what needs a decision, the most telling doubt first, and how far review has come."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from reportedly.app.pages import desk_of, json_answer, page
from reportedly.contract import claim_json
from reportedly.review import Item, queue
from reportedly.store.answers import DocumentsWanted

router = APIRouter()
SHOWN = 100


@router.get("/index.json", tags=["review"], summary="What needs a decision, most pressing first.")
def inbox_json(request: Request, limit: int = SHOWN) -> Response:
    """Return the queue and the progress as JSON."""
    with desk_of(request).view() as view:
        items = queue(view, limit=max(0, min(limit, 10_000)))
        made = view.review_counts()
        documents = view.counts().documents
        counts = {
            "claims": made.claims,
            "accepted": made.accepted,
            "rejected": made.rejected,
            "edited": made.edited,
            "documents": documents,
            "finished": made.finished,
        }
    return json_answer({"progress": counts, "items": [_item_json(item) for item in items]})


@router.get("/", include_in_schema=False)
def inbox(request: Request) -> Response:
    """Show the queue."""
    with desk_of(request).view() as view:
        items = queue(view, limit=SHOWN)
        progress = view.review_counts()
        lines = view.document_lines(DocumentsWanted(only=frozenset(item.claim.document for item in items)))
        return page(
            request,
            "inbox.html",
            title="Inbox",
            items=items,
            waiting=progress.waiting,
            progress=progress,
            counts=view.counts(),
            documents={line.id: line for line in lines},
            refused=[item for item in view.rejected() if item.fatal][:SHOWN],
        )


def _item_json(item: Item) -> dict[str, object]:
    return {
        "document": item.claim.document,
        "incident": item.incident,
        "doubt": item.doubt,
        "weight": item.weight,
        "reasons": list(item.reasons),
        "claim": claim_json(item.claim),
    }
