"""A stretch of a document's text, with the words that it slices."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.model.quick import quick


@quick
@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points `start` to `end` (exclusive) of a document's text; `quote == text[start:end]`."""

    start: int
    end: int
    quote: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """Cut a span out of its text."""
        return cls(start, end, text[start:end])

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Tell whether the other span lies within this one."""
        return self.start <= other.start and other.end <= self.end
