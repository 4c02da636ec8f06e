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
from reportedly.mentions.time_patterns import joined
from reportedly.model.time_mention import TimeAnchor, TimeMention, TimePoint, TimeUnit

Match = re.Match[str]
_LAST_DAY = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
NARRATIVE_TURNS = ("the previous", "the following", "the same", "that", "previous", "following", "the preceding")


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
        before = re.compile
        adjective = rf"(?:\w+{S})?"
        self.after_month_word = before(rf"(?:^|\W)(?:{alternatives(words.month_prepositions)})(?:\s+(?:the\s+)?|)$")
        self.after_year_word = before(
            rf"(?:^|\W)(?:{alternatives(words.year_prepositions)})\s+(?:the\s+"
            rf"|about\s+|around\s+|at\s+least\s+|early\s+|late\s+)?$"
        )
        self.no_year_after = before(rf"(?:^|[^\w])(?:{alternatives(words.year_not_after)})\s*$")
        self.no_year_before = before(rf"(?:{S}|-)(?:{alternatives(words.year_not_before)})(?!\w)|%|\s*[ap]\.?m(?!\w)")
        self.counted = before(rf"{S}{adjective}(?:{counted})(?!\w)")
        self.counted_next = before(rf"{S}(?:{counted})(?!\w)")
        self.in_word = before(r"(?:^|\W)(?:in|during|since|in\s+the)\s+$")
        self.name_weekday = before(rf"(?:^|\W)(?:{alternatives(words.weekday_not_after)})\s+$")
        self.weekday_name = before(rf"{S}(?:{alternatives(words.weekday_not_before)})(?!\w)")
        self.verb_after_may = before(
            rf"{S}(?:have|be|not|also|still|yet|soon|well|never|already|now|even"
            rf"|face|take|lead|go|come|need|rise|seek|lose|use|get|see|try|help"
            rf"|include|include|contain|result|become|decide|leave|die|want|choose"
            rf"|the|a|on|towards?|to|through|against|for|in|into|past|toward"
            rf"|again|out|from|with|back|by|over|across|down|home|north|south"
            rf"|east|west)(?!\w)"
        )
        self.since_word = before(
            rf"(?:^|(?<=\W))(?:{alternatives(words.since)}){S}(?:the{S}|early{S}|late{S}|mid-|on{S}|in{S})?$"
        )
        self.since_clause = before(
            rf"(?:^|(?<=\W)){alternatives(words.since)}{S}(?:[\w'’-]+{S}){{1,9}}(?:{alternatives(words.begins)})"
            rf"{S}(?:on{S}|in{S}|late{S}|early{S}){{0,2}}(?:the{S})?$"
        )
        self.from_word = before(rf"(?:^|(?<=\W))(?:from|after){S}(?:the{S}|early{S}|late{S}|on{S}|about{S})?$")
        self.until_word = before(
            rf"(?:^|(?<=\W))(?:{alternatives(words.until)}){S}(?:the{S}|early{S}|late{S}|on{S}|in{S}|about{S})?$"
        )
        names = alternatives(words.names_after_date)
        self.name_after = before(rf"(?:{S}\d{{1,2}}(?:st|nd|rd|th)?)?{S}(?:{names})(?!\w)")
        self.possessive = before(r"['’]s(?!\w)")
        town = r"[^\W\d_][\w.'’]*(?:[ -][^\W\d_][\w.'’]*){0,4}"
        lead = rf"(?:{town}(?:\s*[,/]\s*{town}){{0,3}}(?:\s*\([^)\n]{{2,40}}\))?\s*,?\s*\(?)"
        self.dateline_before = before(rf"(?:^|\n)[ \t\"'(\[]*{lead}$")
        self.dateline_after = before(r"\)?\s*,?\s*(?:\d{4}\s*)?(?:[(/][^)/\n]{2,60}[)/])?\s*(?:--|[-–—]|\.-|:)(?:\s|$)")
        self.published = before(
            r"(?:^|\n)[ \t(\[]*(?:published|updated|posted|last updated|first published"
            r"|last modified|date|issued|release date|publication date)(?:\s+on)?\s*[:-]?\s*$"
        )
        self.follows_day = before(
            rf"\s*(?:[.;:!?)\]\"”,]|$)|{S}(?:at|in|near|on|when|by|by|as|after"
            rf"|before|during|with|while|and|outside|inside|around|killed|killing"
            rf"|left|the|for|against|between|from|{joined(['last year', 'this year'])}"
            rf"|(?:19|20)\d\d)(?!\w)"
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
