"""Decides which place a name means: by the countries that the text speaks of, by the names around it, then by size.

`ground_places` is the door. A name whose only candidates lie in countries that the article does not speak of stays
unresolved, unless the place is known without any hint.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Protocol

from reportedly.knowledge.gazetteer import Candidate, Gazetteer
from reportedly.knowledge.place_keys import acronym_key, place_key
from reportedly.model import Document, PlacePrecision, PlaceRef, Span
from reportedly.model.trace import Trace

WELL_KNOWN = 100_000
"""Capitals and places of this population may stand in a text that says nothing else about their country."""
COUNTY = ("county", "counties")
"""A county is rarely where a town of its name lies: such a town stands for it only within a division already named."""
OPENING = 400
"""Characters from the start of a text in which a country counts double."""
GREAT = 2_000_000
"""A city of this population comes to mind before a village of its name."""
ADJECTIVAL = 2
"""Letters of the short forms of countries that stand before nouns like adjectives: `US`, `U.K.`."""
FOREMOST = 20
"""A place so many times larger than any of its name abroad is thought of first."""
REGION_DEGREES = 3.0
"""A region without a code holds places of its country that lie no farther from its middle."""
EARTH_KM = 6371.0
_TITLE_WORD = re.compile(r"(?:[A-Z]\.){2,}|[A-Z][^\W\d_]*(?:[-'’][^\W\d_]+)*")


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


def ground_places(
    mentions: Sequence[PlaceWordsFound],
    document: Document,
    gazetteer: Gazetteer,
    countries_in_view: Mapping[str, float] | None = None,
    trace: Trace | None = None,
) -> tuple[PlaceRef, ...]:
    """Give each mention its place, in the same order. `countries_in_view` adds weights of 0 to 4, such as 0.7
    for the publisher's country.

    Weights: a country named in the text counts 2 (4 in the opening), a demonym or a well-known place 1, the title 3.
    """
    view = country_weights(mentions, document, gazetteer)
    hints = dict(countries_in_view or {})
    chosen = _choose_all(mentions, _Context(view, hints), trace if trace is not None and trace.full else None)
    return tuple(_reference(n, mentions, chosen) for n in range(len(mentions)))


def country_weights(mentions: Iterable[PlaceWordsFound], document: Document, gazetteer: Gazetteer) -> dict[str, float]:
    """Weigh the countries that title and text speak of."""
    view: dict[str, float] = defaultdict(float)
    foremost: dict[str, Sequence[Candidate]] = {}
    for mention in mentions:
        countries = {c.country for c in mention.candidates if c.country}
        best = mention.candidates[0] if mention.candidates else None
        if best is None or best.country is None:
            continue
        if best.feature == "country" and not _rival_division(mention.candidates):
            view[best.country] += _country_named(mention)
        elif len(countries) == 1 and _stands_alone(best) and not _short_form(mention, best):
            view[best.country] += 1.0
        elif _stands_alone(best) and _foremost(mention.candidates):
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
    """Tell whether the first place is far greater than all of its name in other countries: Medellín, Mosul.

    It counts only where the text speaks of none of those countries: London may be the one in Ontario.
    """
    first = candidates[0]
    if first.match != "name":
        return False
    rivals = (c for c in candidates if c.country != first.country and c.match == "name")
    return all(c.population * FOREMOST <= first.population for c in rivals)


def _title_words(title: str) -> list[str]:
    words = [found[0] for found in _TITLE_WORD.finditer(title)]
    return words + [f"{a} {b}" for a, b in pairwise(words)]


def _countries_named(word: str, gazetteer: Gazetteer) -> set[str]:
    places = gazetteer.lookup(word)
    alone = len({c.country for c in places}) == 1 and _stands_alone(places[0])
    found = {c.country for c in places[:1] if c.country and (c.feature == "country" or alone)}
    demonym = gazetteer.demonyms.get(acronym_key(word) or place_key(word))
    return found | ({demonym} if demonym else set())


def _rival_division(candidates: Iterable[Candidate]) -> bool:
    """`Georgia`: the country shares its name with a large division of another."""
    return any(c.feature == "admin1" and c.population > 1_000_000 and c.match == "name" for c in candidates)


def _stands_alone(place: Candidate) -> bool:
    """Tell whether a place is known to readers without any hint at its country."""
    if place.feature in ("country", "capital", "region") or place.known:
        return True
    if place.match == "loose":
        return place.population >= 10 * WELL_KNOWN
    return place.population >= WELL_KNOWN


class _Context:
    """The countries in view and, as names are decided, the divisions and senses that the text has settled on."""

    def __init__(self, view: Mapping[str, float], hints: Mapping[str, float]) -> None:
        self.view, self.hints = view, hints
        self.top = max([*view.values(), 4.0])
        self.divisions: dict[str, float] = defaultdict(float)
        self.senses: dict[str, str] = {}
        self.cells: dict[tuple[int, int], dict[str, float]] = {}

    def of_country(self, place: Candidate) -> float:
        """Give 0 to 4 for how much the text speaks of the place's country (either country of a border town)."""
        named = max((self.view.get(iso, 0.0) for iso in (place.country or "", *place.countries)), default=0.0)
        hinted = max((self.hints.get(iso, 0.0) for iso in (place.country or "", *place.countries)), default=0.0)
        return (2.0 + 2.0 * min(named / self.top, 1.0) if named else 0.0) + hinted

    def learn_cells(self, mentions: Iterable[PlaceWordsFound]) -> None:
        """Note which names have a candidate in which cell of half a degree, each weighed down by its ambiguity."""
        for mention in mentions:
            key = place_key(mention.span.quote)
            for place in mention.candidates:
                if place.precision == "point" and place.lat is not None and place.lon is not None:
                    cell = (round(place.lat * 2), round(place.lon * 2))
                    self.cells.setdefault(cell, {})[key] = len(mention.candidates) ** -0.5

    def neighbours(self, place: Candidate, key: str) -> float:
        """Give 0 to 2 for how many other names of the text have a candidate close to this place."""
        if place.precision != "point" or place.lat is None or place.lon is None:
            return 0.0
        lat, lon = round(place.lat * 2), round(place.lon * 2)
        near: dict[str, float] = {}
        for cell in [(lat + a, lon + b) for a in (-1, 0, 1) for b in (-1, 0, 1)]:
            if cell in self.cells:
                near.update(self.cells[cell])
        return min(sum(weight for other, weight in near.items() if other != key), 2.0)

    def speaks_of(self, place: Candidate) -> bool:
        return self.of_country(place) > 0.0


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


_SHOWN = 4  # candidates of a name that a note lists


def _allowed(
    best: Candidate, mention: PlaceWordsFound, holders: Sequence[Candidate], context: _Context
) -> Candidate | None:
    """The best candidate where anything in the text allows it."""
    if mention.generic in COUNTY and best.precision == "point" and not _same_division(best, holders, context):
        return None
    if holders and all(h.country not in (best.country, *best.countries) for h in holders):
        return None
    if _stands_alone(best) or context.speaks_of(best) or any(_holds(h, best) for h in holders):
        return best
    return None


def _overshadowed(place: Candidate, mention: PlaceWordsFound) -> bool:
    """Tell whether a bare name brings a great city to mind: the village of New York is then called a village."""
    small = place.known and place.precision == "point" and place.population < WELL_KNOWN
    if not small or mention.level == "point" or mention.frame != "in":
        return False
    return any(c.match != "loose" and c.precision == "point" and c.population >= GREAT for c in mention.candidates)


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
    score -= 6.0 if overshadowed else 0.0
    if not overshadowed:
        score += 1.5 * context.neighbours(place, key)
    if context.senses.get(key) == place.id:
        score += 4.0
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
    """Tell whether a town in that division, or the capital, bears its name: bare `Kidal` then is the town."""
    return any(
        c.precision == "point" and (c.admin1 == place.admin1 or (c.feature == "capital" and c.country == place.country))
        for c in mention.candidates
    )


def _by_match(place: Candidate) -> float:
    return {"name": 0.0, "variant": -0.3, "loose": -2.0}[place.match]


def _holds(outer: Candidate, inner: Candidate) -> bool:
    if outer.country not in (inner.country, *inner.countries) or outer.id == inner.id:
        return False
    if outer.feature in ("country", "admin1"):
        return outer.feature == "country" or outer.admin1 == inner.admin1
    if outer.lat is None or outer.lon is None or inner.lat is None or inner.lon is None:
        return False
    return max(abs(outer.lat - inner.lat), abs(outer.lon - inner.lon)) <= REGION_DEGREES


# ------------------------------------------------------------------------------------------------------------ answers


def _reference(n: int, mentions: Sequence[PlaceWordsFound], chosen: Sequence[Candidate | None]) -> PlaceRef:
    mention, place = mentions[n], chosen[n]
    if place is None and (nearby := _by_landmark(n, mentions, chosen)) is not None:
        return nearby
    if place is None or place.lat is None or place.lon is None:
        return _unresolved(mention, place, [c for c in (chosen[k] for k in mention.chain) if c is not None])
    lat, lon, precision = _where(mention, place, chosen)
    both = place.countries if len(place.countries) > 1 else ()
    division = place.admin1_name if place.feature != "country" else None
    return PlaceRef(
        mention.span, place.id, place.name, place.country, both, division, round(lat, 4), round(lon, 4), precision
    )


def _by_landmark(n: int, mentions: Sequence[PlaceWordsFound], chosen: Sequence[Candidate | None]) -> PlaceRef | None:
    """A name that no gazetteer holds, put where the text says that it lies: "Faguibe, 40 km north of Gao"."""
    at = mentions[n].landmark
    place = chosen[at] if at is not None else None
    if at is None or place is None or place.precision != "point" or place.lat is None or place.lon is None:
        return None
    lat, lon, _ = _where(mentions[at], place, chosen)
    span = mentions[n].span
    return PlaceRef(span, None, span.quote, place.country, (), None, round(lat, 4), round(lon, 4), "near")


def _unresolved(mention: PlaceWordsFound, place: Candidate | None, holders: Sequence[Candidate]) -> PlaceRef:
    """A name that no gazetteer holds lies somewhere in the narrowest area that the text puts it in, as exactly as that
    area is known; in a country alone it stays unresolved."""
    country = place.country if place else next((h.country for h in holders), None)
    division = next((h.admin1_name for h in holders if h.feature == "admin1"), None)
    name = place.name if place else mention.span.quote
    area = next((h for h in holders if h.feature != "country" and h.lat is not None and h.lon is not None), None)
    if place is not None or area is None or area.lat is None or area.lon is None:
        return PlaceRef(mention.span, place.id if place else None, name, country, (), division)
    precision: PlacePrecision = "district" if area.precision in ("point", "district") else "region"
    lat, lon = round(area.lat, 4), round(area.lon, 4)
    return PlaceRef(mention.span, None, name, area.country, (), area.admin1_name, lat, lon, precision)


def _where(
    mention: PlaceWordsFound, place: Candidate, chosen: Sequence[Candidate | None]
) -> tuple[float, float, PlacePrecision]:
    lat, lon = place.lat or 0.0, place.lon or 0.0
    level = _precision(mention, place)
    if level in ("country", "region"):
        return lat, lon, level
    other = chosen[mention.partner] if mention.partner is not None else None
    if other is not None and other.lat is not None and other.lon is not None and other.precision == "point":
        return (lat + other.lat) / 2, (lon + other.lon) / 2, "near"
    if mention.frame == "offset" and mention.distance_km is not None:
        if mention.bearing is not None:
            lat, lon = travel(lat, lon, mention.bearing, mention.distance_km)
        return lat, lon, "near"
    return lat, lon, "near" if mention.frame == "near" else level


def _precision(mention: PlaceWordsFound, place: Candidate) -> PlacePrecision:
    if place.precision == "point" and mention.level == "region":
        return "region"
    if place.precision == "point" and mention.level == "district":
        return "district"
    return {"point": "point", "district": "district", "country": "country"}.get(place.precision, "region")  # type: ignore[return-value]


def travel(lat: float, lon: float, bearing: float, distance_km: float) -> tuple[float, float]:
    """Give the point that lies `distance_km` from a point in a direction (degrees from north, clockwise)."""
    arc, turn, north, east = distance_km / EARTH_KM, math.radians(bearing), math.radians(lat), math.radians(lon)
    new = math.asin(math.sin(north) * math.cos(arc) + math.cos(north) * math.sin(arc) * math.cos(turn))
    shift = math.atan2(
        math.sin(turn) * math.sin(arc) * math.cos(north), math.cos(arc) - math.sin(north) * math.sin(new)
    )
    return math.degrees(new), (math.degrees(east + shift) + 540) % 360 - 180
