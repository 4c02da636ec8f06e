"""Room 3, mentions: what a text talks about. Door: `Finder.find(document)`.

Parses the segments worth it, and finds actors, places, times, figures, event words and tellings in them. Says what the
words are, not what they refer to on the map or calendar, and draws no conclusion about who did what.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportedly.knowledge.apart import is_violent
from reportedly.knowledge.load import Knowledge
from reportedly.mentions.actors import ActorReader
from reportedly.mentions.datelines import calm_openings, without_frame, without_inserts, without_notes
from reportedly.mentions.events import Context, find_triggers
from reportedly.mentions.grounds import THERE, countries_spoken_of, grounds_of, may_lie_in
from reportedly.mentions.headlines import cut_source, cut_teller, lexicon_speaker, named_teller, with_headline_sources
from reportedly.mentions.issuers import Heading, Issuers
from reportedly.mentions.mending import Mender
from reportedly.mentions.mishaps import as_mishaps, find_mishaps
from reportedly.mentions.names import NameFinder, NameHit, introduced
from reportedly.mentions.parser import LONGEST, Parser
from reportedly.mentions.places import PlaceMention, find_places
from reportedly.mentions.quantities import find_quantities
from reportedly.mentions.quotations import carry_speakers, find_quotations
from reportedly.mentions.recase import case_of, is_titled, name_words, recase
from reportedly.mentions.rehanging import rehung
from reportedly.mentions.screen import ARMED, BRIEF, STRONG, TOLL, VIOLENT, Screen, keep, note_left
from reportedly.mentions.semicolons import with_closing_tellers
from reportedly.mentions.speech import find_tellings
from reportedly.mentions.telegraphic import Telegraphic, is_telegraphic
from reportedly.mentions.themes import tells_news, theme_of, without_figures
from reportedly.mentions.times import find_dateline, find_heading_day, find_times
from reportedly.model import ARMED_KINDS, ActorRef, Document, Segment, Span
from reportedly.model.labels import Label, place_labels
from reportedly.model.quick import replace
from reportedly.model.reading import Issuer, Sentence
from reportedly.model.syntax import PROPER, Token, Tree
from reportedly.model.time_mention import TimeMention
from reportedly.model.trace import Trace

_LONGEST_PIECE = 2500  # code points parsed as one piece; longer segments (lists, tables) are cut at a space


@dataclass(frozen=True, slots=True)
class Found:
    """The mentions of one document: sentences in text order, places and times over the whole text.

    `labels` are the names of places that head the entries of a list.
    """

    sentences: tuple[Sentence, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    dateline: TimeMention | None = None
    quotations: tuple[Span, ...] = ()
    relevant: bool = False
    issuer: Issuer | None = None
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class _View:
    """One document as it is read: its text in the case and without the frame, and what was found before parsing."""

    document: Document
    text: str
    hits: Sequence[NameHit]
    quotations: tuple[Span, ...]
    times: Mapping[int, tuple[TimeMention, ...]]
    conflict: bool
    caseless: bool
    trace: Trace
    grounds: frozenset[str]


class Finder:
    """Finds mentions. Holds the parser and the automata; one instance serves a process."""

    def __init__(self, knowledge: Knowledge, parser: Parser | None = None) -> None:
        self._knowledge = knowledge
        self._parser = parser or Parser(knowledge.lexicon.nouns(), knowledge.lexicon.words["telling_pasts"])
        self._names = NameFinder(knowledge)
        self._armed = frozenset(a.id for a in knowledge.actors.by_id.values() if a.kind in ARMED_KINDS)
        violent = frozenset(key for key, event in knowledge.ontology.items() if event.violent)
        self._tells = named_teller(knowledge)
        self._issuers = Issuers(knowledge.lexicon, self._tells)
        self._telegraphic = Telegraphic(knowledge.lexicon, knowledge.outcomes, self._parser.lemmatizer)
        self._mender = Mender(knowledge.lexicon, knowledge.outcomes)
        self._screen = Screen(knowledge.lexicon, self._parser.lemmatizer, violent)

    def find(self, document: Document, *, everything: bool = False, trace: Trace | None = None) -> Found:
        """Return what the document talks about. `everything` finds places and times even where no event stands."""
        trace = trace or Trace()
        segments = readable(document)
        case = case_of(document.text)
        caseless = case != "mixed"
        named = self._names.find(document.text, caseless)
        hits: Sequence[NameHit] = [h for h in named if h.sort != "shared"]
        read_as = self._cased if caseless else self._untitled
        text = read_as(document.text, segments, hits)
        flags = self._screen.flags(document.text, segments)
        kept, conflict = keep(flags, segments, hits, self._armed)
        if everything and len(segments) <= BRIEF:
            kept = list(range(len(segments)))
        if trace.full:
            note_left(trace, flags, segments, kept, conflict)
        if not kept and not everything:
            return Found()
        places = find_places(text, segments, self._knowledge)
        places = places if text is document.text else tuple(_as_given(p, document.text) for p in places)
        hits = self._with_placed(hits, [h for h in named if h.sort == "shared"], places)
        places = _without_actors(places, hits, document.text)
        wanted = segments if everything else [segments[i] for i in kept]
        times = {s.start: find_times(document.text, s.start, s.end) for s in wanted}
        labels = self._labels(document, places)
        read = without_inserts(text) if case == "capitals" else without_notes(text)
        view = _View(
            document=document,
            text=calm_openings(_without_labels(without_frame(read, document.text), labels)),
            hits=_without_towns(hits, places),
            quotations=find_quotations(document.text, document.paragraphs),
            times=times,
            conflict=conflict,
            caseless=caseless,
            trace=trace,
            grounds=may_lie_in(places, text),
        )
        mark = len(trace.notes)
        sentences = self._sentences(view, [segments[i] for i in kept])
        if not conflict and (after := self._on_violence(sentences, flags, segments, view.hits, kept)):
            del trace.notes[mark:]
            times |= {s.start: find_times(document.text, s.start, s.end) for s in after if s.start not in times}
            view = replace(view, conflict=True)
            sentences = self._sentences(view, after)
        sentences = self._meant(sentences, document, places, trace)
        sentences = self._without_mishaps(sentences, flags, segments, document.text, trace)
        flat = tuple(t for start in sorted(times) for t in times[start])
        told_on, issuer = self._told_and_issued(view, hits)
        return Found(sentences, places, flat, told_on, view.quotations, view.conflict, issuer, labels)

    def _meant(
        self, sentences: tuple[Sentence, ...], document: Document, places: Sequence[PlaceMention], trace: Trace
    ) -> tuple[Sentence, ...]:
        """The sentences, with words of violence only where they are meant."""
        lexicon = self._knowledge.lexicon
        violent = any(is_violent(h.event_type) for s in sentences for h in s.triggers)
        if not violent or tells_news(sentences, places, lexicon):
            return sentences
        theme = theme_of(lexicon.apart, self._screen.forms(f"{document.title or ''} {document.text}"), sentences)
        return without_figures(sentences, theme, trace) if theme is not None else sentences

    def _without_mishaps(
        self,
        sentences: tuple[Sentence, ...],
        flags: Sequence[int],
        segments: Sequence[Segment],
        text: str,
        trace: Trace,
    ) -> tuple[Sentence, ...]:
        """The sentences, with the harm of accidents and disasters told apart from violence."""
        lexicon = self._knowledge.lexicon

        def grimness(segment: Segment) -> int:
            return lexicon.apart.grimness(self._screen.forms(text[segment.start : segment.end]))

        mishaps = find_mishaps(flags, segments, grimness)
        return as_mishaps(sentences, mishaps, lexicon, trace) if mishaps else sentences

    def _on_violence(
        self,
        sentences: Sequence[Sentence],
        flags: Sequence[int],
        segments: Sequence[Segment],
        hits: Sequence[NameHit],
        kept: Sequence[int],
    ) -> list[Segment]:
        """The segments to read where a text that does not look like one on conflict tells of violence, and of harm
        beside it; none where all is read."""
        harm = any(flags[i] & TOLL for i in range(len(segments)))
        if not harm or not any(s.violent and any(is_violent(h.event_type) for h in s.triggers) for s in sentences):
            return []
        again, _ = keep(flags, segments, hits, self._armed, conflict=True)
        return [segments[i] for i in again] if again != list(kept) or len(again) > 1 else []

    def _told_and_issued(self, view: _View, hits: Sequence[NameHit]) -> tuple[TimeMention | None, Issuer | None]:
        """The day that the dateline or the heading of a text gives, and in whose name it is issued."""
        text = view.document.text
        heading = None if view.caseless else self._issuers.heading(text, hits)
        day = find_dateline(text) or (find_heading_day(text, heading.end) if heading else None)
        return day, self._issuer(view, heading) if heading is not None else None

    def _issuer(self, view: _View, heading: Heading) -> Issuer | None:
        """Who issues a text: the actor that its heading names; an outlet tells in its own voice."""
        name = heading.name
        tree = next(iter(self._parser.parse([(name.quote, name.start)])))
        hits = [h for h in view.hits if h.start < name.end and name.start < h.end]
        countries = countries_spoken_of(view.hits, self._knowledge)
        reader = ActorReader(self._knowledge, view.document.text, countries, {}, view.trace)
        found = sorted(reader.read(tree, hits).values(), key=lambda a: (a.span.start - a.span.end, a.span.start))
        ref = found[0] if found else ActorRef(name, None, name.quote, None, "unknown")
        return Issuer(replace(ref, span=name), heading.issued)

    def _labels(self, document: Document, places: Sequence[PlaceMention]) -> tuple[Label, ...]:
        """The names of places that head entries of a list."""
        starts = [s.start for s in document.segments]
        kinds, speakers = self._knowledge.place_kinds, self._knowledge.speaking_places
        return tuple(place_labels(document.text, starts, [p.span for p in places], kinds, speakers))

    def _with_placed(
        self, hits: Sequence[NameHit], shared: Sequence[NameHit], places: Sequence[PlaceMention]
    ) -> Sequence[NameHit]:
        """The names with the acronyms of which one bearer alone is at home where the places of the text lie."""
        if not shared:
            return hits
        grounds, actors = grounds_of(places), self._knowledge.actors.by_id
        placed = [(h, tuple(i for i in h.ids if not grounds.isdisjoint(actors[i].countries[:1]))) for h in shared]
        settled = (NameHit(h.start, h.end, "actor", ids) for h, ids in placed if len(ids) == 1)
        return sorted([*hits, *settled], key=lambda h: h.start)

    def _cased(self, text: str, segments: Sequence[Segment], hits: Sequence[NameHit]) -> str:
        """The text in the case that the parser expects; names of actors and of places get their capitals."""
        places = find_places(text, segments, self._knowledge)
        named = [NameHit(p.span.start, p.span.end, "place", ()) for p in places if p.candidates]
        known, words = self._parser.lemmatizer.known, name_words(self._knowledge.lexicon)
        return recase(text, [*hits, *named], self._knowledge.actors.acronyms, known, words)

    def _untitled(self, text: str, segments: Sequence[Segment], hits: Sequence[NameHit]) -> str:
        """The text with each headline in title case or capitals in the case of a sentence."""
        lines = [s for s in segments if is_titled(text[s.start : s.end], self._parser.lemmatizer.known)]
        if not lines:
            return text
        calm = self._cased(text, segments, hits)
        for line in lines:
            text = text[: line.start] + calm[line.start : line.end] + text[line.end :]
        return text

    def _sentences(self, view: _View, segments: Sequence[Segment]) -> tuple[Sentence, ...]:
        """Parse the segments and read each tree."""
        text = view.document.text
        aliases = introduced(text, view.hits, view.caseless)
        countries = countries_spoken_of(view.hits, self._knowledge)
        reader = ActorReader(self._knowledge, text, countries, aliases, view.trace, view.grounds)
        pieces = [piece for segment in segments for piece in _pieces(view.text, segment, self._tells)]
        trees = list(self._parser.parse([(words, start) for words, start, _ in pieces]))
        trees = [self._settled(view.text, t, words, start) for t, (words, start, _) in zip(trees, pieces, strict=True)]
        found: list[Sentence] = []
        for tree, (_, _, segment) in zip(trees, pieces, strict=True):
            if 0 < len(tree) <= 4 * LONGEST:
                found.append(self._read(view, tree, segment, reader, len(found)))
            elif len(tree):
                view.trace.refuse(tree.start, tree.end, "sentence", "too long to be parsed")
        violent = {s.sentence for s in found if s.violent}
        found = [replace(s, violent=True) if s.sentence in violent and not s.violent else s for s in found]
        sourced = with_headline_sources(found, text, lexicon_speaker(self._knowledge))
        sourced = with_closing_tellers(sourced, text)
        return carry_speakers(sourced, view.quotations, text)

    def _settled(self, text: str, tree: Tree, words: str, start: int) -> Tree:
        """The tree of a headline with its verbs read as verbs; other trees with what hangs wrongly mended."""
        tree = rehung(tree)
        if not is_telegraphic(text, start, start + len(words)):
            misread = self._telegraphic.telling(tree) or self._mender.misread(tree) or self._telegraphic.verbless(tree)
            tree = rehung(self._parser.parse_as(words, start, misread)) if misread else tree
            return self._mender.mended(self._telegraphic.with_further(tree))
        verbs = self._telegraphic.verbs(tree)
        return self._telegraphic.settled(rehung(self._parser.parse_as(words, start, verbs)) if verbs else tree)

    def _read(self, view: _View, tree: Tree, segment: Segment, reader: ActorReader, index: int) -> Sentence:
        lexicon = self._knowledge.lexicon
        start, end = tree.start, tree.end
        hits = [h for h in view.hits if h.start < end and start < h.end]
        actors = reader.read(tree, hits)
        quoted = [q for q in view.quotations if q.start < end and start < q.end]
        named = [h for h in hits if h.sort == "actor"]
        context = self._context(view, tree, actors, named)
        return Sentence(
            index=index,
            sentence=segment.sentence,
            paragraph=segment.paragraph,
            tree=tree,
            actors=actors,
            triggers=find_triggers(tree, lexicon, context, view.trace),
            quantities=find_quantities(view.text, start, end, view.times.get(segment.start, ())),
            tellings=find_tellings(tree, actors, quoted, lexicon, view.document.text),
            violent=context.violent,
        )

    def _context(self, view: _View, tree: Tree, actors: Mapping[int, ActorRef], named: Sequence[NameHit]) -> Context:
        lexicon, conflict = self._knowledge.lexicon, view.conflict
        telegraphic = is_telegraphic(view.text, tree.start, tree.end)
        lemmas = plain = tree.forms
        if named:
            outside: Sequence[Token] = tree
            for hit in named:
                outside = [t for t in outside if not hit.start <= t.start < hit.end]
            plain = _words(outside)
        roles = [lexicon.roles[w] for w in lexicon.roles.keys() & lemmas]
        known = any(a.actor_id and a.kind in ARMED_KINDS for a in actors.values())
        bodies = (lexicon.roles.get(a.role or "") for a in actors.values())  # "border guards": roles of several words
        armed = known or any(r.armed for r in roles) or any(r is not None and r.armed for r in bodies)
        armed = armed or ("armed" in tree.forms and any(t.lower == "armed" and t.dep == "amod" for t in tree))
        people = any(not r.armed and not r.facility for r in roles) or any(t.tag in PROPER for t in tree)
        weapons = not lexicon.weapons.keys().isdisjoint(lemmas)
        violent = armed or weapons or not lemmas.isdisjoint(lexicon.violent_words)
        if not violent:
            flags = self._screen.words(lemmas)
            headed = telegraphic and bool(flags & VIOLENT and flags & TOLL)
            violent = bool(flags & STRONG) or (conflict and bool(flags & ARMED)) or headed
        return Context(lemmas, plain, armed, people, violent or conflict, weapons, armed or weapons, telegraphic)


def _words(tokens: Sequence[Token]) -> frozenset[str]:
    """Lemmas and lower-case forms."""
    return frozenset([t.lemma for t in tokens]).union([t.lower for t in tokens])


def readable(document: Document) -> list[Segment]:
    """The segments that are read for claims: repeated and boilerplate paragraphs are left out."""
    skip = {i for i, p in enumerate(document.paragraphs) if p.kind in {"repeat", "boilerplate"}}
    return [s for s in document.segments if s.paragraph not in skip]


def _pieces(text: str, segment: Segment, tells: Callable[[str], bool]) -> list[tuple[str, int, Segment]]:
    """Cut a segment into pieces that the parser can take, at white space."""
    found, start = [], segment.start
    while segment.end - start > _LONGEST_PIECE:
        cut = text.rfind(" ", start, start + _LONGEST_PIECE)
        cut = cut + 1 if cut > start else start + _LONGEST_PIECE
        found.append((text[start:cut], start, segment))
        start = cut
    begin = cut_teller(text, start, segment.end, tells)
    if begin > start:
        found.append((text[start:begin], start, segment))
        start = begin
    cut = cut_source(text, start, segment.end, tells)
    while 0 < start < cut and text[start] == " ":
        start += 1  # what heads an entry was blanked: before a blank the parser reads another sentence
    said = text[start:cut]
    found.append((f"{said[:-1]} " if said.endswith("-") else said, start, segment))
    if cut < segment.end:
        found.append((text[cut : segment.end], cut, segment))
    return found


def _without_actors(places: Sequence[PlaceMention], hits: Sequence[NameHit], text: str) -> tuple[PlaceMention, ...]:
    """Names that only words around them call a place are none where they are an actor's ("the camp of THE FRONT").

    Nor are names of places that are an actor's whole name, where no preposition says that something is there.
    """
    actors = [h for h in hits if h.sort == "actor"]

    def named(place: PlaceMention) -> bool:
        span = place.span
        if place.candidates:
            before = text[max(0, span.start - 9) : span.start].split()
            there = bool(before) and before[-1].lower() in THERE
            return not there and any((h.start, h.end) == (span.start, span.end) for h in actors)
        return any(h.start < span.end and span.start < h.end for h in actors)

    return tuple(replace(p, inside_name=True, weak=True) if named(p) else p for p in places)


def _without_towns(hits: Sequence[NameHit], places: Sequence[PlaceMention]) -> list[NameHit]:
    """Names of countries inside the name of another place speak of no state ("Port SUDAN", "the NIGER Delta")."""
    spans = [p.span for p in places if p.candidates and not p.weak]
    ends, starts = {s.start: s.end for s in spans}, {s.end: s.start for s in spans}

    def inside(hit: NameHit) -> bool:
        return ends.get(hit.start, hit.end) > hit.end or starts.get(hit.end, hit.start) < hit.start

    return [h for h in hits if h.sort != "country" or not inside(h)]


def _without_labels(text: str, labels: Iterable[Label]) -> str:
    """Blank the names of places that head entries of a list: they are no party to what the entry tells."""
    for label in labels:
        text = text[: label.start] + " " * (label.end - label.start) + text[label.end :]
    return text


def _as_given(mention: PlaceMention, text: str) -> PlaceMention:
    """The same mention with the words as the text has them, where the case was changed for reading."""
    return replace(mention, span=Span.of(text, mention.span.start, mention.span.end))
