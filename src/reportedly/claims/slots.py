"""Room 4, slots: which of a sentence's places belong to which event word.

Door: `place_of`. The nearest by syntax wins, and words that belong to a speaker or to another event are left to them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from reportedly.model import PlaceRef, Span
from reportedly.model.reading import Sentence
from reportedly.model.syntax import Tree

FAR = 99
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
        at = head_at(sentence.tree, place.span)
        if at is None or any(place.span.overlaps(b) for b in blocked) or _names_an_actor(sentence, at):
            continue
        near = min((distance(sentence.tree, at, a) for a in anchors), default=FAR)
        rival = min((distance(sentence.tree, at, o) for o in others), default=FAR)
        if near <= rival and near <= REACH:
            near += _coarseness(sentence.tree, place, at)
            scored.append((near, _RANK[place.precision], place.span.start, place))
    if not scored:
        return None, ()
    scored.sort(key=lambda s: (s[0], s[1], s[2]))
    first = scored[0][3]
    at = head_at(sentence.tree, first.span)
    together = set(sentence.tree.conjuncts(sentence.tree.first_conjunct(at))) if at is not None else set()
    same = [p for _, _, _, p in sorted(scored, key=lambda s: s[2]) if head_at(sentence.tree, p.span) in together]
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


def head_at(tree: Tree, span: Span) -> int | None:
    """The token that heads the words of a span."""
    inside = tree.at(span.start, span.end)
    return next((i for i in inside if tree[i].head not in inside or tree[i].head == i), None)


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
