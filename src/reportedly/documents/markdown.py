"""Room 2, documents: what a Markdown file states about itself in the lines between two `---` at its head.

Door: `extract_markdown(text)`. The text stays as given; the head is marked, so that it is not read as the article.
"""

from __future__ import annotations

import re
from types import MappingProxyType

from reportedly.documents.extracted import Extracted

# The head as Jekyll, Hugo and Pandoc write it; simple values alone, no lists and no blocks.
_HEAD = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<lines>(?:.*\r?\n){0,60}?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_LINE = re.compile(r"^(?P<key>[A-Za-z][\w-]*)[ \t]*:[ \t]+(?P<value>\S.*?)[ \t]*\r?$", re.MULTILINE)
_KEYS = MappingProxyType({
    "title": ("title", "headline"),
    "published": ("published", "date", "pubdate", "publishdate", "date_published"),
    "url": ("url", "canonical", "canonical_url", "link"),
    "publisher": ("publisher", "site", "site_name", "outlet"),
    "author": ("author", "byline"),
    "language": ("language", "lang"),
})  # fmt: skip


def extract_markdown(text: str, encoding_note: str | None = None) -> Extracted:
    r"""Return the text with what its head states.

    >>> found = extract_markdown("---\ntitle: Six die in Kova\ndate: 2024-08-02\n---\nSix people died.")
    >>> found.title, found.published, found.text[found.head :]
    ('Six die in Kova', '2024-08-02', 'Six people died.')
    """
    head = _HEAD.match(text)
    stated = {m["key"].lower(): _plain(m["value"]) for m in _LINE.finditer(head["lines"])} if head else {}
    if head is None or not stated:
        return Extracted(text, encoding_note=encoding_note)
    found = {name: next((stated[key] for key in keys if stated.get(key)), None) for name, keys in _KEYS.items()}
    return Extracted(
        text,
        title=found["title"],
        url=found["url"],
        publisher=found["publisher"],
        author=found["author"],
        published=found["published"],
        language=found["language"],
        encoding_note=encoding_note,
        head=head.end(),
    )


def _plain(value: str) -> str:
    """A value without its quotation marks; a list, a block or a reference is none."""
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else "" if value[0] in "[{|>&*!" else value
