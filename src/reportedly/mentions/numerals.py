"""Numerals in digits and words: what value a run of tokens has and where it ends. Helper of `quantities`.

Also the text folding that both grammars share. Does not know qualifiers or what is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from reportedly.knowledge.grammar import NumberWords, number_words, time_words
from reportedly.model.quick import quick

SPACE = r"(?:[^\S\r\n]+(?:\r?\n[^\S\r\n]*)?|\r?\n[^\S\r\n]*)"
DIGITS = (
    r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+(?!\d))?|\d{1,3}(?:[\u00a0\u202f\u2009 ]\d{3})+(?!\d|[.,]\d)"
    r"|\d{1,3}(?:['’]\d{3})+(?!\d)|\d+(?:\.\d+)*"
)


@quick
@dataclass(frozen=True, slots=True)
class Numeral:
    """A value and where its words stand; `value` None when it is no whole number. `round` by custom ("a dozen")."""

    start: int
    end: int
    value: int | None
    round: bool = False
    digits: bool = False
    scale: int = 1
    suffix: bool = False


def fold(text: str) -> str:
    """Lower-case without changing the length."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest that fits; shared beginnings are tried once."""
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branches(tree) or "(?!)"


def _branches(node: dict[str, Any]) -> str:
    """Write a tree of characters as a pattern."""
    ways = [(SPACE if char == " " else re.escape(char)) + _branches(below) for char, below in node.items() if char]
    if not ways:
        return ""
    body = ways[0] if len(ways) == 1 and "" not in node else f"(?:{'|'.join(ways)})"
    return f"{body}?" if "" in node else body


def whole_value(digits: str) -> int | None:
    """Read digits with separators; None for a decimal or a dotted code."""
    plain = re.sub(r"[,'’\u00a0\u202f\u2009 ]", "", digits)
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+", digits):
        plain = digits.replace(".", "")
    return int(plain) if plain.isdecimal() and len(plain) <= 15 else None


class NumeralReader:
    """Reads one numeral at a position of folded text."""

    def __init__(self, words: NumberWords, months: Iterable[str]) -> None:
        self._words = words
        self._after_month = re.compile(rf"(?<!\w)(?:{alternatives(months)})\.?{SPACE}$")
        self._small = {**words.units, **words.teens, **words.tens}
        self._round = frozenset(words.round_scales)
        suffix = alternatives(words.scale_suffixes)
        scales = alternatives(words.scales)
        self._digits = re.compile(
            rf"(?P<digits>{DIGITS})(?:(?:{SPACE}|-)(?P<scale>{scales})(?!\w)|(?P<suffix>{suffix})(?!\w))?"
        )
        token = alternatives([*self._small, *words.scales])
        plain_scales = alternatives(s for s in words.scales if s != "score")
        self._first = re.compile(
            rf"(?P<small>{alternatives(self._small)})(?!\w)|(?P<article>an?)(?=(?:{SPACE}|-)(?:{plain_scales})(?!\w))|(?=(?:{plain_scales})(?!\w))"
        )
        self._half = re.compile(rf"{SPACE}and{SPACE}a{SPACE}half{SPACE}(?P<scale>{plain_scales})(?!\w)")
        self._bare_scale = re.compile(rf"(?P<word>{plain_scales})(?!\w)")
        self._next = re.compile(rf"(?:{SPACE}|-)(?:(?P<and>and){SPACE})?(?P<word>{token})(?!\w)")
        self.start_pattern = (
            rf"\d|(?:{alternatives([*self._small, *words.scales])})(?!\w)|an?(?:{SPACE}|-)(?:{plain_scales})(?!\w)"
        )

    def read(self, low: str, at: int, limit: int) -> Numeral | None:
        """Return the numeral that starts at `at`, or None."""
        if at < limit and low[at].isdecimal():
            return self._read_digits(low, at, limit)
        return self._read_words(low, at, limit)

    def _read_digits(self, low: str, at: int, limit: int) -> Numeral | None:
        match = self._digits.match(low, at, limit)
        if match is None:
            return None
        if " " in match["digits"] and self._after_month.search(low, max(0, at - 14), at):
            return self._read_digits(low, at, low.index(" ", at))
        word, suffix = match["scale"], match["suffix"]
        factor = self._words.scales[word] if word else self._words.scale_suffixes.get(suffix or "", 1)
        value = whole_value(match["digits"])
        if factor > 1:
            value = _scaled(match["digits"], factor)
        return Numeral(at, match.end(), value, word in self._round, digits=not word, scale=factor, suffix=bool(suffix))

    def _read_words(self, low: str, at: int, limit: int) -> Numeral | None:
        first = self._first.match(low, at, limit)
        if first is None:
            return None
        if half := self._half.match(low, first.end(), limit):
            whole, factor = self._small.get(first[0], 0), self._words.scales[half["scale"]]
            return Numeral(at, half.end(), whole * factor + factor // 2, scale=factor)
        sum_ = _Sum(self._words)
        sum_.add(first["small"] or next(w for w, v in self._words.units.items() if v == 1), joined=False)
        end, match = first.end(), self._next.match(low, first.end(), limit)
        if not first[0]:
            match = self._bare_scale.match(low, at, limit)
        count = 0
        while match and sum_.add(match["word"], joined=bool(match.groupdict().get("and"))):
            end, count = match.end(), count + 1
            match = self._next.match(low, end, limit)
        bare = first["small"] is None
        return Numeral(at, end, sum_.value, sum_.rounded or (bare and count == 1), scale=sum_.scale)


def _scaled(digits: str, factor: int) -> int | None:
    """Multiply digits, with a decimal point where there is one, by a scale."""
    if re.fullmatch(r"\d+\.\d+", digits):
        whole, part = digits.split(".")
        value, rest = divmod(int(whole + part) * factor, 10 ** len(part))
        return None if rest else value
    value_ = whole_value(digits)
    return None if value_ is None else value_ * factor


class _Sum:
    """Adds up number words as long as they make one number."""

    def __init__(self, words: NumberWords) -> None:
        self._words = words
        self.total = self.current = 0
        self.step = ""
        self.last = 10**16
        self.rounded = False

    @property
    def value(self) -> int:
        return self.total + self.current

    @property
    def scale(self) -> int:
        """The scale that ends the number ("two million"), 1 when none does."""
        return self.last if self.step == "scale" else 100 if self.step == "hundred" and self.total == 0 else 1

    def add(self, word: str, *, joined: bool) -> bool:
        """Take the next word; False when it cannot belong to the same number."""
        if self.rounded or (joined and self.step not in ("hundred", "scale")):
            return False
        if word in self._words.scales:
            return not joined and self._scale(self._words.scales[word], word)
        return self._small(word)

    def _small(self, word: str) -> bool:
        step = "unit" if word in self._words.units else "teen" if word in self._words.teens else "tens"
        if self.step not in ({"", "tens", "hundred", "scale"} if step == "unit" else {"", "hundred", "scale"}):
            return False
        self.current += {**self._words.units, **self._words.teens, **self._words.tens}[word]
        self.step = step
        return True

    def _scale(self, factor: int, word: str) -> bool:
        if self.current == 0 or (factor < 1000 and self.step in ("hundred", "scale")):
            return False
        if factor < 1000:
            self.current *= factor
            self.step, self.rounded = "hundred", word in self._words.round_scales
            return True
        if factor >= self.last:
            return False
        self.total, self.current = self.total + self.current * factor, 0
        self.step, self.last = "scale", factor
        return True


@lru_cache(maxsize=8)
def numeral_reader(language: str = "en") -> NumeralReader:
    """Return the reader of a language's numerals."""
    times = time_words(language)
    return NumeralReader(number_words(language), [*times.months, *times.month_abbreviations])
