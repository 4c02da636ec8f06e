"""Rules of the quantity grammar: figures, the words that bound them, and ranges. Helper of `quantities`.

Works on folded text; knows nothing about what a figure counts (that is `quantity_kinds`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from reportedly.knowledge.grammar import NumberWords, number_words
from reportedly.mentions.numerals import SPACE as S
from reportedly.mentions.numerals import Numeral, NumeralReader, alternatives, numeral_reader
from reportedly.model.quick import quick, replace
from reportedly.model.toll import Qualifier

_BOUND_ORDER: tuple[Qualifier, ...] = ("more_than", "at_least", "at_most", "fewer_than", "about")
_CHANGE_REACH = 44
_FIRST_WORD = re.compile(r"\w+")
_BOUNDED = frozenset({"numeral", "fixed", "vague"})  # forms that words after them can bound


@quick
@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its bounds, at positions of the folded text; `form` is numeral, fixed, vague, zero, article ..."""

    start: int
    end: int
    number_start: int
    number_end: int
    low: int | None
    high: int | None
    best: int | None
    qualifier: Qualifier
    form: str
    digits: bool = False
    suffix: bool = False
    ranged: bool = False
    scale: int = 1

    @property
    def valued(self) -> bool:
        """Tell whether there is a whole number behind it."""
        return self.low is not None or self.high is not None

    @property
    def plain(self) -> bool:
        """Tell whether it is a mere article or "no", which no date contains."""
        return self.form in ("article", "zero", "group")


class QuantityRules:
    """The compiled grammar of one language."""

    def __init__(self, words: NumberWords, reader: NumeralReader) -> None:
        self._words, self._reader = words, reader
        quals = {w: q for q, listed in words.qualifiers.items() for w in listed}
        self._qualifier_of = quals
        spaced = alternatives(w for w in quals if w[-1].isalnum() or w[-1] == ".")
        signs = alternatives(w for w in quals if not (w[-1].isalnum() or w[-1] == "."))
        opener = alternatives([*words.range_between, *words.range_from])
        group = rf"(?:an?|the|one){S}(?:\w+{S}){{0,2}}?(?:{alternatives(words.collectives)}){S}of"
        pre = rf"(?:(?:{spaced}|{opener}|{group})(?:{S}|-)|(?:{signs})\s?)"
        self._qualifier = re.compile(rf"(?:{spaced})(?!\w)|(?:{signs})")
        self._between = re.compile(rf"(?:^|(?<=\W))(?P<opener>{opener})(?!\w)")
        self._compile_forms(words)
        unnamed = {form: re.sub(r"\(\?P<\w+>", "(?:", p.pattern) for form, p in self._forms.items()}
        starts = "|".join(f"(?P<{form}>{p})" for form, p in unnamed.items())
        begun = rf"(?<!\w)(?=\d|{signs}|(?:{alternatives(self._first_words())})(?!\w))"  # most words begin no figure
        self._start = re.compile(rf"{begun}(?P<pre>(?:{pre})*)(?:{starts}|(?P<numeral>{reader.start_pattern}))")
        self._from = {form: list(self._forms.items())[n:] for n, form in enumerate([*self._forms, "numeral"])}
        self._group = re.compile(rf"{group}(?!\w)")
        self._compile_after(words)

    def _first_words(self) -> set[str]:
        """The first words of all that can begin a figure or stand before one."""
        words = self._words
        counting = (words.units, words.teens, words.tens, words.scales, words.plural_scales, words.ordinals)
        worded = (words.vague, words.multipliers, words.fixed, words.zero, self._qualifier_of)
        opening = (words.range_between, words.range_from, ("a", "an", "the", "one", "no", "half"))
        listed = (word for some in (*counting, *worded, *opening) for word in some)
        return {first[0] for word in listed if (first := _FIRST_WORD.match(word))}

    def _compile_forms(self, words: NumberWords) -> None:
        tens, scales = alternatives(words.tens), alternatives(s for s in words.scales if s != "score")
        plural = alternatives(words.plural_scales)
        ordinal = alternatives(words.ordinals)
        no_next = rf"(?!{S}\d|{S}(?:{alternatives(words.no_not_before)})(?!\w)|[-\w.]|\s*[,:;!?)])"
        zero = alternatives(w for w in words.zero if w != "no")
        article = rf"(?![-\w.'’]|{S}(?:{alternatives(words.article_not_before)})(?!\w))(?={S}[^\W\d_]|{S}[\"“'‘(])"
        self._forms = {
            "zero": re.compile(rf"(?:{zero})(?!\w)|no{no_next}(?={S})"),
            "multiplied": re.compile(rf"(?P<by>{alternatives(words.multipliers)}){S}(?P<scale>{scales})s?(?!\w)"),
            "plural": re.compile(
                rf"(?P<first>{plural})(?:{S}of{S}(?P<second>{plural})|(?:,?{S}(?:or"
                rf"|if{S}not|and{S}possibly|and{S}perhaps|to|and|perhaps|possibly"
                rf"|maybe){S}(?:even{S})?)(?P<more>{plural}))?(?![\w-])"
            ),
            "fixed": re.compile(rf"(?P<fixed>{alternatives(words.fixed)})(?!\w)"),
            "vague": re.compile(rf"(?P<vague>{alternatives(words.vague)})(?!\w)"),
            "fraction": re.compile(
                rf"(?:(?:an?|one|two|three|four|five)(?:{S}|-)(?:{alternatives(words.fractions)})"
                rf"(?!\w)(?={S}of(?!\w))|(?:one|two|three|four)-(?:{alternatives(words.fractions)})"
                rf"(?!\w)|half(?!\w))"
            ),
            "ordinal": re.compile(
                rf"(?:(?:{tens})-)?(?:{ordinal})(?!\w)|\d{{1,4}}(?:,\d{{3}})?(?:st|nd|rd|th|(?<=[23])d)(?!\w)"
            ),
            "article": re.compile(rf"an?{article}"),
        }

    def _compile_after(self, words: NumberWords) -> None:
        self._barring_after = {
            word: re.compile(rf"(?:{S}|-)(?:{alternatives(after)})(?!\w)")
            for word, after in words.not_before.items()
            if after
        }
        self._barring_before = {
            word: re.compile(rf"(?:^|\W)(?:{alternatives(before)})\s$")
            for word, before in words.not_after.items()
            if before
        }
        small = alternatives([*words.units, *words.teens, *words.tens, "some", "about", "than"])
        self._after = {
            q: re.compile(
                rf"(?:{S}(?:{alternatives(w for w in listed if w[0].isalnum())})"
                rf"|\s?(?:{alternatives(w for w in listed if not w[0].isalnum()) or '(?!)'}))"
                rf"(?![\w])(?!{S}(?:{small}|\d))(?!-)"
            )
            for q, listed in words.after.items()
        }
        joiner = alternatives(w for w in words.range_words if w[0].isalnum())
        commas = alternatives(w for w in words.range_words if not w[0].isalnum())
        self._range = re.compile(
            rf"(?P<dash>\s?[-–—]\s?)(?:to\s?-\s?)?(?=\w)|(?P<word>{S}(?:{joiner}){S}"
            rf"|(?:{commas}){S})(?:(?:as{S}many{S}as|about|around|an{S}estimated"
            rf"|some|perhaps|even){S})?"
        )
        self._and = re.compile(rf"{S}(?:and|to){S}")
        self._change = re.compile(rf"(?<!\w)(?:{alternatives(words.change_words)})(?!\w)[^.;:,!?]*$")
        self._by = re.compile(r"(?:^|\W)by\s+$")

    # --- finding -----------------------------------------------------------------------------------------------

    def find(self, low: str, start: int, end: int) -> list[Figure]:
        """Return the figures between two positions, in order."""
        found: list[Figure] = []
        at = start
        while match := self._start.search(low, at, end):
            figure = self._figure(low, match, end)
            if figure is None:
                at = max(match.end("pre"), at) + 1
                while at < end and low[at - 1].isalnum() and low[at].isalnum():
                    at += 1
                continue
            found.append(figure)
            at = figure.end
        return found

    def _figure(self, low: str, match: re.Match[str], limit: int) -> Figure | None:
        core = self._core(low, match.end("pre"), limit, match.lastgroup or "zero")
        if core is None:
            return None
        ranged = self._ranged(low, core, match, limit)
        pre_start = match.start("pre")
        if ranged is None and match["pre"]:
            pre_start = self._without_opener(match)
        figure = self._after_words(low, ranged or core, limit)
        return self._before_words(low, figure, pre_start)

    def _core(self, low: str, at: int, limit: int, first: str = "zero") -> Figure | None:
        """The figure at a position; the forms before `first` do not stand there."""
        for form, pattern in self._from[first]:
            hit = pattern.match(low, at, limit)
            if hit and form == "fraction" and low.startswith("half", at) and self._forms["fixed"].match(low, at, limit):
                continue
            if hit and not self._barred(low, hit):
                figure = getattr(self, f"_read_{form}")(low, hit)
                if figure is not None and not self._outreached(low, figure, limit):
                    return figure  # type: ignore[no-any-return]
        numeral = self._reader.read(low, at, limit) if at < limit else None
        if numeral is None or numeral.end == numeral.start or self._barred_numeral(low, numeral):
            return None
        return self._read_numeral(numeral)

    def _outreached(self, low: str, figure: Figure, limit: int) -> bool:
        """Tell whether a numeral at the same place has more words ("a hundred and two")."""
        if figure.form not in ("article", "fixed"):
            return False
        numeral = self._reader.read(low, figure.start, limit)
        return numeral is not None and numeral.end > figure.end

    def _barred(self, low: str, hit: re.Match[str]) -> bool:
        return self._barred_word(low, hit.start(), hit.end(), hit[0])

    def _barred_numeral(self, low: str, numeral: Numeral) -> bool:
        return self._barred_word(low, numeral.start, numeral.end, low[numeral.start : numeral.end])

    def _barred_word(self, low: str, start: int, end: int, word: str) -> bool:
        """Tell whether a neighbour gives the word another meaning ("how many", "multiple rocket launcher")."""
        after, before = self._barring_after.get(word), self._barring_before.get(word)
        if after is not None and after.match(low[end : end + 30]):
            return True
        return before is not None and before.search(low[max(0, start - 20) : start]) is not None

    # --- forms -------------------------------------------------------------------------------------------------

    def _read_zero(self, low: str, hit: re.Match[str]) -> Figure:
        return _made(hit, 0, 0, "none", "zero")

    def _read_multiplied(self, low: str, hit: re.Match[str]) -> Figure:
        by = self._words.multipliers[re.sub(r"\s+", " ", hit["by"])]
        value = by * self._words.scales[hit["scale"]]
        if "couple" in hit["by"]:
            return _made(hit, value, value, "about", "numeral")
        return _made(hit, value, None, "vague", "vague")

    def _read_plural(self, low: str, hit: re.Match[str]) -> Figure:
        plurals = self._words.plural_scales
        value = plurals[hit["first"]]
        if hit["second"]:
            value = value * plurals[hit["second"]] // 2
        return _made(hit, value, None, "vague", "vague")

    def _read_fixed(self, low: str, hit: re.Match[str]) -> Figure:
        words = re.sub(r"\s+", " ", hit["fixed"])
        value = self._words.fixed[words]
        return _made(hit, value, value, "about" if words in self._words.round else "exact", "fixed")

    def _read_vague(self, low: str, hit: re.Match[str]) -> Figure:
        words = re.sub(r"\s+", " ", hit["vague"])
        return _made(hit, self._words.vague[words], None, "vague", "vague")

    def _read_fraction(self, low: str, hit: re.Match[str]) -> Figure:
        return _made(hit, None, None, "exact", "fraction")

    def _read_ordinal(self, low: str, hit: re.Match[str]) -> Figure:
        return _made(hit, None, None, "exact", "ordinal")

    def _read_article(self, low: str, hit: re.Match[str]) -> Figure:
        group = self._group.match(low, hit.start())
        if group:
            return replace(_made(hit, 2, None, "vague", "group"), end=group.end(), number_end=group.end())
        return _made(hit, 1, 1, "exact", "article")

    def _read_numeral(self, numeral: Numeral) -> Figure:
        qualifier: Qualifier = "about" if numeral.round else "exact"
        return Figure(
            numeral.start, numeral.end, numeral.start, numeral.end, numeral.value, numeral.value, numeral.value,
            qualifier, "numeral", numeral.digits, numeral.suffix, scale=numeral.scale,
        )  # fmt: skip

    # --- bounds ------------------------------------------------------------------------------------------------

    def _without_opener(self, match: re.Match[str]) -> int:
        """Return where the words start once a "between" or "from" without a range is left out."""
        openers = list(self._between.finditer(match["pre"]))
        if not openers:
            return match.start("pre")
        opener = openers[-1]
        rest = match["pre"][opener.end() :]
        return match.start("pre") + opener.end() + len(rest) - len(rest.lstrip())

    def _ranged(self, low: str, core: Figure, match: re.Match[str], limit: int) -> Figure | None:
        """Join a second figure: "20 to 25", "20-25", "between 20 and 25"."""
        if core.form not in ("numeral", "fixed") or core.low is None:
            return None
        opener = self._between.search(match["pre"])
        between = opener is not None and opener["opener"].endswith("between")
        joint = (self._and if between else self._range).match(low, core.end, limit)
        if joint is None or (not between and self._replaces(low, core, joint)):
            return None
        second = self._core(low, joint.end(), limit)
        if second is None or second.form not in ("numeral", "fixed") or second.low is None:
            return None
        return _range(core, second)

    def _replaces(self, low: str, core: Figure, joint: re.Match[str]) -> bool:
        """Tell whether the second figure replaces the first ("rose from 20 to 30", "by 3 to 25")."""
        if joint.groupdict().get("dash") or joint["word"].strip() != "to":
            return False
        before = low[max(0, core.start - _CHANGE_REACH) : core.start]
        return self._change.search(before) is not None or self._by.search(before) is not None

    def _after_words(self, low: str, figure: Figure, limit: int) -> Figure:
        """Take in the words after a figure: "or more", "-odd"."""
        if figure.form not in _BOUNDED:
            return figure
        for qualifier, pattern in self._after.items():
            hit = pattern.match(low, figure.end, limit)
            if hit and (figure.form == "numeral" or low[figure.end : figure.end + 1] != "-"):
                return replace(_bounded(figure, qualifier), end=hit.end())  # type: ignore[arg-type]
        return figure

    def _before_words(self, low: str, figure: Figure, pre_start: int) -> Figure:
        """Apply the words before a figure; of several the bound wins over `about`."""
        if figure.form in ("zero", "ordinal", "article", "group", "fraction") or pre_start >= figure.start:
            return figure
        found = {
            self._qualifier_of[re.sub(r"\s+", " ", m[0])]
            for m in self._qualifier.finditer(low, pre_start, figure.start)
        }
        first = next((q for q in _BOUND_ORDER if q in found), None)
        bounded = _bounded(figure, first) if first else figure
        return replace(bounded, start=pre_start)


def _made(hit: re.Match[str], low: int | None, high: int | None, qualifier: Qualifier, form: str) -> Figure:
    best = low if high is not None else None
    return Figure(hit.start(), hit.end(), hit.start(), hit.end(), low, high, best, qualifier, form)


def _range(first: Figure, second: Figure) -> Figure | None:
    """Return the range, or None when the figures do not make one. "2 to 3 million" shares its scale."""
    low, high = first.low, second.low
    if low is None or high is None:
        return None
    if second.scale > 1 and first.scale == 1 and low < 1000 and low * second.scale <= high:
        low *= second.scale
    if low >= high:
        return None
    joined = replace(first, end=second.end, number_end=second.number_end, low=low, high=high, best=None)
    digits, suffix = first.digits and second.digits, first.suffix or second.suffix
    return replace(joined, qualifier="range", ranged=True, digits=digits, suffix=suffix)


def _bounded(figure: Figure, qualifier: Qualifier) -> Figure:
    """Let a qualifier open one end; a vague word keeps its own bound."""
    if qualifier in ("at_least", "more_than"):
        return replace(figure, high=None, qualifier=qualifier)
    if figure.qualifier == "vague":
        return figure if qualifier == "about" else replace(figure, low=None, high=None)
    if qualifier in ("at_most", "fewer_than"):
        return replace(figure, low=None, qualifier=qualifier)
    if figure.qualifier in ("range", "at_least", "at_most", "more_than", "fewer_than"):
        return figure
    return replace(figure, qualifier=qualifier)


@lru_cache(maxsize=8)
def quantity_rules(language: str = "en") -> QuantityRules:
    """Return the compiled rules of a language."""
    return QuantityRules(number_words(language), numeral_reader(language))
