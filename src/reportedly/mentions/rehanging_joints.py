"""Room 3, rehanging where words join: what is joined to an object, what a count counts, when something was.

Doors: the rules of `rehanging.rehung` for them: `joined_object`, `when_it_was`, `out_of`, `done_to_them`,
`taken_from`, `some_of_them` and `aged`.
"""

from __future__ import annotations

from reportedly.knowledge.grammar import grammar_words, number_words
from reportedly.knowledge.place_words import load_place_words
from reportedly.model.syntax import SUBJECTS, Token, Tree

_TAKING = grammar_words()["taking_verbs"]
_SPOTS = load_place_words().generic
_YEARS = frozenset({"year", "years"})
_SMALL, _GROWN = 12, 18
_AGES = frozenset({*_YEARS, "month", "months", "week", "weeks", "day", "days"})
_MEMBERS = frozenset(
    {"nsubj", "nsubjpass", "dobj", "iobj", "pobj", "conj", "appos", "attr", "dep", "ROOT", "oprd", "acomp"}
)
_LOOSE = frozenset({"oprd", "acomp"})


def joined_object(tree: Tree, token: Token) -> Tree | None:
    """ "killed a couple AND their three children", "between rebels, AND the army": read as joined to the verb."""
    verb = tree[token.head]
    other = next((c for c in tree.children(verb.i, "conj") if c > token.i), None) if verb.is_verb else None
    if token.dep != "cc" or other is None or not tree[other].is_noun or tree.bounds(other)[0] != token.i + 1:
        return None
    if tree.has(other, *SUBJECTS, "aux", "cop"):
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
    if not verb.is_verb or verb.i > count.i or tree.has(verb.i, "dobj", "auxpass"):
        return None
    return _with(tree, count._replace(dep="dobj", head=verb.i))


def _with(tree: Tree, changed: Token) -> Tree:
    tokens = list(tree)
    tokens[changed.i] = changed
    return Tree(tokens)


def done_to_them(tree: Tree, token: Token) -> Tree | None:
    """ "Police beat students who rallied and arrested 20 of THEM", read as if these arrested some."""
    verb = next((tree[a] for a in tree.ancestors(token.i) if tree[a].is_verb), None)
    if verb is None or verb.dep != "conj" or token.i < verb.i or tree.has(verb.i, *SUBJECTS, "auxpass"):
        return None
    clause = tree[verb.head]
    if clause.dep != "relcl" or tree.has(clause.i, "dobj") or verb.tag not in {"VBD", "VBZ", "VBP"}:
        return None
    above = next((tree[a] for a in tree.ancestors(clause.head) if tree[a].is_verb), None)
    if above is None or clause.head < above.i or above.tag not in {"VBD", "VBZ", "VBP"}:
        return None
    tokens = list(tree)
    tokens[verb.i] = verb._replace(head=above.i)
    for child in tree.children(clause.i, "cc"):
        tokens[child] = tree[child]._replace(head=above.i)
    return Tree(tokens)


def taken_from(tree: Tree, token: Token) -> Tree | None:
    """ "retook the town of X FROM the rebels", read as a town that is from the rebels."""
    thing = tree[token.head]
    while thing.dep in {"pobj", "prep"} and thing.i < token.i:
        thing = tree[thing.head]
    verb = tree[thing.head]
    if token.dep != "prep" or thing.dep != "dobj" or verb.lemma not in _TAKING or not verb.i < thing.i < token.i:
        return None
    if thing.lemma not in _SPOTS and not thing.is_proper:
        return None  # "captured a fighter FROM Chad"
    tokens = list(tree)
    tokens[token.i] = token._replace(head=verb.i)
    return Tree(tokens)


def aged(tree: Tree, token: Token) -> Tree | None:
    """ "killed a NINE-YEAR-OLD", "two 15-YEAR-OLDS died": people by their age, read as an adjective and no noun."""
    tokens = list(tree)
    for old in (t for t in tree if t.lower in {"old", "olds"} and t.i > 1):
        if old.dep not in _MEMBERS or (old.dep == "acomp" and tree[old.head].lemma == "be"):
            continue
        unit = tree[old.i - (2 if tree[old.i - 1].tag == "HYPH" else 1)]
        number = tree[unit.i - (2 if unit.i and tree[unit.i - 1].tag == "HYPH" else 1)]
        if unit.lower in _AGES and number.tag == "CD" and number.i < unit.i:
            who = _person_of(number.lower) if unit.lower in _YEARS else "child"
            dep = "dobj" if old.dep in _LOOSE and not tree.children(old.head, "dobj") else old.dep
            tokens[old.i] = old._replace(tag="NNS" if old.lower == "olds" else "NN", lemma=who, dep=dep)
    return Tree(tokens) if tokens != list(tree) else None


def _person_of(number: str) -> str:
    """Who somebody of an age in years is."""
    words = number_words()
    small = {**words.units, **words.teens}
    age = int(number) if number.isdecimal() else small.get(number)
    return "adult" if age is None or age >= _GROWN else "child" if age <= _SMALL else "teenager"


def some_of_them(tree: Tree, token: Token) -> Tree | None:
    """ "had shot down NINE of 14 drones", read as if nine said when."""
    few = tree[token.head]
    if token.dep != "prep" or few.tag != "CD" or few.dep != "npadvmod" or few.i + 1 != token.i:
        return None
    verb = tree[few.head]
    if not verb.is_verb or few.i < verb.i or tree.has(verb.i, "dobj", "auxpass"):
        return None
    return _with(tree, few._replace(dep="dobj"))
