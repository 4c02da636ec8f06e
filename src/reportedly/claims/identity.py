"""Room 4, identity: the ids of finished claims. Door: `identify(claims, text)`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from reportedly.model import Claim, Span, content_id
from reportedly.model.quick import replace


def identify(claims: Iterable[Claim], text: str) -> tuple[Claim, ...]:
    """Give the finished claims of a document their contents and ids.

    An id hashes document, type and the spans of all slots but the place; the place tells those apart that differ in
    nothing else ("shelled Kolo, Bria and Zemio").
    """
    found = [_identified(claim, text) for claim in claims]
    counted = Counter(claim.id for claim in found)
    return tuple(_placed(claim) if counted[claim.id] > 1 else claim for claim in found)


def _placed(claim: Claim) -> Claim:
    where = claim.place.span if claim.place is not None else None
    return replace(claim, id=content_id("claim", claim.id, (where.start, where.end) if where else None))


def _identified(claim: Claim, text: str) -> Claim:
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
