"""Rules for counted units, phrases ("last night") and lengths of time. Helper of `time_rules`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reportedly.mentions.time_context import NARRATIVE_TURNS, Builder, Match, TimeContext, Window, turn_of, unit_of
from reportedly.model.time_mention import TimeAnchor, TimeMention, TimePoint, TimeUnit


def _part_of_unit(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    unit, turn = match["unit"] or match["unit2"], match["turn"] or match["turn2"]
    word = match["part2"]
    part = {"earlier": None, "later": None}.get(word, word) if word else ctx.part(match["part"])
    narrative = turn in NARRATIVE_TURNS
    point = TimePoint(part=part, unit=unit_of(unit), offset=0 if turn in ("the", "the current") else turn_of(turn))
    return TimeMention(
        match.start(), match.end(), "relative", point, anchor="narrative" if narrative else "publication"
    )


def _phrase(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    words = re.sub(r"\s+", " ", match["phrase"])
    entry = ctx.words.phrases[words]
    point = TimePoint(unit=unit_of(entry.unit), offset=entry.offset, vague=entry.open)
    last = TimePoint(unit=unit_of(entry.unit), offset=entry.offset + entry.span) if entry.span else None
    if _phrase_counts(ctx, window, match, words):
        return None
    anchor: TimeAnchor = "narrative" if entry.anchor == "narrative" else "publication"
    return TimeMention(match.start(), match.end(), "relative", point, last, anchor=anchor, night=entry.night)


def _phrase_counts(ctx: TimeContext, window: Window, match: Match, words: str) -> bool:
    """Refuse "next day care" no more than "the weekend edition": a possessive or plain context is required; "THE last
    night OF the siege" is not the night before."""
    if words == "last night" and window.low[: match.start()].endswith("the "):
        return True
    return words in ("the weekend",) and re.match(r"\s+(?:edition|home|trip)", window.low[match.end() :]) is not None


def _ago(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    count, vague = ctx.count(match["count"])
    if count is None:
        return None
    if _counts_from_words(ctx, window, match):
        return TimeMention(match.start(), match.end(), "duration", TimePoint())
    return _moved(ctx, match, count, vague)


def _counts_from_words(ctx: TimeContext, window: Window, match: Match) -> bool:
    """Tell "ten years after the 1979 coup": months and years count from what follows, not from the last date."""
    if match["way"] not in ("before", "after", "prior") or ctx.words.units[match["unit"]] in (
        "minute",
        "hour",
        "day",
        "week",
    ):
        return False
    return re.match(r"\s+\w", window.low[match.end() :]) is not None


def _bare_ago(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    if _counts_from_words(ctx, window, match):
        return TimeMention(match.start(), match.end(), "duration", TimePoint())
    return _moved(ctx, match, 2, True)


def _moved(ctx: TimeContext, match: Match, count: int, vague: bool) -> TimeMention:
    way, (unit, factor) = match["way"], _unit_factor(ctx, match["unit"])
    forward = way in ("later", "after", "afterward", "afterwards", "from now", "hence")
    anchor: TimeAnchor = "publication" if way in ("ago", "from now", "hence") else "narrative"
    point = TimePoint(unit=unit, offset=(1 if forward else -1) * count * factor, vague=vague)
    return TimeMention(match.start(), match.end(), "relative", point, anchor=anchor)


def _unit_factor(ctx: TimeContext, word: str) -> tuple[TimeUnit, int]:
    """Return the calendar unit that a word moves and how many of them it is."""
    unit = ctx.words.units[word]
    if unit in ("fortnight", "quarter", "century"):
        name, factor = {"fortnight": ("week", 2), "quarter": ("month", 3), "century": ("year", 100)}[unit]
        return unit_of(name), factor
    return unit_of(unit), 1


def _past_span(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    forward = re.search(r"(?:next|coming)", match["head"]) is not None
    plain = not match["count"] and re.search(r"the\s+(?:last|next|previous|preceding)\s+$", match["head"]) is not None
    count, vague = ctx.count(match["count"]) if match["count"] else (1, False)
    unit, factor = _unit_factor(ctx, match["unit"])
    if plain or count is None or unit == "weekend":
        return None
    here = TimePoint(unit=unit, offset=0)
    there = TimePoint(unit=unit, offset=(1 if forward else -1) * count * factor, vague=vague)
    first, last = (here, there) if forward else (there, here)
    return TimeMention(match.start(), match.end(), "duration", first, last, anchor="publication")


def _recent(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    forward = re.search(r"(?:coming|ensuing|intervening)", match[0]) is not None
    unit, factor = _unit_factor(ctx, match["unit"])
    if forward:
        return TimeMention(match.start(), match.end(), "duration", TimePoint())
    there = TimePoint(unit=unit, offset=-2 * factor, vague=True)
    last = TimePoint(unit=unit, offset=0)
    return TimeMention(match.start(), match.end(), "duration", there, last, anchor="publication")


def _so_far(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    if match["turn"] == "in":
        if not match["unit"].isdecimal():
            return None
        point = TimePoint(year=int(match["unit"]))
        return TimeMention(match.start(), match.end(), "since", point, inner="year")
    point = TimePoint(unit=unit_of(match["unit"]), offset=0)
    return TimeMention(match.start(), match.end(), "since", point, anchor="publication", inner="relative")


def _day_of(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    nth = match["nth"]
    if nth not in ctx.ordinals and re.fullmatch(r"\d+(?:st|nd|rd|th|(?<=[23])d)", nth) is None:
        return None
    return TimeMention(match.start(), match.end(), "duration", TimePoint())


def _length(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    if match["count"] in ("many", "some", "few") and not match["head"]:
        return None
    return TimeMention(match.start(), match.end(), "duration", TimePoint())


BUILDERS: Mapping[str, Builder] = {
    "part_of_unit": _part_of_unit,
    "phrase": _phrase,
    "ago": _ago,
    "bare_ago": _bare_ago,
    "past_span": _past_span,
    "recent": _recent,
    "so_far": _so_far,
    "day_of": _day_of,
    "length": _length,
}
