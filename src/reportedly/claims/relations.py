"""Room 4, relations: ties between two actors as the text tells them. Door: `relate(...)`.

Reads ties from verbs, nouns and hyphenated words, and from claims of fighting and support. Where a text lists the sides
of a war ("a war involving A, B and C"), it does not tell who fights whom, and each pair of them is a tie.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reportedly.claims.coreference import Memory
from reportedly.claims.relation_ends import Ends
from reportedly.claims.relation_telling import REAL, Said, dated
from reportedly.claims.relation_ties import Found, Ties, may_tie
from reportedly.knowledge.fold import fold
from reportedly.knowledge.load import Knowledge
from reportedly.model import ActorRef, Claim, Document, Relation, Span
from reportedly.model.quick import replace
from reportedly.model.reading import Reading, Sentence
from reportedly.model.relation import RelationKind

_BOTH_WAYS = frozenset({"fights", "allied_with", "agreed_with"})
_FIGHTING = frozenset({"battle.war", "battle.clash"})
_SUPPORT = frozenset({"cooperation.support_operation"})


def relate(document: Document, reading: Reading, claims: Sequence[Claim], knowledge: Knowledge) -> tuple[Relation, ...]:
    """Return the relations that the document states, in text order, each tie once."""
    home = max(reading.countries, key=lambda c: (reading.countries[c], c), default=None)
    memory = Memory(home, knowledge.lexicon)
    named: list[tuple[int, ActorRef]] = []
    found: list[Relation] = []
    tying = [may_tie(s.tree, knowledge.relations) for s in reading.sentences]
    last = max((n for n, ties in enumerate(tying) if ties), default=-1)  # who is named after it ties nobody
    for sentence, ties in zip(reading.sentences[: last + 1], tying, strict=False):
        actors = {i: memory.resolve(a, sentence.sentence, document.text) for i, a in sentence.actors.items()}
        named += [(sentence.sentence, a) for a in actors.values() if a.actor_id]
        if ties:
            resolved = sentence if actors == sentence.actors else replace(sentence, actors=actors)
            found += _Reader(document, resolved, knowledge, named).relations()
        memory.note(actors.values(), sentence.sentence)
    found += _claimed(claims)
    return _distinct(found)


def _claimed(claims: Sequence[Claim]) -> Iterator[Relation]:
    """Ties that claims tell: the sides of fighting, and who supports whom."""
    for claim in claims:
        kind: RelationKind
        if claim.event_type in _FIGHTING:
            kind = "fights"
        elif claim.event_type in _SUPPORT:
            kind = "supports"
        else:
            continue
        if claim.modality not in REAL:
            continue
        for source in claim.initiators:
            for target in claim.targets:
                if _party(source) and _party(target) and not _only_fell(claim, target):
                    when = dated(claim.when)
                    yield Relation(
                        kind, source, target, claim.trigger, claim.content, when, claim.claimant, claim.stance
                    )


def _only_fell(claim: Claim, target: ActorRef) -> bool:
    """ "Fighting between A and B killed hundreds of SOLDIERS": those who fell are no third side."""
    return target.actor_id is None and len([i for i in claim.initiators if i.actor_id is not None]) > 1


def _party(ref: ActorRef) -> bool:
    return ref.actor_id is not None or ref.kind not in {"facility", "unknown", "civilians", "media"}


def _distinct(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """Each tie once: the first, unless only a later one has a date. Ties of an actor to itself are dropped."""
    kept: dict[tuple[str, ...], Relation] = {}
    for relation in relations:
        ends = (_end(relation.source), _end(relation.target))
        if ends[0] == ends[1] and not _other_name(relation):
            continue
        key = (relation.kind, *(sorted(ends) if relation.kind in _BOTH_WAYS else ends))
        before = kept.get(key)
        if before is None or (before.when is None and relation.when is not None):
            kept[key] = relation
    return tuple(sorted(kept.values(), key=lambda r: (r.cue.start, r.source.span.start, r.target.span.start, r.kind)))


def _end(ref: ActorRef) -> str:
    return ref.actor_id or fold(ref.name or ref.span.quote)


def _other_name(relation: Relation) -> bool:
    return relation.kind == "renamed_to" and fold(relation.source.span.quote) != fold(relation.target.span.quote)


class _Reader:
    """Reads the relations of one sentence. `named` are the known actors named so far, with their sentences."""

    def __init__(
        self, document: Document, sentence: Sentence, knowledge: Knowledge, named: Sequence[tuple[int, ActorRef]]
    ) -> None:
        self._document = document
        self._tree = sentence.tree
        self._ties = Ties(sentence, knowledge.relations)
        self._ends = Ends(document, sentence, knowledge, named)
        self._said = Said(document, sentence, knowledge)

    def relations(self) -> Iterator[Relation]:
        """The ties of the sentence as relations, those without two actors left out."""
        for found in self._ties.found():
            relation = self._relation(found)
            if relation is not None:
                yield relation

    def _relation(self, found: Found) -> Relation | None:
        kind = found.tie.kind
        noun = self._tree[found.anchor].is_noun
        if noun and found.source == found.anchor and self._tree[found.target].dep not in {"pobj", "poss"}:
            return None  # "the X faction" is X itself
        source = self._ends.actor(found.source, found)
        target = self._ends.place(found.target) if kind == "based_in" else self._ends.actor(found.target, found)
        if source is None or target is None:
            return None
        stance, claimant, content = self._said.told(found)
        if not self._said.holds(found.anchor) or (self._said.negated(found) and claimant is None):
            return None
        if self._said.negated(found):
            stance = "denied"
        if kind == "renamed_to":
            source, target = (
                replace(source, name_on_date=source.span.quote),
                replace(target, name_on_date=target.span.quote),
            )
        elif source.actor_id is not None and source.actor_id == target.actor_id:
            source = self._ends.description(source)
        cue = self._cue(found.words)
        return Relation(
            kind, source, target, cue, content or self._clause(found), self._said.when(found), claimant, stance
        )

    def _cue(self, words: Sequence[int]) -> Span:
        """The words that tie, from first to last where they stand near each other, else the first alone."""
        first, last = min(words), max(words)
        if last - first > 6:
            first = last = words[0]
        return Span.of(self._document.text, self._tree[first].start, self._tree[last].end)

    def _clause(self, found: Found) -> Span:
        """The words of the clause that both ends and the tie stand in."""
        ends = [found.anchor, found.source, found.target, *found.words]
        for index in (found.source, found.target):
            ends += self._tree.bounds(index) if not self._tree.covers(index, found.anchor) else (index,)
        first, last = min(ends), max(ends)
        while last > first and self._tree[last].tag in {",", ".", ":", "-LRB-"}:
            last -= 1
        return Span.of(self._document.text, self._tree[first].start, self._tree[last].end)
