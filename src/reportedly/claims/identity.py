"""Room 4, identity: the id of a finished claim. Door: `identify(claim, text)`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportedly.model import Claim, Span, content_id


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
