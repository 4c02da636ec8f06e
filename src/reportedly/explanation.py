"""Groups what was noted while a document was read: by sentence, and in it by claim. Reads nothing itself.

Doors: `explained(extraction, trace)` for `reportedly explain`, and `rejected(document, trace, violent)` for the list of
event words that are no event, which stands in the output.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from reportedly.model import Claim, Document, Rejected, Segment
from reportedly.model.extraction import Extraction
from reportedly.model.syntax import Tree
from reportedly.model.trace import Note, Sign, Trace


@dataclass(frozen=True, slots=True)
class ClaimRead:
    """A claim with the notes on its words and slots, and what its confidence was worked out from."""

    claim: Claim
    notes: tuple[Note, ...]
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class SentenceRead:
    """A sentence (or clause cut at a semicolon): its parse, its claims, what was found in it whatever became of it.

    `why` says why it gave no claim; empty where it gave one. `trees` is empty where it was not parsed.
    """

    start: int
    end: int
    quote: str
    trees: tuple[Tree, ...] = ()
    claims: tuple[ClaimRead, ...] = ()
    found: tuple[Note, ...] = ()
    refused: tuple[Note, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was read out of a document, sentence by sentence. `base`: the log-odds of a reading without any sign."""

    extraction: Extraction
    sentences: tuple[SentenceRead, ...]
    base: float


def explained(extraction: Extraction, trace: Trace) -> Explanation:
    """Return the notes of a trace by sentence; where a document was not read at all, all sentences say why."""
    document = extraction.document
    unread = extraction.rejected[0].reason if extraction.rejected and not extraction.rejected[0].quote else ""
    sentences = tuple(_sentence(document, s, extraction.claims, trace, unread) for s in document.segments)
    return Explanation(extraction, sentences, trace.base)


def _sentence(document: Document, segment: Segment, claims: Sequence[Claim], trace: Trace, unread: str) -> SentenceRead:
    start, end = segment.start, segment.end
    trees = tuple(s.tree for s in trace.reading.sentences if start <= s.tree.start < end)
    inside = [n for n in trace.notes if start <= _place(n) < end]
    own = tuple(_claim(c, trace) for c in claims if start <= c.trigger.start < end)
    taken = {id(n) for c in own for n in c.notes}
    loose = [n for n in inside if id(n) not in taken]
    refused = tuple(n for n in loose if not n.kept and n.about == "event" and n.event not in trace.told)
    why = "" if own else unread or _aside(document, segment) or _why(inside, refused, trees)
    return SentenceRead(
        start,
        end,
        document.text[start:end],
        trees,
        own,
        tuple(n for n in loose if n.event is None and n.about not in {"sentence", "screen"}),
        refused,
        why,
    )


def _place(note: Note) -> int:
    """Where a note belongs: to its event word; one that adds a sentence to another claim to that sentence."""
    return note.start if note.event is None or note.about == "claim" else note.event


def _claim(claim: Claim, trace: Trace) -> ClaimRead:
    """The claim with the notes that were made for its event words."""
    start, end = claim.trigger.start, max(claim.trigger.end, claim.trigger.start + 1)
    leads = trace.told
    notes = tuple(n for n in trace.notes if n.event is not None and start <= leads.get(n.event, n.event) < end)
    return ClaimRead(claim, notes, trace.signs.get((start, claim.violent), ()))


def _aside(document: Document, segment: Segment) -> str:
    """Why the paragraph of a sentence is not read, or nothing."""
    paragraph = document.paragraphs[segment.paragraph]
    if paragraph.kind not in {"repeat", "boilerplate"}:
        return ""
    here = [d for d in document.defects if d.start <= segment.start < d.end and d.kind in _ASIDE]
    if not here:
        return _ASIDE["boilerplate"]
    defect = here[0]
    first = f" (first at {defect.repeats[0]})" if defect.repeats else ""
    return f"{_ASIDE[defect.kind]}{first}{': ' + defect.note if defect.note else ''}"


_ASIDE = {
    "repeated_paragraph": "a repeated paragraph",
    "near_repeated_paragraph": "a paragraph that nearly repeats another",
    "boilerplate": "not the article's own words: a footer or notice of the page",
}


def _why(inside: Sequence[Note], refused: Sequence[Note], trees: Sequence[Tree]) -> str:
    """Why a sentence that could be read gave no claim."""
    if not trees:
        left = next((n.rule for n in inside if n.about in {"sentence", "screen"}), None)
        return left or "not parsed: the document names nothing that could be a claim"
    added = next((n for n in inside if n.about == "claim"), None)
    if added is not None:
        return added.rule
    if refused:
        return "no event word holds"
    if any(n.about == "event" for n in inside):
        return "what it tells is part of another claim"
    return "no event word"


# ------------------------------------------------------------------------------------------- the list of the output


def rejected(document: Document, trace: Trace, violent: Collection[str]) -> tuple[Rejected, ...]:
    """Return the words of violence that no claim was read from, each once, with all reasons in the order they arose."""
    reasons: dict[tuple[int, int], dict[str, None]] = {}
    for note in trace.notes:
        if note.kept or note.about not in {"event", "sentence"} or note.event in trace.told:
            continue
        if note.about == "event" and note.value not in violent:
            continue
        words = f"{note.value}: {note.rule}" if note.value else note.rule
        reasons.setdefault((note.start, note.end), {})[words] = None
    return tuple(
        Rejected(document.id, "; ".join(words), start, end, document.text[start:end])
        for (start, end), words in sorted(reasons.items())
    )
