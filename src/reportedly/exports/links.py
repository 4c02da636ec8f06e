"""Ways to the publisher's page: without trackers, and straight to the words that a value was read from."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from reportedly.model.document import Document
from reportedly.model.span import Span

# Query parameters that say where a reader came from; links in a report must not tell.
TRACKERS = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid")


def safe_link(url: str | None) -> str | None:
    """Return a web address without trackers; None for anything that is no web address."""
    try:
        parts = urlsplit((url or "").strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    kept = [
        (key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not key.startswith(TRACKERS)
    ]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(kept), ""))


def deep_link(document: Document, content: Span) -> str | None:
    """Return a link that opens the article at these words: the first and last few of them, as browsers want it."""
    link = safe_link(document.url)
    tokens = document.text[content.start : content.end].split()
    if link is None or not tokens:
        return link
    first, last = " ".join(tokens[:3]), " ".join(tokens[-3:])
    ends = [first] if len(tokens) <= 6 else [first, last]
    return f"{link}#:~:text=" + ",".join(quote(end, safe="").replace("-", "%2D") for end in ends)
