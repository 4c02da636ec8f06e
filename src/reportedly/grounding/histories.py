"""Room 5, histories: the year of which a paragraph tells that opens with one long past ("In spring 1992 ... 17 May").

Door: `dated_in_history(mention, document, published)`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from reportedly.knowledge.grammar import grammar_words
from reportedly.model import Document
from reportedly.model.time_mention import TimeMention


def _either(words: Iterable[str]) -> str:
    """The words as alternatives, also with a capital."""
    return "|".join(form for word in sorted(words) for form in (word, word.capitalize()))


_OPENING = 60  # characters of a paragraph within which a year sets its time
_PAST = 2  # years back from which on a paragraph tells history
_YEAR = r"1[89]\d\d|20\d\d"
_LEADS, _NEAR, _STRETCHES = (grammar_words()[n] for n in ("history_leads", "near_now", "calendar_stretches"))
_IN_YEAR = re.compile(rf"(?<!\w)(?:{_either(_LEADS)})\s(?:\w+\s){{0,2}}?({_YEAR})(?![\w-])")
_TURN = re.compile(rf"(?<!\w)(?:{_YEAR}|(?:{'|'.join(sorted(_NEAR))})\s(?:{'|'.join(sorted(_STRETCHES))}))(?![\w-])")


def dated_in_history(mention: TimeMention, document: Document, published: date | None) -> TimeMention:
    """Return the time; a day without a year has that with which its paragraph opens, where that is long past and the
    text names no other time between them."""
    if published is None or mention.kind != "date" or mention.first.month is None:
        return mention
    if mention.first.year is not None or mention.first.offset is not None:
        return mention
    starts = [p.start for p in document.paragraphs]
    start = starts[max(bisect_right(starts, mention.start) - 1, 0)]
    opening = _IN_YEAR.search(document.text, start, min(start + _OPENING, mention.start))
    if opening is None or published.year - int(opening[1]) < _PAST:
        return mention
    if _TURN.search(document.text, opening.end(), mention.start) is not None:
        return mention
    year = int(opening[1])
    last = replace(mention.last, year=year) if mention.last is not None else None
    return replace(mention, first=replace(mention.first, year=year), last=last)
