"""Room 4, tolls: figures of harm with their own victims and outcomes.

Door: `read_tolls(sentence, event, arguments, outcomes, text)`. A figure belongs to the phrase it counts; a phrase without a
figure gives one person or a bare plural, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reportedly.claims.frames import Arguments
from reportedly.claims.raw_tolls import RawToll, made, token_at
from reportedly.knowledge.lexicon import NOUN, VERB
from reportedly.knowledge.outcomes import Outcomes
from reportedly.model import ActorRef, Outcome, Qualifier, Span, Toll, VictimClass, content_id
from reportedly.model.quantity import Quantity
from reportedly.model.reading import Sentence, TriggerHit
from reportedly.model.syntax import Tree

_ARMED = frozenset({"state_forces", "rebel_group", "political_militia", "identity_militia", "external_forces"})
_VAGUE_PEOPLE = frozenset(
    "people person other man woman member body victim dead individual youth life occupant total number casualty wounded injured corpse soul they he she figure adult male female survivor".split()
)
_PRONOUNS = frozenset(
    "he she it they them him her his their who whom which that this these those others other one two three four five six seven eight nine ten another some many several all both most few more none each dozens scores hundreds thousands himself themselves someone somebody anyone everybody everyone".split()
)
_NOBODY = frozenset({"no one", "nobody", "none", "no-one"})
_NOUN_OUTCOME_NEEDS = frozenset(
    {
        "death",
        "fatality",
        "casualty",
        "injury",
        "loss",
        "dead",
        "wounded",
        "injured",
        "prisoner",
        "hostage",
        "arrest",
        "body",
        "corpse",
        "killing",
        "abduction",
        "kidnapping",
        "martyr",
        "murder",
        "assassination",
        "execution",
        "displaced",
        "detainee",
    }
)
_FORMER = frozenset({"from", "than"})


def read_tolls(sentence: Sentence, hit: TriggerHit, found: Arguments, outcomes: Outcomes) -> list[RawToll]:
    """Return the tolls that one event word states, the including ones before their parts."""
    outcome = outcome_of(sentence.tree, hit, outcomes)
    if outcome is None:
        return []
    tolls = (
        list(_noun_figures(sentence, hit, outcome, outcomes)) if hit.pos == NOUN else _own_words(sentence, hit, outcome)
    )
    if tolls:
        return tolls
    for head in found.targets:
        tolls += _phrase_tolls(sentence, head, outcome, outcomes)
    return tolls


def _own_words(sentence: Sentence, hit: TriggerHit, outcome: Outcome) -> list[RawToll]:
    """The figure within a verb phrase: "claimed six LIVES"."""
    tree = sentence.tree
    found = []
    for index in hit.tokens:
        if index != hit.head and tree[index].lemma == "life" and (quantity := quantity_of(sentence, index)) is not None:
            found.append(made(sentence, outcome, None, quantity, quantity.start, tree[index].end))
    return found


def outcome_of(tree: Tree, hit: TriggerHit, outcomes: Outcomes) -> Outcome | None:
    """What the event word does to its targets, or None when it says nothing of it."""
    token = tree[hit.head]
    part = hit.pos
    phrase = {tree[i].lemma for i in hit.tokens}
    if phrase & outcomes.dead_after or (hit.pos == VERB and _to_death(tree, hit.head)):
        return "killed"
    if {"wounded", "wound", "injured", "injure"} & phrase:
        return "injured"
    word = outcomes.by_word.get((part, token.lemma)) or outcomes.by_word.get((part, token.lower))
    if word is not None:
        return word
    if part == VERB and any(
        tree[c].lemma in outcomes.dead_after
        for c in tree.children(hit.head, "oprd", "acomp", "xcomp", "advmod", "dobj")
    ):
        return "killed"
    if part == NOUN and token.lemma not in _NOUN_OUTCOME_NEEDS and hit.event_type not in {"abduction.kidnapping"}:
        return None
    return outcomes.by_type.get(hit.event_type)


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
    own = quantity_of(sentence, hit.head)
    if own is not None:
        yield made(sentence, outcome, None, own, tree[hit.head].start, tree[hit.head].end)
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
    """Heads of what a phrase is said to include: "84 killed, INCLUDING 7 children"."""
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
    if ref is not None and ref.kind == "facility":
        return None
    quantity = quantity_of(sentence, head)
    counted = _counted(tree, head)
    start, end = (ref.span.start, ref.span.end) if ref else (token.start, token.end)
    if quantity is not None and quantity.kind != "article":
        return made(sentence, outcome, counted, quantity, start, end)
    return _unfigured(sentence, head, outcome, outcomes, start, end)


def _unfigured(
    sentence: Sentence, head: int, outcome: Outcome, outcomes: Outcomes, start: int, end: int
) -> RawToll | None:
    """A phrase without a figure: one named or singular person, or a bare plural (at least two)."""
    token = sentence.tree[head]
    if token.lower in {"he", "she", "him", "her", "who", "himself", "herself"} or (
        token.is_proper and token.tag == "NNP" and token.lemma not in outcomes.collective
    ):
        return RawToll(outcome, head, None, start, end, 1, 1, 1, "exact")
    if token.tag in {"NNS", "NNPS"} or token.lemma in {"people", "personnel", "police"}:
        return RawToll(outcome, head, None, start, end, 2, None, None, "vague")
    if token.tag == "NN" and token.lemma not in outcomes.collective and _is_person(sentence, head):
        return RawToll(outcome, head, None, start, end, 1, 1, 1, "exact")
    return None


def _is_person(sentence: Sentence, head: int) -> bool:
    ref = sentence.actors.get(head)
    return ref is not None and (
        ref.kind in _ARMED
        or ref.kind in {"civilians", "protesters", "rioters", "government"}
        or ref.role in _VAGUE_PEOPLE
    )


def _counted(tree: Tree, head: int) -> int:
    """The noun that is counted: for "dozens of civilians" and "a total of 12 people" the noun after "of"."""
    token = tree[head]
    if token.tag in {"CD", "DT", "JJ"} or token.lemma in {
        "dozen",
        "score",
        "hundred",
        "thousand",
        "total",
        "number",
        "couple",
        "handful",
        "majority",
        "most",
        "group",
    }:
        for prep in tree.children(head, "prep"):
            if tree[prep].lower == "of" and (inner := tree.child(prep, "pobj")) is not None:
                return inner
    return head


def quantity_of(sentence: Sentence, head: int) -> Quantity | None:
    """The figure that counts a phrase: at its head or before it, nearer ones first; None when there is none."""
    tree = sentence.tree
    first = tree.bounds(head)[0]
    begin, end = tree[first].start, tree[head].end
    counted = _counted(tree, head)
    stop = max(end, tree[counted].end)
    best: Quantity | None = None
    for quantity in sentence.quantities:
        if not quantity.countable or quantity.number_start >= stop or quantity.number_end <= begin:
            continue
        at = token_at(tree, quantity.number_start)
        if at is None or not (_counts(tree, at, head) or _counts(tree, at, counted)):
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
    raw: list[RawToll], sentence: Sentence, actors: Mapping[int, ActorRef], text: str, key: str
) -> tuple[Toll, ...]:
    """Turn raw tolls into values with ids, victims and classes; the same figure for the same words once."""
    seen: dict[tuple[str, int, int], RawToll] = {}
    for toll in raw:
        seen.setdefault((toll.outcome, toll.start, toll.end), toll)
    ids = {toll.start: content_id("toll", key, toll.outcome, toll.start, toll.end) for toll in seen.values()}
    return tuple(_value(toll, actors, text, key, ids) for toll in seen.values())


def _value(toll: RawToll, actors: Mapping[int, ActorRef], text: str, key: str, ids: Mapping[int, str]) -> Toll:
    victims = actors.get(toll.head) if toll.head is not None else None
    if victims is not None and victims.actor_id is None and victims.span.quote.lower() in _NOBODY | _PRONOUNS:
        victims = None
    if (
        victims is not None
        and victims.span.quote[:1].isdigit()
        and victims.actor_id is None
        and " " not in victims.span.quote
    ):
        victims = None
    return Toll(
        id=content_id("toll", key, toll.outcome, toll.start, toll.end),
        span=Span.of(text, toll.start, toll.end),
        outcome=toll.outcome,
        low=toll.low,
        high=toll.high,
        best=toll.best,
        qualifier=toll.qualifier,
        victims=victims,
        victim_class=victim_class(victims),
        part_of=ids.get(toll.part_of) if toll.part_of is not None else None,
        superseded=toll.superseded,
    )


def victim_class(ref: ActorRef | None) -> VictimClass:
    """Combatant or civilian by what the words say; "people" and names alone are unknown."""
    if ref is None:
        return "unknown"
    if ref.kind in _ARMED:
        return "combatant"
    if ref.kind in {"civilians", "protesters", "government", "media"} and ref.role not in _VAGUE_PEOPLE:
        return "civilian"
    return "unknown"
