"""Room 4, relations: ties between two actors as the text tells them. Door: `relate(document, reading, claims, knowledge)`."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.knowledge.load import Knowledge
from reportedly.model import Claim, Document, Relation
from reportedly.model.reading import Reading


def relate(document: Document, reading: Reading, claims: Sequence[Claim], knowledge: Knowledge) -> tuple[Relation, ...]:
    """Return the relations that the document states, in text order."""
    return ()
