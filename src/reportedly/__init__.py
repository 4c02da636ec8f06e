"""reportedly: news about war, kept as claims.

Rooms, in order: `sources` (read), `documents` (parse), `mentions` (find), `claims` (assemble), `grounding`,
`incidents` (cluster), `codebooks` (code), `store`, `exports`, `cli`. The order stands in `reportedly.pipeline`; the
values that travel between rooms in `reportedly.model`; what the program knows in `reportedly.knowledge`. Start with
`load_reader` and `document_from_text`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportedly.model import Claim, Document, Incident, IncidentRecord, Rejected, Relation, Span

if TYPE_CHECKING:
    from reportedly.grouper import Grouper
    from reportedly.pipeline import Reader, document_from_text, load_grouper, load_reader, read_documents

__version__ = "0.1.0"
__all__ = [
    "Claim",
    "Document",
    "Grouper",
    "Incident",
    "IncidentRecord",
    "Reader",
    "Rejected",
    "Relation",
    "Span",
    "document_from_text",
    "load_grouper",
    "load_reader",
    "read_documents",
]
_FROM_PIPELINE = frozenset({"Grouper", "Reader", "document_from_text", "load_grouper", "load_reader", "read_documents"})


def __getattr__(name: str) -> Any:
    """Import the pipeline when it is first asked for: it loads the parser's library, which takes a second."""
    if name in _FROM_PIPELINE:
        from reportedly import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module 'reportedly' has no attribute {name!r}")
