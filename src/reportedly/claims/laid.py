"""Room 4, deeds laid to somebody: what was done for sure, by whom in doubt.

Door: `laid_to(tree, hit, words)`.
"""

from __future__ import annotations

from collections.abc import Mapping

from reportedly.model.reading import TriggerHit
from reportedly.model.syntax import Tree


def laid_to(tree: Tree, hit: TriggerHit, words: Mapping[str, frozenset[str]]) -> bool:
    """ "The attack COULD HAVE BEEN CARRIED OUT by X", "may have been the work of X": done; by whom is in doubt."""
    if _MIGHT.isdisjoint(tree.forms):
        return False
    if tree[hit.head].dep == "pobj" and tree[tree[hit.head].head].lower == "behind":
        return _behind_it(tree, hit.head)
    verb = hit.head if tree[hit.head].is_verb else tree[hit.head].head
    named = tree.children(verb, "agent") or [a for a in tree.children(verb, "attr") if _is_doing(tree, a, words)]
    helpers = {tree[a].lower for a in tree.children(verb, "aux", "auxpass")}
    if not named or "have" not in helpers or helpers.isdisjoint(_MIGHT):
        return False
    told = [s for s in tree.children(verb, "nsubjpass", "nsubj") if s in hit.tokens or _is_deed(tree, s, words)]
    return any(tree[d].lower in _GIVEN for s in told for d in tree.children(s, "det"))


def _behind_it(tree: Tree, noun: int) -> bool:
    """ "X MAY HAVE BEEN BEHIND the attack", "X COULD BE behind the killing"."""
    verb = tree[tree[noun].head].head
    helpers = {tree[a].lower for a in tree.children(verb, "aux")}
    known = any(tree[d].lower in _GIVEN for d in tree.children(noun, "det"))
    return known and tree[verb].lemma == "be" and not helpers.isdisjoint(_MIGHT)


def _is_doing(tree: Tree, index: int, words: Mapping[str, frozenset[str]]) -> bool:
    return tree[index].lemma in words["doing_nouns"]


def _is_deed(tree: Tree, index: int, words: Mapping[str, frozenset[str]]) -> bool:
    return tree[index].lemma in words["deed_nouns"]


_MIGHT = frozenset({"may", "might", "could"})
_GIVEN = frozenset({"the", "this", "these", "that", "those", "both"})
