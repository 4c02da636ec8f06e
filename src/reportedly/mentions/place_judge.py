"""Judges whether words that the gazetteer knows name a place here: by the words around, by case, by the other names.

`Judge` lives for one text. Its weights are small numbers, tuned by hand.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.knowledge.gazetteer import Candidate
from reportedly.knowledge.place_words import PlaceWords
from reportedly.mentions.place_candidates import LARGE, contains, prominence
from reportedly.mentions.place_frames import Around, read_around
from reportedly.mentions.place_gaps import LONGEST_GAP, Gaps
from reportedly.mentions.place_scan import Hit, Scan, Token
from reportedly.model import Segment
from reportedly.model.quick import quick, replace

ENOUGH = 2.0
"""Signs of a place that must come together before a known name counts as a mention."""


_DATELINE = re.compile(r"(?:, [^.(\n—–]{2,30})?(?: ?\([A-Za-z /]{2,25}\))? ?(?:—|–|--| - )")


LIST_GAPS = (", ", " and ", " or ", ", and ", " and the ", ", or ")


@quick
@dataclass(frozen=True, slots=True)
class Judged:
    """A name with what was read around it; `first` and `last` are its tokens."""

    first: int
    last: int
    start: int
    end: int
    candidates: tuple[Candidate, ...]
    around: Around
    inside: bool = False
    weak: bool = False


class Judge:
    """Judges the hits of one scan. Lives for one text."""

    def __init__(self, scan: Scan, segments: Sequence[Segment], words: PlaceWords) -> None:
        self.scan, self.words = scan, words
        self.tokens, self.gaps = scan.tokens, Gaps(scan.text, words)
        self.demonym_at = {n for n, _ in scan.demonyms}
        self.floors = [s.start for s in segments] or [0]
        self._around: dict[tuple[int, int], Around] = {}
        self.hits = [hit for hit in scan.hits if not self._demonym(hit)]
        self.hit_starts = {hit.first: hit for hit in self.hits}
        self.persons = self._persons()
        self.view = self._view()

    def known(self) -> list[Judged]:
        """The hits that name a place."""
        judged = [self._judge(n, hit) for n, hit in enumerate(self.hits)]
        return [j for j in judged if j is not None]

    def _demonym(self, hit: Hit) -> bool:
        """A word for a people (`Canadian`, also a town in Texas) names no place."""
        return hit.candidates[0].feature != "country" and hit.last in self.demonym_at and not hit.key.startswith("=")

    # ---------------------------------------------------------------------------------------------------- who is who

    def _persons(self) -> frozenset[str]:
        """Collect words that follow a title or a given name somewhere in the text: they are persons elsewhere too."""
        found: set[str] = set()
        tokens, words = self.tokens, self.words
        for n, token in enumerate(tokens):
            if not token.capital:
                continue
            title = token.low in words.titles
            if not (title or token.low in words.first_names) or (title and token.low in words.offices):
                continue
            for follower in range(n + 1, min(n + 4, len(tokens))):
                if not tokens[follower].capital or not self._adjacent(follower - 1):
                    break
                low = tokens[follower].low
                if follower in self.hit_starts and (low in words.offices or low in words.generic):
                    break
                found.add(low)
        return frozenset(found)

    def _adjacent(self, n: int) -> bool:
        """Tell whether token n+1 follows token n with no punctuation but an abbreviation's full stop between."""
        left, right = self.tokens[n], self.tokens[n + 1]
        gap = self.scan.text[left.end : right.start]
        return not left.possessive and (gap == " " or (gap == ". " and left.low in self.words.titles))

    def _view(self) -> dict[str, set[str]]:
        """Collect the countries that the text speaks of, each with the words that say so: names, demonyms, cities."""
        view: dict[str, set[str]] = {}
        for _, iso in self.scan.demonyms:
            view.setdefault(iso, set()).add("")
        for hit in self.hits:
            best = hit.candidates[0]
            plain = best.feature == "country" or (prominence(best) >= 2.0 and not self._is_word(hit))
            if plain and best.country and not self._after_person(hit):
                view.setdefault(best.country, set()).add(hit.key)
        return view

    def _in_view(self, hit: Hit) -> bool:
        """Tell whether other words than these speak of the country of some candidate."""
        return any(self.view.get(c.country or "", set()) - {hit.key} for c in hit.candidates)

    def _is_word(self, hit: Hit) -> bool:
        words = self.words
        return hit.key in words.common_words or hit.key in words.surnames or hit.key in words.namesakes

    def _after_person(self, hit: Hit) -> bool:
        left = self._left(hit.first)
        if left is None:
            return False
        low = left.low
        return low in self.words.first_names or (low in self.words.titles and low not in self.words.offices)

    def _after_surname(self, hit: Hit) -> bool:
        """ "JUAN PEREZ SANTIAGO": where capitals tell nothing, a name behind a given name and a surname."""
        first, words = hit.first, self.words
        if first < 2 or not (self._adjacent(first - 1) and self._adjacent(first - 2)):
            return False
        given, surname = self.tokens[first - 2].low, self.tokens[first - 1].low
        return given in words.first_names and surname in words.surnames

    def _left(self, first: int) -> Token | None:
        """Give the capitalised word that directly precedes, if any."""
        if first and self.tokens[first - 1].capital and self._adjacent(first - 1):
            return self.tokens[first - 1]
        return None

    def _right(self, last: int) -> Token | None:
        """Give the capitalised word that directly follows, if any."""
        if last + 1 < len(self.tokens) and self.tokens[last + 1].capital and self._adjacent(last):
            return self.tokens[last + 1]
        return None

    # ---------------------------------------------------------------------------------------------------- judgement

    def _judge(self, n: int, hit: Hit) -> Judged | None:
        last = self._extent(hit)
        if last > hit.last and self._own_name(hit, last):
            return self._site(hit, last)
        extended = last > hit.last
        inside = self.scan.mode == "mixed" and not extended and self._inside(hit) and not self._seat(hit)
        if (not extended and self._person(hit)) or (inside and (self._is_word(hit) or self._started(hit))):
            return None
        if inside and max(prominence(c) for c in hit.candidates) < 2.0:
            return None
        end = self.tokens[last].end if extended else hit.end
        around = self.around(hit.start, end)
        if extended:
            kind = self.tokens[last].low
            around = replace(around, generic=kind, level=self.words.generic.get(kind, "point"))
        score = self._score(n, hit, around) - (1.0 if inside else 0.0)
        if score < ENOUGH:
            return None
        return Judged(hit.first, last, hit.start, end, hit.candidates, around, inside)

    # ---------------------------------------------------------------------------------------- names with their kind

    def is_tail(self, low: str) -> bool:
        """Tell whether a word, capitalised behind a name, makes both a longer name of a place or building."""
        words = self.words
        return low in words.area_tails or low in words.site_tails or low in words.building_tails

    def _extent(self, hit: Hit) -> int:
        """The last token of the name with the capitalised noun that belongs to it (`Homs Governorate`)."""
        if self.scan.mode != "mixed" or self._right(hit.last) is None:
            return hit.last
        words, n = self.words, hit.last + 1
        while self.tokens[n].low in words.tail_modifiers and self._right(n) is not None:
            n += 1
        low = self.tokens[n].low
        if not (low in words.area_tails or low in words.site_tails) or self._goes_on(n):
            return hit.last
        if low in words.bare_tails and n == hit.last + 1 and not self._placed(hit.start, self.tokens[n].end):
            return hit.last
        return n

    def _goes_on(self, n: int) -> bool:
        """Tell whether a longer name goes on behind its noun: `Borno State Government`."""
        right = self._right(n)
        if right is None or n + 1 in self.hit_starts:
            return False
        return right.low not in self.words.offices and right.low not in self.words.titles

    def _placed(self, start: int, end: int) -> bool:
        around = self.around(start, end)
        words = self.words
        towards = around.before in words.motion or around.before in words.seizing
        return around.locative or around.of_generic or towards

    def _own_name(self, hit: Hit, last: int) -> bool:
        """Tell whether the longer name is no part of the place: a street or river may bear any country's name."""
        return self.tokens[last].low in self.words.site_tails or hit.candidates[0].feature == "country"

    def _site(self, hit: Hit, last: int) -> Judged:
        end = self.tokens[last].end
        around = self.around(hit.start, end)
        return Judged(hit.first, last, hit.start, end, (), around, weak=not self._placed(hit.start, end))

    def around(self, start: int, end: int) -> Around:
        known = self._around.get((start, end))
        if known is None:
            floor = self.floors[max(bisect_right(self.floors, start) - 1, 0)]
            known = self._around[start, end] = read_around(self.scan.text, floor, start, end, self.words)
        return known

    def _person(self, hit: Hit) -> bool:
        """`Mr Washington`, `Paris Jackson`, `Jordan Smith`."""
        if self._after_person(hit) or (self.scan.mode != "mixed" and self._after_surname(hit)):
            return True
        right = self._right(hit.last) if self.scan.mode == "mixed" else None
        if right is None or self.tokens[hit.first].low not in self.words.first_names:
            return False
        follows = right.low
        fine = follows in self.words.offices or follows in self.words.generic or follows in self.words.name_heads
        return not fine and not self._held_by_next(hit)

    def _inside(self, hit: Hit) -> bool:
        """Tell whether the name is a part of a longer one: `Boston Globe`, `University of Ohio`."""
        words = self.words
        right = self._right(hit.last)
        if right is not None and not self._held_by_next(hit):
            fine = right.low in words.offices or right.low in words.generic or right.low in words.parts
            acronym = hit.key.startswith("=")
            if not (fine or acronym or right.low in words.titles or right.low in words.calendar):
                return True
        if right is None and self._after_lower_head(hit):
            return True
        left = self._left(hit.first)
        if left is not None:
            return not self._neutral(hit.first - 1, hit)
        return self._of_name(hit.first)

    def _seat(self, hit: Hit) -> bool:
        """Tell whether something is at a house that bears the name of its town: "at Sohag UNIVERSITY", "outside the
        UNIVERSITY of Gondar"."""
        last = hit.last + 1
        if not self._in_view(hit) or all(c.precision != "point" for c in hit.candidates):
            return False
        if last < len(self.tokens) and self.tokens[last].low in self.words.building_tails and self._adjacent(hit.last):
            return self._left(hit.first) is None and self._scene(hit.start, hit.end)
        head = hit.first - 2
        named = head >= 0 and self.tokens[head + 1].low == "of" and self.tokens[head].low in self.words.building_tails
        return named and self._scene(self.tokens[head].start, hit.end)

    def _scene(self, start: int, end: int) -> bool:
        around, words = self.around(start, end), self.words
        return around.locative or around.before in words.seizing or around.before in words.aiming

    def _started(self, hit: Hit) -> bool:
        """Tell whether the word before begins the name of a place of its own: "TAL Dara", not the town of Dara."""
        left = self._left(hit.first)
        return left is not None and left.low in self.words.name_starts and hit.candidates[0].feature != "country"

    def _held_by_next(self, hit: Hit) -> bool:
        """`Mosul Iraq`: the name that follows at once is the country or division of this one, or a country itself."""
        follower = self.hit_starts.get(hit.last + 1)
        return follower is not None and (
            follower.candidates[0].feature == "country" or contains(follower.candidates, hit.candidates)
        )

    def _after_lower_head(self, hit: Hit) -> bool:
        """`Fleet street` is rare in lower case, `Oxford university` is not."""
        n = hit.last + 1
        if n >= len(self.tokens) or not self._adjacent(hit.last):
            return False
        return self.tokens[n].low in ("university", "airlines", "airways", "street", "avenue")

    def _neutral(self, n: int, hit: Hit) -> bool:
        """Tell whether the capitalised token before a name leaves it a name of its own."""
        token, words = self.tokens[n], self.words
        low = token.low
        if low in words.parts or low in words.offices or low in words.generic:
            return True
        if low.endswith(words.holding):
            return True
        if token.first or low in words.locative or low in words.motion or low in words.not_places:
            return True
        if hit.candidates[0].feature == "country" and any(h.last == n for h in self.hits):
            return True
        return low in words.titles or n in self.demonym_at

    def _of_name(self, first: int) -> bool:
        """`University of Ohio`, `Bank of England`; but `Government of Mali` names the country."""
        back = first - 1
        if back >= 0 and self.tokens[back].low == "the":
            back -= 1
        if back < 1 or self.tokens[back].low not in ("of", "for") or not self._adjacent(back - 1):
            return False
        head = self.tokens[back - 1]
        return (
            head.capital and not head.first and head.low not in self.words.heads and head.low not in self.words.generic
        )

    def _score(self, n: int, hit: Hit, around: Around) -> float:
        """Add up the signs that these words mean a place here; the weights are small numbers, tuned by hand."""
        score = max(prominence(c) for c in hit.candidates[:12]) + self._one_meaning(hit)
        if hit.candidates[0].feature != "country":
            score += self._doubts(hit)
            if self._in_view(hit):
                score += 2.0 if self.scan.mode == "mixed" else 1.0
        if around.before in self.words.naming and around.generic is None:
            score -= 3.0  # "a soldier NAMED Katsina"
        if around.locative:
            score += 3.0
        elif self._listed(n):
            score += 2.0
        elif around.before in self.words.seizing:
            score += 1.5
        elif around.before in self.words.motion:
            score += 0.5
        score += 2.0 if around.of_generic else 0.0
        signs = (around.generic is not None, self._chained(n) or self.sited(hit.end), self._dateline(hit))
        return score + 3.0 * sum(signs) + (0.0 if hit.first == hit.last else 1.0)

    def _one_meaning(self, hit: Hit) -> float:
        """A place of the supplement whose name no other country has needs no hint at its country."""
        best = hit.candidates[0]
        alone = best.known and all(c.country == best.country for c in hit.candidates)
        return 0.5 if alone and best.precision == "point" else 0.0

    def _doubts(self, hit: Hit) -> float:
        """Weigh against: an English word, a name of persons, a name that shares little with the place's own."""
        words, doubt = self.words, 0.0
        if hit.first == hit.last:
            if hit.key in words.common_words or hit.key in words.namesakes:
                doubt -= 3.0
            elif hit.key in words.surnames:
                doubt -= 2.0
            if self.tokens[hit.first].low in self.persons:
                doubt -= 2.0
            if hit.candidates[0].population < LARGE and self._speaks(hit):
                doubt -= 2.0
        return doubt - (1.5 if all(c.match == "loose" for c in hit.candidates) else 0.0)

    def _speaks(self, hit: Hit) -> bool:
        """`said Mather`, `Mather said`."""
        around = (hit.first - 1, hit.last + 1)
        return any(0 <= n < len(self.tokens) and self.tokens[n].low in self.words.speech for n in around)

    def _dateline(self, hit: Hit) -> bool:
        """`KIDAL, Mali (AP) -` at the start of a paragraph."""
        return self.tokens[hit.first].first and _DATELINE.match(self.scan.text, hit.end) is not None

    def _chained(self, n: int) -> bool:
        """Tell whether the next name, after a comma or bracket, contains this one, or the one before is so chained."""
        hits = self.hits
        pairs = ([(n, n + 1)] if n + 1 < len(hits) else []) + ([(n - 1, n)] if n else [])
        return any(
            self.gaps.chained(hits[a].end, hits[b].start) and contains(hits[b].candidates, hits[a].candidates)
            for a, b in pairs
        )

    def _listed(self, n: int) -> bool:
        """`Goma and Sake`: tell whether a name of the same country stands beside this one in a list."""
        here = {c.country for c in self.hits[n].candidates}
        for other, a, b in ((n - 1, n - 1, n), (n + 1, n, n + 1)):
            if not (0 <= other < len(self.hits)) or prominence(self.hits[other].candidates[0]) < 1.5:
                continue
            gap = self.scan.text[self.hits[a].end : self.hits[b].start]
            if (
                gap in LIST_GAPS
                and self.hits[other].candidates[0].country in here
                and not self._is_word(self.hits[other])
            ):
                return True
        return False

    def sited(self, end: int) -> bool:
        """Tell whether the words behind a name say how it lies to a known place: "X, about 40 km north of Y"."""
        text = self.scan.text
        if not text.startswith((", ", " ("), end):
            return False
        at = bisect_right(self.hits, end, key=lambda hit: hit.start)
        gap = text[end : self.hits[at].start].lower() if at < len(self.hits) else ""
        found = self.words.offset.search(gap) if 0 < len(gap) < LONGEST_GAP else None
        told = found is not None and (found["side"] or found["number"])
        return bool(told) and found is not None and len(gap[2 : found.start()].split()) <= 1
