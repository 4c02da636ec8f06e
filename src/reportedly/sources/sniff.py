"""Room 1, sources: what kind of input a stream without a name holds, from its first bytes."""

from __future__ import annotations

import json
import re

from reportedly.sources.columns import TEXT_COLUMNS

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|div|p)\b", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss|feed|rdf:rdf)\b", re.IGNORECASE)
_MAIL = re.compile(
    rb"\A(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:message-id|mime-version|received):", re.IGNORECASE
)


def guess_kind(head: bytes) -> str:
    """Return the kind of input that begins with these bytes; `text` when nothing speaks for another.

    >>> guess_kind(b'{"text": "a"}'), guess_kind(b"Ten killed in Gao")
    ('jsonl', 'text')
    """
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    magic = {b"%PDF-": "pdf", b"WARC/": "warc", b"PK\x03\x04": "wacz"}
    for mark, kind in magic.items():
        if start.startswith(mark):
            return kind
    if start[:1] in (b"{", b"["):
        return _json_kind(start)
    if start[:1] == b"<":
        if _FEED.search(start[:4096]):
            return "feed"
        return "html" if _HTML.search(start[:4096]) else "text"
    if _MAIL.match(start[:8192]):
        return "mail"
    return "table" if _looks_like_table(start) else "text"


def _json_kind(start: bytes) -> str:
    """Tell JSONL from a JSON file: in JSONL the first line is complete by itself."""
    first, newline, rest = start.partition(b"\n")
    if start[:1] == b"[":
        return "json" if first.strip()[1:2] in (b"", b"{") else "text"
    if not newline:
        return "jsonl" if b'"text"' in first or not first.rstrip().endswith(b"}") else "json"
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return "jsonl" if rest.lstrip()[:1] == b"{" else "json"
    return "jsonl" if rest.strip() or b'"text"' in first else "json"


def _looks_like_table(start: bytes) -> bool:
    """Tell whether the first line is a header of several short names with a text column among them."""
    header = start.partition(b"\n")[0].strip()
    if len(header) > 2000:
        return False
    for delimiter in (b",", b";", b"\t"):
        names = [name.strip(b" \"'\r").decode("latin-1").lower() for name in header.split(delimiter)]
        if len(names) > 1 and any(name in TEXT_COLUMNS for name in names) and all(len(n) < 40 for n in names):
            return True
    return False
