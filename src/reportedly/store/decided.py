"""What claims look like after what people decided: rejected ones gone, edits in place, written ones added. No SQL.

Judgements stand on anchors, so they find their claims again after a better reading; what finds none is an orphan and
goes back to review. A later word on the same field wins.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from reportedly.contract import claim_from, claim_json
from reportedly.model.claim import Claim
from reportedly.model.judgement import Anchor, Judgement
from reportedly.store.grouping import Anchors, anchor_of, attach

ReviewStatus = Literal["proposed", "accepted", "rejected", "unsure"]
_STATUS: Mapping[str, ReviewStatus] = {"positive": "accepted", "negative": "rejected", "unsure": "unsure"}


@dataclass(frozen=True, slots=True)
class ClaimReview:
    """What people decided about one claim: its status, its edited fields as JSON, and the entries that say so."""

    status: ReviewStatus = "proposed"
    edits: Mapping[str, Any] = field(default_factory=dict)
    entries: tuple[Judgement, ...] = ()
    comments: tuple[Judgement, ...] = ()
    conflicts: tuple[Judgement, ...] = ()


class Decisions:
    """The judgements of a case, by document."""

    def __init__(self, judgements: Iterable[Judgement], *, blind_of: str | None = None) -> None:
        """Take those in force; with `blind_of`, only that blind coder's."""
        self._by_document: defaultdict[str, list[Judgement]] = defaultdict(list)
        for judgement in judgements:
            ours = judgement.who == blind_of if judgement.blind else blind_of is None
            if ours and judgement.undone_by is None and judgement.kind not in {"same_incident", "link"}:
                self._by_document[judgement.left.document].append(judgement)

    @property
    def documents(self) -> frozenset[str]:
        """The documents on which something was decided."""
        return frozenset(self._by_document)

    def finished(self, document: str) -> bool:
        """Tell whether a person said that the review of a document is finished."""
        said = [j.verdict for j in self._by_document.get(document, ()) if j.kind == "document"]
        return bool(said) and said[-1] == "positive"

    def reviews(self, document: str, claims: Iterable[Anchor]) -> dict[str, ClaimReview]:
        """Return what was decided about each claim of a document; claims nobody spoke about are left out.

        All claims of the document are given by where they stand, because a judgement goes to the nearest one.
        """
        spoken: defaultdict[str, list[Judgement]] = defaultdict(list)
        for judgement in self._attached(document, claims):
            spoken[judgement.left.claim].append(judgement)
        return {claim: _review(entries) for claim, entries in spoken.items()}

    def orphans(self, document: str, claims: Iterable[Anchor]) -> list[Judgement]:
        """Return the judgements whose claim is no longer there."""
        held = [j for j in self._by_document.get(document, ()) if j.kind in {"claim", "comment"}]
        attached = {j.id for j in self._attached(document, claims)}
        return [j for j in held if j.id not in attached]

    def written(self, document: str, text: Callable[[], str]) -> list[Claim]:
        """Return the claims that people wrote, on their words wherever these stand now; unfound ones are left out."""
        entries = [j for j in self._by_document.get(document, ()) if j.kind == "added" and j.conflicts is None]
        if not entries:
            return []
        now = text()
        moved = (_moved(json.loads(j.after or "{}"), now) for j in entries)
        return [claim_from(body, document) for body in moved if body is not None]

    def apply(self, document: str, claims: Sequence[Claim], text: Callable[[], str]) -> list[Claim]:
        """Return the claims of a document as they stand after review, read ones first."""
        if document not in self._by_document:
            return list(claims)
        everything = [*claims, *self.written(document, text)]
        reviews = self.reviews(document, map(anchor_of, everything))
        after = (edited(claim, reviews.get(claim.id, ClaimReview())) for claim in everything)
        return [claim for claim in after if claim is not None]

    def _attached(self, document: str, claims: Iterable[Anchor]) -> list[Judgement]:
        held = [j for j in self._by_document.get(document, ()) if j.kind in {"claim", "comment"}]
        return attach(held, Anchors(claims)) if held else []


def edited(claim: Claim, review: ClaimReview) -> Claim | None:
    """Return a claim with its edits in place; None when it was rejected."""
    return None if review.status == "rejected" else with_edits(claim, review.edits)


def with_edits(claim: Claim, edits: Mapping[str, Any]) -> Claim:
    """Return a claim with some fields changed, given as the contract's JSON; whether it was rejected or not."""
    if not edits:
        return claim
    body: dict[str, Any] = {**claim_json(claim), **edits}
    return claim_from(body, claim.document)  # type: ignore[arg-type]


def _review(entries: Sequence[Judgement]) -> ClaimReview:
    status: ReviewStatus = "proposed"
    edits: dict[str, Any] = {}
    told = [j for j in entries if j.kind == "claim" and j.conflicts is None]
    for judgement in told:
        status = _STATUS[judgement.verdict]
        edits |= json.loads(judgement.after) if judgement.after else {}
    return ClaimReview(
        status,
        edits,
        tuple(told),
        tuple(j for j in entries if j.kind == "comment"),
        tuple(j for j in entries if j.kind == "claim" and j.conflicts is not None),
    )


def _moved(body: dict[str, Any], text: str) -> Any | None:
    """Return a written claim's JSON with its spans where its words stand now; None when they are gone."""
    content = body["content"]
    start = _nearest(text, content["quote"], content["start"])
    return None if start is None else _shifted(body, start - content["start"])


def _nearest(text: str, quote: str, start: int) -> int | None:
    """Return where the quote stands, nearest to where it stood."""
    if text[start : start + len(quote)] == quote:
        return start
    found, at = [], text.find(quote)
    while at >= 0 and quote:
        found.append(at)
        at = text.find(quote, at + 1)
    return min(found, key=lambda place: (abs(place - start), place), default=None)


def _shifted(value: Any, by: int) -> Any:
    """Return JSON with every `start` and `end` moved."""
    if isinstance(value, list):
        return [_shifted(item, by) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: item + by if key in {"start", "end"} and isinstance(item, int) else _shifted(item, by)
        for key, item in value.items()
    }
