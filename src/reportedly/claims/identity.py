"""Room 4, identity: the id of a finished claim, and how sure its reading is.

Doors: `identify(claim, text)` and `confidence_of(claim, draft)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportedly.claims.drafts import Draft
from reportedly.knowledge.lexicon import NOUN
from reportedly.model import Claim, Span, content_id


def confidence_of(claim: Claim, draft: Draft) -> float:
    """How sure the reading is, before calibration: more filled slots, plainer syntax, surer type."""
    score = 0.45
    score += 0.15 if claim.initiators else 0.0
    score += 0.15 if claim.targets or claim.tolls else 0.0
    score += 0.08 if claim.place is not None else 0.0
    score += 0.07 if claim.when is not None and claim.when.basis != "publication" else 0.0
    score -= 0.1 if draft.hit.pos == NOUN else 0.0
    score -= 0.1 if claim.modality in {"hypothetical"} else 0.0
    return round(max(0.05, min(0.95, score)), 2)


def identify(claim: Claim, text: str) -> Claim:
    """Give a finished claim its content and id. The id hashes document, type and the spans of all slots."""
    content = Span.of(text, claim.content.start, claim.content.end)
    spans: Sequence[object] = [
        claim.event_type,
        (claim.trigger.start, claim.trigger.end),
        (content.start, content.end),
        [(a.span.start, a.span.end) for a in claim.initiators],
        [(a.span.start, a.span.end) for a in claim.targets],
        [(t.outcome, t.span.start, t.span.end) for t in claim.tolls],
        (claim.claimant.span.start, claim.claimant.span.end) if claim.claimant else None,
    ]
    return replace(claim, content=content, id=content_id("claim", claim.document, *spans))
