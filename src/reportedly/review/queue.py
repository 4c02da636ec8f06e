"""What needs a decision, ordered by doubt and consequence. Door: `queue(view)`.

The store orders by weight, a product of doubt and consequence (`store/doubt.py`), more where an incident is contested;
here each claim gets its reasons in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportedly.model.claim import Claim
from reportedly.store.answers import Waiting
from reportedly.store.base import View
from reportedly.store.doubt import people


@dataclass(frozen=True, slots=True)
class Item:
    """One claim that waits for a decision. `weight` orders: doubt (0 to 1) times consequence."""

    claim: Claim
    incident: str | None
    doubt: float
    weight: float
    reasons: tuple[str, ...]


def queue(view: View, *, document: str | None = None, limit: int = -1) -> list[Item]:
    """Return the claims that wait for a decision, the most telling doubt first; a limit of -1 is none."""
    found = view.waiting(document, limit=limit)
    pairs = ((view.claim(one.claim, as_read=True), one) for one in found)
    return [_item(claim, one) for claim, one in pairs if claim is not None]


def _item(claim: Claim, one: Waiting) -> Item:
    return Item(claim, one.incident, one.doubt, round(one.weight, 4), tuple(_reasons(claim, one)))


def _reasons(claim: Claim, one: Waiting) -> Iterator[str]:
    if one.conflict:
        yield "two people decided differently"
    if one.status == "unsure":
        yield "marked as unsure"
    yield f"read with confidence {claim.confidence:.2f}"
    if number := people(claim):
        yield f"a figure of {number:,}"
    if one.contested:
        yield "in a contested incident"
    if claim.place is not None and claim.place.precision == "unresolved":
        yield f"place unresolved: {claim.place.span.quote}"
    if claim.claimant is not None and claim.claimant.actor_id is None:
        yield f"teller not known: {claim.claimant.span.quote}"
