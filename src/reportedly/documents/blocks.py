"""Room 2, documents: from an element of a page to paragraphs of text, with the ranges that must not be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

_BLOCK = frozenset({
    "address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "td", "th", "thead", "tr", "ul",
})  # fmt: skip
_SKIP = frozenset({
    "script", "style", "noscript", "template", "svg", "iframe", "form", "button", "select", "textarea", "input",
    "nav", "aside", "footer", "figure", "figcaption", "picture", "video", "audio", "object", "canvas", "head",
    "h1", "dialog", "label",
})  # fmt: skip
_SKIP_ROLE = frozenset({"navigation", "complementary", "banner", "contentinfo", "search", "dialog", "menu"})
_SKIP_CLASS = re.compile(
    r"(?:^|[\s_-])(?:related|shar(?:e|ing)|social|newsletter|promo|advert(?:isement)?|ads?|sponsored|comments?|breadcrumbs?"
    r"|caption|recommend(?:ed|ations)?|trending|popular|cookie|consent|toolbar|tags|sidebar|outbrain|taboola|skip-link"
    r"|visually-hidden|sr-only)(?:$|[\s_-])",
    re.IGNORECASE,
)
_PIECE = re.compile(r"\S(?:.*?\S)?(?=\s*\n\s*\n|\s*\Z)", re.DOTALL)
_MAX_SKIPPED_SHARE = 0.4
"""A block with a suspicious class that holds more of the text than this is the article itself."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Paragraphs joined by blank lines; `hidden` ranges must not be shown, `link_share` is the part that is links."""

    text: str
    hidden: tuple[tuple[int, int], ...] = ()
    locked: bool = False
    link_share: float = 0.0


@dataclass(slots=True)
class _Builder:
    """Collects runs of text into paragraphs and remembers which of them must not be shown."""

    parts: list[str] = field(default_factory=list)
    hidden: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0
    runs: list[tuple[str, bool]] = field(default_factory=list)

    def add(self, text: str, hide: bool) -> None:
        """Add a run of text to the paragraph that is open."""
        self.runs.append((text, hide))

    def close(self) -> None:
        """End the open paragraph; white space is squeezed and a single line break kept."""
        runs, self.runs = self.runs, []
        block, marks = _squeezed(runs)
        for piece in _PIECE.finditer(block):
            start = self.length + (2 if self.parts else 0)
            self.parts.append(piece.group())
            self.length = start + len(piece.group())
            for left, right in marks:
                left, right = max(left, piece.start()), min(right, piece.end())
                if left < right:
                    self.hidden.append((start + left - piece.start(), start + right - piece.start()))


def _squeezed(runs: list[tuple[str, bool]]) -> tuple[str, list[tuple[int, int]]]:
    """Return runs as one string with single spaces, and the ranges of the hidden ones in it."""
    text: list[str] = []
    marks: list[tuple[int, int]] = []
    length = 0
    for run, hide in runs:
        piece = run if run == "\n" else re.sub(r"\s+", " ", run)
        if piece.startswith(" ") and (not text or text[-1][-1] in " \n"):
            piece = piece[1:]
        if not piece or (piece == "\n" and (not text or text[-2:] == ["\n", "\n"])):
            continue
        if hide:
            marks.append((length, length + len(piece)))
        text.append(piece)
        length += len(piece)
    return "".join(text), marks


def read_blocks(root: LexborNode, locked: frozenset[int]) -> Blocks:
    """Return the text below an element, navigation, captions and the like left out."""
    builder = _Builder()
    whole = max(1, len(root.text(deep=True)))
    linked = locks = 0
    for node, hide, lock, link in _walk(root, locked, whole):
        if node.tag == "-text":
            text = node.text_content or ""
            builder.add(text, hide or lock)
            linked += len(text.strip()) if link else 0
            locks += lock and bool(text.strip())
        elif node.tag == "br":
            builder.add("\n", False)
        elif node.tag in _BLOCK:
            builder.close()
    builder.close()
    text = "\n\n".join(builder.parts)
    return Blocks(text, _merged(builder.hidden, text), locks > 0, linked / max(1, len(text)))


def _merged(ranges: list[tuple[int, int]], text: str) -> tuple[tuple[int, int], ...]:
    """Join ranges with nothing but white space between them."""
    merged: list[tuple[int, int]] = []
    for start, end in ranges:
        if merged and not text[merged[-1][1] : start].strip():
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return tuple((start, end) for start, end in merged if text[start:end].strip())


def _walk(root: LexborNode, locked: frozenset[int], whole: int) -> Iterator[tuple[LexborNode, bool, bool, bool]]:
    """Yield text nodes and the borders of elements in document order, without recursion.

    The flags say whether the node is marked not to be shown, locked, and within a link.
    """
    stack: list[tuple[LexborNode, bool, bool, bool]] = []
    node: LexborNode | None = root
    hide = lock = link = False
    while node is not None:
        skipped = node is not root and _skips(node, whole)
        if not skipped:
            yield node, hide or _nosnippet(node), lock or node.mem_id in locked, link
            child = node.child
            if child is not None:
                stack.append((node, hide, lock, link))
                hide, lock = hide or _nosnippet(node), lock or node.mem_id in locked
                link = link or node.tag == "a"
                node = child
                continue
        while node is not None and (node is root or node.next is None):
            if not stack:
                return
            node, hide, lock, link = stack.pop()
            yield node, hide, lock, link
            if not stack:
                return
        node = node.next if node is not None else None


def _nosnippet(node: LexborNode) -> bool:
    return node.tag in ("span", "div", "section") and "data-nosnippet" in node.attributes


def _skips(node: LexborNode, whole: int) -> bool:
    """Tell whether an element belongs to the page rather than to the article."""
    tag = node.tag
    if tag == "-text":
        return False
    if tag is None or tag in _SKIP or tag.startswith("-"):
        return True
    attributes = node.attributes
    if not attributes:
        return False
    if attributes.get("role") in _SKIP_ROLE or "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if "display:none" in (attributes.get("style") or "").replace(" ", ""):
        return True
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    if not _SKIP_CLASS.search(names):
        return False
    return len(node.text(deep=True)) <= _MAX_SKIPPED_SHARE * whole
