"""Room 4, what is none of a happening: rights and powers, rehearsals, comparisons, and what is only talked over.

Door: `unreal(tree, hit, words)`. The lists stand in `lexicon/en/grammar.yml`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from reportedly.knowledge.apart import is_violent
from reportedly.knowledge.lexicon import NOUN
from reportedly.model.reading import TriggerHit
from reportedly.model.syntax import Tree

Words = Mapping[str, frozenset[str]]

_INSIDE = frozenset({"dobj", "pobj", "pcomp", "prep", "xcomp", "acl", "nsubjpass", "conj"})
_ABOUT = frozenset({"on", "about", "over"})
# What talks aim at; force that is talked over has been used.
_AIMED_AT = frozenset({"retreat", "aid", "cooperation", "agreement", "diplomacy"})


def unreal(tree: Tree, hit: TriggerHit, words: Words) -> str | None:
    """Return why the words tell of no happening, or None."""
    if _is_entitled(tree, hit.head, words["entitlements"]):
        return "a right or a power, no happening"
    rehearsed = not (words["mock"].isdisjoint(tree.forms) and words["rehearsing"].isdisjoint(tree.lemmas))
    if rehearsed and any(_is_rehearsed(tree, i, words) for i in hit.tokens):
        return "only rehearsed"
    if "like" in tree.forms and is_violent(hit.event_type) and _is_likened(tree, hit.head):
        return "only what something is likened to"
    if _is_topic(tree, hit, words["talks"]):
        return "only what is talked over"
    return None


def _is_entitled(tree: Tree, head: int, entitlements: Collection[str]) -> bool:
    """ "the RIGHT to fire on smugglers", "CAPABLE OF launching an attack"."""
    token = tree[head]
    if token.is_noun and token.dep == "dobj":
        token = tree[token.head]  # "the right to LAUNCH an ATTACK"
    if token.dep in {"acl", "relcl"} and tree[token.head].lemma in entitlements:
        return any(tree[a].tag == "TO" for a in tree.children(token.i, "aux"))
    over = tree[token.head]
    return token.dep == "pcomp" and over.lower == "of" and tree[over.head].lemma in entitlements


def _is_likened(tree: Tree, head: int) -> bool:
    """ "It WAS LIKE being shelled", "LOOKED LIKE a bombed city"."""
    for index in (head, *tree.ancestors(head)):
        token = tree[index]
        if token.lower == "like" and token.dep == "prep":
            return tree[token.head].lemma in _SEEMING
        if token.dep not in _LIKENED:
            return False
    return False


_SEEMING = frozenset({"be", "look", "sound", "feel", "seem"})
_LIKENED = frozenset({"pobj", "pcomp", "amod", "compound", "xcomp", "dobj", "ccomp", "conj", "prep", "nsubj"})


def _is_rehearsed(tree: Tree, head: int, words: Words) -> bool:
    """ "SIMULATED an attack on the port", "a MOCK raid", "PRACTISED repelling an invasion"."""
    held = (head, *tree.children(head, "dobj", "nsubjpass"))
    before = [c for i in held for c in tree.children(i, "amod", "compound")]
    if any(tree[c].lower in words["mock"] for c in before):
        return True
    return any(tree[i].lemma in words["rehearsing"] for i in _above(tree, head))


def _above(tree: Tree, head: int) -> Iterator[int]:
    """The words that a happening stands inside of, three at most."""
    here = head
    for _ in range(3):
        if tree[here].dep not in _INSIDE:
            return
        here = tree[here].head
        yield here


def _is_topic(tree: Tree, hit: TriggerHit, talks: Collection[str]) -> bool:
    """ "negotiations ON a PULLBACK", "DISCUSSED a prisoner swap": what is talked over has not come about."""
    if hit.pos != NOUN or is_violent(hit.event_type) or hit.event_type.split(".")[0] not in _AIMED_AT:
        return False
    token = tree[hit.head]
    over = tree[token.head]
    if token.dep == "pobj" and over.lower in _ABOUT:
        return tree[over.head].lemma in talks and over.head not in hit.tokens
    return token.dep == "dobj" and over.lemma in talks and over.i not in hit.tokens and over.is_verb
