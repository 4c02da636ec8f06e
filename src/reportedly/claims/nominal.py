"""Room 4, nominal events: the words from which the phrases of an event noun may hang.

Door: `anchors(tree, hit, words)`. "An EXCHANGE of fire BETWEEN ...", "a WAVE of bombings BY ...", "fighting BROKE OUT
BETWEEN ...", "clashes were REPORTED BETWEEN ...": the parties stand with the word that measures the event,
or with the verb by which it arises or is noticed.
"""

from __future__ import annotations

from collections.abc import Mapping

from reportedly.model.reading import TriggerHit
from reportedly.model.syntax import Tree

Words = Mapping[str, frozenset[str]]


def anchors(tree: Tree, hit: TriggerHit, words: Words) -> tuple[int, ...]:
    """Return the event noun, the noun above it that counts or phases it, and the verb by which it arises."""
    found = [hit.head]
    top = _top(tree, hit, words)
    if top != hit.head:
        found.append(top)
    verb = tree[tree[top].head]
    arises = tree[top].dep == "nsubj" and verb.lemma in words["arising_verbs"]
    noticed = tree[top].dep == "nsubjpass" and verb.lemma in words["noticing_verbs"]
    if (arises and not tree.has(verb.i, "dobj")) or noticed:
        found.append(verb.i)
    found += [c for c in tree.children(top, "relcl") if _arises_here(tree, c, words)]
    return tuple(found)


def _arises_here(tree: Tree, verb: int, words: Words) -> bool:
    """ "the fighting THAT FOLLOWED with both groups", "clashes which broke out between them": with no object."""
    subject = tree.child(verb, "nsubj")
    relative = subject is not None and tree[subject].tag in {"WDT", "WP"}
    return relative and tree[verb].lemma in words["arising_verbs"] and not tree.has(verb, "dobj")


def _top(tree: Tree, hit: TriggerHit, words: Words) -> int:
    """The highest noun of the phrase: "a SERIES of attacks", "an EXCHANGE of gunfire", "ONE of its worst attacks"."""
    here = hit.head
    for _ in range(3):
        prep = tree[here].head
        if tree[here].dep != "pobj" or tree[prep].lower != "of":
            return here
        up = tree[prep].head
        if tree[up].tag not in {"CD", "DT"} and not tree[up].is_noun:
            return here
        if tree[up].is_noun and up not in hit.tokens and tree[up].lemma not in words["event_measures"]:
            return here
        here = up
    return here
