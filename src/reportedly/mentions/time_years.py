"""Rules for months, seasons, decades and years by themselves. Helper of `time_rules`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reportedly.mentions.numerals import SPACE as S
from reportedly.mentions.time_context import (
    NARRATIVE_TURNS,
    Builder,
    Match,
    TimeContext,
    Window,
    low_digits,
    turn_of,
    year_of,
)
from reportedly.model.time_mention import TimeAnchor, TimeMention, TimePoint


def _month_range(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    plain_and = re.fullmatch(rf"{S}(?:and|or){S}", match["sep"]) is not None
    if plain_and and match["opener"] != "between":
        return None
    if not (window.capital(match.start("m1")) and window.capital(match.start("m2"))):
        return None
    y1, y2 = year_of(match.groupdict(), "y1"), year_of(match.groupdict(), "y2")
    m1, m2 = ctx.month(match["m1"]), ctx.month(match["m2"])
    if y1 is None and y2 is not None:
        y1 = y2 - 1 if m1 > m2 else y2
    if y1 is not None and y2 is None:
        y2 = y1 + 1 if m1 > m2 else y1
    if m1 == m2 and y1 == y2:
        return None
    return TimeMention(match.start(), match.end(), "month", TimePoint(year=y1, month=m1), TimePoint(year=y2, month=m2))


def _month_(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    name, year, part = match["m"].rstrip("."), year_of(match.groupdict(), "year"), match["part"]
    if match["year_slash"]:
        year = int(match["year_slash"])
    framed = year is not None or bool(part or match["turn"] or match["turn_after"])
    if ctx.is_name(window, match.end()):
        return None
    if not _bare_month_ok(ctx, window, match, name, framed):
        return None
    turn = match["turn_after"]
    narrative = (turn or "") in NARRATIVE_TURNS
    fields = {"unit": "year", "offset": turn_of(turn)} if turn else {}
    which = ctx.part(part) if part else None
    if match["turn"]:
        fields = {"unit": "month", "offset": turn_of(match["turn"])}
    point = TimePoint(year=year, month=ctx.months[name], part=which, **fields)  # type: ignore[arg-type]
    anchor: TimeAnchor | None = ("narrative" if narrative else "publication") if fields else None
    end = match.end() - (match[0].endswith(".") and name in ctx.words.months)
    return TimeMention(match.start(), end, "month", point, anchor=anchor)


def _bare_month_ok(ctx: TimeContext, window: Window, match: Match, name: str, framed: bool) -> bool:
    at = match.start("m")
    if name in ctx.words.months and name not in ctx.words.ambiguous_months:
        return True
    if not window.capital(at):
        return not window.cased and framed and name not in ("may", "march")
    after_word = ctx.after_month_word.search(window.low, max(0, match.start() - 14), match.start())
    if name in ctx.words.month_abbreviations:
        return framed or bool(after_word and window.cased and re.match(r"\.", window.low[match.end("m") - 1 :]))
    if framed and (window.cased or name not in ("may", "march")):
        return True
    if framed and year_of(match.groupdict(), "year") is not None:
        return True
    if after_word and window.low[: match.start()].rstrip().endswith(("and", "or", ",", "to", "than", "for")):
        return window.cased and ctx.verb_after_may.match(window.low, match.end()) is None
    named = window.cased and window.low[: match.start()].rstrip().endswith(("the", "a"))
    return bool(after_word) or (
        named
        and re.match(rf"{S}[a-z]", window.raw[match.end() :]) is not None
        and ctx.verb_after_may.match(window.low, match.end()) is None
    )


def _season(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    turn = match["turn"] or match["turn_after"]
    year = year_of(match.groupdict(), "year")
    before = window.low[max(0, match.start() - 10) : match.start()]
    if not turn and year is None and re.search(r"(?:^|\W)(?:in|during|since|until|by|of)\s+$", before) is None:
        return None
    if not turn and year is None and not re.search(r"(?:^|\s)(?:the|early|late|mid)\W", match[0]):
        return None
    if (
        match["season"] == "spring"
        and year is None
        and not turn
        and not re.match(r"\s*(?:[.,;)]|$)|\s+of\s", window.low[match.end() :])
    ):
        return None
    fields = {"unit": "year", "offset": turn_of(turn)} if turn else {}
    point = TimePoint(year=year, part=ctx.words.seasons[match["season"]], **fields)  # type: ignore[arg-type]
    anchor: TimeAnchor | None = ("narrative" if turn == "that" else "publication") if fields else None
    return TimeMention(match.start(), match.end(), "season", point, anchor=anchor)


def _quarter(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    return TimeMention(
        match.start(), match.end(), "season", TimePoint(year=int(match["year"]), part=f"q{match['quarter']}")
    )


def _decade(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    part = ctx.part(match["part"]) if match["part"] else None
    part = "mid" if part is None and "mid-" in match[0] else part
    return TimeMention(
        match.start(), match.end(), "decade", TimePoint(year=int(match["decade"]), part=part, unit="decade")
    )


def _year_range(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    y1, y2 = int(match["y1"]), int(match["y2"])
    if y2 < 100:
        y2 += y1 - y1 % 100
        if re.match(r"\s*(?:and|or|to|through|until|till)", match["sep"]) or re.match(
            r"[-–/]\d", window.low[match.end() :]
        ):
            return None
    plain_and = re.fullmatch(rf"{S}(?:and|or){S}", match["sep"]) is not None
    if y2 <= y1 or (plain_and and match["opener"] != "between"):
        return None
    if not _year_ok(ctx, window, match, match.start("y1"), match.end()):
        return None
    return TimeMention(match.start(), match.end(), "year", TimePoint(year=y1), TimePoint(year=y2))


def _part_year(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    if ctx.no_year_before.match(window.low, match.end()):
        return None
    point = TimePoint(year=int(match["year"]), part=ctx.part(match["part"]))
    return TimeMention(match.start(), match.end(), "season", point)


def _year(ctx: TimeContext, window: Window, match: Match) -> TimeMention | None:
    if not _year_ok(ctx, window, match, match.start(), match.end()):
        return None
    return TimeMention(match.start(), match.end(), "year", TimePoint(year=int(match["year"])))


def _year_ok(ctx: TimeContext, window: Window, match: Match, start: int, end: int) -> bool:
    """Tell a year from a count: "in 2012 rebels seized" and "2,000 villages", "2000 people" differ by context."""
    low, value = window.low, int(low_digits(window.low[start : start + 4]))
    before = low[max(0, start - 24) : start]
    if re.search(r"(?:pre|post|anti)-$", before):
        return False
    if re.search(r"[\d.,/:+$€£#-]$", before) and not re.search(r"[a-z),]\s?[-–]$|\s[-–]$|mid-$|[a-z]\($", before):
        return False
    if ctx.no_year_before.match(low, end) or ctx.no_year_after.search(before):
        return False
    framed = (
        ctx.after_year_word.search(before) is not None
        or re.search(r"(?:^|\W)(?:the|in the|['’]s|his|her|its|their|our)\s+$", before) is not None
    )
    if value < 1900 and not framed:
        return False
    if ctx.counted_next.match(low, end) or (value % 100 == 0 and re.match(rf"{S}\w+s(?!\w)", low[end:])):
        return framed and value % 100 != 0
    return True


BUILDERS: Mapping[str, Builder] = {
    "month_range": _month_range,
    "month": _month_,
    "season": _season,
    "quarter": _quarter,
    "decade": _decade,
    "year_range": _year_range,
    "year": _year,
    "part_year": _part_year,
}
