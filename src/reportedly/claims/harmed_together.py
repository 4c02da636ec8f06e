"""Room 4, harmed together: one figure for several kinds of harm ("300 killed, wounded and missing").

Doors: `also_hurt(tree, head)` of the first word of such a list, `counted_already(tree, head)` of the others.
"""

from __future__ import annotations

from reportedly.knowledge.grammar import grammar_words
from reportedly.model.syntax import Token, Tree

_DEAD = frozenset({"killed", "dead"})
_KILLING = frozenset({"killed", "killing"})
_BESIDE = grammar_words()["harm_beside_death"]
_WOUNDING = grammar_words()["wounding_beside_death"]
_FURTHER = frozenset({"captured"})
_JOINTS = frozenset({",", "and", "or", "/"})
_COUNTS = frozenset({"CD", "DT", "JJR", "RBR"})


def also_hurt(tree: Tree, head: int) -> bool:
    """ "640 soldiers KILLED and wounded", "killed, wounded or missing", "KILLING and wounding dozens"."""
    token = tree[head]
    if token.lower in _KILLING and _does_both(tree, token):
        return True
    last = _last_of_list(tree, head) if token.lower in _DEAD else None
    if last is None:
        return False
    if tree[last - 1].lower == "or":
        return True  # "killed or wounded 15"
    following = tree[last + 1] if last + 1 < len(tree) else None
    return following is None or (following.tag not in _COUNTS and not following.is_noun)


def counted_already(tree: Tree, head: int) -> bool:
    """ "killed, WOUNDED or missing": the first of the words counts for all."""
    token = tree[head]
    if token.lower not in _BESIDE and token.lower not in _WOUNDING and token.lower not in _FURTHER:
        return False
    firsts = (i for i in range(max(0, head - 6), head) if tree[i].lower in _DEAD or tree[i].lower in _KILLING)
    first = next(firsts, None)
    if first is None or not also_hurt(tree, first):
        return False
    last = _last_of_list(tree, first)
    return head <= (last if last is not None else first + 2)


def _last_of_list(tree: Tree, head: int) -> int | None:
    """The last word of "killed, wounded and missing", of which one at least is no capture."""
    last, beside = None, False
    at = head + 1
    while at + 1 < len(tree) and tree[at].lower in _JOINTS:
        joint = tree[at].lower
        at += 2 if joint == "," and tree[at + 1].lower in _JOINTS else 1
        word = tree[at].lower if at < len(tree) else ""
        if word not in _BESIDE and word not in _FURTHER:
            return None
        last, beside = at, beside or word in _BESIDE
        if tree[at - 1].lower != ",":
            return last if beside else None
        at += 1
    return None


def _does_both(tree: Tree, token: Token) -> bool:
    """ "gunmen KILLED AND WOUNDED nine": two deeds with one object, which stands behind the second."""
    at = token.i
    if at + 3 >= len(tree) or tree[at + 1].lower != "and" or tree[at + 2].lower not in _WOUNDING:
        return False
    done = token.tag in {"VBG", "VBD"} or tree.has(at, "nsubj")
    if not done or tree.children(at, "aux", "auxpass", "nsubjpass"):
        return False
    second = tree[at + 2]
    return second.head == at and any(c > second.i for h in (at, second.i) for c in tree.children(h, "dobj"))
