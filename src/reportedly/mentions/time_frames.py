"""What the words before and after make of a time: the start or end of a period, a dateline, a publication date.

Helper of `time_rules`.
"""

from __future__ import annotations

import re

from reportedly.mentions.time_context import TimeContext, Window
from reportedly.model.quick import replace
from reportedly.model.time_mention import TimeKind, TimeMention

# Words of a place name that begin small, and words by which a sentence and no dateline begins.
_SMALL = {"de", "la", "del", "el", "of", "the", "and", "al", "los", "las", "da", "do", "des", "du", "le", "ad", "ed"}
_OPENERS = {"in", "on", "at", "the", "after", "since", "by", "until", "late", "early", "from"}

# An agency in brackets behind a date, and no day of the week.
_AGENCY = re.compile(r"\s*\((?!(?:mon|tue|wed|thu|fri|sat|sun))[^)\n]+\)")
_CLAUSE = 100  # characters of "since the war between X and Y broke out in" before a time


def frame(ctx: TimeContext, window: Window, mention: TimeMention, floor: int) -> TimeMention:
    """Mark a mention that opens or closes a period, or that stands in a dateline."""
    if mention.kind in ("duration", "recurring", "since"):
        return mention
    if mention.kind == "date" and mention.first.offset is None:
        line = window.raw[: mention.start]
        if ctx.published.search(window.low, 0, mention.start):
            return replace(mention, kind="published")
        if mention.last is None and _in_dateline(ctx, window, mention, line):
            return replace(mention, kind="dateline")
    return _bounded(ctx, window, mention, floor)


def _in_dateline(ctx: TimeContext, window: Window, mention: TimeMention, line: str) -> bool:
    after = ctx.dateline_after.match(window.low, mention.end)
    head = re.search(r"(?:^|\n)([^\n]*)$", line)
    if after is None or head is None or (not window.opens and "\n" not in line):
        return False
    before = head[1].strip()
    if not before:  # "June 17 (Reuters) - ", where no town is named
        return window.opens and "\n" not in line and _AGENCY.match(after[0]) is not None
    if ctx.dateline_before.search(window.low, head.start(1), mention.start) is None or (
        not before.rstrip("(").rstrip().endswith((",", ")", "(")) and "(" not in head[1]
    ):
        return False
    words = re.findall(r"[^\W\d_]+", before)
    capital = all(w[0].isupper() or w.lower() in _SMALL for w in words)
    return bool(words) and capital and words[0].lower() not in _OPENERS


def _bounded(ctx: TimeContext, window: Window, mention: TimeMention, floor: int) -> TimeMention:
    if mention.last is not None and mention.kind == "weekday":
        return mention
    low_limit = max(floor, mention.start - 40)
    possessive = ctx.possessive.match(window.low, mention.end) is not None
    since = ctx.since_word.search(window.low, low_limit, mention.start)
    if since is None and ctx.since_clause.search(window.low, max(floor, mention.start - _CLAUSE), mention.start):
        return replace(mention, kind="since", inner=mention.kind)
    if since is None and not possessive:
        since = ctx.from_word.search(window.low, low_limit, mention.start)
    until = None if since or possessive else ctx.until_word.search(window.low, low_limit, mention.start)
    hit = since or until
    if hit is None or mention.anchor == "narrative":
        return mention
    kind: TimeKind = "since" if since else "until"
    return replace(mention, start=hit.start(), kind=kind, inner=mention.kind)
