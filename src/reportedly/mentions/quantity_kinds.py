"""Kinds of figures: which count people or things, and which are ages, money, unit numbers and so on.

Helper of `quantities`. Decides by the words to the left and right; each test is one method, asked in a fixed order.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from reportedly.knowledge.grammar import NumberWords, number_words, time_words
from reportedly.mentions.numerals import SPACE as S
from reportedly.mentions.numerals import alternatives
from reportedly.mentions.quantity_rules import Figure
from reportedly.model.quantity import QuantityKind

_REACH = 48
_MAX_AGE = 110
_PHONE_LEFT = re.compile(r"(?:\d{1,4}[ -])+$|$")
_PHONE_RIGHT = re.compile(r"(?:[ -]\d{1,4})*(?!\w)")
_JOINED_LEFT = re.compile(r"(?:[^\W\d_]-|[\w]/|[#@_=+]|\d\.|[a-z]\.)$")
_PREFIXED = re.compile(r"(?:mid|pre|post|non|sub)-$")
_JOINED_RIGHT = re.compile(r"(?:[/_@=]\w|[.,]\d|-\d+-\d|[a-z]+\d)")
_LETTER = re.compile(r"[^\W\d_]")
_LINE_START = re.compile(r"(?:^|\n)[ \t(]*$")
_LIST_MARK = re.compile(r"[.)]\s")
_CLOCK_LEFT = re.compile(r"\d:$")
_AT = re.compile(r"(?:^|\W)at\s$")
_SCORE_RIGHT = re.compile(r"[-–]\d{1,3}(?![\d-]|[.,]\d)")
_SCORE_LEFT = re.compile(r"(?:^|[^\w-])\d{1,3}[-–]$")
_DECADE = re.compile(r"['’]?s(?!\w)")
_HYPHENED = re.compile(r"-[^\W\d_]")
_RATIO_RIGHT = re.compile(r"[:/]\d")
_RATIO_LEFT = re.compile(r"\d[:/]$")
_ONE_IN = re.compile(rf"(?:^|\W)(?:one|1)(?:{S})(?:in|out{S}of)(?:{S}every)?{S}$")
_SEX = re.compile(r"[(\[](?:m|f|male|female)\s?[,/]?\s?$")  # "a trader (M, 54)"
_UNDER = re.compile(r"(?:children|girls|boys)\s(?:aged\s)?under(?:-|\sthe\s)$")
_NAME_COMMA = re.compile(r"[^\W\d_]{2},\s$")
_COMMA = re.compile(r",\s")
_CLOSED = re.compile(r"\s*[,.;)](?!\d)|\s*$")
_CAPITAL_COMMA = re.compile(r"[^\W\d_]*[A-Z][\w'’-]+(?:,\s|\s\()$")
_NONE = ("",)
_Test = Callable[[Figure, str, str, str], bool]


class QuantityKinds:
    """The tests of one language, compiled."""

    def __init__(self, words: NumberWords) -> None:
        self._compile_units(words)
        self._compile_ages(words)
        self._compile_neighbours(words)
        self._tests: tuple[tuple[QuantityKind, _Test], ...] = (
            ("designation", self._is_attached), ("percent", self._is_percent), ("age", self._is_age),
            ("clock", self._is_clock), ("score", self._is_score), ("money", self._is_money),
            ("times", self._is_times), ("duration", self._is_duration), ("measure", self._is_measure),
            ("designation", self._is_designation), ("year", self._is_year), ("compound", self._is_compound),
            ("ratio", self._is_ratio), ("decimal", self._is_decimal),
        )  # fmt: skip

    def _compile_units(self, words: NumberWords) -> None:
        more = (
            rf"(?:(?:more|consecutive|straight|full|long|further|working|other"
            rf"|additional|successive|whole|separate|different){S})?"
        )
        gap = rf"(?:{S}|-)"
        self._percent = re.compile(rf"\s?%|(?:{S}|-)(?:{alternatives(words.percent)})(?!\w)")
        self._money_before = re.compile(
            rf"(?:(?<!\w)(?:{alternatives(words.money_before)}))\s?(?:about{S}|around{S})?$"
        )
        self._money_after = re.compile(
            rf"(?:{gap}(?:of{S})?(?:us{S}|cfa{S}|[\w]+n{S}|u\.s\.{S})?(?:{alternatives(words.money_after)}"
            rf")(?!\w)|\s?[€$£](?!\w))"
        )
        at_work = rf"(?!(?:day|night){S}(?:{alternatives(time_words(words.language).shift_workers)})(?!\w))"
        lasting = alternatives(w for w in words.durations if not w.startswith("time") and w != "fold")
        self._duration = re.compile(rf"{gap}{more}{at_work}(?:{lasting})(?!\w)")
        self._times = re.compile(rf"{gap}{more}(?:times?|fold)(?!\w)|fold(?!\w)")
        measure = alternatives(w for w in words.measure if len(w) > 1)
        self._measure = re.compile(
            rf"(?:{gap}(?:square{S}|cubic{S}|nautical{S}|metric{S})?|)(?:{measure}"
            rf")(?![\w])|(?:-|\s)?[mgt](?![\w'’.-]|\s+[a-z]+s?\s+(?:people))"
        )
        self._clock_after = re.compile(
            rf"\s?(?:{alternatives(words.clock_after)})(?!\w)|[:h]\d\d(?!\d)|h(?!\w)|-?(?:hours|hrs){S}(?:local|gmt)"
        )
        self._clock_before = re.compile(r"(?:^|\D)\d{1,2}[:h]$|(?:^|\W)at\s$")

    def _compile_ages(self, words: NumberWords) -> None:
        self._age_before = re.compile(
            rf"(?:^|\W)(?:{alternatives(words.age_before)})(?:{S}(?:between|from"
            rf"|about|around|only|just|under|over|at{S}least))?\s+$"
        )
        self._age_after = re.compile(
            rf"(?:{S}|-)?(?:{alternatives(words.age_after)})(?!\w)"
            r"|-?\s(?:and|to|or)\s\S+?(?:-\s?|\s)years?(?:-\s?|\s)old"
        )
        self._young = re.compile(
            r"(?:^|\W)(?:children|girls|boys|minors|kids|those|anyone|people"
            r"|persons|youths|women|men|infants|babies|child|males|females)\s(?:aged\s)?$"
        )
        self._of_age = re.compile(
            r"(?:^|\W)(?:an?|another|the)\s(?:\w+\s)?(?:man|woman|boy|girl|child|youth|mother|father|widow)\sof\s$"
        )
        self._are_under = re.compile(
            r"(?:^|\W)(?:is|was|are|were|be|being)\s(?:all\s)?(?:under|below)\s(?:the age of\s)?$"
        )
        self._bound_word = re.compile(r"(?:under|over|below|above|younger than|older than)\s$")

    def _compile_neighbours(self, words: NumberWords) -> None:
        self._designator = re.compile(
            rf"(?P<word>{alternatives([*words.designators, *words.strong_designators])})\.?(?:\s|-)?$"
        )
        self._strong = frozenset(words.strong_designators)
        self._unit_after = re.compile(rf"{S}(?:\w+{S})?(?:{alternatives(words.units_after)})(?!\w)")
        self._counted = re.compile(rf"{S}(?:[\w-]+{S})?(?:{alternatives(words.counted)})(?!\w)")
        self._counted_next = re.compile(rf"{S}(?:{alternatives(words.counted)})(?!\w)")
        self._score = re.compile(rf"(?<!\w)(?:{alternatives(words.score_words)})(?!\w)")
        self._one_in = re.compile(rf"{S}(?:in|out{S}of){S}(?:every{S})?(?:\d+|[a-z]+)(?!\w)")
        self._pronoun = re.compile(r"(?:^|\W)(?:the|this|that|which|every|each|any|another|only|last|first|next)\s$")
        self._left_out = re.compile(rf"(?:^|\W)(?:{alternatives(words.left_out_before)}){S}$")
        times = time_words(words.language)
        named = alternatives([*times.weekdays, *times.months, *times.month_abbreviations, *times.units])
        self._time_word = re.compile(rf"(?<!\w)(?:{named})\.?,\s$")

    def kind(self, figure: Figure, low: str, raw: str) -> QuantityKind:
        """Return what kind of figure stands at these positions of the folded (and the raw) text."""
        if figure.form in ("ordinal", "fraction"):
            return "ordinal" if figure.form == "ordinal" else "ratio"
        left = low[max(0, figure.number_start - _REACH) : figure.number_start]
        right = low[figure.number_end : figure.number_end + 2 * _REACH]
        if figure.form in ("article", "zero", "group"):
            return self._kind_of_word(figure, right)
        near = right[:_REACH]
        for kind, test in self._tests:
            if test(figure, left, near, raw):
                return kind
        return "cardinal"

    def counts(self, figure: Figure, low: str) -> bool:
        """Tell whether a plain figure counts something: "the one" and "no." do not."""
        return figure.form != "numeral" or figure.low is not None or figure.high is not None

    def _kind_of_word(self, figure: Figure, right: str) -> QuantityKind:
        if self._duration.match(right) and figure.form != "zero":
            return "duration"
        if self._money_after.match(right) or self._percent.match(right):
            return "money" if self._money_after.match(right) else "percent"
        return "article" if figure.form == "article" else "cardinal"

    # --- tests, in the order in which they are asked ------------------------------------------------------------

    def _is_attached(self, figure: Figure, left: str, right: str, raw: str) -> bool:
        """AK-47, S/2024/123, +223 76, 3.4.5, [12], list numbers, 007."""
        if not figure.digits:
            return False
        first = raw[figure.number_start]
        if _JOINED_LEFT.search(left) and not _PREFIXED.search(left):
            return True
        if _JOINED_RIGHT.match(right) or (_LETTER.match(right) and not self._suffix_ok(right)):
            return True
        if _LINE_START.search(left) and _LIST_MARK.match(right) and figure.low is not None and figure.low < 100:
            return True
        groups = re.findall(r"\d+", (_PHONE_LEFT.search(left) or _NONE)[0] + (_PHONE_RIGHT.match(right) or _NONE)[0])
        if len(groups) >= 3:
            return True
        if left.endswith("[") and right.startswith("]"):
            return True
        whole = raw[figure.number_start : figure.number_end]
        clock = self._clock_after.match(right) or (len(whole) == 4 and left.endswith("at "))
        return whole.isdigit() and ((first == "0" and len(whole) > 1 and not clock) or len(whole) > 9)

    def _suffix_ok(self, right: str) -> bool:
        tests = (self._measure, self._clock_after, self._times, self._age_after)
        return any(t.match(right) for t in tests) or re.match(r"(?:st|nd|rd|th|s)(?!\w)", right) is not None

    def _is_percent(self, figure: Figure, left: str, right: str, raw: str) -> bool:
        return self._percent.match(right) is not None

    def _is_age(self, figure: Figure, left: str, right: str, raw: str) -> bool:
        if self._age_after.match(right) or self._age_before.search(left) or _SEX.search(left):
            return True
        before = (
            left[: len(left) - (figure.number_start - figure.start)] if figure.number_start > figure.start else left
        )
        if self._of_age.search(before) and not self._counted_next.match(right):
            return figure.high is not None and figure.high <= _MAX_AGE  # "a woman OF 34"
        if self._are_under.search(left) and re.match(r"\s*[.,;)]|\s*$|\sand\s", right):
            return figure.high is not None and figure.high <= _MAX_AGE  # "a quarter of the dead were UNDER TEN"
        bound = self._bound_word.search(left)
        if bound and self._young.search(before[: bound.start()] if figure.number_start == figure.start else before):
            return not self._counted_next.match(right)
        if _UNDER.search(left) or left.endswith("under-"):
            return True
        return self._after_name(figure, left, right, raw)

    def _after_name(self, figure: Figure, left: str, right: str, raw: str) -> bool:
        """Read "Amina Diallo, 34," as an age: a capitalised name, a comma, a number, and no noun after it."""
        if not figure.digits or figure.ranged or figure.low is None or figure.low > _MAX_AGE:
            return False
        if figure.number_start != figure.start:
            return False
        before = raw[max(0, figure.number_start - _REACH) : figure.number_start]
        if self._time_word.search(before.lower()):
            return False
        if _NAME_COMMA.search(before) and _COMMA.match(right):
            return True
        if _CLOSED.match(right) is None:
            return False
        return _CAPITAL_COMMA.search(before) is not None

    def _is_clock(self, figure: Figure, left: str, right: str, raw: str) -> bool:
        if not figure.digits:
            return re.match(rf"{S}(?:o['’]clock|[ap]\.?m(?!\w))", right) is not None
        if self._clock_after.match(right) and (figure.low is None or figure.low <= 2400):
            return True
        if _CLOCK_LEFT.search(left):
            return True
        whole = raw[figure.number_start : figure.number_end]
        return bool(
            _AT.search(left)
            and re.fullmatch(r"(?:[01]\d|2[0-3])[0-5]\d|\d{1,2}\.[0-5]\d", whole)
            and not self._counted.match(right)
        )

    def _is_score(self, figure: Figure, left: str, right: str, raw: str) -> bool:
        """A range that falls ("3-1"), or a small one beside words of sport and voting."""
        near = self._score.search(left) is not None
        if figure.ranged:
            whole = raw[figure.number_start : figure.number_end]
            return near and "-" in whole and (figure.high or 0) < 100 and not self._counted_next.match(right)
        if not figure.digits or figure.low is None or figure.low > 200:
            return False
        if _SCORE_RIGHT.match(right):
            return True
        return _SCORE_LEFT.search(left) is not None

    def _is_money(self, figure: Figure, left: str, right: str, raw: str) -> bool:
        return self._money_before.search(left) is not None or self._money_after.match(right) is not None

    def _is_times(self, figure: Figure, left: str, right: str, raw: str) -> bool:
        return self._times.match(right) is not None

    def _is_duration(self, figure: Figure, left: str, right: str, raw: str) -> bool:
        return self._duration.match(right) is not None

    def _is_measure(self, figure: Figure, left: str, right: str, raw: str) -> bool:
        if figure.suffix:
            return not (
                self._counted.match(right)
                or raw[figure.number_end - 1] in "kK"
                or raw[figure.number_end - 2 : figure.number_end].lower() == "bn"
            )
        hit = self._measure.match(right)
        if hit is None:
            return False
        return figure.digits or right[: hit.end()].strip("- ") not in ("m", "g", "t")

    def _is_designation(self, figure: Figure, left: str, right: str, raw: str) -> bool:
        """A number that is a name: Resolution 1701, Flight 17, 47 Brigade."""
        if figure.number_start != figure.start and figure.qualifier != "exact":
            return False
        hit = self._designator.search(left)
        if hit and (hit.start() == 0 or not left[hit.start() - 1].isalnum() or hit["word"] in "#№"):
            return self._names(figure, left, right, raw, hit)
        unit = self._unit_after.match(right) if figure.digits else None
        if unit is None:
            return False
        word = raw[figure.number_end : figure.number_end + unit.end()].split()
        return all(w[0].isupper() for w in word) and not self._counted.match(right[unit.end() - 1 :][1:] or "")

    def _names(self, figure: Figure, left: str, right: str, raw: str, hit: re.Match[str]) -> bool:
        if hit["word"] in self._strong:
            return not self._counted_next.match(right) or hit["word"] in ("resolution", "flight", "no.", "#", "number")
        if not figure.digits:
            return False
        at = figure.number_start - len(left) + hit.start()
        cased = any(c.islower() for c in raw) and any(c.isupper() for c in raw)
        return raw[at].isupper() and cased and not self._counted.match(right)

    def _is_year(self, figure: Figure, left: str, right: str, raw: str) -> bool:
        """'90s, FY2020 and the like; plain years are found by the time grammar."""
        return figure.digits and _DECADE.match(right) is not None

    def _is_compound(self, figure: Figure, left: str, right: str, raw: str) -> bool:
        """12-member, five-storey, 300-strong: a part of an adjective."""
        return figure.end == figure.number_end and _HYPHENED.match(right) is not None

    def _is_ratio(self, figure: Figure, left: str, right: str, raw: str) -> bool:
        if self._left_out.search(left) or _RATIO_RIGHT.match(right) or _RATIO_LEFT.search(left):
            return True
        if _ONE_IN.search(left):
            return not figure.ranged and figure.form == "numeral" and not self._year_like(figure)
        one_in = figure.low == 1 == figure.high and self._one_in.match(right)
        return bool(
            one_in
            and re.match(
                rf"{S}(?:in|out{S}of){S}(?:every{S})?(?:\d{{1,3}}|two|three|four"
                rf"|five|six|seven|eight|nine|ten|twenty)(?!\w)",
                right,
            )
        )

    def _year_like(self, figure: Figure) -> bool:
        return figure.low is not None and 1900 <= figure.low < 2100

    def _is_decimal(self, figure: Figure, left: str, right: str, raw: str) -> bool:
        return figure.form == "numeral" and figure.low is None and figure.high is None


@lru_cache(maxsize=8)
def quantity_kinds(language: str = "en") -> QuantityKinds:
    """Return the tests of a language."""
    return QuantityKinds(number_words(language))
