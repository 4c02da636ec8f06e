"""Room 4, arcs: does one event word hang from another so that both tell one happening?

Door: `linked(tree, low, high, harmed=...)`.
"""

from __future__ import annotations

from reportedly.knowledge.grammar import grammar_words
from reportedly.model.syntax import Tree

# Arcs along which one event word hangs from another of the same happening, and how many of them in a row.
_ARCS = frozenset({"nsubj", "nsubjpass", "csubj", "dobj", "pobj", "prep", "agent", "advcl", "xcomp", "conj", "acl"})
_ARCS |= {"relcl", "oprd", "pcomp", "compound", "amod", "dep", "appos", "acomp", "ccomp", "attr"}
_MOST_ARCS = 5
_WORDS = grammar_words()
_ANSWERS, _ANSWERING = _WORDS["answers"], _WORDS["answering"]
_APART_PREPOSITIONS, _APART_CONJUNCTIONS = _WORDS["apart_prepositions"], _WORDS["apart_conjunctions"]
_ONE_HAPPENING, _AFTERWARDS = _WORDS["one_happening"], _WORDS["afterwards"]


def linked(tree: Tree, low: int, high: int, *, harmed: bool) -> bool:
    """Tell whether `low` hangs from `high` in a way that makes them one happening.

    `harmed`: `high` only says that somebody was killed or hurt, so that a clause with "after" tells how.
    """
    here = low
    for _ in range(_MOST_ARCS):
        token = tree[here]
        up = token.head
        if tree[low].dep == "relcl" and up != high and here == low and _so_far(tree, low):
            return False  # "the group, which HAS KILLED dozens": what was done before
        if here != low and tree[low].dep == "relcl" and token.is_verb:
            return False  # "a ceremony to honour the chief who WAS KILLED": another happening than at the ceremony
        if not harmed and token.dep == "advcl" and tree.has(here, "mark") and _afterwards(tree, here):
            return False  # "struck back AFTER a drone WOUNDED three": what was answered is another happening
        if up == here or token.dep not in _ARCS or (token.dep == "relcl" and here != low):
            return False
        if _parts(tree, here, high, harmed=harmed) or (here != low and token.lemma in _ANSWERS):
            return False  # "in RESPONSE to the attacks they fired": what was answered is another happening
        if up == high:
            return True
        if token.dep == "conj" and tree[up].is_noun and tree[low].is_noun:
            return False
        here = up
    return False


def _so_far(tree: Tree, verb: int) -> bool:
    return any(tree[a].lower in {"has", "have"} for a in tree.children(verb, "aux"))


def _parts(tree: Tree, here: int, high: int, *, harmed: bool) -> bool:
    """Tell whether the word at `here` sets what hangs from it apart: "after", "although", unlike "when"."""
    token = tree[here]
    if not harmed and token.lower in _ANSWERING and _did_something(tree, high):
        return True
    if token.dep == "prep":
        before = token.lower in _APART_PREPOSITIONS and (token.head != high or _did_before(tree, here))
        return token.lower == "before" or before
    if token.dep != "advcl" or _simultaneous(tree, here):
        return False
    return any(tree[m].lower in _APART_CONJUNCTIONS for m in tree.children(here, "mark", "prep"))


def _afterwards(tree: Tree, index: int) -> bool:
    return any(tree[m].lower in _AFTERWARDS for m in tree.children(index, "mark"))


def _did_something(tree: Tree, verb: int) -> bool:
    """ "SET FIRE to the depot after the killing of a guard": who did it did not do what it was done after."""
    done = tree[verb].is_verb and tree.children(verb, "nsubj") and tree.children(verb, "dobj")
    return bool(done) and not tree.has(verb, "auxpass")


def _did_before(tree: Tree, prep: int) -> bool:
    """ "burned houses AFTER CLASHING with rebels": what the same people did before; "died after being shot" is one."""
    deed = tree.child(prep, "pcomp")
    above = tree[tree[prep].head]
    if deed is None or tree[deed].tag != "VBG" or tree.has(deed, "auxpass") or not above.is_verb:
        return False
    return not tree.has(above.i, "auxpass", "nsubjpass") and above.tag != "VBN"


def _simultaneous(tree: Tree, index: int) -> bool:
    """ "died when gunmen attacked", "after a bomb exploded": the clause tells the cause, which is the same event."""
    return any(tree[m].lower in _ONE_HAPPENING for m in tree.children(index, "mark", "advmod"))
