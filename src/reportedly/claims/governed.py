"""Room 4, governed events: what the words above an event word make of it ("URGED the rebels to withdraw").

Door: `controlled(sentence, drafts, knowledge, trace)`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from reportedly.claims.clause import Arguments, after, agents, is_passive, spread, subject
from reportedly.claims.draft import Draft, refuse
from reportedly.knowledge.lexicon import NOUN
from reportedly.knowledge.load import Knowledge
from reportedly.model.quick import replace
from reportedly.model.reading import Sentence
from reportedly.model.trace import Trace


def controlled(sentence: Sentence, drafts: list[Draft], knowledge: Knowledge, trace: Trace) -> list[Draft]:
    """Let "urged X to withdraw" be a request and "refused to meet" a refusal, not a withdrawal or a meeting."""
    results = knowledge.lexicon.control_results
    drafts = [d for d in drafts if d.event_type != "diplomacy.agree" or not _means_harm(sentence, d, drafts)]
    drafts = _without_defused(sentence, drafts, trace)
    heads = {d.hit.head: d for d in drafts}
    found: list[Draft] = []
    for draft in drafts:
        draft = _decided(sentence, draft)
        effect = _asked_for(draft, heads) or next(((e, g) for e, g in draft.governed.effects if e in results), None)
        if effect is None and not draft.violent and (over := _ended(sentence, draft, heads, knowledge)) is not None:
            found.append(over)
            continue
        if effect is None and (cue := _blamed_for(sentence, draft, heads)) is not None:
            refuse(trace, sentence, draft.hit, f"“{sentence.tree[cue].text}” says it already")
            continue
        if effect is None or draft.governed.modality in {"planned", "threatened", "attempted"}:
            found.append(_negated(sentence, draft))
            continue
        name, governor = effect
        if (
            draft.violent
            and draft.hit.pos == NOUN
            and sentence.tree[governor].lemma in knowledge.lexicon.words["ordering_verbs"]
        ):
            found.append(replace(draft, governed=replace(draft.governed, modality="actual")))
            continue
        if draft.violent and name in {"refuse", "forbid", "concede"}:
            found.append(_allowed(sentence, draft, governor, knowledge) if name == "concede" else draft)
        elif governor in heads and governor != draft.hit.head:
            # The governing word is an event of its own and says it already.
            refuse(
                trace, sentence, draft.hit, f"“{sentence.tree[governor].text}” governs it ({name}) and says it already"
            )
        else:
            if trace.full:
                _note_result(trace, sentence, draft, name, governor)
            found.append(_converted(sentence, draft, results[name], governor))
    return [d for d in found if d is not None]


def _without_defused(sentence: Sentence, drafts: list[Draft], trace: Trace) -> list[Draft]:
    """ "defused an EXPLOSIVE DEVICE", "a CAR BOMB was found": what was made harmless, or found, is no bombing."""
    harmless = {i for d in drafts if d.event_type == _HARMLESS for i in d.hit.tokens}
    found: list[Draft] = []
    for draft in drafts if harmless else ():
        if draft.hit.pos == NOUN and draft.event_type == "explosion.bombing" and draft.hit.head in harmless:
            refuse(trace, sentence, draft.hit, "it was made harmless")
        else:
            found.append(draft)
    return found if harmless else drafts


_HARMLESS = "weapons.disrupted"


def _decided(sentence: Sentence, draft: Draft) -> Draft:
    """ "Nepal's DECISION to expel a diplomat", "DECIDED to lift the ban": what is done by deciding it is done."""
    if draft.governed.modality != "planned" or not draft.event_type.startswith(_DECREES):
        return draft
    tree, effects = sentence.tree, draft.governed.effects
    if (
        len(effects) != 1
        or tree[effects[0][1]].lemma not in _DECIDING
        or tree[effects[0][1]].tag in {"VB", "VBZ", "VBP"}
    ):
        return draft
    return replace(draft, governed=replace(draft.governed, modality="actual"))


_DECIDING = frozenset({"decision", "decide"})
_DECREES = ("sanction.", "coercion.ban", "coercion.restrict", "coercion.curfew", "coercion.deport", "diplomacy.concede")


def _asked_for(draft: Draft, heads: Collection[int]) -> tuple[str, int] | None:
    """ "an APPEAL to allow visits": what is asked for is asked for, whatever else it would be."""
    if draft.violent:
        return None
    asked = (e for e in draft.governed.effects if e[0] in {"request", "demand"})
    return next((e for e in asked if e[1] in heads and e[1] != draft.hit.head), None)


def _blamed_for(sentence: Sentence, draft: Draft, heads: Mapping[int, Draft]) -> int | None:
    """ "ACCUSED the rebels of BREAKING a truce": of words between parties the accusation is all that is told."""
    tree, here = sentence.tree, draft.hit.head
    if not draft.event_type.startswith("diplomacy."):
        return None
    while tree[here].dep in {"pcomp", "prep", "ccomp", "conj"}:
        inside, here = tree[here].dep != "conj", tree[here].head
        if here in heads and heads[here].event_type in _BLAME:
            return here if inside else None
    return None


_BLAME = frozenset({"diplomacy.accuse", "diplomacy.condemn"})
_HARD = frozenset({"coercion", "sanction", "posture", "protest", "unrest"})


def _means_harm(sentence: Sentence, agreed: Draft, drafts: Sequence[Draft]) -> bool:
    """ "PLEDGED to attack", "is READY to impose a curfew": what is planned says it, and is granted to nobody."""
    ready = sentence.tree[agreed.hit.head].tag == "JJ"
    hard = (d for d in drafts if d.violent or (ready and d.event_type.split(".")[0] in _HARD))
    effects = (e for d in hard for e in d.governed.effects)
    return any(effect in {"intend", "offer"} and governor == agreed.hit.head for effect, governor in effects)


def _ended(sentence: Sentence, draft: Draft, heads: Collection[int], knowledge: Knowledge) -> Draft | None:
    """ "SCRAPPED the curfew", "SUSPENDED its boycott": who ends an act does the opposite, where no entry says it."""
    governor = next((g for e, g in draft.governed.effects if e == "end"), None)
    if governor is None or governor in heads or draft.governed.modality != "actual" or draft.hit.pos != NOUN:
        return None
    tree, ends, key = sentence.tree, knowledge.lexicon.control_ends, draft.event_type
    becomes = max((k for k in ends if key == k or key.startswith(k + ".")), key=len, default=None)
    if becomes is None or not tree[governor].is_verb or tree[draft.hit.head].dep not in {"dobj", "nsubjpass", "conj"}:
        return None
    acting = subject(tree, governor)
    who = agents(tree, governor) if is_passive(tree, governor) else [] if acting is None else [acting]
    met = tuple(i for i in (*draft.found.targets, *draft.found.initiators) if i not in who)
    return replace(draft, event_type=ends[becomes], found=Arguments(spread(tree, who), met))


def _note_result(trace: Trace, sentence: Sentence, draft: Draft, effect: str, governor: int) -> None:
    token, word = sentence.tree[draft.hit.head], sentence.tree[governor]
    rule = f"“{word.text}” governs it ({effect}, control.yml)"
    trace.note(word.start, word.end, "event", rule, draft.hit.event_type, token.start)


def _allowed(sentence: Sentence, draft: Draft, governor: int, knowledge: Knowledge) -> Draft:
    """Violence that a law allows has not happened; what a person allows may have."""
    who = subject(sentence.tree, governor) if sentence.tree[governor].is_verb else None
    if who is None or sentence.tree[who].lemma not in knowledge.lexicon.words["rules"]:
        return draft
    return replace(draft, governed=replace(draft.governed, modality="hypothetical"))


def _negated(sentence: Sentence, draft: Draft) -> Draft:
    """A cooperative act that is denied to have happened is a refusal; of "there will be NO TALKS WITH X", nobody's."""
    if (
        draft.governed.negated
        and not draft.violent
        and draft.event_type.split(".")[0] in {"diplomacy", "cooperation", "aid", "retreat", "agreement"}
    ):
        governed = replace(draft.governed, negated=False, modality="actual")
        found, verb = draft.found, sentence.tree[draft.hit.head].head
        if draft.hit.pos == NOUN and sentence.tree.has(verb, "expl"):
            found = Arguments((), (*found.initiators, *found.targets))
        return replace(draft, event_type="diplomacy.reject", governed=governed, found=found)
    return draft


def _converted(sentence: Sentence, draft: Draft, event_type: str, governor: int) -> Draft:
    """The draft as the act of asking, refusing or allowing: the governing word's subject does it."""
    tree = sentence.tree
    if tree[governor].is_noun and (asking := _askers(sentence, governor)):
        return _wished_by(sentence, draft, event_type, asking, after(tree, governor, _TO))
    if (
        not tree[governor].is_verb
        or tree[governor].dep == "aux"
        or tree[governor].lemma == "be"
        or governor == draft.hit.head
    ):
        return _spoken_wish(sentence, draft, event_type)
    verb = governor
    who = subject(tree, verb)
    asked = tree.children(verb, "dobj", "dative")
    for clause in tree.children(verb, "ccomp", "xcomp", "advcl"):
        if tree.covers(clause, draft.hit.head):
            asked += tree.children(clause, "nsubj", "nsubjpass")
    for prep in tree.children(verb, "prep"):
        if tree[prep].lower in {"on", "upon", "to", "with"}:
            asked += tree.children(prep, "pobj")
    initiators = (who,) if who is not None else draft.found.initiators[:1]
    targets = tuple(a for a in asked if a in sentence.actors and a != draft.hit.head) or tuple(
        i for i in (*draft.found.initiators, *draft.found.targets) if i not in initiators
    )
    governed = replace(draft.governed, modality="actual", negated=False)
    return replace(
        draft, event_type=event_type, found=Arguments(initiators, targets), governed=governed, tolls=(), violent=False
    )


def _askers(sentence: Sentence, noun: int) -> list[int]:
    """Whose a call or demand is: "a call BY PORTUGAL", "the BISHOPS' appeal", "UNION demands"."""
    tree = sentence.tree
    beside = [c for c in tree.children(noun, "compound") if c in sentence.actors]
    return agents(tree, noun) + tree.children(noun, "poss") + beside


def _wished_by(sentence: Sentence, draft: Draft, event_type: str, asking: Sequence[int], asked: Sequence[int]) -> Draft:
    """ "a CALL BY Portugal for an embargo", "the bishops' APPEAL TO the army": the noun names who asks, and whom."""
    met = tuple(a for a in asked if a in sentence.actors)
    met = met or tuple(i for i in (*draft.found.initiators, *draft.found.targets) if i not in asking)
    governed = replace(draft.governed, modality="actual", negated=False)
    found = Arguments(spread(sentence.tree, asking), met)
    return replace(draft, event_type=event_type, found=found, governed=governed, tolls=(), violent=False)


_TO = frozenset({"to", "on", "upon"})


def _spoken_wish(sentence: Sentence, draft: Draft, event_type: str) -> Draft:
    """ "X said that Y must withdraw": X asks, Y is asked."""
    at = sentence.tree[draft.hit.head].start
    tellings = [t for t in sentence.tellings if t.speaker_head is not None and t.covers(at)]
    speakers = [t.speaker_head for t in tellings if t.speaker_head is not None]
    told = [o for t in tellings if t.cue_head is not None for o in sentence.tree.children(t.cue_head, "dobj", "dative")]
    asked = [o for o in told if o in sentence.actors] or draft.found.initiators or draft.found.targets
    governed = replace(draft.governed, modality="actual", negated=False)
    found = Arguments(tuple(speakers[-1:]), tuple(a for a in asked if a not in speakers[-1:]))
    return replace(draft, event_type=event_type, found=found, governed=governed, tolls=(), violent=False)
