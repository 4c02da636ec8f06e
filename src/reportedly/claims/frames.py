"""Room 4, frames: who does what to whom, by syntax: active, passive, nominal, coordinated, controlled.

Door: `arguments(tree, hit, actors, outcomes)`. Works with token indices; nothing is resolved here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reportedly.claims.clause import (
    OF,
    ON,
    Arguments,
    after,
    agents,
    is_armed,
    is_doer,
    is_passive,
    moves_others,
    objects_of,
    spread,
    subject,
    tools,
)
from reportedly.claims.noun_frames import of_noun
from reportedly.knowledge.apart import is_violent
from reportedly.knowledge.lexicon import ADJECTIVE, NOUN
from reportedly.knowledge.outcomes import Outcomes
from reportedly.model import ActorRef
from reportedly.model.quick import quick, replace
from reportedly.model.reading import TriggerHit
from reportedly.model.syntax import SUBJECTS, Tree

CAPTURE = "battle.capture"
# Acts of which a phrase names whom they are done to ("kill PROTESTERS"); who is taken PRISONER is named beside it.
_ON_PEOPLE = ("attack.", "unrest.")
_BETWEEN = frozenset({"between", "with", "among"})
Words = Mapping[str, frozenset[str]]


def arguments(
    tree: Tree,
    hit: TriggerHit,
    actors: Mapping[int, ActorRef],
    outcomes: Outcomes,
    times: frozenset[int] = frozenset(),
) -> Arguments:
    """Return the arguments of a trigger by its frame. `times` are tokens that say when, and are nobody."""
    if hit.pos == NOUN:
        found = of_noun(tree, hit, actors, outcomes.words, times)
    elif hit.pos == ADJECTIVE or not tree[hit.head].is_verb or tree[hit.head].dep in {"amod", "acomp", "oprd"}:
        found = _of_adjective(tree, hit)
    else:
        found = _of_verb(tree, hit, actors, outcomes, times)
    if (
        hit.frame in {"act", "suffer"}
        and is_violent(hit.event_type)
        and not any(is_doer(actors.get(i)) for i in found.initiators)
    ):
        words = [t for t in hit.tokens if len(hit.tokens) > 1 or tree[t].tag == "VBG" or not tree[t].is_verb]
        sources = [i for t in words for i in _sources(tree, t, actors) if i not in found.targets]
        return replace(found, initiators=spread(tree, sources)) if sources else found
    return found


def _is_perfect(tree: Tree, verb: int) -> bool:
    """ "the air force HAS bombed": a participle, and no passive."""
    helpers = {tree[a].lemma for a in tree.children(verb, "aux", "auxpass")}
    return "have" in helpers and "be" not in helpers


def _sources(tree: Tree, token: int, actors: Mapping[int, ActorRef]) -> list[int]:
    """Whose fire it was: "wounded by shelling FROM BORDER GUARDS", "came under fire FROM THE REBELS"."""
    return [i for i in after(tree, token, frozenset({"from"})) if is_armed(actors.get(i))]


@quick
@dataclass(frozen=True, slots=True)
class _Verb:
    """An event verb with what stands around it: tokens of its subjects, objects, agents and means."""

    tree: Tree
    hit: TriggerHit
    actors: Mapping[int, ActorRef]
    words: Words
    times: frozenset[int]
    subjects: list[int]
    objects: list[int]
    agents: list[int]
    means: list[int]
    passive: bool

    @property
    def targets(self) -> list[int]:
        """Whom or what it is done to when active: its objects, or those after its prepositions."""
        otherwise = ON if self.hit.frame == "act" else ON | {"to", "with", "for", "of", "from"}
        return self.objects or after(self.tree, self.hit.head, self.hit.target or otherwise)


def _of_verb(
    tree: Tree, hit: TriggerHit, actors: Mapping[int, ActorRef], outcomes: Outcomes, times: frozenset[int]
) -> Arguments:
    verb = _around(tree, hit, actors, outcomes, times)
    if hit.frame == "mutual":
        by = [b for b in verb.agents if _is_party(actors.get(b)) or _is_named(actors.get(b))]  # not "by TELEPHONE"
        first = by if verb.passive and by else verb.subjects
        if "talks_subject" in hit.needs:  # "TALKS BETWEEN X AND Y broke down"
            first = [p for s in first for p in after(tree, s, _BETWEEN)]
        return _of_sides(tree, hit, first, verb.objects, verb.passive)
    if hit.frame in {"suffer", "die"}:
        return _of_suffering(verb)
    if hit.frame == "burst":
        return _of_burst(tree, hit, verb.agents, verb.subjects, verb.objects, actors)
    return _of_passive(verb) if verb.passive else _of_active(verb)


def _around(
    tree: Tree, hit: TriggerHit, actors: Mapping[int, ActorRef], outcomes: Outcomes, times: frozenset[int]
) -> _Verb:
    head = hit.head
    who = subject(tree, tree[head].head if _helps(tree, head) else head)
    objects = _objects(tree, hit, actors, outcomes.words)
    passive = is_passive(tree, head) or (not objects and _is_bare_passive(tree, hit, who, actors, outcomes, times))
    return _Verb(
        tree=tree,
        hit=hit,
        actors=actors,
        words=outcomes.words,
        times=times,
        subjects=[who] if who is not None else [],
        objects=objects,
        agents=agents(tree, head) or (_agents_beyond(tree, hit) if passive else []),
        means=[*after(tree, head, frozenset({"with"})), *tools(tree, head)],
        passive=passive,
    )


def _is_bare_passive(
    tree: Tree,
    hit: TriggerHit,
    who: int | None,
    actors: Mapping[int, ActorRef],
    outcomes: Outcomes,
    times: frozenset[int],
) -> bool:
    """Tell whether a verb that needs an object, and has none, tells of its subject ("Ten VILLAGERS killed in raid")."""
    head = tree[hit.head]
    killed = hit.event_type == "attack.killing" and len(hit.tokens) > 1  # "a MOTHER burned to death"
    if hit.frame != "act" or head.tag not in {"VBN", "VBD"} or not (killed or head.lemma in outcomes.transitive):
        return False
    if any(tree[t].lower in outcomes.words["firing_adverbs"] for t in hit.tokens):
        return False  # "the bandits shot SPORADICALLY"
    counted = who is not None and tree.has(who, "nummod")
    undergoing = [a for a in after(tree, hit.head, hit.target or ON) if not (counted and a in times)]
    if undergoing or tree.has(hit.head, "dobj"):
        return False
    undone = who is not None and not _fights(actors.get(who), outcomes)
    return undone or (head.tag == "VBN" and not _is_perfect(tree, hit.head)) or head.lemma in outcomes.harm_verbs


def _of_suffering(verb: _Verb) -> Arguments:
    """Who suffers is its subject; who made it so stands after "by", or after "to" what was lost."""
    tree, head, by = verb.tree, verb.hit.head, verb.agents
    cause = tuple(after(tree, head, frozenset({"in", "from", "of", "during", "by"})))
    if tree[head].lemma in {"lose", "fall"}:  # "the village lost six men TO GUNMEN", "the town fell TO THE REBELS"
        by = [*by, *(a for o in (head, *tree.children(head, "dobj")) for a in after(tree, o, frozenset({"to"})))]
        by = [a for a in by if is_doer(verb.actors.get(a))]
    whose = by or _whose_deed(tree, verb.hit, verb.actors)
    return Arguments(spread(tree, whose), spread(tree, verb.subjects), cause=cause)


def _of_passive(verb: _Verb) -> Arguments:
    """Who undergoes it is its subject, where that is not what was sent or done."""
    tree, hit, own, by = verb.tree, verb.hit, set(verb.hit.tokens), verb.agents
    shot = verb.words["striking_things"]  # "DRONES launched by X": what was sent, not what was hit
    undergone = [
        s for s in verb.subjects if s not in own or (_suffers(verb.actors.get(s)) and tree[s].lemma not in shot)
    ]
    undergone += verb.objects
    if not undergone and any(s in own for s in verb.subjects):  # "an EMBARGO was imposed ON the junta"
        undergone, by = verb.targets, by or _beside_own(tree, verb.subjects, verb.actors)
    if not hit.takes:  # "police were DEPLOYED in the port": who is moved is who acts there
        moved = [o for s in verb.subjects for o in (s, *(after(tree, s, OF) if s in own else ()))]
        by, undergone = by or [s for s in moved if is_doer(verb.actors.get(s))], verb.targets
        undergone = undergone or [t for s in verb.subjects if s in own for t in after(tree, s, hit.target)]
    sent = _senders(verb) if by else []
    return Arguments(spread(tree, sent or by), spread(tree, undergone), means=tuple(verb.means), passive=True)


def _senders(verb: _Verb) -> list[int]:
    """ "was hit by a shell FIRED BY TROOPS": whoever sent it did it."""
    tree, words = verb.tree, verb.words
    if any(is_doer(verb.actors.get(a)) for a in verb.agents):
        return []
    sent = (c for a in verb.agents for c in tree.children(a, "acl", "relcl"))
    return [s for c in sent if tree[c].lemma in words["planting_verbs"] for s in agents(tree, c)]


def _of_active(verb: _Verb) -> Arguments:
    """Who does it is its subject; whom it is done to its object, or whom something is given to."""
    tree, hit = verb.tree, verb.hit
    given = [c for c in tree.children(hit.head, "dative") if tree[c].is_noun]
    targets = given or verb.targets
    if not targets and hit.frame == "act":  # "retaliated with drones AGAINST A POST"
        targets = [t for means in verb.means for t in after(tree, means, frozenset({"against"}))]
    targets = [t for t in targets if t not in verb.times]
    if hit.event_type == CAPTURE:  # "retook the town FROM THE REBELS": who lost it is the other side
        targets += [a for a in after(tree, hit.head, frozenset({"from"})) if is_doer(verb.actors.get(a))]
    found = tree[hit.head].lemma in verb.words["finding_verbs"] and is_violent(hit.event_type)
    who = [] if found else verb.subjects  # "FISHERMEN found two decapitated bodies": they did not do it
    return Arguments(spread(tree, who), spread(tree, targets), means=tuple(verb.means))


def _agents_beyond(tree: Tree, hit: TriggerHit) -> list[int]:
    """ "was banned from its airspace BY THE UNION", read as whose airspace; "was shot and wounded BY A SNIPER"."""
    beside = [c for c in tree.children(hit.head, "conj") if tree[c].tag == "VBN" and c - hit.head == 2]
    if beside and not tree.has(beside[0], *SUBJECTS):
        return agents(tree, beside[0])
    if is_violent(hit.event_type):
        return []
    further = [p for t in hit.tokens if t != hit.head for p in tree.children(t, "pobj")]
    return [a for p in further for a in agents(tree, p)]


def _objects(tree: Tree, hit: TriggerHit, actors: Mapping[int, ActorRef], words: Words) -> list[int]:
    """What the verb is done to: its objects, those of the words of its phrase, or what the phrase itself holds."""
    verb, own = hit.head, set(hit.tokens)
    direct = objects_of(tree, verb) if hit.takes else []
    civil = not is_violent(hit.event_type) and not _gives(tree, verb, actors, words)
    objects = [o for o in direct if o not in own or (civil and _is_party(actors.get(o)) and _ends(tree, o, own))]
    held = [t for t in own if hit.event_type.startswith("unrest.") and tree[t].dep == "pobj"]
    if any(_is_party(actors.get(t)) for t in held):
        return held  # "opened fire on PROTESTERS on the bridge"
    objects += [p for t in own if t not in (verb, *objects) for p in _phrase_objects(tree, t, hit) if p not in own]
    objects = [o for o in objects if not _of_arms(tree, o, own, words)]
    if hit.frame == "act" and hit.takes:  # "blew up PYLONS", "killed PROTESTERS": its own object
        whole = [o for o in direct if o in own and tree[o].lemma not in words["striking_things"]]
        listed = bool(whole and objects) and any(t.text == ":" for t in tree.tokens[whole[-1] : objects[0]])
        can_suffer = _suffers if hit.event_type.startswith(_ON_PEOPLE) else _is_thing
        objects = [o for o in whole if can_suffer(actors.get(o))] if listed or not objects else objects
    return objects


def _beside_own(tree: Tree, subjects: list[int], actors: Mapping[int, ActorRef]) -> list[int]:
    """Whose the deed is that was done: "a UN embargo was imposed"."""
    beside = [c for s in subjects for c in tree.children(s, "poss", "compound", "amod", "nmod")]
    return [c for c in beside if is_doer(actors.get(c)) or _is_named(actors.get(c))]


def _gives(tree: Tree, verb: int, actors: Mapping[int, ActorRef], words: Words) -> bool:
    """ "offered its TROOPS TO the president": what is given is nobody to whom it is done."""
    if tree[verb].lemma not in words["giving_verbs"]:
        return False
    given = [*after(tree, verb, frozenset({"to"})), *tree.children(verb, "dative")]
    return any(g in actors and actors[g].kind != "unknown" for g in given)


def _whose_deed(tree: Tree, hit: TriggerHit, actors: Mapping[int, ActorRef]) -> list[int]:
    """Whose deed one suffers: "repelled a REBEL attack", "an attack BY INSURGENTS"."""
    nouns = [i for i in hit.tokens if i != hit.head and tree[i].is_noun]
    beside = [c for n in nouns for c in tree.children(n, "compound", "amod", "nmod", "poss")]
    owners = [c for c in beside if c not in nouns and (is_doer(actors.get(c)) or _is_named(actors.get(c)))]
    return [p for n in nouns for p in agents(tree, n)] or owners


def _fights(ref: ActorRef | None, outcomes: Outcomes) -> bool:
    """Tell whether somebody is armed, by kind or as the ENEMY is by its name."""
    return is_doer(ref) or (ref is not None and ref.role in outcomes.combatants)


def _helps(tree: Tree, verb: int) -> bool:
    """Tell whether an event noun before a verb was read as its auxiliary ("army SHELLING killed ten")."""
    return tree[verb].dep == "aux" and tree[verb].tag == "VBG" and tree[verb].head > verb


def _of_sides(tree: Tree, hit: TriggerHit, first: list[int], objects: list[int], passive: bool) -> Arguments:
    """Those who fight or meet: the first of them on one side, all others on the other."""
    beside = frozenset({"with", "against", "between", "among"})
    sides = first + objects
    sides += [p for t in sorted({hit.head, *hit.tokens}) for p in after(tree, t, beside)]
    if not first:  # "fighting BETWEEN the army and rebels"
        everyone = spread(tree, sides)
        return Arguments(everyone[:1], everyone[1:], passive=passive)
    return Arguments(spread(tree, sides[:1]), spread(tree, sides[1:]), passive=passive)


def _of_burst(
    tree: Tree, hit: TriggerHit, by: list[int], subjects: list[int], objects: list[int], actors: Mapping[int, ActorRef]
) -> Arguments:
    """What goes off is the means; who set it off may stand in its clause, what it hits where it goes off."""
    beside = frozenset({"at", "in", "outside", "near", "inside", "under", "beneath"})
    where = after(tree, hit.head, beside)
    by = by + [s for s in subjects if is_doer(actors.get(s))]  # "a BOMBER blew himself up"
    by += [a for s in subjects for clause in tree.children(s, "acl", "relcl") for a in agents(tree, clause)]
    laden = [o for o in objects if _is_laden(tree, o)]
    things = [o for o in objects if tree[o].tag != "PRP" and o not in laden]
    things += [w for w in where if _is_thing(actors.get(w)) or is_armed(actors.get(w))]
    return Arguments(spread(tree, by), spread(tree, things), (*subjects, *laden))


def _is_laden(tree: Tree, index: int) -> bool:
    """ "detonated A TRUCK PACKED WITH EXPLOSIVES": the bomb, and nothing that was hit."""
    held = (p for c in tree.children(index, "acl") for p in after(tree, c, frozenset({"with"})))
    return any(tree[p].lemma in _CHARGES for p in held)


_CHARGES = frozenset({"explosive", "explosives", "dynamite", "bomb"})


def _phrase_objects(tree: Tree, index: int, hit: TriggerHit) -> list[int]:
    """Objects reached through the further words of a phrase: "set fire TO houses", "opened fire ON the bus".

    Not what is only sent: "began the withdrawal OF its troops".
    """
    inner = tree.children(index, "dobj") if tree[index].is_verb else []
    if hit.frame == "mutual" and not is_violent(hit.event_type):
        return inner + tree.children(index, "pobj")  # "signed an agreement ON MIGRANTS": what it is about is no side
    said_for = after(tree, index, frozenset({"for"})) if hit.frame == "speak" and "for" not in hit.target else []
    leading = ON - {"at"} if said_for else ON  # "voiced support for Ukraine AT THE COUNCIL"
    return (
        inner
        + tree.children(index, "pobj")
        + after(tree, index, leading | {"to"} | (frozenset() if moves_others(hit) else OF))
    )


def _of_arms(tree: Tree, index: int, own: set[int], words: Words) -> bool:
    """ "exploded a SERIES of BOMBS": what the phrase itself names is no target; "fired small ARMS" neither."""
    if tree[index].lemma in words["fired_arms"] and tree[tree[index].head].lemma in words["planting_verbs"]:
        return True
    return any(p in own and tree[p].lemma in words["striking_things"] for p in after(tree, index, OF))


def _is_party(ref: ActorRef | None) -> bool:
    return ref is not None and ref.role is not None and ref.kind not in {"unknown", "facility"}


def _suffers(ref: ActorRef | None) -> bool:
    """What a phrase of the event holds can still be what it is done to ("the BUSES were burned")."""
    return _is_party(ref) or _is_thing(ref)


def _ends(tree: Tree, index: int, own: set[int]) -> bool:
    """Tell whether no other word of the phrase hangs from this one, as in "a STATE of emergency"."""
    return not any(other != index and tree.covers(index, other) for other in own)


def _is_named(ref: ActorRef | None) -> bool:
    return ref is not None and (ref.actor_id is not None or ref.country is not None)


def _is_thing(ref: ActorRef | None) -> bool:
    return ref is not None and ref.kind == "facility"


def _of_adjective(tree: Tree, hit: TriggerHit) -> Arguments:
    """ "three dead soldiers", "five were wounded", "left ten dead", "12 dead"."""
    token = tree[hit.head]
    head = tree[token.head]
    if hit.frame == "act" and not (token.tag == "VBN" and token.dep == "amod"):
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
