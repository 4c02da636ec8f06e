"""Room 4, slots of relations: where the two actors of a tie stand around the word that ties them.

Doors: `verb_slot`, `noun_slot`, `sides_of`, `members`. Pure syntax over one tree; says which tokens, not which actors.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from reportedly.model.syntax import SUBJECTS, Tree

_RELATIVE = frozenset({"WDT", "WP", "WP$"})
_TIED_BY = frozenset({"between", "among", "amongst"})
_NAMES_OF = frozenset({"compound", "nmod", "amod", "poss"})
_SCENE = frozenset({"in", "during", "after", "at", "amid", "since", "from", "throughout"})


def verb_slot(tree: Tree, verb: int, slots: Collection[str]) -> list[int]:
    """Return the tokens that fill the first of the slots that is filled."""
    for slot in slots:
        found = _verb_slot(tree, verb, slot)
        if found:
            return found
    return []


def _verb_slot(tree: Tree, verb: int, slot: str) -> list[int]:
    if slot == "agent":
        return _agent(tree, verb)
    if slot == "patient":
        return _patient(tree, verb)
    if slot == "named":
        return _named(tree, verb)
    if slot == "dative":
        return _dative(tree, verb)
    return preps(tree, verb, slot)


def preps(tree: Tree, head: int, word: str) -> list[int]:
    """Objects of a preposition below a word, or below its object, complement or first coordinate."""
    below = [head, *tree.children(head, "dobj", "acomp", "attr", "oprd", "prt")]
    for at in below:
        for prep in tree.children(at, "prep", "dative", "agent", "advmod"):
            if tree[prep].lower == word and (found := tree.children(prep, "pobj")):
                return found
    return []


def _agent(tree: Tree, verb: int) -> list[int]:
    if passive(tree, verb):
        return [
            o
            for by in tree.children(verb, "agent", "prep")
            if tree[by].lower == "by"
            for o in tree.children(by, "pobj")
        ]
    return subject(tree, verb)


def _patient(tree: Tree, verb: int) -> list[int]:
    if passive(tree, verb):
        return subject(tree, verb)
    objects = [o for o in tree.children(verb, "dobj") if tree[o].tag not in _RELATIVE]
    return [o for o in objects if not _reflexive(tree, o)] if objects else _gap(tree, verb)


def _reflexive(tree: Tree, index: int) -> bool:
    return tree[index].lower.endswith(("self", "selves"))


def _gap(tree: Tree, verb: int) -> list[int]:
    """The object of a relative clause is the noun it describes: "the group that Iran backs"."""
    if (
        tree[verb].dep == "relcl"
        and tree.child(verb, "nsubj") is not None
        and (who := tree.child(verb, "nsubj")) is not None
    ):
        return [] if tree[who].tag in _RELATIVE else [tree[verb].head]
    return []


def _named(tree: Tree, verb: int) -> list[int]:
    """The name after "renamed itself", "became known as", "called"."""
    found = tree.children(verb, "oprd", "attr")
    objects = [o for o in tree.children(verb, "dobj") if not _reflexive(tree, o)]
    return found or (objects if len(tree.children(verb, "dobj")) > 1 or passive(tree, verb) else [])


def _dative(tree: Tree, verb: int) -> list[int]:
    """Who is given something: "sent X weapons", "sent weapons to X"."""
    found: list[int] = []
    for index in tree.children(verb, "dative"):
        found += tree.children(index, "pobj") if tree[index].tag in {"IN", "TO"} else [index]
    return found or _first_object(tree, verb)


def _first_object(tree: Tree, verb: int) -> list[int]:
    objects = tree.children(verb, "dobj")
    return objects[:1] if len(objects) > 1 else []


def passive(tree: Tree, verb: int) -> bool:
    """Tell whether a verb form is passive, a bare participle beside its noun included."""
    token = tree[verb]
    if tree.has(verb, "nsubjpass", "auxpass"):
        return True
    if token.tag not in {"VBN", "VBD"} or tree.has(verb, "aux"):
        return False
    return token.dep in {"acl", "amod"} or (token.dep in {"relcl", "advcl"} and not tree.has(verb, *SUBJECTS))


def subject(tree: Tree, verb: int, depth: int = 0) -> list[int]:
    """The subject of a verb; of a clause that describes a noun that noun, of a governed verb its governor's."""
    own = tree.children(verb, "nsubj", "nsubjpass")
    if own:
        return [tree[verb].head if tree[o].tag in _RELATIVE and tree[verb].dep in {"relcl", "acl"} else o for o in own]
    token = tree[verb]
    if depth > 4 or token.head == verb:
        return []
    if token.dep in {"acl", "relcl", "amod"} and tree[token.head].is_noun:
        return [token.head]
    if token.dep == "pcomp" and tree[token.head].lower in {"of", "for"} and (blamed := _blamed(tree, token.head)):
        return blamed
    if token.dep in {"conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "aux"}:
        return subject(tree, token.head, depth + 1)
    return []


def _blamed(tree: Tree, prep: int) -> list[int]:
    """Who is said to do what follows: "accused X of arming"."""
    verb = tree[prep].head
    return tree.children(verb, "nsubjpass") or tree.children(verb, "dobj") if tree[verb].is_verb else []


# ------------------------------------------------------------------------------------------- nouns


def noun_slot(tree: Tree, noun: int, slots: Collection[str], light: Collection[str]) -> list[int]:
    """Return the tokens that fill the first of the slots of a noun that is filled."""
    for slot in slots:
        found = _noun_slot(tree, noun, slot, light)
        if found:
            return found
    return []


def _noun_slot(tree: Tree, noun: int, slot: str, light: Collection[str]) -> list[int]:
    if slot == "holder":
        first = tree.first_conjunct(noun)
        return _holder(tree, noun if tree[first].is_proper else first)  # "X and a FACTION of Y": X is no faction
    if slot == "of":
        return _whole(tree, noun)
    if slot == "owner":
        return _owner(tree, noun, light)
    if slot == "self":
        return [noun]
    return preps(tree, noun, slot) or _state_of(tree, noun, slot)


def _state_of(tree: Tree, noun: int, slot: str) -> list[int]:
    """ "is at war with X": the preposition may hang from the verb."""
    prep = tree[noun].head
    if tree[noun].dep == "pobj" and tree[prep].lower == "at" and tree[tree[prep].head].lemma in {"be", "remain"}:
        return preps(tree, tree[prep].head, slot)
    return []


def _holder(tree: Tree, noun: int) -> list[int]:
    """Who the noun speaks of: "X, the founder of", "the founder, X,", "founder X", "X is the founder"."""
    token = tree[noun]
    if token.dep == "appos":
        return [token.head]
    named = [c for c in tree.children(noun, "appos") if tree[c].is_proper]
    if named:
        return named[:1]
    if token.dep in {"compound", "nmod"} and tree[token.head].is_proper and token.head > noun:
        return [token.head]
    if token.is_noun and (
        before := [c for c in tree.children(noun, "appos", "nmod") if tree[c].is_proper and c > noun]
    ):
        return before[:1]
    if token.dep in {"attr", "oprd"}:
        return subject(tree, token.head)
    whole = preps_of(tree, noun)
    if whole and (
        names := [c for c in tree.children(whole[0], "appos") if tree[c].is_proper and tree[c - 1].tag != "-LRB-"]
    ):
        return names[:1] if "-LRB-" not in {tree[i].tag for i in range(whole[0], names[0])} else []
    if token.dep == "pobj" and tree[token.head].lower == "as":
        return subject(tree, tree[token.head].head)
    return []


def _whole(tree: Tree, noun: int) -> list[int]:
    """What the noun belongs to: "leader of X", "X's leader", "X leader"."""
    for at in dict.fromkeys((noun, *reversed(tree.conjuncts(noun)), tree.first_conjunct(noun))):
        if found := preps_of(tree, at):
            return found
    if owner := _possessors(tree, noun):
        return owner[-1:]
    before = tree.children(noun, "compound", "nmod", "amod")
    return [b for b in before if tree[b].is_proper][-1:] or _beside(tree, noun)


def _possessors(tree: Tree, noun: int) -> list[int]:
    """Who stands in the possessive; for "whose" the noun that the clause describes."""
    found: list[int] = []
    for index in tree.children(noun, "poss"):
        if tree[index].tag == "WP$":
            found += [tree[a].head for a in tree.ancestors(noun) if tree[a].dep == "relcl"][:1]
        elif tree[index].tag != "PRP$":
            found.append(index)
    return found


def preps_of(tree: Tree, noun: int) -> list[int]:
    """The object of "of" directly below a noun."""
    return [o for p in tree.children(noun, "prep") if tree[p].lower in {"of", "for"} for o in tree.children(p, "pobj")][
        :1
    ]


def _beside(tree: Tree, noun: int) -> list[int]:
    """A name directly before the noun, where both describe a name after it."""
    before = noun - 1
    if before >= 0 and tree[before].is_proper and tree[before].dep in _NAMES_OF and tree[before].head >= noun:
        return [before]
    return []


def _owner(tree: Tree, noun: int, light: Collection[str]) -> list[int]:
    """Who has the noun: possessive, subject of a verb that only carries it, noun before "with", side of a scene."""
    if owner := _possessors(tree, noun):
        return owner
    token = tree[noun]
    up = tree[token.head]
    if token.dep in {"dobj", "attr", "conj", "nsubjpass"} and up.lemma in light and up.is_verb:
        return [s for s in (_agent(tree, up.i) if token.dep == "nsubjpass" else subject(tree, up.i)) if s != noun]
    if token.dep != "pobj":
        return []
    above = up.head
    if up.lower == "with" and tree[above].is_noun:
        return [above]
    if up.lower in _SCENE and (tree[above].is_verb or tree[above].tag == "MD"):
        return [s for s in subject(tree, above) if s != noun]
    return [above] if up.lower == "at" and tree[above].is_noun else []


def sides_of(tree: Tree, noun: int) -> tuple[int | None, list[int]]:
    """The word that lists the sides ("between", "involving") and their head tokens; (None, []) without one."""
    for prep in tree.children(noun, "prep", "acl"):
        if tree[prep].lower in _TIED_BY and (found := tree.children(prep, "pobj")):
            return prep, [m for f in found for m in members(tree, f)]
        if tree[prep].lemma == "involve" and (found := tree.children(prep, "dobj", "pobj")):
            return prep, [m for f in found for m in members(tree, f)]
        if tree[prep].lemma in {"pit", "oppose"} and (found := tree.children(prep, "dobj")):
            rest = preps(tree, prep, "against")
            return prep, [m for f in (*found, *rest) for m in members(tree, f)]
    return None, []


def members(tree: Tree, head: int) -> list[int]:
    """The noun phrase and those coordinated with it, those that the parse hangs below a bracket included."""
    found = [head]
    for index in tree.conjuncts(head):
        if index != head and tree[index].tag not in {"VB", "VBD", "VBZ", "VBP"}:
            found.append(index)
    for index in list(found):
        found += list(_after_bracket(tree, index))
    return sorted(set(found))


def _after_bracket(tree: Tree, head: int) -> Iterator[int]:
    """Coordinates of a bracketed name that stand outside the bracket belong to the phrase before it."""
    for name in tree.children(head, "appos"):
        if name < 1 or "-LRB-" not in {tree[i].tag for i in range(head + 1, name)}:
            continue
        for other in tree.conjuncts(name):
            if other != name and "-RRB-" in {tree[i].tag for i in range(name, other)}:
                yield from members(tree, other)


def inside_bracket(tree: Tree, name: int) -> Iterable[int]:
    """A name and its other forms within the same bracket: "(Full Name, or FN)"."""
    for other in tree.conjuncts(name):
        if "-RRB-" not in {tree[i].tag for i in range(name, other)}:
            yield other
