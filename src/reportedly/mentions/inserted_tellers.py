"""Room 3, inserted tellers: "..., killing five people, A POLICE SPOKESMAN, OMAR SAID, TOLD reporters", which the parser
takes for people who told.

Door: `with_teller(tree, harms, tells)` gives those harmed to the verb of harm, and the telling to who stands behind.
"""

from __future__ import annotations

from collections.abc import Collection

from reportedly.model.syntax import Token, Tree


def with_teller(tree: Tree, harms: Collection[str], tells: Collection[str]) -> Tree:
    """Return the tree with the object of a participle of harm, where it was read as who tells after it."""
    if "appos" not in tree.arcs:
        return tree
    for verb in tree:
        if verb.lemma not in tells or verb.tag not in {"VBD", "VBZ"}:
            continue
        harmed = tree.child(verb.i, "nsubj")
        teller = next((a for a in tree.children(harmed, "appos") if a > harmed), None) if harmed is not None else None
        if harmed is None or teller is None or not harmed < teller < verb.i or not _is_phrase(tree, teller):
            continue
        harm = _before(tree, harmed, harms)
        if harm is not None:
            tokens = list(tree)
            tokens[harmed] = tree[harmed]._replace(head=harm.i, dep="dobj")
            tokens[teller] = tree[teller]._replace(head=verb.i, dep="nsubj")
            return Tree(tokens)
    return tree


def _is_phrase(tree: Tree, teller: int) -> bool:
    """A description of a person stands behind a comma: ", A POLICE SPOKESMAN"."""
    first = tree.bounds(teller)[0]
    return tree[first - 1].text == "," and tree[first].tag == "DT" and tree[teller].is_noun


def _before(tree: Tree, harmed: int, harms: Collection[str]) -> Token | None:
    """The participle of harm right before a phrase, where it has no object of its own."""
    verb = tree[tree.bounds(harmed)[0] - 1]
    return verb if verb.tag == "VBG" and verb.lemma in harms and not tree.has(verb.i, "dobj") else None
