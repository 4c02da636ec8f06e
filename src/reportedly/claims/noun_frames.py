"""Room 4, frames of event nouns: "the rebels' attack on", "the murder of", "launched an attack", "came under attack".

Door: `of_noun(tree, hit, actors, words)`. Works with token indices; nothing is resolved here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportedly.claims.clause import (
    ON,
    RELATIVE,
    Arguments,
    after,
    agents,
    at_hands,
    is_armed,
    is_doer,
    is_passive,
    spread,
    subject,
)
from reportedly.claims.nominal import anchors
from reportedly.knowledge.apart import is_violent
from reportedly.model import ActorRef
from reportedly.model.reading import TriggerHit
from reportedly.model.syntax import Tree

Words = Mapping[str, frozenset[str]]
_AGAINST = frozenset({"against"})
_SIDES = frozenset({"between", "with", "among", "against", "involving", "by"})
_AMID = frozenset({"in", "during", "after", "amid", "following", "for"})
_GATHERING = frozenset({"gather", "assemble", "convene", "meet", "come"})
_ATTACKS = frozenset({"attack", "fire", "gunfire"})
_AT = frozenset({"in", "on", "at", "near", "against", "outside", "inside"})
_WHERE_STATES_STRIKE = frozenset({"on", "against", "across", "throughout"})
_RAIDS = frozenset({"raid", "assault", "ambush", "airstrike"})
_UNDER = frozenset({"under", "into"})


def of_noun(
    tree: Tree, hit: TriggerHit, actors: Mapping[int, ActorRef], words: Words, times: frozenset[int] = frozenset()
) -> Arguments:
    """Return the arguments of an event noun. `times` are tokens that say when, and are nobody ("on FRIDAY")."""
    noun = hit.head
    objective = tree[noun].lemma in words["objective_nouns"]
    around = anchors(tree, hit, words)
    initiators, targets = _modifiers(tree, hit, actors, objective, words)
    if tree[noun].lemma in words["doer_nouns"]:
        return _of_doer(tree, hit)
    initiators += [a for node in around if not tree[node].is_verb for a in agents(tree, node)]
    initiators += _by_beyond(tree, noun, actors) if not initiators else []
    of = after(tree, noun, frozenset({"of"}))
    about = hit.frame == "mutual" and not is_violent(hit.event_type)  # "a summit ON THE JUNTA": no side of it
    targets += after(tree, noun, hit.target or (_AGAINST if about else ON))
    for node in around[1:]:  # "on" beside a verb is a day more often than a target
        targets += after(tree, node, _AGAINST if tree[node].is_verb else hit.target or _AGAINST | {"on"})
    targets = [t for t in targets if t not in times]
    if hit.frame == "mutual":
        return _of_sides(tree, hit, around, (initiators, targets), actors, words, times)
    if hit.frame == "die":
        doers = at_hands(tree, noun)  # "the DEATHS of ten men AT THE HANDS OF soldiers"
        suffer = [i for i in of + initiators + targets or _sufferer(tree, noun) if i not in doers]
        return Arguments(spread(tree, doers), spread(tree, suffer))
    if objective:
        targets += of
    else:
        initiators += [o for o in of if is_doer(actors.get(o))]
    extra = _governed(tree, next((a for a in reversed(around) if not tree[a].is_verb), noun), words)
    initiators += list(extra.initiators)
    if not initiators and not is_violent(hit.event_type):
        initiators += list(extra.cause)  # "ITALY announced a suspension of flights"
    targets += list(extra.targets)
    if not initiators and tree[noun].lemma in _RAIDS:
        initiators += _raiding(tree, noun, actors, words)
    return Arguments(
        spread(tree, dict.fromkeys(initiators)),
        spread(tree, dict.fromkeys(t for t in targets if t not in initiators)),
        means=tuple(after(tree, noun, frozenset({"with"}))),
    )


def _of_sides(
    tree: Tree,
    hit: TriggerHit,
    around: Sequence[int],
    found: tuple[list[int], list[int]],
    actors: Mapping[int, ActorRef],
    words: Words,
    times: frozenset[int],
) -> Arguments:
    """The arguments of what several do together: who it is with is the other side, else the first against all."""
    noun, (initiators, targets) = hit.head, found
    sides = initiators + [s for node in around for s in after(tree, node, _SIDES)] + targets
    sides += [] if sides else _between_beyond(tree, around[-1], times)
    named = (a for a in tree.children(noun, "acl") if tree[a].lemma in {"involve", "pit"})
    sides += [p for a in named for p in tree.children(a, "dobj")]
    beside = _beside(tree, noun, actors) or _holding(tree, hit, around, actors, words)
    if beside and sides:
        return Arguments(spread(tree, beside), spread(tree, dict.fromkeys(s for s in sides if s not in beside)))
    everyone = spread(tree, dict.fromkeys([*beside, *sides]))
    return Arguments(everyone[:1], everyone[1:])


def _sufferer(tree: Tree, noun: int) -> list[int]:
    """Who "SUFFERED no casualties", "denied taking any losses"."""
    verb = tree[noun].head
    if tree[noun].dep != "dobj" or tree[verb].lemma not in {"suffer", "sustain", "incur", "take"}:
        return []
    found = subject(tree, verb)
    return [found] if found is not None else []


def _by_beyond(tree: Tree, noun: int, actors: Mapping[int, ActorRef]) -> list[int]:
    """ "condemned THE AMBUSH on its convoy BY GUNMEN": what is done by somebody is the object, not the condemning."""
    token = tree[noun]
    if token.dep != "dobj" or not tree[token.head].is_verb or is_passive(tree, token.head):
        return []
    return [a for a in agents(tree, token.head) if a > noun and is_doer(actors.get(a))]


def _between_beyond(tree: Tree, anchor: int, times: frozenset[int]) -> list[int]:
    """ "fighting erupted on 16 January BETWEEN A AND B", where the parser hung the sides to the day or to a name."""
    far = (i for i in tree.subtree(anchor) if tree[i].lower == "between" and tree[i].head != anchor)
    hung = (i for i in far if tree[i].head in times or tree[tree[i].head].is_proper)
    return [p for i in hung for p in tree.children(i, "pobj") if len(tree.conjuncts(p)) > 1 or tree[p].tag == "NNS"]


def _of_doer(tree: Tree, hit: TriggerHit) -> Arguments:
    """The parties of a noun that names who did it: "a suicide BOMBER rammed a car into A CONVOY"."""
    token = tree[hit.head]
    verb = token.head if token.dep == "nsubj" and tree[token.head].is_verb else None
    targets = after(tree, verb, ON) or tree.children(verb, "dobj") if verb is not None else []
    return Arguments((hit.head,), spread(tree, targets))


def _beside(tree: Tree, noun: int, actors: Mapping[int, ActorRef]) -> list[int]:
    """In "in the battle with X, Y lost ..." and "Y entered the city after fighting with X" the subject is one too."""
    prep = tree[noun].head
    if tree[noun].dep != "pobj" or tree[prep].lower not in _AMID or not tree[tree[prep].head].is_verb:
        return []
    found = subject(tree, tree[prep].head)
    gathered = tree[prep].lower == "for" and tree[tree[prep].head].lemma in _GATHERING
    if not (gathered or tree[prep].lower in {"in", "during"} or after(tree, noun, frozenset({"with", "against"}))):
        return []
    if tree[prep].lower == "for":  # "flew to Tehran FOR TALKS with officials", "GATHERED FOR A SUMMIT"
        return [found] if found is not None and found in actors else []
    return [found] if found is not None and is_doer(actors.get(found)) else []


def _raiding(tree: Tree, noun: int, actors: Mapping[int, ActorRef], words: Words) -> list[int]:
    """ "its TROOPS freed ten miners IN A RAID on the camp": who frees them raids it."""
    prep = tree[tree[noun].head]
    verb = tree[prep.head]
    if tree[noun].dep != "pobj" or prep.lower not in {"in", "during"} or verb.lemma not in words["raiding_verbs"]:
        return []
    found = subject(tree, verb.i) if verb.is_verb and not is_passive(tree, verb.i) else None
    return [found] if found is not None and is_armed(actors.get(found)) else []


def _holding(
    tree: Tree, hit: TriggerHit, around: Sequence[int], actors: Mapping[int, ActorRef], words: Words
) -> list[int]:
    """Who "HELD a third round of talks"."""
    if is_violent(hit.event_type):
        return []
    outer = next((a for a in reversed(around) if not tree[a].is_verb), hit.head)
    return [i for i in _governed(tree, outer, words).initiators if i in actors]


def _modifiers(
    tree: Tree, hit: TriggerHit, actors: Mapping[int, ActorRef], objective: bool, words: Words
) -> tuple[list[int], list[int]]:
    """Possessors and nouns or adjectives before an event noun: "the rebels' attack", "Taliban ambush", "his murder".

    A nationality alone is a state's act where no violence is told ("AMERICAN sanctions") and where only states do such
    things ("RUSSIAN shelling", "a TURKISH offensive"); elsewhere it may tell whose people suffer.
    """
    initiators: list[int] = []
    targets: list[int] = []
    crowd = hit.event_type == "unrest.riot"  # "PALESTINIAN riots" tell whose people riot
    by_states = crowd or not is_violent(hit.event_type) or is_state_act(tree, hit, words) or _suffered(tree, hit, words)
    beside = tree.children(hit.head, "poss", "compound", "amod", "nmod")
    inner = [c for t in hit.tokens if t != hit.head for c in tree.children(t, "compound", "amod", "nmod")]
    beside += [c for c in inner if is_armed(actors.get(c))]  # "a Saudi-led COALITION air raid", not "a CAR bomb blast"
    for child in beside:
        ref = actors.get(child)
        if child in hit.tokens and not is_party_word(ref, words):
            continue
        if tree[child].dep == "poss":
            if tree[hit.head].lemma in words["stretches_of_time"]:
                continue  # "MALI'S bloodiest day" says where
            suffers = objective and (not is_doer(ref) or _is_victim(tree, hit.head, child, words))
            (targets if suffers else initiators).append(child)
        elif (
            ref is not None
            and ref.kind == "civilians"
            and objective
            and tree[child].is_noun
            and not _of_state(ref, by_states)
        ):
            targets.append(child)
        elif ref is not None and (is_doer(ref) or ref.actor_id or (by_states and ref.country)):
            initiators += [] if _is_scene(tree, hit, child, ref, words) else [child]
    return initiators, targets


def _of_state(ref: ActorRef, by_states: bool) -> bool:
    """Tell whether a people's name before a noun is that of the state that does such things ("PAKISTANI shelling")."""
    return by_states and ref.country is not None and ref.role is None


def _is_victim(tree: Tree, noun: int, owner: int, words: Words) -> bool:
    """ "the OFFICER'S murder"; not "the soldier's killing OF a boy", "the warlord's killings", "the army's killing"."""
    one = tree[owner].tag == tree[noun].tag == "NN" and tree[owner].lemma in words["single_persons"]
    return one and tree[noun].lemma in words["person_harm_nouns"] and not after(tree, noun, frozenset({"of"}))


def is_party_word(ref: ActorRef | None, words: Words) -> bool:
    """Tell whether a word of an event phrase names who does it all the same ("a GUERRILLA attack")."""
    return ref is not None and ref.role in words["war_parties"]


def _suffered(tree: Tree, hit: TriggerHit, words: Words) -> bool:
    """ "killed in an ISRAELI attack", "RUSSIAN attacks across the country", "a TURKISH attack on the post"."""
    noun, prep = tree[hit.head], tree[tree[hit.head].head]
    if noun.lemma not in _ATTACKS:
        return False
    if any(tree[p].lower in _WHERE_STATES_STRIKE for p in tree.children(hit.head, "prep")):
        return True
    return noun.dep == "pobj" and prep.lower in {"in", "by"} and tree[prep.head].lemma in words["deadly_words"]


def is_state_act(tree: Tree, hit: TriggerHit, words: Words) -> bool:
    """Tell whether an event is one that armies of states do: strikes from afar, and what the list names."""
    return hit.event_type.startswith("strike.") or tree[hit.head].lemma in words["state_act_nouns"]


def _is_scene(tree: Tree, hit: TriggerHit, index: int, ref: ActorRef, words: Words) -> bool:
    """A country before the noun for violence is where it is ("CHAD fighting", "a CONGO village massacre"), not who does
    it, unless the words say where that was ("the SUDAN attack on Adre") or the name serves as adjective too ("a UK air
    strike")."""
    if not tree[index].is_proper or tree[index].dep != "compound" or ref.kind != "government" or ref.role is not None:
        return False
    if hit.frame == "mutual" or not is_violent(hit.event_type):
        return hit.frame == "mutual"
    adjective = tree[index].text.isupper() and is_state_act(tree, hit, words)
    return not (adjective or tree[hit.head].lemma in words["state_act_nouns"] or _strikes_at(tree, hit.head))


def _strikes_at(tree: Tree, noun: int) -> bool:
    """Tell whether an event noun says on what, or its verb has a name after a preposition of place."""
    own = [p for p in tree.children(noun, "prep") if tree[p].lower in _WHERE_STATES_STRIKE]
    after = [p for p in tree.children(tree[noun].head, "prep") if p > noun and tree[p].lower in _AT]
    return bool(own) or any(tree[o].is_proper for p in after for o in tree.children(p, "pobj"))


def _carried_out(tree: Tree, noun: int, words: Words) -> list[int]:
    """ "condemned the murder, CARRIED OUT this morning BY X", where the parser hung the participle to the verb."""
    top = tree[tree.first_conjunct(noun)]
    clauses = [top.head] if top.dep == "nsubj" and not tree.has(top.head, "dobj") else []
    if top.dep == "dobj":
        clauses = [c for c in tree.children(top.head, "advcl", "conj") if c > noun and tree[c].tag in {"VBN", "VBD"}]
    own = [c for c in clauses if set(tree.children(c, "nsubj", "nsubjpass")) <= {top.i}]
    return [a for c in own if tree[c].lemma in words["light_verbs"] for a in agents(tree, c)]


def _target_of(tree: Tree, over: int, words: Words) -> list[int]:
    """The clinic of "the clinic was the TARGET of a bombing"."""
    if tree[over].lemma not in words["suffering_nouns"] or tree[over].dep != "attr":
        return []
    named = subject(tree, tree[over].head)
    return [named] if named is not None else []


def _governed(tree: Tree, noun: int, words: Words) -> Arguments:
    """What the verb that governs an event noun says of its parties: "launched an attack", "came under attack"."""
    token = tree[noun]
    initiators: list[int] = []
    targets: list[int] = []
    announced: list[int] = []
    for clause in tree.children(noun, "acl", "relcl"):
        lemma = tree[clause].lemma
        if lemma in words["light_verbs"] or lemma in words["planting_verbs"]:
            initiators += agents(tree, clause)
            if tree[clause].dep == "relcl" and not is_passive(tree, clause):
                own = tree.child(clause, "nsubj")
                initiators += [own] if own is not None and tree[own].lower not in RELATIVE else []
        elif tree[clause].lemma in {"target", "hit", "strike", "destroy", "rock"}:
            targets += tree.children(clause, "dobj")
    if token.dep in {"dobj", "nsubjpass"} and tree[token.head].is_verb:
        verb = token.head
        if tree[verb].lemma in words["light_verbs"]:
            joined = [v for v in tree.conjuncts(verb) if v == verb or tree[v].lemma in words["light_verbs"]]
            who = [s for s in (subject(tree, verb),) if s is not None]
            if token.dep == "nsubjpass":  # "was planned and carried out BY X"
                who = [a for v in joined for a in agents(tree, v)]
            initiators += who
            targets += after(tree, verb, ON)
        elif tree[verb].lemma in words["giving_verbs"]:  # "death THREATS were sent TO judges"
            initiators += agents(tree, verb) if token.dep == "nsubjpass" else [s for s in (subject(tree, verb),) if s]
            targets += [*tree.children(verb, "dative"), *after(tree, verb, frozenset({"to"}))]
        elif tree[verb].lemma in words["announcing_verbs"] and not is_passive(tree, verb):
            announced += [s for s in (subject(tree, verb),) if s is not None]
        elif tree[verb].lemma in words["undergoing_verbs"] and token.dep == "dobj":
            targets += [s for s in (subject(tree, verb),) if s is not None]
    elif (
        token.dep == "pobj"
        and tree[token.head].lower in _UNDER
        and tree[tree[token.head].head].lemma in {"come", "be", "fall"}
    ):
        patient = subject(tree, tree[token.head].head)
        targets += [patient] if patient is not None else []
    elif token.dep == "pobj" and tree[token.head].lower == "to" and tree[tree[token.head].head].lemma == "resort":
        doer = subject(tree, tree[token.head].head)  # "RESORTED TO shelling"
        initiators += [doer] if doer is not None else []
    elif token.dep == "nsubj" and tree[token.head].lemma in words["hitting_verbs"]:
        targets += tree.children(token.head, "dobj")
    elif token.dep == "pobj":
        targets += _target_of(tree, tree[token.head].head, words)
    if not initiators:
        initiators += _carried_out(tree, noun, words)
    return Arguments(tuple(initiators), tuple(targets), cause=tuple(announced))
