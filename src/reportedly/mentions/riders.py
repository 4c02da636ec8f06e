"""Room 3, riders: "gunmen ON A MOTORCYCLE SHOT DEAD two", which the parser takes for a motorcycle shot.

Doors: `shots(tree)` says which words to read as others in a second parse; `with_riders(tree, firing)` gives the deed
to those who did it, where it was hung from what they came on.
"""

from __future__ import annotations

from collections.abc import Collection

from reportedly.model.syntax import SUBJECTS, Token, Tree

_SHOT = "shot"
_KILLED, _AT_ONCE = "killed", "instantly"  # words that every parser reads as they stand
_SHOOTS = {_SHOT: _KILLED, "shoots": "kills", "shoot": "kill"}
_DEED = frozenset({"VBD", "VBN"})
_LOOSE = frozenset({"ROOT", "dep"})  # what a subject is that was left without its verb


def shots(tree: Tree) -> dict[int, str]:
    """Return the starts of "shot" and "dead" where the deed was read as a thing, with what to read in their stead."""
    words: dict[int, str] = {}
    for token in tree if not _SHOOTS.keys().isdisjoint(tree.forms) else ():
        if token.lower not in _SHOOTS or not 0 < token.i < len(tree) - 1 or not tree[token.i - 1].is_noun:
            continue
        after = tree[token.i + 1]
        as_thing = token.is_noun and (after.lower == "dead" or after.tag in {"DT", "CD"})
        if as_thing or _done_by_wheels(tree, token):
            words[token.start] = _SHOOTS[token.lower]
            words.update({after.start: _AT_ONCE} if after.lower == "dead" else {})
    return words


def with_riders(tree: Tree, firing: Collection[str]) -> Tree:
    """Return the tree in which "men on motorbikes KILLED nine" tells of men who did, and "the men SHOT sporadically"
    (`firing`) of men who were not shot."""
    for token in tree if "acl" in tree.arcs else ():
        if token.lower == _SHOT and token.tag in _DEED and _at_nobody(tree, token, firing):
            return _doing(tree, token)
        if token.tag in _DEED and token.dep == "acl" and (pair := _victim(tree, token)) is not None:
            return _told_of(tree, tree[pair[0]], token, tree[pair[1]])
        if not _done_by_wheels(tree, token):
            continue
        prep = tree[tree[token.head].head]
        who = tree[prep.head]
        if prep.dep == "prep" and who.dep in SUBJECTS and (other := _next_of_them(tree, who, token)) is not None:
            return _in_a_row(tree, who, token, tree[other])
        if prep.dep != "prep" or who.dep not in _LOOSE or not who.is_noun or who.i > prep.i:
            continue
        tokens = list(tree)
        tokens[token.i] = token._replace(
            tag="VBD", dep="ROOT" if who.head == who.i else "ccomp", head=token.i if who.head == who.i else who.head
        )
        tokens[who.i] = who._replace(dep="nsubj", head=token.i)
        return Tree(tokens)
    return tree


def _next_of_them(tree: Tree, who: Token, deed: Token) -> int | None:
    """The "third" of "Men on a motorcycle KILLED a clerk, the THIRD TO BE killed", read as what befell the men too."""
    later = who.head
    if later < deed.i or not any(tree[c].tag == "TO" for c in tree.children(later, "aux")):
        return None
    return next((c for c in tree.children(later, *SUBJECTS) if c > deed.i), None)


def _in_a_row(tree: Tree, who: Token, deed: Token, other: Token) -> Tree:
    """The tree in which somebody did it to a victim, who is the next of those to whom it was done."""
    tokens, later, victim = list(tree), tree[who.head], tree.children(deed.i, "dobj")[0]
    top = deed.i if later.head == later.i else later.head
    for child in tree.children(later.i):
        tokens[child] = tokens[child]._replace(head=deed.i) if child < other.i else tokens[child]
    tokens[deed.i] = deed._replace(tag="VBD", dep=later.dep, head=top)
    tokens[who.i] = who._replace(dep="nsubj", head=deed.i)
    tokens[other.i] = other._replace(dep="appos", head=victim)
    tokens[later.i] = later._replace(dep="relcl", head=other.i)
    return Tree(tokens)


def _at_nobody(tree: Tree, shot: Token, firing: Collection[str]) -> bool:
    """Tell whether somebody "SHOT sporadically"."""
    after = tree[shot.i + 1].lower if shot.i + 1 < len(tree) else ""
    loose = tree[shot.head].dep in _LOOSE | {"dobj"}  # "residents SAID the men shot ..."
    return after in firing and shot.dep == "acl" and loose and not tree.has(shot.i, "aux", "auxpass")


def _doing(tree: Tree, shot: Token) -> Tree:
    """The tree in which those who were read as shot shoot."""
    tokens, who = list(tree), tree[shot.head]
    dep = "ccomp" if who.dep == "dobj" else who.dep
    tokens[shot.i] = shot._replace(tag="VBD", dep=dep, head=shot.i if who.head == who.i else who.head)
    tokens[who.i] = who._replace(dep="nsubj", head=shot.i)
    return Tree(tokens)


def _victim(tree: Tree, deed: Token) -> tuple[int, int] | None:
    """Who did it to whom in "gunmen on motorcycle KILLED a teacher", read as killed gunmen, or a killed motorcycle, and
    another name for the gunmen."""
    wheels = tree[deed.i - 1]
    who = tree[tree[wheels.head].head]
    if wheels.dep != "pobj" or deed.head not in {wheels.i, who.i} or who.dep not in _LOOSE or who.tag != "NNS":
        return None
    if who.i > wheels.i or tree.has(deed.i, "agent", "aux", "auxpass", "dobj", *SUBJECTS):
        return None
    after = (c for c in tree.children(who.i, "appos") if c > deed.i)
    whom = next((c for c in after if all(t.text != "," for t in tree.tokens[deed.i : c])), None)
    return (who.i, whom) if whom is not None else None


def _told_of(tree: Tree, who: Token, deed: Token, victim: Token) -> Tree:
    """The tree in which somebody did to a victim what was read as done to him."""
    tokens = list(tree)
    top = deed.i if who.head == who.i else who.head
    tokens[deed.i] = deed._replace(tag="VBD", dep=who.dep, head=top)
    tokens[who.i] = who._replace(dep="nsubj", head=deed.i)
    tokens[victim.i] = victim._replace(dep="dobj", head=deed.i)
    return Tree(tokens)


def _done_by_wheels(tree: Tree, token: Token) -> bool:
    """Tell whether a verb with an object of its own was read as what was done to the thing before it."""
    if token.tag not in _DEED or token.dep != "acl" or token.head != token.i - 1 or not tree.has(token.i, "dobj"):
        return False
    return tree[token.head].dep in {"pobj", "nmod"} and not tree.has(token.i, "agent", "aux", "auxpass", *SUBJECTS)
