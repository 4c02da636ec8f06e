"""Finds names that the gazetteer lacks and the words call a place: "the village of X", "X Square", "near X", "X, Mali".

`unknown_names` is the door. What it finds stays unresolved unless the names around it say more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportedly.mentions.place_candidates import is_area
from reportedly.mentions.place_frames import Around
from reportedly.mentions.place_judge import LIST_GAPS, Judge, Judged

LONGEST = 4
"""Words in the longest name that is believed without its kind of place in it."""


def unknown_names(judge: Judge, known: Iterable[Judged]) -> list[Judged]:
    """Return the names that no gazetteer holds, in text order; none in text without meaningful capitals."""
    if judge.scan.mode != "mixed":
        return []
    return _Unknown(judge, known).names()


class _Unknown:
    """Looks at the runs of capitalised words between the names that are known. Lives for one text."""

    def __init__(self, judge: Judge, known: Iterable[Judged]) -> None:
        self._judge, self._words = judge, judge.words
        self._tokens, self._text = judge.tokens, judge.scan.text
        self._starts = {j.first: j for j in known}
        self._ends = {j.last: j for j in self._starts.values()}
        self._taken = {n for j in self._starts.values() for n in range(j.first, j.last + 1)}

    def names(self) -> list[Judged]:
        found: list[Judged] = []
        for first, last in self._pieces():
            name = self._name_in(first, last)
            if name is None or any(n in self._taken for n in range(name[0], name[1] + 1)):
                continue
            judged = self._call(name, found[-1] if found else None)
            if judged is not None:
                found.append(judged)
                self._ends[judged.last] = judged
        return found

    def _pieces(self) -> Iterator[tuple[int, int]]:
        """Yield the runs, cut at `and`, and at `of` behind the kind of a place: "the villages of Fuah and Kafraya"
        and "Salam District of Harat" hold two names each."""
        for first, last in self._judge.scan.runs:
            start = first
            for n in range(first, last + 1):
                token = self._tokens[n]
                opened = n == start + 1 and self._tokens[start].first  # "RESIDENTS OF X fled"
                cut = token.low == "and" or (token.low == "of" and (opened or (n > start + 1 and self._kind_at(n - 1))))
                cut = cut or (n < last and self._tokens[n + 1].low in self._words.not_places)
                if (cut and not token.capital) or (token.low in self._words.calendar and n > first):
                    yield start, n - 1
                    start = n + 1
            yield start, last

    def _kind_at(self, n: int) -> bool:
        return self._judge.is_tail(self._tokens[n].low)

    def _name_in(self, first: int, last: int) -> tuple[int, int] | None:
        """Trim a run to a name: no leading article or preposition, no title, person or organisation in it."""
        words, tokens = self._words, self._tokens
        while first <= last and self._leads(tokens[first].low):
            first += 1
        if first > last:
            return None
        if self._own_kind(first, last):
            return first, last
        if first == last and (tokens[first].low in words.generic or tokens[first].low in words.area_tails):
            return None  # "KEBELE 14", "ZONE Five": the kind alone
        if first < last and tokens[last].low in words.generic:
            last -= 1
        if last - first >= LONGEST:
            return None
        around = self._judge.around(tokens[first].start, tokens[last].end)
        called = around.generic is not None and around.generic not in words.loose_generic
        sure = around.of_generic or called or around.frame == "outskirts"
        return (first, last) if self._plain(first, last, sure=sure, there=around.locative) else None

    def _leads(self, low: str) -> bool:
        words = self._words
        return low in words.locative or low in words.motion or low.endswith(words.holding) or low == "the"

    def _own_kind(self, first: int, last: int) -> bool:
        """Tell whether the name says itself that it is a place: `Jabal Turkmen`, `Tahrir Square`, `Kindi Hospital`."""
        low = self._tokens[last].low
        if last - first > LONGEST + 1 or first == last or first in self._judge.demonym_at:
            return False
        if self._tokens[first].low in self._words.not_places or low in self._words.bare_tails:
            return self._tokens[first].low in self._words.name_starts
        return self._tokens[first].low in self._words.name_starts or self._judge.is_tail(low)

    def _plain(self, first: int, last: int, *, sure: bool, there: bool) -> bool:
        """Tell whether nothing in a run makes it a person, an organisation, a people or an English word. `sure`: the
        words before it call it a place ("the town of Khan Abiad"); `there`: they say that something is there."""
        words, tokens, judge = self._words, self._tokens, self._judge
        lows = [tokens[n].low for n in range(first, last + 1)]
        titled = sure or (there and last > first and not tokens[last].possessive)
        named = titled and lows[0] in words.name_titles  # "inside Sheikh Sabri"
        given = lows[:1] if there and last > first else lows  # "in Darra ADAM Khel"
        if not (sure or named) and any(low in words.first_names or low in judge.persons for low in given):
            return False
        if any(
            low in words.titles and not (titled and low in words.name_titles) for low in lows[: 1 if sure else None]
        ):
            return False
        article = last > first and lows[0] in words.connectors  # "the village of EL Palo"
        if lows[0] in words.not_places or lows[0] in words.offices or (len(lows[0]) < 3 and not article):
            return False
        if any(low in words.name_heads or (low in words.common_words and not sure) for low in lows):
            return False
        if any(n in judge.demonym_at for n in range(first, last + 1)):
            return False
        return not self._text[tokens[first].start : tokens[last].end].isupper()

    def _call(self, name: tuple[int, int], before: Judged | None) -> Judged | None:
        """The name as a place, where the words around it or in it call it one; weak where they may mean a thing."""
        start, end = self._tokens[name[0]].start, self._tokens[name[1]].end
        around = self._judge.around(start, end)
        if around.of_generic and self._tokens[name[0] - 1].low == "the" and not self._own_kind(*name):
            return None  # "the cattle camps of THE MURLE"
        follower = self._starts.get(name[1] + 1)
        chained = (
            follower is not None and self._judge.gaps.chained(end, follower.start) and is_area(follower.candidates)
        )
        settled = self._settled(name, around, start, before)
        seized = around.before in self._words.taking_places
        own = self._own_kind(*name)
        if not (settled or around.locative or seized or own or self._in_list(name, start)):
            return None
        weak = not (settled or (chained and (around.locative or own)))
        return Judged(name[0], name[1], start, end, (), around, weak=weak)

    def _settled(self, name: tuple[int, int], around: Around, start: int, before: Judged | None) -> bool:
        """Tell whether the name surely is a place: called a village or district, listed with one, or a square or hill
        that something happened at."""
        if before is not None and not before.weak and self._text[before.end : start] in LIST_GAPS:
            return True
        if around.generic is not None and (around.of_generic or around.generic not in self._words.loose_generic):
            return True
        end = self._tokens[name[1]].end
        if self._on_road(name) or self._text.startswith(", where ", end) or self._judge.sited(end):
            return True
        low, words = self._tokens[name[1]].low, self._words
        sited = low in words.site_tails or low in words.area_tails or self._tokens[name[0]].low in words.name_starts
        placed = around.locative or around.of_generic or around.before in words.seizing or around.before in words.motion
        return sited and placed and self._own_kind(*name)

    def _on_road(self, name: tuple[int, int]) -> bool:
        """ "the ROAD BETWEEN X and Y", "was AMBUSHED BETWEEN X and Y", "a bomb BETWEEN X and Gao, ...": no people."""
        lows, words = [token.low for token in self._tokens[max(name[0] - 2, 0) : name[0]]], self._words
        if len(lows) < 2 or lows[1] not in words.between:
            return False
        return lows[0] in words.roads or lows[0] in words.under_way or self._other_end(name[1])

    def _other_end(self, last: int) -> bool:
        """Tell whether a town ends what "between" opens: no capital, which may stand for its government, and no name
        before a noun."""
        other = self._starts.get(last + 2)
        if other is None or self._tokens[last + 1].low != "and" or other.last + 1 > len(self._tokens):
            return False
        features = {c.feature for c in other.candidates if c.precision == "point"}
        town = bool(features) and "capital" not in features
        behind = self._text[other.end : other.end + 2]
        follower = self._tokens[other.last + 1] if other.last + 1 < len(self._tokens) else None
        ends = not behind.startswith(" ") or follower is None or follower.capital
        return town and (ends or (follower is not None and follower.low in self._words.locative | self._words.motion))

    def _in_list(self, name: tuple[int, int], start: int) -> bool:
        """`in Taba, Gao and Ras Shitan`: a list that began with a place goes on with places."""
        first = name[0]
        while (previous := self._listed_before(first, start)) is not None:
            around = previous.around
            if previous.weak or around.locative or around.of_generic or around.frame == "between":
                return True
            first, start = previous.first, previous.start
        return False

    def _listed_before(self, first: int, start: int) -> Judged | None:
        """The name before this one in a list."""
        back = first - 1
        while back > 0 and self._tokens[back].low in ("and", "or", "the"):
            back -= 1
        previous = self._ends.get(back)
        return previous if previous is not None and self._text[previous.end : start] in LIST_GAPS else None
