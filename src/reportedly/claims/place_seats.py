"""Room 4, seats of places: the phrase that a name stands in and what that phrase hangs from.

Doors: `seat(tree, at, parts)`, and `head_at` for the token that heads a name.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from reportedly.model import Span
from reportedly.model.quick import quick
from reportedly.model.syntax import Tree

INNER = frozenset({"compound", "amod", "nmod", "poss", "nummod"})
_LISTED = frozenset({"to", "like", "as", "including"})
_JOINING = frozenset({"link", "connect", "join", "lead"})


@quick
@dataclass(frozen=True, slots=True)
class Seat:
    """How a name stands in its sentence: the phrase around it and what that phrase hangs from.

    `steps` are the tokens from the name up to the root, `top` the position in them of the head of the phrase that the
    name stands in ("the town of X", "X's southern suburb"), `link` the preposition or relation by which that phrase
    hangs, `owner` the noun that the name describes, if any.
    """

    steps: tuple[int, ...]
    top: int
    link: str
    owner: int | None


def seat(tree: Tree, at: int, parts: Collection[str] = ()) -> Seat:
    """Climb from a name to the phrase that it stands in; `parts` are nouns for parts of a place."""
    steps = (at, *tree.ancestors(at))
    owner: int | None = None
    here = 0
    while here + 1 < len(steps):
        rise = _rise(tree, steps, here, parts)
        if rise == 0:
            break
        describes = tree[steps[here]].dep not in {"conj", "appos"}
        here += rise
        owner = steps[here] if owner is None and describes else owner
    token = tree[steps[here]]
    hangs = token.dep in {"pobj", "pcomp"} and token.head != token.i
    return Seat(steps, here, tree[token.head].lower if hangs else token.dep, owner)


def head_at(tree: Tree, span: Span) -> int | None:
    """The token that heads the words of a span."""
    inside = tree.at(span.start, span.end)
    return next((i for i in inside if tree[i].head not in inside or tree[i].head == i), None)


def _rise(tree: Tree, steps: Sequence[int], here: int, parts: Collection[str]) -> int:
    """How many arcs lead up to the next noun of the same phrase; 0 at its top."""
    token, over = tree[steps[here]], tree[steps[here + 1]]
    if (token.dep in INNER or token.dep in {"conj", "appos"}) and over.is_noun:
        return 1
    if (way := _along_road(tree, steps, here)) > 0:
        return way
    if token.dep != "pobj" or here + 2 >= len(steps) or not tree[steps[here + 2]].is_noun:
        return 0
    leads = over.lower == "of" or (over.lower in _LISTED and _instance(tree, steps, here, parts))
    return 2 if leads else 0  # "the outskirts OF the town", "the entrance TO it", "villages SUCH AS X"


def _instance(tree: Tree, steps: Sequence[int], here: int, parts: Collection[str]) -> bool:
    """Tell whether a name stands for what the noun says, as its part or as one of many."""
    token, noun = tree[steps[here + 1]], tree[steps[here + 2]]
    return noun.lemma in parts if token.lower == "to" else noun.tag == "NNS"


def _along_road(tree: Tree, steps: Sequence[int], here: int) -> int:
    """ "the road LINKING X and Y", "the track LEADING TO X", "areas KNOWN AS X": names say which; 0 where none do."""
    rise = 1 if tree[steps[here]].dep == "dobj" else 2 if tree[steps[here]].dep == "pobj" else 0
    if rise == 0 or here + rise + 1 >= len(steps):
        return 0
    verb = tree[steps[here + rise]]
    leads = verb.lemma in _JOINING and verb.tag == "VBG" and verb.dep == "acl"
    leads = leads or (verb.lower == "known" and verb.dep == "acl" and tree[steps[here + 1]].lower == "as")
    return rise + 1 if leads and tree[verb.head].is_noun else 0
