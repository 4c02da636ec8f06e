"""What every rule of the time grammar may ask: the words of a language and what stands around a match.

Helper of `time_rules`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from reportedly.knowledge.grammar import TimeWords, number_words
from reportedly.mentions.numerals import SPACE as S
from reportedly.mentions.numerals import alternatives
from reportedly.model.quick import quick
from reportedly.model.time_mention import TimeAnchor, TimeMention, TimePoint, TimeUnit

Match = re.Match[str]
_LAST_DAY = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
NARRATIVE_TURNS = ("the previous", "the following", "the same", "that", "previous", "following", "the preceding")


@quick
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


class TimeContext:
    """The words of one language with the patterns that look around a match."""

    def __init__(self, words: TimeWords) -> None:
        numbers = number_words(words.language)
        self.words = words
        self.months = {**words.months, **words.month_abbreviations}
        self.weekdays = {**words.weekdays, **words.weekday_abbreviations}
        self.counts = {**numbers.units, **numbers.teens, **numbers.tens}
        self.ordinals = frozenset(numbers.ordinals)
        self._compile_context(words, alternatives(numbers.counted))

    def _compile_context(self, words: TimeWords, counted: str) -> None:
        adjective = rf"(?:\w+{S})?"
        self.counted = re.compile(rf"{S}{adjective}(?:{counted})(?!\w)")
        self.counted_next = re.compile(rf"{S}(?:{counted})(?!\w)")
        self.name_weekday = re.compile(rf"(?:^|\W)(?:{alternatives(words.weekday_not_after)})\s+$")
        self.weekday_name = re.compile(rf"{S}(?:{alternatives(words.weekday_not_before)})(?!\w)")
        self.verb_after_may = re.compile(rf"{S}(?:{alternatives(words.may_not_before)})(?!\w)")
        self.name_after = re.compile(
            rf"(?:{S}\d{{1,2}}(?:st|nd|rd|th)?)?{S}(?:{alternatives(words.names_after_date)})(?!\w)"
        )
        self.possessive = re.compile(r"['’]s(?!\w)")
        after_day = (*words.follows_day, "last year", "this year")
        self.follows_day = re.compile(rf"\s*(?:[.;:!?)\]\"”,]|$)|{S}(?:{alternatives(after_day)}|(?:19|20)\d\d)(?!\w)")
        self._compile_years(words)
        self._compile_spans(words)
        self._compile_datelines(words)

    def _compile_years(self, words: TimeWords) -> None:
        """Compile what stands around a month or a year that belongs to a date."""
        after_month, after_year = alternatives(words.month_prepositions), alternatives(words.year_prepositions)
        between = rf"(?:{alternatives(words.before_year)}){S}"
        self.after_month_word = re.compile(rf"(?:^|\W)(?:{after_month})(?:\s+(?:the\s+)?|)$")
        self.after_year_word = re.compile(rf"(?:^|\W)(?:{after_year})\s+(?:{between})?$")
        self.no_year_after = re.compile(rf"(?:^|[^\w])(?:{alternatives(words.year_not_after)})\s*$")
        self.no_year_before = re.compile(
            rf"(?:{S}|-)(?:{alternatives(words.year_not_before)})(?!\w)|%|\s*[ap]\.?m(?!\w)"
        )
        self.before_slashed = re.compile(rf"(?:^|\W)(?:{alternatives(words.before_slashed)})\s+$")
        self.in_word = re.compile(rf"(?:^|\W)(?:{alternatives(words.in_a_month)})\s+$")

    def _compile_spans(self, words: TimeWords) -> None:
        """Compile what opens a span of time: since, from, until."""
        lead = rf"(?:{alternatives(words.date_leads)})(?:{S}|(?<=-))"
        opened = r"(?:^|(?<=\W))"
        self.since_word = re.compile(rf"{opened}(?:{alternatives(words.since)}){S}(?:{lead})?$")
        self.since_clause = re.compile(
            rf"{opened}(?:{alternatives(words.since)}){S}(?:[\w'’-]+{S}){{1,9}}(?:{alternatives(words.begins)}){S}(?:{lead}){{0,3}}$"
        )
        self.from_word = re.compile(rf"{opened}(?:{alternatives(words.span_from)}){S}(?:{lead})?$")
        self.until_word = re.compile(rf"{opened}(?:{alternatives(words.until)}){S}(?:{lead})?$")

    def _compile_datelines(self, words: TimeWords) -> None:
        """Compile what stands around the date of a dateline or of publication."""
        town = r"[^\W\d_][\w.'’]*(?:[ -][^\W\d_][\w.'’]*){0,4}"
        lead = rf"(?:{town}(?:\s*[,/]\s*{town}){{0,3}}(?:\s*\([^)\n]{{2,40}}\))?\s*,?\s*\(?)"
        self.dateline_before = re.compile(rf"(?:^|\n)[ \t\"'(\[]*{lead}$")
        self.dateline_after = re.compile(
            r"\)?\s*,?\s*(?:\d{4}\s*)?(?:[(/][^)/\n]{2,60}[)/])?\s*(?:--|[-–—]|\.-|:)(?:\s|$)"
        )
        self.published = re.compile(
            rf"(?:^|\n)[ \t(\[]*(?:{alternatives(words.publication_labels)})(?:\s+on)?\s*[:-]?\s*$"
        )

    def month(self, words: str) -> int:
        """Return the number of a month by its name."""
        return self.months[words.rstrip(".")]

    def part(self, words: str) -> str:
        return next(v for k, v in self.words.parts.items() if re.fullmatch(alternatives([k]), words))

    def count(self, words: str) -> tuple[int | None, bool]:
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
        parts = [self.counts[p] for p in re.split(r"[-\s]", plain) if p in self.counts]
        return (sum(parts), "half" in plain) if parts else (1, True)

    def is_name(self, window: Window, end: int) -> bool:
        """Tell whether the words after a date make it a name ("March 23 Movement")."""
        hit = self.name_after.match(window.low, end)
        return hit is not None and window.capital(hit.end() - len(hit[0].split()[-1]))


def low_digits(words: str) -> str:
    """Return the digits as plain ASCII digits."""
    return "".join(str(int(c)) for c in words)


def date_mention(match: Match, point: TimePoint, anchor: TimeAnchor | None = None) -> TimeMention | None:
    if point.month is not None and not real_day(point.month, point.day or 0):
        return None
    return TimeMention(match.start(), match.end(), "date", point, anchor=anchor)


def day_of(words: str) -> int:
    return int(re.sub(r"\D", "", words))


def real_day(month: int, day: int) -> bool:
    return month in _LAST_DAY and 1 <= day <= _LAST_DAY[month]


def year_of(groups: dict[str, str | None], name: str) -> int | None:
    full, short = groups.get(name), groups.get(f"{name}_short")
    if full:
        return int(full)
    return int(short.lstrip("'’")) if short else None


def turn_of(words: str) -> int:
    if words.endswith(("last", "past", "previous", "preceding")):
        return -1
    return 1 if words.endswith(("next", "following", "coming")) else 0


def direction_of(words: str | None) -> str | None:
    """Return last, next, this or None for the word before a weekday."""
    if words is None or words in ("this", "the same", "that"):
        return None if words is None else "this"
    return "last" if turn_of(words) < 0 or words.endswith("past") else "next"


def unit_of(words: str) -> TimeUnit:
    units: dict[str, TimeUnit] = {
        "minute": "minute",
        "hour": "hour",
        "day": "day",
        "week": "week",
        "weekend": "weekend",
        "month": "month",
        "year": "year",
        "decade": "decade",
    }
    return units[words]


Builder = Callable[[TimeContext, Window, Match], TimeMention | None]
