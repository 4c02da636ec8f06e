"""Finds place names in running text without a parser: what the gazetteer knows, and names that the words call a place.

`find_places` is the door. It says which words name a place and what stands around them; which place is meant is
decided in `grounding`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from reportedly.knowledge.gazetteer import Candidate, Gazetteer
from reportedly.knowledge.place_words import Level, PlaceWords
from reportedly.mentions.place_candidates import contains, is_area, prominence
from reportedly.mentions.place_frames import Frame
from reportedly.mentions.place_judge import Judge, Judged
from reportedly.mentions.place_scan import scan_text
from reportedly.mentions.place_unknown import unknown_names
from reportedly.model import Segment, Span
from reportedly.model.quick import quick, replace

_FAMOUS = 2.0
_ENDS = ("and", "and the", "to", "with")
_LANDMARK_GAP = re.compile(
    r"(?:,|\() ?(?:an? (?:\w+ ){1,3})?(?:(?:about|around|some|roughly|nearly|just|only|lying|located) )*[^,;.]{0,40}"
)


class PlaceKnowledge(Protocol):
    """The parts of the knowledge that this finder reads."""

    @property
    def gazetteer(self) -> Gazetteer:
        """Names of places."""

    @property
    def place_words(self) -> PlaceWords:
        """Words around them."""


@quick
@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Words that name a place. `span` covers the name only (`Kidal` in "40 km north of Kidal").

    `candidates` is empty for a name that only the words around it call a place. `generic` is the noun that says what
    it is, `level` how large a place that noun speaks of. `chain` holds the positions, in the same result, of the
    names that contain it (`Kidal, Mali`), `partner` that of the other end of "between X and Y", `landmark` that of the
    place from which it is told where this one lies (`Faguibe, 40 km north of Gao`). `inside_name` marks words that are
    a part of a longer name (`Ohio State University`), `weak` a name with little support.
    """

    span: Span
    candidates: tuple[Candidate, ...] = ()
    frame: Frame = "in"
    distance_km: float | None = None
    bearing: float | None = None
    generic: str | None = None
    level: Level | None = None
    chain: tuple[int, ...] = ()
    partner: int | None = None
    landmark: int | None = None
    inside_name: bool = False
    weak: bool = False
    located: bool = False


def find_places(text: str, segments: Sequence[Segment], knowledge: PlaceKnowledge) -> tuple[PlaceMention, ...]:
    """Find the names of places in the segments of a text, in text order; without segments, in the whole text."""
    scan = scan_text(text, segments, knowledge.gazetteer, knowledge.place_words)
    judge = Judge(scan, segments, knowledge.place_words)
    known = judge.known()
    names = sorted(
        [*known, *_capitals(judge, knowledge.gazetteer), *unknown_names(judge, known)], key=lambda j: j.start
    )
    return _linked(judge, names)


_NAMED = re.compile(r"(?:,| of| city of)? (?=[^\W\d_a-zß-ÿ])")


def _capitals(judge: Judge, gazetteer: Gazetteer) -> Iterator[Judged]:
    """Find "the Iraqi capital", where its name does not follow."""
    tokens, text = judge.tokens, judge.scan.text
    for n, iso in judge.scan.demonyms:
        behind = tokens[n + 1] if n + 1 < len(tokens) else None
        if behind is None or behind.low != "capital" or behind.capital or _NAMED.match(text, behind.end):
            continue
        if n in judge.hit_starts:  # "Burundi's capital": the country is a name of its own
            continue
        place = gazetteer.capitals.get(iso)
        if place is not None:
            start = tokens[n].start
            around = replace(judge.around(start, behind.end), generic=None, level=None)
            yield Judged(n, n + 1, start, behind.end, (place,), around)


def _linked(judge: Judge, names: Sequence[Judged]) -> tuple[PlaceMention, ...]:
    """The names as mentions, each with what contains it and the other end of "between"."""
    text = judge.scan.text
    mentions = [_mention(text, j) for j in names]
    for n in range(len(names) - 2, -1, -1):
        if _in_chain(judge, names[n], names[n + 1]) or (mentions[n + 1].chain and _nested(judge, *names[n : n + 2])):
            mentions[n] = replace(mentions[n], chain=(n + 1, *mentions[n + 1].chain))
    for n in range(1, len(names)):
        if _owned(judge, names[n - 1], names[n]):
            mentions[n] = replace(mentions[n], chain=(n - 1, *mentions[n - 1].chain, *mentions[n].chain))
    for n in range(len(names) - 1):
        between = text[names[n].end : names[n + 1].start].strip()
        if (mentions[n].frame == "between" and between in _ENDS) or _road(judge, names[n], names[n + 1]):
            mentions[n] = replace(mentions[n], frame="between", partner=n + 1)
            mentions[n + 1] = replace(mentions[n + 1], frame="between", partner=n)
        elif mentions[n + 1].frame in ("offset", "near") and _LANDMARK_GAP.fullmatch(between):
            mentions[n] = replace(mentions[n], landmark=n + 1)
    return tuple(m if m.partner is not None or m.frame != "between" else replace(m, frame="in") for m in mentions)


def _owned(judge: Judge, outer: Judged, inner: Judged) -> bool:
    """Tell whether the name before says where a name lies: "Gao's Dara", "Kherson's northern Dara DISTRICT"."""
    if not outer.candidates or not judge.gaps.owned(outer.end, inner.start):
        return False
    return not inner.candidates or inner.around.generic is not None or contains(outer.candidates, inner.candidates)


def _road(judge: Judge, one: Judged, other: Judged) -> bool:
    """Tell whether two names with a hyphen are the ends of a road: "the Gao-Ansongo road"."""
    if one.last != other.first or not (one.candidates and other.candidates):
        return False
    follows = other.last + 1
    return follows < len(judge.tokens) and judge.tokens[follows].low in judge.words.roads


def _in_chain(judge: Judge, inner: Judged, outer: Judged) -> bool:
    town = all(c.precision == "point" for c in inner.candidates[:1])  # "the US headquarters in Baghdad" is no town's
    if town and outer.candidates and judge.gaps.housed(inner.end, outer.start):
        return True
    if not judge.gaps.chained(inner.end, outer.start):
        return False
    if contains(outer.candidates, inner.candidates):
        return True
    if inner.candidates and inner.around.generic is None:
        return _elsewhere(judge, inner, outer)
    kind = inner.around.generic is not None or (not inner.candidates and _is_site(judge, inner))
    return is_area(outer.candidates) or (kind and bool(outer.candidates))


def _elsewhere(judge: Judge, inner: Judged, outer: Judged) -> bool:
    """Tell whether a name is of a place abroad, hardly known, but lies in a town here: "al-Hamdaniya IN ALEPPO"."""
    if judge.scan.text[inner.end : outer.start] != " in " or prominence(inner.candidates[0]) >= _FAMOUS:
        return False
    towns = [c for c in outer.candidates if c.precision == "point"][:1]
    return bool(towns) and all(c.country != towns[0].country for c in inner.candidates)


def _nested(judge: Judge, inner: Judged, outer: Judged) -> bool:
    """Tell whether a name lies in an area that nobody knows, but the text puts in a known one: "X, in the Y district of
    Z"."""
    unknown = not inner.candidates and not outer.candidates and outer.around.level in ("district", "region")
    return unknown and judge.gaps.chained(inner.end, outer.start)


def _is_site(judge: Judge, name: Judged) -> bool:
    """Tell whether a name says itself what stands or lies there: "Sabri MOSQUE in Gao", "BARANGAY Santol in X"."""
    tokens, words = judge.tokens, judge.words
    return tokens[name.last].low in words.building_tails or tokens[name.first].low in words.name_starts


def _mention(text: str, j: Judged) -> PlaceMention:
    a = j.around
    return PlaceMention(
        Span.of(text, j.start, j.end),
        j.candidates,
        a.frame,
        a.distance_km,
        a.bearing,
        a.generic,
        a.level,
        inside_name=j.inside,
        weak=j.weak,
        located=a.locative or a.of_generic,
    )
