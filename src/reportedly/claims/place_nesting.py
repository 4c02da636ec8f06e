"""Room 4, nested places: which name of a sentence lies in, or is told from, the one beside it.

Doors: `nests`, `size_of`, and `chain` for the names that belong together. "the village of X near Y in Z district"
names one place, X; Y and Z say where it is. Read from the words between two names alone, so that it holds however the
parser hangs them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from reportedly.knowledge.load import Knowledge
from reportedly.model import PlaceRef
from reportedly.model.reading import Sentence
from reportedly.model.syntax import Token

Gap = Literal["apart", "owner", "in", "kind", "called", "comma"]
_SIZE = {"country": 3, "region": 2, "district": 1}
_LEVELS = {"region": 2, "district": 1, "point": 0}
# Two known towns of which one can be a part of the other lie closer than this, in degrees.
_CLOSE = 0.7
# A city of this population has quarters and suburbs with names of their own.
_CITY = 100_000
_LONGEST = 16
_BORDERS = frozenset({"border", "borders", "frontier", "boundary"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})

# The words between two names are written as letters: g a kind or part of a place, d article, side or adjective,
# r direction, 9 number, u unit of distance, x any other noun, the rest as `between` in `place_links.yml` says. Anything
# else ends the phrase.
_SIDE = "[dr]*"
_KIND = f"{_SIDE}[xg]{{0,3}}g"
_TAIL = f"(?:{_KIND})?"
_MORE = f"(?:{_KIND}[oiw]{_SIDE})*(?:x?g,?)?"
_FAR = "[bn]*9+u+(?:[(]9+u+[)]|,9+u+,)?"
_GAPS: tuple[tuple[Gap, re.Pattern[str]], ...] = (
    ("apart", re.compile(f"{_TAIL}[,(]*a?b?{_FAR},?t?{_SIDE}[ofn]{_SIDE}{_MORE}")),
    ("apart", re.compile(f"{_TAIL}[,(]*a?b?t?d*ro{_SIDE}{_MORE}")),
    ("owner", re.compile(f"s{_SIDE}(?:x{{0,2}}g,?)?(?:o{_SIDE})?")),
    ("in", re.compile(f"{_TAIL},?b?(?:i|nt?){_SIDE}{_MORE}")),
    ("kind", re.compile(f"{_KIND}o{_SIDE}{_MORE}")),
    ("called", re.compile(f"[,(]9?{_KIND}[oin]{_SIDE}{_MORE}")),
    ("comma", re.compile(f"{_TAIL}[,(]?{_SIDE}|o{_SIDE}")),
)


def nests(sentence: Sentence, knowledge: Knowledge) -> Mapping[int, int]:
    """Say for each name, by its position among the places of the sentence, which other tells where it lies."""
    found: dict[int, int] = {}
    pairs = _Pairs(sentence, knowledge)
    for n in range(len(sentence.places) - 1):
        gap = pairs.gap(n)
        if gap is None:
            continue
        if gap == "owner" or pairs.second_is_inner(gap, n):
            found[n + 1] = n
            if found.get(n - 1) == n:  # "X, a village in Y's Z district": Z lies nearer to X than Y does
                found[n - 1] = n + 1
        elif pairs.first_is_inner(gap, n):
            found[_widest(found, n)] = n + 1
    return found


def size_of(place: PlaceRef) -> int:
    """0 for a spot, a town or a name that is not known, 1 for a district, 2 a division, 3 a country."""
    return _SIZE.get(place.precision, 0) if place.place_id is not None else 0


def chain(inside: Mapping[int, int], place: int) -> list[int]:
    """The names that say together where one place is, by their positions, the narrowest first."""
    top = _widest(inside, place)
    return sorted((n for n in {place, *inside} | {top} if _widest(inside, n) == top), key=lambda n: -_depth(inside, n))


def _widest(inside: Mapping[int, int], place: int) -> int:
    while place in inside:
        place = inside[place]
    return place


def _depth(inside: Mapping[int, int], place: int) -> int:
    depth = 0
    while place in inside:
        place, depth = inside[place], depth + 1
    return depth


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Looks at two names that follow one another; `n` is the position of the first."""

    sentence: Sentence
    knowledge: Knowledge

    def gap(self, n: int) -> Gap | None:
        """What the words between a name and the next say, if they are of one phrase."""
        start, end = self.sentence.places[n].span.end, self.sentence.places[n + 1].span.start
        between = [t for t in self.sentence.tree if start <= t.start and t.end <= end]
        if start > end or len(between) > _LONGEST:
            return None
        letters = "".join(map(self._letter, between))
        return next((gap for gap, pattern in _GAPS if pattern.fullmatch(letters)), None)

    def _letter(self, token: Token) -> str:
        words, low = self.knowledge.place_words, token.lower
        if low in self.knowledge.place_links.between:
            return self.knowledge.place_links.between[low]
        if low in words.bearings:
            return "r"
        if low[0].isdigit() or low in words.numbers:
            return "9"
        if low in words.units:
            return "u"
        if token.lemma in words.generic or low in words.generic or token.lemma in self.knowledge.place_links.parts:
            return "g"
        if token.tag.startswith(("JJ", "DT")) or low in words.parts or low.endswith("ern"):
            return "d"
        return "x" if token.tag in _NOUNS else "?"

    def second_is_inner(self, gap: Gap, n: int) -> bool:
        """Tell whether the first name holds the second: "the Gao suburb of X", "in Syria near X"."""
        one, other = self.sentence.places[n : n + 2]
        if gap == "kind" and self._names_town(n) and not size_of(other):
            return True
        if one.place_id is None or gap == "apart":
            return False
        larger = self._size(one, gap) > self._size(other, gap)
        if other.place_id is None:
            return gap == "kind" and self._size(one, gap) > 0 and not self._size(other, gap)
        if one.country != other.country:
            return False
        return larger or (gap == "kind" and self._is_city(one) and not self._is_city(other))

    def first_is_inner(self, gap: Gap, n: int) -> bool:
        """Tell whether the second name says where the first lies."""
        one, other = self.sentence.places[n : n + 2]
        larger = self._size(other, gap) > self._size(one, gap)
        if one.place_id is None:
            return gap != "comma" or larger
        if other.place_id is None:
            near = gap == "apart" or (gap == "in" and (not self._size(one, gap) or self._is_border(other)))
            return near or larger
        if one.country != other.country:
            return gap == "apart"
        same = one.place_id == other.place_id and self._bracket(n)
        return larger or same or gap in {"apart", "called", "kind"} or (gap != "comma" and _close(one, other))

    def _names_town(self, n: int) -> bool:
        """ "the Caribbean RESORT OF Cancun", "the Basque CITY OF Bilbao": the town is the second name."""
        end, start = self.sentence.places[n].span.end, self.sentence.places[n + 1].span.start
        lows = [t.lower for t in self.sentence.tree if end <= t.start and t.end <= start]
        towns = self.knowledge.place_links.towns
        return any(one in towns and of == "of" for one, of in pairwise(lows))

    def _bracket(self, n: int) -> bool:
        """ "Palmyra (Tadmur)": another name of the same place."""
        end = self.sentence.places[n].span.end
        return any(t.text in {"(", "["} for t in self.sentence.tree if t.start >= end and t.start <= end + 1)

    def _size(self, place: PlaceRef, gap: Gap) -> int:
        """0 for a spot, town or village, 1 a district, 2 a division, 3 a country: by what is known, or by the noun in
        or behind the name. A city of or in which something lies ("X district of Lahore") is as large as a district."""
        if place.place_id is not None:
            return _SIZE.get(place.precision, int(gap in {"kind", "in"} and self._is_city(place)))
        generic = self.knowledge.place_words.generic
        follows = next((t.lower for t in self.sentence.tree if t.start >= place.span.end), "")
        level = generic.get(place.span.quote.rpartition(" ")[2].lower()) or generic.get(follows, "point")
        return _LEVELS[level]

    def _is_border(self, place: PlaceRef) -> bool:
        """ "in Kenema at the GUINEAN-LIBERIAN border": no place in which a town lies, nor one in the town."""
        follows = next((t.lower for t in self.sentence.tree if t.start >= place.span.end), "")
        return follows in _BORDERS

    def _is_city(self, place: PlaceRef) -> bool:
        if place.precision in _SIZE:
            return False  # "the Herat PROVINCE of Afghanistan", however many live in it
        found = self.knowledge.gazetteer.place(place.place_id) if place.place_id else None
        return found is not None and (found.population >= _CITY or found.feature == "capital")


def _close(one: PlaceRef, other: PlaceRef) -> bool:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    return max(abs(one.lat - other.lat), abs(one.lon - other.lon)) < _CLOSE
