"""The order of the rooms. Read this first: documents are read, understood, assembled and grounded here alone."""

from __future__ import annotations

import gc
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportedly import documents, sources
from reportedly.claims import Assembly, assemble, identify
from reportedly.claims.filling import filled
from reportedly.claims.relations import relate
from reportedly.codebooks import BOOKS as _BOOKS
from reportedly.codebooks import Book, code_all, load_books
from reportedly.errors import InputError
from reportedly.explanation import Explanation, explained, rejected
from reportedly.grounding.actors import ground_actors
from reportedly.grounding.countries import country_weights
from reportedly.grounding.home import DATELINE_WEIGHT, at_home
from reportedly.grounding.places import ground_places
from reportedly.grounding.told_times import ground_times
from reportedly.grouper import Grouper
from reportedly.knowledge.load import Knowledge, load_knowledge
from reportedly.mentions import Finder, Found
from reportedly.model import (
    Capture,
    CaptureMeta,
    Claim,
    Document,
    Incident,
    IncidentRecord,
    PlaceRef,
    Rejected,
    When,
)
from reportedly.model.extraction import CodingRow, Extraction
from reportedly.model.facts import DocumentFacts
from reportedly.model.mentions import MentionSet
from reportedly.model.quick import replace
from reportedly.model.reading import Reading, Sentence, TimeRead
from reportedly.model.syntax import Tree
from reportedly.model.trace import Trace
from reportedly.settings import Settings

# Less than one demonym in the text (1.0), so that it only breaks ties.
PUBLISHER_WEIGHT = 0.7
# Allocations before the collector looks for cycles: reading makes many small values and hardly any cycle.
YOUNG_OBJECTS = 50_000
BOOKS: tuple[str, ...] = tuple(_BOOKS)


@dataclass(frozen=True)
class Reader:
    """Reads one document: pure and deterministic. Loading takes about two seconds; one instance serves a process."""

    knowledge: Knowledge
    finder: Finder
    books: Mapping[str, Book]

    def extract(
        self,
        document: Document,
        *,
        books: Sequence[str] = (),
        mentions: bool = False,
        trace: Trace | None = None,
    ) -> Extraction:
        """Return everything read out of the document, its own claims grouped into incidents and coded by the books.

        `mentions` also finds places and times where nothing else is read; it changes nothing about the claims.
        `trace` collects how it was read.
        """
        if not _readable(document):
            return Extraction(document, rejected=_unread(document))
        trace = trace or Trace()
        found = self.finder.find(document, everything=mentions, trace=trace)
        reading = self._grounded(document, found, trace)
        assembled = assemble(document, reading, self.knowledge, trace)
        claims = identify(assembled.claims, document.text)
        facts = {document.id: facts_of(document)}
        incidents = Grouper(self.knowledge).cluster(claims, facts, ())
        whole = filled(document, claims, incidents, self.knowledge.families)
        whole = at_home(document, whole, reading, self.knowledge.countries)
        if trace.full:
            trace.reading = reading
            _note_filled(trace, claims, whole)
        claims = tuple(ground_actors(whole, self.knowledge))
        relations = relate(document, reading, claims, self.knowledge)
        records = self._records(incidents, claims, facts)
        return Extraction(
            document=document,
            relevant=found.relevant and any(c.violent for c in claims),
            claims=claims,
            relations=relations,
            incidents=records,
            codings=self._code(records, claims, document, books),
            mentions=_mentions(assembled, reading, claims),
            rejected=rejected(document, trace, self.knowledge.violent_types),
        )

    def explain(self, document: Document) -> Explanation:
        """Read the document and say what led to each claim, and why the other sentences gave none."""
        trace = Trace(full=True)
        return explained(self.extract(document, trace=trace), trace)

    def _grounded(self, document: Document, found: Found, trace: Trace) -> Reading:
        """Ground places by country and times by the calendar, and give each sentence its own."""
        gazetteer = self.knowledge.gazetteer
        view = country_weights(found.places, document, gazetteer)
        places = ground_places(found.places, document, gazetteer, self._publisher_country(document), trace, view)
        times = ground_times(document, found.times, found.dateline, trace)
        usable = [p for p, m in zip(places, found.places, strict=True) if not m.inside_name]
        sentences = _with_slots(found.sentences, usable, times)
        kept = [i for i, m in enumerate(found.places) if not (m.weak and _is_unknown(places[i]))]
        named = tuple(places[i] for i in kept)
        if found.dateline is not None:
            for place in (p for p in named[:1] if p.span.start < found.dateline.start and p.country):
                view[str(place.country)] = view.get(str(place.country), 0.0) + DATELINE_WEIGHT
        labels = tuple(n._replace(name=kept.index(n.name)) for n in found.labels if n.name in kept)
        return Reading(sentences, named, times, view, found.issuer, labels)

    def _publisher_country(self, document: Document) -> dict[str, float]:
        """A weak hint at the country that a text speaks of."""
        outlet = self.knowledge.outlets.named(document.publisher or "")
        return {outlet.country: PUBLISHER_WEIGHT} if outlet is not None and outlet.country else {}

    def _records(
        self, incidents: Sequence[Incident], claims: Sequence[Claim], facts: Mapping[str, DocumentFacts]
    ) -> tuple[IncidentRecord, ...]:
        grouper = Grouper(self.knowledge)
        by_id = {c.id: c for c in claims}
        return tuple(grouper.summarise(i, [by_id[c] for c in i.claims], facts) for i in incidents)

    def _code(
        self, records: Sequence[IncidentRecord], claims: Sequence[Claim], document: Document, names: Collection[str]
    ) -> dict[str, Sequence[CodingRow]]:
        """Rows by each book, of this document's own claims. Claims that form no incident are coded one by one."""
        if not names:
            return {}
        inside = {c for r in records for c in r.claims}
        grouper = Grouper(self.knowledge)
        facts = {document.id: facts_of(document)}
        alone = [
            grouper.summarise(Incident(c.id, (c.id,), (document.id,)), [c], facts) for c in claims if c.id not in inside
        ]
        by_document = {document.id: document}
        return {n: code_all([*records, *alone], claims, self.books[n], by_document).rows for n in names}


# ------------------------------------------------------------------------------------------- doors for the edge


def load_reader(settings: Settings | None = None) -> Reader:
    """Load knowledge, parser and codebooks."""
    knowledge = knowledge_of(settings)
    books = load_books(BOOKS, knowledge, settings.coding if settings else ())
    reader = Reader(knowledge, Finder(knowledge), books)
    # What is loaded here stays for the life of the process: keep the collector from walking through it over and over
    # (a tenth of the time of an article, measured 2026-11-23).
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)
    return reader


def knowledge_of(settings: Settings | None) -> Knowledge:
    """The shipped knowledge with the user's own folders laid over it."""
    if settings is None:
        return load_knowledge()
    overlays = [Path(folder) for folder in settings.knowledge]
    return load_knowledge(overlays=overlays, cache=settings.cache_folder)


def load_grouper(settings: Settings | None = None) -> Grouper:
    """Load what grouping needs, without the parser."""
    return Grouper(knowledge_of(settings))


def read_documents(specs: Iterable[str | Path]) -> Iterator[Document | Rejected]:
    """Read and parse inputs in order; what cannot be read comes as a Rejected."""
    for spec in specs:
        for capture in sources.read(spec):
            yield capture if isinstance(capture, Rejected) else documents.parse(capture)


def document_from_text(
    text: str,
    *,
    id: str = "document",
    title: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    url: str | None = None,
) -> Document:
    """Return a document made of plain text. `published` is an ISO date. Raises InputError for unreadable text."""
    meta = CaptureMeta(title=title, publisher=publisher, published=published, url=url)
    found = documents.parse(Capture(id, id, "text", text, meta))
    if isinstance(found, Rejected):
        raise InputError(found.reason, where=id)
    return found


def facts_of(document: Document) -> DocumentFacts:
    """What grouping needs to know about a single document."""
    return DocumentFacts(document.id, document.id, document.published_on, document.publisher, document.language)


# ------------------------------------------------------------------------------------------- between the rooms


def _is_unknown(place: PlaceRef) -> bool:
    """Tell whether no gazetteer holds the name of a place, and nothing but an area is known of where it lies."""
    return place.place_id is None and place.precision != "near"


def _readable(document: Document) -> bool:
    return not any(d.kind == "unsupported_language" for d in document.defects)


def _unread(document: Document) -> tuple[Rejected, ...]:
    reason = f"language {document.language}: this version reads English"
    return (Rejected(document.id, reason, 0, 0, ""),)


def _note_filled(trace: Trace, before: Sequence[Claim], after: Sequence[Claim]) -> None:
    """Note which slots were filled from the rest of the document."""
    for old, new in zip(before, after, strict=True):
        event = old.trigger.start
        if new.when is not old.when and new.when is not None:
            rule = "stated elsewhere in the text for the same happening"
            trace.note(new.when.span.start, new.when.span.end, "when", rule, new.when.edtf, event)
        if new.place is not old.place and new.place is not None:
            home = (new.place.place_id or "").startswith("cc:") and new.place.precision == "country"
            rule = (
                "the country that the text speaks of above all" if home else "stated elsewhere for the same happening"
            )
            trace.note(new.place.span.start, new.place.span.end, "place", rule, new.place.place_id or "", event)


def _with_slots(
    sentences: Sequence[Sentence], places: Sequence[PlaceRef], times: Sequence[TimeRead]
) -> tuple[Sentence, ...]:
    """Give each sentence the places and times that stand in it; looked up, since a document may be a book."""
    places = sorted(places, key=lambda p: p.span.start)
    times = sorted(times, key=lambda t: t.when.span.start)
    place_starts, time_starts = [p.span.start for p in places], [t.when.span.start for t in times]

    def within(starts: list[int], tree: Tree) -> slice:
        return slice(bisect_left(starts, tree.start), bisect_left(starts, tree.end))

    return tuple(
        replace(s, places=tuple(places[within(place_starts, s.tree)]), times=tuple(times[within(time_starts, s.tree)]))
        for s in sentences
    )


def _mentions(assembled: Assembly, reading: Reading, claims: Sequence[Claim]) -> MentionSet:
    times: tuple[When, ...] = tuple(t.when for t in reading.times)
    tolls = tuple(sorted((t for c in claims for t in c.tolls), key=lambda t: (t.span.start, t.span.end)))
    return MentionSet(assembled.actors, _named_places(reading, claims), times, tolls, assembled.attributions)


def _named_places(reading: Reading, claims: Sequence[Claim]) -> tuple[PlaceRef, ...]:
    """The places that the text names; a name with little support counts where a claim takes it for its place."""
    known = {p.span for p in reading.places}
    taken = (p for c in claims for p in (c.place, *c.places) if p is not None and p.span not in known)
    added = {p.span: p for p in taken if not any(p.span.overlaps(span) for span in known)}
    return tuple(sorted((*reading.places, *added.values()), key=lambda p: (p.span.start, p.span.end)))
