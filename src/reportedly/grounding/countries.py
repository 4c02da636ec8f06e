"""Which countries a text speaks of, and how much: by their names, peoples, places that everybody knows, the title.

Doors: `country_weights`, `stands_alone`; `PlaceWordsFound` is what a mention of a place offers for grounding.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Protocol

from reportedly.knowledge.gazetteer import Candidate, Gazetteer
from reportedly.knowledge.place_keys import acronym_key, place_key
from reportedly.model import Document, Span

WELL_KNOWN = 100_000
"""Capitals and places of this population may stand in a text that says nothing else about their country."""
OPENING = 400
"""Characters from the start of a text in which a country counts double."""
ADJECTIVAL = 2
"""Letters of the short forms of countries that stand before nouns like adjectives: `US`, `U.K.`."""
FOREMOST = 20
"""A place so many times larger than any of its name abroad is thought of first."""
_TITLE_WORD = re.compile(r"[A-Z](?:\.(?:[A-Z]\.)+|[^\W\d_]*(?:[-'’][^\W\d_]+)*)")


class PlaceWordsFound(Protocol):
    """What a mention of a place offers for grounding; `mentions.places.PlaceMention` fits."""

    @property
    def span(self) -> Span: ...
    @property
    def candidates(self) -> tuple[Candidate, ...]: ...
    @property
    def frame(self) -> str: ...
    @property
    def distance_km(self) -> float | None: ...
    @property
    def bearing(self) -> float | None: ...
    @property
    def generic(self) -> str | None: ...
    @property
    def level(self) -> str | None: ...
    @property
    def chain(self) -> tuple[int, ...]: ...
    @property
    def partner(self) -> int | None: ...
    @property
    def landmark(self) -> int | None: ...


def country_weights(mentions: Iterable[PlaceWordsFound], document: Document, gazetteer: Gazetteer) -> dict[str, float]:
    """Weigh the countries that title and text speak of."""
    view: dict[str, float] = defaultdict(float)
    foremost: dict[str, Sequence[Candidate]] = {}
    shared: list[PlaceWordsFound] = []
    for mention in mentions:
        countries = {c.country for c in mention.candidates if c.country}
        best = mention.candidates[0] if mention.candidates else None
        if best is None or best.country is None:
            continue
        if best.feature == "country" and _rivals(mention.candidates):
            shared.append(mention)
        elif best.feature == "country":
            view[best.country] += _country_named(mention)
        elif len(countries) == 1 and stands_alone(best) and not _short_form(mention, best):
            view[best.country] += 1.0
        elif stands_alone(best) and _foremost(mention.candidates):
            foremost[best.id] = mention.candidates
    for word, weight in [(w, 3.0) for w in _title_words(document.title or "")]:
        for iso in _countries_named(word, gazetteer):
            view[iso] += weight
    for word in _TITLE_WORD.findall(document.text):
        iso_of = gazetteer.demonyms.get(word.lower())
        if iso_of:
            view[iso_of] += 1.0
    spoken_of = frozenset(view)
    for candidates in foremost.values():
        if spoken_of.isdisjoint(str(c.country) for c in candidates[1:]):
            view[str(candidates[0].country)] += 1.0
    for mention in shared:
        if mention.level is None and spoken_of.isdisjoint(_rivals(mention.candidates)):
            view[str(mention.candidates[0].country)] += _country_named(mention)
    return dict(view)


def _country_named(mention: PlaceWordsFound) -> float:
    """What naming a country weighs; two letters mostly stand before nouns ("US aid"), in news from anywhere."""
    letters = sum(map(str.isalpha, mention.span.quote))
    if letters <= ADJECTIVAL:
        return 0.5
    return 4.0 if mention.span.start < OPENING else 2.0


def _short_form(mention: PlaceWordsFound, best: Candidate) -> bool:
    """Tell whether three letters are a rare name of a town (`CAI`), and likelier something else."""
    return best.match != "name" and best.precision == "point" and len(mention.span.quote) <= ADJECTIVAL + 1


def _foremost(candidates: Sequence[Candidate]) -> bool:
    """Tell whether the first place is far greater than all of its name in other countries: Medellín, Mosul; and than
    all that are spelled so too: Odessa.

    It counts only where the text speaks of none of those countries: London may be the one in Ontario.
    """
    first = candidates[0]
    if first.match != "name":
        return False
    rivals = [c for c in candidates if c.country != first.country and c.match != "loose"]
    return all(c.population * (FOREMOST if c.match == "name" else 1) <= first.population for c in rivals)


def _title_words(title: str) -> list[str]:
    words = [found[0] for found in _TITLE_WORD.finditer(title)]
    return words + [f"{a} {b}" for a, b in pairwise(words)]


def _countries_named(word: str, gazetteer: Gazetteer) -> set[str]:
    places = gazetteer.lookup(word)
    alone = len({c.country for c in places}) == 1 and stands_alone(places[0])
    found = {c.country for c in places[:1] if c.country and (c.feature == "country" or alone)}
    demonym = gazetteer.demonyms.get(acronym_key(word) or place_key(word))
    return found | ({demonym} if demonym else set())


def _rivals(candidates: Sequence[Candidate]) -> set[str]:
    """Other countries of which a large division bears the country's name (`Georgia`, `Niger`): where the text speaks of
    one of them, the name may mean that division."""
    large = (c for c in candidates if c.feature == "admin1" and c.population > 1_000_000 and c.match == "name")
    return {str(c.country) for c in large} - {str(candidates[0].country)}


def stands_alone(place: Candidate) -> bool:
    """Tell whether a place is known to readers without any hint at its country."""
    if place.feature in ("country", "capital", "region") or place.known:
        return True
    if place.match == "loose":
        return place.population >= 10 * WELL_KNOWN
    return place.population >= WELL_KNOWN
