"""Labels: names of places before a colon, as lists and bulletins head their entries ("Kidal/Gao: Two men were killed").

Door: `place_labels`. Mentions and claims ask alike, so the rule stands here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from reportedly.model.span import Span

_REACH = 80  # characters within which a label ends
_LEAD = 6  # characters of numbers and marks before it
_MARK = re.compile(r"[^\n:]*?(:\s+)(?=\S)")
_DASHED = re.compile(r"[^\n:–—]*?(\s[–—]\s+)(?=[A-Z\d\"“])")
_WORD = re.compile(r"[^\W\d_]+")


class Label(NamedTuple):
    """The stretch of a label, its mark included, and the position of the first of its names."""

    start: int
    end: int
    name: int


def place_labels(
    text: str, starts: Iterable[int], names: Sequence[Span], kinds: Collection[str], speakers: Collection[str]
) -> list[Label]:
    """Return the labels at some starts of sentences, in text order. `names` are all places in text order.

    `kinds` are words for kinds of places that may stand beside a name ("Borno STATE"); names that may stand for a
    government (`speakers`, in small letters) head no entry: "Moscow: two ships sunk" is told by Moscow.
    """
    begins = [n.start for n in names]
    found = []
    for start in starts:
        first = bisect_left(begins, start)
        if first == len(names) or begins[first] - start > _LEAD:
            continue
        opens_line = start > 0 and text[start - 1] == "\n"
        mark = _MARK.match(text, start, start + _REACH) or (opens_line and _DASHED.match(text, start, start + _REACH))
        if mark and _only_names(text, start, mark.start(1), names[first:], kinds, speakers):
            found.append(Label(start, mark.end(), first))
    return found


def _only_names(
    text: str, start: int, end: int, names: Iterable[Span], kinds: Collection[str], speakers: Collection[str]
) -> bool:
    """Tell whether a stretch is made of names of places and of words for their kinds alone."""
    rest, at = "", start
    for name in names:
        if name.end > end:
            break
        if name.quote.lower() in speakers:
            return False
        rest, at = rest + text[at : name.start], max(at, name.end)
    return at > start and all(word.lower() in kinds for word in _WORD.findall(rest + text[at:end]))
