"""What may be chosen for an export, and what its caller hands in because this room may not fetch it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from reportedly.errors import UsageError
from reportedly.exports.scope import EVERYTHING, Scope
from reportedly.network.identities import Identities
from reportedly.store.base import Holdings

WordSpans = Callable[[str], list[tuple[int, int]]]


def simple_words(text: str) -> list[tuple[int, int]]:
    """Return where words stand, by a plain rule: runs of letters, digits and underscores."""
    return [match.span() for match in re.finditer(r"\w+", text)]


def no_rows(view: Holdings) -> Iterable[Mapping[str, object]]:
    """Refuse: rows of a codebook are made outside of this room."""
    raise UsageError("rows in ACLED's layout are needed", where="--format hapi", hint="hand in `acled`")


@dataclass(frozen=True, slots=True)
class BookNote:
    """A codebook by name, in words, and its version."""

    name: str
    title: str
    version: str


def no_books() -> Sequence[BookNote]:
    """Return no codebooks."""
    return ()


@dataclass(frozen=True, slots=True)
class Options:
    """`public` exports keep to the quote budget: `share` and `max_words` bound what is quoted of a document in all,
    `quote_words` a single quote. `rows` says what a row of a table is, `hxl` asks for a row of hashtags under its head.

    `scope` says which incidents a report is about. `words` finds the words to be counted; the caller hands in the rule
    that the whole program counts by, and in `books` the codebooks that a report names with their versions.
    `identities` gives who actors were when, `acled` a case's rows in ACLED's layout with `location_code` (ISO 3166-1
    alpha-3) added; `labels` has the plain words of event types and `lands` the names of countries by their letters.
    Each is called only where a format needs it.
    """

    share: float = 0.15
    max_words: int = 200
    quote_words: int = 25
    title: str = ""
    public: bool = False
    rows: Literal["claims", "incidents"] = "claims"
    hxl: bool = False
    scope: Scope = EVERYTHING
    words: WordSpans = simple_words
    books: Callable[[], Sequence[BookNote]] = no_books
    identities: Callable[[], Identities] = Identities
    acled: Callable[[Holdings], Iterable[Mapping[str, object]]] = no_rows
    labels: Callable[[], Mapping[str, str]] = dict
    lands: Callable[[], Mapping[str, str]] = dict
