"""What grouping needs to know about a document, without its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """`origin` names the root text that near-duplicates share; a document without reprints is its own origin."""

    id: str
    origin: str
    published: date | None = None
    publisher: str | None = None
    language: str | None = None
