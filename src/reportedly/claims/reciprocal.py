"""Room 4, accusations that go both ways: "X and Y accused EACH OTHER of shelling the port" is two accounts.

Door: `takes(view)`: the sentence as each of the two tells it. Where not just two are named, nobody is made the other.
"""

from __future__ import annotations

from reportedly.claims.view import View
from reportedly.model.quick import replace
from reportedly.model.reading import Telling

_EACH = {"other": "each", "another": "one"}


def takes(view: View) -> tuple[View, ...]:
    """The view itself; where two accuse each other, first the one's account of it and then the other's."""
    telling = next((t for t in view.sentence.tellings if _is_mutual(view, t)), None)
    if telling is None or telling.speaker_head is None:
        return (view,)
    sides = [i for i in view.tree.conjuncts(telling.speaker_head) if i in view.actors]
    if len(sides) != 2:
        return (view,)
    return tuple(_as_told_by(view, telling, one, other) for one, other in (sides, sides[::-1]))


def told_in_turn(view: View, at: int) -> bool:
    """Tell whether a position lies in what two accuse each other of."""
    return any(t.covers(at) for t in view.sentence.tellings if t.culprit is not None)


def _is_mutual(view: View, telling: Telling) -> bool:
    if telling.culprit is None:
        return False
    word = view.tree[telling.culprit]
    return any(view.tree[d].lower == _EACH.get(word.lower) for d in view.tree.children(word.i, "det", "nummod"))


def _as_told_by(view: View, telling: Telling, speaker: int, culprit: int) -> View:
    ref = view.actors[speaker]
    told = replace(telling, speaker=ref, source=(ref.span,), speaker_head=speaker, culprit=culprit)
    tellings = tuple(told if t is telling else t for t in view.sentence.tellings)
    return replace(view, sentence=replace(view.sentence, tellings=tellings))
