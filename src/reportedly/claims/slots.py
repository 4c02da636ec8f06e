"""Room 4, slots: which of a sentence's places belong to which event word.

Door: `place_of`: the name that most signs tie to the event.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportedly.claims.place_links import signs
from reportedly.claims.place_nesting import chain
from reportedly.claims.place_rows import row_of
from reportedly.claims.place_scene import Scene
from reportedly.claims.place_seats import head_at
from reportedly.model import PlaceRef
from reportedly.model.syntax import Tree

FAR = 99
_AREAS = frozenset({"of_part", "district", "region", "country"})
_IN_PLACE = (frozenset({"within"}),)
_AIMED = tuple(frozenset({"other_word", link}) for link in ("within", "object", "describes_event"))
_ELSEWHERE = frozenset({"out_of_clause", "past_event", "nearer_event", "country", "in_apposition", "through_topic"})
_RANK = {"point": 0, "near": 0, "unresolved": 1, "district": 2, "region": 3, "country": 4}


def place_of(scene: Scene) -> tuple[PlaceRef | None, tuple[PlaceRef, ...]]:
    """Return the place of an event, and all places when it has several: the name that most ties to it, if any does."""
    places = scene.sentence.places
    around = [_signs(scene, place) for place in places]
    weights = [scene.words.weigh(found) if found else None for found in around]
    scored: list[tuple[float, int, int, int]] = []
    for n, place in enumerate(places):
        weight = _of_chain(scene, n, weights)
        if weight is not None and weight > scene.words.enough:
            rank = _RANK[place.precision if place.place_id is not None else "unresolved"]
            scored.append((-round(weight, 6), rank, place.span.start, n))
    if not scored:
        return None, ()
    tied = [places[n] for *_, n in scored]
    first = _narrowed(scene, min(scored, key=lambda s: s[:3])[3], [n for *_, n in scored], around)
    listed = row_of(scene, first)
    return next((p for p in listed if p in tied), first), listed


def _narrowed(scene: Scene, best: int, tied: Sequence[int], signs_of: Sequence[frozenset[str]]) -> PlaceRef:
    """A place that opens the sentence is the scene in which a place named later lies: "In X, six were killed in Y"; and
    so is an area, of what another word tells of the same happening: "an offensive in the east of X, TARGETING Y"."""
    places = scene.sentence.places
    first, around = places[best], signs_of[best]
    if "within" not in around or not ("opening" in around or around & _AREAS):
        return first
    start = scene.sentence.tree[scene.main].start
    behind = [(places[n], signs_of[n]) for n in tied if places[n].span.start > start]
    later = [(p, found) for p, found in behind if p.country in {first.country, None}]
    wanted = _IN_PLACE if "opening" in around else _AIMED
    inner = [p for p, found in later if any(found >= w for w in wanted) and _ELSEWHERE.isdisjoint(found)]
    return next((p for p in inner if p is not first), first)


def _signs(scene: Scene, place: PlaceRef) -> frozenset[str]:
    """What ties a name to the event; nothing where they are not connected."""
    at = head_at(scene.sentence.tree, place.span)
    return signs(scene, place, at) if at is not None else frozenset()


def _of_chain(scene: Scene, n: int, weights: Sequence[float | None]) -> float | None:
    """Names that say together where one place is count as the one of them that is tied best; the narrowest stands for
    them, and the others for nothing."""
    if not scene.inside:
        return weights[n]
    if n in scene.inside.values():
        return None
    tied = [w for k in chain(scene.inside, n) if (w := weights[k]) is not None]
    return max(tied, default=None)


def distance(tree: Tree, one: int, other: int) -> int:
    """Number of arcs between two tokens; crossing into another clause costs more."""
    up_one = [one, *tree.ancestors(one)]
    up_other = [other, *tree.ancestors(other)]
    where = {index: n for n, index in enumerate(up_other)}
    for n, index in enumerate(up_one):
        if index in where:
            return n + where[index] + _clauses(tree, up_one[:n]) + _clauses(tree, up_other[: where[index]])
    return FAR


def _clauses(tree: Tree, path: Iterable[int]) -> int:
    """Penalty for clause borders on a path."""
    return sum(2 for i in path if tree[i].dep in {"relcl", "advcl", "ccomp", "acl", "parataxis"})
