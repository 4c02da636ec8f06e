"""Decides which place a name means: by the countries that the text speaks of, by the names around it, then by size.

`ground_places` is the door. A name whose only candidates lie in countries that the article does not speak of stays
unresolved, unless the place is known without any hint.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from reportedly.grounding.countries import FOREMOST, WELL_KNOWN, PlaceWordsFound, country_weights, stands_alone
from reportedly.grounding.place_refs import reference
from reportedly.knowledge.gazetteer import Candidate, Gazetteer
from reportedly.knowledge.place_keys import place_key
from reportedly.knowledge.place_words import load_place_words
from reportedly.model import Document, PlaceRef
from reportedly.model.trace import Trace

WORDS = load_place_words()
GREAT = 2_000_000
"""A city of this population comes to mind before a village of its name."""
MUCH_LARGER = 5
"""A city so many times larger is meant under another spelling of its name too (`Odessa`)."""
REGION_DEGREES = 3.0
"""A region without a code holds places of its country that lie no farther from its middle."""


def ground_places(
    mentions: Sequence[PlaceWordsFound],
    document: Document,
    gazetteer: Gazetteer,
    countries_in_view: Mapping[str, float] | None = None,
    trace: Trace | None = None,
    view: Mapping[str, float] | None = None,
) -> tuple[PlaceRef, ...]:
    """Give each mention its place, in the same order. `countries_in_view` adds weights of 0 to 4, such as 0.7
    for the publisher's country. `view`: the `country_weights` of the text, where they are known already.

    Weights: a country named in the text counts 2 (4 in the opening), a demonym or a well-known place 1, the title 3.
    """
    view = country_weights(mentions, document, gazetteer) if view is None else view
    hints = dict(countries_in_view or {})
    chosen = _choose_all(mentions, _Context(view, hints), trace if trace is not None and trace.full else None)
    return tuple(reference(n, mentions, chosen) for n in range(len(mentions)))


_CITY = " city"  # as the gazetteer itself tells a city from the land of its name


class _Context:
    """The countries in view and, as names are decided, the divisions and senses that the text has settled on."""

    def __init__(self, view: Mapping[str, float], hints: Mapping[str, float]) -> None:
        self.view, self.hints = view, hints
        self.top = max([*view.values(), 4.0])
        self.divisions: dict[str, float] = defaultdict(float)
        self.senses: dict[str, str] = {}
        self.cells: dict[tuple[int, int], dict[str, float]] = {}
        self.cities: set[str] = set()
        self._around: dict[tuple[int, int], dict[str, float]] = {}

    def of_country(self, place: Candidate) -> float:
        """Give 0 to 4 for how much the text speaks of the place's country (either country of a border town)."""
        named, hinted = _most(self.view, place), _most(self.hints, place)
        return (2.0 + 2.0 * min(named / self.top, 1.0) if named else 0.0) + hinted

    def learn_cells(self, mentions: Iterable[PlaceWordsFound]) -> None:
        """Note which names have a candidate in which cell of half a degree, each weighed down by its ambiguity, and of
        which the text calls the city so ("Gaza CITY": Gaza alone is more than that)."""
        for mention in mentions:
            key = place_key(mention.span.quote)
            if key.endswith(_CITY):
                self.cities.add(key.removesuffix(_CITY))
            for place in mention.candidates:
                if place.precision == "point" and place.lat is not None and place.lon is not None:
                    cell = (round(place.lat * 2), round(place.lon * 2))
                    self.cells.setdefault(cell, {})[key] = len(mention.candidates) ** -0.5

    def neighbours(self, place: Candidate, key: str) -> float:
        """Give 0 to 2 for how many other names of the text have a candidate close to this place."""
        if place.precision != "point" or place.lat is None or place.lon is None:
            return 0.0
        near = self._names_around(round(place.lat * 2), round(place.lon * 2))
        return min(sum(weight for other, weight in near.items() if other != key), 2.0)

    def _names_around(self, lat: int, lon: int) -> Mapping[str, float]:
        """The names in a cell and those beside it; all names are learnt before the first is asked for."""
        near = self._around.get((lat, lon))
        if near is None:
            near = self._around[lat, lon] = {}
            for cell in [(lat + a, lon + b) for a in (-1, 0, 1) for b in (-1, 0, 1)]:
                near.update(self.cells.get(cell, {}))
        return near

    def speaks_of(self, place: Candidate) -> bool:
        return self.of_country(place) > 0.0


def _most(weights: Mapping[str, float], place: Candidate) -> float:
    """The highest weight of the countries of a place."""
    first = weights.get(place.country or "", 0.0)
    return max(first, *(weights.get(iso, 0.0) for iso in place.countries)) if place.countries else first


def _choose_all(
    mentions: Sequence[PlaceWordsFound], context: _Context, trace: Trace | None = None
) -> list[Candidate | None]:
    """Decide all names; a second pass knows the divisions and the chained senses that the first one found."""
    chosen: list[Candidate | None] = [None] * len(mentions)
    context.learn_cells(mentions)
    for last in (False, True):
        for n in range(len(mentions) - 1, -1, -1):
            holders = [c for c in (chosen[k] for k in mentions[n].chain) if c is not None]
            chosen[n] = _choose(mentions[n], holders, context, trace if last else None)
        context.divisions.clear()
        for n, place in enumerate(chosen):
            if place is None:
                continue
            if place.admin1:
                context.divisions[place.admin1] += 1.0
            if mentions[n].chain:
                context.senses.setdefault(place_key(mentions[n].span.quote), place.id)
    return chosen


def _choose(
    mention: PlaceWordsFound, holders: Sequence[Candidate], context: _Context, trace: Trace | None
) -> Candidate | None:
    if not mention.candidates:
        return None
    key = place_key(mention.span.quote)
    scored = [(_score(c, mention, key, holders, context), c.population, c.id, c) for c in mention.candidates]
    best = _allowed(max(scored)[3], mention, holders, context)
    if trace is not None:
        _note_choice(trace, mention, best, [(s[0], s[3]) for s in sorted(scored, reverse=True)], context)
    return best


def _note_choice(
    trace: Trace,
    mention: PlaceWordsFound,
    best: Candidate | None,
    scored: Sequence[tuple[float, Candidate]],
    context: _Context,
) -> None:
    """Note the candidates of a name, the best first, with their scores and what the text says of their countries."""
    words = [
        f"{c.id} {c.name} ({c.feature}, {c.country}) {score:.1f}, its country {context.of_country(c):.1f}"
        for score, c in scored[:_SHOWN]
    ]
    more = f"; {len(scored) - _SHOWN} more" if len(scored) > _SHOWN else ""
    span, candidates = mention.span, f"{'; '.join(words)}{more}"
    if best is not None:
        trace.note(span.start, span.end, "place", f"of {len(scored)} by score: {candidates}", best.id)
    else:
        rule = f"the text speaks of no country that the best candidate lies in: {candidates}"
        trace.refuse(span.start, span.end, "place", rule)


# A town so many times smaller than its division is not what its bare name stands for.
_SMALL_BESIDE = 50
_SHOWN = 4  # candidates of a name that a note lists


def _allowed(
    best: Candidate, mention: PlaceWordsFound, holders: Sequence[Candidate], context: _Context
) -> Candidate | None:
    """The best candidate where anything in the text allows it."""
    county = mention.generic in WORDS.counties and best.country in WORDS.counties_apart
    if county and best.precision == "point" and not _same_division(best, holders, context):
        return None
    if holders and all(h.country not in (best.country, *best.countries) for h in holders):
        return None
    if best.country in WORDS.towns_with_state and _unlikely(best, mention, holders, context):
        return None
    if mention.generic in WORDS.quarters and not holders and _is_apart(best, mention, context):
        return None
    holder = holders[0] if holders else best
    if {holder.precision, best.precision} == {"point"} and not _near(holder, best):
        return None  # "Kherson's X district": not the one in Kyiv
    if context.speaks_of(best) or any(_holds(h, best) for h in holders):
        return best
    return best if stands_alone(best) and not _called_so_elsewhere(best, mention) else None


def _is_apart(best: Candidate, mention: PlaceWordsFound, context: _Context) -> bool:
    """Tell whether the best candidate for "the X neighbourhood" is a town that nothing else in the text lies near."""
    town = best.precision == "point" and best.feature != "neighbourhood" and not stands_alone(best)
    return town and not context.neighbours(best, place_key(mention.span.quote))


def _called_so_elsewhere(best: Candidate, mention: PlaceWordsFound) -> bool:
    """Tell whether the words are only another spelling of this town, and the very name of one in another country."""
    spelled = best.match != "name" and best.precision == "point" and best.population < GREAT
    abroad = (c for c in mention.candidates if c.match == "name" and c.country != best.country)
    return spelled and any(not best.known or c.population * MUCH_LARGER > best.population for c in abroad)


def _overshadowed(place: Candidate, mention: PlaceWordsFound) -> bool:
    """Tell whether a bare name brings a great city to mind: the village of New York is then called a village."""
    small = place.known and place.precision == "point" and place.population < WELL_KNOWN
    if not small or mention.level == "point" or mention.frame != "in":
        return False
    return any(c.match != "loose" and c.precision == "point" and c.population >= GREAT for c in mention.candidates)


def _unlikely(place: Candidate, mention: PlaceWordsFound, holders: Sequence[Candidate], context: _Context) -> bool:
    """Tell whether a small town is hardly meant though the text speaks of its country: one of the United States, whose
    state the text does not name, or the namesake of a city far larger abroad; a division of no country in view too."""
    if holders or place.known or place.population >= WELL_KNOWN:
        return False
    if place.precision != "point" and (place.feature != "admin1" or context.speaks_of(place)):
        return False
    if place.admin1 and context.divisions.get(place.admin1, 0.0) > 0.0:
        return False
    far_larger = max(WELL_KNOWN, FOREMOST * place.population)
    rivals = (c for c in mention.candidates if c.country != place.country and c.match == "name")
    if place.country in WORDS.towns_with_state:
        return True
    return any(c.precision == "point" and c.population >= far_larger for c in rivals)


def _same_division(place: Candidate, holders: Iterable[Candidate], context: _Context) -> bool:
    return any(_holds(h, place) for h in holders) or context.divisions.get(place.admin1 or "", 0.0) > 0.0


def _score(
    place: Candidate, mention: PlaceWordsFound, key: str, holders: Sequence[Candidate], context: _Context
) -> float:
    score = context.of_country(place) + _by_kind(place, mention) + _by_match(place)
    score += 0.5 * math.log10(place.population + 1)
    if holders:
        score += 10.0 if all(_holds(h, place) for h in holders) else 6.0 if _holds(holders[-1], place) else -6.0
    overshadowed = not holders and _overshadowed(place, mention)
    score -= 6.0 if overshadowed else 4.0 if _unlikely(place, mention, holders, context) else 0.0
    if not overshadowed:
        score += 1.5 * context.neighbours(place, key)
    if context.senses.get(key) == place.id:
        score += 4.0
    if key in context.cities and place.precision == "point":
        score -= 4.0
    if place.admin1 and place.feature != "admin1":
        score += min(context.divisions.get(place.admin1, 0.0), 2.0)
    return score


def _by_kind(place: Candidate, mention: PlaceWordsFound) -> float:
    if place.feature == "country" or place.country is None:
        return 8.0 if mention.level is None else 5.0
    area = place.precision != "point"
    if mention.level == "region":
        return 5.0 if area else -1.0
    if mention.level == "district":
        return 0.5 if area else 0.0
    if mention.level == "point" or mention.frame in ("near", "offset", "outskirts"):
        return -4.0 if area and not place.known else 1.0
    known = 1.5 if place.known or place.feature == "capital" else 0.0
    if not area:
        return known
    if place.feature == "admin1" and not place.known and _namesake_town(place, mention):
        return -1.5
    return known + (3.0 if place.feature in ("admin1", "region") else 0.5)


def _namesake_town(place: Candidate, mention: PlaceWordsFound) -> bool:
    """Tell whether a town in that division, or the capital, bears its name: bare `Kidal` then is the town.

    Not where hardly anybody of the division lives in it.
    """
    return any(
        c.precision == "point"
        and (c.admin1 == place.admin1 or (c.feature == "capital" and c.country == place.country))
        and (not c.population or c.population * _SMALL_BESIDE > place.population)
        for c in mention.candidates
    )


def _by_match(place: Candidate) -> float:
    return {"name": 0.0, "variant": -0.3, "loose": -2.0}[place.match]


def _holds(outer: Candidate, inner: Candidate) -> bool:
    if outer.country not in (inner.country, *inner.countries) or outer.id == inner.id:
        return False
    if outer.feature in ("country", "admin1"):
        return outer.feature == "country" or outer.admin1 == inner.admin1
    return _near(outer, inner)


def _near(one: Candidate, other: Candidate) -> bool:
    """Tell whether two places lie so near to each other that one may be a part of the other."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    return max(abs(one.lat - other.lat), abs(one.lon - other.lon)) <= REGION_DEGREES
