"""A document's text cut at the borders of all spans, so that overlapping highlights are plain elements in a row.

Pure: spans in, pieces out. The pieces in order are the text, character for character.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportedly.model.claim import Claim
from reportedly.model.document import Document
from reportedly.model.span import Span

# Slots in the order in which they win where two cover the same words: the most telling first.
KINDS = ("toll", "trigger", "cue", "claimant", "place", "when", "actor", "means")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text that fills a slot of a claim."""

    start: int
    end: int
    kind: str
    claim: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Text with the slots it fills: all of them of the same claims and kinds from `start` on."""

    start: int
    text: str
    kinds: tuple[str, ...]
    claims: tuple[str, ...]
    first_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: its kind and its pieces. Text between paragraphs belongs to none and is left as white space."""

    start: int
    end: int
    kind: str
    pieces: tuple[Piece, ...]


def marks_of(claim: Claim) -> Iterator[Mark]:
    """Yield the words that fill the slots of a claim."""
    spans: list[tuple[str, Span | None]] = [("trigger", claim.trigger), ("cue", claim.cue)]
    spans += [("toll", toll.span) for toll in claim.tolls]
    spans += [("claimant", ref.span) for ref in (claim.claimant, *claim.attribution) if ref is not None]
    spans += [("place", claim.place.span if claim.place else None), ("when", claim.when.span if claim.when else None)]
    spans += [("actor", ref.span) for ref in (*claim.initiators, *claim.targets)]
    spans += [("actor", toll.victims.span) for toll in claim.tolls if toll.victims]
    spans += [("means", span) for span in claim.means]
    for kind, span in spans:
        if span is not None and span.start < span.end:
            yield Mark(span.start, span.end, kind, claim.id)


def blocks(document: Document, claims: Iterable[Claim]) -> list[Block]:
    """Return the paragraphs of a document with their marks cut in."""
    marks = sorted((m for claim in claims for m in marks_of(claim)), key=lambda m: (m.start, m.end, m.kind, m.claim))
    parts = document.paragraphs or ()
    bounds = [(p.start, p.end, p.kind) for p in parts] or [(0, len(document.text), "body")]
    return [
        Block(start, end, kind, tuple(_pieces(document.text, start, end, _inside(marks, start, end))))
        for start, end, kind in bounds
    ]


def _inside(marks: Sequence[Mark], start: int, end: int) -> list[Mark]:
    return [m for m in marks if m.start < end and m.end > start]


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Piece]:
    """Yield the stretches between the borders of marks; each mark is met once, at its first piece."""
    cuts = sorted({start, end, *(min(max(b, start), end) for m in marks for b in (m.start, m.end))})
    met: set[tuple[str, int]] = set()
    for low, high in pairwise(cuts):
        here = [m for m in marks if m.start <= low and m.end >= high]
        kinds = sorted({m.kind for m in here}, key=KINDS.index)
        claims = tuple(dict.fromkeys(m.claim for m in here))
        fresh = tuple(dict.fromkeys(m.claim for m in here if (m.claim, m.start) not in met))
        met |= {(m.claim, m.start) for m in here}
        yield Piece(low, text[low:high], tuple(kinds), claims, fresh)
