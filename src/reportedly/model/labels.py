"""Labels: names of places before a colon, as lists and bulletins head their entries ("Kidal/Gao: Two men were killed"),
after a day or without one ("28 Jul, Pattani, Nong Chik: Two men were killed").

Door: `place_labels`. The mentions room looks for them, `Label` is what it hands on.
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
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_WEEKDAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?,? )?"
_DAY = re.compile(
    r"(?:[-*•·▪◦‣–—●■]?[ \t]*)"
    rf"{_WEEKDAY}(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}}(?!\d)|\d{{4}}-\d\d-\d\d)(?:,? \d{{4}})?\s?[,:|–—-]\s"
)


class Label(NamedTuple):
    """The stretch of a label, its mark included, the position of the first of its names, and whether a day opens it."""

    start: int
    end: int
    name: int
    dated: bool = False


def place_labels(
    text: str, starts: Iterable[int], names: Sequence[Span], kinds: Collection[str], speakers: Collection[str]
) -> list[Label]:
    """Return the labels at some starts of sentences, in text order. `names` are all places in text order.

    `kinds` are words for kinds of places that may stand beside a name ("Borno STATE"); names that may stand for a
    government (`speakers`, in small letters) head no entry: "Moscow: two ships sunk" is told by Moscow. After a day
    ("2 Aug, ") they do, and names that no gazetteer holds may follow.
    """
    begins = [n.start for n in names]
    found = []
    for start in starts:
        day = _DAY.match(text, start)
        lead = day.end() if day is not None else start
        first = bisect_left(begins, lead)
        if first == len(names) or begins[first] - lead > _LEAD:
            continue
        opens_line = start > 0 and text[start - 1] == "\n"
        mark = _MARK.match(text, lead, lead + _REACH) or (opens_line and _DASHED.match(text, lead, lead + _REACH))
        dated = day is not None
        if mark and _only_names(text, lead, mark.start(1), names[first:], kinds, speakers, dated):
            found.append(Label(start, mark.end(), first, dated))
    return found


def _only_names(
    text: str,
    start: int,
    end: int,
    names: Iterable[Span],
    kinds: Collection[str],
    speakers: Collection[str],
    dated: bool,
) -> bool:
    """Tell whether a stretch is made of names of places and of words for their kinds alone; after a day, and a name
    that is known, of any names, and of those of governments."""
    rest, at = "", start
    for name in names:
        if name.end > end:
            break
        if name.quote.lower() in speakers and not dated:
            return False
        rest, at = rest + text[at : name.start], max(at, name.end)
    others = _WORD.findall(rest + text[at:end])
    return at > start and all(w.lower() in kinds or (dated and w[0].isupper()) for w in others)
