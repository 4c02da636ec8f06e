"""Room 4, negation: whether the words deny what they tell of.

Door: `negated(tree, head)`. The phrases of "at no time" stand in `lexicon/en/grammar.yml`.
"""

from __future__ import annotations

from reportedly.knowledge.grammar import grammar_words
from reportedly.model.syntax import Tree


def negated(tree: Tree, head: int) -> bool:
    """Tell whether the words deny the event at a token: "did NOT", "NO prisoners", "AT NO TIME", "WITHOUT"."""
    if "neg" not in tree.arcs and _NEGATING.isdisjoint(tree.forms):
        return False
    if tree.has(head, "neg") or _none_of(tree, head):
        return True
    token = tree[head]
    if token.is_verb and "no" in tree.forms and any(_is_never(tree, p) for p in tree.children(head, "prep")):
        return True
    if token.is_verb and any(_none_of(tree, o) for o in tree.children(head, "dobj", "nsubj", "nsubjpass")):
        return True
    if token.dep in {"xcomp", "dobj", "attr", "acomp"} and tree.has(token.head, "neg"):
        return True
    if token.dep == "acomp" and any(_none_of(tree, s) for s in tree.children(token.head, "nsubj")):
        return True  # "NO GOVERNMENT was willing to"
    return token.dep == "pobj" and tree[token.head].lower == "without"


_NEGATING = frozenset({"no", "neither", "without"})


def _is_never(tree: Tree, prep: int) -> bool:
    """ "AT NO TIME did we shell them", "IN NO WAY"; "in no time" is quickly."""
    objects = (o for o in tree.children(prep, "pobj") if any(tree[d].lower == "no" for d in tree.children(o, "det")))
    return any(f"{tree[prep].lower} {tree[o].lemma}" in _NEVER for o in objects)


_NEVER = grammar_words()["never_phrases"]


def _none_of(tree: Tree, index: int) -> bool:
    """ "NO prisoners", "NEITHER Tunis nor Algiers"; not "no fewer than nine"."""
    words = [d for d in tree.children(index, "det", "preconj", "cc") if tree[d].lower in {"no", "neither"}]
    return any(tree[d + 1].tag not in {"JJR", "RBR"} for d in words if d + 1 < len(tree))
