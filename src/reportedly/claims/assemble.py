"""Room 4, claims: who says who did what to whom. Door: `assemble(document, reading, knowledge)`.

Walks the sentences in order with a memory of the actors named so far. A claim without a claimant is the outlet's
own. Never merges accounts of different tellers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from reportedly.claims.attribution import Account, account_of, claimant_kind
from reportedly.claims.coreference import Memory, Speakers, self_named
from reportedly.claims.drafts import Draft, draft_events
from reportedly.claims.slots import place_of, time_of
from reportedly.claims.tolls import finish
from reportedly.knowledge.lexicon import NOUN
from reportedly.knowledge.load import Knowledge
from reportedly.model import (
    ActorRef,
    Attribution,
    Claim,
    Document,
    Modality,
    PlaceRef,
    Span,
    When,
    content_id,
)
from reportedly.model.reading import Reading, Sentence, Telling, TimeRead, TriggerHit
from reportedly.model.syntax import Tree

VERSION = "rules-1"
# Background: what lies this long before publication is history, not this report's news (MUC-3 counted acts of the last
# two months as news; measured on nothing of ours yet).
HISTORY = timedelta(days=75)
# Without a day, so many victims are a campaign's, not an incident's: of single incidents since 1989 few reach it.
_CAMPAIGN_TOLL = 1000
_IN_SUM = (
    "so far this",
    "in total",
    "in all",
    "overall toll",
    "over the past year",
    "over the past month",
    "since the war began",
)
_PERIOD = frozenset({"since", "duration"})


@dataclass(frozen=True, slots=True)
class Assembly:
    """The claims of a document in text order, and the tellings as they stand in the text."""

    claims: tuple[Claim, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    actors: tuple[ActorRef, ...] = ()


@dataclass(slots=True)
class _State:
    """What carries over from sentence to sentence: named actors, who spoke last, the last happening."""

    memory: Memory
    speakers: Speakers
    last: Claim | None = None
    last_sentence: int = -9
    last_paragraph: int = -9


def assemble(document: Document, reading: Reading, knowledge: Knowledge) -> Assembly:
    """Return the claims this document makes."""
    home = max(reading.countries, key=lambda c: (reading.countries[c], c), default=None)
    state = _State(Memory(home, knowledge.lexicon), Speakers())
    claims: list[Claim] = []
    attributions: list[Attribution] = []
    actors: list[ActorRef] = []
    for sentence in reading.sentences:
        reader = _Reader(document, sentence, knowledge, state)
        for claim in reader.claims():
            _add(claims, claim, sentence, state)
        attributions += reader.attributions()
        actors += [a for a in reader.actors.values() if _worth_listing(a, knowledge)]
        state.memory.note(reader.actors.values(), sentence.sentence)
    return Assembly(tuple(claims), tuple(attributions), tuple(sorted(actors, key=lambda a: (a.span.start, a.span.end))))


def _worth_listing(ref: ActorRef, knowledge: Knowledge) -> bool:
    unnamed = ref.kind in {"unknown", "facility"} or ref.role in knowledge.lexicon.words["not_a_party"]
    return ref.actor_id is not None or not unnamed


def _add(claims: list[Claim], claim: Claim, sentence: Sentence, state: _State) -> None:
    """Add a claim, or let it complete the one before when it only tells the toll of the same happening."""
    before = state.last
    if before is not None and sentence.sentence - state.last_sentence <= 1 and _completes(before, claim):
        whole = _completed(before, claim)
        claims[claims.index(before)] = whole
        state.last = whole
        state.last_sentence = sentence.sentence
        return
    if claim not in claims:
        claims.append(claim)
    if claim.violent:
        state.last, state.last_sentence, state.last_paragraph = claim, sentence.sentence, sentence.paragraph


def _completes(before: Claim, claim: Claim) -> bool:
    """Tell whether a claim is only harm ("Twelve people were killed.") of the same teller's happening before it."""
    if (
        claim.event_type not in {"attack.killing", "attack.injury"}
        or claim.initiators
        or claim.modality != before.modality
    ):
        return False
    if before.event_type in {"battle.war"} or not before.violent or claim.aggregate or before.aggregate:
        return False
    if claim.place is not None and before.place is not None and claim.place.place_id != before.place.place_id:
        return False
    if claim.when and before.when and claim.when.basis != "publication" and claim.when.edtf != before.when.edtf:
        return False
    if claim.stance != before.stance or not claim.tolls:
        return False
    told = {t.outcome for t in before.tolls}
    same_teller = (claim.claimant is None and before.claimant is None) or (
        claim.claimant is not None and before.claimant is not None and claim.claimant.name == before.claimant.name
    )
    return same_teller and not any(t.outcome in told for t in claim.tolls)


def _completed(before: Claim, claim: Claim) -> Claim:
    start, end = min(before.content.start, claim.content.start), max(before.content.end, claim.content.end)
    return replace(
        before,
        content=replace(before.content, start=start, end=end, quote=""),
        tolls=(*before.tolls, *claim.tolls),
        targets=before.targets or claim.targets,
        place=before.place or claim.place,
        when=before.when if before.when and before.when.basis != "publication" else (claim.when or before.when),
    )


class _Reader:
    """Reads one sentence with what came before it."""

    def __init__(self, document: Document, sentence: Sentence, knowledge: Knowledge, state: _State) -> None:
        self._document = document
        self._sentence = sentence
        self._knowledge = knowledge
        self._words = knowledge.lexicon.words
        self._state = state
        self.actors = {i: state.memory.resolve(a, sentence.sentence, document.text) for i, a in sentence.actors.items()}
        self._tellings = tuple(self._speaker_of(t) for t in sentence.tellings)
        self._told = replace(sentence, tellings=self._tellings)

    # -- tellings

    def _speaker_of(self, telling: Telling) -> Telling:
        """The telling with its speaker as resolved."""
        resolved = self._state.speakers.resolve(telling, self.actors, self._sentence.sentence)
        named = self._named_after(telling.speaker_head) if telling.speaker_head is not None else None
        return replace(resolved, speaker=named) if named is not None else resolved

    def _named_after(self, head: int) -> ActorRef | None:
        """The name after a colon that tells who "another actor" or "a third group" is."""
        tree = self._sentence.tree
        if not any(
            tree[d].lower in {"another", "a", "an", "one", "third"} for d in tree.children(head, "det", "nummod")
        ):
            return None
        colon = next((t.i for t in tree if t.text == ":" and t.i > head), None)
        if colon is None:
            return None
        return next((self.actors[i] for i in sorted(self.actors) if i > colon and self.actors[i].actor_id), None)

    def attributions(self) -> Iterable[Attribution]:
        """The tellings as the output lists them."""
        for telling in self._tellings:
            yield Attribution(telling.source, (telling.cue,), telling.content, telling.stance)

    # -- claims

    def claims(self) -> Iterable[Claim]:
        """The claims of this sentence."""
        drafts = draft_events(self._sentence, self._knowledge)
        heads = {h for d in drafts for h in d.heads}
        for draft in drafts:
            claim = self._claim(draft, heads)
            if claim is not None:
                yield claim

    def _claim(self, draft: Draft, heads: set[int]) -> Claim | None:
        sentence = self._told
        account = account_of(sentence, draft)
        if draft.governed.negated and account.stance != "denied" and not any(t.high == 0 for t in draft.tolls):
            return None
        initiators, targets = self._parties(draft, account)
        if draft.event_type == "attack.involvement" and not initiators:
            return None
        place, places = self._place(draft, heads, account)
        event_time, told_time = self._times(draft, heads)
        if draft.event_type == "battle.war" and self._in_purpose(draft):
            return None
        if self._is_bare(draft) and not (initiators or targets or place or event_time):
            return None
        when = event_time.when if event_time and event_time.event_day else None
        if when is None and event_time is not None and event_time.kind == "since":
            when = self._since(draft, event_time)
        modality = self._modality(draft, when, account)
        claimant = account.claimant.speaker if account.claimant else None
        when = when or self._inherited_when(draft) or self._published(modality)
        place = place or self._inherited_place(draft)
        trigger = self._span(draft.hit)
        content = _closed(account.content, self._document.text) if account.content else self._clause(draft)
        tolls = finish(
            draft.tolls, sentence, self.actors, self._document.text, self._document.id, self._knowledge.outcomes
        )
        hedged = bool(account.cue) and account.claimant is None
        claim = Claim(
            id="",
            document=self._document.id,
            event_type=draft.event_type,
            violent=self._knowledge.ontology[draft.event_type].violent
            if draft.event_type in self._knowledge.ontology
            else draft.violent,
            trigger=trigger,
            content=content,
            initiators=initiators,
            targets=targets,
            place=place,
            places=places,
            when=when,
            tolls=tolls,
            means=self._means(draft),
            claimant=claimant,
            claimant_kind=claimant_kind(
                claimant, (*initiators, *targets), self._knowledge.lexicon, self._knowledge.outlets, hedged
            ),
            attribution=tuple(t.speaker for t in account.tellings if t.speaker is not None),
            cue=account.cue,
            stance=account.stance,
            modality=modality,
            said_on=told_time.when if told_time and account.claimant else None,
            aggregate=self._aggregate(draft, event_time),
            found_by=VERSION,
        )
        return replace(claim, confidence=_confidence(claim, draft))

    def _in_purpose(self, draft: Draft) -> bool:
        """A war named inside a purpose ("a bid to gain support for the war") is not what the sentence tells."""
        tree = self._sentence.tree
        above = tree.ancestors(draft.hit.head)
        return any(tree[a].is_verb and any(tree[t].tag == "TO" for t in tree.children(a, "aux")) for a in above)

    def _is_bare(self, draft: Draft) -> bool:
        """An event noun without figure or weapon may only name a kind of event ("there are some bombings")."""
        return draft.hit.pos == NOUN and not draft.tolls and not draft.found.means and len(draft.heads) == 1

    def _parties(self, draft: Draft, account: Account) -> tuple[tuple[ActorRef, ...], tuple[ActorRef, ...]]:
        """Initiators and targets, with those that blame or responsibility adds."""
        initiators = [
            a for i in draft.found.initiators if (a := self._party(i, draft)) is not None and self._acts(i, a)
        ]
        targets = [
            a
            for i in draft.found.targets
            if (a := self._party(i, draft)) is not None and (not draft.violent or self._suffers(i, a))
        ]
        for telling in account.tellings:
            if telling.culprit is not None and not initiators and (blamed := self._party(telling.culprit, draft)):
                initiators.append(blamed)
            if telling.responsibility is not None and not initiators:
                initiators += [s for s in (telling.speaker or self._armed_before(telling),) if s is not None]
            elif (
                telling.stance == "denied"
                and not initiators
                and not draft.found.targets
                and telling.speaker is not None
                and draft.hit.pos == NOUN
            ):
                initiators.append(telling.speaker)
        initiators = self._spoken_of_self(draft, account, initiators)
        if not draft.violent:
            targets = self._recipients(draft, initiators, targets)
        return _distinct(initiators), _distinct(targets)

    def _armed_before(self, telling: Telling) -> ActorRef | None:
        """The armed group named last before a claim of responsibility whose subject the parse does not show."""
        named = [a for a in self.actors.values() if a.actor_id and a.span.end <= telling.cue.start]
        groups = [a for a in named if a.kind in {"rebel_group", "political_militia", "identity_militia"}]
        return max(groups, key=lambda a: a.span.start, default=None)

    def _spoken_of_self(self, draft: Draft, account: Account, initiators: list[ActorRef]) -> list[ActorRef]:
        """ "The army said IT had withdrawn", "WE killed ...", the group said: who speaks is who did it."""
        speaker = account.claimant.speaker if account.claimant is not None else None
        if initiators or speaker is None or (speaker.role or "") in self._words["not_a_party"]:
            return initiators
        tree = self._sentence.tree
        if any(tree[i].lower in _SELF for i in draft.found.initiators):
            return [speaker]
        return initiators

    def _recipients(self, draft: Draft, initiators: list[ActorRef], targets: list[ActorRef]) -> list[ActorRef]:
        """Of an act without violence, those it is done to: the targets that can act, else the first actor named.

        Named in what the verb governs: "halted economic aid to SERBIA", "an inquiry into crimes by the MILITIA".
        """
        tree = self._sentence.tree
        acting = [a for i in draft.found.targets if (a := self._party(i, draft)) is not None and self._acts(i, a)]
        if acting:
            return acting
        last = tree.bounds(draft.hit.head)[1]
        after = max([draft.hit.head, *draft.hit.tokens])
        own = {(a.span.start, a.span.end) for a in initiators}
        for index in range(after + 1, last + 1):
            ref = self._party(index, draft)
            if ref is None or (ref.span.start, ref.span.end) in own or tree[index].dep in {"compound", "amod"}:
                continue
            if (
                (ref.actor_id is not None or ref.kind in _SOCIAL)
                and self._acts(index, ref)
                and not any(a.actor_id and a.actor_id == ref.actor_id for a in initiators)
            ):
                return [ref]
        return targets

    def _party(self, index: int, draft: Draft) -> ActorRef | None:
        ref = self.actors.get(index)
        if ref is not None:
            ref = self_named(ref, self._tellings, self.actors.values())
        token = self._sentence.tree[index]
        if ref is None or index in draft.heads or token.tag in {"WDT", "EX"}:
            return None
        if ref.actor_id is None and token.lower in self._words["not_a_party"]:
            return None
        if token.tag in {"DT", "JJ"} and ref.actor_id is None:
            return None
        if any(t.start <= token.start < t.end for t in (x.when.span for x in self._sentence.times)):
            return None
        if self._is_event_word(index) or token.lemma in self._words["abstract"]:
            return None
        return ref

    def _acts(self, index: int, ref: ActorRef) -> bool:
        """Only people, bodies and names act; things and abstractions do not."""
        if ref.kind == "facility" and ref.actor_id is None:
            return False
        token = self._sentence.tree[index]
        return (
            ref.kind != "unknown"
            or ref.actor_id is not None
            or token.is_proper
            or ref.country is not None
            or self._role_armed(ref)
        )

    def _role_armed(self, ref: ActorRef) -> bool:
        role = self._knowledge.lexicon.roles.get(ref.role or "")
        return role is not None and role.armed

    def _suffers(self, index: int, ref: ActorRef) -> bool:
        """People, bodies, names and things suffer; areas and abstractions do not."""
        token = self._sentence.tree[index]
        if ref.actor_id is not None or token.is_proper:
            return True
        return (
            ref.role is not None
            and ref.role in self._knowledge.lexicon.roles
            and token.lemma not in self._words["areas"]
        )

    def _is_event_word(self, index: int) -> bool:
        token = self._sentence.tree[index]
        ref = self._sentence.actors.get(index)
        return (
            any(h.head == index and h.pos == NOUN for h in self._sentence.triggers)
            and (ref is None or ref.actor_id is None)
            and token.lemma not in {"bomber"}
        )

    def _means(self, draft: Draft) -> tuple[Span, ...]:
        """The weapons and methods among the arguments, and those named in the event words or beside them."""
        tree, weapons = self._sentence.tree, self._knowledge.lexicon.weapons
        found: dict[tuple[int, int], Span] = {}
        near = {i for h in draft.heads for i in tree.subtree(_clause_top(tree, h))}
        for index in sorted(near | set(draft.found.means)):
            token = tree[index]
            if not token.is_noun:
                continue
            pair = f"{tree[index - 1].lemma} {token.lemma}" if index else ""
            if token.lemma in weapons or pair in weapons:
                first = index
                while (
                    first > 0
                    and tree[first - 1].dep in {"compound", "amod", "nummod", "nmod"}
                    and tree[first - 1].head == index
                    and not tree[first - 1].tag.startswith("CD")
                ):
                    first -= 1
                if (
                    tree[index].dep == "compound"
                    and tree[tree[index].head].is_noun
                    and tree[tree[index].head].lemma
                    not in {"attack", "fire", "blast", "explosion", "strike", "bombing", "bomb", "barrage"}
                ):
                    continue
                if (
                    index in near
                    and any(d.head == index and d.pos == NOUN for d in self._sentence.triggers)
                    and token.lemma not in weapons
                ):
                    continue
                span = Span.of(self._document.text, tree[first].start, token.end)
                found[span.start, span.end] = span
        return tuple(s for s in found.values() if not any(o is not s and o.covers(s) for o in found.values()))

    def _modality(self, draft: Draft, when: When | None, account: Account) -> Modality:
        modality = draft.governed.modality
        if draft.event_type == "battle.war" and modality == "actual":
            return "ongoing"
        if modality != "actual":
            return modality
        effects = {e for e, _ in draft.governed.effects}
        if "continue" in effects or self._ongoing(draft):
            modality = "ongoing"
        published = self._document.published_on
        if when is not None and when.latest is not None and published is not None and when.latest < published - HISTORY:
            return "historical"
        return modality

    def _ongoing(self, draft: Draft) -> bool:
        """ "has been ongoing", "is under way"."""
        tree = self._sentence.tree
        token = tree[draft.hit.head]
        if token.dep in {"nsubj", "nsubjpass"}:
            around = [tree[c].lower for c in tree.children(token.head, "acomp", "attr", "advmod", "prep")]
            return (
                tree[token.head].lemma in {"ongo", "continue", "rage"}
                or "ongoing" in around
                or tree[token.head].lower == "ongoing"
            )
        return any(
            tree[c].lower in {"ongoing", "continuing", "continued"} for c in tree.children(draft.hit.head, "amod")
        )

    def _aggregate(self, draft: Draft, time: TimeRead | None) -> bool:
        """A summary over a period: "300 killed since January"."""
        if draft.event_type == "battle.war":
            return True
        day = time is not None and time.event_day and time.when.precision in {"day", "span"}
        if not day and any((t.low or 0) >= _CAMPAIGN_TOLL for t in draft.tolls):
            return True
        if not day and draft.tolls and self._sums_up():
            return True
        if time is None:
            return False
        counted = any(t.quantity is not None and t.outcome != "captured" for t in draft.tolls)
        return counted and (time.kind in _PERIOD or time.when.precision in {"year", "season"})

    def _sums_up(self) -> bool:
        """Tell whether the subject is the war itself, or the words count "so far", "in total", "in all"."""
        tree = self._sentence.tree
        text = " ".join(t.lower for t in tree)
        if any(phrase in text for phrase in _IN_SUM):
            return True
        return any(t.dep == "nsubj" and t.lemma in {"war", "conflict", "insurgency"} for t in tree)

    # -- places and times

    def _place(self, draft: Draft, heads: set[int], account: Account) -> tuple[PlaceRef | None, tuple[PlaceRef, ...]]:
        others = heads - set(draft.heads)
        blocked = [s for t in self._tellings for s in t.source]
        blocked += [t.speaker.span for t in self._tellings if t.speaker is not None]
        blocked += [p.span for p in self._sentence.places if p.precision == "region" and p.country is None]
        return place_of(self._sentence, draft.heads, others, blocked)

    def _times(self, draft: Draft, heads: set[int]) -> tuple[TimeRead | None, TimeRead | None]:
        cues = [
            t.cue_head for t in self._tellings if t.cue_head is not None and t.named and t.cue_head not in draft.heads
        ]
        return time_of(self._sentence, draft.heads, cues, heads - set(draft.heads))

    def _since(self, draft: Draft, time: TimeRead) -> When | None:
        """ "ongoing since late 2021" runs from then; "since late 2021, when X struck a deal" puts the deal in it."""
        tree = self._sentence.tree
        inside = tree.at(time.when.span.start, time.when.span.end)
        if time.inner is not None and any(a in inside for a in tree.ancestors(draft.hit.head)):
            return time.inner
        return time.when if self._ongoing(draft) else None

    def _refers_back(self, draft: Draft) -> bool:
        """Tell whether the event goes on telling the last happening: "the attack", mere harm, or the same paragraph."""
        last = self._state.last
        gap = self._sentence.sentence - self._state.last_sentence
        if last is None or not draft.violent or gap > 3 or gap < 0:
            return False
        if last.modality != draft.governed.modality or last.aggregate:
            return False
        tree = self._sentence.tree
        definite = draft.hit.pos == NOUN and any(
            tree[d].lower in {"the", "this", "that"} for d in tree.children(draft.hit.head, "det")
        )
        if definite or draft.event_type in {"attack.killing", "attack.injury"}:
            return True
        return gap <= 1 and self._sentence.paragraph == self._state.last_paragraph

    def _inherited_place(self, draft: Draft) -> PlaceRef | None:
        last = self._state.last
        return last.place if last is not None and self._refers_back(draft) else None

    def _inherited_when(self, draft: Draft) -> When | None:
        last = self._state.last
        return last.when if last is not None and self._refers_back(draft) and last.modality == "actual" else None

    def _published(self, modality: Modality) -> When | None:
        """With no time in the words, what is told as news happened by the day of publication."""
        published: date | None = self._document.published_on
        if published is None or modality not in {"actual", "ongoing"}:
            return None
        start = self._sentence.tree.start
        edtf = f"../{published.isoformat()}"
        return When(Span(start, start, ""), None, published, edtf, "day", "publication")

    # -- spans

    def _span(self, hit: TriggerHit) -> Span:
        """The event words; the head alone where its words do not stand together."""
        tree = self._sentence.tree
        first, last = min(hit.tokens), max(hit.tokens)
        if last - first + 1 > len(hit.tokens) + 1:
            first = last = hit.head
        return Span.of(self._document.text, tree[first].start, tree[last].end)

    def _clause(self, draft: Draft) -> Span:
        """The words that the claim is read from: the whole segment."""
        tree = self._sentence.tree
        return Span.of(self._document.text, tree.start, tree.end)


_SELF = frozenset({"it", "they", "he", "she", "we", "i"})
_SOCIAL = frozenset(
    {
        "government",
        "state_forces",
        "rebel_group",
        "political_militia",
        "identity_militia",
        "civilians",
        "protesters",
        "international_organisation",
    }
)


def _clause_top(tree: Tree, head: int) -> int:
    """The top of the clause around an event word, a few arcs up at most."""
    here = head
    for _ in range(3):
        token = tree[here]
        if token.head == here or token.dep in {"ROOT", "ccomp", "relcl", "parataxis"}:
            return here
        if token.dep == "conj" and token.is_verb:
            return here
        here = token.head
    return here


def _closed(span: Span, text: str) -> Span:
    """The span with the closing quotation mark of a quotation that it opens."""
    if span.quote.count("“") <= span.quote.count("”"):
        return span
    end = text.find("”", span.end, span.end + 4)
    return Span.of(text, span.start, end + 1) if end >= 0 else span


def _distinct(refs: Iterable[ActorRef]) -> tuple[ActorRef, ...]:
    """The references without repeated words, in the order given."""
    seen: dict[tuple[int, int], ActorRef] = {}
    for ref in refs:
        seen.setdefault((ref.span.start, ref.span.end), ref)
    return tuple(seen.values())


def _confidence(claim: Claim, draft: Draft) -> float:
    """How sure the reading is, before calibration: more filled slots, plainer syntax, surer type."""
    score = 0.45
    score += 0.15 if claim.initiators else 0.0
    score += 0.15 if claim.targets or claim.tolls else 0.0
    score += 0.08 if claim.place is not None else 0.0
    score += 0.07 if claim.when is not None and claim.when.basis != "publication" else 0.0
    score -= 0.1 if draft.hit.pos == NOUN else 0.0
    score -= 0.1 if claim.modality in {"hypothetical"} else 0.0
    return round(max(0.05, min(0.95, score)), 2)


def identify(claim: Claim, text: str) -> Claim:
    """Give a finished claim its content and id. The id hashes document, type and the spans of all slots."""
    content = Span.of(text, claim.content.start, claim.content.end)
    spans: Sequence[object] = [
        claim.event_type,
        (claim.trigger.start, claim.trigger.end),
        (content.start, content.end),
        [(a.span.start, a.span.end) for a in claim.initiators],
        [(a.span.start, a.span.end) for a in claim.targets],
        [(t.outcome, t.span.start, t.span.end) for t in claim.tolls],
        (claim.claimant.span.start, claim.claimant.span.end) if claim.claimant else None,
    ]
    return replace(claim, content=content, id=content_id("claim", claim.document, *spans))
