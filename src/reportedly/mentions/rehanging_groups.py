"""Room 3, rehanging in groups of people: of whom a clause with "who" speaks, and whose "fighters OF X" somebody's are.

Doors: the rules of `rehanging.rehung` for them: `who_agrees` and `of_the_last`.
"""

from __future__ import annotations

from reportedly.model.syntax import Token, Tree

_MANY, _ONE = frozenset({"were", "are", "have"}), frozenset({"was", "is", "has"})
_PLURAL, _SINGULAR = frozenset({"NNS", "NNPS"}), frozenset({"NN", "NNP"})
_OWN = frozenset({"of", "from", "with"})


def who_agrees(tree: Tree, token: Token) -> Tree | None:
    """ "two workers of an agency WHO were abducted", read as an agency that was."""
    clause = tree[token.head]
    near = tree[clause.head]
    prep = tree[near.head]
    group = tree[prep.head]
    if clause.dep != "relcl" or near.dep != "pobj" or prep.lower not in _OWN or group.dep == "pobj":
        return None
    forms = {tree[c].lower for c in tree.children(clause.i, "aux", "auxpass")} | {clause.lower}
    many = near.tag in _SINGULAR and group.tag in _PLURAL and not forms.isdisjoint(_MANY)
    one = near.tag in _PLURAL and group.tag in _SINGULAR and not forms.isdisjoint(_ONE)
    return _hung(tree, clause, group) if many or one else None


def of_the_last(tree: Tree, token: Token) -> Tree | None:
    """ "HIS unit and fighters of X took a post", read as a unit of X."""
    first = tree[token.head]
    last = next((c for c in tree.children(first.i, "conj") if tree[c].tag == "NNS"), None)
    of = next((p for p in tree.children(first.i, "prep") if tree[p].lower == "of"), None)
    if token.dep != "poss" or last is None or of != last + 1 or tree.children(last, "poss", "det"):
        return None
    return _hung(tree, tree[of], tree[last])


def _hung(tree: Tree, word: Token, head: Token) -> Tree:
    tokens = list(tree)
    tokens[word.i] = word._replace(head=head.i)
    return Tree(tokens)
