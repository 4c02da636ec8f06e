"""Room 3, given names: what a text calls a group that nobody knows yet.

Door: `given_name(tree, index, text, lexicon)`: "a group calling itself the Sons of the River", "a militia known as X",
"a commando unit, the Y Brigade". The name is kept as the text has it; who bears it stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable

from reportedly.knowledge.lexicon import Lexicon
from reportedly.model.syntax import Tree

_QUOTES = frozenset({"``", "''"})
_ENDS = frozenset({",", ":", "-LRB-", "-RRB-", ".", "HYPH"})
_LONGEST = 10  # words of a name
_PLACING = frozenset({"in", "near", "at", "outside", "around"})


def given_name(tree: Tree, index: int, text: str, lexicon: Lexicon) -> str | None:
    """Return the name that the words around the head of a group noun give to it; None where they give none."""
    words = lexicon.actor_words["named_groups"]
    if tree[index].lemma not in words and tree[index].lower not in words:
        return _of_members(tree, index, text, lexicon)
    if (quoted := _quoted_before(tree, index, text)) is not None:
        return quoted
    for clause in tree.children(index, "acl", "relcl"):
        if tree[clause].lemma in lexicon.actor_words["naming"] and clause > index:
            return _name(tree, range(clause + 1, _proper_end(tree, tree.bounds(clause)[1]) + 1), text, lexicon)
    for other in tree.children(index, "appos"):
        if other > index and (tree[other].is_proper or _quoted(tree, other)):
            return _name(tree, range(tree.bounds(other)[0], tree.bounds(other)[1] + 1), text, lexicon)
    return None


def _proper_end(tree: Tree, last: int) -> int:
    """Where a name ends that the parser cut off: "calling ITSELF | Ansar al-Haq said"."""
    while last + 1 < len(tree) and (tree[last + 1].is_proper or tree[last + 1].text in {"-", "al"}):
        last += 1
    return last


def _quoted_before(tree: Tree, index: int, text: str) -> str | None:
    """ "a self-styled "FRONT FOR DIGNITY" group"."""
    if index < 3 or tree[index - 1].tag not in _QUOTES:
        return None
    first = next((i for i in range(index - 2, max(-1, index - 2 - _LONGEST), -1) if tree[i].tag in _QUOTES), None)
    if first is None or not all(
        t.text[:1].isupper() or t.tag in {"IN", "DT", "CC"} for t in tree[first + 1 : index - 1]
    ):
        return None
    return " ".join(text[tree[first].end : tree[index - 1].start].split()) or None


def _of_members(tree: Tree, index: int, text: str, lexicon: Lexicon) -> str | None:
    """ "members of a gang called the Owls": the name of what they are members of."""
    if tree[index].lemma != "member" and tree[index].lemma not in lexicon.actor_words["members_of"]:
        return None
    for prep in tree.children(index, "prep"):
        for inner in tree.children(prep, "pobj"):
            if tree[prep].lower == "of" and tree[inner].lemma in lexicon.actor_words["named_groups"]:
                return given_name(tree, inner, text, lexicon)
    return None


def _quoted(tree: Tree, index: int) -> bool:
    """Tell whether a phrase opens with a quotation mark, after an article at most."""
    first = tree.bounds(index)[0]
    return any(tree[i].tag in _QUOTES for i in range(first, min(first + 2, index + 1)))


def _name(tree: Tree, indices: Iterable[int], text: str, lexicon: Lexicon) -> str | None:
    """The words of a name: up to the closing quotation mark, a comma or a bracket, or to where its bearers are;
    articles before it left out."""
    first = last = None
    for i in indices:
        token = tree[i]
        if token.tag in _QUOTES or (token.tag in _ENDS and token.text not in {"-"}):
            if first is not None:
                break
        elif first is not None or token.lower not in {"the", "itself", "themselves", "himself", "as"}:
            if first is not None and (token.is_verb or _says_where(tree, first, i, lexicon)):
                break
            first, last = (i if first is None else first), i
    if first is None or last is None or last - first >= _LONGEST or not _capital(tree, first, last):
        return None
    return " ".join(text[tree[first].start : tree[last].end].split())


def _says_where(tree: Tree, first: int, index: int, lexicon: Lexicon) -> bool:
    """ "a gang known as the Herons IN Cali"; not the Front for Peace IN the Congo, nor words in quotation marks."""
    here = tree[index].lower
    if here not in _PLACING or (first and tree[first - 1].tag in _QUOTES):
        return False
    bodies = lexicon.actor_words["name_bodies"] | lexicon.actor_words["named_groups"]
    return here != "in" or not any(tree[i].lower in bodies or tree[i].lower == "state" for i in range(first, index))


def _capital(tree: Tree, first: int, last: int) -> bool:
    """Tell whether the words are written as a name, or stand in quotation marks."""
    before = tree[first - 1] if first else None
    return tree[first].text[:1].isupper() or (before is not None and before.tag in _QUOTES)
