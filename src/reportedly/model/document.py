"""A document: its text exactly as given, what is known about it, and layers of spans over it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal

Access = Literal["full", "preview", "summary"]
DefectKind = Literal[
    "repeated_paragraph",
    "near_repeated_paragraph",
    "order_uncertain",
    "boilerplate",
    "truncated",
    "encoding",
    "stated_share_differs",
    "unsupported_language",
    "unread_date",
]
ParagraphKind = Literal["body", "heading", "repeat", "boilerplate"]


@dataclass(frozen=True, slots=True)
class Defect:
    """A fault of the text as received, reported and never repaired in place. `repeats` is the first occurrence."""

    kind: DefectKind
    start: int
    end: int
    repeats: tuple[int, int] | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class PreviewNote:
    """What a preview page states about itself: the share of the article shown (0 to 1) and the publisher."""

    stated_share: float | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Rights:
    """Marks on the page that limit use: robots directives, text and data mining reservation, paywall, licence.

    `no_preview` holds the ranges of the text that must not be shown (locked parts, `data-nosnippet`).
    """

    nosnippet: bool = False
    max_snippet: int | None = None
    noai: bool = False
    tdm_reservation: bool | None = None
    tdm_policy: str | None = None
    free: bool | None = None
    licence: str | None = None
    no_preview: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the text: code points `start` to `end`. Only `body` and `heading` are read for claims."""

    start: int
    end: int
    kind: ParagraphKind = "body"


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, or a clause cut at a semicolon; `sentence` numbers the whole sentence it belongs to."""

    start: int
    end: int
    sentence: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Document:
    """One text with its circumstances. Offsets everywhere are code points into `text`, which is never changed."""

    id: str
    text: str
    sha256: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    words: int = 0
    access: Access = "full"
    preview: PreviewNote | None = None
    rights: Rights = field(default_factory=Rights)
    defects: tuple[Defect, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    segments: tuple[Segment, ...] = ()

    @property
    def published_on(self) -> date | None:
        """The day of publication, or None when it is unknown or not a full date."""
        return _day(self.published[:10]) if self.published else None


@lru_cache(maxsize=1024)
def _day(stated: str) -> date | None:
    try:
        return date.fromisoformat(stated)
    except ValueError:
        return None
