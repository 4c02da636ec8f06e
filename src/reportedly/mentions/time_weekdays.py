"""Rules for days of the week. Helper of `time_rules`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reportedly.mentions.numerals import SPACE as S
from reportedly.mentions.time_context import NARRATIVE_TURNS, Builder, Match, TimeContext, Window, direction_of, turn_of
from reportedly.model.quick import replace
from reportedly.model.time_mention import TimeAnchor, TimeMention, TimePoint


def _recurring(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    return TimeMention(match.start(), match.end(), "recurring", TimePoint())


def _weekday_ago(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    """Read "two Fridays ago": the last Friday is one."""
    count, vague = ctx.count(match["count"])
    if count is None or vague:
        return None
    point = TimePoint(weekday=ctx.weekdays[match["w"]], part="last", offset=1 - count)
    return TimeMention(match.start(), match.end(), "weekday", point, anchor="publication")


def _weekday_range(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    plain_and = re.fullmatch(rf"{S}and{S}(?:early{S})?", match["sep"]) is not None
    days = [ctx.weekdays[match[name]] for name in ("w1", "w2")]
    if plain_and and not match["opener"] and (days[1] - days[0]) % 7 != 1:
        return None  # "on Saturday AND SUNDAY" is a stretch of time, "on Monday and Friday" are two days
    first = _weekday_point(ctx, match, match["w1"])
    last = replace(first, weekday=ctx.weekdays[match["w2"]])
    night = bool(match["opener"] and "night" in match["opener"])
    anchor: TimeAnchor = "narrative" if match["turn"] in NARRATIVE_TURNS else "publication"
    return TimeMention(match.start(), match.end(), "weekday", first, last, anchor=anchor, night=night)


def _weekday_eve(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    """ "OVERNIGHT INTO SUNDAY": from the day before on."""
    day = ctx.weekdays[match["w"]]
    first, last = TimePoint(weekday=(day - 1) % 7), TimePoint(weekday=day)
    return TimeMention(match.start(), match.end(), "weekday", first, last, anchor="publication", night=True)


def _weekday(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    if ctx.name_weekday.search(window.low, max(0, match.start() - 12), match.start()):
        return None
    if ctx.weekday_name.match(window.low, match.end("w")) and window.capital(match.end("w") + 1):
        return None
    narrative = (match["turn"] or "") in NARRATIVE_TURNS or (match["week"] or "") in NARRATIVE_TURNS
    anchor: TimeAnchor = "narrative" if narrative else "publication"
    night = match[0].endswith("night") or match[0].startswith("overnight")
    point = _weekday_point(ctx, match, match["w"])
    return TimeMention(match.start(), match.end(), "weekday", point, anchor=anchor, night=night)


def _weekday_point(ctx: TimeContext, match: Match, name: str) -> TimePoint:
    week, turn = match["week"], match["turn"]
    if week:
        return TimePoint(weekday=ctx.weekdays[name], unit="week", offset=turn_of(week))
    return TimePoint(weekday=ctx.weekdays[name], part=direction_of(turn))


def _short_weekday(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    before = window.low[max(0, match.start() - 6) : match.start()]
    if not window.capital(match.start()) or re.search(r"(?:^|\W)on\s+$", before) is None:
        return None
    point = TimePoint(weekday=ctx.weekdays[match["w"]])
    return TimeMention(match.start(), match.end(), "weekday", point, anchor="publication")


BUILDERS: Mapping[str, Builder] = {
    "recurring": _recurring,
    "weekday_ago": _weekday_ago,
    "weekday_range": _weekday_range,
    "weekday_eve": _weekday_eve,
    "weekday": _weekday,
    "short_weekday": _short_weekday,
}
