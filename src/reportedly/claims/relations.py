"""Room 4, relations: ties between two actors as the text tells them. Door: `relate(...)`.

Reads ties from verbs, nouns and hyphenated words, and from claims of fighting and support. Where a text lists the sides
of a war ("a war involving A, B and C"), it does not tell who fights whom, and each pair of them is a tie.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from reportedly.claims.coreference import Memory
from reportedly.claims.event_times import Rivals, time_of
from reportedly.claims.modality import modality_of
from reportedly.claims.relation_slots import (
    inside_bracket,
    members,
    noun_slot,
    preps,
    sides_of,
    verb_slot,
)
from reportedly.knowledge.fold import fold
from reportedly.knowledge.load import Knowledge
from reportedly.knowledge.relation_words import Tie
from reportedly.model import ActorRef, Claim, Document, Relation, Span, Stance, When
from reportedly.model.reading import Reading, Sentence
from reportedly.model.relation import RelationKind
from reportedly.model.syntax import Token

_BOTH_WAYS = frozenset({"fights", "allied_with", "agreed_with"})
_REAL = frozenset({"actual", "ongoing", "historical"})
_NEVER = frozenset({"facility"})
_OF_GROUPS = frozenset({"commands", "member_of", "merged_into"})
_SIDES_AT_MOST = 6
_REACH = 4  # sentences back in which a named body may be called again
_FIGHTING = frozenset({"battle.war", "battle.clash"})
_SUPPORT = frozenset({"cooperation.support_operation"})


def relate(document: Document, reading: Reading, claims: Sequence[Claim], knowledge: Knowledge) -> tuple[Relation, ...]:
    """Return the relations that the document states, in text order, each tie once."""
    home = max(reading.countries, key=lambda c: (reading.countries[c], c), default=None)
    memory = Memory(home, knowledge.lexicon)
    named: list[tuple[int, ActorRef]] = []
    found: list[Relation] = []
    for sentence in reading.sentences:
        actors = {i: memory.resolve(a, sentence.sentence, document.text) for i, a in sentence.actors.items()}
        named += [(sentence.sentence, a) for a in actors.values() if a.actor_id]
        found += _Reader(document, replace(sentence, actors=actors), knowledge, named).relations()
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
        if claim.modality not in _REAL:
            continue
        for source in claim.initiators:
            for target in claim.targets:
                if _party(source) and _party(target) and not _only_fell(claim, target):
                    when = _dated(claim.when)
                    yield Relation(
                        kind, source, target, claim.trigger, claim.content, when, claim.claimant, claim.stance
                    )


def _only_fell(claim: Claim, target: ActorRef) -> bool:
    """ "Fighting between A and B killed hundreds of SOLDIERS": those who fell are no third side."""
    return target.actor_id is None and len([i for i in claim.initiators if i.actor_id is not None]) > 1


def _dated(when: When | None) -> When | None:
    """A time that says something: not the mere day of publication, not "today" without any date."""
    if when is None or when.basis == "publication" or not any(c.isdigit() for c in when.edtf):
        return None
    return when


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


@dataclass(frozen=True, slots=True)
class _Found:
    """A tie as read: the word that ties, its other words, and the head tokens of the two ends."""

    tie: Tie
    anchor: int
    words: tuple[int, ...]
    source: int
    target: int


class _Reader:
    """Reads the ties of one sentence. `named` are the known actors named so far, with their sentences."""

    def __init__(
        self, document: Document, sentence: Sentence, knowledge: Knowledge, named: Sequence[tuple[int, ActorRef]]
    ) -> None:
        self._document = document
        self._sentence = sentence
        self._tree = sentence.tree
        self._knowledge = knowledge
        self._words = knowledge.relations
        self._named = named

    def relations(self) -> Iterator[Relation]:
        """The ties of the sentence as relations, those without two actors left out."""
        for token in self._tree:
            if not self._may_tie(token):
                continue
            for found in (*self._verbs(token), *self._nouns(token), *self._hyphens(token), *self._prefixes(token)):
                relation = self._relation(found)
                if relation is not None:
                    yield relation

    def _may_tie(self, token: Token) -> bool:
        """A quick look before the patterns: most words tie nobody."""
        words, lower = self._words.tying, token.lower
        return token.lemma in words or lower in words or "-" in lower or self._hyphenated(token.i)

    # -- patterns

    def _verbs(self, token: Token) -> Iterator[_Found]:
        if not token.tag.startswith("VB") or self._hyphenated(token.i):
            return
        for tie in self._words.verbs.get(token.lemma, ()):
            extra = self._needs(token.i, tie)
            if extra is None:
                continue
            sources = verb_slot(self._tree, token.i, tie.source)
            if tie.sides:
                yield from self._each(tie, token.i, (token.i, *extra), sources)
                continue
            targets = verb_slot(self._tree, token.i, tie.target)
            words = (token.i, *extra, *self._prepositions(token.i, targets, tie.target))
            found = list(self._pairs(tie, token.i, words, sources, targets))
            yield from found
            if found:
                return

    def _each(self, tie: Tie, verb: int, words: tuple[int, ...], sources: Sequence[int]) -> Iterator[_Found]:
        """ "X and Y signed a truce": those who did it together are tied to each other."""
        together = [m for s in sources for m in members(self._tree, s)]
        for one, other in combinations(together[:_SIDES_AT_MOST], 2):
            yield _Found(tie, verb, words, one, other)

    def _needs(self, verb: int, tie: Tie) -> tuple[int, ...] | None:
        """The further words that a verb needs for this tie, or None when one is missing."""
        tree = self._tree
        objects = tree.children(verb, "dobj", "nsubjpass")
        extra: list[int] = []
        if tie.objects is not None:
            fitting = [o for o in objects if tree[o].lemma in tie.objects]
            if bool(tie.objects) != bool(fitting) or (not tie.objects and objects):
                return None
            extra += fitting[:1]
        if tie.adverbs:
            adverbs = [a for a in tree.children(verb, "advmod") if tree[a].lower in tie.adverbs]
            if not adverbs:
                return None
            extra += adverbs[:1]
        if tie.goods:
            goods = [m for o in preps(tree, verb, "with") for m in members(tree, o) if tree[m].lemma in tie.goods]
            if not goods:
                return None
            extra += [tree[goods[0]].head]
        return tuple(extra)

    def _prepositions(self, head: int, targets: Sequence[int], slots: Sequence[str]) -> tuple[int, ...]:
        return tuple(self._tree[t].head for t in targets if self._tree[self._tree[t].head].lower in slots)[:1]

    def _nouns(self, token: Token) -> Iterator[_Found]:
        if not (token.is_noun or token.tag == "VBG") or self._in_name(token.i):
            return
        if token.tag == "VBG" and token.dep not in {"nsubj", "pobj", "dobj", "pcomp", "ROOT", "conj"}:
            return
        for tie in self._words.nouns.get(token.lemma if token.is_noun else token.lower, ()):
            if tie.sides:
                found = list(self._sides(tie, token.i))
            else:
                sources = noun_slot(self._tree, token.i, tie.source, self._words.light_verbs)
                targets = noun_slot(self._tree, token.i, tie.target, self._words.light_verbs)
                extra = tuple(
                    self._tree[t].head
                    for t in (*targets, *sources)
                    if self._tree[t].dep == "pobj" and self._tree[self._tree[t].head].head == token.i
                )
                found = list(self._pairs(tie, token.i, (token.i, *extra[:1]), sources, targets))
            yield from found
            if found:
                return

    def _in_name(self, index: int) -> bool:
        """The head of a known name ("Al-Quds Brigades") ties nothing."""
        ref = self._sentence.actors.get(index)
        return self._tree[index].is_proper and ref is not None and ref.actor_id is not None

    def _sides(self, tie: Tie, noun: int) -> Iterator[_Found]:
        word, sides = sides_of(self._tree, noun)
        if word is None:
            return
        for one, other in combinations(sides[:_SIDES_AT_MOST], 2):
            yield _Found(tie, noun, (noun, word), one, other)

    def _pairs(
        self, tie: Tie, anchor: int, words: tuple[int, ...], sources: Sequence[int], targets: Sequence[int]
    ) -> Iterator[_Found]:
        for source in (m for s in sources for m in members(self._tree, s)):
            for target in (m for t in targets for m in members(self._tree, t)):
                if source != target:
                    yield _Found(tie, anchor, words, source, target)

    def _hyphenated(self, index: int) -> bool:
        return index >= 2 and self._tree[index - 1].text in {"-", "–", "‑"}

    def _hyphens(self, token: Token) -> Iterator[_Found]:
        """ "X-backed Y": the word before the hyphen and the noun after; the parser may keep "X-backed" as one word."""
        word, before = token.lower, token.i - 2
        if not self._hyphenated(token.i):
            word, before = token.lower.rpartition("-")[2], token.i
            if word == token.lower:
                return
        noun = self._described(token.i)
        for tie in self._words.hyphens.get(word, ()) if noun is not None else ():
            ends = {"before": before, "noun": noun if noun is not None else token.i}
            yield _Found(tie, token.i, (token.i,), ends[tie.source[0]], ends[tie.target[0]])

    def _prefixes(self, token: Token) -> Iterator[_Found]:
        """ "pro-X Y"."""
        ties = self._words.prefixes.get(token.lower, ())
        at = token.i + 2
        if not ties or at >= len(self._tree) or not self._hyphenated(at):
            return
        noun = self._described(at)
        if noun is not None and noun != at:
            yield from (_Found(t, token.i, (token.i,), noun, at) for t in ties)

    def _described(self, index: int) -> int | None:
        """The noun that a modifier describes: the last of a compound that can be an actor."""
        nouns: list[int] = []
        here = index
        for _ in range(4):
            token = self._tree[here]
            if here != index and token.is_noun:
                nouns.append(here)
            if token.head == here or token.dep not in {"amod", "compound", "nmod", "npadvmod", "acl", "poss"}:
                break
            here = token.head
        refs = {n: self._sentence.actors.get(n) for n in nouns}
        acting = [n for n, r in refs.items() if r is not None and r.kind not in {"facility", "unknown"}]
        return next(reversed(acting or nouns), None)

    # -- from tokens to a relation

    def _relation(self, found: _Found) -> Relation | None:
        kind = found.tie.kind
        noun = self._tree[found.anchor].is_noun
        if noun and found.source == found.anchor and self._tree[found.target].dep not in {"pobj", "poss"}:
            return None  # "the X faction" is X itself
        source = self._actor(found.source, found)
        target = self._place(found.target) if kind == "based_in" else self._actor(found.target, found)
        if source is None or target is None:
            return None
        stance, claimant, content = self._told(found)
        if not self._holds(found.anchor) or (self._negated(found) and claimant is None):
            return None
        if self._negated(found):
            stance = "denied"
        if kind == "renamed_to":
            source, target = (
                replace(source, name_on_date=source.span.quote),
                replace(target, name_on_date=target.span.quote),
            )
        elif source.actor_id is not None and source.actor_id == target.actor_id:
            source = self._description(source)
        cue = self._cue(found.words)
        return Relation(kind, source, target, cue, content or self._clause(found), self._when(found), claimant, stance)

    def _description(self, ref: ActorRef) -> ActorRef:
        """A part or kin of an actor, described by it ("X-linked fighters"), is not that actor itself."""
        return replace(ref, actor_id=None, name=ref.span.quote, name_on_date=None)

    def _actor(self, index: int, found: _Found) -> ActorRef | None:
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

    def _fits(self, ref: ActorRef, token: Token, found: _Found) -> bool:
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

    def _place(self, index: int) -> ActorRef | None:
        """A place as the end of `based_in`: its words, name and country."""
        token = self._tree[index]
        place = next((p for p in self._sentence.places if p.span.start <= token.start < p.span.end), None)
        if place is not None:
            return ActorRef(place.span, None, place.name or place.span.quote, None, "other", place.country)
        return self._state(index)

    def _cue(self, words: Sequence[int]) -> Span:
        """The words that tie, from first to last where they stand near each other, else the first alone."""
        first, last = min(words), max(words)
        if last - first > 6:
            first = last = words[0]
        return Span.of(self._document.text, self._tree[first].start, self._tree[last].end)

    def _clause(self, found: _Found) -> Span:
        """The words of the clause that both ends and the tie stand in."""
        ends = [found.anchor, found.source, found.target, *found.words]
        for index in (found.source, found.target):
            ends += self._tree.bounds(index) if not self._tree.covers(index, found.anchor) else (index,)
        first, last = min(ends), max(ends)
        while last > first and self._tree[last].tag in {",", ".", ":", "-LRB-"}:
            last -= 1
        return Span.of(self._document.text, self._tree[first].start, self._tree[last].end)

    # -- who says so, whether it holds, when

    def _told(self, found: _Found) -> tuple[Stance, ActorRef | None, Span | None]:
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

    def _holds(self, anchor: int) -> bool:
        """Plans, wishes and suppositions are no ties."""
        stop = next(
            (a for a in self._tree.ancestors(anchor) if a in {t.cue_head for t in self._sentence.tellings}), None
        )
        governor = self._governor(anchor)
        if governor == anchor and not self._tree[anchor].is_verb:
            return True
        return modality_of(self._tree, governor, self._knowledge.lexicon.control, stop).modality in _REAL

    def _negated(self, found: _Found) -> bool:
        tree = self._tree
        places = {found.anchor, self._governor(found.anchor)}
        return any(
            tree.children(p, "neg") or any(tree[d].lower == "no" for d in tree.children(p, "det")) for p in places
        )

    def _when(self, found: _Found) -> When | None:
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
        return _dated(own.when) if own is not None else None

    def _described_time(self, verb: int) -> When | None:
        """The time that a clause with "when" describes, as a time of its own and not as the beginning of a period."""
        token = self._tree[verb]
        if token.dep != "relcl" or not any(self._tree[c].lower == "when" for c in self._tree.children(verb, "advmod")):
            return None
        head = self._tree[token.head]
        read = next((t for t in self._sentence.times if t.when.span.start <= head.start < t.when.span.end), None)
        return None if read is None else read.inner or read.when
