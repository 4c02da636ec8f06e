"""What every page needs: the case, who sits at the desk, and the rooms that the command line hands in."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from reportedly.app.keys import Act, keys_of
from reportedly.app.why import Why
from reportedly.errors import ReportedlyError
from reportedly.exports.options import Options
from reportedly.exports.words import type_words
from reportedly.model.facts import DocumentFacts
from reportedly.model.rejected import Rejected
from reportedly.network import Network, Scope, build
from reportedly.review import Coder
from reportedly.store import SqliteStore, open_store
from reportedly.store.answers import Neighbour, RunCounts, day_of
from reportedly.store.grouper import Grouper

if TYPE_CHECKING:
    from reportedly.contract import PreviewJson
    from reportedly.knowledge.load import Knowledge
    from reportedly.model.claim import Claim
    from reportedly.model.document import Document
    from reportedly.model.incident import Comparison, IncidentRecord

# Grouping starts so long after the last decision: a coder at work decides every few seconds.
QUIET_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Added:
    """What became of documents that were sent: counts, and those that could not be read with the reason."""

    counts: RunCounts
    refused: tuple[Rejected, ...]


Made = TypeVar("Made")
# Networks of one state of the case that are kept.
KEPT = 8
# Incidents so many days apart are offered as perhaps the same.
NEAR_DAYS = 3


@dataclass(frozen=True, slots=True)
class BookCover:
    """What pages need to know of a codebook: the columns in file order, and the sentence behind each rule.

    `nested` books are no tables: their rows hold lists and objects.
    """

    name: str
    title: str
    version: str
    columns: tuple[str, ...]
    rules: Mapping[str, str]
    nested: bool = False


@dataclass(frozen=True, slots=True)
class Coded:
    """Rows of one book with their `_claims`, `_confidence` and `_trace`; warnings as incident and words."""

    rows: tuple[Mapping[str, Any], ...] = ()
    warnings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """What one book says about one aspect, and by which rule."""

    value: str
    rule: str
    because: str


@dataclass(frozen=True, slots=True)
class Aspect:
    """One aspect of an incident under several books; one that says nothing is missing. `why` says why they differ."""

    what: str
    cells: Mapping[str, Beside]
    differs: bool
    why: str


# From an incident, its claims and documents by id to what all books say of it, side by side.
SideBySide = Callable[["IncidentRecord", "Sequence[Claim]", "Mapping[str, Document]"], "Sequence[Aspect]"]
# From an incident's claims and their documents to how they stand to each other.
Relate = Callable[["Sequence[Claim]", Mapping[str, DocumentFacts]], "Sequence[Comparison]"]
# From a claim and the documents to the day since which it can be known.
KnownSince = Callable[["Claim", Mapping[str, DocumentFacts]], "date | None"]
# From a book's name, incidents, their claims and documents by id to the rows of the book.
Code = Callable[[str, "Sequence[IncidentRecord]", "Sequence[Claim]", "Mapping[str, Document]"], Coded]

# From the case, an incident and what groups claims to why its claims belong together.
Reasoned = Callable[[SqliteStore, "IncidentRecord", Grouper], Why]


def no_rows(book: str, records: object, claims: object, documents: object) -> Coded:
    """Stand in where no codebook is at hand."""
    return Coded()


@dataclass(frozen=True, slots=True)
class Rooms:
    """What the desk may not import itself: how incidents are grouped, how a preview is made, how texts are read.

    `add` reads files into the case; `reread` reads documents (None: all) again with the case's own knowledge;
    `event_types` are the ontology's keys, `lands` the names of countries by their letters; `identity` says what is
    known about an actor by its id, what the case was taught included; `knowledge` is all that the program knows, for
    what forms suggest; `why` says why the claims of an incident belong together;
    `relations` says how an incident's claims stand to each other, `known_since` since when one can be known;
    `books` are the codebooks by name, `code` writes rows as one would, `beside` lays what all say side by side.
    """

    grouper: Callable[[], Grouper]
    reread: Callable[[SqliteStore, Sequence[str] | None], Sequence[str]] = lambda store, documents: ()
    add: Callable[[SqliteStore, Sequence[Path]], Added] | None = None
    preview: Callable[[Document], PreviewJson] | None = None
    event_types: Callable[[], dict[str, EventType]] = dict
    lands: Callable[[], Mapping[str, str]] = dict
    identity: Callable[[str], KnownActor | None] = lambda actor: None
    relations: Relate = lambda claims, facts: ()
    known_since: KnownSince = lambda claim, facts: None
    knowledge: Callable[[], Knowledge | None] = lambda: None
    why: Reasoned = lambda store, record, grouper: Why()
    books: Callable[[], Mapping[str, BookCover]] = dict
    code: Code = no_rows
    beside: SideBySide = lambda record, claims, documents: ()


@dataclass(frozen=True, slots=True)
class DatedName:
    """A name that an actor bore; `since` and `until` are ISO dates or years, empty where not known."""

    name: str
    since: str
    until: str
    relation: str


@dataclass(frozen=True, slots=True)
class KnownActor:
    """What is known about an actor whatever the case says, and where that comes from."""

    actor_id: str
    name: str
    kind: str
    countries: tuple[str, ...]
    acronyms: tuple[str, ...]
    names: tuple[DatedName, ...]
    parent: str | None
    source: str


@dataclass(frozen=True, slots=True)
class EventType:
    """A key of the ontology as pages need it: its plain words, and whether it is violence."""

    label: str
    violent: bool


@dataclass(slots=True)
class Desk:
    """One case on a desk. Connections are opened for each request; grouping goes on in the background.

    `token` lets pages of this run write; `run` is what a second start knows it by; `keys` are the
    review screen's.
    """

    case: str
    who: str
    rooms: Rooms
    options: Options = field(default_factory=Options)
    patience: float = 10.0
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    run: str = ""
    keys: Mapping[str, Act] = field(default_factory=keys_of)
    hosts: frozenset[str] = frozenset({"127.0.0.1", "localhost", "[::1]", "testserver"})
    _grouping: threading.Lock = field(default_factory=threading.Lock)
    _grouper: Grouper | None = None
    _waiting: threading.Lock = field(default_factory=threading.Lock)
    _timer: threading.Timer | None = None
    _known: dict[str, tuple[object, Any]] = field(default_factory=dict)
    _building: threading.Lock = field(default_factory=threading.Lock)
    _networks: dict[object, Network] = field(default_factory=dict)

    @contextmanager
    def view(self) -> Iterator[SqliteStore]:
        """Open the case to read it."""
        with open_store(self.case, patience=self.patience) as store:
            yield store

    @contextmanager
    def writing(self) -> Iterator[SqliteStore]:
        """Open the case to write a decision."""
        with open_store(self.case, write=True, patience=self.patience) as store:
            yield store

    def coder(self, who: str | None = None, seen: int | None = None, *, blind: bool = False) -> Coder:
        """Return who decides: whoever sits here unless another name is given."""
        return Coder((who or self.who).strip() or self.who, seen, blind)

    def group(self) -> int:
        """Bring the incidents up to date with what was decided; return how many there are.

        One at a time: who comes second finds the work done.
        """
        with self._grouping:
            grouper = self.grouper()  # loaded before the case is opened: nobody's decision waits for it
            with self.writing() as store:
                return store.regroup(grouper) if store.stale() else store.counts().incidents

    def read_again(self, documents: Sequence[str] | None = None) -> int:
        """Read documents again with what the case has learned, group, and return how many were read."""
        with self._grouping:
            self._grouper = None  # it may know too little now
            with self.writing() as store:
                done = len(self.rooms.reread(store, documents))
        self.group()
        return done

    def group_soon(self) -> None:
        """Group in the background once nothing was decided for a moment, so that a decision answers at once."""
        with self._waiting:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = threading.Timer(QUIET_SECONDS, self._catch_up)
            self._timer.daemon = True
            self._timer.start()

    def _catch_up(self) -> None:
        self.group()
        self.prepare()

    def prepare(self) -> None:
        """Make what pages would else wait for when they are first asked for: books, and the ties of a large case."""
        self.rooms.books()
        with suppress(ReportedlyError), self.view() as view:  # a case that fails says so on its pages
            self.network(view, Scope())

    def network(self, view: SqliteStore, scope: Scope) -> Network:
        """Return the network of a part of the case, built once for each state of it; one at a time."""
        key = view.state(), scope
        with self._building:
            if key not in self._networks:
                while len(self._networks) >= KEPT:
                    self._networks.pop(next(iter(self._networks)))
                self._networks[key] = build(view, self.options.identities(), scope)
            return self._networks[key]

    def remember(self, name: str, state: object, make: Callable[[], Made]) -> Made:
        """Return what was made for this state of the case, or make it; of each name the newest is kept."""
        held = self._known.get(name)
        if held is None or held[0] != state:
            held = self._known[name] = state, make()
        made: Made = held[1]
        return made

    def grouper(self) -> Grouper:
        """Return how claims become incidents and incidents become records; loaded when it is first asked for."""
        if self._grouper is None:
            self._grouper = self.rooms.grouper()
        return self._grouper

    def label(self, event_type: str) -> str:
        """Return the plain words for an event type; where the ontology has none, its key as it can be read."""
        known = self.rooms.event_types().get(event_type)
        return known.label if known is not None else type_words(event_type)

    def facts(self, view: SqliteStore, documents: Sequence[str]) -> dict[str, DocumentFacts]:
        """Return what records need to know about documents; of those that share a text, the first stands for it."""
        sketches = view.sketches(documents)
        origins = self.grouper().origins({key: one.fingerprint or b"" for key, one in sketches.items()})
        return {
            key: DocumentFacts(key, origins.get(key, key), day_of(one.published), one.publisher, one.language)
            for key, one in sketches.items()
        }

    def near(self, view: SqliteStore, record: IncidentRecord) -> list[Neighbour]:
        """Return other incidents of the same days and country: perhaps the same happening."""
        first = record.when.earliest if record.when else None
        if first is None:
            return []
        since, until = ((first + timedelta(days=by)).isoformat() for by in (-NEAR_DAYS, NEAR_DAYS))
        found = view.neighbours(since, until, record.place.country if record.place else None)
        return [one for one in found if one.id != record.id]
