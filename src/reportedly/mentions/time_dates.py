"""Rules for days of a month, ranges of them, and feast days. Helper of `time_rules`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reportedly.mentions.numerals import SPACE as S
from reportedly.mentions.numerals import alternatives
from reportedly.mentions.time_context import (
    Builder,
    Match,
    TimeContext,
    Window,
    date_mention,
    day_of,
    real_day,
    turn_of,
    year_of,
)
from reportedly.model.time_mention import TimeAnchor, TimeMention, TimePoint, TimeUnit

_LISTED = re.compile(rf"{S}(?:and|or){S}")


def _month_ok(ctx: TimeContext, window: Window, match: Match, group: str, day: str | None = None) -> bool:
    """Refuse "may" and "march" as verbs: next to a day they need a capital, alone a preposition too."""
    name = match[group].rstrip(".")
    if name not in ctx.words.ambiguous_months:
        return True
    at = match.start(group)
    if not window.capital(at):
        return False
    if not window.cased and name in ("may", "march") and day == "before":
        return ctx.verb_after_may.match(window.low, match.end(group)) is None
    return True


def _month_day_month_day(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    return _two_dates(ctx, window, match, ctx.month(match["m1"]), ctx.month(match["m2"]))


def _day_month_day_month(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    return _two_dates(ctx, window, match, ctx.month(match["m1"]), ctx.month(match["m2"]))


def _month_days(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    if not re.search(r"[-–—]", match["sep"]) and not match.groupdict().get("y2") and not _opened(match):
        suffixed = match["d2"][-1:].isalpha()
        if not suffixed and ctx.follows_day.match(window.low, match.end("d2")) is None:
            return None
    month = ctx.month(match["m1"])
    return _two_dates(ctx, window, match, month, month)


def _opened(match: Match) -> bool:
    """Tell whether the word before the dates asks for a second one: "BETWEEN July 25 and 27", "FROM July 25 to 27"."""
    return (match["opener"] == "between") == (match["sep"].strip() == "and") and match["opener"] is not None


def _days_month(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    month = ctx.month(match["m2"])
    if not _month_ok(ctx, window, match, "m2", "before"):
        return None
    return _two_dates(ctx, window, match, month, month)


def _two_dates(ctx: TimeContext, window: Window, match: Match, m1: int, m2: int) -> TimeMention | None:
    groups = match.groupdict()
    d1, d2 = day_of(match["d1"]), day_of(match["d2"])
    if not (real_day(m1, d1) and real_day(m2, d2)) or (m1, d1) == (m2, d2):
        return None
    if "m1" in groups and not _month_ok(ctx, window, match, "m1"):
        return None
    if m1 == m2 and d1 > d2:
        return None
    if "m1" in groups and "m2" in groups and not groups.get("opener") and _LISTED.fullmatch(match["sep"]):
        return None
    y2 = year_of(groups, "y2")
    y1 = year_of(groups, "y1")
    if y1 is None and y2 is not None:
        y1 = y2 - 1 if m1 > m2 else y2
    if y1 is not None and y2 is None:
        y2 = y1 + 1 if m1 > m2 else y1
    first, last = TimePoint(year=y1, month=m1, day=d1), TimePoint(year=y2, month=m2, day=d2)
    night = bool(groups.get("nightword"))
    return TimeMention(match.start(), match.end(), "date", first, last, night=night)


def _iso(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    point = TimePoint(year=int(match["y"]), month=int(match["m"]), day=int(match["d"]))
    return date_mention(match, point)


def _numeric(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    if year < 100 and not (match["sep"] == "/" and max(a, b) > 12):
        return None
    if match["sep"] == "." or a > 12:
        return date_mention(match, TimePoint(year=year, month=b, day=a))
    if b > 12 or a == b:
        return date_mention(match, TimePoint(year=year, month=a, day=b))
    return date_mention(match, TimePoint(year=year, month=a, day=b, swap=True))


def _slashed(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    """ "on 23/10", "(11/08)": a day and a month without a year, after words that a day follows."""
    bracketed = window.low.endswith("(", 0, match.start()) and window.low.startswith(")", match.end())
    told = bracketed or ctx.before_slashed.search(window.low, max(0, match.start() - 14), match.start())
    a, b = int(match["a"]), int(match["b"])
    if not told or match[0] in ctx.words.slashed_names:
        return None
    if a > 12 or (a == b and real_day(b, a)):
        return date_mention(match, TimePoint(month=b, day=a)) if 0 < b <= 12 and real_day(b, a) else None
    if not (a and b and real_day(a, b)):
        return None
    return date_mention(match, TimePoint(month=a, day=b, swap=b <= 12))


def _month_day(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    if not _month_ok(ctx, window, match, "m"):
        return None
    month_only = ctx.in_word.search(window.low, max(0, match.start() - 12), match.start())
    if month_only and ctx.counted.match(window.low, match.end("d")):
        return None
    return _single(ctx, window, match)


def _day_month(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    if not _month_ok(ctx, window, match, "m", "before"):
        return None
    return _single(ctx, window, match)


def _single(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    month, groups = ctx.month(match["m"]), match.groupdict()
    if ctx.is_name(window, match.end()):
        return None
    year, end = year_of(groups, "year"), match.end()
    if groups.get("year_short") and ctx.counted.match(window.low, match.end("year_short")):
        year, end = None, match.start("year_short")
    offset = turn_of(match["turn"]) if match["turn"] else None
    unit: TimeUnit | None = "year" if offset is not None else None
    point = TimePoint(year=year, month=month, day=day_of(match["d"]), unit=unit, offset=offset)
    if not real_day(month, point.day or 0):
        return None
    anchor: TimeAnchor | None = "publication" if offset is not None else None
    end = len(window.low[:end].rstrip())
    return TimeMention(match.start(), end, "date", point, anchor=anchor, night=bool(match["nightword"]))


def _day_alone(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    if not match["d"][-1:].isalpha():
        return None
    before = window.low[max(0, match.start() - 12) : match.start()]
    if not match["turn"] and not re.search(r"(?:^|\W)(?:on|since|by|until|from|of|and|early|late)\s+$", before):
        return None
    if (
        not match["turn"]
        and re.match(
            r"\s*(?:[.,;:)]|$)|\s+(?:at|in|near|when|as|and|after|outside|of\s+the\s+month)(?!\w)",
            window.low[match.end() :],
        )
        is None
        and ctx.follows_day.match(window.low, match.end()) is None
    ):
        return None
    turn = match["turn"]
    if turn and turn != "the same":
        return date_mention(match, TimePoint(day=day_of(match["d"]), unit="month", offset=turn_of(turn)), "publication")
    return date_mention(match, TimePoint(day=day_of(match["d"]), unit="month", offset=0), "narrative")


def _holiday(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    name = next(k for k in ctx.words.holidays if re.fullmatch(alternatives([k]), match["holiday"]))
    month, day = map(int, ctx.words.holidays[name].split("-"))
    return date_mention(match, TimePoint(year=year_of(match.groupdict(), "year"), month=month, day=day))


BUILDERS: Mapping[str, Builder] = {
    "month_day_month_day": _month_day_month_day,
    "day_month_day_month": _day_month_day_month,
    "month_days": _month_days,
    "days_month": _days_month,
    "iso": _iso,
    "numeric": _numeric,
    "slashed": _slashed,
    "month_day": _month_day,
    "day_month": _day_month,
    "single": _single,
    "day_alone": _day_alone,
    "holiday": _holiday,
}
