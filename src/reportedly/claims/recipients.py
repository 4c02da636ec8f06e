"""Room 4, recipients: to whom an act without violence is done, where its own object is a thing or a clause.

Door: `recipients(tree, hit, found, acts)`. Walks from the act along the arcs that lead to somebody, the surest first:
"halted aid to SERBIA", "rejected EGYPT'S proposal", "an inquiry into crimes by the MILITIA". Reads no names itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from heapq import heappop, heappush

from reportedly.claims.clause import OF, Arguments, after, moves_others, spread
from reportedly.model.reading import TriggerHit
from reportedly.model.syntax import Tree

Acts = Callable[[int], bool]
Words = Mapping[str, Collection[str]]

# How far an arc leads away from the act: whose a thing is, comes before where it is or what it is for. Set by reading
# our own cases, 2026-11-29.
_OWNERS: Mapping[str, int] = {"poss": 1, "compound": 2, "amod": 2, "nmod": 2, "appos": 2}
_CLAUSES: Mapping[str, int] = {"acl": 4, "relcl": 5}
_COMPLEMENTS: Mapping[str, int] = {"ccomp": 2, "xcomp": 2, "advcl": 3, "pcomp": 2}
_PREPOSITIONS: Mapping[str, int] = {
    "by": 1,
    "from": 2,
    "to": 3,
    "on": 3,
    "upon": 3,
    "against": 3,
    "with": 3,
    "towards": 3,
    "toward": 3,
    "of": 3,
    "for": 3,
    "between": 3,
    "among": 3,
    "over": 4,
    "about": 4,
    "into": 3,
    "at": 4,
    "despite": 4,
}
_TO = frozenset({"to"})
_UNLESS = frozenset({"unless", "if"})
_ON_CONDITION = 6  # of whom something is wanted comes after whom the words name
_MODIFIERS = frozenset({"compound", "amod", "nmod"})
_NAMED_PREPOSITION = 1  # an entry's own prepositions come first, in its order
_JOINED = 7  # what is joined to a thing may belong to the thing as well ("the removal of X and his party")
_UNDERGONE = 6  # who suffered the deed that is spoken of comes after who did it ("protested to X over the arrest of Y")
_CARRIED_THERE = 6  # who is sent somewhere comes after those to whom ("pledged to send POLICE to Haiti")
_CARRIED = 2  # what a further word of the act leads to ("marched TO DEMAND answers from X") comes after its own
_FARTHEST = 12


def recipients(tree: Tree, hit: TriggerHit, found: Arguments, acts: Acts, named: Acts, words: Words) -> tuple[int, ...]:
    """Heads of those to whom it is done; none where the words name nobody.

    `acts` tells whether a phrase names somebody who can act, `named` whether that is a known actor or a country: what
    stands as an adjective counts only then. `words` are the lists of `grammar.yml`.
    """
    direct = tuple(t for t in found.targets if acts(t))
    if direct and direct[0] == found.targets[0]:
        return direct
    doers = set(found.initiators)
    queue: list[tuple[int, int, bool]] = []
    seen: set[int] = {*doers}
    passed = {*hit.tokens, *(() if hit.takes else _sent(tree, hit))}
    for far, index in _starts(tree, hit, found):
        heappush(queue, (far, index, False))
    while queue:
        far, index, placed = heappop(queue)
        if index in seen or far > _FARTHEST:
            continue
        seen.add(index)
        if (
            index not in passed
            and not _of_their_own(tree, index, words["opposite_numbers"])
            and (named if placed else acts)(index)
        ):
            return tuple(i for i in spread(tree, (index,)) if i not in doers and acts(i))
        for step, other, place in _arcs(tree, index, hit, words):
            heappush(queue, (far + step, other, placed or place))
    return ()


def _sent(tree: Tree, hit: TriggerHit) -> list[int]:
    """What is only sent or withdrawn: "recalled its ENVOY from", "the withdrawal of its TROOPS from"."""
    sent = [c for i in hit.tokens for c in tree.children(i, "dobj", "nsubjpass")]
    return [*sent, *(p for i in hit.tokens for p in after(tree, i, OF))] if moves_others(hit) else sent


def _of_their_own(tree: Tree, index: int, opposite: Collection[str]) -> bool:
    """Tell whether it is somebody's own ("its troops", "their countries"): no other party, unlike "his counterpart"."""
    return tree[index].lemma not in opposite and any(tree[c].tag == "PRP$" for c in tree.children(index, "poss"))


def _starts(tree: Tree, hit: TriggerHit, found: Arguments) -> Iterator[tuple[int, int]]:
    """The act's own things: its targets, the nouns among its words, then all that hangs from its word."""
    for index in found.targets:
        yield _JOINED if tree[index].dep == "conj" else 0, index
    for index in hit.tokens:
        if index != hit.head and tree[index].is_noun:
            yield 0, index
        elif index != hit.head and tree[index].is_verb:
            yield _CARRIED, index
    for index in hit.tokens:
        for prep in tree.children(index, "prep", "dative", "agent"):
            if tree[prep].lower in hit.target:
                for inner in tree.children(prep, "pobj"):
                    yield _NAMED_PREPOSITION + hit.target.index(tree[prep].lower), inner
    if hit.frame != "move":
        yield 1, hit.head


def _arcs(tree: Tree, index: int, hit: TriggerHit, words: Words) -> Iterator[tuple[int, int, bool]]:
    """Where a word leads: how far, to which word, and whether only a name counts there."""
    verb = tree[index].is_verb or tree[index].tag == "JJ"  # "WILLING to meet the rebels"
    for child in tree.children(index):
        token = tree[child]
        if token.dep in {"prep", "agent", "dative"} and not token.is_noun:
            undergone = token.lower == "of" and tree[index].lemma in words["objective_nouns"]
            leaving = token.lower == "from" and any(tree[c].lower == "of" for c in tree.children(index, "prep"))
            for inner in tree.children(child, "pobj", "pcomp"):
                far = _UNDERGONE if undergone or leaving else _PREPOSITIONS.get(token.lower)
                far = 1 if tree[inner].lemma in words["purposes"] else far
                far = None if token.lower == "despite" and tree[inner].lemma not in words["pressing"] else far
                if far is not None:
                    yield far, inner, False
        elif verb and token.dep in {"dobj", "dative", "nsubjpass"}:
            if not _is_moved(tree, index, child, words):
                yield (_CARRIED_THERE if _is_sent(tree, index, child, words) else 1), child, False
        elif verb and token.dep in _COMPLEMENTS:
            if _killed(tree, child, words):
                continue  # "in retaliation for a raid where, it said, ten WERE KILLED"
            if token.dep == "advcl" and _wanted(tree, child):
                yield from ((_ON_CONDITION, own, False) for own in tree.children(child, "nsubj", "nsubjpass"))
            elif token.dep != "advcl" or _infinitive(tree, child):
                yield from _clause(tree, child, _COMPLEMENTS[token.dep], hit.asks or index != hit.head)
        elif not verb and token.dep in _OWNERS:
            yield _OWNERS[token.dep], child, token.dep in _MODIFIERS
        elif not verb and token.dep in _CLAUSES and token.lemma not in words["deadly_words"]:
            own = tree.child(child, "nsubj")
            if own is not None and tree[own].tag not in {"WDT", "WP"}:  # "its demands that the GOVERNMENT grant"
                yield _CLAUSES[token.dep] - 1, own, False
            yield _CLAUSES[token.dep], child, False
        elif token.dep == "conj" and not verb:
            yield _JOINED, child, False


def _is_sent(tree: Tree, verb: int, index: int, words: Words) -> bool:
    """ "promised to SEND police TO Haiti"."""
    if tree[verb].lemma not in words["giving_verbs"] or tree[index].dep == "dative":
        return False
    return bool(tree.has(verb, "dative") or after(tree, verb, _TO) or after(tree, index, _TO))


def _is_moved(tree: Tree, verb: int, index: int, words: Words) -> bool:
    """ "refused to DEPLOY TROOPS": nobody does anything to those who are sent."""
    return tree[index].lemma in words["moved_forces"] and tree[verb].lemma in words["giving_verbs"]


def _wanted(tree: Tree, clause: int) -> bool:
    """ "threatened a strike UNLESS the MINISTRY gives way": who can still prevent it is whom it is said to."""
    return any(tree[m].lower in _UNLESS for m in tree.children(clause, "mark"))


def _killed(tree: Tree, verb: int, words: Words) -> bool:
    return tree[verb].lemma in words["deadly_words"] and tree.has(verb, "nsubjpass")


def _infinitive(tree: Tree, verb: int) -> bool:
    return any(tree[a].tag == "TO" for a in tree.children(verb, "aux"))


def _clause(tree: Tree, verb: int, far: int, asked: bool) -> Iterator[tuple[int, int, bool]]:
    """What is asked, said or done in a clause: who is asked to do it first, then the rest of it."""
    own = tree.child(verb, "nsubj", "nsubjpass")
    if own is not None and asked:
        yield far, own, False
    yield far + 1, verb, False
