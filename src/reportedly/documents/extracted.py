"""Room 2, documents: what a format's reader hands to `parse`."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportedly.model.document import Rights


@dataclass(frozen=True, slots=True)
class Extracted:
    """Text taken out of a page or file, and what that page states about it.

    `language` is stated for the article, `hint` only for the page. `whole_words` is the stated length of the whole
    article; `holds_locked_part` is true when text behind the paywall mark is in the text all the same. Up to `head` the
    text is no part of the article.
    """

    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    hint: str | None = None
    rights: Rights = field(default_factory=Rights)
    whole_words: int | None = None
    holds_locked_part: bool = False
    encoding_note: str | None = None
    head: int = 0
