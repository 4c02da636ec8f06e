"""Room 1, sources: the column names under which tables hold a document's fields, best first."""

from __future__ import annotations

TEXT_COLUMNS = (
    "text",
    "body",
    "content",
    "article",
    "article_text",
    "full_text",
    "fulltext",
    "article_body",
    "articlebody",
    "story",
    "story_text",
    "maintext",
    "content_text",
    "plain_text",
    "raw_text",
    "document",
    "message",
    "notes",
    "description",
)
FIELD_COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("id", "doc_id", "document_id", "docid", "article_id", "uid", "guid"),
    "title": ("title", "headline", "subject"),
    "url": ("url", "link", "article_url", "source_url", "uri"),
    "publisher": ("publisher", "outlet", "source", "source_name", "publication", "newspaper", "site"),
    "author": ("author", "byline", "authors"),
    "published": ("published", "date", "published_at", "publication_date", "publish_date", "pub_date", "pubdate",
                  "date_published", "datetime", "time"),
    "language": ("language", "lang"),
}  # fmt: skip
