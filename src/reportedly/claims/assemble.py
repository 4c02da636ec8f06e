"""Room 4, claims: who says who did what to whom. Door: `assemble(document, reading, knowledge)`.

Walks the sentences in order with a memory of the actors named so far. A claim without a claimant is the outlet's
own. Never merges accounts of different tellers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportedly.claims.antecedents import (
    antecedent,
    elsewhere,
    in_order,
    is_known,
    same_place,
    several,
    told_before,
)
from reportedly.claims.attribution import Account, account_of, claimant_kind, closed, issued
from reportedly.claims.circumstances import before_told, has_period, own_time, place_in, published, times_in
from reportedly.claims.completion import (
    HARMLESS,
    completed,
    completes,
    counted_again,
    outnumbered,
    parted,
    spared,
    told_again,
    unharmed,
)
from reportedly.claims.confidence import confidence, signs_of
from reportedly.claims.coreference import Memory
from reportedly.claims.dating import dated_together
from reportedly.claims.deeds import deed_drafts, is_deed, is_figure, is_placed, is_unsaid
from reportedly.claims.doers import of_the_harmed
from reportedly.claims.doubts import doubted
from reportedly.claims.draft import Draft
from reportedly.claims.drafts import draft_events
from reportedly.claims.event_times import days_of
from reportedly.claims.fights import fought
from reportedly.claims.listed import listed_entries
from reportedly.claims.means import means_of
from reportedly.claims.parties import parties
from reportedly.claims.party import whose_people
from reportedly.claims.periods import is_aggregate, is_answered, is_before, is_perfect, modality_in, turns
from reportedly.claims.place_rows import by_place
from reportedly.claims.raw_tolls import OF_THOSE_BEFORE, TOLD_BEFORE
from reportedly.claims.reasons import note_account
from reportedly.claims.reciprocal import takes, told_in_turn
from reportedly.claims.settings import set_in, settled_when
from reportedly.claims.speakers import Speakers
from reportedly.claims.stamped import entry_days
from reportedly.claims.toll_values import finish
from reportedly.claims.trigger import trigger_words
from reportedly.claims.untold import (
    describes,
    in_purpose,
    is_bare,
    is_disowned,
    of_teller,
    of_unknown_number,
    told_by_nobody,
)
from reportedly.claims.view import Story, View, view_of
from reportedly.knowledge.apart import is_violent
from reportedly.knowledge.load import Knowledge
from reportedly.model import ActorRef, Attribution, Claim, ClaimantKind, Document, Modality, PlaceRef, When
from reportedly.model.quick import quick, replace
from reportedly.model.reading import Reading, TimeRead
from reportedly.model.toll import Toll
from reportedly.model.trace import Sign, Trace

VERSION = "rules-1"
_BRIEF = 3  # sentences of a text that is no article: a headline, a caption, a single sentence
_SOON = 3  # sentences after a happening in which it is told that nobody was harmed in it
_OWN_WORDS = "nearest to the event words by syntax"
_HEADING = "heads the entry of the list"
_ENTRY = "the day of the page whose clock heads the entry"
_AS_BEFORE = "as the happening before, which this goes on telling"
# What is said of a happening told before makes a claim without more words of it ("the army CONFIRMED the attack").
_ON_KNOWN = frozenset({"confirmed", "denied", "doubted", "claimed", "alleged"})
_TOLD = frozenset({"actual", "historical"})
_AS_PUBLISHED = "no time in the words: by the day of publication"


@dataclass(frozen=True, slots=True)
class Assembly:
    """The claims of a document in text order, and the tellings as they stand in the text."""

    claims: tuple[Claim, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    actors: tuple[ActorRef, ...] = ()


def assemble(document: Document, reading: Reading, knowledge: Knowledge, trace: Trace | None = None) -> Assembly:
    """Return the claims this document makes."""
    trace = trace or Trace()
    trace.brief = len(document.segments) <= _BRIEF
    home = max(reading.countries, key=lambda c: (reading.countries[c], c), default=None)
    violent = sum(any(is_violent(h.event_type) for h in s.triggers) for s in reading.sentences)
    story = Story(Memory(home, knowledge.lexicon, _cast(reading)), Speakers(knowledge.lexicon), violent)
    story.labels = listed_entries(document.text, reading)
    story.issuer = reading.issuer
    story.entries = entry_days(document)
    story.places = reading.places
    claims: list[Claim] = []
    attributions: list[Attribution] = []
    actors: list[ActorRef] = []
    for sentence in reading.sentences:
        view = view_of(document, sentence, knowledge, story, trace)
        if turns(view):
            story.turned = sentence.paragraph
        for claim in _claims(view):
            _add(claims, claim, view)
            late = [c for c, at in story.happenings if sentence.sentence - at <= _SOON]
            for before, older in outnumbered(claim, late):
                _put(claims, before, older, story)
        for before, unsure in doubted(view, claims):
            _put(claims, before, unsure, story)
        attributions += [Attribution(t.source, (t.cue,), t.content, t.stance) for t in view.sentence.tellings]
        actors += [a for a in view.actors.values() if _worth_listing(a, knowledge)]
        story.before = view.sentence
        story.memory.note(view.actors.values(), sentence.sentence)
        for telling in view.sentence.tellings:
            story.memory.note_speaker(telling.speaker, sentence.sentence)
    days = {d for s in reading.sentences for d in days_of(s, knowledge.lexicon.words)}
    dated = dated_together(claims, story.again, story.perfect, knowledge.families, days, listed=len(story.labels) > 1)
    told = tuple(part for claim in dated for part in by_place(fought(claim, knowledge.lexicon)))
    named = sorted(dict.fromkeys(actors), key=lambda a: (a.span.start, a.span.end))
    return Assembly(told, tuple(attributions), tuple(named))


def _cast(reading: Reading) -> Iterable[ActorRef]:
    return (ref for sentence in reading.sentences for ref in sentence.actors.values())


def _worth_listing(ref: ActorRef, knowledge: Knowledge) -> bool:
    unnamed = ref.kind in {"unknown", "facility"} or ref.role in knowledge.lexicon.words["not_a_party"]
    return ref.actor_id is not None or not unnamed


def _add(claims: list[Claim], claim: Claim, view: View) -> None:
    """Add a claim, or let it complete the one before when it only tells the toll of the same happening."""
    story, sentence = view.story, view.sentence
    before = story.last
    near = sentence.sentence - story.last_sentence <= 1 and claim.trigger.start not in story.answered
    claim = parted(claim, before if near else None, story.parts, story.members)
    if before is not None and near and completes(before, claim, story.again):
        whole = completed(before, claim)
        _note_completed(view, before, claim)
        _put(claims, before, whole, story)
        story.last_sentence = sentence.sentence
        return
    if before is not None and sentence.sentence - story.last_sentence <= _SOON:
        claim = unharmed(claim, before)
    if claims and spared(claim, claims[-1]):
        view.trace.refuse(claim.trigger.start, claim.trigger.end, "event", "nothing happened that could harm anybody")
        return
    if not any(c.trigger.start == claim.trigger.start and c == claim for c in claims):
        claims.append(claim)
    if claim.event_type == HARMLESS:
        story.foiled = sentence.sentence
    if claim.violent:
        news = claim.modality != "historical" and not claim.aggregate
        story.memory.note_acting(claim.initiators, sentence.sentence, news=news)
        story.last, story.last_sentence, story.last_paragraph = claim, sentence.sentence, sentence.paragraph
        story.happenings.append((claim, sentence.sentence))


def _put(claims: list[Claim], before: Claim, claim: Claim, story: Story) -> None:
    """Put a claim in the place of what it was, wherever that is remembered."""
    claims[claims.index(before)] = claim
    story.happenings = [(claim if c is before else c, at) for c, at in story.happenings]
    story.last = claim if story.last is before else story.last


def _note_completed(view: View, before: Claim, claim: Claim) -> None:
    if view.trace.full:
        rule = "tells only more of the happening before, by the same teller: added to it"
        view.trace.note(claim.trigger.start, claim.trigger.end, "claim", rule, event=before.trigger.start)
        told = view.trace.told
        moved = [head for head, lead in told.items() if claim.trigger.start <= lead < claim.trigger.end]
        told.update(dict.fromkeys(moved, before.trigger.start))


# ------------------------------------------------------------------------------------------- one claim


def _claims(view: View) -> Iterable[Claim]:
    """The claims of one sentence, where two accuse each other once as each of them tells it."""
    first, *others = takes(view)
    yield from _told(first)
    for other in others:
        yield from _told(other, in_turn=True)


def _told(view: View, *, in_turn: bool = False) -> Iterable[Claim]:
    """The claims of one sentence by one set of tellers; `in_turn` those alone that the other accuser tells too."""
    drafts = draft_events(view.resolved, view.knowledge, view.trace)
    drafts += deed_drafts(view.sentence, drafts, view.knowledge)
    heads = {h for d in drafts for h in d.heads if not is_unsaid(d)}
    for draft in in_order(view, drafts):
        if in_turn and not told_in_turn(view, view.tree[draft.hit.head].start):
            continue
        for before in several(view, draft) or (antecedent(view, draft),):
            claim = _claim(view, draft, heads, before)
            if claim is not None:
                _note_told(view, draft, claim)
                yield claim


def _note_told(view: View, draft: Draft, claim: Claim) -> None:
    """Note under which event word a claim tells the others, and whether it speaks of what is known."""
    story, start, lead = view.story, claim.trigger.start, view.tree[draft.hit.head].start
    view.trace.told.update((view.tree[head].start, lead) for head in draft.heads)
    story.again.update([start] if is_known(view, draft) else ())
    story.answered.update([start] if is_answered(view, draft) else ())
    if is_perfect(view, draft) or is_before(view, draft) or view.sentence.paragraph == story.turned:
        story.perfect.add(start)


@quick
@dataclass(frozen=True, slots=True)
class _Parts:
    """What a claim says of one happening, before it is dated and told whose words it is."""

    initiators: tuple[ActorRef, ...]
    targets: tuple[ActorRef, ...]
    place: PlaceRef | None
    places: tuple[PlaceRef, ...]
    time: TimeRead | None
    told: TimeRead | None


def _claim(view: View, draft: Draft, heads: set[int], before: Claim | None) -> Claim | None:
    account = issued(account_of(view.sentence, draft, view.words), view.story.issuer, view.segment())
    parts = _parts(view, draft, account, heads)
    reason = _tells_nothing(view, draft, account, parts, before)
    if reason is None and is_deed(draft) and before is None:
        reason = "somebody is blamed for a deed that no sentence before tells"
    if (
        reason is None
        and before is not None
        and is_unsaid(draft)
        and of_the_harmed(view.tree, draft.hit.head, view.words, before)
    ):
        reason = "says who those are that were harmed"
    if reason is None and is_figure(draft) and before is not None and not before.tolls:
        reason = "a figure for harm that no sentence before tells"
    if reason is not None:
        token = view.tree[draft.hit.head]
        view.trace.refuse(token.start, token.end, "event", reason, draft.event_type, token.start)
        return None
    claim = _written(view, draft, account, parts, before)
    model, brief = view.knowledge.confidence, view.trace.brief
    signs = signs_of(view, claim, draft, account)
    if view.trace.full:
        note_account(view, draft, account)
        weighed = (Sign(name, value, model.weight(name, brief) * value) for name, value in sorted(signs.items()))
        view.trace.signs[claim.trigger.start, claim.violent] = tuple(weighed)
        view.trace.base = model.base(brief)
    return replace(claim, confidence=confidence(signs, model, brief=brief))


def _parts(view: View, draft: Draft, account: Account, heads: set[int]) -> _Parts:
    sides = parties(view, draft, account)
    if is_unsaid(draft):
        return _Parts(*sides, None, (), None, None)
    return _Parts(*sides, *place_in(view, draft, heads), *times_in(view, draft, heads))


def _tells_nothing(view: View, draft: Draft, account: Account, parts: _Parts, before: Claim | None) -> str | None:
    """Why the words tell of no happening, or None."""
    if draft.governed.negated and account.stance != "denied" and not any(t.high == 0 for t in draft.tolls):
        return "the words say that it did not happen, and nobody denies it"
    if not draft.tolls and is_known(view, draft) and of_teller(view, draft):
        return "says who the teller is"
    if told_by_nobody(view, draft):
        return "nobody says so"
    if not draft.tolls and of_unknown_number(view, draft):
        return "how many is said to be unknown"
    if describes(view, draft):
        return "says what kind somebody or something is"
    if not draft.violent and any(effect == "suppose" for effect, _ in draft.governed.effects):
        return "a condition, not a happening"
    if draft.event_type == "strategic.responsibility" and is_disowned(view, draft):
        return "what is denied is not taken on"
    if draft.event_type == "attack.involvement" and not (parts.initiators or is_figure(draft) or is_placed(draft)):
        return "nobody named is involved"
    if draft.event_type == "battle.war" and in_purpose(view, draft):
        return "a war named in a purpose is not what the sentence tells"
    again = before is not None and account.stance in _ON_KNOWN and is_known(view, draft)
    again = again or (account.stance == "denied" and told_before(view, draft))
    if is_bare(draft) and not (parts.initiators or parts.targets or parts.place or parts.time or again):
        return "generic: an event noun with no party, place, time, figure or weapon"
    return None


def _written(view: View, draft: Draft, account: Account, parts: _Parts, before: Claim | None) -> Claim:
    """The claim without its id and confidence; `before` is the claim whose happening it goes on telling."""
    own = (
        own_time(view, draft, parts.time)
        or before_told(view, draft, account, parts.told)
        or settled_when(view, draft, before)
    )
    again = before is not None and bool(parts.initiators) and (is_known(view, draft) or is_deed(draft))
    modality = modality_in(view, draft, own, parts.time, particular=again or account.stance == "denied")
    if before is not None and before.modality == "historical" and own is None and modality == "actual":
        modality = before.modality
    claimant = account.claimant.speaker if account.claimant else None
    aggregate = is_aggregate(view, draft, parts.time)
    scene = None if aggregate else before  # a sum is of more than the happening before
    entry = None if aggregate else _entry_day(view, modality)
    event = view.knowledge.ontology.get(draft.event_type)
    claim = Claim(
        id="",
        document=view.document.id,
        event_type=draft.event_type,
        violent=event.violent if event is not None else draft.violent,
        trigger=trigger_words(view, draft.hit, draft.heads),
        content=closed(account.content, view.document.text) if account.content else view.segment(),
        initiators=parts.initiators,
        targets=parts.targets,
        place=_place(view, draft, parts.place or set_in(view, draft, account, before), scene),
        places=parts.places,
        when=_when(view, draft, own, modality, None if elsewhere(view, parts.place, before) else before, entry),
        tolls=_tolls(view, draft),
        means=means_of(view, draft),
        claimant=claimant,
        claimant_kind=_kind(view, account, claimant, (*parts.initiators, *parts.targets)),
        attribution=tuple(t.speaker for t in account.tellings if t.speaker is not None),
        cue=account.cue,
        stance=account.stance,
        modality=modality,
        said_on=parts.told.when if parts.told and account.claimant else None,
        aggregate=aggregate,
        found_by=VERSION,
    )
    taken_on = any(t.responsibility is not None for t in account.tellings)  # "claimed the raid on SOCIAL MEDIA"
    if before is None or (draft.found.targets and not is_deed(draft) and not taken_on):
        return claim
    claim = counted_again(claim, before) if is_figure(draft) else claim
    return told_again(claim, before, deed=is_deed(draft))


def _place(view: View, draft: Draft, own: PlaceRef | None, before: Claim | None) -> PlaceRef | None:
    """The place of the event: its own, or that of the happening that it goes on telling."""
    label = view.label
    heads = label is not None and (before is None or before.trigger.start < label.start)
    inherited = label.place if label is not None and heads else before.place if before is not None else None
    place = inherited if same_place(view, own, inherited) else own or inherited
    if place is not None:
        rule = _OWN_WORDS if own else _HEADING if heads else _AS_BEFORE
        view.note(draft.hit.head, "place", place.span, rule, place.place_id or "unresolved")
    return place


def _when(
    view: View, draft: Draft, own: When | None, modality: Modality, before: Claim | None, entry: When | None
) -> When | None:
    """The time of the event: its own, that of the happening that it goes on telling, that of the entry of a page, or up
    to the publication."""
    goes_on = own is None and before is not None and before.modality in _TOLD and not _looks_back(view, draft)
    inherited = before.when if goes_on and before is not None else None
    when = own or inherited or entry or published(view, modality)
    if when is not None:
        rule = _OWN_WORDS if own else _AS_BEFORE if inherited else _ENTRY if entry else _AS_PUBLISHED
        view.note(draft.hit.head, "when", when.span, rule, when.edtf)
    return when


def _entry_day(view: View, modality: Modality) -> When | None:
    """The day of an entry that a day or the clock heads, for what it tells without a time."""
    if modality not in {"actual", "ongoing", "attempted"} or view.entry_day is None or has_period(view):
        return None
    return view.entry_day


def _looks_back(view: View, draft: Draft) -> bool:
    """Tell whether the words speak of more than the happening before: a period, or what has happened up to now."""
    return has_period(view) or (is_perfect(view, draft) and not draft.found.answerable)


def _tolls(view: View, draft: Draft) -> tuple[Toll, ...]:
    document, outcomes = view.document, view.knowledge.outcomes
    actors = {**view.actors, **whose_people(view, (toll.head for toll in draft.tolls))}
    tolls = finish(draft.tolls, view.sentence, actors, document.text, document.id, outcomes)
    for told, since in ((view.story.parts, TOLD_BEFORE), (view.story.members, OF_THOSE_BEFORE)):
        told.update(t.id for t in tolls if any(r.start == t.span.start and r.part_of == since for r in draft.tolls))
    return tolls


def _kind(view: View, account: Account, claimant: ActorRef | None, sides: tuple[ActorRef, ...]) -> ClaimantKind:
    if account.claimant is not None and account.claimant.responsibility == "claims":
        return "party"
    hedged = bool(account.cue) and account.claimant is None
    return claimant_kind(claimant, sides, view.knowledge.lexicon, view.knowledge.outlets, hedged)
