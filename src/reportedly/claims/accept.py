"""Room 4, acceptance: whether an event word, with its arguments, is the event that its entry says.

Door: `refusal(sentence, hit, arguments, lexicon)`. The needs stand with the entries in `lexicon/en/triggers`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reportedly.claims.asked import Asked, counted_in
from reportedly.claims.clause import Arguments
from reportedly.claims.harmed_together import counted_already
from reportedly.claims.modality import asks, means_itself
from reportedly.claims.unreal import unreal
from reportedly.knowledge.apart import Apart, is_violent
from reportedly.knowledge.lexicon import ADJECTIVE, NOUN, VERB, Lexicon
from reportedly.model.reading import Sentence, TriggerHit
from reportedly.model.syntax import Tree

_PUBLIC = frozenset({"government", "state_forces", "media", "international_organisation"})


def refusal(sentence: Sentence, hit: TriggerHit, found: Arguments, lexicon: Lexicon) -> str | None:
    """Return which need of the entry that concerns arguments does not hold, or None where all do."""
    test = Asked(sentence, found, lexicon)
    if is_violent(hit.event_type) and hit.event_type != "unrest.riot" and _figure(sentence, hit, found, lexicon, test):
        return "a figure of speech, or a matter of private people, by what it is said of"
    if _describes(sentence, hit, lexicon, test):
        return "says in what state somebody or a place is, not what happened"
    if counted_already(sentence.tree, hit.head):
        return "one figure for it and for the harm before it"
    if hit.event_type == "diplomacy.request" and _keeps_name(sentence.tree, hit.head, lexicon):
        return "asks only to keep the own name back"
    if hit.event_type == "diplomacy.accuse" and _is_guilty(sentence.tree, hit.head):
        return "says who is to blame, not who blames"
    if hit.event_type.startswith("abduction.") and _mistaken(sentence.tree, hit, test):
        return "taken for somebody else, not away"
    if _carried(sentence, hit, found, lexicon):
        return "the dead and the wounded are carried away, not abducted"
    why = unreal(sentence.tree, hit, lexicon.words)
    if why is not None or not hit.needs:
        return why
    failed = next((need for need in sorted(hit.needs) if need in _CHECKS and not _CHECKS[need](test, hit)), None)
    return f"needs {failed}" if failed is not None else None


def _figure(sentence: Sentence, hit: TriggerHit, found: Arguments, lexicon: Lexicon, test: Asked) -> bool:
    """Tell whether words of violence are a figure of speech or a matter of private people, by what they are said of."""
    tree, apart = sentence.tree, lexicon.apart
    doers = [counted_in(tree, i) for i in (*found.initiators, *found.means)]
    if any(tree[i].lemma in apart.subjects for i in doers) or _other_verb(tree, hit, apart):
        return True
    if hit.event_type.startswith("destruction.") and found.targets and all(test.state(i) for i in found.targets):
        return True  # "the war is destroying SUDAN"
    if doers and all(_of_peace(sentence, i) for i in doers):
        return True  # "hit by SANCTIONS", "by a CYBER ATTACK"
    if any(test.armed(i) or test.strikes(i) for i in doers):
        return False
    objects = {*found.targets, *tree.children(hit.head, "dobj")} - set(hit.tokens)
    if any(tree[i].lemma in apart.objects and not test.listed_thing(i) for i in objects):
        return True
    if hit.frame == "burst" and any(test.person(i) and not tree[i].is_proper for i in doers):
        return True
    return _private(sentence, hit, found, apart)


def _of_peace(sentence: Sentence, index: int) -> bool:
    """Tell whether a word tells of an act without violence, and of none with it."""
    kinds = {is_violent(h.event_type) for h in sentence.triggers if h.pos == NOUN and index in h.tokens}
    return kinds == {False}


def _describes(sentence: Sentence, hit: TriggerHit, lexicon: Lexicon, test: Asked) -> bool:
    """Tell whether a participle only describes: "rescued 22 KIDNAPPED victims", "the BESIEGED city of Fasa"."""
    tree, token = sentence.tree, sentence.tree[hit.head]
    if hit.pos == ADJECTIVE and hit.frame == "die" and _of_the_dead(tree, hit.head):
        return True
    others = any(h.head not in hit.tokens and is_violent(h.event_type) for h in sentence.triggers)
    if token.dep == "amod" and token.tag == "VBG" and hit.event_type.startswith("destruction."):
        return others  # "died in a BURNING car"
    if token.dep not in {"amod", "compound"} or not (token.tag == "VBN" or token.is_noun):
        return False
    if hit.event_type.startswith("abduction."):
        return any(tree[a].lemma in lexicon.words["freeing_verbs"] for a in tree.ancestors(token.head))
    return hit.event_type in {"battle.offensive", "battle.capture"} and others and test.place(token.head)


def _of_the_dead(tree: Tree, index: int) -> bool:
    """ "Relatives OF THE DEAD": those of whom was told before. "Three of the dead" are counted."""
    token = tree[index]
    over, prep = tree[tree[token.head].head], tree[token.head]
    plain = {tree[c].dep for c in tree.children(index)} <= {"det"} and tree.has(index, "det")
    if not plain or token.dep != "pobj":
        return False
    return prep.lower in {"for", "to"} or (prep.lower in {"of", "with"} and over.is_noun)


def _is_guilty(tree: Tree, verb: int) -> bool:
    """ "rogue officers were TO BLAME"."""
    token = tree[verb]
    return token.dep == "xcomp" and tree[token.head].lemma == "be" and not tree.has(verb, "dobj", "auxpass")


def _keeps_name(tree: Tree, verb: int, lexicon: Lexicon) -> bool:
    """ "asked not to be NAMED", "requested ANONYMITY", "asked to remain UNIDENTIFIED": a speaker, not a request."""
    asked = tree.children(verb, "xcomp", "ccomp", "dobj")
    asked += [c for a in asked for c in tree.children(a, "acomp", "attr", "oprd")]
    return any(tree[a].lemma in lexicon.words["name_keeping"] for a in asked)


def _mistaken(tree: Tree, hit: TriggerHit, test: Asked) -> bool:
    """ "shot men whom they TOOK FOR MILITIAMEN"; not "took them for ransom"."""
    preps = (p for p in tree.children(hit.head, "prep") if tree[p].lower == "for")
    return tree[hit.head].lemma == "take" and any(test.armed(o) for p in preps for o in tree.children(p, "pobj"))


def _carried(sentence: Sentence, hit: TriggerHit, found: Arguments, lexicon: Lexicon) -> bool:
    """Tell whether those "taken away" or "carried off" are the dead and wounded of a fight."""
    tree, fallen = sentence.tree, lexicon.words["fallen"]
    taken = hit.event_type.startswith("abduction.") and len(hit.tokens) > 1
    return taken and any(tree[i].lemma in fallen or tree[i].lower in fallen for i in found.targets)


def _in_violence(sentence: Sentence, head: int, lexicon: Lexicon) -> bool:
    """Tell whether it is violence that one is involved in; with nothing said, what else the sentence tells of."""
    tree = sentence.tree
    into = [p for c in tree.children(head, "prep") for p in tree.children(c, "pobj", "pcomp")]
    if not into:
        denied = any(t.named and t.stance == "denied" and t.covers(tree[head].start) for t in sentence.tellings)
        return denied or any(h.head != head and is_violent(h.event_type) for h in sentence.triggers)
    return any(
        is_violent(trigger.event_type) and not trigger.event_type.startswith("battle.")
        for index in into
        for pos in (NOUN, VERB)
        for trigger in lexicon.triggers.get((pos, tree[index].lemma), ())
        if not trigger.rest
    )


def _other_verb(tree: Tree, hit: TriggerHit, apart: Apart) -> bool:
    """ "shot up", "shelled out": the particle makes another verb."""
    particles = apart.particles.get(tree[hit.head].lemma, frozenset())
    here = hit.head + 1
    return hit.pos == VERB and here < len(tree) and here not in hit.tokens and tree[here].lower in particles


def _private(sentence: Sentence, hit: TriggerHit, found: Arguments, apart: Apart) -> bool:
    """Harm to one's own family, and what people without arms stand before a court for, is ordinary crime."""
    tree = sentence.tree
    if hit.event_type.startswith("attack.") and found.initiators and len(found.targets) == 1:
        kin = found.targets[0]
        if tree[kin].lemma in apart.kin and any(
            tree[c].lower in {"his", "her", "their"} for c in tree.children(kin, "poss")
        ):
            return True
    in_court = not apart.courts.isdisjoint(tree.lemmas)
    if not in_court or not any(tree[a].lemma in apart.courts for a in tree.ancestors(hit.head)):
        return False
    known = any(ref.actor_id is not None for ref in sentence.actors.values())
    public = any(ref.kind in _PUBLIC for i in found.targets if (ref := sentence.actors.get(i)) is not None)
    return not known and not public and not apart.grimness(tree.lemmas)


_CHECKS: Mapping[str, Callable[[Asked, TriggerHit], bool]] = {
    "actor": lambda test, hit: any(test.acts(i) for i in (*test.found.initiators, *test.found.targets)),
    "subject_actor": lambda test, hit: any(test.acts(i) for i in test.found.initiators),
    "object_actor": lambda test, hit: any(test.acts(i) for i in test.found.targets),
    "object": lambda test, hit: bool(test.found.targets),
    "armed_subject": lambda test, hit: any(test.armed(i) for i in test.found.initiators),
    "armed_object": lambda test, hit: any(test.armed(i) for i in test.found.targets),
    "violent_subject": lambda test, hit: any(
        test.armed(i) or test.strikes(i) for i in (*test.found.initiators, *test.found.means)
    ),
    "place_object": lambda test, hit: any(test.place(i) for i in test.found.targets),
    "named_place_object": lambda test, hit: any(test.named_place(i) for i in test.found.targets),
    "destination": lambda test, hit: any(
        test.named_place(i) or test.sentence.tree[i].is_proper for i in test.found.targets
    ),
    "person_subject": lambda test, hit: any(test.person(i) for i in (*test.found.initiators, *test.found.targets)),
    "person_object": lambda test, hit: any(test.person(i) for i in test.found.targets),
    "taken_object": lambda test, hit: any(test.takeable(i) for i in test.found.targets),
    "talks_subject": lambda test, hit: test.on_talks(hit.head),
    "thing_object": lambda test, hit: any(test.thing(i) for i in test.found.targets),
    "aircraft_object": lambda test, hit: any(test.flies(i) for i in test.found.targets),
    "army_subject": lambda test, hit: any(test.of_state(i) for i in test.found.initiators),
    "drone_object": lambda test, hit: any(test.unmanned(i) for i in test.found.targets),
    "place": lambda test, hit: bool(test.sentence.places),
    "hard_object": lambda test, hit: any(test.hard(i) for i in test.found.targets),
    "mortal_object": lambda test, hit: any(test.mortal(i) for i in test.found.targets),
    "in_violence": lambda test, hit: _in_violence(test.sentence, hit.head, test.lexicon),
    "undergone": lambda test, hit: hit.pos == NOUN or test.found.passive or test.sentence.tree.has(hit.head, "dobj"),
    "passive": lambda test, hit: test.found.passive,
    "weaponless": lambda test, hit: not any(test.strikes(i) for i in (*test.found.initiators, *test.found.means)),
    "deadly_sides": lambda test, hit: test.deadly_sides(),
    "missile_subject": lambda test, hit: test.launched("missile"),
    "drone_subject": lambda test, hit: test.launched("drone"),
    "shell_subject": lambda test, hit: test.launched("heavy"),
    "air_subject": lambda test, hit: test.launched("air"),
    "peacekeeping_subject": lambda test, hit: any(test.keeps_peace(i) for i in test.found.initiators),
    "union_subject": lambda test, hit: any(test.of_states(i) for i in test.found.initiators),
    "own_future": lambda test, hit: means_itself(test.sentence.tree, hit.head),
    "told_clause": lambda test, hit: test.sentence.tree.has(hit.head, "ccomp"),
    "asked_clause": lambda test, hit: asks(test.sentence.tree, hit.head),
    "state_subject": lambda test, hit: any(test.state(i) for i in test.found.initiators),
    "state_object": lambda test, hit: any(test.state(i) for i in test.found.targets),
    "civil_subject": lambda test, hit: not any(test.of_state(i) for i in test.found.initiators),
    "moves": lambda test, hit: test.moves(hit),
    "unarmed_sides": lambda test, hit: test.unarmed_sides(),
    "unarmed_subject": lambda test, hit: not any(test.armed(i) for i in test.found.initiators),
    "crowd_subject": lambda test, hit: any(test.crowd(i) for i in test.found.initiators),
    "irregular_subject": lambda test, hit: (
        any(test.irregular(i) for i in test.found.initiators) and not test.launched("air")
    ),
    "striking": lambda test, hit: (
        not test.walkout(hit.head)
        if hit.pos == NOUN
        else any(test.strikes(i) for i in (*test.found.initiators, *test.found.means))
    ),
    "accused": lambda test, hit: test.accused(),
    "grim_or_thing": lambda test, hit: test.grim() or test.accused() or any(test.thing(i) for i in test.found.targets),
}
