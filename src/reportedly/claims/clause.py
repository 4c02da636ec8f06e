"""Room 4, the parts of a clause: subject, objects, agents, what stands after prepositions, all that is coordinated.

Doors: `subject`, `objects_of`, `agents`, `after`, `spread`, `is_passive`; `Arguments` are heads found so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from reportedly.knowledge.grammar import grammar_words
from reportedly.model import ARMED_KINDS, ActorRef
from reportedly.model.quick import quick
from reportedly.model.reading import TriggerHit
from reportedly.model.syntax import Tree

ON = frozenset({"on", "against", "at", "upon", "into", "towards", "toward"})
OF = frozenset({"of"})
_WHOSE = frozenset({"from", "of"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
# What nobody does to a thing: "after shells LANDED on the market" is no passive, however it is parsed.
_UNDONE_TO = frozenset({"land", "fall", "crash", "slam", "explode", "go"})
# Nouns whose infinitive has the subject of whoever makes them.
_PLANS = frozenset(
    {"attempt", "plan", "plot", "threat", "bid", "effort", "intention", "conspiracy", "decision", "order"}
)
_UNIONS = grammar_words()["unions"]
_STAND_INS = frozenset({"one", "ones", "those"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
# Verbs whose object is a tool of the subject: what it is used for the subject does.
_TIMES = frozenset({"hours", "day", "days", "week", "weeks", "month", "months", "deadline", "time"})
_WIELDING = frozenset({"use", "employ", "wield", "fire", "throw", "hurl", "lob"})


@quick
@dataclass(frozen=True, slots=True)
class Arguments:
    """Head tokens of the arguments of one event word, in text order.

    `answerable` are those of the initiators that words of guilt name ("X is responsible for the attack"); `cleared`
    tells that these words say the contrary ("X was NOT behind the attack").
    """

    initiators: tuple[int, ...] = ()
    targets: tuple[int, ...] = ()
    means: tuple[int, ...] = ()
    cause: tuple[int, ...] = ()
    passive: bool = False
    answerable: tuple[int, ...] = ()
    cleared: bool = False


def moves_others(hit: TriggerHit) -> bool:
    """Tell whether an act is one by which forces are sent or withdrawn: whose they are stands after "of"."""
    return not hit.takes and hit.event_type.split(".")[0] in {"retreat", "posture"}


def is_armed(ref: ActorRef | None) -> bool:
    return ref is not None and ref.kind in ARMED_KINDS


def is_doer(ref: ActorRef | None) -> bool:
    return is_armed(ref) or (ref is not None and ref.kind in {"government", "rioters"})


def spread(tree: Tree, indices: Iterable[int]) -> tuple[int, ...]:
    """The phrases and all coordinated with them; "a group of soldiers" counts as one."""
    found: dict[int, None] = {}
    for index in indices:
        if tree.is_leaf(index):
            found[index] = None
            continue
        beside = (*_past_brackets(tree, index), *tree.names_before(index)[:-1], *_whose_people(tree, index))
        for other in (*tree.conjuncts(index), *beside):
            if tree[other].is_noun or tree[other].tag in {"CD", "DT", "JJ", "VBN", "PRP"} or other == index:
                found[other] = None
    return tuple(sorted(found))


def _whose_people(tree: Tree, index: int) -> list[int]:
    """ "officials from Iraq, SYRIA and TURKEY": those of each of them; "an alliance of X AND Y": those in it."""
    union = tree[index].lemma in _UNIONS
    if tree[index].tag != "NNS" and not union:
        return []
    named = [p for c in tree.children(index, "prep") if tree[c].lower in _WHOSE for p in tree.children(c, "pobj")]
    beside = [o for p in named if tree[p].is_proper for o in tree.conjuncts(p)[0 if union else 1 :]]
    beside = beside if not union or len(beside) > 1 or tree.has(index, "conj") else []
    return [o for o in beside if tree[o].is_proper]


def _past_brackets(tree: Tree, index: int) -> list[int]:
    """Conjuncts that the parser hung on the name in brackets: "a group (the Name, or ABC) AND JIHADISTS"."""
    found = []
    for inner in tree.children(index, "appos"):
        for other in tree.conjuncts(inner)[1:]:
            if any(tree[i].text == ")" for i in range(inner, other)):
                found.append(other)
    return found


def is_passive(tree: Tree, verb: int) -> bool:
    """A passive clause, a reduced relative ("soldiers killed in") or a participle before its noun."""
    token = tree[verb]
    if token.lemma == "engage" and not tree.has(verb, "agent"):
        return False  # "troops were ENGAGED in ...": whoever is, does it
    if tree.has(verb, "auxpass", "nsubjpass", "csubjpass"):
        return True
    if token.tag in {"VBN", "VBD"} and tree.has(verb, "agent") and not tree.has(verb, "dobj"):
        return True
    if _shares_auxiliary(tree, verb):
        return True
    if token.tag in {"VBN", "VBD"} and token.dep == "acl" and not tree.has(verb, "dobj"):
        return token.tag == "VBN" or token.lemma not in _UNDONE_TO
    if token.dep == "conj" and token.tag in {"VBN", "VBD"} and not tree.has(verb, "nsubj", "aux", "dobj"):
        return token.tag == "VBN" and is_passive(tree, token.head)
    return token.tag == "VBN" and token.dep == "amod"


def _shares_auxiliary(tree: Tree, verb: int) -> bool:
    """ "nine were killed and six others WOUNDED in ...": the second participle leans on the first one's auxiliary."""
    token = tree[verb]
    if token.dep != "conj" or token.tag != "VBN" or tree.has(verb, "aux", "auxpass", "dobj"):
        return False
    return tree.has(token.head, "auxpass")


def subject(tree: Tree, verb: int) -> int | None:
    """The understood subject of a verb: its own, that of the verb it is coordinated with or governed by, or the noun it
    describes."""
    here, seen = verb, set[int]()
    while here not in seen:
        seen.add(here)
        own = _beyond_label(tree, here, tree.child(here, "nsubj", "nsubjpass"))
        token = tree[here]
        if own is not None:
            return _antecedent(tree, here, own)
        if tree.has(here, "csubj", "csubjpass"):
            return None  # "shelling in the town killed three": the deed is the subject, whoever speaks above it
        if token.dep in {"acl", "relcl", "amod"} and not tree[token.head].is_verb:
            return _planner(tree, here) if tree[token.head].lemma in _PLANS else token.head
        if token.dep in {"xcomp", "advcl"} and (given := _given_time(tree, token.head)) is not None:
            return given
        if token.dep == "xcomp" and (controlled := _object_control(tree, token.head)) is not None:
            return controlled
        if token.dep == "pcomp":
            governor = tree[token.head].head
            if tree[token.head].lower == "by" and tree[governor].is_verb and is_passive(tree, governor):
                return None  # "people wounded by SHELLING": whoever shelled, not they
            controlled = tree.child(governor, "dobj") if tree[governor].is_verb else None
            if controlled is not None and tree[token.head].lemma in {"of", "for", "from", "with"}:
                return _antecedent(tree, governor, controlled)
            here = governor
            continue
        if token.dep == "ccomp" and token.tag in _FINITE:
            return None  # what somebody says has a subject of its own, even where the parse does not show it
        if token.dep == "ROOT" and here == verb and (first := _first_told(tree, verb)) is not None:
            return first
        if token.dep not in {"conj", "xcomp", "advcl", "ccomp", "dep", "prep"} and not (
            token.dep in {"acomp", "attr", "oprd"} and here != verb
        ):
            return None
        here = token.head
        if not tree[here].is_verb and tree[here].is_noun:
            return None
    return None


def _beyond_label(tree: Tree, verb: int, own: int | None) -> int | None:
    """ "REMINDER: in 2020 SOLDIERS killed nine": the subject is not what stands before the colon."""
    if own is None or own + 1 >= len(tree) or tree[own + 1].text != ":":
        return own
    return next((s for s in tree.children(verb, "nsubj", "nsubjpass") if s > own), own)


def _first_told(tree: Tree, verb: int) -> int | None:
    """ "ETHIOPIA shuts down internet, JAILS journalists", read as if somebody jailed that it does."""
    told = [c for c in tree.children(verb, "ccomp") if c < verb and tree[c].tag == tree[verb].tag == "VBZ"]
    beside = any(tree[p].text == "," for c in told for p in (*tree.children(c, "punct"), *tree.children(verb, "punct")))
    return tree.child(told[0], "nsubj") if len(told) == 1 and beside else None


def _planner(tree: Tree, verb: int) -> int | None:
    """Who makes the attempt or plan that an infinitive spells out: "an attempt BY X to kidnap", "X made plans to"."""
    noun = tree[verb].head
    named = [*agents(tree, noun), *tree.children(noun, "poss")]
    governor = tree[noun].head
    if not named and tree[noun].dep == "dobj" and tree[governor].lemma in {"make", "have", "launch", "hatch", "begin"}:
        return subject(tree, governor)
    return named[0] if named else None


def _object_control(tree: Tree, governor: int) -> int | None:
    """In "ordered troops to attack" the subject of the infinitive is the object."""
    if tree[governor].lemma in _WIELDING:
        return None  # "USED drones to drop grenades": the gang drops them
    found = tree.child(governor, "dobj")
    return found if found is not None and tree[governor].is_verb else None


def _given_time(tree: Tree, governor: int) -> int | None:
    """ "GAVE THE JUNTA ten days to withdraw": the junta shall."""
    if tree[governor].lemma != "give" or not any(tree[c].lower in _TIMES for c in tree.children(governor)):
        return None
    return tree.child(governor, "dative")


def tools(tree: Tree, verb: int) -> list[int]:
    """What is used for it: "used DRONES to drop grenades"."""
    governor = tree[verb].head
    if tree[verb].dep not in {"xcomp", "advcl"} or tree[governor].lemma not in _WIELDING:
        return []
    return tree.children(governor, "dobj")


def _antecedent(tree: Tree, verb: int, index: int) -> int:
    if tree[index].lower in RELATIVE and tree[verb].dep == "relcl":
        return _told_of(tree, tree[verb].head)
    return index


def _told_of(tree: Tree, noun: int) -> int:
    """ "army men were THE ONES WHO killed them": those of whom it is said."""
    if tree[noun].lower not in _STAND_INS or tree[noun].dep != "attr" or tree[tree[noun].head].lemma != "be":
        return noun
    found = tree.child(tree[noun].head, "nsubj")
    return noun if found is None else found


def objects_of(tree: Tree, verb: int) -> list[int]:
    found = [
        c for c in tree.children(verb, "dobj") if tree[c].lower not in {"himself", "herself", "themselves", "itself"}
    ]
    if not found:
        for conj in tree.children(verb, "conj"):
            later = tree.children(conj, "dobj")
            if later and tree[conj].is_verb and tree[conj].i - verb <= 3 and tree[verb + 1].dep in {"cc", "punct"}:
                found = later  # "shot and wounded a man"; not "shooting wildly and burning houses"
    if not found and tree[verb].dep == "conj" and tree[tree[verb].head].is_verb:  # "stabbed and BEHEADED rivals"
        found = [d for d in tree.children(tree[verb].head, "dobj") if d > verb]
    if not found and tree[verb].dep == "relcl":
        gap = [c for c in tree.children(verb, "nsubj") if tree[c].lower not in RELATIVE and not _some_of_them(tree, c)]
        if gap and not is_passive(tree, verb):
            found = [tree[verb].head]
    return [tree[verb].head if tree[f].lower in RELATIVE and tree[verb].dep == "relcl" else f for f in found]


def _some_of_them(tree: Tree, index: int) -> bool:
    """ "20 bodies, FOUR OF THEM beheaded": some of those that the clause is about."""
    of = tree.children(index, "prep")
    return any(tree[p].lower in {"them", "whom"} for prep in of for p in tree.children(prep, "pobj"))


def agents(tree: Tree, verb: int) -> list[int]:
    if not tree.has(verb, "agent", "prep", "prt", "dative"):
        return []
    found = [p for a in tree.children(verb, "agent") for p in tree.children(a, "pobj", "pcomp")]
    found += [p for a in tree.children(verb, "prep") if tree[a].lower == "by" for p in tree.children(a, "pobj")]
    return found or at_hands(tree, verb)


def at_hands(tree: Tree, index: int) -> list[int]:
    """ "killed AT THE HANDS OF gunmen"."""
    hands = [h for h in after(tree, index, frozenset({"at"})) if tree[h].lower == "hands"]
    return [p for h in hands for p in after(tree, h, frozenset({"of"}))]


def after(tree: Tree, head: int, prepositions: Collection[str]) -> list[int]:
    """Objects of the prepositions that hang from a word."""
    found: list[int] = []
    if tree.forms.isdisjoint(prepositions):
        return found
    for prep in tree.children(head, "prep", "prt", "dative", "agent"):
        if tree[prep].lower in prepositions:
            found += tree.children(prep, "pobj")
            for inner in tree.children(prep, "prep"):
                found += tree.children(inner, "pobj")
    return found
