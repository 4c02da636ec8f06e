"""What happened to an incident in this case: documents that came in, and what people decided about its claims.

Doors: `history(judgements, claims, documents)`, where entries of one gesture are one line, and `said(entry)`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportedly.model.judgement import Judgement
from reportedly.store.answers import StoredDocument


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `entry` is the ledger's entry, None for a document; `holds` tells whether it still stands."""

    at: str
    who: str
    words: str
    why: str = ""
    entry: int | None = None
    holds: bool = True
    document: int | None = None


def history(judgements: Iterable[Judgement], claims: Iterable[str], documents: Sequence[StoredDocument]) -> list[Line]:
    """Return the history, oldest first. `judgements` are all of the case, also those that were taken back."""
    ours = frozenset(claims)
    gestures: dict[int, list[Judgement]] = {}
    for judgement in judgements:
        ends = {judgement.left.claim, judgement.right.claim if judgement.right else ""}
        if ends & ours:
            gestures.setdefault(judgement.gesture or judgement.id, []).append(judgement)
    lines = [Line(d.added, "program", _added(d), document=d.number) for d in documents]
    lines += [_line(group) for group in gestures.values()]
    return sorted(lines, key=lambda line: (line.at, line.entry or 0))


def _added(stored: StoredDocument) -> str:
    title = stored.document.title or stored.document.id
    again = f", version {stored.version}" if stored.version > 1 else ""
    return f"document {stored.number} came in{again}: {title}"


def _line(group: Sequence[Judgement]) -> Line:
    first = group[0]
    state = "" if first.undone_by is None else " (taken back)"
    if first.blind:
        state += " (second coder, blind)"
    if first.conflicts is not None:
        state += f" (conflicts with entry {first.conflicts})"
    return Line(first.at, first.who, _words(group) + state, first.why, first.id, first.undone_by is None)


def _words(group: Sequence[Judgement]) -> str:
    first = group[0]
    if any(j.kind == "same_incident" and j.verdict == "negative" for j in group):
        return "split: claims were told apart"
    if first.kind == "same_incident":
        return f"merged: {len(group) + 1} claims tell of one happening"
    quote = f"“{first.left.trigger}”"
    if first.kind == "claim":
        return _decided(first, quote)
    if first.kind == "link":
        return (
            f"claim {quote} {_after(first).get('relation', 'linked to')} “{first.right.trigger if first.right else ''}”"
        )
    return {"added": f"claim {quote} was written", "comment": f"comment on claim {quote}"}.get(first.kind, first.kind)


def said(judgement: Judgement) -> str:
    """Return what one entry decides, in a few words."""
    yes = judgement.verdict == "positive"
    if judgement.kind == "claim":
        return f"claim {_verdict(judgement)}"
    if judgement.kind == "link":
        return f"claim {_after(judgement).get('relation', 'linked to')} another"
    if judgement.kind == "same_incident":
        return "claims of one happening" if yes else "claims of two happenings"
    if judgement.kind == "document":
        return "review finished" if yes else "review opened again"
    return {"added": "claim written"}.get(judgement.kind, judgement.kind)


def _decided(judgement: Judgement, quote: str) -> str:
    return f"claim {quote} {_verdict(judgement)}"


def _verdict(judgement: Judgement) -> str:
    if judgement.after:
        return f"edited: {', '.join(sorted(_after(judgement))).replace('_', ' ')}"
    return {"positive": "accepted", "negative": "rejected", "unsure": "marked as unsure"}[judgement.verdict]


def _after(judgement: Judgement) -> Mapping[str, object]:
    found = json.loads(judgement.after or "{}")
    return found if isinstance(found, dict) else {}
