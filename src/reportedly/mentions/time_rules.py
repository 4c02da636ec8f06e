"""Rules of the time grammar in order of precedence: which matched words are a time. Helper of `times`.

Every builder takes the context, the window and a match and returns a mention, or None when the words only look like a
time. The builders stand by kind in `time_dates`, `time_weekdays`, `time_spans` and `time_years`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from reportedly.knowledge.grammar import TimeWords, number_words, time_words
from reportedly.mentions import time_dates, time_spans, time_weekdays, time_years
from reportedly.mentions.numerals import alternatives
from reportedly.mentions.time_context import Builder, TimeContext, Window
from reportedly.mentions.time_patterns import Patterns, joined
from reportedly.model.quick import replace
from reportedly.model.time_mention import TimeMention

_BUILDERS = {**time_dates.BUILDERS, **time_weekdays.BUILDERS, **time_spans.BUILDERS, **time_years.BUILDERS}


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and the function that reads its match."""

    name: str
    pattern: re.Pattern[str]
    build: Builder


class TimeRules:
    """The compiled grammar of one language."""

    def __init__(self, words: TimeWords) -> None:
        self.context = TimeContext(words)
        made = Patterns(words, number_words(words.language))
        patterns = made.rules
        self.rules = [Rule(n, re.compile(rf"(?<![\w$€£]){p}"), _BUILDERS[n]) for n, p in patterns.items()]
        self._from = {rule.name: self.rules[n:] for n, rule in enumerate(self.rules)}
        self.master = re.compile(rf"(?<![\w$€£]){made.begun}(?:{joined(patterns)})")
        named = [*self.context.months, *self.context.weekdays]
        hints = [*named, *words.units, *words.seasons, *words.holidays, *words.phrases]
        self.hint = re.compile(rf"\d\d|the \d|\d-|(?<!\w)(?:{alternatives(hints)})s?(?!\w)")

    def read(self, window: Window, match: re.Match[str]) -> TimeMention | None:
        """Return the time that the first accepting rule reads where the master pattern matched; those before the one
        that it matched do not stand there."""
        for rule in self._from[match.lastgroup or self.rules[0].name]:
            hit = rule.pattern.match(window.low, match.start(), window.end)
            mention = rule.build(self.context, window, hit) if hit else None
            if mention is not None:
                return replace(mention, rule=rule.name)
        return None


@lru_cache(maxsize=8)
def time_rules(language: str = "en") -> TimeRules:
    """Return the compiled rules of a language."""
    return TimeRules(time_words(language))
