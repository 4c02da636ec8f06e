"""Room 3, grounds: the countries that a text speaks of, before anything is resolved.

Doors: `countries_spoken_of(hits, knowledge)` by names of countries, peoples and actors, `grounds_of(places)` and
`may_lie_in(places, text)` by names of places; `THERE` are the prepositions which say that something is at a place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reportedly.knowledge.load import Knowledge
from reportedly.mentions.names import NameHit
from reportedly.mentions.places import PlaceMention

THERE = frozenset({"in", "near", "at", "outside", "around", "to", "from", "across"})


def countries_spoken_of(hits: Sequence[NameHit], knowledge: Knowledge) -> dict[str, float]:
    """How much the text speaks of each country, by names of countries, peoples and actors."""
    weights: dict[str, float] = {}
    for hit in hits:
        if hit.sort != "actor":
            weights[hit.ids[0]] = weights.get(hit.ids[0], 0.0) + 1.0
        elif len(hit.ids) == 1:
            for iso in knowledge.actors.by_id[hit.ids[0]].countries[:1]:
                weights[iso] = weights.get(iso, 0.0) + 0.5
    return weights


def grounds_of(places: Sequence[PlaceMention]) -> frozenset[str]:
    """The countries of the places that a text names, of those alone whose names lie in no other country."""
    found = [{c.country for c in p.candidates if c.country} for p in places if not (p.weak or p.inside_name)]
    return frozenset(next(iter(countries)) for countries in found if len(countries) == 1)


def may_lie_in(places: Sequence[PlaceMention], text: str) -> frozenset[str]:
    """The countries in which most places that a text names may lie; a country counts where something is in it."""
    found: Counter[str] = Counter()
    for place in places:
        if place.weak or place.inside_name:
            continue
        before = text[max(0, place.span.start - 9) : place.span.start].split()
        there = bool(before) and before[-1].lower() in THERE
        found.update({c.country for c in place.candidates if c.country and (there or not c.id.startswith("cc:"))})
    most = max(found.values(), default=0)
    return frozenset(iso for iso, times in found.items() if times == most)
