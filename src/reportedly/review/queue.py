"""What needs a decision, ordered by doubt and consequence. Door: `queue(view)`; `progress(view)` counts.

Doubt is one minus the confidence of the reading; consequence grows with the number of people that a figure speaks of,
and where an incident is contested. The product orders the list; both stand beside it, with the reasons in words.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from reportedly.model.claim import Claim
from reportedly.store.base import View
from reportedly.store.decided import ClaimReview

# A claim in a contested incident weighs half as much again; a conflict between two people comes before everything.
_CONTESTED, _CONFLICT = 1.5, 100.0


@dataclass(frozen=True, slots=True)
class Item:
    """One claim that waits for a decision. `weight` orders: doubt (0 to 1) times consequence."""

    claim: Claim
    incident: str | None
    doubt: float
    weight: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far review has come, in claims and documents."""

    claims: int
    accepted: int
    rejected: int
    edited: int
    documents: int
    finished: int

    @property
    def open(self) -> int:
        """Claims on which nobody decided."""
        return self.claims - self.accepted - self.rejected


def queue(view: View, *, document: str | None = None, limit: int | None = None) -> list[Item]:
    """Return the claims that wait for a decision, the most telling doubt first."""
    contested, homes = _incidents(view)
    items = [
        _item(claim, homes.get(claim.id), homes.get(claim.id) in contested, review)
        for claim, review in _claims(view, document)
        if review is None or review.status in {"proposed", "unsure"} or review.conflicts
    ]
    items.sort(key=lambda item: (-item.weight, item.claim.document, item.claim.trigger.start, item.claim.id))
    return items[:limit]


def progress(view: View) -> Progress:
    """Count claims and documents, and on how many of them people decided."""
    reviews = [review for _, review in _claims(view, None)]
    decisions = view.decisions()
    finished = sum(decisions.finished(document) for document in decisions.documents)
    told = [review for review in reviews if review is not None]
    return Progress(
        claims=len(reviews),
        accepted=sum(review.status == "accepted" for review in told),
        rejected=sum(review.status == "rejected" for review in told),
        edited=sum(bool(review.edits) for review in told),
        documents=view.counts().documents,
        finished=finished,
    )


def _incidents(view: View) -> tuple[set[str], dict[str, str]]:
    contested, homes = set(), {}
    for record in view.incidents():
        homes.update(dict.fromkeys(record.claims, record.id))
        if record.status == "contested":
            contested.add(record.id)
    return contested, homes


def _claims(view: View, document: str | None) -> Iterator[tuple[Claim, ClaimReview | None]]:
    """Yield each read claim with what was decided about it."""
    decided = view.decisions()
    batch: list[Claim] = []
    for claim in view.claims(document, as_read=True):
        if batch and batch[0].document != claim.document:
            yield from _reviewed(batch, decided.reviews(batch[0].document, batch))
            batch = []
        batch.append(claim)
    if batch:
        yield from _reviewed(batch, decided.reviews(batch[0].document, batch))


def _reviewed(batch: list[Claim], reviews: dict[str, ClaimReview]) -> Iterator[tuple[Claim, ClaimReview | None]]:
    return ((claim, reviews.get(claim.id)) for claim in batch)


def _item(claim: Claim, incident: str | None, contested: bool, review: ClaimReview | None) -> Item:
    doubt = round(1.0 - claim.confidence, 4)
    people = max((_people(claim)), default=0)
    consequence = (1.0 + math.log2(1 + people)) * (1.0 if claim.violent else 0.5) * (_CONTESTED if contested else 1.0)
    conflict = bool(review and review.conflicts)
    weight = doubt * consequence + (_CONFLICT if conflict else 0.0)
    return Item(claim, incident, doubt, round(weight, 4), tuple(_reasons(claim, people, contested, conflict, review)))


def _people(claim: Claim) -> Iterator[int]:
    for toll in claim.tolls:
        yield toll.best or toll.high or toll.low or 0


def _reasons(claim: Claim, people: int, contested: bool, conflict: bool, review: ClaimReview | None) -> Iterator[str]:
    if conflict:
        yield "two people decided differently"
    if review is not None and review.status == "unsure":
        yield "marked as unsure"
    yield f"read with confidence {claim.confidence:.2f}"
    if people:
        yield f"a figure of {people}"
    if contested:
        yield "in a contested incident"
    if claim.place is not None and claim.place.precision == "unresolved":
        yield f"place unresolved: {claim.place.span.quote}"
    if claim.claimant is not None and claim.claimant.actor_id is None:
        yield f"teller not known: {claim.claimant.span.quote}"
