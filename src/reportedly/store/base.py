"""Room 8's seams: what a case can be asked (View), what may be written (Writer), what people decide (Ledger).

Exports and pages get a View and cannot write. Every store implements all three; SQL stays behind them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, Protocol

from reportedly.model.claim import Claim
from reportedly.model.document import Document
from reportedly.model.extraction import Extraction
from reportedly.model.facts import DocumentFacts
from reportedly.model.incident import Incident, IncidentRecord, Status
from reportedly.model.judgement import Anchor, Decision, Judgement, JudgementKind, Verdict
from reportedly.model.place import PlacePrecision
from reportedly.model.rejected import Rejected
from reportedly.model.relation import Relation
from reportedly.model.when import Basis, WhenPrecision
from reportedly.store.decided import Decisions, ReviewStatus

Outcome = Literal["added", "updated", "unchanged"]
Slot = Literal["initiator", "target", "victim", "claimant", "teller"]


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document of the case. `number` counts arrivals."""

    number: int
    document: Document
    relevant: bool
    version: int
    superseded: bool
    added: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that a search found; matched words in `snippet` stand between U+0002 and U+0003."""

    number: int
    document: str
    title: str | None
    publisher: str | None
    published: str | None
    snippet: str
    incidents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActorSeen:
    """An actor as the case knows it: names used, and its claims with the slot it stands in."""

    id: str
    names: tuple[str, ...]
    claims: tuple[tuple[Slot, str], ...]
    incidents: tuple[str, ...]


class Glance(NamedTuple):
    """An incident at a glance: what lists, maps, timelines and filters need, without its claims and figures.

    A tuple as the store keeps it, because a page may need 30,000: days are ISO text, lists joined by U+001F; the
    properties take them apart. `killed_low` and `killed_high` are the smallest and largest number killed that anybody
    gives, None where nobody does.
    """

    id: str
    title: str
    types: str
    status: Status
    origins: int
    documents: int
    claims: int
    earliest: str | None
    latest: str | None
    edtf: str | None
    when_precision: WhenPrecision | None
    basis: Basis | None
    place: str | None
    country: str | None
    lands: str | None
    lat: float | None
    lon: float | None
    precision: PlacePrecision
    names: str
    ids: str
    killed_low: int | None
    killed_high: int | None
    told: str

    @property
    def event_types(self) -> tuple[str, ...]:
        """The keys of its event types, the first one as its title says."""
        return _parts(self.types)

    @property
    def countries(self) -> tuple[str, ...]:
        """Both countries of a border town; else empty."""
        return _parts(self.lands)

    @property
    def actors(self) -> tuple[str, ...]:
        """The names, else the words, of both sides."""
        return _parts(self.names)

    @property
    def actor_ids(self) -> tuple[str, ...]:
        """The ids of the actors that are known."""
        return _parts(self.ids)

    @property
    def published(self) -> tuple[date, ...]:
        """The days on which its documents came out."""
        return tuple(day for one in _parts(self.told) if (day := day_of(one)) is not None)


def _parts(joined: str | None) -> tuple[str, ...]:
    return tuple(joined.split("\x1f")) if joined else ()


def day_of(text: str | None) -> date | None:
    """Return the day that stands in a column, None where there is none or it is no full date."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Sketch:
    """A document without its text. `fingerprint` is what near-duplicates share, None where it was not computed."""

    id: str
    published: str | None
    publisher: str | None
    language: str | None
    fingerprint: bytes | None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An incident by its name."""

    id: str
    title: str
    status: str


class ClaimKey(NamedTuple):
    """A claim of a list: number of its document, start of its trigger, id; `state` is its status, or `edited`."""

    document: int
    start: int
    id: str
    state: str


@dataclass(frozen=True, slots=True)
class ClaimsWanted:
    """Which claims of a list, as they stand after review; empty fields let everything through.

    `event_type` may be a family; `since` and `until` are ISO days; `state` is a status or `edited`.
    """

    document: int | None = None
    claimant: str = ""
    claimant_kind: str = ""
    event_type: str = ""
    outcome: str = ""
    stance: str = ""
    modality: str = ""
    place: str = ""
    country: str = ""
    since: str = ""
    until: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class DocumentsWanted:
    """Which documents of a list; empty fields let everything through. `since` and `until` are ISO days.

    `only` bounds the answer to some ids, `beside` leaves some out.
    """

    publisher: str = ""
    access: str = ""
    language: str = ""
    since: str = ""
    until: str = ""
    only: frozenset[str] | None = None
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document as a line of a list, without its text; how many claims it holds, and on how many nobody decided."""

    number: int
    id: str
    title: str | None
    publisher: str | None
    published: str | None
    access: str
    language: str | None
    words: int
    claims: int
    undecided: int


@dataclass(frozen=True, slots=True)
class Facets:
    """The publishers, kinds of access and languages of documents, each in alphabetical order."""

    publisher: tuple[str, ...]
    access: tuple[str, ...]
    language: tuple[str, ...]


class Waiting(NamedTuple):
    """A claim that waits for a decision; `weight` orders: doubt times consequence, conflicts before everything."""

    claim: str
    document: str
    incident: str | None
    doubt: float
    weight: float
    contested: bool
    conflict: bool
    status: ReviewStatus


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    """How far review has come: claims as read, those decided, those that wait, and documents that are finished."""

    claims: int
    accepted: int
    rejected: int
    edited: int
    waiting: int
    finished: int


@dataclass(frozen=True, slots=True)
class ActorLine:
    """An actor of a list: id (the words where not known), its names, in how many claims it is, how many it makes."""

    id: str
    names: tuple[str, ...]
    claims: int
    told: int

    @property
    def name(self) -> str:
        """The name that it is listed by."""
        return self.names[-1]

    def is_called(self, words: str) -> bool:
        """Tell whether one of its names holds all the words."""
        parts = words.casefold().split()
        return any(all(part in name.casefold() for part in parts) for name in self.names)


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place of a list: its name and country, and how many claims name it."""

    name: str
    country: str | None
    claims: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a case holds; superseded versions of documents are not counted."""

    documents: int
    relevant: int
    claims: int
    relations: int
    incidents: int
    contested: int
    rejected: int


@dataclass(frozen=True, slots=True)
class RunCounts:
    """What one run of `add` did with its documents."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0


class Surroundings(Protocol):
    """What grouping by parts asks of a case."""

    def sharing(self, keys: Sequence[int]) -> Iterable[str]:
        """Return the documents with a claim that has one of the keys."""
        ...

    def claims(self, document: str) -> Iterable[Claim]:
        """Return the claims of a document."""
        ...


@dataclass(frozen=True, slots=True)
class Run:
    """One use of a command that writes. `program` is its version; `finished` None: it was cut short or goes on."""

    number: int
    command: str
    program: str
    started: str
    finished: str | None
    counts: RunCounts


@dataclass(frozen=True, slots=True)
class RunDocument:
    """A document that a run stored; `version` above 1: another text of one that the case held."""

    number: int
    document: str
    title: str | None
    version: int
    superseded: bool
    claims: int


class Grouper(Protocol):
    """How claims become incidents. Must not depend on the order in which documents were added."""

    def edition(self) -> str:
        """Return what grouping depends on besides claims and ledger; where it is another, all is grouped anew."""
        ...

    def fingerprint(self, document: Document) -> bytes:
        """Return what near-duplicates of the text share."""
        ...

    def origins(self, fingerprints: Mapping[str, bytes]) -> Mapping[str, str]:
        """Map each document id to the id that stands for its root text."""
        ...

    def cluster(
        self, claims: Iterable[Claim], documents: Mapping[str, DocumentFacts], judgements: Sequence[Judgement]
    ) -> Sequence[Incident]:
        """Return claims judged to be about the same happening; ids are given by the ledger afterwards."""
        ...

    def keys(self, claims: Sequence[Claim], documents: Mapping[str, DocumentFacts]) -> Sequence[int]:
        """Return numbers such that claims of two documents are compared only when these have one in common."""
        ...

    def regroup(
        self,
        case: Surroundings,
        documents: Mapping[str, DocumentFacts],
        texts: Sequence[str],
        gone: Sequence[tuple[Claim, DocumentFacts]],
        judgements: Sequence[Judgement],
    ) -> tuple[Collection[str], Sequence[Incident]]:
        """Group anew what the new and changed documents `texts` touch, and claims that are `gone`.

        Return the ids of all claims that were grouped anew, and the incidents that they form: the very ones that
        `cluster` makes of all claims of the case. `gone` are claims as they were before, with their document then.
        """
        ...

    def summarise(
        self, incident: Incident, claims: Sequence[Claim], documents: Mapping[str, DocumentFacts]
    ) -> IncidentRecord:
        """Return what the incident looks like from its claims."""
        ...


class View(Protocol):
    """What a case can be asked. Documents that were replaced by a newer version are left out unless asked for."""

    @property
    def name(self) -> str:
        """The file or address of the case, for messages."""
        ...

    def counts(self) -> Counts:
        """Count what the case holds."""
        ...

    def documents(self) -> Iterator[StoredDocument]:
        """Yield the documents in the order of their ids."""
        ...

    def document(self, key: str) -> StoredDocument | None:
        """Return a document by id, or by its number in the case."""
        ...

    def document_id(self, number: int) -> str | None:
        """Return the id of the document with this number in the case."""
        ...

    def text(self, document: str) -> str:
        """Return the text of a document by id; empty where there is none."""
        ...

    def versions(self, document: str) -> list[StoredDocument]:
        """Return every version of a document, the newest last."""
        ...

    def claims(self, document: str | None = None, *, as_read: bool = False) -> Iterator[Claim]:
        """Yield claims by document id and position, of one document or of all, as they stand after review.

        `as_read` gives them as the program read them, whatever people decided.
        """
        ...

    def claim(self, claim: str, *, as_read: bool = False) -> Claim | None:
        """Return one claim as it stands after review; None when it was rejected. `as_read` as for `claims`."""
        ...

    def standing(self, claim: str) -> Claim | None:
        """Return one claim with what people changed, whether they rejected it or not."""
        ...

    def spots(self, document: str) -> list[Anchor]:
        """Return where the claims of a document stand as they were read, without reading them."""
        ...

    def decisions(self, document: str | None = None, *, blind_of: str | None = None) -> Decisions:
        """Return what people decided about claims: in the case, or on one document.

        With `blind_of`, only what that blind second coder decided.
        """
        ...

    def waiting(self, document: str | None = None, *, limit: int = -1) -> list[Waiting]:
        """Return the claims that wait for a decision, the heaviest first; a limit of -1 is none."""
        ...

    def review_counts(self) -> ReviewCounts:
        """Count on how many claims and documents people decided."""
        ...

    def document_count(self, wanted: DocumentsWanted) -> int:
        """Count the documents that fit."""
        ...

    def document_lines(self, wanted: DocumentsWanted, first: int = 0, limit: int = -1) -> list[DocumentLine]:
        """Return the documents that fit in the order of their ids, without their texts.

        `first` and `limit` cut a part out of them; a limit of -1 is none.
        """
        ...

    def document_facets(self) -> Facets:
        """Return what the documents of the case have to choose from."""
        ...

    def finished(self) -> frozenset[str]:
        """Return the documents of which a person said that their review is finished."""
        ...

    def documents_beside(self, document: str) -> tuple[int | None, int | None]:
        """Return the numbers of the documents before and behind one in the order of ids; None at either end."""
        ...

    def homes(self, claims: Sequence[str]) -> dict[str, str]:
        """Return the incident of each of these claims; claims of none are left out."""
        ...

    def relations(self, document: str | None = None) -> Iterator[tuple[str, Relation]]:
        """Yield relations with the id of their document."""
        ...

    def incidents(self) -> Iterator[IncidentRecord]:
        """Yield the incidents in the order of their ids."""
        ...

    def glances(self) -> Iterator[Glance]:
        """Yield the incidents at a glance, in the order of their ids: a hundredth of the work of `incidents`."""
        ...

    def incident(self, incident: str) -> IncidentRecord | None:
        """Return an incident; an id that was merged away leads to the one it went into."""
        ...

    def sketches(self, documents: Sequence[str]) -> dict[str, Sketch]:
        """Return what grouping needs to know about some documents, without their texts."""
        ...

    def neighbours(self, first: str, last: str, country: str | None, limit: int = 20) -> list[Neighbour]:
        """Return incidents that begin between two days (ISO), in a country or, with None, where none is known."""
        ...

    def state(self) -> tuple[int, int, int]:
        """Return counters that are other ones when anything in the case is: documents, incidents, the ledger."""
        ...

    def claim_count(self, wanted: ClaimsWanted) -> int:
        """Count the claims that fit as they stand."""
        ...

    def claim_keys(self, wanted: ClaimsWanted, first: int = 0, limit: int = -1) -> list[ClaimKey]:
        """Return the claims that fit as they stand, in the order of documents and texts.

        `first` and `limit` cut a part out of them; a limit of -1 is none.
        """
        ...

    def readings(self) -> int:
        """Return a counter that is another one whenever documents were read into the case, or read again."""
        ...

    def actor_lines(self, *, known: bool = True) -> list[ActorLine]:
        """Return who is named in claims, most claims first: actors with an id, or else those known by words alone."""
        ...

    def ties(self, actor: str) -> list[tuple[str, Relation]]:
        """Return the relations that an actor is an end of, with the ids of their documents."""
        ...

    def place_lines(self, words: str, limit: int = 50) -> list[PlaceLine]:
        """Return places of claims whose name holds all the words, most claims first."""
        ...

    def actor(self, actor: str) -> ActorSeen | None:
        """Return what the case says about an actor, by id or by name."""
        ...

    def search(self, query: str, limit: int = 20) -> list[Hit]:
        """Return documents whose title or text holds all words of the query, best first."""
        ...

    def rejected(self, document: str | None = None) -> Iterator[Rejected]:
        """Yield what gave no result, with reasons."""
        ...

    def judgements(self, *, in_force: bool = True) -> list[Judgement]:
        """Return what people decided: the judgements that still hold, or all of them."""
        ...

    def runs(self) -> list[Run]:
        """Return the runs that wrote into the case, the oldest first."""
        ...

    def run_documents(self, run: int) -> list[RunDocument]:
        """Return the documents that a run stored, in the order of their arrival."""
        ...

    def run_rejected(self, run: int) -> list[Rejected]:
        """Return the inputs that a run could not read, with reasons; one that an earlier run met stays with that."""
        ...


class Writer(Protocol):
    """What may be written by `add`."""

    def begin_run(self, command: str) -> int:
        """Note that a run starts and return its number."""
        ...

    def end_run(self, run: int, counts: RunCounts) -> None:
        """Note that a run came to its end."""
        ...

    def holds(self, document: str, sha256: str) -> bool:
        """Tell whether this version of the document is in the case already."""
        ...

    def add(self, found: Extraction, *, run: int | None = None, fingerprint: bytes | None = None) -> Outcome:
        """Store a document with all that was read out of it, whole or not at all."""
        ...

    def reread(self, found: Extraction, *, run: int | None = None) -> None:
        """Put a newer reading of a document that the case holds in place of the old one; decisions stay."""
        ...

    def reject(self, item: Rejected, *, run: int | None = None) -> None:
        """Keep an input that could not be read, with the reason."""
        ...

    def stale(self) -> bool:
        """Tell whether documents or judgements came in since the last grouping."""
        ...

    def regroup(self, grouper: Grouper, notify: Callable[[str], None] | None = None) -> int:
        """Compute all incidents anew from claims and ledger; return how many there are."""
        ...


class Ledger(Protocol):
    """The one place where people write. Entries are added, never changed; an undo is an entry too."""

    def judge(
        self,
        kind: JudgementKind,
        verdict: Verdict,
        left: str,
        right: str | None = None,
        *,
        who: str,
        why: str = "",
        before: str | None = None,
        after: str | None = None,
    ) -> Judgement:
        """Record a judgement on one claim, or on whether two claims tell of one incident."""
        ...

    def record(
        self, decisions: Sequence[Decision], *, who: str, seen: int | None = None, blind: bool = False
    ) -> list[Judgement]:
        """Record what a person decided in one gesture, whole or not at all.

        `seen` is the newest entry that the person had seen. Where a newer one stands on the same claims, both are
        kept: the new entries name it in `conflicts` and take no effect until the person decides again.
        """
        ...

    def undo(self, judgement: int, *, who: str, why: str = "") -> None:
        """Take a judgement back with all that was decided in the same gesture, or take an undo back."""
        ...

    def undoable(self, who: str | None = None) -> int | None:
        """Return the newest entry that still holds, of one person or of all; None when there is nothing to undo."""
        ...

    def redoable(self, who: str | None = None) -> int | None:
        """Return the newest undo after which nothing new was decided; None when there is nothing to redo."""
        ...

    def subject(self, entry: int) -> Judgement | None:
        """Return the judgement that an entry is, or that a chain of undoing leads to; None for no such entry."""
        ...

    def newest(self) -> int:
        """Return the id of the newest entry, 0 for an empty ledger: what a person who looks now has seen."""
        ...

    def judgements(self, *, in_force: bool = True) -> list[Judgement]:
        """Return the judgements that still hold, or all of them."""
        ...


class Store(View, Writer, Ledger, Protocol):
    """A case."""

    def close(self) -> None:
        """Let go of the case."""
        ...

    def __enter__(self) -> Store: ...

    def __exit__(self, *exc: object) -> None: ...
