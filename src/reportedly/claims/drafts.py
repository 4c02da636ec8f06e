"""Room 4, drafts: the events of one sentence with arguments, tolls and governing words, before they become claims.

Door: `draft_events(sentence, knowledge)`. Several event words that tell one happening ("attacked ..., killing 12")
become one draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reportedly.claims.accept import refusal
from reportedly.claims.answerable import with_answerable, with_blamed
from reportedly.claims.belonging import captors
from reportedly.claims.carried import carried
from reportedly.claims.clause import Arguments
from reportedly.claims.consequences import with_consequences, with_dead_attackers
from reportedly.claims.draft import Draft, refuse
from reportedly.claims.figures import plain_tolls, speaks_of_violence
from reportedly.claims.frames import arguments
from reportedly.claims.governed import controlled
from reportedly.claims.laid import laid_to
from reportedly.claims.modality import modality_of
from reportedly.claims.raw_tolls import RawToll
from reportedly.claims.same_happening import merged
from reportedly.claims.sums import SUM, period_sum
from reportedly.claims.tellers import tells
from reportedly.claims.toll_values import classed, mended
from reportedly.claims.tolls import read_tolls
from reportedly.knowledge.apart import is_violent
from reportedly.knowledge.lexicon import NOUN, VERB
from reportedly.knowledge.load import Knowledge
from reportedly.model.quick import replace
from reportedly.model.reading import Sentence, TriggerHit
from reportedly.model.trace import Trace

_THREATS = frozenset({"threaten", "threat"})  # words by which a violent type is a threat ("THREATENED with death")
_UNDONE = frozenset({"threatened", "planned", "attempted", "hypothetical"})
_SPOKEN = frozenset({"asserted", "confirmed", "claimed", "estimated", "doubted"})
_INVOLVED = "attack.involvement"
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


def draft_events(sentence: Sentence, knowledge: Knowledge, trace: Trace | None = None) -> list[Draft]:
    """Return the happenings that a sentence tells, in text order."""
    trace = trace or Trace()
    judges = knowledge.lexicon.words["judging_people"]
    drafts = [d for d in _single(sentence, knowledge, trace) if not _is_cue(sentence, d, judges, trace)]
    drafts = _without_involved(sentence, controlled(sentence, drafts, knowledge, trace), trace)
    drafts = carried(sentence.tree, drafts, knowledge.lexicon.words)
    drafts = with_dead_attackers(sentence, drafts)
    drafts = with_consequences(sentence, merged(sentence, [_summed(sentence, d, knowledge) for d in drafts]))
    if trace.full:
        _note_merged(trace, sentence, drafts)
    drafts = _with_plain_tolls(sentence, drafts, knowledge, trace)
    drafts = [_without_counted_tellers(sentence, d) if d.tolls and sentence.tellings else d for d in drafts]
    return [_classed(_counted_only(d), sentence, knowledge) if d.tolls else d for d in drafts]


def _without_tellers(sentence: Sentence, head: int, found: Arguments) -> Arguments:
    """Drop who only tells from those harmed: "shot dead a man, RESIDENTS and the ministry said"."""
    kept = tuple(i for i in found.targets if not tells(sentence, head, i))
    return found if kept == found.targets else replace(found, targets=kept)


def _without_involved(sentence: Sentence, drafts: list[Draft], trace: Trace) -> list[Draft]:
    """Drop the involvement where the deed is told as theirs: "members of a band were INVOLVED IN THE MURDER"."""
    found, tree = list[Draft](), sentence.tree
    for draft in drafts:
        told = draft.event_type == _INVOLVED and tree[draft.hit.head].is_verb and tree[draft.hit.head].dep != "acl"
        inside = (d for d in drafts if told and d is not draft and d.violent)
        if any(tree.covers(draft.hit.head, d.hit.head) and d.found.answerable for d in inside):
            refuse(trace, sentence, draft.hit, "the deed that they are involved in tells it")
        else:
            found.append(draft)
    return found


def _as_told(sentence: Sentence, head: int, found: Arguments) -> Arguments:
    """Who accuses is who tells: "the AIDE denied that the militia had a hand in it and BLAMED bandits"."""
    speakers = {t.speaker_head for t in sentence.tellings if t.cue_head == head and t.culprit is not None} - {None}
    if len(speakers) != 1 or found.passive or len(found.initiators) != 1 or not speakers.isdisjoint(found.initiators):
        return found
    return replace(found, initiators=tuple(i for i in speakers if i is not None))


def _without_counted_tellers(sentence: Sentence, draft: Draft) -> Draft:
    """Drop who only tells from the parts of a figure: "killing ten, including children, AN EYEWITNESS told"."""
    head = draft.hit.head
    kept = tuple(t for t in draft.tolls if t.head is None or not tells(sentence, head, t.head))
    return draft if len(kept) == len(draft.tolls) else replace(draft, tolls=kept)


def _summed(sentence: Sentence, draft: Draft, knowledge: Knowledge) -> Draft:
    """The draft marked as a sum over a period where it stands in the words of one."""
    if period_sum(sentence, draft.hit.head, knowledge.lexicon.words) is None:
        return draft
    return replace(draft, hit=replace(draft.hit, needs=draft.hit.needs | SUM))


def _counted_only(draft: Draft) -> Draft:
    """Of what did not happen only figures stay: "threatened to kill THE MAYOR" is no toll of one."""
    if draft.governed.modality not in _UNDONE:
        return draft
    return replace(draft, tolls=tuple(t for t in draft.tolls if t.quantity is not None or t.high == 0))


def _classed(draft: Draft, sentence: Sentence, knowledge: Knowledge) -> Draft:
    """The happening with its victims sorted and its figures mended."""
    told = [classed(t, sentence, knowledge.outcomes) for t in draft.tolls]
    return replace(draft, tolls=mended(told, sentence, knowledge.outcomes))


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
        at = _home(sentence, drafts, toll, head, lean, period_sum(sentence, head, knowledge.lexicon.words))
        if at is None:
            drafts = [*drafts, _summed(sentence, _alone(sentence, toll, head, knowledge), knowledge)]
            at = len(drafts) - 1
        drafts[at] = replace(drafts[at], tolls=(*drafts[at].tolls, toll))
        if trace.full:
            word, event = sentence.tree[head].text, sentence.tree[drafts[at].hit.head].start
            rule = f"{toll.outcome} by “{word}” beside it (outcomes.yml)"
            trace.note(toll.start, toll.end, "toll", rule, toll.qualifier, event)
    return drafts


def _home(
    sentence: Sentence, drafts: Sequence[Draft], toll: RawToll, head: int, lean: RawToll | None, total: int | None
) -> int | None:
    """The happening that a figure belongs to: that of the figure it leans on, else the nearest that can harm so.

    `total` is the verb of a sum over a period that the figure stands in: it belongs to that sum.
    """
    if total is not None:
        return next((i for i, d in enumerate(drafts) if d.hit.needs >= SUM), None)
    if lean is not None:
        whole = (lean.outcome, lean.start, lean.end)
        found = next(
            (i for i, d in enumerate(drafts) if any((t.outcome, t.start, t.end) == whole for t in d.tolls)), None
        )
        if found is not None:
            return found
    homes = [
        i
        for i, d in enumerate(drafts)
        if _can_hold(d, toll, sentence.mishap) and not _told_by_another(sentence, d, toll)
    ]
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
    own = [t for t in sentence.tellings if t.named and t.covers(toll.start)]
    return any(not t.covers(at) and t.cue_head not in draft.heads for t in own)


def _can_hold(draft: Draft, toll: RawToll, mishap: str | None) -> bool:
    if draft.governed.modality not in {"actual", "ongoing"} or draft.event_type == "battle.war":
        return False
    if draft.hit.needs >= SUM:
        return False
    own = draft.event_type == _type_alone(toll, mishap)
    return own or (draft.violent and toll.outcome != "released")  # those set free are no toll of the violence beside it


def _type_alone(toll: RawToll, mishap: str | None) -> str:
    """The event type of harm of which nothing else is told; that of the mishap where nobody did it."""
    if mishap is not None and toll.outcome in _HARMED:
        return mishap
    return _ALONE.get(toll.outcome, "attack.killing")


_HARMED = frozenset({"killed", "injured", "killed_or_injured", "missing"})
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
    event_type = _type_alone(toll, sentence.mishap)
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
        if hit.pos == NOUN or sentence.tree[hit.head].dep == "pcomp":
            found = with_answerable(sentence.tree, hit.head, found, knowledge.lexicon.words)
        if sentence.tellings:
            found = _without_tellers(sentence, hit.head, with_blamed(sentence, hit.head, found))
            found = _as_told(sentence, hit.head, found)
        if not found.initiators and hit.event_type.startswith("abduction."):
            held_by = captors(sentence.tree, hit.head, sentence.actors, knowledge.lexicon.words)
            found = replace(found, initiators=tuple(held_by))
        reason = refusal(sentence, hit, found, knowledge.lexicon)
        if reason is not None:
            refuse(trace, sentence, hit, reason)
            continue
        taken.add(hit.head)
        stop = cue_above(sentence, hit.head)
        governed = modality_of(sentence.tree, hit.head, knowledge.lexicon.control, stop)
        event = knowledge.ontology.get(hit.event_type)
        if event is not None and event.violent and sentence.tree[hit.head].lemma in _THREATS:
            governed = replace(governed, modality="threatened")
        laid = laid_to(sentence.tree, hit, knowledge.lexicon.words)
        governed = replace(governed, modality="actual") if laid else governed
        governed = replace(governed, negated=True) if found.cleared else governed
        tolls = tuple(read_tolls(sentence, hit, found, knowledge.outcomes))
        if governed.negated and found.passive:  # "the governor WAS NOT HURT, but two guards were"
            tolls = tuple(t for t in tolls if t.high == 0)
        if trace.full:
            _note_tolls(trace, sentence, hit, tolls)
        yield Draft(hit, (hit.head,), hit.event_type, found, governed, tolls, bool(event and event.violent), laid)


def cue_above(sentence: Sentence, head: int) -> int | None:
    """The nearest cue of telling on the way up from a token: words above it govern the telling, not the event."""
    cues = {t.cue_head for t in sentence.tellings}
    return next((a for a in sentence.tree.ancestors(head) if a in cues), None)


def _note_tolls(trace: Trace, sentence: Sentence, hit: TriggerHit, tolls: Iterable[RawToll]) -> None:
    token = sentence.tree[hit.head]
    for toll in tolls:
        rule = f"{toll.outcome} by “{token.text}” (outcomes.yml), counted in the words that it is done to"
        trace.note(toll.start, toll.end, "toll", rule, toll.qualifier, token.start)


def _is_cue(sentence: Sentence, draft: Draft, judges: frozenset[str], trace: Trace) -> bool:
    """The reporting verb never becomes the event, unless the telling is itself an act (accuse, demand, reject)."""
    if not _only_tells(sentence, draft, judges):
        return False
    refuse(trace, sentence, draft.hit, "tells of an event and is none")
    return True


def _only_tells(sentence: Sentence, draft: Draft, judges: frozenset[str]) -> bool:
    for telling in sentence.tellings:
        if telling.cue_head == draft.hit.head:
            if telling.stance == "denied" and draft.event_type == "diplomacy.ease":
                judge = telling.speaker_head  # "the commander DISMISSED THE CHARGE" eases nothing
                return judge is None or sentence.tree[judge].lemma not in judges
            if telling.responsibility is not None:
                return any(is_violent(h.event_type) for h in sentence.triggers)
            if not draft.violent and (len(draft.hit.tokens) > 1 or "own_future" in draft.hit.needs):
                return False  # "ANNOUNCED a CEASEFIRE": the announcing does it; "WARNED that it would march" threatens
            return draft.violent or (draft.event_type not in _SPEECH_ACTS and telling.stance in _SPOKEN)
    return False
