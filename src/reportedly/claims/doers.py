"""Room 4, doers: sentences that only say who did what was told before, with no word for the deed.

Doors: `doers_named(sentence, token, words)`: "X was RESPONSIBLE", "the attackers BELONGED TO X", "its men TOOK PART";
`of_the_harmed(tree, verb, words, before)` for those of whom a sentence says so and who were harmed themselves;
`signed_for(sentence, verb, words)`: "LEAFLETS of X were left there". What was
done stands in a sentence before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportedly.claims.clause import agents, is_passive, spread, subject
from reportedly.knowledge.grammar import grammar_words
from reportedly.model import ARMED_KINDS, GROUP_KINDS, ActorRef, Claim
from reportedly.model.reading import Sentence
from reportedly.model.syntax import Token, Tree

Words = Mapping[str, frozenset[str]]
_GIVEN = frozenset({"the", "these", "those", "both", "this", "all"})
_OF_WHOM = grammar_words()["consisting_verbs"]
_TO_WHOM = {
    "belong": frozenset({"to"}),
    "work": frozenset({"for"}),
    "come": frozenset({"from"}),
    **dict.fromkeys(sorted(_OF_WHOM), frozenset({"of"})),
}
_BANDS = grammar_words()["bands"]
# The verbs that any of the rules below looks at.
NAMING = frozenset({"be", "take", "involve", "participate", *_TO_WHOM})
_SELF = frozenset({"it", "they"})
_FOR_WHAT = frozenset({"for", "of", "in", "to", "with"})


def doers_named(sentence: Sentence, token: Token, words: Words) -> tuple[int, ...]:
    """Return the heads of those whom a verb names as having done what was told before; nobody where it does not."""
    if token.lemma not in NAMING:
        return ()
    found = (
        *_members(sentence, token, words),
        *_guilty(sentence.tree, token, words),
        *_taking_part(sentence.tree, token),
    )
    return tuple(i for i in spread(sentence.tree, found) if _can_do(sentence, i)) if found else ()


def signed_for(sentence: Sentence, verb: Token, words: Words) -> tuple[int, ...]:
    """ "LEAFLETS signed by X were found at the site", "walls were daubed with SLOGANS of X": those who signed what was
    left there are suspected; nobody where it was found elsewhere."""
    tree = sentence.tree
    if words["left_signs"].isdisjoint(tree.lemmas):
        return ()
    if verb.lemma not in words["leaving_verbs"] and not _at_scene(tree, verb, words):
        return ()
    left = [*tree.children(verb.i, "dobj", "nsubjpass"), *_objects(tree, verb.i, frozenset({"with"}))]
    signs = [s for s in left if tree[s].lemma in words["left_signs"] and not _is_none(tree, s)]
    return tuple(n for s in signs for n in _signers(tree, s) if _is_group(sentence.actors.get(n)))


def _at_scene(tree: Tree, verb: Token, words: Words) -> bool:
    found = verb.lemma in words["finding_signs"]
    return found and any(tree[i].lemma in words["scenes_of_crime"] for i in tree.subtree(verb.i))


def _is_none(tree: Tree, index: int) -> bool:
    return any(tree[d].lower == "no" for d in tree.children(index, "det"))


def _signers(tree: Tree, sign: int) -> Iterator[int]:
    """Whose a sign is: "signed BY X", "OF X", "the initials X", "bearing the initials OF X"."""
    yield from _objects(tree, sign, frozenset({"of", "by", "from"}))
    yield from tree.children(sign, "compound", "appos", "poss")
    for clause in tree.children(sign, "acl"):
        yield from agents(tree, clause)
        for borne in tree.children(clause, "dobj"):
            yield from (*_objects(tree, borne, frozenset({"of"})), *tree.children(borne, "appos", "compound"))


def _objects(tree: Tree, index: int, prepositions: frozenset[str]) -> list[int]:
    preps = (p for p in tree.children(index, "prep") if tree[p].lower in prepositions)
    return [o for p in preps for o in tree.children(p, "pobj")]


def of_the_harmed(tree: Tree, verb: int, words: Words, before: Claim) -> bool:
    """ "Troops shot a gunman. The GUNMAN was a member of X": to whom those belong who were harmed, or who did it is
    known."""
    whom = subject(tree, verb)
    if whom is None or tree[whom].lemma not in words["perpetrators"]:
        return False
    own = tree[whom].lemma
    return any(t.role == own for t in before.targets) or any(i.actor_id is not None for i in before.initiators)


def _can_do(sentence: Sentence, index: int) -> bool:
    tree, ref = sentence.tree, sentence.actors.get(index)
    if any(tree[p].tag == "PRP$" for p in tree.children(index, "poss")) or tree[index].lower in _SELF:
        return True  # "denied that ITS MEN took part"
    return ref is not None and ((ref.actor_id is not None and ref.kind != "facility") or ref.kind in ARMED_KINDS)


def _members(sentence: Sentence, verb: Token, words: Words) -> Iterator[int]:
    """ "The attackers WERE members of X", "the bomber BELONGED to X", "the group WAS MADE UP of men of X"."""
    tree = sentence.tree
    if verb.lemma not in {"be", *_TO_WHOM}:
        return
    whom = subject(tree, verb.i)
    consists = verb.lemma in _OF_WHOM and whom is not None and tree[whom].lower in _BANDS
    if whom is None or not (consists or _is_doer(tree, whom, words)):
        return
    named = tree.children(verb.i, "attr") if verb.lemma == "be" else _after(tree, verb)
    own = verb.lemma == "be" and tree[whom].lemma in words["perpetrators"]
    for index in named:
        ref = sentence.actors.get(index)
        if _is_group(ref) or (own and _are_others(ref, words)):
            yield index


def _are_others(ref: ActorRef | None, words: Words) -> bool:
    """ "The killers were SOLDIERS": armed people, and called more than that they did it."""
    return ref is not None and ref.kind in ARMED_KINDS and ref.role not in words["perpetrators"]


def _is_doer(tree: Tree, whom: int, words: Words) -> bool:
    """ "THE ATTACKERS", "THOSE BEHIND it"."""
    if tree[whom].lower in {"those", "people"}:
        behind = any(tree[p].lower == "behind" for p in tree.children(whom, "prep"))
        return behind or any(tree[g].lemma in words["guilt_words"] for g in tree.children(whom, "amod"))
    given = any(tree[d].lower in _GIVEN for d in tree.children(whom, "det", "predet"))
    return given and tree[whom].lemma in words["perpetrators"]


def _is_group(ref: ActorRef | None) -> bool:
    """A known armed group, or one that bears a name ("the RED SABRE gang")."""
    if ref is None or ref.kind not in GROUP_KINDS:
        return False
    return ref.actor_id is not None or any(w[:1].isupper() for w in ref.span.quote.split())


def _after(tree: Tree, verb: Token) -> Iterator[int]:
    preps = (p for p in tree.children(verb.i, "prep") if tree[p].lower in _TO_WHOM[verb.lemma])
    return (o for p in preps for o in tree.children(p, "pobj"))


def _guilty(tree: Tree, verb: Token, words: Words) -> Iterator[int]:
    """ "X was RESPONSIBLE", "X was to BLAME": that it does not say for what is how the deed is the one told before."""
    if verb.lemma != "be" or words["guilt_words"].isdisjoint(tree.lemmas):
        return
    guilt = [c for c in tree.children(verb.i, "acomp", "xcomp") if tree[c].lemma in words["guilt_words"]]
    who = subject(tree, verb.i) if guilt else None
    if who is None or _says_of_what(tree, verb.i) or _says_of_what(tree, guilt[0]):
        return
    yield who


def _taking_part(tree: Tree, verb: Token) -> Iterator[int]:
    """ "its men TOOK PART", "the army was not INVOLVED"."""
    part = verb.lemma == "take" and any(tree[o].lower == "part" for o in tree.children(verb.i, "dobj"))
    involved = verb.lemma == "involve" and is_passive(tree, verb.i)
    involved |= verb.lemma == "be" and any(tree[c].lower == "involved" for c in tree.children(verb.i, "acomp"))
    if not (part or involved or verb.lemma == "participate") or verb.dep in {"acl", "relcl"}:
        return
    below = [verb.i, *tree.children(verb.i, "dobj", "acomp")]
    who = subject(tree, verb.i) if not any(_says_of_what(tree, i) for i in below) else None
    if who is not None:
        yield who


def _says_of_what(tree: Tree, index: int) -> bool:
    return any(tree[p].lower in _FOR_WHAT for p in tree.children(index, "prep"))
