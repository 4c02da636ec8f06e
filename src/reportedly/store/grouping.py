"""Give clusters their lasting ids, and put judgements back on claims that moved. Pure functions; no SQL.

An incident's id belongs to its founding claim: the one in the earliest published document, then by document id and
place in the text. So the ids of the same documents are the same in whatever order they were added, and when two
incidents turn out to be one, the older account's id survives and the other leads to it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from reportedly.model.claim import Claim
from reportedly.model.facts import DocumentFacts
from reportedly.model.judgement import Anchor, Judgement

# A day after every real one: documents without a date found an incident only among themselves.
UNDATED = "9999-99-99"


def anchor_of(claim: Claim) -> Anchor:
    """Return where a claim stands."""
    return Anchor(claim.id, claim.document, claim.trigger.start, claim.trigger.quote)


def founding(claims: Iterable[Claim], documents: Mapping[str, DocumentFacts]) -> Claim:
    """Return the founding claim of an incident, given its claims."""
    return min(claims, key=lambda claim: _age(claim, documents))


def _age(claim: Claim, documents: Mapping[str, DocumentFacts]) -> tuple[str, str, int, str]:
    facts = documents.get(claim.document)
    published = facts.published.isoformat() if facts and facts.published else UNDATED
    return published, claim.document, claim.trigger.start, claim.id


def incident_id(founder: Claim, text: Iterable[Claim], documents: Mapping[str, DocumentFacts]) -> str:
    """Return `inc-`, the day of the happening (else of publication, else zeros) and a hash of the founding words.

    `text` are the claims of the founder's document: where two claimants tell of two happenings in the same words, the
    later claim's incident takes its claim into the hash. So an id hangs on one document alone.
    """
    facts = documents.get(founder.document)
    day = founder.when.earliest if founder.when and founder.when.earliest else facts.published if facts else None
    head = f"inc-{day:%Y%m%d}" if day else "inc-00000000"
    words: tuple[object, ...] = (founder.document, founder.trigger.start, founder.trigger.quote)
    first = min(c.id for c in text if (c.trigger.start, c.trigger.quote) == words[1:])
    return f"{head}-{_digest(words if founder.id == first else (*words, founder.id))}"


def _digest(parts: tuple[object, ...]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:10]


class Finder(Protocol):
    """Finds the claim that now stands where an anchored claim stood."""

    def find(self, anchor: Anchor) -> str | None:
        """Return the claim's id, None where nothing stands there."""
        ...


class Anchors:
    """Finds the claim that now stands where an anchored claim stood."""

    def __init__(self, claims: Iterable[Anchor]) -> None:
        self._ids: set[str] = set()
        self._places: dict[tuple[str, str], list[tuple[int, str]]] = {}
        for claim in claims:
            self._ids.add(claim.claim)
            self._places.setdefault((claim.document, claim.trigger), []).append((claim.start, claim.claim))

    def find(self, anchor: Anchor) -> str | None:
        """Return the claim's id: the same claim, else the nearest one of the same document with the same trigger."""
        if anchor.claim in self._ids:
            return anchor.claim
        near = self._places.get((anchor.document, anchor.trigger), [])
        return min(near, key=lambda spot: (abs(spot[0] - anchor.start), spot))[1] if near else None


def attach(judgements: Sequence[Judgement], anchors: Finder) -> list[Judgement]:
    """Return the judgements with both sides on present claims; what no longer attaches is left out."""
    out = []
    for judgement in judgements:
        left = anchors.find(judgement.left)
        right = anchors.find(judgement.right) if judgement.right else None
        if left is None or (judgement.right is not None and right is None):
            continue
        out.append(_moved(judgement, left, right))
    return out


def _moved(judgement: Judgement, left: str, right: str | None) -> Judgement:
    """A judgement on the claims that now stand where it was made."""
    if judgement.left.claim == left and (judgement.right is None or judgement.right.claim == right):
        return judgement
    other = replace(judgement.right, claim=right) if judgement.right and right else None
    return replace(judgement, left=replace(judgement.left, claim=left), right=other)
