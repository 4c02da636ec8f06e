"""What a case answers with: values of lists, looks and counts. No SQL, nothing of how they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from reportedly.model.claim import Slot
from reportedly.model.document import Document
from reportedly.model.incident import Status
from reportedly.model.place import PlacePrecision
from reportedly.model.when import Basis, WhenPrecision
from reportedly.store.decided import ReviewStatus

Outcome = Literal["added", "updated", "unchanged"]


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


class UnknownName(NamedTuple):
    """A name in claims of which nothing is known: how often it stands there, and in which claim for example."""

    table: Literal["actors", "places"]
    name: str
    times: int
    claim: str


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
    """Return the day with which a column begins, None where there is none or it is no full date."""
    try:
        return date.fromisoformat(text[:10]) if text else None
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
