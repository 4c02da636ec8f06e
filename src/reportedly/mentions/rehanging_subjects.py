"""Room 3, rehanging of subjects: who speaks or acts, where the parser took the name for an adverb or an object.

Doors: the rules of `rehanging.rehung` for them: `name_speaks`, `does_too`, `town_apart`, `tellers_apart`, `blamed_too`,
`after_length` and `after_part_of_day`.
"""

from __future__ import annotations

from reportedly.knowledge.grammar import grammar_words
from reportedly.model.syntax import SUBJECTS, Token, Tree

_SAYS = grammar_words()["misread_says"]


def name_speaks(tree: Tree, token: Token) -> Tree | None:
    """ "General Omar BAH, head of the brigade, ACCUSED the front", read as an adverb of the accusing."""
    if token.tag != "VBD" or tree.has(token.i, *SUBJECTS, "aux", "auxpass"):
        return None
    name = next((c for c in tree.children(token.i, "advmod", "npadvmod", "dep") if tree[c].is_proper), None)
    if name is None or name > token.i or tree.bounds(name)[0] or not tree.has(name, "appos"):
        return None
    return Tree([t if t.i != name else t._replace(dep="nsubj") for t in tree])


def does_too(tree: Tree, token: Token) -> Tree | None:
    """ "They seized a guard AND the ALLIANCE shot him", read as if they had seized the alliance too."""
    whom = tree[token.head]
    if token.dep != "cc" or whom.dep != "dobj" or not tree[whom.head].is_verb:
        return None
    who = next((c for c in tree.children(whom.i, "conj") if c > token.i), None)
    after = tree.bounds(who)[1] + 1 if who is not None else len(tree)
    if who is None or after >= len(tree) or tree[after].tag != "VBD" or tree[after].dep != "conj":
        return None
    if tree[after].head != whom.head or tree.has(after, "aux", "auxpass", *SUBJECTS) or not tree.has(after, "dobj"):
        return None
    tokens = list(tree)
    tokens[who] = tree[who]._replace(dep="nsubj", head=after)
    tokens[token.i] = token._replace(head=whom.head)
    return Tree(tokens)


def tellers_apart(tree: Tree, token: Token) -> Tree | None:
    """ "killing 30 soldiers, A SECURITY OFFICIAL AND A TEACHER said Monday", read as three kinds of dead."""
    last = tree[token.i - 1] if token.i else None
    if last is None or not last.is_noun or tree.has(token.i, *SUBJECTS) or not tree.has(token.i, "ccomp"):
        return None
    first = last
    while first.dep == "conj" and tree[tree.bounds(first.i)[0] - 1].text != ",":
        first = tree[first.head]
    if first.dep != "conj" or not tree[first.head].is_noun or tree.bounds(first.i)[1] != last.i:
        return None
    return Tree([t if t.i != first.i else t._replace(dep="nsubj", head=token.i) for t in tree])


def blamed_too(tree: Tree, token: Token) -> Tree | None:
    """ "Two died, the officer said, and BLAMED the front", read as blamed by those who died."""
    told = tree[token.head]
    said = next((s for s in tree.children(told.i, "parataxis", "ccomp") if told.i < s < token.i), None)
    said = told.head if said is None and told.dep == "ccomp" and told.i < told.head < token.i else said
    if token.dep != "conj" or said is None or tree.has(token.i, *SUBJECTS) or tree[said].lemma not in _SAYS:
        return None
    speaker = tree.child(said, "nsubj")
    if speaker is None or not told.i < speaker < said:
        return None
    return Tree([t if t.i != token.i else t._replace(head=said) for t in tree])


def called_it(tree: Tree, token: Token) -> Tree | None:
    """ "The colonel CALLED this a lie spread by rebels AND BLAMED the front", read as blamed by the lie."""
    told = next((c for c in tree.children(token.i, "ccomp") if c > token.i and tree[c].tag in {"VBD", "VBZ"}), None)
    what = tree.child(told, "nsubj") if told is not None else None
    if told is None or what is None or not tree.children(token.i, "dobj") or tree.children(told, "mark", "aux"):
        return None
    between = [tree[i].lower for i in range(what, told)]
    if not token.i < what < told or "and" not in between or not tree.children(what, "acl"):
        return None
    tokens = list(tree)
    tokens[what] = tree[what]._replace(dep="oprd", head=token.i)
    tokens[told] = tree[told]._replace(dep="conj")
    return Tree(tokens)


def town_apart(tree: Tree, token: Token) -> Tree | None:
    """ "In the town OF KIDAL GANGS SEIZED two trucks", read as a town of gangs of which nobody seized."""
    of = tree[token.i + 1] if token.i + 1 < len(tree) else None
    who = tree.child(of.i, "pobj") if of is not None and of.lower == "of" and of.head == token.i else None
    if who is None or token.dep != "pobj" or who + 1 >= len(tree) or tree[who].tag != "NNS":
        return None
    act, names = tree[who + 1], [c for c in tree.children(who, "compound") if tree[c].is_proper]
    if act.tag not in {"VBD", "VBP"} or tree.has(act.i, *SUBJECTS) or not tree.covers(act.i, token.i):
        return None
    if not names or names[0] != token.i + 2 or len(names) != who - token.i - 2:
        return None
    town, tokens = names[-1], list(tree)
    for name in names[:-1]:
        tokens[name] = tree[name]._replace(head=town)
    tokens[town] = tree[town]._replace(dep="pobj", head=token.i + 1)
    tokens[who] = tree[who]._replace(dep="nsubj", head=act.i)
    return Tree(tokens)


def after_length(tree: Tree, token: Token) -> Tree | None:
    """ "Two days EARLIER jihadists had killed three", read as jihadists of two days earlier."""
    who = tree[token.head]
    if token.dep not in {"amod", "advmod"} or who.dep not in SUBJECTS or not tree.has(token.i, "npadvmod"):
        return None
    if who.i != token.i + 1 or tree.bounds(who.i)[0] != tree.bounds(token.i)[0]:
        return None
    return Tree([t if t.i != token.i else token._replace(dep="advmod", head=who.head) for t in tree])


def after_part_of_day(tree: Tree, token: Token) -> Tree | None:
    """ "On Monday MORNING gunmen returned", read as gunmen of Monday morning."""
    who, on = tree[token.head], tree[tree.bounds(token.i)[0] - 1]
    if token.dep != "compound" or who.dep not in SUBJECTS or who.i != token.i + 1 or on.i > token.i:
        return None
    if on.dep != "prep" or tree.has(on.i, "pobj") or tree.bounds(who.i)[0] != on.i + 1:
        return None
    return Tree([t if t.i != token.i else token._replace(dep="pobj", head=on.i) for t in tree])
