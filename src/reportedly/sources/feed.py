"""Room 1, sources: feeds (RSS, Atom, JSON Feed 1.1), IPTC ninjs items and JSON files of neutral documents.

A feed's description is a summary that the publisher approved, not the article: such captures say `access: summary`.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from lxml import etree  # type: ignore[import-untyped,unused-ignore]

from reportedly.model.capture import Capture, CaptureMeta
from reportedly.model.rejected import Rejected
from reportedly.sources.jsonl import from_object, read_jsonl
from reportedly.sources.limits import MAX_ENTRIES, read_whole, skipped, unreadable

_ENTRY = ("item", "entry")
_LINK_KINDS = (None, "alternate")
_CLOSED = re.compile(rb"</(?:\w+:)?(?:rss|feed|rdf)\s*>\s*$", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z!/]")


# XML feeds ----------------------------------------------------------------------------------------------------------


def read_feed(stream: BinaryIO, name: str, origin: str) -> Iterator[Capture | Rejected]:
    """Yield one capture per entry of an RSS or Atom file; what stands before a break in the file is kept."""
    data = read_whole(stream, origin)
    if isinstance(data, Rejected):
        yield data
        return
    root, broken = _parsed(data)
    if root is None or _local(root) not in ("rss", "feed", "rdf"):
        found = "no XML" if root is None else f"the root is <{_local(root)}>"
        yield unreadable(origin, f"not a feed ({found}); RSS or Atom was expected")
        return
    yield from _unique(_entries(root, name, origin))
    if broken and _CLOSED.search(data[-200:]):
        yield skipped(origin, f"the feed is not well-formed ({broken}); read all the same")
    elif broken:
        yield unreadable(origin, f"the feed is broken or cut off ({broken}); entries before that were read")


def _parsed(data: bytes) -> tuple[etree._Element | None, str | None]:
    """Return the root, and the complaint when the file is not well-formed. Entities are never expanded."""
    data = data.strip()
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    try:
        return etree.fromstring(data, etree.XMLParser(recover=False, **options)), None
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = str(error).splitlines()[0][:120] if str(error) else "empty"
    try:
        return etree.fromstring(data, etree.XMLParser(recover=True, **options)), reason
    except (etree.XMLSyntaxError, ValueError):
        return None, reason


def _local(node: etree._Element) -> str:
    """Return an element's name without namespace, in lower case; empty for comments and instructions."""
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""


def _entries(root: etree._Element, name: str, origin: str) -> Iterator[Capture | Rejected]:
    channel = next((child for child in root if _local(child) == "channel"), root)
    publisher = _text(channel, "title")
    language = _text(channel, "language") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    nodes = [node for node in root.iter() if _local(node) in _ENTRY]
    if not nodes:
        yield unreadable(origin, "the feed has no entries; at least one item was expected")
    for number, node in enumerate(nodes[:MAX_ENTRIES], 1):
        yield _entry(node, f"{name}#{number}", f"{origin}, entry {number}", publisher, language)
    if len(nodes) > MAX_ENTRIES:
        yield unreadable(origin, f"more than {MAX_ENTRIES} entries; those after it were not read")


def _entry(
    node: etree._Element, name: str, where: str, publisher: str | None, language: str | None
) -> Capture | Rejected:
    body = _content(node, "encoded") or _content(node, "content")
    summary = None if body else _content(node, "description") or _content(node, "summary")
    title = _text(node, "title")
    content = body or summary
    if not content:
        return unreadable(where, "the entry has neither content nor description; there is nothing to read")
    meta = CaptureMeta(
        title=title,
        url=_link(node),
        publisher=_text(node, "source") or publisher,
        author=_author(node),
        published=_text(node, "pubdate") or _text(node, "published") or _text(node, "date") or _text(node, "updated"),
        language=language,
        access="summary" if summary else None,
    )
    return Capture(_text(node, "guid") or _text(node, "id") or meta.url or name, where, _media(content), content, meta)


def _media(content: str) -> str:
    """Tell marked-up content from plain."""
    return "html" if _TAG.search(content) or re.search(r"&#?\w+;", content) else "text"


def _child(node: etree._Element, local: str) -> etree._Element | None:
    return next((child for child in node if _local(child) == local), None)


def _text(node: etree._Element, local: str) -> str | None:
    """Return the trimmed text of the first child of that name, its own title where it is a source element."""
    child = _child(node, local)
    if child is None:
        return None
    inner = _child(child, "title")
    return " ".join("".join((child if inner is None else inner).itertext()).split()) or None


def _content(node: etree._Element, local: str) -> str | None:
    """Return the content of a child as markup or text; XHTML children are written out again."""
    for child in node:
        if _local(child) != local or _is_media(child):
            continue
        if len(child) and child.get("type") == "xhtml":
            return "".join(etree.tostring(part, encoding="unicode") for part in child).strip() or None
        return "".join(child.itertext()).strip() or None
    return None


def _is_media(node: etree._Element) -> bool:
    """Tell whether the element belongs to Media RSS, whose content is pictures and clips."""
    return isinstance(node.tag, str) and "search.yahoo.com/mrss" in node.tag


def _link(node: etree._Element) -> str | None:
    for child in node:
        if _local(child) == "link" and child.get("rel") in _LINK_KINDS:
            url = (child.get("href") or child.text or "").strip()
            if url:
                return url
    return None


def _author(node: etree._Element) -> str | None:
    for local in ("creator", "author"):
        child = _child(node, local)
        if child is not None:
            named = _child(child, "name")
            return " ".join("".join((child if named is None else named).itertext()).split()) or None
    return None


def _unique(items: Iterable[Capture | Rejected]) -> Iterator[Capture | Rejected]:
    """Pass the items on; an id that comes again gets its number, so that no entry hides another."""
    seen: dict[str, int] = {}
    for item in items:
        if isinstance(item, Capture):
            count = seen[item.id] = seen.get(item.id, 0) + 1
            if count > 1:
                item = Capture(f"{item.id}#{count}", item.origin, item.media, item.content, item.meta)
        yield item


# JSON files ---------------------------------------------------------------------------------------------------------


def read_json(stream: BinaryIO, name: str, origin: str) -> Iterator[Capture | Rejected]:
    """Yield the documents of a JSON file: a JSON Feed, ninjs items, or neutral documents, alone or in a list."""
    data = read_whole(stream, origin)
    if isinstance(data, Rejected):
        yield data
        return
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        yield unreadable(origin, f"not UTF-8 at byte {error.start}; JSON must be UTF-8")
        return
    except RecursionError:
        yield unreadable(origin, "JSON nested too deeply; a feed or documents were expected")
        return
    except ValueError as error:
        yield from _not_one_value(data, name, origin, error)
        return
    yield from _unique(_json_items(value, name, origin))


def _not_one_value(data: bytes, name: str, origin: str, error: ValueError) -> Iterator[Capture | Rejected]:
    """Read a file of one object a line that is only named .json; otherwise say where the JSON breaks."""
    first = data.lstrip().partition(b"\n")[0]
    try:
        lines = isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        lines = False
    if lines:
        yield from read_jsonl(io.BytesIO(data), name, origin)
        return
    place = f"line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else "it"
    yield unreadable(origin, f"invalid JSON at {place}; a JSON Feed, ninjs or documents were expected")


def _json_items(value: object, name: str, origin: str) -> Iterator[Capture | Rejected]:
    if isinstance(value, dict) and isinstance(value.get("items"), list):
        yield from _json_feed(value, name, origin)
        return
    if not isinstance(value, list):
        yield _json_item(value, name, origin)
        return
    if not value:
        yield unreadable(origin, "the list is empty; at least one document was expected")
    for number, item in enumerate(value[:MAX_ENTRIES], 1):
        yield _json_item(item, f"{name}#{number}", f"{origin}, item {number}")
    if len(value) > MAX_ENTRIES:
        yield unreadable(origin, f"more than {MAX_ENTRIES} items; those after it were not read, use JSONL")


def _json_item(value: object, name: str, where: str) -> Capture | Rejected:
    if isinstance(value, dict) and value.get("text") is None and _is_ninjs(value):
        return _ninjs(value, name, where)
    return from_object(value, name, where)


def _json_feed(feed: Mapping[str, Any], name: str, origin: str) -> Iterator[Capture | Rejected]:
    items = feed["items"]
    if not items:
        yield unreadable(origin, "the feed has no items; at least one was expected")
    for number, item in enumerate(items[:MAX_ENTRIES], 1):
        where = f"{origin}, item {number}"
        if isinstance(item, dict):
            yield _feed_item(item, feed, f"{name}#{number}", where)
        else:
            yield unreadable(where, "no object; a feed item was expected")


def _feed_item(item: Mapping[str, Any], feed: Mapping[str, Any], name: str, where: str) -> Capture | Rejected:
    text, markup = item.get("content_text"), item.get("content_html")
    content = text or markup or item.get("summary")
    authors = [*_dicts(item.get("authors")), *_dicts(item.get("author")), *_dicts(feed.get("authors"))]
    value = {
        "id": item.get("id") or item.get("url"),
        "text": content,
        "title": item.get("title"),
        "url": item.get("url") or item.get("external_url"),
        "publisher": feed.get("title"),
        "author": authors[0].get("name") if authors else None,
        "published": item.get("date_published"),
        "language": item.get("language") or feed.get("language"),
        "access": None if text or markup else "summary",
    }
    return _with_media(from_object(value, name, where), markup=bool(markup and not text))


def _with_media(capture: Capture | Rejected, *, markup: bool) -> Capture | Rejected:
    """Return the capture as HTML where its text is markup."""
    if isinstance(capture, Rejected) or not markup:
        return capture
    return Capture(capture.id, capture.origin, "html", capture.content, capture.meta)


def _dicts(value: object) -> list[dict[str, Any]]:
    """Return the objects in a value that should be an object or a list of them."""
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, dict)]


def _is_ninjs(value: Mapping[str, Any]) -> bool:
    return "uri" in value and any(
        key in value
        for key in ("bodies", "headlines", "body_text", "body_html", "body_xhtml", "headline", "descriptions")
    )


def _ninjs(value: Mapping[str, Any], name: str, where: str) -> Capture | Rejected:
    """Turn an IPTC ninjs item (1.x to 3.x) into a capture; withheld and cancelled items are left out by name."""
    status = str(_any(value, "pubStatus", "pubstatus") or "usable").lower()
    if status in ("withheld", "canceled", "cancelled"):
        return skipped(where, f"the agency marks the item {status}; left out")
    content, markup = _ninjs_body(value)
    headlines = _dicts(value.get("headlines"))
    incomplete = _any(value, "representationType", "representationtype") == "incomplete"
    neutral = {
        "id": value.get("uri"),
        "text": content,
        "title": (headlines[0].get("value") if headlines else None) or value.get("headline") or value.get("title"),
        "publisher": _any(value, "copyrightHolder", "copyrightholder"),
        "author": _any(value, "by", "byline"),
        "published": _any(value, "firstCreated", "firstcreated", "versionCreated", "versioncreated"),
        "language": value.get("language"),
        "url": value.get("uri") if str(value.get("uri")).startswith("http") else None,
        "access": "preview" if incomplete else None,
    }
    return _with_media(from_object(neutral, name, where), markup=markup)


def _ninjs_body(value: Mapping[str, Any]) -> tuple[object, bool]:
    """Return the body of a ninjs item and whether it is markup; descriptions where there is no body."""
    if value.get("body_text"):
        return value["body_text"], False
    for key in ("body_html", "body_xhtml"):
        if value.get(key):
            return value[key], True
    for body in [*_dicts(value.get("bodies")), *_dicts(value.get("descriptions"))]:
        if body.get("value"):
            kind = str(_any(body, "contentType", "contenttype") or "")
            return body["value"], "html" in kind or "xml" in kind
    return None, False


def _any(value: Mapping[str, Any], *keys: str) -> Any:
    """Return the first of several spellings of a property that is set."""
    return next((value[key] for key in keys if value.get(key)), None)
