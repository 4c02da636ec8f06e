"""A case of which only so many words can be seen as may be given away. Door: `PublicView(view, options)`.

Every export of it keeps to the quote budget, because it never meets the other words. Withheld words leave their
place: a span keeps its offsets and has an empty quote; names that are known from elsewhere, days and figures stay.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from reportedly.exports.budget import QuoteBudget
from reportedly.exports.options import Options, WordSpans
from reportedly.exports.words import WITHHELD, actor_words, place_name
from reportedly.model.actor import ActorRef
from reportedly.model.claim import Claim
from reportedly.model.document import Document
from reportedly.model.gist import ClaimGist, IncidentGist, claim_gist, incident_gist
from reportedly.model.incident import IncidentRecord, TollCell, TollFigure
from reportedly.model.judgement import Anchor, Judgement
from reportedly.model.place import PlaceRef
from reportedly.model.rejected import Rejected
from reportedly.model.relation import Relation
from reportedly.model.span import Span
from reportedly.model.toll import Toll
from reportedly.model.when import When
from reportedly.store.answers import ActorSeen, Counts, Glance, Run, StoredDocument
from reportedly.store.base import Holdings
from reportedly.store.decided import Decisions

# Stands between the parts of a list in a glance, as the store keeps it.
BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class Shown:
    """The words of a document that may be seen, as stretches in text order."""

    stretches: tuple[tuple[int, int], ...]
    words: WordSpans
    longest: int

    def allows(self, span: Span) -> bool:
        """Tell whether all words of a span may be seen."""
        return all(self._seen(span.start + start, span.start + end) for start, end in self.words(span.quote))

    def part(self, content: Span, around: Span) -> Span:
        """Return the stretch of the content that may be seen, the one around the telling words if there are several."""
        inside = [(content.start + start, content.start + end) for start, end in self.words(content.quote)]
        seen = [index for index, word in enumerate(inside) if self._seen(*word)]
        if len(seen) == len(inside) <= self.longest:
            return content
        run = _run(seen, next((i for i, (_, end) in enumerate(inside) if end > around.start), 0))[: self.longest]
        if not run:
            return replace(content, quote="")
        start, end = inside[run[0]][0], inside[run[-1]][1]
        return Span(start, end, content.quote[start - content.start : end - content.start])

    def _seen(self, start: int, end: int) -> bool:
        index = bisect_right(self.stretches, (start, 1 << 60)) - 1
        return index >= 0 and end <= self.stretches[index][1]


def _run(seen: Sequence[int], centre: int) -> list[int]:
    """Return the run of neighbouring numbers nearest to the centre."""
    runs: list[list[int]] = []
    for number in seen:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return min(runs, key=lambda run: min(abs(centre - number) for number in run), default=[])


def shown_words(document: Document, claims: Iterable[Claim], relations: Iterable[Relation], options: Options) -> Shown:
    """Spend a document's budget: claim by claim the words that it was read from, then its slots.

    Claims of violence with figures come first, then other violence, then the rest, each in text order.
    """
    budget = QuoteBudget(document, options)
    # Where the page allows so many characters in all, the evidence alone is shown.
    slots_too = document.rights.max_snippet is None
    for claim in sorted(claims, key=lambda claim: (not claim.violent, not claim.tolls)):
        budget.quote(claim.content, telling(claim))
        for span in _slots(claim) if slots_too else ():
            budget.quote(span, span)
    for relation in relations:
        budget.quote(relation.content, relation.cue)
    stretches: list[tuple[int, int]] = []
    last = -2
    for index in sorted(budget.shown):
        start, end = budget.words[index]
        if index == last + 1:
            stretches[-1] = (stretches[-1][0], end)
        else:
            stretches.append((start, end))
        last = index
    return Shown(tuple(stretches), options.words, options.quote_words)


def telling(claim: Claim) -> Span:
    """Return the words of a claim that say most: its first figure, else its trigger."""
    first = claim.tolls[0].span if claim.tolls else claim.trigger
    return first if claim.content.covers(first) else claim.trigger


def _slots(claim: Claim) -> Iterator[Span]:
    """Yield the words of a claim's slots, the most telling first."""
    yield from (toll.span for toll in claim.tolls)
    refs = [*claim.initiators, *claim.targets, *([claim.claimant] if claim.claimant else []), *claim.attribution]
    yield from (ref.span for ref in (*refs, *(toll.victims for toll in claim.tolls if toll.victims)))
    yield claim.trigger
    yield from (place.span for place in (claim.place, *claim.places) if place)
    yield from (when.span for when in (claim.when, claim.said_on) if when)
    yield from (span for span in (claim.cue, *claim.means) if span)


class PublicView(Holdings):
    """What exports that leave the desk may ask of a case: of a Holdings only what gives no further words."""

    def __init__(self, view: Holdings, options: Options) -> None:
        self._view = view
        self._options = options
        self._shown: dict[str, Shown] = {}

    @property
    def name(self) -> str:
        """The file or address of the case."""
        return self._view.name

    def counts(self) -> Counts:
        """Count what the case holds."""
        return self._view.counts()

    def published(self) -> dict[str, date | None]:
        """Return the day on which each document came out."""
        return self._view.published()

    def documents(self) -> Iterator[StoredDocument]:
        """Yield the documents; their texts are there to be hashed and linked to, not to be shown."""
        return self._view.documents()

    def document(self, key: str) -> StoredDocument | None:
        """Return a document by id, or by its number in the case."""
        return self._view.document(key)

    def claims(self, document: str | None = None, *, as_read: bool = False) -> Iterator[Claim]:
        """Yield claims with the words that may be seen."""
        for claim in self._view.claims(document, as_read=as_read):
            yield _claim(claim, self._of(claim.document))

    def spots(self, document: str) -> list[Anchor]:
        """Return where the claims of a document stand as they were read: for counting, as decisions are."""
        return self._view.spots(document)

    def decisions(self, document: str | None = None, *, blind_of: str | None = None) -> Decisions:
        """Return what people decided about claims."""
        return self._view.decisions(document, blind_of=blind_of)

    def actor(self, actor: str) -> ActorSeen | None:
        """Return what the case says about an actor, without the words it is called by."""
        found = self._view.actor(actor)
        return replace(found, names=()) if found else None

    def judgements(self, *, in_force: bool = True) -> list[Judgement]:
        """Return what people decided: the judgements that still hold, or all of them."""
        return self._view.judgements(in_force=in_force)

    def runs(self) -> list[Run]:
        """Return the runs that wrote into the case, the oldest first."""
        return self._view.runs()

    def claim(self, claim: str, *, as_read: bool = False) -> Claim | None:
        """Return one claim with the words that may be seen."""
        found = self._view.claim(claim, as_read=as_read)
        return _claim(found, self._of(found.document)) if found else None

    def relations(self, document: str | None = None) -> Iterator[tuple[str, Relation]]:
        """Yield relations with the words that may be seen."""
        for key, relation in self._view.relations(document):
            yield key, _relation(relation, self._of(key))

    def incidents(self) -> Iterator[IncidentRecord]:
        """Yield the incidents with the words that may be seen."""
        for record in self._view.incidents():
            yield self._record(record)

    def glances(self) -> Iterator[Glance]:
        """Yield the incidents at a glance, in words that may be seen."""
        for glance in self._view.glances():
            if (record := self.incident(glance.id)) is not None:
                named = dict.fromkeys(actor_words(ref) for side in record.sides for ref in side)
                place = place_name(record.place) if record.place else None
                yield glance._replace(title=record.title, place=place, names=BETWEEN.join(named))

    def claim_gists(self) -> Iterator[ClaimGist]:
        """Yield the gist of every claim, in words that may be seen."""
        return map(claim_gist, self.claims())

    def incident_gists(self) -> Iterator[IncidentGist]:
        """Yield the gist of every incident, in words that may be seen."""
        return map(incident_gist, self.incidents())

    def incident(self, incident: str) -> IncidentRecord | None:
        """Return an incident with the words that may be seen."""
        found = self._view.incident(incident)
        return self._record(found) if found else None

    def rejected(self, document: str | None = None) -> Iterator[Rejected]:
        """Yield what gave no result, with reasons and without the words."""
        return (replace(item, quote="") for item in self._view.rejected(document))

    def _of(self, document: str) -> Shown:
        """Return what may be seen of a document; worked out once, kept as a few numbers."""
        if document not in self._shown:
            stored = self._view.document(document)
            assert stored is not None, "a claim stands in a document of the case"
            relations = (relation for _, relation in self._view.relations(document))
            shown = shown_words(stored.document, self._view.claims(document), relations, self._options)
            self._shown[document] = shown
        return self._shown[document]

    def _record(self, record: IncidentRecord) -> IncidentRecord:
        """Return a record whose words are those of its claims as they may be seen."""
        members = [claim for key in record.claims if (claim := self._view.claim(key))]
        pairs = [(claim, _claim(claim, self._of(claim.document))) for claim in members]
        refs = {old: new for before, after in pairs for old, new in zip(_refs(before), _refs(after), strict=True)}
        when = next((after.when for before, after in pairs if before.when == record.when), None)
        place = next((after.place for before, after in pairs if before.place == record.place), None)
        first, second = (tuple(refs.get(ref, _actor(ref, None)) for ref in side) for side in record.sides)
        return replace(
            record,
            title=_title(record, place),
            when=when or (_when(record.when, None) if record.when else None),
            place=place or (_place(record.place, None) if record.place else None),
            sides=(first, second),
            tolls=tuple(_cell(cell, {before.id: (before, after) for before, after in pairs}) for cell in record.tolls),
        )


# ------------------------------------------------------------------------------------------- values


def _span(span: Span, shown: Shown | None) -> Span:
    return span if shown is not None and shown.allows(span) else replace(span, quote="")


def _actor(ref: ActorRef, shown: Shown | None) -> ActorRef:
    """Return an actor whose name is known from elsewhere, or whose words may be seen; else its kind alone."""
    span = _span(ref.span, shown)
    if span == ref.span:
        return ref
    if ref.actor_id is None:
        return replace(ref, span=span, name=None, name_on_date=None, role=None)
    return replace(ref, span=span, role=None)


def _maybe_actor(ref: ActorRef | None, shown: Shown | None) -> ActorRef | None:
    return _actor(ref, shown) if ref else None


def _place(place: PlaceRef, shown: Shown | None) -> PlaceRef:
    span = _span(place.span, shown)
    known = place.place_id is not None or span == place.span
    return replace(place, span=span, name=place.name if known else None)


def _when(when: When, shown: Shown | None) -> When:
    return replace(when, span=_span(when.span, shown))


def _toll(toll: Toll, shown: Shown) -> Toll:
    return replace(toll, span=_span(toll.span, shown), victims=_maybe_actor(toll.victims, shown))


def _claim(claim: Claim, shown: Shown) -> Claim:
    return replace(
        claim,
        trigger=_span(claim.trigger, shown),
        content=shown.part(claim.content, telling(claim)),
        initiators=tuple(_actor(ref, shown) for ref in claim.initiators),
        targets=tuple(_actor(ref, shown) for ref in claim.targets),
        place=_place(claim.place, shown) if claim.place else None,
        places=tuple(_place(place, shown) for place in claim.places),
        when=_when(claim.when, shown) if claim.when else None,
        tolls=tuple(_toll(toll, shown) for toll in claim.tolls),
        means=tuple(_span(span, shown) for span in claim.means),
        claimant=_maybe_actor(claim.claimant, shown),
        attribution=tuple(_actor(ref, shown) for ref in claim.attribution),
        cue=_span(claim.cue, shown) if claim.cue else None,
        said_on=_when(claim.said_on, shown) if claim.said_on else None,
    )


def _relation(relation: Relation, shown: Shown) -> Relation:
    return replace(
        relation,
        source=_actor(relation.source, shown),
        target=_actor(relation.target, shown),
        cue=_span(relation.cue, shown),
        content=shown.part(relation.content, relation.cue),
        when=_when(relation.when, shown) if relation.when else None,
        claimant=_maybe_actor(relation.claimant, shown),
    )


def _refs(claim: Claim) -> list[ActorRef]:
    return [*claim.initiators, *claim.targets]


def _title(record: IncidentRecord, place: PlaceRef | None) -> str:
    """Return the title without the words of a place that is known by nothing else."""
    before = record.place
    if before is None or before.place_id is not None or (place is not None and place.span == before.span):
        return record.title
    return record.title.replace(before.name or before.span.quote, WITHHELD)


def _cell(cell: TollCell, pairs: Mapping[str, tuple[Claim, Claim]]) -> TollCell:
    told = [pairs[figure.claim] for figure in cell.by if figure.claim in pairs]
    victims = [
        (old.victims, new.victims)
        for before, after in told
        for old, new in zip(before.tolls, after.tolls, strict=True)
        if old.victims and new.victims
    ]
    return replace(
        cell,
        victims=_label(cell.victims, victims) if cell.victims else None,
        by=tuple(_figure(figure, pairs.get(figure.claim)) for figure in cell.by),
    )


def _label(words: str, refs: Iterable[tuple[ActorRef, ActorRef]]) -> str:
    """Return the name of a group of victims where it is an actor's own, or may be seen."""
    named = [new for old, new in refs if words in (old.name, old.span.quote)]
    seen = any(new.name == words or new.span.quote == words for new in named)
    return words if seen else WITHHELD


def _figure(figure: TollFigure, pair: tuple[Claim, Claim] | None) -> TollFigure:
    if figure.claimant is None:
        return figure
    after = pair[1].claimant if pair else None
    seen = after is not None and figure.claimant in (after.name, after.span.quote)
    return figure if seen else replace(figure, claimant=WITHHELD)
