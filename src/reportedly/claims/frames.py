"""Room 4, frames: who does what to whom, by syntax: active, passive, nominal, coordinated, controlled.

Door: `arguments(tree, hit, actors, outcomes)`. Works with token indices; nothing is resolved here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from reportedly.knowledge.apart import is_violent
from reportedly.knowledge.lexicon import ADJECTIVE, NOUN
from reportedly.knowledge.outcomes import Outcomes
from reportedly.model import ActorRef
from reportedly.model.reading import TriggerHit
from reportedly.model.syntax import Tree

Words = Mapping[str, frozenset[str]]
_ON = frozenset({"on", "against", "at", "upon", "into", "towards", "toward"})
_UNDER = frozenset({"under", "into"})
_ARMED = frozenset({"state_forces", "rebel_group", "political_militia", "identity_militia", "external_forces"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_SPREAD = frozenset({"who", "which", "that", "whom", "whose"})


@dataclass(frozen=True, slots=True)
class Arguments:
    """Head tokens of the arguments of one event word, in text order."""

    initiators: tuple[int, ...] = ()
    targets: tuple[int, ...] = ()
    means: tuple[int, ...] = ()
    cause: tuple[int, ...] = ()
    passive: bool = False


def arguments(
    tree: Tree,
    hit: TriggerHit,
    actors: Mapping[int, ActorRef],
    outcomes: Outcomes,
    times: frozenset[int] = frozenset(),
) -> Arguments:
    """Return the arguments of a trigger by its frame. `times` are tokens that say when, and are nobody."""
    if hit.pos == NOUN:
        return _of_noun(tree, hit, actors, outcomes.words)
    if hit.pos == ADJECTIVE or not tree[hit.head].is_verb or tree[hit.head].dep in {"amod", "acomp", "oprd"}:
        return _of_adjective(tree, hit)
    return _of_verb(tree, hit, actors, outcomes, times)


def spread(tree: Tree, indices: Iterable[int]) -> tuple[int, ...]:
    """The phrases and all coordinated with them; "a group of soldiers" counts as one."""
    found: dict[int, None] = {}
    for index in indices:
        for other in (*tree.conjuncts(index), *_past_brackets(tree, index), *tree.names_before(index)[:-1]):
            if tree[other].is_noun or tree[other].tag in {"CD", "DT", "JJ", "VBN", "PRP"} or other == index:
                found[other] = None
    return tuple(sorted(found))


def _past_brackets(tree: Tree, index: int) -> list[int]:
    """Conjuncts that the parser hung on the name in brackets: "a group (the Name, or ABC) AND JIHADISTS"."""
    found = []
    for inner in tree.children(index, "appos"):
        for other in tree.conjuncts(inner)[1:]:
            if any(tree[i].text == ")" for i in range(inner, other)):
                found.append(other)
    return found


# ------------------------------------------------------------------------------------------- verbs


def is_passive(tree: Tree, verb: int) -> bool:
    """A passive clause, a reduced relative ("soldiers killed in") or a participle before its noun."""
    token = tree[verb]
    if tree.children(verb, "auxpass", "nsubjpass", "csubjpass"):
        return True
    if token.tag in {"VBN", "VBD"} and tree.children(verb, "agent") and not tree.children(verb, "dobj"):
        return True
    if _shares_auxiliary(tree, verb):
        return True
    if token.tag in {"VBN", "VBD"} and token.dep == "acl" and not tree.children(verb, "dobj"):
        return True
    if token.dep == "conj" and token.tag in {"VBN", "VBD"} and not tree.children(verb, "nsubj", "aux", "dobj"):
        return token.tag == "VBN" and is_passive(tree, token.head)
    return token.tag == "VBN" and token.dep == "amod"


def _shares_auxiliary(tree: Tree, verb: int) -> bool:
    """ "nine were killed and six others WOUNDED in ...": the second participle leans on the first one's auxiliary."""
    token = tree[verb]
    if token.dep != "conj" or token.tag != "VBN" or tree.children(verb, "aux", "auxpass", "dobj"):
        return False
    return bool(tree.children(token.head, "auxpass"))


def subject(tree: Tree, verb: int) -> int | None:
    """The understood subject of a verb: its own, that of the verb it is coordinated with or governed by, or the noun it
    describes."""
    here, seen = verb, set[int]()
    while here not in seen:
        seen.add(here)
        own = tree.child(here, "nsubj", "nsubjpass")
        token = tree[here]
        if own is not None:
            return _antecedent(tree, here, own)
        if tree.children(here, "csubj", "csubjpass"):
            return None  # "shelling in the town killed three": the deed is the subject, whoever speaks above it
        if token.dep in {"acl", "relcl", "amod"} and not tree[token.head].is_verb:
            return token.head
        if token.dep == "xcomp" and (controlled := _object_control(tree, token.head)) is not None:
            return controlled
        if token.dep == "pcomp":
            governor = tree[token.head].head
            controlled = tree.child(governor, "dobj") if tree[governor].is_verb else None
            if controlled is not None and tree[token.head].lemma in {"of", "for", "from", "with"}:
                return controlled
            here = governor
            continue
        if token.dep == "ccomp" and token.tag in _FINITE:
            return None  # what somebody says has a subject of its own, even where the parse does not show it
        if token.dep not in {"conj", "xcomp", "advcl", "ccomp", "dep", "prep"} and not (
            token.dep in {"acomp", "attr", "oprd"} and here != verb
        ):
            return None
        here = token.head
        if not tree[here].is_verb and tree[here].is_noun:
            return None
    return None


def _object_control(tree: Tree, governor: int) -> int | None:
    """In "ordered troops to attack" the subject of the infinitive is the object."""
    found = tree.child(governor, "dobj")
    return found if found is not None and tree[governor].is_verb else None


def _antecedent(tree: Tree, verb: int, index: int) -> int:
    if tree[index].lower in _SPREAD and tree[verb].dep == "relcl":
        return tree[verb].head
    return index


def _objects(tree: Tree, verb: int) -> list[int]:
    found = [
        c for c in tree.children(verb, "dobj") if tree[c].lower not in {"himself", "herself", "themselves", "itself"}
    ]
    if not found:
        for conj in tree.children(verb, "conj"):
            later = tree.children(conj, "dobj")
            if later and tree[conj].is_verb and tree[conj].i - verb <= 3:
                found = later
    if not found and tree[verb].dep == "relcl":
        gap = [c for c in tree.children(verb, "nsubj") if tree[c].lower not in _SPREAD]
        if gap and not is_passive(tree, verb):
            found = [tree[verb].head]
    return [tree[verb].head if tree[f].lower in _SPREAD and tree[verb].dep == "relcl" else f for f in found]


def _agents(tree: Tree, verb: int) -> list[int]:
    found = [p for a in tree.children(verb, "agent") for p in tree.children(a, "pobj", "pcomp")]
    found += [p for a in tree.children(verb, "prep") if tree[a].lower == "by" for p in tree.children(a, "pobj")]
    return found


def _after(tree: Tree, head: int, prepositions: Collection[str]) -> list[int]:
    """Objects of the prepositions that hang from a word."""
    found = []
    for prep in tree.children(head, "prep", "prt", "dative", "agent"):
        if tree[prep].lower in prepositions:
            found += tree.children(prep, "pobj")
            for inner in tree.children(prep, "prep"):
                found += tree.children(inner, "pobj")
    return found


def _of_verb(
    tree: Tree, hit: TriggerHit, actors: Mapping[int, ActorRef], outcomes: Outcomes, times: frozenset[int]
) -> Arguments:
    verb, own = hit.head, set(hit.tokens)
    passive = is_passive(tree, verb)
    who = subject(tree, verb)
    objects = _objects(tree, verb) if hit.takes else []
    civil = not is_violent(hit.event_type)
    objects = [o for o in objects if o not in own or (civil and _is_party(actors.get(o)) and _ends(tree, o, own))]
    objects += [p for t in own if t != verb for p in _phrase_objects(tree, t) if p not in own]
    bare = not passive and not objects and tree[verb].lemma in outcomes.transitive and hit.frame == "act"
    counted = who is not None and bool(tree.children(who, "nummod"))
    after = [a for a in _after(tree, verb, hit.target or _ON) if not (counted and a in times)]
    if bare and tree[verb].tag in {"VBN", "VBD"} and not after:
        passive = (
            (who is not None and not _is_doer(actors.get(who)))
            or tree[verb].tag == "VBN"
            or tree[verb].lemma in outcomes.harm_verbs
        )
    subjects = [who] if who is not None else []
    by = _agents(tree, verb)
    with_ = _after(tree, verb, frozenset({"with"}))
    if hit.frame == "mutual":
        beside = frozenset({"with", "against", "between", "among"})
        own_sides = by if passive and by else subjects
        sides = own_sides + objects + [p for t in sorted({verb, *own}) for p in _after(tree, t, beside)]
        return Arguments(spread(tree, sides[:1]), spread(tree, sides[1:]), passive=passive)
    if hit.frame in {"suffer", "die"}:
        return Arguments(
            spread(tree, by),
            spread(tree, subjects),
            cause=tuple(_after(tree, verb, frozenset({"in", "from", "of", "during", "by"}))),
        )
    if hit.frame == "burst":
        where = objects + _after(tree, verb, frozenset({"at", "in", "outside", "near", "inside", "under", "beneath"}))
        by += [a for s in subjects for clause in tree.children(s, "acl", "relcl") for a in _agents(tree, clause)]
        return Arguments(
            spread(tree, by), spread(tree, [w for w in where if _is_thing(actors.get(w))]), tuple(subjects)
        )
    targets = objects or _after(
        tree, verb, hit.target or (_ON if hit.frame == "act" else _ON | {"to", "with", "for", "of", "from"})
    )
    if passive:
        undergone = [s for s in subjects if s not in own or _is_party(actors.get(s))] + objects
        if not hit.takes:  # "police were DEPLOYED in the port": who is moved is who acts there
            by, undergone = by or [s for s in subjects if _is_doer(actors.get(s))], targets
        return Arguments(spread(tree, by), spread(tree, undergone), means=tuple(with_), passive=True)
    given = [c for c in tree.children(verb, "dative") if tree[c].is_noun]
    targets = given or targets
    targets = [t for t in targets if t not in times]
    return Arguments(spread(tree, subjects), spread(tree, targets), means=tuple(with_))


def _phrase_objects(tree: Tree, index: int) -> list[int]:
    """Objects reached through the further words of a phrase: "set fire TO houses", "opened fire ON the bus"."""
    inner = tree.children(index, "dobj") if tree[index].is_verb else []
    return inner + tree.children(index, "pobj") + _after(tree, index, _ON | {"to", "of"})


def _is_doer(ref: ActorRef | None) -> bool:
    return ref is not None and (ref.kind in _ARMED or ref.kind in {"government", "rioters"})


def _is_party(ref: ActorRef | None) -> bool:
    return ref is not None and ref.role is not None and ref.kind not in {"unknown", "facility"}


def _ends(tree: Tree, index: int, own: set[int]) -> bool:
    """Tell whether no other word of the phrase hangs from this one, as in "a STATE of emergency"."""
    return not any(other != index and tree.covers(index, other) for other in own)


def _is_thing(ref: ActorRef | None) -> bool:
    return ref is not None and ref.kind == "facility"


def _of_adjective(tree: Tree, hit: TriggerHit) -> Arguments:
    """ "three dead soldiers", "five were wounded", "left ten dead", "12 dead"."""
    token = tree[hit.head]
    head = tree[token.head]
    if hit.frame == "act":
        if token.head in hit.tokens:
            return Arguments()  # "killing nine villagers and burning houses", read as houses that burn
        own = subject(tree, hit.head if token.is_verb else token.head) if head.is_verb or token.is_verb else token.head
        return Arguments(initiators=spread(tree, [own] if own is not None else []))
    if token.dep == "amod" and (head.is_noun or head.tag == "CD"):
        return Arguments(targets=spread(tree, [token.head]))
    if token.dep in {"acomp", "attr"}:
        found = tree.child(token.head, "nsubj", "nsubjpass")
        return Arguments(targets=spread(tree, [found] if found is not None else []))
    if token.dep in {"oprd", "ccomp", "xcomp"}:
        own = tree.child(hit.head, "nsubj", "nsubjpass")
        found = own if own is not None else tree.child(token.head, "dobj", "nsubjpass")
        return Arguments(targets=spread(tree, [found] if found is not None else []))
    own = tree.child(hit.head, "nsubj", "nummod", "nsubjpass")
    return Arguments(targets=(own,) if own is not None else (hit.head,))


# ------------------------------------------------------------------------------------------- nouns


def _of_noun(tree: Tree, hit: TriggerHit, actors: Mapping[int, ActorRef], words: Words) -> Arguments:
    noun = hit.head
    objective = tree[noun].lemma in words["objective_nouns"]
    initiators, targets = _modifiers(tree, noun, actors, objective, set(hit.tokens))
    initiators += _agents(tree, noun)
    of = _after(tree, noun, frozenset({"of"}))
    targets += _after(tree, noun, hit.target or _ON)
    if hit.frame == "mutual":
        between = frozenset({"between", "with", "among", "against", "involving", "by"})
        sides = initiators + _after(tree, noun, between) + targets
        if tree[noun].dep == "nsubj" and not sides:  # "fighting broke out near the town BETWEEN A AND B"
            sides = _after(tree, tree[noun].head, frozenset({"between", "among"}))
        sides += [
            p
            for a in tree.children(noun, "acl")
            if tree[a].lemma in {"involve", "pit"}
            for p in tree.children(a, "dobj")
        ]
        beside = _beside(tree, noun, actors)
        if beside and sides:
            return Arguments(spread(tree, beside), spread(tree, dict.fromkeys(s for s in sides if s not in beside)))
        everyone = spread(tree, dict.fromkeys([*beside, *sides]))
        return Arguments(everyone[:1], everyone[1:])
    if hit.frame == "die":
        return Arguments((), spread(tree, of + initiators + targets))
    if objective:
        targets += of
    else:
        initiators += [o for o in of if _is_doer(actors.get(o))]
    extra = _governed(tree, noun, words)
    initiators += list(extra.initiators)
    targets += list(extra.targets)
    return Arguments(
        spread(tree, dict.fromkeys(initiators)),
        spread(tree, dict.fromkeys(t for t in targets if t not in initiators)),
        means=tuple(_after(tree, noun, frozenset({"with"}))),
    )


def _beside(tree: Tree, noun: int, actors: Mapping[int, ActorRef]) -> list[int]:
    """In "in the battle with X, Y lost ..." the subject of the clause is a side as well."""
    prep = tree[noun].head
    if tree[noun].dep != "pobj" or tree[prep].lower not in {"in", "during"} or not tree[tree[prep].head].is_verb:
        return []
    found = subject(tree, tree[prep].head)
    return [found] if found is not None and _is_doer(actors.get(found)) else []


def _answerable(tree: Tree, noun: int) -> list[int]:
    """Who "is behind" an event, "is responsible for" it or is "held responsible for" it."""
    prep = tree[noun].head
    over = tree[tree[prep].head]
    if tree[prep].lower == "behind" and over.lemma == "be":
        found = subject(tree, over.i)
        return [found] if found is not None else []
    if tree[prep].lower != "for" or over.lemma not in {"responsible", "guilty", "blame"}:
        return []
    if over.dep == "acomp":
        found = subject(tree, over.head)
    elif over.dep in {"oprd", "ccomp", "xcomp"}:
        own = tree.child(over.i, "nsubj")
        found = own if own is not None else tree.child(over.head, "dobj", "nsubjpass")
    else:
        found = over.head if tree[over.head].is_noun else None
    return [found] if found is not None else []


def _modifiers(
    tree: Tree, noun: int, actors: Mapping[int, ActorRef], objective: bool, own: set[int]
) -> tuple[list[int], list[int]]:
    """Possessors and nouns or adjectives before an event noun: "the rebels' attack", "Taliban ambush", "his murder"."""
    initiators: list[int] = []
    targets: list[int] = []
    for child in tree.children(noun, "poss", "compound", "amod", "nmod"):
        if child in own:
            continue
        ref = actors.get(child)
        if tree[child].dep == "poss":
            (targets if objective and not _is_doer(ref) else initiators).append(child)
        elif ref is not None and ref.kind == "civilians" and objective and tree[child].is_noun:
            targets.append(child)
        elif ref is not None and (_is_doer(ref) or ref.actor_id):
            initiators.append(child)
    return initiators, targets


def _governed(tree: Tree, noun: int, words: Words) -> Arguments:
    """What the verb that governs an event noun says of its parties: "launched an attack", "came under attack"."""
    token = tree[noun]
    initiators: list[int] = []
    targets: list[int] = []
    for clause in tree.children(noun, "acl", "relcl"):
        if tree[clause].lemma in words["light_verbs"] or tree[clause].lemma in {"blame"}:
            initiators += _agents(tree, clause)
            if tree[clause].dep == "relcl" and not is_passive(tree, clause):
                own = tree.child(clause, "nsubj")
                initiators += [own] if own is not None and tree[own].lower not in _SPREAD else []
        elif tree[clause].lemma in {"target", "hit", "strike", "destroy", "rock"}:
            targets += tree.children(clause, "dobj")
    if token.dep in {"dobj", "nsubjpass"} and tree[token.head].is_verb:
        verb = token.head
        if tree[verb].lemma in words["light_verbs"]:
            who = (
                _agents(tree, verb)
                if token.dep == "nsubjpass"
                else [s for s in (subject(tree, verb),) if s is not None]
            )
            initiators += who
            targets += _after(tree, verb, _ON)
        elif tree[verb].lemma in words["undergoing_verbs"] and token.dep == "dobj":
            targets += [s for s in (subject(tree, verb),) if s is not None]
    elif (
        token.dep == "pobj"
        and tree[token.head].lower in _UNDER
        and tree[tree[token.head].head].lemma in {"come", "be", "fall"}
    ):
        patient = subject(tree, tree[token.head].head)
        targets += [patient] if patient is not None else []
    elif token.dep == "pobj":
        initiators += _answerable(tree, noun)
    elif token.dep == "nsubj" and tree[token.head].lemma in words["hitting_verbs"]:
        targets += tree.children(token.head, "dobj")
    return Arguments(tuple(initiators), tuple(targets))
