"""Room 4, sums: a figure that one more happening makes of a period ("BRINGING the number of dead this year TO 45").

Doors: `period_sum(sentence, index, words)` and `sum_verb(tree, first, words)`. Such a sum is no part of the happening.
"""

from __future__ import annotations

from collections.abc import Mapping

from reportedly.model.reading import Sentence
from reportedly.model.syntax import Tree

SUM = frozenset({"sum"})  # what a hit inside a sum over a period is marked with
_PERIODS = frozenset({"since", "duration"})
_LONG = frozenset({"month", "season", "year"})
Words = Mapping[str, frozenset[str]]


def sum_verb(tree: Tree, first: int, words: Words) -> int | None:
    """The verb by which the figure that begins at a token is a sum, or None."""
    prep = tree[first - 1] if first else None
    return prep.head if prep is not None and prep.lower == "to" and _sums(tree, prep.head, words) else None


def period_sum(sentence: Sentence, index: int, words: Words) -> int | None:
    """The verb of the sum over a period in whose words a token stands, or None."""
    tree = sentence.tree
    if words["sum_verbs"].isdisjoint(tree.lemmas):
        return None
    verb = next((a for a in (index, *tree.ancestors(index)) if _sums(tree, a, words)), None)
    if verb is None:
        return None
    first, last = tree.bounds(verb)
    inside = (t for t in sentence.times if tree[first].start <= t.when.span.start < tree[last].end)
    long = any(t.kind in _PERIODS or t.when.precision in _LONG for t in inside)
    return verb if long or _of_a_stretch(tree, verb, words) else None


def _of_a_stretch(tree: Tree, verb: int, words: Words) -> bool:
    """ "taking THIS YEAR'S total to 61"."""
    owners = (o for what in tree.children(verb, "dobj") for o in tree.children(what, "poss"))
    return any(tree[o].lemma in words["stretches_of_time"] for o in owners)


def _sums(tree: Tree, index: int, words: Words) -> bool:
    if tree[index].tag != "VBG" or tree[index].lemma not in words["sum_verbs"]:
        return False
    what = tree.child(index, "dobj")
    return what is not None and _is_figure(tree[what].lemma, words)


def _is_figure(lemma: str, words: Words) -> bool:
    return lemma in words["figure_nouns"] or lemma in words["harm_nouns"]
