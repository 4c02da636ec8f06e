"""Room 4, tolls: figures of harm with their own victims and outcomes.

Door: `read_tolls(sentence, event, arguments, outcomes)`. A figure belongs to the phrase it counts; a phrase without a
figure gives one person or a bare plural, never a guess.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from reportedly.claims.clause import Arguments, after, is_armed
from reportedly.claims.harmed_together import also_hurt, counted_already
from reportedly.claims.raw_tolls import RawToll, made, token_at
from reportedly.claims.toll_phrases import counted_noun, phrase_tolls, quantity_of
from reportedly.claims.toll_values import whose_deaths
from reportedly.knowledge.grammar import grammar_words, number_words
from reportedly.knowledge.lexicon import ADJECTIVE, NOUN, VERB
from reportedly.knowledge.outcomes import Outcomes
from reportedly.model import Outcome, Qualifier
from reportedly.model.quantity import Quantity
from reportedly.model.quick import replace
from reportedly.model.reading import Sentence, TriggerHit
from reportedly.model.syntax import SUBJECTS, Tree

_REFLEXIVE = frozenset({"himself", "herself", "themselves", "itself"})
_TAKEN_WORDS = frozenset({"life", "prisoner", "hostage", "captive"})
_BODIES = grammar_words()["harm_measures"]
_ALONG = frozenset({"along", "alongside"})
_BODILY = frozenset({"killed", "injured", "killed_or_injured"})
_HURTS = frozenset({"injury", "wound"})
_FORMER = frozenset({"from", "than"})
_ORDINALS = frozenset({*number_words().ordinals, "latest", "last"})
_FREED = "retreat.release"


def read_tolls(sentence: Sentence, hit: TriggerHit, found: Arguments, outcomes: Outcomes) -> list[RawToll]:
    """Return the tolls that one event word states, the including ones before their parts."""
    outcome = outcome_of(sentence.tree, hit, outcomes)
    if outcome is None or _of_a_count(sentence.tree, hit.head, outcomes) or _in_a_row(sentence.tree, hit):
        return []
    tolls = (
        list(_noun_figures(sentence, hit, outcome, outcomes))
        if hit.pos == NOUN
        else _own_words(sentence, hit, outcome, outcomes)
    )
    if tolls or sentence.tree[hit.head].lemma == "lose":
        return tolls
    itself = _reflexive(sentence.tree, hit)
    if itself is not None:
        return _of_themselves(sentence, itself, outcome, outcomes)
    many, some = outcomes.words["deeds_to_many"], outcomes.words["deeds_to_some"]
    for head in (_all_of(sentence.tree, i, outcomes) for i in _sufferers(sentence, hit, found, outcomes)):
        if sentence.tree[head].lemma in many or sentence.tree[head].lemma in some:
            continue  # "carried out two MASSACRES"
        tolls += phrase_tolls(sentence, head, outcome, outcomes)
    return _one_for_another(sentence, tolls) if hit.event_type == _FREED else tolls


def _one_for_another(sentence: Sentence, tolls: list[RawToll]) -> list[RawToll]:
    """ "exchanged prisoners on Friday, 95 FOR 95": how many they were."""
    tree = sentence.tree
    at = next((t.i for t in tree if t.lower == "for" and 0 < t.i < len(tree) - 1 and tree[t.i + 1].tag == "CD"), 0)
    some = next((t for t in tolls if t.quantity is None and t.qualifier == "vague"), None)
    figure = next((q for q in sentence.quantities if q.countable and at and tree[at - 1].end == q.end), None)
    if some is None or figure is None:
        return tolls
    counted = made(sentence, some.outcome, some.head, figure, some.start, some.end)
    return [counted if t is some else t for t in tolls]


def _all_of(tree: Tree, head: int, outcomes: Outcomes) -> int:
    """The word that counts a phrase: "DOZENS of wounded people"."""
    token = tree[head]
    above = tree[tree[token.head].head] if token.dep == "pobj" and tree[token.head].lower == "of" else token
    scale = above.tag == "NNS" and above.lower.removesuffix("s") in outcomes.words["measures"] - _BODIES
    return above.i if scale and not tree.children(above.i, "det", "nummod") else head


def _in_a_row(tree: Tree, hit: TriggerHit) -> bool:
    """ "shot dead a clerk, the THIRD official TO BE KILLED this year": whom else it befell, and none besides him."""
    if hit.pos != VERB or not any(tree[c].tag == "TO" for c in tree.children(hit.head, "aux")):
        return False
    above = tree[hit.head].head
    who = [above] if tree[above].dep == "appos" else tree.children(hit.head, *SUBJECTS)
    return any(tree[c].lower in _ORDINALS for w in who for c in tree.children(w, "amod"))


def _own_words(sentence: Sentence, hit: TriggerHit, outcome: Outcome, outcomes: Outcomes) -> list[RawToll]:
    """The figure within a verb phrase: "claimed six LIVES", "took 11 soldiers PRISONER"."""
    tree = sentence.tree
    found = []
    for index in hit.tokens:
        counts = tree[index].lemma in _TAKEN_WORDS or tree[hit.head].lemma == "lose"
        if index == hit.head or not counts:
            continue
        quantity = quantity_of(sentence, index, outcomes)
        if quantity is not None and quantity.kind != "article":
            whose = next((c for c in tree.children(index, "compound", "nmod") if tree[c].is_noun), None)
            taken = tree[index].tag == "NNS" and tree[index].lemma != "life"
            if whose is None and (taken or tree[hit.head].lemma == "lose"):
                whose = index
            if (counted := counted_noun(tree, index, outcomes)) != index:
                whose = counted
            end = tree[whose].end if whose is not None else tree[index].end
            both = index + 1 < len(tree) and also_hurt(tree, index + 1)
            found.append(made(sentence, "killed_or_injured" if both else outcome, whose, quantity, quantity.start, end))
    return found


def _reflexive(tree: Tree, hit: TriggerHit) -> int | None:
    """The reflexive object of a verb: "killing HIMSELF and six others", "freed THEMSELVES"."""
    return next((c for c in tree.children(hit.head, "dobj") if tree[c].lower in _REFLEXIVE), None)


def _of_themselves(sentence: Sentence, itself: int, outcome: Outcome, outcomes: Outcomes) -> list[RawToll]:
    """The tolls of "himself and six others". Who frees himself is no toll."""
    tree = sentence.tree
    if outcome not in {"killed", "injured"}:
        return []
    others = [t for head in tree.conjuncts(itself)[1:] for t in phrase_tolls(sentence, head, outcome, outcomes)]
    if tree[itself].lower == "itself":
        return others
    low, high = (2, None) if tree[itself].lower == "themselves" else (1, 1)
    qualifier: Qualifier = "exact" if high else "vague"
    return [RawToll(outcome, itself, None, tree[itself].start, tree[itself].end, low, high, high, qualifier), *others]


def _sufferers(sentence: Sentence, hit: TriggerHit, found: Arguments, outcomes: Outcomes) -> list[int]:
    """Those to whom it is done: an object that is part of the event words ("detained protesters"), else the targets.

    Without days, those that a figure of a larger phrase counts, and those that do something else.
    """
    tree = sentence.tree
    if hit.frame == "move" and not found.passive and tree[hit.head].lemma not in {*outcomes.transitive, "drive"}:
        return [i for i in found.initiators if tree[i].tag in {"NNS", "NNPS"} and not is_armed(sentence.actors.get(i))]
    if hit.pos == VERB and hit.frame != "die":
        verbs = [hit.head, *(c for c in tree.children(hit.head, "conj") if c - hit.head <= 3)]
        own = [c for v in verbs for c in tree.children(v, "dobj", "nsubjpass") if c in hit.tokens]
        if own:
            return [i for o in own for i in tree.conjuncts(o)]
    counted = outcomes.words["figure_nouns"]
    days = {i for t in sentence.times for i in tree.at(t.when.span.start, t.when.span.end)}
    others = (*_further_subjects(tree, hit, found), *_taken_along(tree, hit, found))
    return [
        t
        for t in (*found.targets, *others)
        if t not in days
        and not _of_a_count(tree, t, outcomes)
        and not _acts_otherwise(tree, t, hit, outcomes)
        and not _is_other_harm(tree, t, hit, outcomes)
        and not _harmed_otherwise(tree, t, hit, outcomes)
        and not (tree[t].lemma in counted and any(tree[d].lower == "the" for d in tree.children(t, "det")))
    ]


def _further_subjects(tree: Tree, hit: TriggerHit, found: Arguments) -> list[int]:
    """ "Mariam Toure, 34, and her HUSBAND were killed": two subjects where a parenthesis stands between."""
    if hit.pos != VERB:
        return []
    passive = tree.children(hit.head, "nsubjpass")
    others = [c for c in passive if c not in found.targets and tree[tree.bounds(c)[0] - 1].tag == "CC"]
    others = others if len(passive) > 1 else []
    return [i for o in others for i in tree.conjuncts(o) if i not in found.targets]


def _taken_along(tree: Tree, hit: TriggerHit, found: Arguments) -> list[int]:
    """ "abducted the mayor ALONGSIDE 12 OTHERS", "was shot dead along with TWO of his guards"."""
    if hit.pos != VERB or not found.targets:
        return []
    hosts = (hit.head, *(t for t in found.targets if t > hit.head))
    return [i for h in hosts for i in after(tree, h, _ALONG) if tree[i].is_noun or tree[i].tag == "CD"]


def _of_a_count(tree: Tree, target: int, outcomes: Outcomes) -> bool:
    """ "the number of PEOPLE killed", "one of the wounded POLICEMEN": not counted by itself."""
    token = tree[target]
    if token.dep != "pobj" or tree[token.head].lower != "of":
        return False
    above = tree[tree[token.head].head]
    return above.lemma in outcomes.toll_words or above.tag == "CD"


def _acts_otherwise(tree: Tree, target: int, hit: TriggerHit, outcomes: Outcomes) -> bool:
    """ "REBELS claim 15 soldiers killed": the subject of another verb with an object of its own."""
    token = tree[target]
    if token.dep != "nsubj" or token.head == hit.head or hit.frame in {"die", "suffer"}:
        return False
    other = tree[token.head]
    if other.lemma in outcomes.words["undergoing_verbs"]:
        return False  # "three others SUSTAINED injuries"
    return other.is_verb and other.lemma != "be" and tree.has(token.head, "dobj", "ccomp")


def _is_other_harm(tree: Tree, target: int, hit: TriggerHit, outcomes: Outcomes) -> bool:
    """ "two dead and no INJURIES": a noun of harm that names no people is counted as itself, not as the word before."""
    lemma = tree[target].lemma
    own = outcomes.by_word.get((NOUN, lemma))
    names_people = lemma in outcomes.people or (ADJECTIVE, lemma) in outcomes.by_word
    return own in _BODILY and own != outcome_of(tree, hit, outcomes) and not names_people


def _harmed_otherwise(tree: Tree, target: int, hit: TriggerHit, outcomes: Outcomes) -> bool:
    """ "nine dead and 34 INJURED", "NINE dead and 34 injured": a figure beside which another harm stands."""
    if _has_its_own(tree, target, hit, outcomes):
        return True
    if tree[target].tag != "CD" or target + 1 >= len(tree):
        return False
    first = target < hit.head - 1 and tree[hit.head - 1].tag == "CD"  # the event word has a figure of its own
    if tree[target].dep != "conj" and not first:
        return False
    beside = tree[target + 1]
    other = outcomes.by_word.get((ADJECTIVE, beside.lower)) or (
        outcomes.by_word.get((VERB, beside.lemma)) if beside.tag == "VBN" else None
    )
    return other is not None and other != outcome_of(tree, hit, outcomes)


def _has_its_own(tree: Tree, target: int, hit: TriggerHit, outcomes: Outcomes) -> bool:
    """ "FIVE TROOPS killed, 2 captured", "126 CASUALTIES (31 killed)": the figure beside the word is another one."""
    own = hit.head - 1
    if hit.pos != VERB or own <= target or tree[own].tag != "CD" or tree[hit.head].tag not in {"VBN", "VBD"}:
        return False
    between, whole = tree.tokens[target + 1 : own], tree[hit.head].tag == "VBN"
    return any(t.lower == "(" or (whole and t.tag == "VBN" and (VERB, t.lemma) in outcomes.by_word) for t in between)


def outcome_of(tree: Tree, hit: TriggerHit, outcomes: Outcomes) -> Outcome | None:
    """What the event word does to its targets, or None when it says nothing of it."""
    token = tree[hit.head]
    part = hit.pos
    if hit.event_type.startswith("weapons."):
        return None  # "SHOT DOWN 12 drones"
    phrase = {tree[i].lemma for i in hit.tokens}
    if part == VERB and token.lemma in outcomes.losing and hit.event_type != "attack.injury":
        return None  # "lost 22 men": what became of them the words beside the figure say
    taken = next((w for w in ("hostage", "prisoner", "captive") if w in phrase and part == VERB), None)
    taken = None if hit.event_type == _FREED else taken  # "exchanged 25 PRISONERS"
    if taken is not None and token.lemma not in {"free", "release", "rescue", "kill", "execute", "behead"}:
        return outcomes.by_word.get(("noun", taken))
    if phrase & outcomes.dead_after or (hit.pos == VERB and _to_death(tree, hit, phrase)):
        return "killed"
    if part in {VERB, ADJECTIVE} and counted_already(tree, hit.head):
        return None
    if part == VERB and token.lemma == "find" and hit.event_type == "attack.killing":
        return "killed"  # "was FOUND with gunshot wounds"
    if {"wounded", "wound", "injured", "injure"} & phrase:
        fatal = any(tree[c].lower in {"fatally", "mortally"} for c in tree.children(hit.head, "advmod"))
        return "killed" if fatal else "injured"
    if also_hurt(tree, hit.head):
        return "killed_or_injured"
    if part == VERB and "kill" in phrase:
        return "killed"  # "shot and killed"
    word = outcomes.by_word.get((part, token.lemma)) or outcomes.by_word.get((part, token.lower))
    if word is not None:
        return word
    if part == VERB and any(
        tree[c].lemma in outcomes.dead_after
        for c in tree.children(hit.head, "oprd", "acomp", "xcomp", "advmod", "dobj")
    ):
        return "killed"
    if (
        part == NOUN
        and token.lemma not in outcomes.words["harm_nouns"]
        and hit.event_type not in {"abduction.kidnapping"}
    ):
        return None
    return outcomes.by_type.get(hit.event_type)


def _to_death(tree: Tree, hit: TriggerHit, said: Collection[str]) -> bool:
    """ "hacked to death", "burned a thief to death" (`said` in the event words); a sentence to death is no death."""
    if tree[hit.head].lemma in {"sentence", "condemn"}:
        return False
    return "death" in said or any(
        tree[p].lemma == "death"
        for prep in tree.children(hit.head, "prep")
        if tree[prep].lower == "to"
        for p in tree.children(prep, "pobj")
    )


def _counts_deeds(tree: Tree, noun: int, own: Quantity, outcomes: Outcomes) -> bool:
    """Tell whether a figure counts deeds, each of which has any number of victims: "a massacre", "an abduction"."""
    lemma = tree[noun].lemma
    if lemma in outcomes.words["deeds_to_many"]:
        return True
    if own.kind == "article" and lemma in _HURTS and tree[tree[noun].head].dep == "relcl":
        return True  # "a policeman who suffered A bullet INJURY died"
    return own.kind == "article" and lemma in outcomes.words["deeds_to_some"]


def _noun_figures(sentence: Sentence, hit: TriggerHit, outcome: Outcome, outcomes: Outcomes) -> Iterator[RawToll]:
    """ "12 deaths", "casualties: 30", "the death toll rose from 30 to 42"."""
    tree = sentence.tree
    own = quantity_of(sentence, hit.head, outcomes)
    if own is not None and _counts_deeds(tree, hit.head, own, outcomes):
        return
    if own is not None:
        counted = counted_noun(tree, hit.head, outcomes)
        whose = counted if counted != hit.head else whose_deaths(tree, hit.head, outcomes)
        last = max(hit.head, counted)
        yield made(sentence, outcome, whose, own, min(tree[last].start, own.start), tree[last].end)
        return
    words = " ".join(tree[i].lemma for i in hit.tokens)
    if (
        words not in outcomes.toll_nouns
        and tree[hit.head].lemma not in outcomes.toll_nouns
        and tree[hit.head].lemma != "number"
    ):
        return
    verb = tree[hit.head].head
    inside = {i: p for p in tree.subtree(verb) if tree[p].dep in {"prep", "dobj", "quantmod"} for i in tree.subtree(p)}
    for quantity in sentence.quantities:
        at = token_at(tree, quantity.number_start)
        if not quantity.countable or quantity.kind == "article" or at is None or at not in inside:
            continue
        former = at > 0 and any(tree[i].lower in _FORMER for i in range(max(0, at - 3), at))
        raw = made(sentence, outcome, None, quantity, quantity.start, quantity.end)
        yield replace(raw, superseded=former, running=not former)
