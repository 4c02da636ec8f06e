"""How much of a document may be quoted in what is given away.

Words in all quotes of a document together stay within a share of the article and an absolute cap; a single quote
stays short; marks on the page bind. What does not fit is named by offsets and hash instead of words.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from dataclasses import dataclass, field

from reportedly.exports.options import Options, WordSpans
from reportedly.model.claim import Claim
from reportedly.model.document import Document
from reportedly.model.span import Span

# A cut-out of fewer words than this says too little to be evidence.
LEAST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that may be shown. With `text` None they may not; `start`, `end` and `sha256` say which they are."""

    start: int
    end: int
    sha256: str
    text: str | None
    cut_before: bool = False
    cut_after: bool = False


def words_total(document: Document, words: WordSpans) -> int:
    """Return how long the article is: of a preview that states its share, the estimate for the whole.

    Repeated paragraphs count once, footers not at all: a preview page must not grow its own budget.
    """
    read = [part for part in document.paragraphs if part.kind in ("body", "heading")]
    held = sum(len(words(document.text[part.start : part.end])) for part in read) if read else document.words
    share = document.preview.stated_share if document.preview else None
    return round(held / share) if share and 0 < share <= 1 else held


@dataclass(slots=True)
class QuoteBudget:
    """Hands out quotes of one document until its budget is spent. The same words count once."""

    document: Document
    options: Options
    words: list[tuple[int, int]] = field(init=False)
    total: int = field(init=False)
    shown: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.words = self.options.words(self.document.text)
        self.total = words_total(self.document, self.options.words)

    @property
    def limit(self) -> int:
        """The largest number of words of this document that may be shown in all."""
        rights = self.document.rights
        if rights.nosnippet or rights.max_snippet == 0:
            return 0
        return min(int(self.options.share * self.total), self.options.max_words)

    def quote(self, content: Span, around: Span) -> Quote:
        """Return the content, cut down around its most telling words, or only where it stands."""
        words = self.document.text[content.start : content.end]
        digest = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        if not content.quote:  # a public view has withheld them already
            return Quote(content.start, content.end, digest, None)
        size = min(self.options.quote_words, self.limit - len(self.shown))
        window = self._window(content, around, size)
        new = set(window) - self.shown
        if not window or self._locked(content) or len(self.shown) + len(new) > self.limit:
            return Quote(content.start, content.end, digest, None)
        first, last = window[0], window[-1]
        whole_start = first == self._inside(content)[0]
        whole_end = last == self._inside(content)[-1]
        start = content.start if whole_start else self.words[first][0]
        end = content.end if whole_end else self.words[last][1]
        if self._over_characters(end - start):
            return Quote(content.start, content.end, digest, None)
        self.shown |= new
        text = self.document.text[start:end]
        return Quote(start, end, digest, text, not whole_start, not whole_end)

    def _locked(self, content: Span) -> bool:
        """Tell whether the words touch a stretch that the page keeps from being shown."""
        return any(content.start < end and start < content.end for start, end in self.document.rights.no_preview)

    def _over_characters(self, length: int) -> bool:
        most = self.document.rights.max_snippet
        return most is not None and 0 <= most < length

    def _inside(self, content: Span) -> list[int]:
        """Return the numbers of the words that lie in the content."""
        first = bisect_left(self.words, (content.start, 0))
        last = bisect_left(self.words, (content.end, 0))
        return [n for n in range(first, last) if self.words[n][1] <= content.end]

    def _window(self, content: Span, around: Span, size: int) -> list[int]:
        """Return at most `size` neighbouring words of the content, the telling ones among them."""
        inside = self._inside(content)
        if len(inside) <= size or set(inside) <= self.shown:
            return inside if len(inside) <= self.options.quote_words else []
        if size < LEAST_WORDS:
            return []
        centre = next((i for i, n in enumerate(inside) if self.words[n][1] > around.start), 0)
        left = max(0, min(centre - size // 2, len(inside) - size))
        return inside[left : left + size]


def quote_claim(budget: QuoteBudget, claim: Claim) -> Quote:
    """Return a claim's words as far as they may be shown, cut down around its first figure, else its event."""
    telling = claim.tolls[0].span if claim.tolls else claim.trigger
    return budget.quote(claim.content, telling if claim.content.covers(telling) else claim.trigger)
