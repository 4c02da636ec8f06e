"""Room 8's seams: what a case holds (Holdings) and can be asked (View), what may be written (Writer), and the Ledger.

Exports get Holdings, pages a View; neither can write. Every store implements all three; SQL stays behind them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Protocol

from reportedly.model.claim import Claim
from reportedly.model.extraction import Extraction
from reportedly.model.gist import ClaimGist, IncidentGist
from reportedly.model.incident import IncidentRecord
from reportedly.model.judgement import Anchor, Decision, Judgement, JudgementKind, Verdict
from reportedly.model.rejected import Rejected
from reportedly.model.relation import Relation
from reportedly.store.answers import (
    ActorLine,
    ActorSeen,
    ClaimKey,
    ClaimsWanted,
    Counts,
    DocumentLine,
    DocumentsWanted,
    Facets,
    Glance,
    Hit,
    Neighbour,
    Outcome,
    PlaceLine,
    ReviewCounts,
    Run,
    RunCounts,
    RunDocument,
    Sketch,
    StoredDocument,
    UnknownName,
    Waiting,
)
from reportedly.store.decided import Decisions
from reportedly.store.grouper import Grouper


class Holdings(Protocol):
    """What a case holds, for whoever writes it out. Documents that were replaced by a newer version are left out."""

    @property
    def name(self) -> str:
        """The file or address of the case, for messages."""
        ...

    def counts(self) -> Counts:
        """Count what the case holds."""
        ...

    def published(self) -> dict[str, date | None]:
        """Return the day on which each document came out, None where there is no full date."""
        ...

    def documents(self) -> Iterator[StoredDocument]:
        """Yield the documents in the order of their ids."""
        ...

    def document(self, key: str) -> StoredDocument | None:
        """Return a document by id, or by its number in the case."""
        ...

    def claims(self, document: str | None = None, *, as_read: bool = False) -> Iterator[Claim]:
        """Yield claims by document id and position, of one document or of all, as they stand after review.

        `as_read` gives them as the program read them, whatever people decided.
        """
        ...

    def claim(self, claim: str, *, as_read: bool = False) -> Claim | None:
        """Return one claim as it stands after review; None when it was rejected. `as_read` as for `claims`."""
        ...

    def spots(self, document: str) -> list[Anchor]:
        """Return where the claims of a document stand as they were read, without reading them."""
        ...

    def decisions(self, document: str | None = None, *, blind_of: str | None = None) -> Decisions:
        """Return what people decided about claims: in the case, or on one document.

        With `blind_of`, only what that blind second coder decided.
        """
        ...

    def judgements(self, *, in_force: bool = True) -> list[Judgement]:
        """Return what people decided: the judgements that still hold, or all of them."""
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

    def claim_gists(self) -> Iterator[ClaimGist]:
        """Yield the gist of every claim as it stands after review, in no order: a hundredth of the work of `claims`."""
        ...

    def incident_gists(self) -> Iterator[IncidentGist]:
        """Yield the gist of every incident, in the order of their ids."""
        ...

    def incident(self, incident: str) -> IncidentRecord | None:
        """Return an incident; an id that was merged away leads to the one it went into."""
        ...

    def actor(self, actor: str) -> ActorSeen | None:
        """Return what the case says about an actor, by id or by name."""
        ...

    def rejected(self, document: str | None = None) -> Iterator[Rejected]:
        """Yield what gave no result, with reasons."""
        ...

    def runs(self) -> list[Run]:
        """Return the runs that wrote into the case, the oldest first."""
        ...


class View(Holdings, Protocol):
    """What a case can be asked: what it holds, and lists and looks at it for pages."""

    def document_id(self, number: int) -> str | None:
        """Return the id of the document with this number in the case."""
        ...

    def text(self, document: str) -> str:
        """Return the text of a document by id; empty where there is none."""
        ...

    def versions(self, document: str) -> list[StoredDocument]:
        """Return every version of a document, the newest last."""
        ...

    def standing(self, claim: str) -> Claim | None:
        """Return one claim with what people changed, whether they rejected it or not."""
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
        """Return the documents that fit, the first published first, then by title; those of no day last; without texts.

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
        """Return the numbers of the documents before and behind one in the order of the list; None at either end."""
        ...

    def homes(self, claims: Sequence[str]) -> dict[str, str]:
        """Return the incident of each of these claims; claims of none are left out."""
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
        """Return a counter that is another one whenever documents are read, or people change who is named in claims."""
        ...

    def actor_lines(self, *, known: bool = True) -> list[ActorLine]:
        """Return who is named in claims, most claims first: actors with an id, or else those known by words alone."""
        ...

    def unknown_names(self) -> list[UnknownName]:
        """Return names in claims of which nothing is known, of actors and of places, the most used first."""
        ...

    def ties(self, actor: str) -> list[tuple[str, Relation]]:
        """Return the relations that an actor is an end of, with the ids of their documents."""
        ...

    def place_lines(self, words: str, limit: int = 50) -> list[PlaceLine]:
        """Return places of claims whose name holds all the words, most claims first."""
        ...

    def search(self, query: str, limit: int = 20) -> list[Hit]:
        """Return documents whose title or text holds all words of the query, best first."""
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
