"""Room 4, belonging: who else stands behind those that an event word names, by what the words around them say.

Doors: `taken_for(tree, index, words)`: "men THOUGHT TO BE fighters of X", "men who IDENTIFIED THEMSELVES AS members of
X"; and `captors(tree, verb, actors, words)`: "X RELEASED three engineers who had been kidnapped": who lets captives go,
and is no army, took them. The words stand in `grammar.yml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportedly.claims.clause import RELATIVE, agents, is_passive, subject
from reportedly.model import GROUP_KINDS, ActorRef, Stance
from reportedly.model.syntax import Tree

Words = Mapping[str, frozenset[str]]
_LINKING = frozenset({"be", "belong", "come", "hail"})


def taken_for(tree: Tree, index: int, words: Words) -> Iterator[tuple[int, Stance]]:
    """The phrases that say to whom somebody belongs, with the stance that the words give."""
    for verb in _sayings(tree, index, words):
        lemma = tree[verb].lemma
        if _supposed(tree, verb):
            yield from ((found, "suspected") for found in tree.children(verb, "attr"))
        elif lemma in words["supposing_verbs"]:
            yield from ((found, "suspected") for found in _named_in(tree, verb))
        elif lemma in words["naming_verbs"]:
            yield from ((found, "asserted") for found in _named_in(tree, verb))
        elif lemma in words["serving_verbs"]:
            yield from ((found, "asserted") for found in _served(tree, verb))


def _served(tree: Tree, verb: int) -> Iterator[int]:
    """ "assassins PAID BY the cartel", "men WORKING FOR the cartel"."""
    yield from agents(tree, verb)
    for prep in tree.children(verb, "prep") if tree[verb].tag == "VBG" else ():
        if tree[prep].lower == "for":
            yield from tree.children(prep, "pobj")


def _supposed(tree: Tree, verb: int) -> bool:
    """Tell whether a clause is "PRESUMED TO BE ...", which the mending reads as "WHO WERE LIKELY ..."."""
    return any(tree[s].tag == "WP" and tree[s].lower not in RELATIVE for s in tree.children(verb, "nsubj"))


def _sayings(tree: Tree, index: int, words: Words) -> Iterator[int]:
    """Verbs that say what a noun is: "men THOUGHT to be", "men who CLAIMED to be", "who IDENTIFIED themselves as"."""
    yield from tree.children(index, "acl")
    yield from tree.children(index, "relcl")
    over = tree[tree[index].head]
    if tree[index].dep != "nsubj":
        return
    read_as_main = over.i == index + 1 and over.lemma in words["supposing_verbs"] and not tree.has(over.i, "aux")
    if over.lemma == "identify" or (read_as_main and tree.has(over.i, "conj")):
        yield over.i  # "guerrillas PRESUMED to be members of X blew up": the participle read as the verb


def _named_in(tree: Tree, verb: int) -> Iterator[int]:
    """What follows "as", "of belonging to", "to be" or "to come from" behind such a verb, however it was parsed."""
    for prep in tree.children(verb, "prep"):
        if tree[prep].lower == "as":
            yield from tree.children(prep, "pobj")
        for inner in tree.children(prep, "pcomp"):
            yield from _linked(tree, inner)
    for inner in tree.children(verb, "xcomp", "ccomp"):
        yield from _linked(tree, inner)


def _linked(tree: Tree, verb: int) -> Iterator[int]:
    names = any(tree[a].lower == "be" and tree[verb].tag == "VBG" for a in tree.children(verb, "aux"))
    if names:  # "to be Shining Path militants", read as a verb with an object
        yield from tree.children(verb, "dobj")
    elif tree[verb].lemma in _LINKING:
        yield from tree.children(verb, "attr")
        for prep in tree.children(verb, "prep"):
            if tree[prep].lower in {"to", "from"}:
                yield from tree.children(prep, "pobj")


def captors(tree: Tree, verb: int, actors: Mapping[int, ActorRef], words: Words) -> list[int]:
    """Who holds or frees those who were taken, where a clause on them does not say by whom."""
    if tree[verb].dep not in {"relcl", "acl"} or not is_passive(tree, verb) or agents(tree, verb):
        return []
    taken = tree[verb].head
    if tree[verb].dep == "relcl" and not any(tree[s].lower in RELATIVE for s in tree.children(verb, "nsubjpass")):
        return []
    if tree[taken].dep == "pobj" and tree[tree[taken].head].lower == "of":
        taken = tree[tree[taken].head].head  # "ONE of two engineers who were kidnapped"
    keeping = tree[tree[taken].head]
    if keeping.lemma not in words["keeping_verbs"]:
        return []
    if tree[taken].dep == "nsubjpass":
        found = agents(tree, keeping.i)
    else:
        keeper = subject(tree, keeping.i) if tree[taken].dep == "dobj" else None
        found = [keeper] if keeper is not None else []
    return [i for i in found if i in actors and actors[i].kind in GROUP_KINDS]
