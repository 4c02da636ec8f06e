"""A document as schema.org describes an article, for previews that search engines and archives can read."""

from __future__ import annotations

import json

from reportedly.contract import PreviewJson
from reportedly.model.document import Document

CONTEXT = "https://schema.org"


def news_article(document: Document, made: PreviewJson) -> dict[str, object]:
    """Return a NewsArticle of what is known: never the body, the excerpt as its abstract; unknown fields left out."""
    free = document.rights.free
    known: dict[str, object | None] = {
        "headline": made["title"],
        "author": _named("Person", made["author"]),
        "publisher": _named("Organization", made["publisher"]),
        "datePublished": made["published"],
        "inLanguage": document.language,
        "url": made["url"],
        "mainEntityOfPage": made["url"],
        "license": document.rights.licence,
        "wordCount": made["words_total"] if made["words_total_basis"] == "counted" else None,
        "abstract": made["excerpt"] or None,
        "isAccessibleForFree": free,
        "hasPart": _locked() if free is False else None,
    }
    told = {key: value for key, value in known.items() if value is not None}
    return {"@context": CONTEXT, "@type": "NewsArticle", **told}


def script_safe(value: object) -> str:
    """Return JSON that can stand in a page's data block: nothing in it can end the block.

    >>> script_safe({"headline": "</script>"})
    '{"headline": "\\\\u003c/script\\\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _named(kind: str, name: str | None) -> dict[str, str] | None:
    return {"@type": kind, "name": name} if name else None


def _locked() -> dict[str, object]:
    return {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paywall"}
