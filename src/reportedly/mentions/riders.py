"""Room 3, riders: "gunmen ON A MOTORCYCLE SHOT DEAD two", which the parser takes for a motorcycle shot.

Doors: `shots(tree)` says which words to read as others in a second parse; `with_riders(tree)` gives the deed to those
who did it, where it was hung from what they came on.
"""

from __future__ import annotations

from reportedly.model.syntax import SUBJECTS, Token, Tree

_SHOT = "shot"
_KILLED, _AT_ONCE = "killed", "instantly"  # words that every parser reads as they stand
_DEED = frozenset({"VBD", "VBN"})
_LOOSE = frozenset({"ROOT", "dep"})  # what a subject is that was left without its verb


def shots(tree: Tree) -> dict[int, str]:
    """Return the starts of "shot" and "dead" where the deed was read as a thing, with what to read in their stead."""
    words: dict[int, str] = {}
    for token in tree if _SHOT in tree.forms else ():
        if token.lower != _SHOT or not 0 < token.i < len(tree) - 1 or not tree[token.i - 1].is_noun:
            continue
        after = tree[token.i + 1]
        as_thing = token.is_noun and (after.lower == "dead" or after.tag in {"DT", "CD"})
        if as_thing or _done_by_wheels(tree, token):
            words[token.start] = _KILLED
            words.update({after.start: _AT_ONCE} if after.lower == "dead" else {})
    return words


def with_riders(tree: Tree) -> Tree:
    """Return the tree in which "men on motorbikes KILLED nine" tells of men who did."""
    for token in tree:
        if not _done_by_wheels(tree, token):
            continue
        prep = tree[tree[token.head].head]
        who = tree[prep.head]
        if prep.dep != "prep" or who.dep not in _LOOSE or not who.is_noun or who.i > prep.i:
            continue
        tokens = list(tree)
        tokens[token.i] = token._replace(
            tag="VBD", dep="ROOT" if who.head == who.i else "ccomp", head=token.i if who.head == who.i else who.head
        )
        tokens[who.i] = who._replace(dep="nsubj", head=token.i)
        return Tree(tokens)
    return tree


def _done_by_wheels(tree: Tree, token: Token) -> bool:
    """Tell whether a verb with an object of its own was read as what was done to the thing before it."""
    if token.tag not in _DEED or token.dep != "acl" or token.head != token.i - 1 or not tree.children(token.i, "dobj"):
        return False
    return tree[token.head].dep in {"pobj", "nmod"} and not tree.children(token.i, "agent", "aux", "auxpass", *SUBJECTS)
