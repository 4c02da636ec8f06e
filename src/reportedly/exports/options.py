"""What may be chosen for an export, and what its caller hands in because this room may not fetch it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

WordSpans = Callable[[str], list[tuple[int, int]]]


def simple_words(text: str) -> list[tuple[int, int]]:
    """Return where words stand, by a plain rule: runs of letters, digits and underscores."""
    return [match.span() for match in re.finditer(r"\w+", text)]


@dataclass(frozen=True, slots=True)
class Options:
    """`public` exports keep to the quote budget: `share` and `max_words` bound what is quoted of a document in all,
    `quote_words` a single quote. `rows` says what a row of a table is, `hxl` asks for a row of hashtags under its head.

    `words` finds the words to be counted; the caller hands in the rule that the whole program counts by.
    """

    share: float = 0.15
    max_words: int = 200
    quote_words: int = 25
    title: str = ""
    public: bool = False
    rows: Literal["claims", "incidents"] = "claims"
    hxl: bool = False
    words: WordSpans = simple_words
