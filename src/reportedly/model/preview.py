"""A preview: the opening of an article within a word budget, with the way to the publisher."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

WordsBasis = Literal["counted", "estimate", "held"]


@dataclass(frozen=True, slots=True)
class PreviewLink:
    """A way to the publisher's page; `rel` is `canonical` or `text-fragment` (opens at the words shown)."""

    rel: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The fields of the contract's section 4, in its order.

    `words_total` counts distinct body words; its basis is `counted`, `estimate` (a preview page: words held divided by
    the share that the page states) or `held` (a preview of unknown share: only the words held are known). `share` is
    the measured part of `words_total`, `stated_share` what the page claims about itself; the two are never mixed.
    """

    document: str
    title: str | None
    publisher: str | None
    author: str | None
    published: str | None
    url: str | None
    excerpt: str
    words_shown: int
    words_total: int
    words_total_basis: WordsBasis
    share: float
    stated_share: float | None
    footer: str
    links: tuple[PreviewLink, ...]
