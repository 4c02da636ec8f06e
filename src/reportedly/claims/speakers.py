"""Room 4, speakers: who spoke last, and who speaks on.

Doors: `Speakers.resolve(telling, actors, sentence)` for "he added"; `subject_speaks` for "who, THEY SAID, ..." and
`unknown` for a teller whom nothing names.
"""

from __future__ import annotations

from collections.abc import Mapping

from reportedly.claims.coreference import BODY, PERSON, PRONOUNS, are_many, standing_for
from reportedly.knowledge.lexicon import Lexicon
from reportedly.model import ARMED_KINDS, ActorRef
from reportedly.model.quick import replace
from reportedly.model.reading import Telling
from reportedly.model.syntax import Tree

_REACH = 3  # sentences that "he added" may lie behind the sentence that names the speaker


class Speakers:
    """Who spoke last, so that "he added" and quotations without a name have their speaker."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._told: list[Telling] = []
        self._sentence = self._at = -9
        self._acts: ActorRef | None = None
        self._bodies = lexicon.collective
        self._papers = lexicon.reporting.lists["papers"]

    def resolve(self, telling: Telling, actors: Mapping[int, ActorRef], sentence: int) -> Telling:
        """Return the telling with its speaker as resolved; a pronoun carries the last fitting speaker on.

        Who spoke before goes before whom else a pronoun may stand for: in "X blamed Y. It said ..." X speaks on. Who
        denies may be Y.
        """
        if telling.speaker is None:
            return telling
        said = speaker = telling.speaker
        if telling.speaker_head is not None:
            speaker = actors.get(telling.speaker_head, speaker)
        if (said.role or "") in PRONOUNS and telling.stance != "denied":
            carried = self._carried(said, sentence)
            speaker = speaker if carried is said else carried
        unnamed = (speaker.role or "") in PRONOUNS and speaker.actor_id is None
        if unnamed:
            speaker = self._carried(speaker, sentence)
        resolved = telling if speaker is telling.speaker else replace(telling, speaker=speaker)
        if telling.cue_head is not None and not unnamed:
            self._note(resolved, sentence)
        return resolved

    def note_acting(self, ref: ActorRef | None, sentence: int) -> None:
        """Remember who is the subject of a sentence in which nobody speaks."""
        self._acts, self._at = ref, sentence

    def _note(self, telling: Telling, sentence: int) -> None:
        """Remember who speaks in a sentence, the likeliest to speak on last: not those whom another speaker quotes."""
        if sentence != self._sentence:
            self._told, self._sentence = [], sentence
        quoted = any(t.covers(telling.cue.start) for t in self._told)
        self._told.insert(0 if quoted else len(self._told), telling)

    def _is_nobody(self, speaker: ActorRef) -> bool:
        """Tell whether a speaker is no "he": a body, many people, a letter."""
        return speaker.role in self._bodies or speaker.role in self._papers or are_many(speaker)

    def _carried(self, pronoun: ActorRef, sentence: int) -> ActorRef:
        near = self._told if sentence - self._sentence <= _REACH else ()
        spoke = [t.speaker for t in near if t.speaker is not None]
        person = pronoun.role in PERSON  # no army is a "he"
        last = next((s for s in reversed(spoke) if not (person and self._is_nobody(s))), None)
        if last is None or last.span.start > pronoun.span.start:
            return pronoun
        acts = self._acts if sentence - self._at == 1 and self._at > self._sentence else None
        if acts is not None and (
            person if not are_many(acts) else pronoun.role == "they" and last.role in self._bodies
        ):
            return standing_for(pronoun, acts)  # "The army said ... The REBELS blew up a bridge. THEY announced ..."
        if pronoun.role in BODY and last.kind in {"civilians", "protesters"}:
            return pronoun
        return standing_for(pronoun, last)

    def last_body(self, sentence: int) -> ActorRef | None:
        """The armed body or government that spoke last, shortly before: "THE COMMUNIQUE said" speaks on."""
        near = self._told if sentence - self._sentence <= _REACH else ()
        spoke = (t.speaker for t in near if t.speaker is not None)
        return next((s for s in spoke if s.actor_id and s.kind in ARMED_KINDS | {"government"}), None)


def subject_speaks(tree: Tree, actors: Mapping[int, ActorRef], telling: Telling) -> Telling | None:
    """ "POLICE showed two men who, THEY SAID, belonged to X": an aside is told by whom the sentence is about."""
    head, cue = telling.speaker_head, telling.cue_head
    if head is None or cue is None or tree[head].lower != "they" or tree[cue].dep != "parataxis":
        return None
    main = next((t.i for t in tree if t.head == t.i), cue)
    who = tree.child(main, "nsubj")
    ref = actors.get(who) if who is not None and who < head else None
    if ref is None or telling.speaker is None or ref.kind not in ARMED_KINDS | {"government"}:
        return None
    return replace(telling, speaker=standing_for(telling.speaker, ref))


def unknown(telling: Telling) -> Telling:
    """The telling by somebody whom the words do not name."""
    said = telling.speaker
    return telling if said is None else replace(telling, speaker=ActorRef(said.span, role=said.span.quote.lower()))
