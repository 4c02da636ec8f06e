"""Patterns of the time grammar: what each rule matches, built from the words in `times.yml`. Helper of `times`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reportedly.knowledge.grammar import NumberWords, TimeWords
from reportedly.mentions.numerals import SPACE as S
from reportedly.mentions.numerals import alternatives

_FIRST_WORD = re.compile(r"\w+")
YEAR = r"(?:1[89]|20)\d\d(?!\d|,\d{3}|\.\d)"
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\w%°]|[.,:]\d|[-–]year|[-–](?:and|member|man|strong))"
DASH = r"\s?[-–—]\s?"
TO = rf"(?:{DASH}|{S}(?:to|through|thru|until|till|up{S}to){S})"
# Words by which a time may begin, beyond those of the lists; a test holds them against the patterns.
_OPENERS = (
    *("a", "an", "around", "between", "coming", "couple", "each", "entered", "eve", "every", "few", "from", "half"),
    *("into", "its", "just", "many", "only", "past", "roughly", "several", "so", "some", "their"),
    *("q1", "q2", "q3", "q4"),
)
AND = rf"(?:{DASH}|/|{S}(?:to|through|thru|and|or|until|till){S})"


class Patterns:
    """Named pieces of pattern for one language; `rules` maps a rule's name to its pattern, in order of precedence, and
    `begun` holds where any of them may begin, as few words do."""

    def __init__(self, words: TimeWords, numbers: NumberWords) -> None:
        self.words = words
        abbreviated = alternatives(words.month_abbreviations)
        self.month = rf"(?:(?:{alternatives(words.months)})|(?:{abbreviated})\.?)(?!\w)"
        self.weekday = rf"(?:{alternatives(words.weekdays)})(?!\w)"
        self.any_weekday = rf"(?:{self.weekday}|(?:{alternatives(words.weekday_abbreviations)})(?!\w)\.?)"
        self.part_of_day = rf"(?:{alternatives(words.parts_of_day)})(?!\w)"
        self.part = rf"(?:{alternatives(words.parts)})(?!\w)"
        self.season = rf"(?:{alternatives(words.seasons)})(?!\w)"
        self.unit = rf"(?:{alternatives(words.units)})(?!\w)"
        self.number = self._number(numbers)
        self.lead = self._lead()
        self.rules = {
            **self._date_ranges(),
            **self._dates(),
            **self._weekdays(),
            **self._units(),
            **self._months(),
            **self._years(),
        }

        self.first_words = self._first_words(numbers)
        nth_day = rf"\w+{S}(?:(?:straight|consecutive|successive){S})?(?:day|night|week|month|year)"
        self.begun = rf"(?=\d|(?:{alternatives(sorted(self.first_words))})(?!\w)|{nth_day})"

    def _first_words(self, numbers: NumberWords) -> frozenset[str]:
        """The first words of all that a time may begin with, the digits and "the NTH day" left out."""
        words = self.words
        dates = (words.months, words.month_abbreviations, words.weekdays, words.weekday_abbreviations)
        spans = (words.short_weekdays, words.parts, words.seasons, words.units, words.phrases, words.holidays)
        counts = (words.duration_openers, numbers.units, numbers.teens, numbers.tens)
        listed = (word for some in (*dates, *spans, *counts) for word in some)
        found = (_FIRST_WORD.match(word) for word in (*listed, *(f"{day}s" for day in words.weekdays), *_OPENERS))
        return frozenset(match[0] for match in found if match is not None)

    def _number(self, numbers: NumberWords) -> str:
        small = {**numbers.units, **numbers.teens, **numbers.tens}
        tens = alternatives(numbers.tens)
        vague = alternatives(
            ["several", "a few", "few", "a couple of", "a couple", "couple of", "many", "some", "a handful of"]
        )
        return (
            rf"(?:\d{{1,3}}(?:\.5)?|(?:{vague})|half{S}an?|(?:{tens})[- ](?:{alternatives(numbers.units)})|"
            rf"(?:{alternatives(small)})(?:{S}and{S}a{S}half)?|an?)(?!\w)"
        )

    def _lead(self) -> str:
        """A weekday, part of the day or opener before a date: "Tuesday night, ", "the night of "."""
        night = rf"(?:the{S})?(?P<nightword>night|nights|overnight|eve)(?:{S}of)?(?:{S}(?:from|on))?{S}(?:the{S})?"
        return rf"(?:{night})?(?:{self.any_weekday}(?:{S}{self.part_of_day})?(?:,?{S}|,?{S}?\()(?:the{S})?)?"

    def _year(self, name: str = "year", *, military: bool = True) -> str:
        """A year after a day and month: in full, or short with an apostrophe or in the military form "19 APR 89"."""
        plain = r"|[4-9]\d(?![\d\w%]|[.,:]\d)|\d\d(?=\s*(?:\(|--|[-–—]\s|\)|$))" if military else ""
        return rf"(?:(?:,?{S}(?:of{S}|in{S})?|[-/.])(?P<{name}>{YEAR})|{S}(?P<{name}_short>['’]\d\d(?!\d){plain}))"

    def _date_ranges(self) -> dict[str, str]:
        month, lead, opener = self.month, self.lead, rf"(?:(?P<opener>between|from){S})?"
        return {
            "month_day_month_day": rf"{opener}{lead}(?P<m1>{month}){S}(?P<d1>{DAY})(?:,?{S}(?P<y1>{YEAR}))?,?"
            rf"(?P<sep>{AND})(?:{self.any_weekday},?{S})?(?P<m2>{month}){S}(?P<d2>{DAY}){self._year('y2')}?",
            "day_month_day_month": rf"{opener}{lead}(?P<d1>{DAY}){S}(?:of{S})?(?P<m1>{month})(?:{S}(?P<y1>{YEAR}))?,?"
            rf"(?P<sep>{AND})(?:{self.any_weekday},?{S})?(?P<d2>{DAY}){S}(?P<m2>{month}){self._year('y2')}?",
            "month_days": rf"{opener}{lead}(?P<m1>{month}){S}(?P<d1>{DAY})"
            rf"(?P<sep>{AND})(?P<d2>{DAY}){self._year('y2')}?",
            "days_month": rf"{opener}{lead}(?:the{S})?(?P<d1>{DAY})(?P<sep>{AND})(?:the{S})?"
            rf"(?P<d2>{DAY}){S}(?:of{S})?(?P<m2>{month}){self._year('y2')}?",
        }

    def _dates(self) -> dict[str, str]:
        holiday = alternatives(self.words.holidays)
        turn = rf"(?:,?{S}(?P<turn>last|this|next){S}(?P<turn_unit>year|month))"
        of_turn = rf"(?:{S}(?:of{S})?(?P<turn>last|this|next){S}(?P<turn_unit>year|month))"
        return {
            "iso": r"(?P<y>(?:1[89]|20)\d\d)[-/.](?P<m>0?[1-9]|1[0-2])[-/.](?P<d>0?[1-9]"
            r"|[12]\d|3[01])(?!\d|[-/.]\d)(?:t\d\d:\d\d\S*)?",
            "numeric": r"(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:(?:19"
            r"|20)\d\d)|\d\d)(?![\d]|[-/.]\d)",
            "slashed": r"(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/%]|[.,]\d|-\w)",
            "month_day": rf"{self.lead}(?P<m>{self.month}){S}(?:the{S})?(?P<d>{DAY})(?:{self._year(military=False)}"
            rf"|{turn})?(?:{S}?\((?P<weekday>{self.weekday})\))?",
            "day_month": rf"{self.lead}(?P<d>{DAY})(?:{S}(?:of{S})?|-)(?P<m>{self.month})"
            rf"(?:{self._year()}|{of_turn})?(?:{S}?\((?P<weekday>{self.weekday})\))?",
            "day_alone": rf"the{S}(?P<d>{DAY})(?:{S}of{S}(?P<turn>last|this|next|the{S}same){S}(?P<turn_unit>month))?",
            "holiday": rf"(?P<holiday>{holiday})(?:,?{S}(?P<year>{YEAR}))?(?!\w)",
        }

    def _weekdays(self) -> dict[str, str]:
        weekday, part = self.weekday, self.part_of_day
        turn = (
            rf"(?:(?P<turn>last|past|next|this{S}past|this{S}coming|this|coming"
            rf"|the{S}previous|the{S}following|previous|following|the{S}same"
            rf"|that){S})?"
        )
        week = (
            rf"(?:,?{S}(?:of{S})?(?P<week>last|this|next|the{S}previous|the{S}following"
            rf"|the{S}same|that|the{S}preceding){S}week)?"
        )
        early = rf"(?:(?:early|late|later|earlier|overnight)(?:{S}on)?{S})?"
        span = rf"(?:{DASH}|{S}(?:to|through|into|and|until|till){S}(?:early{S})?|{S}and{S}into{S})"
        return {
            "recurring": rf"(?:(?:every|each){S}{weekday}|(?:{alternatives(self.words.weekdays)})s(?!\w))",
            "weekday_ago": rf"(?P<count>{self.number}){S}(?P<w>{alternatives(self.words.weekdays)})s?{S}ago(?!\w)",
            "weekday_range": rf"(?:(?P<opener>between|from|overnight|overnight{S}from|the{S}night{S}of"
            rf"|the{S}night{S}between|the{S}night{S}from|night{S}of){S})?"
            rf"{turn}(?P<w1>{weekday})(?:{S}{part})?(?P<sep>{span})(?P<w2>{weekday})(?:{S}{part})?{week}",
            "weekday_eve": rf"(?:overnight|(?:the{S})?night){S}(?:in)?to{S}(?P<w>{weekday})(?:{S}{part})?",
            "weekday": rf"{early}{turn}(?P<w>{weekday})(?:{S}{part})?{week}",
            "short_weekday": rf"(?P<w>(?:{alternatives(self.words.short_weekdays)}))(?!\w)\.?",
        }

    def _units(self) -> dict[str, str]:
        number, unit, month = self.number, self.unit, self.month
        turn = rf"(?P<turn>last|this|next|the{S}same|that|the{S}previous|the{S}following|the|the{S}current){S}"
        ends = rf"(?:the{S})?(?P<part>{self.part}){S}(?:in|of){S}(?:the{S}(?=last|previous|same|following))?"
        same = (
            rf"(?P<part2>early|late|earlier|later){S}(?P<turn2>last|this|next"
            rf"|that){S}(?P<unit2>week|month|year|decade)(?!\w)"
        )
        return {
            "part_of_unit": rf"(?:{same}|{ends}{turn}(?P<unit>week|month|year|decade)(?!\w))",
            "phrase": rf"(?:(?:early|late){S})?(?P<phrase>{alternatives(self.words.phrases)})"
            rf"(?!\w)(?:{S}{self.part_of_day})?",
            "ago": rf"(?:(?:about|around|almost|nearly|some|just|only|over|more{S}than"
            rf"|at{S}least|roughly){S})?(?P<count>{number}){S}(?P<unit>{unit})"
            rf"{S}(?P<way>ago|earlier|later|before|after|previously|prior|beforehand"
            rf"|afterwards?|from{S}now|hence)(?!\w)",
            "bare_ago": rf"(?P<unit>minutes|hours|days|weeks|months|years|decades){S}(?P<way>ago"
            rf"|earlier|later|before|after|afterwards?)(?!\w)",
            "past_span": rf"(?P<head>(?:(?:in|over|during|for|within|across|through|throughout){S})?the{S}"
            rf"(?:past|last|previous|preceding|next|coming){S}"
            rf"(?:(?P<count>{number}|24|48|72){S})?)(?P<unit>{unit})",
            "recent": rf"(?:in|over|during|for|within|of){S}(?:the{S})?(?:recent|coming"
            rf"|ensuing|intervening|past|last){S}(?P<unit>hours|days|weeks|months"
            rf"|years|decades)(?!\w)",
            "so_far": rf"so{S}far{S}(?P<turn>this|in){S}(?P<unit>week|month|year|{YEAR})(?!\w)",
            "day_of": rf"(?:for{S}|on{S}|into{S}|in{S}|entered{S})?(?:the{S}|a{S}|its{S}"
            rf"|their{S})?(?P<nth>\w+){S}(?:straight{S}|consecutive{S}|successive{S})?"
            rf"(?P<unit>day|night|week|month|year)(?!{S}of{S}(?:{month}|{YEAR}"
            rf"|last|this|next|the{S}(?:month|year)))(?:{S}(?:running|straight"
            rf"|in{S}a{S}row))?(?!\w)",
            "length": rf"(?P<head>(?:{alternatives(self.words.duration_openers)}){S})?"
            rf"(?P<count>{number})(?:-|{S})(?P<unit>{unit})(?![-\w]|{S}(?:old"
            rf"|of{S}age|{alternatives(self.words.shift_workers)})|[-–]old)",
        }

    def _months(self) -> dict[str, str]:
        month = self.month
        year = (
            rf"(?:,?{S}(?:of{S}|in{S})?(?P<year>{YEAR})|/(?P<year_slash>{YEAR})"
            rf"|{S}(?P<year_short>['’]\d\d|[4-9]\d(?=\s*(?:\(|--|[-–—]\s|\)|,"
            rf"|\.|;|$)))(?!\d))"
        )
        turn = (
            rf"(?:,?{S}(?:of{S})?(?P<turn_after>last|this|next|the{S}same|that|the{S}previous|the{S}following){S}year)"
        )
        part = rf"(?:(?:the{S})?(?P<part>{self.part})(?:-|{S}(?:of{S}|in{S})?))?"
        return {
            "month_range": rf"(?:(?P<opener>between|from){S})?(?:(?:early|late|mid)[-\s])?(?P<m1>{month})"
            rf"(?:,?{S}(?P<y1>{YEAR}))?(?P<sep>{AND})"
            rf"(?:(?:early|late|mid)[-\s])?(?P<m2>{month})(?:,?{S}(?P<y2>{YEAR})|(?!{S}{DAY}))",
            "month": rf"{part}(?:(?P<turn>last|this|next){S})?(?P<m>{month})(?:{year}|{turn})?",
        }

    def _years(self) -> dict[str, str]:
        ends = rf"(?:the{S})?(?P<part>{self.part})(?:-|{S}(?:of{S}|in{S})?(?:the{S}year{S})?(?:the{S})?)"
        season = (
            rf"(?:(?:early|late|mid)[-\s](?:in{S})?)?(?:the{S})?(?:(?:early|late"
            rf"|mid)[-\s])?(?:(?P<turn>last|this|next|that){S})?(?P<season>{self.season})"
        )
        return {
            "season": rf"{season}(?:,?{S}(?:of{S})?(?:(?P<year>{YEAR})(?:[-–/](?P<year2>\d\d|{YEAR})"
            rf"(?!\d))?|(?P<turn_after>last|this|next){S}year))?",
            "quarter": rf"q(?P<quarter>[1-4])(?:{S}(?:of{S})?)(?P<year>{YEAR})",
            "decade": rf"(?:{ends})?(?:the{S})?(?:mid-)?(?P<decade>(?:19|20)\d0)['’]?s(?!\w)",
            "year_range": rf"(?:(?P<opener>between|from){S})?(?P<y1>{YEAR})(?P<sep>{AND})(?P<y2>{YEAR}|\d\d(?![\d,.]))",
            "part_year": rf"{ends}(?P<year>{YEAR})(?![-\w])",
            "year": rf"(?P<year>{YEAR})(?!\w|[-/]\w)",
        }


def joined(patterns: Mapping[str, str]) -> str:
    """Return one pattern for all, in which each is a group of its name, without groups of its own."""
    nameless = {n: re.sub(r"\(\?P=\w+\)", r"[-/.]", re.sub(r"\(\?P<\w+>", "(?:", p)) for n, p in patterns.items()}
    return "|".join(f"(?P<{name}>{p})" for name, p in nameless.items())
