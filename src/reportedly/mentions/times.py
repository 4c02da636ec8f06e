"""Room 3, times: find the words that name a time, in plain text, and read them into fields.

Door: `find_times(text, start, end)`. Nothing is anchored to the calendar here; that is `grounding.times`.
The rules stand in `time_rules`, the words in `knowledge/data/lexicon/en/times.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportedly.mentions.numerals import fold
from reportedly.mentions.time_context import Window
from reportedly.mentions.time_frames import frame
from reportedly.mentions.time_rules import TimeRules, time_rules
from reportedly.model.quick import replace
from reportedly.model.time_mention import TimeKind, TimeMention, TimePoint, TimeUnit

__all__ = ["TimeKind", "TimeMention", "TimePoint", "TimeUnit", "find_dateline", "find_heading_day", "find_times"]

_BEFORE = 80  # characters of context before the stretch: enough for any opener and for a dateline's town
_AFTER = 60
_DATELINE_REACH = 400  # a dateline stands in the first lines of a text
# What ends every dateline.
_DATELINE_SIGN = re.compile(r"[-–—:](?:\s|$)")


def find_times(text: str, start: int, end: int) -> tuple[TimeMention, ...]:
    """Return the times named in `text[start:end]`, in text order, never overlapping.

    Looks at a little context around the stretch, but every mention lies within it. Example: `"on July 27"` gives one
    mention with the words `July 27`, month 7, day 27 and no year.
    """
    return tuple(_found(text, start, end))


def _found(text: str, start: int, end: int) -> Iterator[TimeMention]:
    """The times one by one: who looks for one of them need not read on."""
    rules = time_rules()
    base = max(0, start - _BEFORE)
    raw = text[base : min(len(text), end + _AFTER)]
    low = fold(raw)
    if rules.hint.search(low, start - base, end - base) is None:
        return
    window = Window(raw, low, start - base, end - base, base == 0)
    for mention in _scan(rules, window):
        yield replace(mention, start=mention.start + base, end=mention.end + base)


def find_dateline(text: str) -> TimeMention | None:
    """Return the date in the dateline that opens the text ("BAMAKO, Aug 2 (Reuters) -"), or None."""
    reach = min(len(text), _DATELINE_REACH)
    if _DATELINE_SIGN.search(text[: reach + _AFTER]) is None:
        return None
    return next((m for m in _found(text, 0, reach) if m.kind == "dateline"), None)


def find_heading_day(text: str, end: int) -> TimeMention | None:
    """Return the day named in the lines that head a text up to `end` ("Daily summary, 3 May"), or None."""
    days = (m for m in _found(text, 0, end) if m.kind != "recurring")
    return next((m for m in days if m.first.day is not None and m.first.month is not None), None)


def _scan(rules: TimeRules, window: Window) -> Iterator[TimeMention]:
    """Walk from left to right, taking the first rule that accepts; without a hint ahead there is nothing more. The
    window holds a hint."""
    at = before = window.start
    while match := rules.master.search(window.low, at, window.end):
        mention = rules.read(window, match)
        if mention is None:
            at = _next_word(window.low, match.start())
        else:
            mention = frame(rules.context, window, mention, before)
            yield mention
            at = before = mention.end
        if rules.hint.search(window.low, at, window.end) is None:
            break


_WORD_END = re.compile(r"\w+|\W")


def _next_word(low: str, at: int) -> int:
    match = _WORD_END.match(low, at)
    return match.end() if match else at + 1
