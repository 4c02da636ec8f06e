"""Room 4, relations as told: who says that a tie holds, whether it does, and since when.

Door: `Said(document, sentence, knowledge)`, with `told`, `holds`, `negated` and `when`.
"""

from __future__ import annotations

from reportedly.claims.event_times import Rivals, time_of
from reportedly.claims.modality import modality_of
from reportedly.claims.relation_ties import Found
from reportedly.knowledge.load import Knowledge
from reportedly.model import ActorRef, Document, Span, Stance, When
from reportedly.model.quick import replace
from reportedly.model.reading import Sentence

REAL = frozenset({"actual", "ongoing", "historical"})


def dated(when: When | None) -> When | None:
    """A time that says something: not the mere day of publication, not "today" without any date."""
    if when is None or when.basis == "publication" or not any(c.isdigit() for c in when.edtf):
        return None
    return when


class Said:
    """How one sentence tells its ties."""

    def __init__(self, document: Document, sentence: Sentence, knowledge: Knowledge) -> None:
        self._document = document
        self._sentence = sentence
        self._tree = sentence.tree
        self._knowledge = knowledge
        self._words = knowledge.relations

    def told(self, found: Found) -> tuple[Stance, ActorRef | None, Span | None]:
        """Stance, teller and content of the innermost telling that covers the tie."""
        at = self._tree[found.anchor].start
        covering = [t for t in self._sentence.tellings if t.cue_head not in found.words and t.covers(at)]
        stance: Stance = covering[-1].stance if covering else "asserted"
        for index in (found.anchor, *found.words):
            for child in self._tree.children(index, "amod", "advmod"):
                stance = self._words.doubt.get(self._tree[child].lower, stance)
        named = [t for t in covering if t.named and t.speaker is not None]
        if not named:
            return stance, None, None
        teller = named[-1]
        speaker = (
            self._sentence.actors.get(teller.speaker_head, teller.speaker)
            if teller.speaker_head is not None
            else teller.speaker
        )
        content = next(c for c in teller.content if c.start <= at < c.end)
        return stance, speaker, Span.of(self._document.text, content.start, content.end)

    def _governor(self, anchor: int) -> int:
        """The verb that says the tie: the anchor itself, or the copula or light verb above a noun."""
        token = self._tree[anchor]
        above = self._tree[token.head]
        if token.is_noun and token.dep in {"attr", "dobj"} and above.is_verb:
            return above.i
        if token.is_noun and token.dep == "pobj" and self._tree[above.head].lemma == "be":
            return above.head
        return anchor

    def holds(self, anchor: int) -> bool:
        """Plans, wishes and suppositions are no ties."""
        stop = next(
            (a for a in self._tree.ancestors(anchor) if a in {t.cue_head for t in self._sentence.tellings}), None
        )
        governor = self._governor(anchor)
        if governor == anchor and not self._tree[anchor].is_verb:
            return True
        return modality_of(self._tree, governor, self._knowledge.lexicon.control, stop).modality in REAL

    def negated(self, found: Found) -> bool:
        tree = self._tree
        places = {found.anchor, self._governor(found.anchor)}
        return any(
            tree.children(p, "neg") or any(tree[d].lower == "no" for d in tree.children(p, "det")) for p in places
        )

    def when(self, found: Found) -> When | None:
        """The time stated in the clause of the tie; for "in 2021, when ..." the year that the clause describes."""
        tree, governor = self._tree, self._governor(found.anchor)
        allowed = set(tree.subtree(governor))
        if tree[governor].dep in {"conj", "xcomp", "ccomp"} and not tree[governor].is_noun:
            allowed |= {
                i for c in tree.children(tree[governor].head, "prep", "npadvmod", "advmod") for i in tree.subtree(c)
            }
        described = self._described_time(governor)
        if described is not None:
            return described
        near = tuple(t for t in self._sentence.times if set(tree.at(t.when.span.start, t.when.span.end)) & allowed)
        cues = [t.cue_head for t in self._sentence.tellings if t.cue_head is not None and t.named]
        others = {h.head for h in self._sentence.triggers} - {governor, *found.words}
        own, _ = time_of(
            replace(self._sentence, times=near), (governor,), Rivals(cues, others), self._knowledge.lexicon.words
        )
        return dated(own.when) if own is not None else None

    def _described_time(self, verb: int) -> When | None:
        """The time that a clause with "when" describes, as a time of its own and not as the beginning of a period."""
        token = self._tree[verb]
        if token.dep != "relcl" or not any(self._tree[c].lower == "when" for c in self._tree.children(verb, "advmod")):
            return None
        head = self._tree[token.head]
        read = next((t for t in self._sentence.times if t.when.span.start <= head.start < t.when.span.end), None)
        return None if read is None else read.inner or read.when
