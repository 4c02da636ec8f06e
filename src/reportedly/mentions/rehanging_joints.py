"""Room 3, rehanging where words join: what is joined to an object, what a count counts, when something was.

Doors: the rules of `rehanging.rehung` for them: `joined_object`, `when_it_was` and `out_of`.
"""

from __future__ import annotations

from reportedly.model.syntax import SUBJECTS, Token, Tree


def joined_object(tree: Tree, token: Token) -> Tree | None:
    """ "killed a couple AND their three children", "between rebels, AND the army": read as joined to the verb."""
    verb = tree[token.head]
    other = next((c for c in tree.children(verb.i, "conj") if c > token.i), None) if verb.is_verb else None
    if token.dep != "cc" or other is None or not tree[other].is_noun or tree.bounds(other)[0] != token.i + 1:
        return None
    if tree.children(other, *SUBJECTS, "aux", "cop"):
        return None
    sides = [p for c in tree.children(verb.i, "prep") if tree[c].lower == "between" for p in tree.children(c, "pobj")]
    first = next((o for o in (*tree.children(verb.i, "dobj"), *sides) if verb.i < o < token.i), None)
    if first is None or tree[first].tag == "PRP" or verb.lemma == "leave":  # "LEFT 12 dead and 14 wounded"
        return None
    tokens = list(tree)
    tokens[token.i] = token._replace(head=first)
    tokens[other] = tree[other]._replace(head=first)
    return Tree(tokens)


def when_it_was(tree: Tree, token: Token) -> Tree | None:
    """ "33 were wounded, including children, WHEN a missile hit a house", read as children when it hit."""
    clause = tree[token.head]
    noun = tree[clause.head]
    if token.dep != "advmod" or clause.dep != "relcl" or noun.tag != "NNS" or tree[token.i - 1].text != ",":
        return None
    if tree[noun.head].lower not in {"including", "among"}:
        return None
    verb = next((a for a in tree.ancestors(noun.i) if tree[a].is_verb and tree[a].lower != "including"), None)
    return None if verb is None else _with(tree, clause._replace(dep="advcl", head=verb))


def out_of(tree: Tree, token: Token) -> Tree | None:
    """ "shot down 61 OUT OF 87 drones", read as down by 61."""
    count = tree[token.i - 1] if token.i else token
    if count.tag != "CD" or count.dep != "npadvmod" or tree[min(token.i + 1, len(tree) - 1)].lower != "of":
        return None
    verb = tree[count.head] if tree[count.head].is_verb else tree[tree[count.head].head]
    if not verb.is_verb or verb.i > count.i or tree.children(verb.i, "dobj", "auxpass"):
        return None
    return _with(tree, count._replace(dep="dobj", head=verb.i))


def _with(tree: Tree, changed: Token) -> Tree:
    tokens = list(tree)
    tokens[changed.i] = changed
    return Tree(tokens)
