"""A publisher-friendly preview: written, never read back."""

from __future__ import annotations

from typing_extensions import TypedDict

from reportedly.model.preview import Preview, WordsBasis


class LinkJson(TypedDict):
    """A way to the publisher's page."""

    rel: str
    label: str
    url: str


class PreviewJson(TypedDict):
    """A publisher-friendly preview: `reportedly preview --json`."""

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
    links: list[LinkJson]


def preview_json(made: Preview) -> PreviewJson:
    """Write a preview."""
    return {
        "document": made.document,
        "title": made.title,
        "publisher": made.publisher,
        "author": made.author,
        "published": made.published,
        "url": made.url,
        "excerpt": made.excerpt,
        "words_shown": made.words_shown,
        "words_total": made.words_total,
        "words_total_basis": made.words_total_basis,
        "share": made.share,
        "stated_share": made.stated_share,
        "footer": made.footer,
        "links": [{"rel": link.rel, "label": link.label, "url": link.url} for link in made.links],
    }
