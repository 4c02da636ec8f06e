"""The words that a claim was read from, as an export names them: where they stand, their hash, the way to them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from reportedly.exports.links import deep_link
from reportedly.model.claim import Claim
from reportedly.model.document import Document
from reportedly.model.span import Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """`text` is None where the words may not be shown; `sha256` is of the words from `start` to `end` in any case."""

    start: int
    end: int
    text: str | None
    sha256: str
    link: str | None


def evidence_of(document: Document, claim: Claim) -> Evidence:
    """Return where the claim's words stand. A claim of a public view carries only words that may be shown."""
    start, end = claim.content.start, claim.content.end
    words = Span.of(document.text, start, end)
    digest = hashlib.sha256(words.quote.encode("utf-8", "surrogatepass")).hexdigest()
    return Evidence(start, end, claim.content.quote or None, digest, deep_link(document, words))
