"""Rules of the time grammar: which matched words are a time, and which fields they state. Helper of `times`.

Every builder takes the window and a match and returns a mention, or None when the words only look like a time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from reportedly.knowledge.grammar import TimeWords, number_words, time_words
from reportedly.mentions.numerals import SPACE as S
from reportedly.mentions.numerals import alternatives
from reportedly.mentions.time_patterns import Patterns, joined
from reportedly.model.time_mention import TimeAnchor, TimeKind, TimeMention, TimePoint, TimeUnit

Match = re.Match[str]
_LAST_DAY = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
_LISTED = re.compile(rf"{S}(?:and|or){S}")
_NARRATIVE_TURNS = ("the previous", "the following", "the same", "that", "previous", "following", "the preceding")


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of text with its folded twin; mentions are looked for between `start` and `end`."""

    raw: str
    low: str
    start: int
    end: int
    opens: bool

    @property
    def cased(self) -> bool:
        """Tell whether capitals mean anything here."""
        part = self.raw[self.start : self.end]
        letters = [c for c in part if c.isalpha()]
        upper = sum(c.isupper() for c in letters)
        return 0 < upper < 0.6 * len(letters)

    def capital(self, at: int) -> bool:
        """Tell whether a capital, or caseless text, stands at the position."""
        return self.raw[at].isupper() or not self.cased


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and the function that reads its match."""

    name: str
    pattern: re.Pattern[str]
    build: Callable[[Window, Match], TimeMention | None]


class TimeRules:
    """The compiled grammar of one language."""

    def __init__(self, words: TimeWords) -> None:
        numbers = number_words(words.language)
        patterns = Patterns(words, numbers)
        self.words = words
        self.patterns = patterns
        self._months = {**words.months, **words.month_abbreviations}
        self._weekdays = {**words.weekdays, **words.weekday_abbreviations}
        self._counts = {**numbers.units, **numbers.teens, **numbers.tens}
        self._ordinals = frozenset(numbers.ordinals)
        self._compile_context(words, alternatives(numbers.counted))
        self.rules = [
            Rule(name, re.compile(rf"(?<![\w$€£]){p}"), getattr(self, "_month_" if name == "month" else f"_{name}"))
            for name, p in patterns.rules.items()
        ]
        self.master = re.compile(rf"(?<![\w$€£])(?=[a-z0-9])(?:{joined(patterns.rules.values())})")
        hints = [*self._months, *self._weekdays, *words.units, *words.seasons, *words.holidays, *words.phrases]
        self.hint = re.compile(rf"\d\d|the \d|\d-|(?<!\w)(?:{alternatives(hints)})s?(?!\w)")

    def _compile_context(self, words: TimeWords, counted: str) -> None:
        before = re.compile
        adjective = rf"(?:\w+{S})?"
        self._after_month_word = before(rf"(?:^|\W)(?:{alternatives(words.month_prepositions)})(?:\s+(?:the\s+)?|)$")
        self._after_year_word = before(
            rf"(?:^|\W)(?:{alternatives(words.year_prepositions)})\s+(?:the\s+"
            rf"|about\s+|around\s+|at\s+least\s+|early\s+|late\s+)?$"
        )
        self._no_year_after = before(rf"(?:^|[^\w])(?:{alternatives(words.year_not_after)})\s*$")
        self._no_year_before = before(rf"(?:{S}|-)(?:{alternatives(words.year_not_before)})(?!\w)|%|\s*[ap]\.?m(?!\w)")
        self._counted = before(rf"{S}{adjective}(?:{counted})(?!\w)")
        self._counted_next = before(rf"{S}(?:{counted})(?!\w)")
        self._in = before(r"(?:^|\W)(?:in|during|since|in\s+the)\s+$")
        self._name_weekday = before(rf"(?:^|\W)(?:{alternatives(words.weekday_not_after)})\s+$")
        self._weekday_name = before(rf"{S}(?:{alternatives(words.weekday_not_before)})(?!\w)")
        self._verb_after_may = before(
            rf"{S}(?:have|be|not|also|still|yet|soon|well|never|already|now|even"
            rf"|face|take|lead|go|come|need|rise|seek|lose|use|get|see|try|help"
            rf"|include|include|contain|result|become|decide|leave|die|want|choose"
            rf"|the|a|on|towards?|to|through|against|for|in|into|past|toward"
            rf"|again|out|from|with|back|by|over|across|down|home|north|south"
            rf"|east|west)(?!\w)"
        )
        self._since = before(
            rf"(?:^|(?<=\W))(?:{alternatives(words.since)}){S}(?:the{S}|early{S}|late{S}|mid-|on{S}|in{S})?$"
        )
        self._from = before(rf"(?:^|(?<=\W))(?:from|after){S}(?:the{S}|early{S}|late{S}|on{S}|about{S})?$")
        self._until = before(
            rf"(?:^|(?<=\W))(?:{alternatives(words.until)}){S}(?:the{S}|early{S}|late{S}|on{S}|in{S}|about{S})?$"
        )
        names = alternatives(words.names_after_date)
        self._name_after = before(rf"(?:{S}\d{{1,2}}(?:st|nd|rd|th)?)?{S}(?:{names})(?!\w)")
        self._possessive = before(r"['’]s(?!\w)")
        town = r"[^\W\d_][\w.'’]*(?:[ -][^\W\d_][\w.'’]*){0,4}"
        lead = rf"(?:{town}(?:\s*[,/]\s*{town}){{0,3}}(?:\s*\([^)\n]{{2,40}}\))?\s*,?\s*\(?)"
        self._dateline_before = before(rf"(?:^|\n)[ \t\"'(\[]*{lead}$")
        self._dateline_after = before(
            r"\)?\s*,?\s*(?:\d{4}\s*)?(?:[(/][^)/\n]{2,60}[)/])?\s*(?:--|[-–—]|\.-|:)(?:\s|$)"
        )
        self._published = before(
            r"(?:^|\n)[ \t(\[]*(?:published|updated|posted|last updated|first published"
            r"|last modified|date|issued|release date|publication date)(?:\s+on)?\s*[:-]?\s*$"
        )
        self._follows_day = before(
            rf"\s*(?:[.;:!?)\]\"”,]|$)|{S}(?:at|in|near|on|when|by|by|as|after"
            rf"|before|during|with|while|and|outside|inside|around|killed|killing"
            rf"|left|the|for|against|between|from|{joined(['last year', 'this year'])}"
            rf"|(?:19|20)\d\d)(?!\w)"
        )

    # --- dates -------------------------------------------------------------------------------------------------

    def _month(self, words: str) -> int:
        return self._months[words.rstrip(".")]

    def _month_ok(self, window: Window, match: Match, group: str, day: str | None = None) -> bool:
        """Refuse "may" and "march" as verbs: next to a day they need a capital, alone a preposition too."""
        name = match[group].rstrip(".")
        if name not in self.words.ambiguous_months:
            return True
        at = match.start(group)
        if not window.capital(at):
            return False
        if not window.cased and name in ("may", "march") and day == "before":
            return self._verb_after_may.match(window.low, match.end(group)) is None
        return True

    def _month_day_month_day(self, window: Window, match: Match) -> TimeMention | None:
        return self._two_dates(window, match, self._month(match["m1"]), self._month(match["m2"]))

    def _day_month_day_month(self, window: Window, match: Match) -> TimeMention | None:
        return self._two_dates(window, match, self._month(match["m1"]), self._month(match["m2"]))

    def _month_days(self, window: Window, match: Match) -> TimeMention | None:
        if not re.search(r"[-–—]", match["sep"]) and not match.groupdict().get("y2"):
            suffixed = match["d2"][-1:].isalpha()
            if not suffixed and self._follows_day.match(window.low, match.end("d2")) is None:
                return None
        month = self._month(match["m1"])
        return self._two_dates(window, match, month, month)

    def _days_month(self, window: Window, match: Match) -> TimeMention | None:
        month = self._month(match["m2"])
        if not self._month_ok(window, match, "m2", "before"):
            return None
        return self._two_dates(window, match, month, month)

    def _two_dates(self, window: Window, match: Match, m1: int, m2: int) -> TimeMention | None:
        groups = match.groupdict()
        d1, d2 = _day(match["d1"]), _day(match["d2"])
        if not (_real_day(m1, d1) and _real_day(m2, d2)) or (m1, d1) == (m2, d2):
            return None
        if "m1" in groups and not self._month_ok(window, match, "m1"):
            return None
        if m1 == m2 and d1 > d2:
            return None
        if "m1" in groups and "m2" in groups and not groups.get("opener") and _LISTED.fullmatch(match["sep"]):
            return None
        y2 = _year(groups, "y2")
        y1 = _year(groups, "y1")
        if y1 is None and y2 is not None:
            y1 = y2 - 1 if m1 > m2 else y2
        if y1 is not None and y2 is None:
            y2 = y1 + 1 if m1 > m2 else y1
        first, last = TimePoint(year=y1, month=m1, day=d1), TimePoint(year=y2, month=m2, day=d2)
        night = bool(groups.get("nightword"))
        return TimeMention(match.start(), match.end(), "date", first, last, night=night)

    def _iso(self, window: Window, match: Match) -> TimeMention | None:
        point = TimePoint(year=int(match["y"]), month=int(match["m"]), day=int(match["d"]))
        return _date(match, point)

    def _numeric(self, window: Window, match: Match) -> TimeMention | None:
        a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
        if year < 100 and not (match["sep"] == "/" and max(a, b) > 12):
            return None
        if match["sep"] == "." or a > 12:
            return _date(match, TimePoint(year=year, month=b, day=a))
        if b > 12 or a == b:
            return _date(match, TimePoint(year=year, month=a, day=b))
        return _date(match, TimePoint(year=year, month=a, day=b, swap=True))

    def _month_day(self, window: Window, match: Match) -> TimeMention | None:
        if not self._month_ok(window, match, "m"):
            return None
        month_only = self._in.search(window.low, max(0, match.start() - 12), match.start())
        if month_only and self._counted.match(window.low, match.end("d")):
            return None
        return self._single(window, match)

    def _day_month(self, window: Window, match: Match) -> TimeMention | None:
        if not self._month_ok(window, match, "m", "before"):
            return None
        return self._single(window, match)

    def _single(self, window: Window, match: Match) -> TimeMention | None:
        month, groups = self._month(match["m"]), match.groupdict()
        if self._is_name(window, match.end()):
            return None
        year, end = _year(groups, "year"), match.end()
        if groups.get("year_short") and self._counted.match(window.low, match.end("year_short")):
            year, end = None, match.start("year_short")
        offset = _turn(match["turn"]) if match["turn"] else None
        unit: TimeUnit | None = "year" if offset is not None else None
        point = TimePoint(year=year, month=month, day=_day(match["d"]), unit=unit, offset=offset)
        if not _real_day(month, point.day or 0):
            return None
        anchor: TimeAnchor | None = "publication" if offset is not None else None
        end = len(window.low[:end].rstrip())
        return TimeMention(match.start(), end, "date", point, anchor=anchor, night=bool(match["nightword"]))

    def _is_name(self, window: Window, end: int) -> bool:
        """Tell whether the words after a date make it a name ("March 23 Movement")."""
        hit = self._name_after.match(window.low, end)
        return hit is not None and window.capital(hit.end() - len(hit[0].split()[-1]))

    def _day_alone(self, window: Window, match: Match) -> TimeMention | None:
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
        ):
            return None
        turn = match["turn"]
        if turn and turn != "the same":
            return _date(match, TimePoint(day=_day(match["d"]), unit="month", offset=_turn(turn)), "publication")
        return _date(match, TimePoint(day=_day(match["d"]), unit="month", offset=0), "narrative")

    def _holiday(self, window: Window, match: Match) -> TimeMention | None:
        name = next(k for k in self.words.holidays if re.fullmatch(alternatives([k]), match["holiday"]))
        month, day = map(int, self.words.holidays[name].split("-"))
        return _date(match, TimePoint(year=_year(match.groupdict(), "year"), month=month, day=day))

    # --- weekdays ----------------------------------------------------------------------------------------------

    def _recurring(self, window: Window, match: Match) -> TimeMention | None:
        return TimeMention(match.start(), match.end(), "recurring", TimePoint())

    def _weekday_ago(self, window: Window, match: Match) -> TimeMention | None:
        """Read "two Fridays ago": the last Friday is one."""
        count, vague = self._count(match["count"])
        if count is None or vague:
            return None
        point = TimePoint(weekday=self._weekdays[match["w"]], part="last", offset=1 - count)
        return TimeMention(match.start(), match.end(), "weekday", point, anchor="publication")

    def _weekday_range(self, window: Window, match: Match) -> TimeMention | None:
        plain_and = re.fullmatch(rf"{S}and{S}(?:early{S})?", match["sep"]) is not None
        if plain_and and not match["opener"]:
            return None
        first = self._weekday_point(match, match["w1"])
        last = replace(first, weekday=self._weekdays[match["w2"]])
        night = bool(match["opener"] and "night" in match["opener"])
        anchor: TimeAnchor = "narrative" if match["turn"] in _NARRATIVE_TURNS else "publication"
        return TimeMention(match.start(), match.end(), "weekday", first, last, anchor=anchor, night=night)

    def _weekday(self, window: Window, match: Match) -> TimeMention | None:
        if self._name_weekday.search(window.low, max(0, match.start() - 12), match.start()):
            return None
        if self._weekday_name.match(window.low, match.end("w")) and window.capital(match.end("w") + 1):
            return None
        narrative = (match["turn"] or "") in _NARRATIVE_TURNS or (match["week"] or "") in _NARRATIVE_TURNS
        anchor: TimeAnchor = "narrative" if narrative else "publication"
        night = match[0].endswith("night") or match[0].startswith("overnight")
        point = self._weekday_point(match, match["w"])
        return TimeMention(match.start(), match.end(), "weekday", point, anchor=anchor, night=night)

    def _weekday_point(self, match: Match, name: str) -> TimePoint:
        week, turn = match["week"], match["turn"]
        if week:
            return TimePoint(weekday=self._weekdays[name], unit="week", offset=_turn(week))
        return TimePoint(weekday=self._weekdays[name], part=_direction(turn))

    def _short_weekday(self, window: Window, match: Match) -> TimeMention | None:
        before = window.low[max(0, match.start() - 6) : match.start()]
        if not window.capital(match.start()) or re.search(r"(?:^|\W)on\s+$", before) is None:
            return None
        point = TimePoint(weekday=self._weekdays[match["w"]])
        return TimeMention(match.start(), match.end(), "weekday", point, anchor="publication")

    # --- units -------------------------------------------------------------------------------------------------

    def _part_of_unit(self, window: Window, match: Match) -> TimeMention | None:
        unit, turn = match["unit"] or match["unit2"], match["turn"] or match["turn2"]
        word = match["part2"]
        part = {"earlier": None, "later": None}.get(word, word) if word else self._part(match["part"])
        narrative = turn in _NARRATIVE_TURNS
        point = TimePoint(part=part, unit=_unit(unit), offset=0 if turn in ("the", "the current") else _turn(turn))
        return TimeMention(
            match.start(), match.end(), "relative", point, anchor="narrative" if narrative else "publication"
        )

    def _part(self, words: str) -> str:
        return next(v for k, v in self.words.parts.items() if re.fullmatch(alternatives([k]), words))

    def _phrase(self, window: Window, match: Match) -> TimeMention | None:
        words = re.sub(r"\s+", " ", match["phrase"])
        entry = self.words.phrases[words]
        point = TimePoint(unit=_unit(entry.unit), offset=entry.offset, vague=entry.open)
        last = TimePoint(unit=_unit(entry.unit), offset=entry.offset + entry.span) if entry.span else None
        if self._phrase_counts(window, match, words):
            return None
        anchor: TimeAnchor = "narrative" if entry.anchor == "narrative" else "publication"
        return TimeMention(match.start(), match.end(), "relative", point, last, anchor=anchor, night=entry.night)

    def _phrase_counts(self, window: Window, match: Match, words: str) -> bool:
        """Refuse "next day care" no more than "the weekend edition": a possessive or plain context is required."""
        return (
            words in ("the weekend",) and re.match(r"\s+(?:edition|home|trip)", window.low[match.end() :]) is not None
        )

    def _ago(self, window: Window, match: Match) -> TimeMention | None:
        count, vague = self._count(match["count"])
        if count is None:
            return None
        if self._counts_from_words(window, match):
            return TimeMention(match.start(), match.end(), "duration", TimePoint())
        return self._moved(match, count, vague)

    def _counts_from_words(self, window: Window, match: Match) -> bool:
        """Tell "ten years after the 1979 coup": months and years count from what follows, not from the last date."""
        if match["way"] not in ("before", "after", "prior") or self.words.units[match["unit"]] in (
            "hour",
            "day",
            "week",
        ):
            return False
        return re.match(r"\s+\w", window.low[match.end() :]) is not None

    def _bare_ago(self, window: Window, match: Match) -> TimeMention | None:
        if self._counts_from_words(window, match):
            return TimeMention(match.start(), match.end(), "duration", TimePoint())
        return self._moved(match, 2, True)

    def _moved(self, match: Match, count: int, vague: bool) -> TimeMention:
        way, (unit, factor) = match["way"], self._unit_factor(match["unit"])
        forward = way in ("later", "after", "afterward", "afterwards", "from now", "hence")
        anchor: TimeAnchor = "publication" if way in ("ago", "from now", "hence") else "narrative"
        point = TimePoint(unit=unit, offset=(1 if forward else -1) * count * factor, vague=vague)
        return TimeMention(match.start(), match.end(), "relative", point, anchor=anchor)

    def _unit_factor(self, word: str) -> tuple[TimeUnit, int]:
        """Return the calendar unit that a word moves and how many of them it is."""
        unit = self.words.units[word]
        if unit in ("fortnight", "quarter", "century"):
            name, factor = {"fortnight": ("week", 2), "quarter": ("month", 3), "century": ("year", 100)}[unit]
            return _unit(name), factor
        return _unit(unit), 1

    def _count(self, words: str) -> tuple[int | None, bool]:
        """Return a number and whether it is only a lower bound."""
        plain = re.sub(r"\s+", " ", words)
        if plain.isdecimal():
            return int(plain), False
        if plain in ("a", "an"):
            return 1, False
        if plain in ("a couple of", "a couple", "couple of"):
            return 2, True
        if plain in ("several", "a few", "few", "many", "some", "a handful of"):
            return 3, True
        parts = [self._counts[p] for p in re.split(r"[-\s]", plain) if p in self._counts]
        return (sum(parts), "half" in plain) if parts else (1, True)

    def _past_span(self, window: Window, match: Match) -> TimeMention | None:
        forward = re.search(r"(?:next|coming)", match["head"]) is not None
        plain = (
            not match["count"] and re.search(r"the\s+(?:last|next|previous|preceding)\s+$", match["head"]) is not None
        )
        count, vague = self._count(match["count"]) if match["count"] else (1, False)
        unit, factor = self._unit_factor(match["unit"])
        if plain or count is None or unit == "weekend":
            return None
        here = TimePoint(unit=unit, offset=0)
        there = TimePoint(unit=unit, offset=(1 if forward else -1) * count * factor, vague=vague)
        first, last = (here, there) if forward else (there, here)
        return TimeMention(match.start(), match.end(), "duration", first, last, anchor="publication")

    def _recent(self, window: Window, match: Match) -> TimeMention | None:
        forward = re.search(r"(?:coming|ensuing|intervening)", match[0]) is not None
        unit, factor = self._unit_factor(match["unit"])
        if forward:
            return TimeMention(match.start(), match.end(), "duration", TimePoint())
        there = TimePoint(unit=unit, offset=-2 * factor, vague=True)
        last = TimePoint(unit=unit, offset=0)
        return TimeMention(match.start(), match.end(), "duration", there, last, anchor="publication")

    def _so_far(self, window: Window, match: Match) -> TimeMention | None:
        if match["turn"] == "in":
            if not match["unit"].isdecimal():
                return None
            point = TimePoint(year=int(match["unit"]))
            return TimeMention(match.start(), match.end(), "since", point, inner="year")
        point = TimePoint(unit=_unit(match["unit"]), offset=0)
        return TimeMention(match.start(), match.end(), "since", point, anchor="publication", inner="relative")

    def _day_of(self, window: Window, match: Match) -> TimeMention | None:
        nth = match["nth"]
        if nth not in self._ordinals and re.fullmatch(r"\d+(?:st|nd|rd|th|(?<=[23])d)", nth) is None:
            return None
        return TimeMention(match.start(), match.end(), "duration", TimePoint())

    def _length(self, window: Window, match: Match) -> TimeMention | None:
        if match["count"] in ("many", "some", "few") and not match["head"]:
            return None
        return TimeMention(match.start(), match.end(), "duration", TimePoint())

    # --- months, seasons and years -----------------------------------------------------------------------------

    def _month_range(self, window: Window, match: Match) -> TimeMention | None:
        plain_and = re.fullmatch(rf"{S}(?:and|or){S}", match["sep"]) is not None
        if plain_and and match["opener"] != "between":
            return None
        if not (window.capital(match.start("m1")) and window.capital(match.start("m2"))):
            return None
        y1, y2 = _year(match.groupdict(), "y1"), _year(match.groupdict(), "y2")
        m1, m2 = self._month(match["m1"]), self._month(match["m2"])
        if y1 is None and y2 is not None:
            y1 = y2 - 1 if m1 > m2 else y2
        if y1 is not None and y2 is None:
            y2 = y1 + 1 if m1 > m2 else y1
        if m1 == m2 and y1 == y2:
            return None
        return TimeMention(
            match.start(), match.end(), "month", TimePoint(year=y1, month=m1), TimePoint(year=y2, month=m2)
        )

    def _month_(self, window: Window, match: Match) -> TimeMention | None:
        name, year, part = match["m"].rstrip("."), _year(match.groupdict(), "year"), match["part"]
        if match["year_slash"]:
            year = int(match["year_slash"])
        framed = year is not None or bool(part or match["turn"] or match["turn_after"])
        if self._is_name(window, match.end()):
            return None
        if not self._bare_month_ok(window, match, name, framed):
            return None
        turn = match["turn_after"]
        narrative = (turn or "") in _NARRATIVE_TURNS
        fields = {"unit": "year", "offset": _turn(turn)} if turn else {}
        which = self._part(part) if part else None
        if match["turn"]:
            fields = {"unit": "month", "offset": _turn(match["turn"])}
        point = TimePoint(year=year, month=self._months[name], part=which, **fields)  # type: ignore[arg-type]
        anchor: TimeAnchor | None = ("narrative" if narrative else "publication") if fields else None
        end = match.end() - (match[0].endswith(".") and name in self.words.months)
        return TimeMention(match.start(), end, "month", point, anchor=anchor)

    def _bare_month_ok(self, window: Window, match: Match, name: str, framed: bool) -> bool:
        at = match.start("m")
        if name in self.words.months and name not in self.words.ambiguous_months:
            return True
        if not window.capital(at):
            return not window.cased and framed and name not in ("may", "march")
        after_word = self._after_month_word.search(window.low, max(0, match.start() - 14), match.start())
        if name in self.words.month_abbreviations:
            return framed or bool(after_word and window.cased and re.match(r"\.", window.low[match.end("m") - 1 :]))
        if framed and (window.cased or name not in ("may", "march")):
            return True
        if framed and _year(match.groupdict(), "year") is not None:
            return True
        if after_word and window.low[: match.start()].rstrip().endswith(("and", "or", ",", "to", "than", "for")):
            return window.cased and self._verb_after_may.match(window.low, match.end()) is None
        named = window.cased and window.low[: match.start()].rstrip().endswith(("the", "a"))
        return bool(after_word) or (
            named
            and re.match(rf"{S}[a-z]", window.raw[match.end() :]) is not None
            and self._verb_after_may.match(window.low, match.end()) is None
        )

    def _season(self, window: Window, match: Match) -> TimeMention | None:
        turn = match["turn"] or match["turn_after"]
        year = _year(match.groupdict(), "year")
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
        fields = {"unit": "year", "offset": _turn(turn)} if turn else {}
        point = TimePoint(year=year, part=self.words.seasons[match["season"]], **fields)  # type: ignore[arg-type]
        anchor: TimeAnchor | None = ("narrative" if turn == "that" else "publication") if fields else None
        return TimeMention(match.start(), match.end(), "season", point, anchor=anchor)

    def _quarter(self, window: Window, match: Match) -> TimeMention | None:
        return TimeMention(
            match.start(), match.end(), "season", TimePoint(year=int(match["year"]), part=f"q{match['quarter']}")
        )

    def _decade(self, window: Window, match: Match) -> TimeMention | None:
        part = self._part(match["part"]) if match["part"] else None
        part = "mid" if part is None and "mid-" in match[0] else part
        return TimeMention(
            match.start(), match.end(), "decade", TimePoint(year=int(match["decade"]), part=part, unit="decade")
        )

    def _year_range(self, window: Window, match: Match) -> TimeMention | None:
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
        if not self._year_ok(window, match, match.start("y1"), match.end()):
            return None
        return TimeMention(match.start(), match.end(), "year", TimePoint(year=y1), TimePoint(year=y2))

    def _part_year(self, window: Window, match: Match) -> TimeMention | None:
        if self._no_year_before.match(window.low, match.end()):
            return None
        point = TimePoint(year=int(match["year"]), part=self._part(match["part"]))
        return TimeMention(match.start(), match.end(), "season", point)

    def _year(self, window: Window, match: Match) -> TimeMention | None:
        if not self._year_ok(window, match, match.start(), match.end()):
            return None
        return TimeMention(match.start(), match.end(), "year", TimePoint(year=int(match["year"])))

    def _year_ok(self, window: Window, match: Match, start: int, end: int) -> bool:
        """Tell a year from a count: "in 2012 rebels seized" and "2,000 villages", "2000 people" differ by context."""
        low, value = window.low, int(low_digits(window.low[start : start + 4]))
        before = low[max(0, start - 24) : start]
        if re.search(r"(?:pre|post|anti)-$", before):
            return False
        if re.search(r"[\d.,/:+$€£#-]$", before) and not re.search(r"[a-z),]\s?[-–]$|\s[-–]$|mid-$|[a-z]\($", before):
            return False
        if self._no_year_before.match(low, end) or self._no_year_after.search(before):
            return False
        framed = (
            self._after_year_word.search(before) is not None
            or re.search(r"(?:^|\W)(?:the|in the|['’]s|his|her|its|their|our)\s+$", before) is not None
        )
        if value < 1900 and not framed:
            return False
        if self._counted_next.match(low, end) or (value % 100 == 0 and re.match(rf"{S}\w+s(?!\w)", low[end:])):
            return framed and value % 100 != 0
        return True

    # --- frames ------------------------------------------------------------------------------------------------

    def frame(self, window: Window, mention: TimeMention, floor: int) -> TimeMention:
        """Mark a mention that opens or closes a period, or that stands in a dateline."""
        if mention.kind in ("duration", "recurring", "since"):
            return mention
        if mention.kind == "date" and mention.first.offset is None:
            line = window.raw[: mention.start]
            if self._published.search(window.low, 0, mention.start):
                return replace(mention, kind="published")
            if mention.last is None and self._in_dateline(window, mention, line):
                return replace(mention, kind="dateline")
        return self._bounded(window, mention, floor)

    def _in_dateline(self, window: Window, mention: TimeMention, line: str) -> bool:
        after = self._dateline_after.match(window.low, mention.end)
        head = re.search(r"(?:^|\n)([^\n]*)$", line)
        if after is None or head is None or (not window.opens and "\n" not in line):
            return False
        before = head[1].strip()
        if self._dateline_before.search(window.low, head.start(1), mention.start) is None or (
            not before.rstrip("(").rstrip().endswith((",", ")", "(")) and "(" not in head[1]
        ):
            return False
        words = re.findall(r"[^\W\d_]+", before)
        small = {
            "de",
            "la",
            "del",
            "el",
            "of",
            "the",
            "and",
            "al",
            "los",
            "las",
            "da",
            "do",
            "des",
            "du",
            "le",
            "ad",
            "ed",
        }
        openers = {"in", "on", "at", "the", "after", "since", "by", "until", "late", "early", "from"}
        capital = all(w[0].isupper() or w.lower() in small for w in words)
        return bool(words) and capital and words[0].lower() not in openers

    def _bounded(self, window: Window, mention: TimeMention, floor: int) -> TimeMention:
        if mention.last is not None and mention.kind == "weekday":
            return mention
        low_limit = max(floor, mention.start - 40)
        possessive = self._possessive.match(window.low, mention.end) is not None
        since = self._since.search(window.low, low_limit, mention.start)
        if since is None and not possessive:
            since = self._from.search(window.low, low_limit, mention.start)
        until = None if since or possessive else self._until.search(window.low, low_limit, mention.start)
        hit = since or until
        if hit is None or mention.anchor == "narrative":
            return mention
        kind: TimeKind = "since" if since else "until"
        return replace(mention, start=hit.start(), kind=kind, inner=mention.kind)


def low_digits(words: str) -> str:
    """Return the digits as plain ASCII digits."""
    return "".join(str(int(c)) for c in words)


def _date(match: Match, point: TimePoint, anchor: TimeAnchor | None = None) -> TimeMention | None:
    if point.month is not None and not _real_day(point.month, point.day or 0):
        return None
    return TimeMention(match.start(), match.end(), "date", point, anchor=anchor)


def _day(words: str) -> int:
    return int(re.sub(r"\D", "", words))


def _real_day(month: int, day: int) -> bool:
    return month in _LAST_DAY and 1 <= day <= _LAST_DAY[month]


def _year(groups: dict[str, str | None], name: str) -> int | None:
    full, short = groups.get(name), groups.get(f"{name}_short")
    if full:
        return int(full)
    return int(short.lstrip("'’")) if short else None


def _turn(words: str) -> int:
    if words.endswith(("last", "past", "previous", "preceding")):
        return -1
    return 1 if words.endswith(("next", "following", "coming")) else 0


def _direction(words: str | None) -> str | None:
    """Return last, next, this or None for the word before a weekday."""
    if words is None or words in ("this", "the same", "that"):
        return None if words is None else "this"
    return "last" if _turn(words) < 0 or words.endswith("past") else "next"


def _unit(words: str) -> TimeUnit:
    units: dict[str, TimeUnit] = {
        "hour": "hour",
        "day": "day",
        "week": "week",
        "weekend": "weekend",
        "month": "month",
        "year": "year",
        "decade": "decade",
    }
    return units[words]


@lru_cache(maxsize=8)
def time_rules(language: str = "en") -> TimeRules:
    """Return the compiled rules of a language."""
    return TimeRules(time_words(language))
