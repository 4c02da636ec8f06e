"""What short words stand for."""

from __future__ import annotations

from reportedly.claims.coreference import Memory
from reportedly.knowledge.load import load_knowledge
from reportedly.model import ActorRef, Span


def test_a_reference_without_words_is_nobody() -> None:
    """A possessive read by itself ("it’s") may leave no words at all: it stays as it is."""
    ref = ActorRef(Span(4, 4, ""), kind="other")
    assert Memory(None, load_knowledge().lexicon).resolve(ref, 1, "The ’s") is ref
