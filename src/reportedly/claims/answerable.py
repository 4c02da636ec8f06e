"""Room 4, answerable: whom a sentence makes answerable for an event word, besides those who do it by its syntax.

Doors: `with_answerable(tree, noun, found, words)`: "X is responsible for the attack", "the group behind the bombing",
"the raid was the work of Y", "Z is implicated in the murder"; `with_blamed(sentence, index, found)` for those whom a
telling blames. The words: `grammar.yml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportedly.claims.clause import Arguments, is_passive, spread, subject
from reportedly.knowledge.grammar import grammar_words
from reportedly.model import GROUP_KINDS
from reportedly.model.quick import replace
from reportedly.model.reading import Sentence
from reportedly.model.syntax import Token, Tree

Words = Mapping[str, frozenset[str]]
_RELATIVE = frozenset({"which", "that", "who", "whom"})
_NONE = frozenset({"no", "none", "neither", "nobody"})
_VOICES = frozenset({"arm", "wing", "outlet", "office", "channel", "spokesman", "spokesperson", "spokeswoman"})
_UP = 5  # arcs from an event word to the verb that says who is answerable
_NAMING = frozenset({"by", "of", "from"})


def with_answerable(tree: Tree, noun: int, found: Arguments, words: Words) -> Arguments:
    """Return the arguments with those who are called answerable among the initiators."""
    guilty = [_named_so(tree, i) for i in answerable(tree, noun, words)]
    named = tuple(i for i in spread(tree, guilty) if not _is_nobody(tree, i))
    if not named:
        return found
    initiators = tuple(dict.fromkeys([*found.initiators, *named]))
    targets = tuple(t for t in found.targets if t not in named)
    return replace(found, initiators=initiators, targets=targets, answerable=named, cleared=_cleared(tree, noun))


def _is_nobody(tree: Tree, index: int) -> bool:
    """ "NONE of the groups took responsibility for it", "NO group"."""
    return tree[index].lower in _NONE or any(tree[d].lower in _NONE for d in tree.children(index, "det"))


def _cleared(tree: Tree, noun: int) -> bool:
    """ "X was NOT behind the attack", "had NO part in it", "there was NO EVIDENCE that X was responsible for it"."""
    here = tree.first_conjunct(noun)
    for _ in range(_UP):
        here = tree[here].head
        negations = [n for n in tree.children(here, "neg") if tree[min(n + 1, len(tree) - 1)].lower != "only"]
        if negations or any(tree[d].lower in _NONE for d in tree.children(here, "det")):
            return True
        token = tree[here]
        if token.is_verb and token.dep in {"ROOT", "conj", "relcl", "advcl", "pcomp"}:
            return False
        if token.is_verb and token.dep in {"ccomp", "acl"}:
            above = tree[token.head]
            return above.is_noun and any(tree[d].lower in _NONE for d in tree.children(above.i, "det"))
    return False


def with_blamed(sentence: Sentence, index: int, found: Arguments) -> Arguments:
    """Return the arguments of an event word with those whom a telling blames for it ("blamed the raid on X")."""
    at = sentence.tree[index].start
    blaming = [t for t in sentence.tellings if t.covers(at)]
    blamed = (t.culprit if t.responsibility is None else voiced(sentence, t.speaker_head) for t in blaming)
    heads = [_named_so(sentence.tree, h) for h in blamed if h is not None]
    blamers = {t.speaker_head for t in blaming if t.responsibility is None}
    named = [i for h in heads if h != index for i in spread(sentence.tree, [h]) if i not in blamers]
    if not named or _undergone(sentence.tree, index, named, found):
        return found
    targets = tuple(t for t in found.targets if t not in named)
    cues = {t.cue_head for t in blaming}
    doers = tuple(
        i for i in found.initiators if i not in blamers and (i in named or not _stands_for(sentence, i, cues))
    )
    if set(doers) <= set(named):  # whoever a word of guilt stands beside is one of those blamed
        doers = tuple(dict.fromkeys(named))
    return replace(found, initiators=doers, targets=targets)


def _named_so(tree: Tree, culprit: int) -> int:
    """ "Colonel X, THE MAN accused of the murder": whom such a word stands beside, by name."""
    token = tree[culprit]
    beside = token.dep == "appos" and token.tag == "NN" and token.lemma in _ANYBODY
    return token.head if beside and tree[token.head].is_proper else culprit


_ANYBODY = grammar_words()["somebody_nouns"]


def _undergone(tree: Tree, index: int, named: list[int], found: Arguments) -> bool:
    """ "blamed a rival, who WAS DETAINED": what is done to whoever is blamed is not what he is blamed for."""
    return found.passive and any(i in found.targets and i != index and tree.covers(i, index) for i in named)


def _stands_for(sentence: Sentence, index: int, cues: set[int | None]) -> bool:
    """ "accused EACH OTHER of": the object of the blame stands for those who are named."""
    return sentence.tree[index].dep == "dobj" and sentence.tree[index].head in cues


def voiced(sentence: Sentence, head: int | None) -> int | None:
    """For "a spokesman for X" the token of X, where X is a known armed group; else the speaker himself."""
    if head is None:
        return None
    tree, actors = sentence.tree, sentence.actors
    for owner in tree.children(head, "poss"):
        if tree[head].lemma in _VOICES and owner in actors and actors[owner].kind in GROUP_KINDS | {"other"}:
            return owner  # "the group's media ARM"
    for prep in tree.children(head, "prep"):
        for inner in tree.children(prep, "pobj"):
            if tree[prep].lower in {"for", "of", "from"} and inner in actors and actors[inner].kind in GROUP_KINDS:
                return inner
    return head


def answerable(tree: Tree, noun: int, words: Words) -> list[int]:
    """Return the head tokens of those who are said to be behind an event, to have a part in it, to be guilty of it."""
    here = tree.first_conjunct(noun)
    token = tree[here]
    if token.dep in {"pobj", "pcomp"} and (found := _by_phrase(tree, tree[token.head], words)):
        return found
    if token.dep in {"nsubj", "nsubjpass"} and (found := _by_predicate(tree, tree[token.head], words)):
        return found
    if not any(t.lemma in words["guilt_words"] for t in tree):
        return []
    clauses = (i for i in tree.subtree(here) if tree[i].dep == "relcl" and i > here)
    return [i for clause in clauses for i in _by_clause(tree, clause, words)]


def _by_phrase(tree: Tree, prep: Token, words: Words) -> list[int]:
    """The event noun hangs from a preposition: "behind", "responsible for", "guilty of", "implicated in"."""
    over = tree[prep.head]
    if prep.lower == "behind":
        return _behind(tree, over)
    if prep.lower in {"for", "of"} and over.lemma in words["guilt_words"]:
        return _guilty(tree, over)
    if prep.lower in {"for", "in"}:  # "had a hand | IN it", read as had in it
        parts = [over.i] if over.is_noun else tree.children(over.i, "dobj")
        parts = [p for p in parts if tree[p].lemma in words["part_nouns"]]
        if parts:
            return [o for p in parts for o in _owners(tree, tree[p])]
    if prep.lower == "in" and over.lemma in words["part_verbs"]:
        return _part(tree, over)
    return []


def _behind(tree: Tree, over: Token) -> list[int]:
    if over.is_noun:
        return [over.i]
    found = subject(tree, over.i) if over.lemma in {"be", "stand", "remain"} else None
    return [found] if found is not None else []


def _guilty(tree: Tree, over: Token) -> list[int]:
    """The one who is "responsible", "guilty", "to blame", "held responsible"; the author of a deed is what he is."""
    named = over if over.is_noun else tree[over.head]
    if named.dep == "nsubj" and tree[named.head].lemma == "be" and over.dep not in {"acomp", "attr"}:
        return tree.children(named.head, "attr")  # "the AUTHORS of the murder are X", "those RESPONSIBLE for it are X"
    if over.dep in {"acomp", "attr"}:
        found = subject(tree, over.head)
    elif over.dep in {"oprd", "ccomp", "xcomp"}:
        own = tree.child(over.i, "nsubj")
        found = own if own is not None else tree.child(over.head, "dobj", "nsubjpass")
        found = found if found is not None else subject(tree, over.head)
    else:
        found = over.head if tree[over.head].is_noun and not over.is_noun else None
    return [found] if found is not None else []


def _owners(tree: Tree, noun: Token) -> Iterator[int]:
    """Whose part, role or hand it is: "the army's involvement", "the participation of X", "X played a role"."""
    yield from tree.children(noun.i, "poss")
    for prep in tree.children(noun.i, "prep", "agent"):
        if tree[prep].lower in _NAMING:
            yield from tree.children(prep, "pobj")
    verb = tree[noun.head]
    if noun.dep == "dobj" and verb.lemma in {"have", "play", "bear", "take", "carry"}:
        found = subject(tree, verb.i)
        if found is not None:
            yield found


def _part(tree: Tree, over: Token) -> list[int]:
    """Who is "implicated in", "involved in" or "took part in" an event."""
    if over.tag.startswith("JJ"):
        return _guilty(tree, over)
    if over.lemma == "implicate" and not is_passive(tree, over.i):
        return []  # whoever is implicated stands with the telling
    found = subject(tree, over.i)
    return [found] if found is not None else []


def _by_predicate(tree: Tree, verb: Token, words: Words) -> list[int]:
    """The event noun is the subject: "was the work of X", "was an action by X", "was X's doing", "involved X"."""
    if verb.lemma == "involve" and not is_passive(tree, verb.i):
        return tree.children(verb.i, "dobj")
    if verb.lemma != "be":
        return []
    found: list[int] = []
    for attr in tree.children(verb.i, "attr"):
        if tree[attr].lemma in words["doing_nouns"]:
            found += tree.children(attr, "poss")
            found += [
                p for prep in tree.children(attr, "prep") if tree[prep].lower in _NAMING for p in _named(tree, prep)
            ]
    return found


def _named(tree: Tree, prep: int) -> list[int]:
    return tree.children(prep, "pobj")


def _by_clause(tree: Tree, clause: int, words: Words) -> list[int]:
    """A relative clause says it: "an attack for which X is held responsible"."""
    preps = [
        p for p in tree.children(clause, "prep") if any(tree[w].lower in _RELATIVE for w in tree.children(p, "pobj"))
    ]
    if not any(tree[p].lower == "for" for p in preps):
        return []
    held = [
        c for c in tree.children(clause, "oprd", "acomp", "xcomp", "ccomp") if tree[c].lemma in words["guilt_words"]
    ]
    return _guilty(tree, tree[held[0]]) if held else []
