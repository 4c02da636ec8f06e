"""Room 4, drafts: the events of one sentence with arguments, tolls and governing words, before they become claims.

Door: `draft_events(sentence, knowledge)`. Several event words that tell one happening ("attacked ..., killing 12")
become one draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reportedly.claims.accept import refusal
from reportedly.claims.answerable import with_answerable, with_blamed
from reportedly.claims.clause import Arguments, subject
from reportedly.claims.figures import plain_tolls, speaks_of_violence
from reportedly.claims.frames import arguments
from reportedly.claims.modality import Governed, modality_of
from reportedly.claims.raw_tolls import RawToll
from reportedly.claims.toll_values import classed, mended
from reportedly.claims.tolls import read_tolls
from reportedly.knowledge.apart import is_violent
from reportedly.knowledge.lexicon import NOUN, VERB
from reportedly.knowledge.load import Knowledge
from reportedly.model import Span
from reportedly.model.reading import Sentence, Telling, TriggerHit
from reportedly.model.syntax import Tree
from reportedly.model.trace import Trace

# Types that say only that people were harmed; another event word of the same happening says how.
HARM = frozenset({"attack.killing", "attack.injury", "attack.armed"})
# Burning and looting go with an attack on people and do not name it.
_PROPERTY = "destruction."
# Types that another event word of the same happening may make more precise.
GENERIC = frozenset(
    {
        "attack.armed",
        "explosion.unspecified",
        "strike.unspecified",
        "attack.killing",
        "attack.injury",
        "attack.raid",
        "battle.clash",
        "battle.offensive",
    }
)
_THREATS = frozenset({"threaten"})  # verbs by which a violent type is a threat ("THREATENED with death")
_UNDONE = frozenset({"threatened", "planned", "attempted", "hypothetical"})
_SPOKEN = frozenset({"asserted", "confirmed", "claimed", "estimated"})
_SPEECH_ACTS = frozenset(
    {
        "diplomacy.accuse",
        "diplomacy.condemn",
        "diplomacy.reject",
        "diplomacy.request",
        "diplomacy.demand",
        "diplomacy.warn",
        "diplomacy.disapprove",
        "diplomacy.criticise",
        "diplomacy.deny",
    }
)


@dataclass(frozen=True, slots=True)
class Draft:
    """One happening as a sentence tells it: its main event word, all its event words, arguments and tolls."""

    hit: TriggerHit
    heads: tuple[int, ...]
    event_type: str
    found: Arguments
    governed: Governed
    tolls: tuple[RawToll, ...] = ()
    violent: bool = True


def draft_events(sentence: Sentence, knowledge: Knowledge, trace: Trace | None = None) -> list[Draft]:
    """Return the happenings that a sentence tells, in text order."""
    trace = trace or Trace()
    drafts = [d for d in _single(sentence, knowledge, trace) if not _is_cue(sentence, d, trace)]
    drafts = _controlled(sentence, drafts, knowledge, trace)
    drafts = _merge_all(sentence, drafts)
    if trace.full:
        _note_merged(trace, sentence, drafts)
    drafts = _with_plain_tolls(sentence, drafts, knowledge, trace)
    return [_classed(_counted_only(d), sentence, knowledge) if d.tolls else d for d in drafts]


def _counted_only(draft: Draft) -> Draft:
    """Of what did not happen only figures stay: "threatened to kill THE MAYOR" is no toll of one."""
    if draft.governed.modality not in _UNDONE:
        return draft
    return replace(draft, tolls=tuple(t for t in draft.tolls if t.quantity is not None or t.high == 0))


def _classed(draft: Draft, sentence: Sentence, knowledge: Knowledge) -> Draft:
    """The happening with its victims sorted and its figures mended."""
    return replace(draft, tolls=mended([classed(t, sentence, knowledge.outcomes) for t in draft.tolls], sentence))


def _note_merged(trace: Trace, sentence: Sentence, drafts: Sequence[Draft]) -> None:
    """Note which event words tell one happening."""
    for draft in drafts:
        lead = sentence.tree[draft.hit.head]
        for head in draft.heads:
            token = sentence.tree[head]
            if head != draft.hit.head:
                trace.note(token.start, token.end, "event", f"same happening as “{lead.text}”", event=lead.start)


def _with_plain_tolls(sentence: Sentence, drafts: list[Draft], knowledge: Knowledge, trace: Trace) -> list[Draft]:
    """Add the figures beside words of harm that no event word has taken ("9 dead, 64 wounded in ...")."""
    if not (sentence.violent or any(d.violent for d in drafts) or speaks_of_violence(sentence, knowledge.outcomes)):
        return drafts
    apart, lemmas = knowledge.lexicon.apart, sentence.tree.lemmas
    if not any(d.violent for d in drafts) and apart.topic(lemmas, frozenset(), apart.grimness(lemmas)) is not None:
        return drafts
    taken = [t for d in drafts for t in d.tolls]
    for toll, head, lean in plain_tolls(sentence, taken, knowledge.outcomes):
        at = _home(sentence, drafts, toll, head, lean)
        if at is None:
            drafts = [*drafts, _alone(sentence, toll, head, knowledge)]
            at = len(drafts) - 1
        drafts[at] = replace(drafts[at], tolls=(*drafts[at].tolls, toll))
        if trace.full:
            word, event = sentence.tree[head].text, sentence.tree[drafts[at].hit.head].start
            rule = f"{toll.outcome} by “{word}” beside it (outcomes.yml)"
            trace.note(toll.start, toll.end, "toll", rule, toll.qualifier, event)
    return drafts


def _home(sentence: Sentence, drafts: Sequence[Draft], toll: RawToll, head: int, lean: RawToll | None) -> int | None:
    """The happening that a figure belongs to: that of the figure it leans on, else the nearest that can harm so."""
    if lean is not None:
        whole = (lean.outcome, lean.start, lean.end)
        found = next(
            (i for i, d in enumerate(drafts) if any((t.outcome, t.start, t.end) == whole for t in d.tolls)), None
        )
        if found is not None:
            return found
    homes = [i for i, d in enumerate(drafts) if _can_hold(d, toll) and not _told_by_another(sentence, d, toll)]
    return min(
        homes,
        key=lambda i: (
            drafts[i].event_type not in {"attack.killing", "attack.injury"} and bool(drafts[i].tolls),
            min(abs(h - head) for h in drafts[i].heads),
        ),
        default=None,
    )


def _told_by_another(sentence: Sentence, draft: Draft, toll: RawToll) -> bool:
    """ "Police said gunmen killed two, but residents counted NINE bodies": the figure is another's."""
    at = sentence.tree[draft.hit.head].start
    own = [t for t in sentence.tellings if t.named and _within(t, toll.start)]
    return any(not _within(t, at) and t.cue_head not in draft.heads for t in own)


def _can_hold(draft: Draft, toll: RawToll) -> bool:
    if draft.governed.modality not in {"actual", "ongoing"} or draft.event_type == "battle.war":
        return False
    return draft.violent or draft.event_type == _ALONE.get(toll.outcome)


_ALONE: Mapping[str, str] = {
    "injured": "attack.injury",
    "captured": "battle.prisoners",
    "abducted": "abduction.kidnapping",
    "missing": "abduction.disappearance",
    "detained": "coercion.arrest",
    "displaced": "displacement.flight",
    "released": "retreat.release",
}


def _alone(sentence: Sentence, toll: RawToll, head: int, knowledge: Knowledge) -> Draft:
    """A happening of which nothing but the harm is told."""
    event_type = _ALONE.get(toll.outcome, "attack.killing")
    hit = TriggerHit(head, (head,), event_type, "act", VERB)
    event = knowledge.ontology.get(event_type)
    governed = modality_of(sentence.tree, head, knowledge.lexicon.control, cue_above(sentence, head))
    return Draft(hit, (head,), event_type, Arguments(), governed, (), bool(event and event.violent))


def _single(sentence: Sentence, knowledge: Knowledge, trace: Trace) -> Iterable[Draft]:
    """One draft for each event word: of the alternatives at a head the first whose needs hold."""
    taken: set[int] = set()
    times = frozenset(i for t in sentence.times for i in sentence.tree.at(t.when.span.start, t.when.span.end))
    for hit in sentence.triggers:
        if hit.head in taken:
            continue
        found = arguments(sentence.tree, hit, sentence.actors, knowledge.outcomes, times)
        if hit.pos == NOUN:
            found = with_answerable(sentence.tree, hit.head, found, knowledge.lexicon.words)
        if sentence.tellings:
            found = with_blamed(sentence, hit.head, found)
        reason = refusal(sentence, hit, found, knowledge.lexicon)
        if reason is not None:
            _refuse(trace, sentence, hit, reason)
            continue
        taken.add(hit.head)
        stop = cue_above(sentence, hit.head)
        governed = modality_of(sentence.tree, hit.head, knowledge.lexicon.control, stop)
        event = knowledge.ontology.get(hit.event_type)
        if event is not None and event.violent and sentence.tree[hit.head].lemma in _THREATS:
            governed = replace(governed, modality="threatened")
        tolls = tuple(read_tolls(sentence, hit, found, knowledge.outcomes))
        if trace.full:
            _note_tolls(trace, sentence, hit, tolls)
        yield Draft(hit, (hit.head,), hit.event_type, found, governed, tolls, bool(event and event.violent))


def cue_above(sentence: Sentence, head: int) -> int | None:
    """The nearest cue of telling on the way up from a token: words above it govern the telling, not the event."""
    cues = {t.cue_head for t in sentence.tellings}
    return next((a for a in sentence.tree.ancestors(head) if a in cues), None)


def _note_tolls(trace: Trace, sentence: Sentence, hit: TriggerHit, tolls: Iterable[RawToll]) -> None:
    token = sentence.tree[hit.head]
    for toll in tolls:
        rule = f"{toll.outcome} by “{token.text}” (outcomes.yml), counted in the words that it is done to"
        trace.note(toll.start, toll.end, "toll", rule, toll.qualifier, token.start)


def _refuse(trace: Trace, sentence: Sentence, hit: TriggerHit, reason: str) -> None:
    token = sentence.tree[hit.head]
    trace.refuse(token.start, token.end, "event", reason, hit.event_type, token.start)


def _is_cue(sentence: Sentence, draft: Draft, trace: Trace) -> bool:
    """The reporting verb never becomes the event, unless the telling is itself an act (accuse, demand, reject)."""
    if not _only_tells(sentence, draft):
        return False
    _refuse(trace, sentence, draft.hit, "tells of an event and is none")
    return True


def _only_tells(sentence: Sentence, draft: Draft) -> bool:
    for telling in sentence.tellings:
        if telling.cue_head == draft.hit.head:
            if telling.responsibility is not None:
                return any(is_violent(h.event_type) for h in sentence.triggers)
            return draft.violent or (draft.event_type not in _SPEECH_ACTS and telling.stance in _SPOKEN)
    return False


# ------------------------------------------------------------------------------------------- governed events


def _controlled(sentence: Sentence, drafts: list[Draft], knowledge: Knowledge, trace: Trace) -> list[Draft]:
    """Let "urged X to withdraw" be a request and "refused to meet" a refusal, not a withdrawal or a meeting."""
    results = knowledge.lexicon.control_results
    heads = {d.hit.head: d for d in drafts}
    found: list[Draft] = []
    for draft in drafts:
        effect = next(((e, g) for e, g in draft.governed.effects if e in results), None)
        if effect is None or draft.governed.modality in {"planned", "threatened", "attempted"}:
            found.append(_negated(draft))
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
            _refuse(
                trace, sentence, draft.hit, f"“{sentence.tree[governor].text}” governs it ({name}) and says it already"
            )
        else:
            if trace.full:
                _note_result(trace, sentence, draft, name, governor)
            found.append(_converted(sentence, draft, results[name], governor))
    return [d for d in found if d is not None]


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


def _negated(draft: Draft) -> Draft:
    """A cooperative act that is denied to have happened is a refusal."""
    if (
        draft.governed.negated
        and not draft.violent
        and draft.event_type.split(".")[0] in {"diplomacy", "cooperation", "aid", "retreat", "agreement"}
    ):
        governed = replace(draft.governed, negated=False, modality="actual")
        return replace(draft, event_type="diplomacy.reject", governed=governed)
    return draft


def _converted(sentence: Sentence, draft: Draft, event_type: str, governor: int) -> Draft:
    """The draft as the act of asking, refusing or allowing: the governing word's subject does it."""
    tree = sentence.tree
    if not tree[governor].is_verb or tree[governor].dep == "aux":
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


def _spoken_wish(sentence: Sentence, draft: Draft, event_type: str) -> Draft:
    """ "X said that Y must withdraw": X asks, Y is asked."""
    at = sentence.tree[draft.hit.head].start
    speakers = [t.speaker_head for t in sentence.tellings if t.speaker_head is not None and _within(t, at)]
    asked = draft.found.initiators or draft.found.targets
    governed = replace(draft.governed, modality="actual", negated=False)
    found = Arguments(tuple(speakers[-1:]), tuple(a for a in asked if a not in speakers[-1:]))
    return replace(draft, event_type=event_type, found=found, governed=governed, tolls=(), violent=False)


# ------------------------------------------------------------------------------- one happening, several words


def _merge_all(sentence: Sentence, drafts: Sequence[Draft]) -> list[Draft]:
    """Join drafts that tell one happening, until nothing more joins."""
    pending = list(drafts)
    joined = True
    while joined:
        joined = False
        for i, one in enumerate(pending):
            j = next((j for j in range(i + 1, len(pending)) if _same_happening(sentence, one, pending[j])), None)
            if j is not None:
                pending[i] = _merge(sentence.tree, one, pending.pop(j))
                joined = True
                break
    return pending


def _same_happening(sentence: Sentence, one: Draft, other: Draft) -> bool:
    if not (one.violent and other.violent) or one.governed.modality != other.governed.modality:
        return False
    if one.event_type == "battle.war" or other.event_type == "battle.war":
        return False
    generic = {one.event_type, other.event_type} & (GENERIC | HARM)
    if set(one.hit.tokens) & set(other.hit.tokens):
        return True  # "mortar ROUNDS FIRED by": one word of both
    if not generic and one.event_type != other.event_type:
        return False
    if _different_telling(sentence, one, other) or _different_places(sentence, one.hit.head, other.hit.head):
        return False
    return any(_linked(sentence.tree, a, b) or _linked(sentence.tree, b, a) for a in one.heads for b in other.heads)


def _different_telling(sentence: Sentence, one: Draft, other: Draft) -> bool:
    """Two event words told by different people are two accounts."""
    a, b = sentence.tree[one.hit.head].start, sentence.tree[other.hit.head].start
    for telling in sentence.tellings:
        if not telling.named and telling.culprit is None:
            continue
        inside = [_within(telling, a), _within(telling, b)]
        if inside[0] != inside[1]:
            return True
    return False


def _different_places(sentence: Sentence, one: int, other: int) -> bool:
    """Two verbs that each have a place of their own tell two happenings ("killed two in Djibo and abducted a nurse in
    Arbinda")."""
    places = [_own_places(sentence, one), _own_places(sentence, other)]
    return all(places) and places[0].isdisjoint(places[1])


def _own_places(sentence: Sentence, verb: int) -> frozenset[Span]:
    """The places named in prepositional phrases of a verb or of its object."""
    tree = sentence.tree
    if not sentence.places or not tree[verb].is_verb:
        return frozenset()
    hosts = (verb, *tree.children(verb, "dobj", "nsubjpass"))
    heads = {p for h in hosts for prep in tree.children(h, "prep") for p in tree.children(prep, "pobj")}
    return frozenset(p.span for p in sentence.places if any(tree[h].start <= p.span.start < tree[h].end for h in heads))


def _within(telling: Telling, offset: int) -> bool:
    return any(c.start <= offset < c.end for c in telling.content)


# Arcs along which one event word hangs from another of the same happening, and how many of them in a row.
_ARCS = frozenset(
    [
        "nsubj",
        "nsubjpass",
        "pobj",
        "prep",
        "agent",
        "advcl",
        "xcomp",
        "conj",
        "acl",
        "relcl",
        "dobj",
        "oprd",
        "pcomp",
        "compound",
        "amod",
        "dep",
        "appos",
        "acomp",
        "ccomp",
        "csubj",
        "attr",
    ]
)
_MOST_ARCS = 5
_APART_PREPOSITIONS = frozenset(
    {"after", "before", "since", "following", "despite", "between", "like", "unlike", "for"}
)
_APART_CONJUNCTIONS = frozenset(
    {"after", "before", "since", "although", "though", "while", "if", "because", "as", "until"}
)


def _linked(tree: Tree, low: int, high: int) -> bool:
    """Tell whether `low` hangs from `high` in a way that makes them one happening."""
    here = low
    for _ in range(_MOST_ARCS):
        token = tree[here]
        up = token.head
        if up == here or token.dep not in _ARCS or (token.dep == "relcl" and here != low):
            return False
        if _parts(tree, here, high):
            return False
        if up == high:
            return True
        if token.dep == "conj" and tree[up].is_noun and tree[low].is_noun:
            return False
        here = up
    return False


def _parts(tree: Tree, here: int, high: int) -> bool:
    """Tell whether the word at `here` sets what hangs from it apart: "after", "although", unlike "when"."""
    token = tree[here]
    if token.dep == "prep":
        return token.lower in _APART_PREPOSITIONS and token.head != high
    if token.dep != "advcl" or _simultaneous(tree, here):
        return False
    return any(tree[m].lower in _APART_CONJUNCTIONS for m in tree.children(here, "mark", "prep"))


def _simultaneous(tree: Tree, index: int) -> bool:
    """ "died when gunmen attacked", "after a bomb exploded": the clause tells the cause, which is the same event."""
    return any(tree[m].lower in {"when", "as", "after", "because"} for m in tree.children(index, "mark", "advmod"))


def _merge(tree: Tree, one: Draft, other: Draft) -> Draft:
    """One draft of two; the more telling event word leads."""
    lead, rest = sorted((one, other), key=_rank)
    if rest.hit.pos == NOUN and set(lead.hit.tokens) & set(rest.hit.tokens):
        lead, rest = rest, lead  # "mortar rounds fired by": the noun says what was fired
    found = Arguments(
        _initiators(tree, lead, rest),
        _targets(lead, rest),
        (*lead.found.means, *rest.found.means),
        (*lead.found.cause, *rest.found.cause),
        lead.found.passive,
        (*lead.found.answerable, *rest.found.answerable),
    )
    return replace(lead, heads=(*lead.heads, *rest.heads), found=found, tolls=(*lead.tolls, *rest.tolls))


def _initiators(tree: Tree, lead: Draft, rest: Draft) -> tuple[int, ...]:
    """Those who are called answerable first, then those of the leading word, unless only the other one names them.

    "X killed ten when THEY blew themselves up": a pronoun names nobody.
    """
    own, others = lead.found.initiators, tuple(i for i in rest.found.initiators if i not in lead.heads)
    if others and all(tree[i].tag == "PRP" for i in own):
        own = others
    return tuple(dict.fromkeys([*lead.found.answerable, *rest.found.answerable, *own]))


def _targets(lead: Draft, rest: Draft) -> tuple[int, ...]:
    heads = {*lead.heads, *rest.heads}
    own = tuple(t for t in lead.found.targets if t not in heads)
    if own or rest.governed.negated:  # "no soldiers were killed in the attack" names no target
        return own
    return tuple(t for t in rest.found.targets if t not in heads)


def _rank(draft: Draft) -> tuple[int, int, int]:
    """Specific types before generic ones, those before mere harm; earlier words first."""
    mere = draft.event_type in GENERIC or draft.event_type.startswith(_PROPERTY)
    kind = 2 if draft.event_type in {"attack.killing", "attack.injury"} else 1 if mere else 0
    return kind, draft.hit.pos == NOUN and draft.hit.pos != VERB, draft.hit.head
