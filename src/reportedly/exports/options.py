"""What may be chosen for exports that are made to be given away."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """`share` and `max_words` bound what is quoted of a document in all, `quote_words` a single quote."""

    share: float = 0.15
    max_words: int = 200
    quote_words: int = 25
    title: str = ""
