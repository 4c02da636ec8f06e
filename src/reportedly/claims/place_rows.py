"""Room 4, rows of places: names that stand in one list ("in Gao, Menaka and the village of Kolo").

Doors: `row_of(scene, place)`, read from the words between two names alone, so that it holds however the parser hangs
them; and `by_place(claim)`: what happened in several places.
"""

from __future__ import annotations

from reportedly.claims.place_scene import Scene
from reportedly.model import Claim, PlaceRef
from reportedly.model.quick import replace
from reportedly.model.syntax import Token

_LONGEST = 9  # tokens between two names of a list
_JOINING = frozenset({"and", "or", "&"})
_LISTING = frozenset({",", "the", "of", "in", "at", "near", "as", "well", "both", "also", "nearby", "-", "'s", "’s"})


def row_of(scene: Scene, place: PlaceRef) -> tuple[PlaceRef, ...]:
    """Return the places of the list that a place stands in, in text order; none where it stands alone.

    The two ends of "between X and Y" are one place, and two names with nothing but a comma between are no list.
    """
    places = scene.sentence.places
    at = places.index(place)
    if at in scene.inside.values():
        return ()
    begin = end = at
    while begin > 0 and _listed(scene, begin - 1):
        begin -= 1
    while end + 1 < len(places) and _listed(scene, end):
        end += 1
    row = [p for n, p in enumerate(places[begin : end + 1], begin) if n not in scene.inside.values()]
    joined = any(_joins(scene, n) for n in range(begin, end))
    return tuple(row) if len(row) > 1 and joined and not _ends(row) else ()


def _listed(scene: Scene, n: int) -> bool:
    """Tell whether a name and the next stand in one list, or tell together where one place of it is."""
    if scene.inside.get(n) == n + 1 or scene.inside.get(n + 1) == n:
        return True
    words = _between(scene, n)
    return 0 < len(words) <= _LONGEST and all(_lists(scene, t) for t in words) and _parted(words)


def _parted(words: list[Token]) -> bool:
    return any(t.lower in _JOINING or t.text == "," for t in words)


def _joins(scene: Scene, n: int) -> bool:
    return any(t.lower in _JOINING for t in _between(scene, n))


def _between(scene: Scene, n: int) -> list[Token]:
    start, end = scene.sentence.places[n].span.end, scene.sentence.places[n + 1].span.start
    return [t for t in scene.sentence.tree if start <= t.start and t.end <= end]


def _lists(scene: Scene, token: Token) -> bool:
    """Tell whether a word may stand between two names of a list: joints, and the nouns and sides that name the kind of
    place that each is."""
    words, low = scene.knowledge.place_words, token.lower
    if low in _JOINING or low in _LISTING:
        return True
    return low in words.generic or low in words.parts or low in words.bearings or token.tag.startswith("JJ")


def _ends(row: list[PlaceRef]) -> bool:
    """Tell whether two names are the ends of one stretch: both stand for the same point of the map."""
    return len(row) == 2 and row[0].precision == "near" and (row[0].lat, row[0].lon) == (row[1].lat, row[1].lon)


def by_place(claim: Claim) -> tuple[Claim, ...]:
    """Return what was done in each of several places as a happening of its own ("rebels took Bria and Zemio").

    A toll is counted over all of them and cannot be shared out: such a claim stays one, and so does one of countries.
    """
    whole = not claim.violent or claim.tolls or claim.aggregate or claim.modality == "historical"
    if whole or len(claim.places) < 2 or any(p.precision == "country" for p in claim.places):
        return (claim,)
    return tuple(replace(claim, place=place, places=()) for place in claim.places)
