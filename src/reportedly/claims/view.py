"""Room 4, view: one sentence as it is read with what came before it.

`Story` carries over from sentence to sentence; a `View` is one sentence with its actors and tellers resolved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reportedly.claims.answerable import voiced
from reportedly.claims.coreference import FIRST, PRONOUNS, SELVES, Memory, is_person, self_named, standing_for
from reportedly.claims.patients import patients
from reportedly.claims.people import People, as_bystander
from reportedly.claims.speakers import Speakers, subject_speaks, unknown
from reportedly.claims.stamped import entry_day
from reportedly.knowledge.grammar import grammar_words
from reportedly.knowledge.lexicon import Lexicon
from reportedly.knowledge.load import Knowledge
from reportedly.model import ARMED_KINDS, GROUP_KINDS, ActorRef, Claim, Document, PlaceRef, Span, When
from reportedly.model.quick import quick, replace
from reportedly.model.reading import Issuer, Sentence, Telling
from reportedly.model.syntax import Tree
from reportedly.model.trace import About, Trace


class Entry(NamedTuple):
    """An entry of a list: where it begins, the place that heads it, and the day before the place."""

    start: int
    place: PlaceRef
    day: When | None = None


@dataclass(slots=True)
class Story:
    """What carries over from sentence to sentence: named actors, who spoke last, the happenings told so far.

    `violent` counts the sentences of the text in which words of violence stand; `again` are the starts of event words
    that speak of a happening as known ("THE attack"), `perfect` of those told in the present perfect ("HAVE attacked"),
    `answered` of those for which another is revenge, `parts` the ids of tolls that are a part of one told before,
    `members` of those that may be, `labels` are the entries of the text that places head; `turned` is the last
    paragraph that turns to other happenings ("MEANWHILE, ..."), `issuer` in whose name the text is issued, `entries`
    the days of entries that the clock heads, with where they begin; `places` are all that the text names, in text
    order, and `before` is the last sentence read.
    """

    memory: Memory
    speakers: Speakers
    violent: int = 0
    last: Claim | None = None
    last_sentence: int = -9
    last_paragraph: int = -9
    happenings: list[tuple[Claim, int]] = field(default_factory=list)
    again: set[int] = field(default_factory=set)
    perfect: set[int] = field(default_factory=set)
    answered: set[int] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)
    members: set[str] = field(default_factory=set)
    turned: int = -9
    foiled: int = -9  # the last sentence that told of a weapon made harmless
    labels: Sequence[Entry] = ()
    places: Sequence[PlaceRef] = ()
    before: Sentence | None = None
    people: People = field(default_factory=People)
    issuer: Issuer | None = None
    entries: Sequence[tuple[int, When]] = ()


@quick
@dataclass(frozen=True, slots=True)
class View:
    """One sentence with its tellings and actors as resolved."""

    document: Document
    sentence: Sentence
    tree: Tree
    actors: Mapping[int, ActorRef]
    knowledge: Knowledge
    story: Story
    trace: Trace

    @property
    def resolved(self) -> Sentence:
        """The sentence with each short form as the actor that it stands for ("the coalition" bears arms)."""
        known = self.actors == self.sentence.actors
        return self.sentence if known else replace(self.sentence, actors=self.actors)

    @property
    def words(self) -> Mapping[str, frozenset[str]]:
        """The word lists of the language."""
        return self.knowledge.lexicon.words

    @property
    def label(self) -> Entry | None:
        """The entry of a list in which the sentence stands."""
        paragraph = self.document.paragraphs[self.sentence.paragraph].start
        above = (entry for entry in reversed(self.story.labels) if entry.start <= self.tree.start)
        entry = next(above, None)
        return entry if entry is not None and entry.start >= paragraph else None

    @property
    def entry_day(self) -> When | None:
        """The day of the entry in which the sentence stands: before the place that heads it, or by the clock."""
        label = self.label
        return label.day if label is not None and label.day else entry_day(self.story.entries, self.tree.start)

    def note(self, head: int, about: About, span: Span, rule: str, value: str = "") -> None:
        """Note how a slot of the event at a token was filled, where that is asked for."""
        if self.trace.full:
            self.trace.note(span.start, span.end, about, rule, value, self.tree[head].start)

    def segment(self) -> Span:
        """The words of the whole segment."""
        return Span.of(self.document.text, self.tree.start, self.tree.end)


def view_of(document: Document, sentence: Sentence, knowledge: Knowledge, story: Story, trace: Trace) -> View:
    """Return the sentence with its actors and tellers resolved by what came before."""
    here, text = sentence.sentence, document.text
    actors = {i: story.memory.resolve(a, here, text, _below(sentence, i, a)) for i, a in sentence.actors.items()}
    actors |= _groups_here(sentence, actors, knowledge.lexicon.words["group_nouns"], story)
    actors |= _named_here(sentence, actors, knowledge.lexicon.words["offshoots"])
    actors |= _captives(sentence, knowledge.lexicon, story)
    actors |= patients(sentence, actors)
    story.people.note(sentence.tree, actors, knowledge.lexicon)
    actors |= _introduced(sentence, actors, story)
    spoke = story.speakers.last_body(sentence.sentence)
    told_by = (_told(_issued(t, spoke), sentence, actors, story) for t in sentence.tellings)
    tellings = tuple(_voiced(t, sentence, document.text, story, knowledge.lexicon) for t in told_by)
    if not tellings:
        story.speakers.note_acting(_told_of(sentence.tree, actors, knowledge.lexicon), sentence.sentence)
    tellings = tuple(t if _may_speak_on(t, document, sentence, story, knowledge) else unknown(t) for t in tellings)
    actors |= _speaking_on(sentence, tellings)
    selves = {
        **_own_groups(sentence, actors, tellings, knowledge.lexicon),
        **_selves(sentence, tellings, knowledge.lexicon),
    }
    if selves:
        actors = {**actors, **selves}
        tellings = tuple(_as_self(t, selves) for t in tellings)
    told = sentence if tellings == sentence.tellings else replace(sentence, tellings=tellings)
    return View(document, told, told.tree, actors, knowledge, story, trace)


def _groups_here(
    sentence: Sentence, actors: Mapping[int, ActorRef], nouns: frozenset[str], story: Story
) -> dict[int, ActorRef]:
    """Who "THE GROUP" is where its own sentence names one known group before it; how groups are called is noted."""
    tree, found = sentence.tree, dict[int, ActorRef]()
    if nouns.isdisjoint(tree.lemmas):
        return found
    known = {i: a for i, a in sentence.actors.items() if a.actor_id and a.kind in GROUP_KINDS}
    for index, ref in known.items():
        for called in tree.children(index, "appos"):
            if tree[called].lemma in nouns:
                story.memory.note_called(tree[called].lemma, ref)
    for index, ref in sentence.actors.items() if known else ():
        bare = ref.actor_id is None and ref.role in nouns and ref.span.quote.lower() == ref.role
        if bare and any(tree[d].lower == "the" for d in tree.children(index, "det")):
            before = {a.actor_id: i for i, a in known.items() if i < index}
            if len(before) == 1 and not tree.covers(next(iter(before.values())), index):
                found[index] = standing_for(ref, actors[next(iter(before.values()))])
    return found


def _below(sentence: Sentence, index: int, ref: ActorRef) -> frozenset[str]:
    """Known actors named in the clause that "it" or "they" is the subject of (Chomsky's principles B and C)."""
    tree, actors = sentence.tree, sentence.actors
    if ref.role not in _ANTECEDENTS or tree[index].dep not in {"nsubj", "nsubjpass"}:
        return frozenset()
    verb = tree[index].head
    return frozenset(a.actor_id for i, a in actors.items() if a.actor_id and i > index and tree.covers(verb, i))


def _told_of(tree: Tree, actors: Mapping[int, ActorRef], lexicon: Lexicon) -> ActorRef | None:
    """The armed people, or the person by rank or office, of whom the main clause tells something."""
    main = next((t.i for t in tree if t.head == t.i), None)
    who = tree.child(main, "nsubj") if main is not None else None
    ref = actors.get(who) if who is not None else None
    if who is None or ref is None or tree[who].tag == "PRP":
        return None
    many = tree[who].tag == "NNS"
    return ref if (ref.kind in ARMED_KINDS if many else is_person(ref, lexicon)) else None


def _may_speak_on(telling: Telling, document: Document, sentence: Sentence, story: Story, knowledge: Knowledge) -> bool:
    """Tell whether a "he" may be who spoke before: not where a sentence between, that was not read, opens with somebody
    else of rank ("COLONEL Prada was more careful. HE said ...")."""
    head, before = telling.speaker_head, story.before
    if head is None or sentence.tree[head].lower not in _PERSONS or telling.speaker is None or before is None:
        return True
    between = [s for s in document.segments if before.sentence < s.sentence < sentence.sentence]
    opening = document.text[between[-1].start : between[-1].end].split()[:_OPENING] if between else ()
    return not any(w.strip(",.").lower() in knowledge.lexicon.titles and w[:1].isupper() for w in opening)


def _speaking_on(sentence: Sentence, tellings: Sequence[Telling]) -> dict[int, ActorRef]:
    """Who a pronoun is that tells: "The ministry said that troops shelled X. IT accused them of ...", the ministry."""
    heads = ((t.speaker_head, t.speaker) for t in tellings)
    return {
        head: speaker
        for head, speaker in heads
        if head is not None and speaker and head in sentence.actors and (sentence.actors[head].role or "") in PRONOUNS
    }


def _named_here(sentence: Sentence, actors: Mapping[int, ActorRef], offshoots: frozenset[str]) -> dict[int, ActorRef]:
    """Who "they" and "it" are where a clause goes on from the one plural, or body, named before it.

    "Rebels took a hill, where THEY ...", "an affiliate of the front is active in Kidal, where IT ...".
    """
    tree, found = sentence.tree, dict[int, ActorRef]()
    for index, ref in sentence.actors.items():
        if ref.role not in _ANTECEDENTS:
            continue
        tags, kinds = _ANTECEDENTS[ref.role]
        subjects = (tree.child(verb, "nsubj") for verb in tree.ancestors(tree[index].head))
        above = next((s for s in subjects if s is not None), None)
        if above is None:
            continue
        clause = tree[tree[index].head]
        gap = clause.head if clause.dep == "relcl" else None  # "bandits freed girls THEY had seized": not the girls
        fit = [i for i, a in actors.items() if i < index and i != gap and tree[i].tag in tags]
        before = [i for i in fit if actors[i].kind in kinds or (ref.role == "it" and tree[i].lemma in offshoots)]
        if [i for i in before if i == above or not tree.covers(above, i)] == [above]:
            found[index] = _of_kind(standing_for(ref, actors[above]), actors)
    return found


def _of_kind(ref: ActorRef, actors: Mapping[int, ActorRef]) -> ActorRef:
    """An affiliate of a group as what the group is: whose it is, its name says."""
    groups = (a for a in actors.values() if a.kind in GROUP_KINDS and (a.name or "") in (ref.name or ""))
    group = next(groups, None) if ref.kind == "unknown" else None
    return ref if group is None else replace(ref, kind=group.kind)


def _captives(sentence: Sentence, lexicon: Lexicon, story: Story) -> dict[int, ActorRef]:
    """Who "they" are that were freed or killed, just after somebody was seized: "abducted two. THEY were freed"."""
    last, verbs = story.last, lexicon.words["captive_verbs"]
    taken = last is not None and last.event_type.startswith(_TAKEN) and sentence.sentence - story.last_sentence <= 1
    if last is None or not taken or len(last.targets) != 1 or verbs.isdisjoint(sentence.tree.lemmas):
        return {}
    tree, (whom,) = sentence.tree, last.targets
    return {
        index: standing_for(ref, whom)
        for index, ref in sentence.actors.items()
        if ref.role in _TAKEN_AS and tree[index].dep in {"nsubjpass", "dobj"} and tree[tree[index].head].lemma in verbs
    }


def _selves(sentence: Sentence, tellings: Sequence[Telling], lexicon: Lexicon) -> dict[int, ActorRef]:
    """Who "it" and "they" are in what a body says of itself, whatever was named in sentences before, and who "we" and
    "I" are in what anybody says."""
    found = {}
    cues = {t.cue_head for t in tellings}
    for index, ref in sentence.actors.items():
        if ref.role not in SELVES and ref.role not in FIRST:
            continue
        if sentence.tree[index].dep == "dobj" and sentence.tree[index].head in cues:
            continue  # "X accuses IT of shelling": it is not X
        speaker = self_named(ref, tellings, sentence.actors.values(), lexicon)
        if speaker is not ref:
            found[index] = speaker
    return found


def _own_groups(
    sentence: Sentence, actors: Mapping[int, ActorRef], tellings: Sequence[Telling], lexicon: Lexicon
) -> dict[int, ActorRef]:
    """Who "THE GROUP" is in what an armed group or its spokesman says, where no other was spoken of before: itself."""
    tree, found = sentence.tree, dict[int, ActorRef]()
    groups = [t for t in tellings if t.speaker is not None and t.speaker.actor_id and t.speaker.kind in GROUP_KINDS]
    for index, ref in actors.items() if groups else ():
        bare = ref.actor_id is None and ref.role in lexicon.words["group_nouns"] and ref.span.quote.lower() == ref.role
        if not bare or not any(tree[d].lower == "the" for d in tree.children(index, "det")):
            continue
        speaker = next((t.speaker for t in groups if any(c.covers(ref.span) for c in t.content)), None)
        if speaker is not None:
            found[index] = standing_for(ref, speaker)
    return found


def _as_self(telling: Telling, selves: Mapping[int, ActorRef]) -> Telling:
    head = telling.speaker_head
    return telling if head is None or head not in selves else replace(telling, speaker=selves[head])


def _told(telling: Telling, sentence: Sentence, actors: Mapping[int, ActorRef], story: Story) -> Telling:
    """The telling with its speaker as resolved."""
    aside = subject_speaks(sentence.tree, actors, telling)
    resolved = aside or story.speakers.resolve(telling, actors, sentence.sentence)
    if (resolved.responsibility is not None or resolved.stance == "denied") and resolved.speaker is not None:
        head = voiced(sentence, resolved.speaker_head)
        body = actors.get(head) if head is not None else None
        if body is not None and body.span != resolved.speaker.span:
            return replace(resolved, speaker=standing_for(resolved.speaker, body))
    named = _named_after(sentence.tree, actors, telling.speaker_head) if telling.speaker_head is not None else None
    return replace(resolved, speaker=named) if named is not None else resolved


def _issued(telling: Telling, body: ActorRef | None) -> Telling:
    """The telling by the body that spoke before, whose paper it is: "The army said in a communique ... THE COMMUNIQUE
    said"."""
    paper = telling.speaker
    if body is None or paper is None or paper.role not in _PAPERS or paper.span.quote.lower() != paper.role:
        return telling
    return replace(telling, speaker=standing_for(paper, body), speaker_head=None)


def _voiced(telling: Telling, sentence: Sentence, text: str, story: Story, lexicon: Lexicon) -> Telling:
    """The telling by the armed body for which "ITS spokesman" or "THEIR spokesman" speaks."""
    speaker = telling.speaker
    if speaker is None or speaker.actor_id is not None:
        return telling
    if not any(v in speaker.span.quote for v in lexicon.actor_words["voices"]):
        return telling
    inside = sentence.tree.at(speaker.span.start - len(_ITS), speaker.span.end)
    whose = next((sentence.tree[i] for i in inside if sentence.tree[i].lower in {"its", "their"}), None)
    if whose is None:
        return telling
    own = ActorRef(Span.of(text, whose.start, whose.end), role=whose.lower)
    body = story.memory.of_spokesman(own, sentence.sentence, text)
    if body is None:
        return telling
    if body.kind in GROUP_KINDS:
        return replace(telling, speaker=replace(standing_for(speaker, body), role=speaker.role))
    return replace(telling, speaker=replace(speaker, kind=body.kind, country=body.country))


def _introduced(sentence: Sentence, actors: Mapping[int, ActorRef], story: Story) -> dict[int, ActorRef]:
    """Those of whom only the surname is given, as who the text said before that they are, and speakers by their age."""
    speaking = {t.speaker_head for t in sentence.tellings}
    found = {i: story.people.known(a) for i, a in actors.items()}
    found |= {i: as_bystander(sentence.tree, i, found[i]) for i in speaking if i is not None and i in found}
    return {i: a for i, a in found.items() if a is not actors[i]}


def _named_after(tree: Tree, actors: Mapping[int, ActorRef], head: int) -> ActorRef | None:
    """The name after a colon that tells who "another actor" or "a third group" is."""
    if not any(tree[d].lower in _UNNAMED for d in tree.children(head, "det", "nummod")):
        return None
    colon = next((t.i for t in tree if t.text == ":" and t.i > head), None)
    if colon is None:
        return None
    return next((actors[i] for i in sorted(actors) if i > colon and actors[i].actor_id), None)


_OPENING = 3  # words of a sentence in which whom it tells of is named
_PERSONS = frozenset({"he", "she"})
_ITS = "their "
_PAPERS = grammar_words()["issued_papers"]
_PEOPLE = ARMED_KINDS | {"civilians", "protesters", "rioters"}
_TAKEN = ("abduction.", "coercion.arrest", "battle.prisoners")
_TAKEN_AS = frozenset({"they", "them", "he", "she", "him", "her"})
# For a pronoun the tags of the words that it may stand for, and the kinds of those that they name.
_ANTECEDENTS = {
    "they": (frozenset({"NNS", "NNPS"}), frozenset(_PEOPLE)),
    "it": (frozenset({"NN", "NNP"}), frozenset(ARMED_KINDS)),
}
_UNNAMED = frozenset({"another", "a", "an", "one", "third"})
