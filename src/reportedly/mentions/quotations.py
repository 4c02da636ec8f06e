"""Room 3, quotations: find the quoted stretches of a text, over sentence borders within a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportedly.model import Paragraph, Span

_OPEN = "“«„"
_CLOSE = "”»"
_MARK = re.compile(r"[“”«»„\"]")
_LONGEST = 3000


def find_quotations(text: str, paragraphs: Sequence[Paragraph]) -> tuple[Span, ...]:
    """Return the quoted stretches, marks left out, in text order. An unclosed quote ends with its paragraph."""
    found: list[Span] = []
    for paragraph in paragraphs:
        found += _quotes_in(text, paragraph.start, paragraph.end)
    return tuple(found)


def _quotes_in(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    opened: int | None = None
    for match in _MARK.finditer(text, start, end):
        at, mark = match.start(), match.group()
        closes = mark in _CLOSE or (mark == '"' and opened is not None)
        if opened is None and not (mark in _CLOSE):
            opened = at + 1
        elif opened is not None and closes:
            if 0 < at - opened <= _LONGEST:
                found.append(Span.of(text, opened, at))
            opened = None
    if opened is not None and 0 < end - opened <= _LONGEST:
        found.append(Span.of(text, opened, end))
    return found
