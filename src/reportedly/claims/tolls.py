"""Room 4, tolls: figures of harm with their own victims and outcomes.

Door: `read_tolls(sentence, event, arguments, outcomes)`. A figure belongs to the phrase it counts; a phrase without a
figure gives one person or a bare plural, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reportedly.claims.frames import Arguments
from reportedly.claims.raw_tolls import RawToll, made, token_at
from reportedly.knowledge.lexicon import NOUN, VERB
from reportedly.knowledge.outcomes import Outcomes
from reportedly.model import ActorRef, Outcome, Qualifier, Span, Toll, VictimClass, content_id
from reportedly.model.quantity import Quantity
from reportedly.model.reading import Sentence, TriggerHit
from reportedly.model.syntax import Token, Tree

_ARMED = frozenset({"state_forces", "rebel_group", "political_militia", "identity_militia", "external_forces"})
_LEADING = re.compile(
    r"(?:[\s\-–]+|of\b|(?:year|month|week|day)s?-old\b|(?:an?|the|dead|as|many|such|none|neither|no|not|single|other)\s)*",
    re.IGNORECASE,
)
_REFLEXIVE = frozenset({"himself", "herself", "themselves", "itself"})
_PLURALS = ("men", "people", "children", "personnel", "police")
_FORMER = frozenset({"from", "than"})


def read_tolls(sentence: Sentence, hit: TriggerHit, found: Arguments, outcomes: Outcomes) -> list[RawToll]:
    """Return the tolls that one event word states, the including ones before their parts."""
    outcome = outcome_of(sentence.tree, hit, outcomes)
    if outcome is None or _of_a_count(sentence.tree, hit.head, outcomes):
        return []
    tolls = (
        list(_noun_figures(sentence, hit, outcome, outcomes))
        if hit.pos == NOUN
        else _own_words(sentence, hit, outcome, outcomes)
    )
    if tolls:
        return tolls
    itself = _reflexive(sentence.tree, hit)
    if itself is not None:
        return _of_themselves(sentence, itself, outcome, outcomes)
    for head in _sufferers(sentence.tree, hit, found, outcomes):
        tolls += _phrase_tolls(sentence, head, outcome, outcomes)
    return tolls


def _own_words(sentence: Sentence, hit: TriggerHit, outcome: Outcome, outcomes: Outcomes) -> list[RawToll]:
    """The figure within a verb phrase: "claimed six LIVES", "took 11 soldiers PRISONER"."""
    tree = sentence.tree
    found = []
    for index in hit.tokens:
        if index == hit.head or tree[index].lemma not in {"life", "prisoner", "hostage", "captive"}:
            continue
        quantity = _quantity_of(sentence, index, outcomes)
        if quantity is not None and quantity.kind != "article":
            whose = next((c for c in tree.children(index, "compound", "nmod") if tree[c].is_noun), None)
            if whose is None and tree[index].tag == "NNS" and tree[index].lemma != "life":
                whose = index
            if (counted := _counted(tree, index, outcomes)) != index:
                whose = counted
            end = tree[whose].end if whose is not None else tree[index].end
            found.append(made(sentence, outcome, whose, quantity, quantity.start, end))
    return found


def _reflexive(tree: Tree, hit: TriggerHit) -> int | None:
    """The reflexive object of a verb: "killing HIMSELF and six others", "freed THEMSELVES"."""
    return next((c for c in tree.children(hit.head, "dobj") if tree[c].lower in _REFLEXIVE), None)


def _of_themselves(sentence: Sentence, itself: int, outcome: Outcome, outcomes: Outcomes) -> list[RawToll]:
    """The tolls of "himself and six others". Who frees himself is no toll."""
    tree = sentence.tree
    if outcome not in {"killed", "injured"}:
        return []
    others = [t for head in tree.conjuncts(itself)[1:] for t in _phrase_tolls(sentence, head, outcome, outcomes)]
    if tree[itself].lower == "itself":
        return others
    low, high = (2, None) if tree[itself].lower == "themselves" else (1, 1)
    qualifier: Qualifier = "exact" if high else "vague"
    return [RawToll(outcome, itself, None, tree[itself].start, tree[itself].end, low, high, high, qualifier), *others]


def _sufferers(tree: Tree, hit: TriggerHit, found: Arguments, outcomes: Outcomes) -> list[int]:
    """Those to whom it is done: an object that is part of the event words ("detained protesters"), else the targets.

    Without those that a figure of a larger phrase counts or that do something else.
    """
    if hit.pos == VERB and hit.frame != "die":
        verbs = [hit.head, *(c for c in tree.children(hit.head, "conj") if c - hit.head <= 3)]
        own = [c for v in verbs for c in tree.children(v, "dobj", "nsubjpass") if c in hit.tokens]
        if own:
            return [i for o in own for i in tree.conjuncts(o)]
    return [t for t in found.targets if not _of_a_count(tree, t, outcomes) and not _acts_otherwise(tree, t, hit)]


def _of_a_count(tree: Tree, target: int, outcomes: Outcomes) -> bool:
    """ "the number of PEOPLE killed", "one of the wounded POLICEMEN": not counted by itself."""
    token = tree[target]
    if token.dep != "pobj" or tree[token.head].lower != "of":
        return False
    above = tree[tree[token.head].head]
    return above.lemma in outcomes.toll_words or above.tag == "CD"


def _acts_otherwise(tree: Tree, target: int, hit: TriggerHit) -> bool:
    """ "REBELS claim 15 soldiers killed": the subject of another verb with an object of its own."""
    token = tree[target]
    if token.dep != "nsubj" or token.head == hit.head or hit.frame in {"die", "suffer"}:
        return False
    other = tree[token.head]
    return other.is_verb and other.lemma != "be" and bool(tree.children(token.head, "dobj", "ccomp"))


def outcome_of(tree: Tree, hit: TriggerHit, outcomes: Outcomes) -> Outcome | None:
    """What the event word does to its targets, or None when it says nothing of it."""
    token = tree[hit.head]
    part = hit.pos
    phrase = {tree[i].lemma for i in hit.tokens}
    taken = next((w for w in ("hostage", "prisoner", "captive") if w in phrase and part == VERB), None)
    if taken is not None and token.lemma not in {"free", "release", "rescue", "kill", "execute", "behead"}:
        return outcomes.by_word.get(("noun", taken))
    if phrase & outcomes.dead_after or (hit.pos == VERB and _to_death(tree, hit.head)):
        return "killed"
    if {"wounded", "wound", "injured", "injure"} & phrase:
        return "injured"
    if _also_hurt(tree, hit.head):
        return "killed_or_injured"
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


def _also_hurt(tree: Tree, head: int) -> bool:
    """ "640 soldiers killed and wounded": one figure for both."""
    if tree[head].lower not in {"killed", "dead"} or head + 2 >= len(tree):
        return False
    joined = tree[head + 1].lower in {"and", "or", "/"} and tree[head + 2].lower in {"wounded", "injured"}
    following = tree[head + 3] if head + 3 < len(tree) else None
    return joined and (following is None or (following.tag not in {"CD", "DT", "JJR", "RBR"} and not following.is_noun))


def _to_death(tree: Tree, verb: int) -> bool:
    """ "hacked to death", "burned to death"."""
    return any(
        tree[p].lemma == "death"
        for prep in tree.children(verb, "prep")
        if tree[prep].lower == "to"
        for p in tree.children(prep, "pobj")
    )


# ------------------------------------------------------------------------------------------- figures at event nouns


def _noun_figures(sentence: Sentence, hit: TriggerHit, outcome: Outcome, outcomes: Outcomes) -> Iterator[RawToll]:
    """ "12 deaths", "casualties: 30", "the death toll rose from 30 to 42"."""
    tree = sentence.tree
    own = _quantity_of(sentence, hit.head, outcomes)
    if own is not None:
        counted = _counted(tree, hit.head, outcomes)
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
        yield replace(made(sentence, outcome, None, quantity, quantity.start, quantity.end), superseded=former)


# ------------------------------------------------------------------------------------------- figures at phrases


def _phrase_tolls(sentence: Sentence, head: int, outcome: Outcome, outcomes: Outcomes) -> list[RawToll]:
    """The toll of one counted phrase and of the parts that it includes."""
    whole = _whole(sentence, head, outcome, outcomes)
    if whole is None:
        return []
    parts = [
        replace(part, part_of=whole.start)
        for inner in _including(sentence.tree, head)
        if (part := _whole(sentence, inner, outcome, outcomes)) is not None
    ]
    return [whole, *parts]


def _including(tree: Tree, head: int) -> list[int]:
    """Heads of what a phrase is said to include: "64 killed, INCLUDING 7 children"."""
    found: list[int] = []
    near = [*tree.children(head), *tree.children(tree[head].head)]
    for child in near:
        if tree[child].lower in {"including", "among"} and child > head:
            for inner in tree.children(child, "pobj", "dobj"):
                found += tree.conjuncts(inner)
    return list(dict.fromkeys(f for f in found if tree[f].is_noun or tree[f].tag == "CD"))


def _whole(sentence: Sentence, head: int, outcome: Outcome, outcomes: Outcomes) -> RawToll | None:
    tree = sentence.tree
    token = tree[head]
    ref = sentence.actors.get(head)
    counted = _counted(tree, head, outcomes)
    if (ref is not None and ref.kind == "facility") or _forms(tree, counted) & outcomes.not_people:
        return None
    quantity = _quantity_of(sentence, head, outcomes)
    start, end = (ref.span.start, ref.span.end) if ref else (token.start, token.end)
    if quantity is not None and quantity.kind != "article":
        return made(sentence, outcome, counted, quantity, start, end)
    return _unfigured(sentence, head, outcome, outcomes, start, end)


def _forms(tree: Tree, index: int) -> set[str]:
    """The forms under which a word may be listed."""
    return {tree[index].lemma, tree[index].lower, tree[index].lower.removesuffix("s")}


def _unfigured(
    sentence: Sentence, head: int, outcome: Outcome, outcomes: Outcomes, start: int, end: int
) -> RawToll | None:
    """A phrase without a figure: one named or singular person, or a bare plural (at least two)."""
    token = sentence.tree[head]
    if token.is_proper and _is_place(sentence, head):
        return None
    if token.lower in {"he", "she", "him", "her", "who", "himself", "herself"} or (
        token.is_proper and token.tag == "NNP" and token.lemma not in outcomes.collective
    ):
        return RawToll(outcome, head, None, start, end, 1, 1, 1, "exact")
    if token.tag == "NNPS" and head and sentence.tree[head - 1].lower in outcomes.words["titles"]:
        return RawToll(outcome, head, None, start, end, 1, 1, 1, "exact")
    if (token.tag in {"NNS", "NNPS"} or token.lower.endswith(_PLURALS)) and (
        _is_person(sentence, head, outcomes)
        or token.lemma in outcomes.combatants | outcomes.civilians | outcomes.people
    ):
        return RawToll(outcome, head, None, start, end, 2, None, None, "vague")
    if (
        token.tag == "NN"
        and token.lemma not in outcomes.collective
        and (_is_person(sentence, head, outcomes) or token.lemma in outcomes.combatants | outcomes.civilians)
    ):
        return RawToll(outcome, head, None, start, end, 1, 1, 1, "exact")
    return None


def _is_place(sentence: Sentence, head: int) -> bool:
    """Tell whether a name is that of a place and of nobody known."""
    token, ref = sentence.tree[head], sentence.actors.get(head)
    known = ref is not None and ref.actor_id is not None
    return not known and any(p.span.start < token.end and token.start < p.span.end for p in sentence.places)


def _is_person(sentence: Sentence, head: int, outcomes: Outcomes) -> bool:
    ref = sentence.actors.get(head)
    return ref is not None and (
        ref.kind in _ARMED
        or ref.kind in {"civilians", "protesters", "rioters", "government"}
        or ref.role in outcomes.words["vague_people"]
    )


def _counted(tree: Tree, head: int, outcomes: Outcomes) -> int:
    """The noun that is counted: for "dozens of civilians" and "a total of 12 people" the noun after "of"."""
    token = tree[head]
    if token.tag in {"CD", "DT", "JJ"} or {token.lemma, token.lower.removesuffix("s")} & outcomes.words["measures"]:
        for prep in tree.children(head, "prep"):
            if tree[prep].lower == "of" and (inner := tree.child(prep, "pobj")) is not None:
                return inner
    return head


def _quantity_of(sentence: Sentence, head: int, outcomes: Outcomes) -> Quantity | None:
    """The figure that counts a phrase: at its head or before it, nearer ones first; None when there is none."""
    tree = sentence.tree
    first = tree.bounds(head)[0]
    begin, end = tree[first].start, tree[head].end
    counted = _counted(tree, head, outcomes)
    stop = max(end, tree[counted].end)
    best: Quantity | None = None
    for quantity in sentence.quantities:
        if not quantity.countable or quantity.number_start >= stop or quantity.number_end <= begin:
            continue
        at = tree.at(quantity.number_start, quantity.number_end)
        if not any(_counts(tree, i, head) or _counts(tree, i, counted) for i in at):
            continue
        if best is None or (best.kind == "article" and quantity.kind != "article"):
            best = quantity
    return best


def _counts(tree: Tree, at: int, head: int) -> bool:
    """Tell whether the number word at a token counts the head: it is the head, or hangs from it as a numeral."""
    here = at
    for _ in range(4):
        if here == head:
            return True
        if tree[here].dep not in {
            "nummod",
            "quantmod",
            "det",
            "amod",
            "compound",
            "predet",
            "advmod",
            "npadvmod",
            "nmod",
            "pobj",
            "dep",
            "neg",
        }:
            return False
        if tree[here].dep == "pobj" and tree[tree[here].head].lower not in {"of", "than", "to", "between"}:
            return False
        here = tree[here].head
        if tree[here].dep == "prep" and tree[here].lower in {"of", "than", "to", "between"}:
            here = tree[here].head
    return here == head


# ------------------------------------------------------------------------------------------- to values


def finish(
    raw: Iterable[RawToll],
    sentence: Sentence,
    actors: Mapping[int, ActorRef],
    text: str,
    key: str,
    outcomes: Outcomes,
) -> tuple[Toll, ...]:
    """Turn raw tolls into values with ids, victims and classes; the same figure for the same words once."""
    seen: dict[tuple[str, int, int], RawToll] = {}
    for toll in raw:
        seen.setdefault((toll.outcome, toll.start, toll.end), toll)
    ids = {toll.start: content_id("toll", key, toll.outcome, toll.start, toll.end) for toll in seen.values()}
    return tuple(_value(toll, sentence, actors, text, key, ids, outcomes) for toll in seen.values())


def _value(
    toll: RawToll,
    sentence: Sentence,
    actors: Mapping[int, ActorRef],
    text: str,
    key: str,
    ids: Mapping[int, str],
    outcomes: Outcomes,
) -> Toll:
    victims = actors.get(toll.head) if toll.head is not None else None
    if toll.head is not None and victims is None and toll.victim_class in {"civilian", "combatant"}:
        victims = _described(sentence.tree[toll.head], toll.victim_class, text)
    if victims is not None:
        victims = _bare(victims, toll, sentence, text, outcomes)
    return Toll(
        id=content_id("toll", key, toll.outcome, toll.start, toll.end),
        span=Span.of(text, toll.start, toll.end),
        outcome=toll.outcome,
        low=toll.low,
        high=toll.high,
        best=toll.best,
        qualifier=toll.qualifier,
        victims=victims,
        victim_class=_class_of(toll, victims, outcomes),
        part_of=ids.get(toll.part_of) if toll.part_of is not None else None,
        superseded=toll.superseded,
    )


def _described(token: Token, standing: VictimClass, text: str) -> ActorRef:
    """The victims by an adjective: "CIVILIAN deaths"."""
    span = Span.of(text, token.start, token.end)
    return ActorRef(span, name=span.quote, kind="civilians" if standing == "civilian" else "unknown", role=token.lemma)


def _bare(ref: ActorRef, toll: RawToll, sentence: Sentence, text: str, outcomes: Outcomes) -> ActorRef | None:
    """The victims without the words of the figure; None where nobody is named."""
    start, end = ref.span.start, ref.span.end
    if ref.actor_id is None:
        inside = [q for q in sentence.quantities if q.countable and q.start < end and start < q.end]
        last = max(
            (q.end for q in inside if toll.head is None or q.end <= sentence.tree[toll.head].start), default=start
        )
        start += len(match.group()) if (match := _LEADING.match(text, max(start, last), end)) else 0
        start = max(start, last + (len(match.group()) if match else 0))
    words = text[start:end].lower()
    if not words or (ref.actor_id is None and (words in outcomes.words["no_victims"] or words.isdigit())):
        return None
    return ref if start == ref.span.start else replace(ref, span=Span.of(text, start, end))


def _class_of(toll: RawToll, ref: ActorRef | None, outcomes: Outcomes) -> VictimClass:
    if ref is None:
        return "unknown"
    return toll.victim_class if toll.victim_class is not None else victim_class(ref, outcomes)


def classed(toll: RawToll, sentence: Sentence, outcomes: Outcomes) -> RawToll:
    """The toll with what the words say of its victims; None leaves it to who the actor is.

    They say it by the counted noun, by what it is a member of, or by "all of them civilians" after it.
    """
    if toll.head is None:
        return toll
    tree, head = sentence.tree, toll.head
    after = [t for t in tree if t.start >= toll.end][:5]
    if [t.lower for t in after[:2]] == [",", "all"]:
        told = _class_by_words([t.lemma for t in after[2:]], outcomes)
        if told is not None:
            return replace(toll, victim_class=told)
    ref = sentence.actors.get(head)
    if tree[head].tag == "NNP" and (ref is None or ref.actor_id is None) and tree[head].lemma.islower() is False:
        return replace(toll, victim_class="unknown")
    told = _class_by_words([tree[head].lemma, tree[head].lower], outcomes)
    if told is None:
        beside = [tree[c].lemma for c in tree.children(head, "compound", "amod", "nmod")]
        of = [o for o in tree.children(head, "prep") if tree[o].lower == "of"]
        told = _class_by_words([*beside, *(tree[p].lemma for o in of for p in tree.children(o, "pobj"))], outcomes)
    if told is None and {tree[head].lemma, tree[head].lower} & outcomes.people:
        told = "unknown"
    return replace(toll, victim_class=told)


def mended(tolls: Sequence[RawToll], sentence: Sentence) -> tuple[RawToll, ...]:
    """The tolls of one happening with the parts that their order tells.

    "seven people, TWO OF THEM critically", "two children AMONG FIVE killed", "143 casualties: 52 dead and 91 injured".
    """
    whole_of = {i: _whole_of(toll, tolls, sentence.tree) for i, toll in enumerate(tolls) if toll.part_of is None}
    return tuple(
        toll if whole_of.get(i) is None else replace(toll, part_of=whole_of[i]) for i, toll in enumerate(tolls)
    )


def _whole_of(toll: RawToll, tolls: Sequence[RawToll], tree: Tree) -> int | None:
    words = [t.lower for t in tree]
    first, last = token_at(tree, toll.start), token_at(tree, toll.end - 1)
    if first is None or last is None or toll.superseded:
        return None
    before = [t for t in tolls if t.end <= toll.start and t.part_of is None and not t.superseded]
    near = max(before, key=lambda t: t.end, default=None)
    of_them = any(words[i : i + 2] in (["of", "them"], ["of", "whom"]) for i in (first + 1, first + 2))
    if of_them and near is not None and near.outcome == toll.outcome and words[first - 1] == ",":
        return near.start
    both = next((t for t in before if t.outcome == "killed_or_injured"), None)
    if (
        both is not None
        and toll.outcome in {"killed", "injured"}
        and ":" in words[token_at(tree, both.end - 1) or 0 : first]
    ):
        return both.start
    for whole in tolls:
        at = token_at(tree, whole.start)
        if whole.outcome == toll.outcome and whole.quantity is not None and at is not None and at > last + 1:
            between = tree.tokens[last + 1 : at]
            if between[-1].lower == "among" and not any(t.is_verb and t.lemma != "be" for t in between):
                return whole.start
    return None


def whose_deaths(tree: Tree, noun: int, outcomes: Outcomes) -> int | None:
    """Whose deaths an adjective tells: "62 CIVILIAN deaths"."""
    named = outcomes.civilians | outcomes.combatants
    return next((c for c in tree.children(noun, "amod", "compound") if tree[c].lemma in named), None)


def _class_by_words(words: list[str], outcomes: Outcomes) -> VictimClass | None:
    if set(words) & outcomes.combatants:
        return "combatant"
    return "civilian" if set(words) & outcomes.civilians else None


def victim_class(ref: ActorRef, outcomes: Outcomes) -> VictimClass:
    """Combatant or civilian by what the words say; "people" and names alone are unknown."""
    if ref.kind in _ARMED:
        return "combatant"
    if (
        ref.kind in {"civilians", "protesters", "government", "media"}
        and ref.role not in outcomes.words["vague_people"]
    ):
        return "civilian"
    return "unknown"
