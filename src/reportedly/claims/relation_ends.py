"""Room 4, ends of relations: which actor stands at an end of a tie, or none.

Door: `Ends(document, sentence, knowledge, named)`, with `actor(index, found)`, `place(index)` and `description(ref)`.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.claims.relation_slots import inside_bracket
from reportedly.claims.relation_ties import Found
from reportedly.knowledge.fold import fold
from reportedly.knowledge.load import Knowledge
from reportedly.model import ActorRef, Document, Span
from reportedly.model.quick import replace
from reportedly.model.reading import Sentence
from reportedly.model.syntax import Token

_NEVER = frozenset({"facility"})
_OF_GROUPS = frozenset({"commands", "member_of", "merged_into"})
_REACH = 4  # sentences back in which a named body may be called again


class Ends:
    """The actors of one sentence as ends of ties. `named` are the known actors named so far, with their sentences."""

    def __init__(
        self, document: Document, sentence: Sentence, knowledge: Knowledge, named: Sequence[tuple[int, ActorRef]]
    ) -> None:
        self._document = document
        self._sentence = sentence
        self._tree = sentence.tree
        self._knowledge = knowledge
        self._words = knowledge.relations
        self._named = named

    def description(self, ref: ActorRef) -> ActorRef:
        """A part or kin of an actor, described by it ("X-linked fighters"), is not that actor itself."""
        return replace(ref, actor_id=None, name=ref.span.quote, name_on_date=None)

    def actor(self, index: int, found: Found) -> ActorRef | None:
        """The actor that a token names, or None when it names none."""
        token = self._tree[index]
        if token.tag == "CD" or any(t.when.span.start <= token.start < t.when.span.end for t in self._sentence.times):
            return None
        ref = self._bracketed(index) or self._sentence.actors.get(index)
        if ref is not None and token.tag == "PRP" and ref.actor_id is None:
            teller = self._teller(token)
            if teller is not None:
                return teller
        if ref is not None and not any(c.isalnum() for c in ref.span.quote):
            return None
        if ref is not None and ref.actor_id is None and token.tag not in {"PRP", "WP"}:
            ref = self._again(ref, token)
        if ref is not None and ref.actor_id is not None and ref.kind not in _NEVER:
            return ref
        state = self._state(index)
        if state is not None:
            return state
        if ref is None or not self._fits(ref, token, found):
            return None
        return self._bare(ref, found.anchor)

    def _teller(self, token: Token) -> ActorRef | None:
        """ "The army said that it ...": the teller, when the pronoun stands in what a named body tells."""
        around = [t for t in self._sentence.tellings if t.speaker_head is not None and t.covers(token.start)]
        speaker = self._sentence.actors.get(around[-1].speaker_head or 0) if around else None
        if speaker is None or (speaker.actor_id is None and not self._named_body(speaker)):
            return None
        return replace(speaker, span=Span(token.start, token.end, self._document.text[token.start : token.end]))

    def _named_body(self, ref: ActorRef) -> bool:
        return ref.kind not in {"unknown", "civilians"} or ref.role in self._words.bodies or ref.name != ref.role

    def _bare(self, ref: ActorRef, anchor: int) -> ActorRef:
        """A person's name without the words before it that tie: "Ansar Dine leader Iyad" is Iyad."""
        end = self._tree[anchor].end
        if not self._tree[anchor].is_noun or not ref.span.start < end < ref.span.end or ref.actor_id is not None:
            return ref
        rest = self._document.text[end : ref.span.end]
        if not rest.startswith(" ") or not rest.strip()[:1].isupper():
            return ref
        span = Span.of(self._document.text, ref.span.end - len(rest.lstrip()), ref.span.end)
        return replace(ref, span=span, name=span.quote)

    def _bracketed(self, index: int) -> ActorRef | None:
        """The known actor that names the phrase in apposition: "an armed group (the Full Name, or FN)"."""
        own = self._sentence.actors.get(index)
        if own is not None and own.actor_id is not None and own.role is None:
            return None
        for name in self._tree.children(index, "appos"):
            for other in inside_bracket(self._tree, name):
                ref = self._sentence.actors.get(other)
                if ref is not None and ref.actor_id is not None:
                    return ref if own is None else replace(ref, span=own.span)
        return None

    def _again(self, ref: ActorRef, token: Token) -> ActorRef:
        """ "the Russian company": the one body of that country that was named shortly before."""
        definite = any(self._tree[d].lower in {"the", "this", "that"} for d in self._tree.children(token.i, "det"))
        if not definite or token.lemma not in self._words.bodies or ref.country is None:
            return ref
        near = [a for s, a in self._named if self._sentence.sentence - s <= _REACH and a.country == ref.country]
        bodies = {
            a.actor_id: a
            for a in near
            if a.kind not in {"government", "facility", "media"} and a.span.start != ref.span.start
        }
        if len(bodies) != 1:
            return ref
        actor = next(iter(bodies.values()))
        return replace(ref, actor_id=actor.actor_id, name=actor.name, kind=actor.kind, country=actor.country)

    def _state(self, index: int) -> ActorRef | None:
        """The government that a country, its capital or its adjective stands for."""
        token = self._tree[index]
        if not (token.is_proper or token.tag.startswith("JJ")):
            return None
        word, known = fold(token.text), self._knowledge
        iso = known.country_names.get(word) or known.capitals.get(word) or known.demonyms.get(word)
        government = known.actors.by_id.get(f"{iso.lower()}-gov") if iso else None
        if government is None:
            return None
        span = Span(token.start, token.end, self._document.text[token.start : token.end])
        return ActorRef(span, government.id, government.name, None, government.kind, iso)

    def _fits(self, ref: ActorRef, token: Token, found: Found) -> bool:
        """Tell whether an unknown actor can be an end of this tie: a group, a name, or a party among others."""
        if token.tag in {"PRP", "WP", "WDT", "DT", "PRP$"} or ref.kind in _NEVER or self._is_place(ref):
            return False
        if ref.kind == "government" and token.i == found.target and found.tie.kind in _OF_GROUPS:
            return False
        if ref.kind != "unknown":
            return ref.kind != "civilians"
        if token.i == found.anchor:
            return True
        if token.is_proper or token.lemma in self._words.bodies:
            return True
        return found.tie.sides and token.lemma in self._words.party_nouns

    def _is_place(self, ref: ActorRef) -> bool:
        return any(p.span.covers(ref.span) for p in self._sentence.places)

    def place(self, index: int) -> ActorRef | None:
        """A place as the end of `based_in`: its words, name and country."""
        token = self._tree[index]
        place = next((p for p in self._sentence.places if p.span.start <= token.start < p.span.end), None)
        if place is not None:
            return ActorRef(place.span, None, place.name or place.span.quote, None, "other", place.country)
        return self._state(index)
