"""Room 2, documents: article pages. Structure that the page states first (JSON-LD, article elements), then trafilatura.

Offsets are into the text that comes out: paragraphs joined by blank lines. Parts that the page locks or marks
`data-nosnippet` stay in the text and are marked as not to be shown.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from reportedly.documents.blocks import Blocks, read_blocks
from reportedly.documents.decode import decode
from reportedly.documents.extracted import Extracted
from reportedly.documents.metadata import PageData, page_data
from reportedly.documents.words import count_words

MAX_DEPTH = 2000
"""Deepest nesting that is parsed as a tree: the parser's time grows with its square (85 s at 200,000, 2026-11)."""
MAX_TREE_BYTES = 20_000_000
MAX_FALLBACK_BYTES = 3_000_000
_ENOUGH_WORDS = 40
_COVERAGE = 0.35
_LINK_SHARE = 0.25
_CONTAINERS = (
    '[itemprop="articleBody"], [property="articleBody"]',
    "[data-testid*='article-body'], .article-body, .article__body, .articleBody, .article-content, .article__content,"
    " .story-body, .story__body, .story-content, .entry-content, .post-content, .post-body, .c-article-body,"
    " #article-body",
    "article",
    "main, [role='main']",
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_SELF_CLOSING = frozenset(
    "area base br col embed hr img input link meta source track wbr p li td tr th option dt dd path".split()  # noqa: SIM905
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_DROP = re.compile(r"<(script|style|noscript|template)\b.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)", re.IGNORECASE | re.DOTALL)
_BREAKS = re.compile(r"</?(?:p|div|br|li|h[1-6]|tr|section|article|blockquote)\b[^>]{0,2000}>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]{0,100000}>")


@dataclass(frozen=True, slots=True)
class _Found:
    """Text found on a page and the ranges of it that must not be shown."""

    text: str
    hidden: tuple[tuple[int, int], ...] = ()
    locked: bool = False


def extract_html(content: bytes | str, *, charset: str | None, headers: dict[str, str]) -> Extracted | str:
    """Return the article of a page with what the page states about it, or why there is none."""
    note: str | None = None
    if isinstance(content, bytes):
        declared = _CHARSET.search(content[:4096])
        decoded = decode(content, charset or (declared.group(1).decode("ascii") if declared else None))
        if isinstance(decoded, str):
            return decoded
        content, note = decoded.text, decoded.note
    content = content.replace("\x00", "")
    if len(content) > MAX_TREE_BYTES or _depth(content) > MAX_DEPTH:
        found, page = _Found(_stripped(content)), PageData()
        note = note or "the page is nested too deeply or too large to be read as a tree; all its text is kept"
    else:
        tree = LexborHTMLParser(content)
        page = page_data(tree, headers)
        found = _article(tree, content, page)
    if not found.text.strip():
        return "no article text on the page; paragraphs of text were expected"
    return _extracted(found, page, note)


def _extracted(found: _Found, page: PageData, note: str | None) -> Extracted:
    """Join text and page data."""
    rights = page.rights
    if found.hidden:
        rights = replace(rights, no_preview=found.hidden)
    return Extracted(
        text=found.text,
        title=page.title,
        url=page.url,
        publisher=page.publisher,
        author=page.author,
        published=page.published,
        language=page.language,
        hint=page.hint,
        rights=rights,
        whole_words=page.words,
        holds_locked_part=found.locked,
        encoding_note=note,
    )


# Text ---------------------------------------------------------------------------------------------------------------


def _article(tree: LexborHTMLParser, content: str, page: PageData) -> _Found:
    """Return the article's text: the container that the page names, else the main text, else the stated body."""
    body = tree.body
    if body is None:
        return _Found("")
    locked = _locked_nodes(tree, page.locked_selectors)
    best = _container(tree, body, locked)
    if best is None or best.link_share > _LINK_SHARE:
        best = _whole_page(best or read_blocks(body, locked), content)
    if count_words(best.text) < _ENOUGH_WORDS and count_words(page.body or "") > count_words(best.text):
        return _stated_body(page)
    return _Found(best.text, best.hidden, best.locked)


def _stated_body(page: PageData) -> _Found:
    """Return the article body that the structured data hold; none of it may be shown where the article is locked."""
    text = _stripped(page.body or "") if "<" in (page.body or "") else (page.body or "").strip()
    locked = page.rights.free is False
    return _Found(text, ((0, len(text)),) if locked else (), locked)


def _container(tree: LexborHTMLParser, body: LexborNode, locked: frozenset[int]) -> Blocks | None:
    """Return the blocks of the first named container that holds most of the page's running text."""
    running = sum(len(p.text(deep=True)) for p in body.css("p")[:5000])
    for selector in _CONTAINERS:
        nodes = tree.css(selector)[:40]
        if not nodes:
            continue
        node = max(
            nodes, key=lambda n: sum(len(p.text(deep=True)) for p in n.css("p")[:2000]) or len(n.text(deep=True)) / 50
        )
        blocks = read_blocks(node, locked)
        if blocks.text and (len(blocks.text) >= _COVERAGE * running or running < 200):
            return blocks
    return None


def _whole_page(blocks: Blocks, content: str) -> Blocks:
    """Return the text of a page without a named container; pages full of links go through trafilatura."""
    if blocks.link_share <= _LINK_SHARE or blocks.hidden or len(content) > MAX_FALLBACK_BYTES:
        return blocks
    text = _trafilatura(content)
    return blocks if count_words(text) < _ENOUGH_WORDS / 2 else Blocks(text, (), False, 0.0)


def _trafilatura(content: str) -> str:
    """Return trafilatura's reading of a page, empty when it finds none."""
    import trafilatura  # here because it takes 0.8 s to load (2026-11) and few pages need it

    try:
        found = trafilatura.extract(content, include_comments=False, include_tables=True, include_formatting=False)
    except Exception:  # hostile pages reach many corners of a third-party parser; its failure is no answer, not ours
        return ""
    return "\n\n".join(line.strip() for line in (found or "").splitlines() if line.strip())


def _locked_nodes(tree: LexborHTMLParser, selectors: tuple[str, ...]) -> frozenset[int]:
    """Return the memory ids of the elements that the page's paywall mark-up names."""
    return frozenset(node.mem_id for selector in selectors for node in tree.css(selector)[:500])


# Pages that are not read as a tree ----------------------------------------------------------------------------------


def _depth(content: str) -> int:
    """Return how deep a page nests its elements, from its tags alone; small pages count as flat."""
    if content.count("<") <= MAX_DEPTH:
        return 0
    depth = deepest = 0
    for match in _TAG.finditer(content):
        if match.group(2).lower() in _SELF_CLOSING:
            continue
        depth = max(0, depth - 1) if match.group(1) else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _stripped(content: str) -> str:
    """Return the text between the tags, in linear time."""
    bare = _ANY_TAG.sub(" ", _BREAKS.sub("\n\n", _DROP.sub(" ", content)))
    lines = (" ".join(line.split()) for line in html.unescape(bare).split("\n"))
    return "\n\n".join(line for line in lines if line)
