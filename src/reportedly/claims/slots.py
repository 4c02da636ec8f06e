"""Room 4, slots: which of a sentence's places and times belong to which event word.

Doors: `place_of` and `time_of`. The nearest by syntax wins, and words that belong to a speaker or to another event are
left to them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from reportedly.model import PlaceRef, Span
from reportedly.model.reading import Sentence, TimeRead
from reportedly.model.syntax import Tree

_FAR = 99
# A place more arcs away than this (a clause border counts three) belongs to something else. Swept on the first 2,000
# sentences of the event-to-place development set, 2026-11-23: token F1 0.438 at 5, 0.482 at 7, 0.496 at 9 and at 12.
REACH = 9
_RANK = {"point": 0, "near": 0, "unresolved": 1, "district": 2, "region": 3, "country": 4}


def place_of(
    sentence: Sentence,
    anchors: Collection[int],
    others: Collection[int],
    blocked: Sequence[Span],
) -> tuple[PlaceRef | None, tuple[PlaceRef, ...]]:
    """Return the place of the event whose words are `anchors`, and all places when it has several.

    `others` are heads of other events in the sentence; `blocked` are stretches that belong to a speaker.
    """
    scored: list[tuple[int, int, int, PlaceRef]] = []
    for place in sentence.places:
        at = _head_at(sentence.tree, place.span)
        if at is None or any(place.span.overlaps(b) for b in blocked) or _names_an_actor(sentence, at):
            continue
        near = min((_distance(sentence.tree, at, a) for a in anchors), default=_FAR)
        rival = min((_distance(sentence.tree, at, o) for o in others), default=_FAR)
        if near <= rival and near <= REACH:
            near += _coarseness(sentence.tree, place, at)
            scored.append((near, _RANK[place.precision], place.span.start, place))
    if not scored:
        return None, ()
    scored.sort(key=lambda s: (s[0], s[1], s[2]))
    first = scored[0][3]
    at = _head_at(sentence.tree, first.span)
    together = set(sentence.tree.conjuncts(sentence.tree.first_conjunct(at))) if at is not None else set()
    same = [p for _, _, _, p in sorted(scored, key=lambda s: s[2]) if _head_at(sentence.tree, p.span) in together]
    return first, tuple(same) if len(same) > 1 else ()


def _coarseness(tree: Tree, place: PlaceRef, at: int) -> int:
    """How much a narrower name beside this one is to be preferred ("Beirut's southern suburb of Y", "Y near X").

    More where this one is a region, a landmark that something is near to, or contains the other.
    """
    extra = {"near": 3, "region": 3, "district": 1, "country": 4}.get(place.precision, 0)
    if tree[at].dep in {"poss", "compound", "amod", "nmod"}:
        extra += 3
    return extra


def _names_an_actor(sentence: Sentence, at: int) -> bool:
    """Tell whether a place name stands for those who act there ("US forces", "Israel captured", "Kyiv's army")."""
    tree = sentence.tree
    token = tree[at]
    if token.dep in {"nsubj", "csubj"} or (token.dep == "pobj" and tree[token.head].dep == "agent"):
        return True
    if token.dep in {"compound", "amod", "nmod", "poss", "npadvmod"} and token.head != at:
        owner = sentence.actors.get(token.head)
        return owner is not None and owner.kind not in {"facility", "unknown"}
    return False


def time_of(
    sentence: Sentence, anchors: Collection[int], cues: Collection[int], others: Collection[int]
) -> tuple[TimeRead | None, TimeRead | None]:
    """Return the time of the event, and the time at which it was told (where a cue is nearer to it)."""
    best: tuple[int, int, TimeRead] | None = None
    told: TimeRead | None = None
    for time in sentence.times:
        if not time.event_day and time.kind not in {"since", "until", "duration"}:
            continue
        at = _head_at(sentence.tree, time.when.span)
        if at is None:
            continue
        near = min((_distance(sentence.tree, at, a) for a in anchors), default=_FAR)
        cue = min((_distance(sentence.tree, at, c) for c in cues), default=_FAR)
        inside = sentence.tree.at(time.when.span.start, time.when.span.end)
        if any(_described_by(sentence.tree, inside, h) for h in anchors):
            near = 0
        elif any(_reference_point(sentence.tree, at, h) for h in anchors):
            continue
        rival = min((_distance(sentence.tree, at, o) for o in others), default=_FAR)
        if cue < near:
            told = told or (time if time.event_day else None)
        elif near <= rival and (best is None or (not time.event_day, near) < (not best[2].event_day, best[0])):
            best = (near, time.when.span.start, time)
    return (best[2] if best else None), told


def _described_by(tree: Tree, inside: Collection[int], head: int) -> bool:
    """ "late 2021, when the regime STRUCK a deal": the clause tells what happened at the time."""
    return any(tree[i].dep == "relcl" and tree[i].head in inside for i in (head, *tree.ancestors(head)))


def _reference_point(tree: Tree, at: int, head: int) -> bool:
    """ "in the days following the ATTACK", "two days after the BLAST": the event dates the time, not the other way."""
    for index in (head, *tree.ancestors(head)):
        if tree[index].lower in {"following", "after", "before", "since"} and abs(index - at) <= 3:
            return True
        if tree[index].is_verb and tree[index].lower not in {"following"}:
            return False
    return False


def _head_at(tree: Tree, span: Span) -> int | None:
    """The token that heads the words of a span."""
    inside = tree.at(span.start, span.end)
    return next((i for i in inside if tree[i].head not in inside or tree[i].head == i), None)


def _distance(tree: Tree, one: int, other: int) -> int:
    """Number of arcs between two tokens; crossing into another clause costs more."""
    up_one = [one, *tree.ancestors(one)]
    up_other = [other, *tree.ancestors(other)]
    where = {index: n for n, index in enumerate(up_other)}
    for n, index in enumerate(up_one):
        if index in where:
            return n + where[index] + _clauses(tree, up_one[:n]) + _clauses(tree, up_other[: where[index]])
    return _FAR


def _clauses(tree: Tree, path: Iterable[int]) -> int:
    """Penalty for clause borders on a path."""
    return sum(2 for i in path if tree[i].dep in {"relcl", "advcl", "ccomp", "acl", "parataxis"})
