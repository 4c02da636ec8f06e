"""The run behind `add`: leave out what the case holds, read the rest, store it, group it.

Which rooms read and group is handed in, so the store knows neither of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from reportedly.model.document import Document
from reportedly.model.extraction import Extraction
from reportedly.model.rejected import Rejected
from reportedly.store.answers import Outcome, RunCounts
from reportedly.store.base import Writer
from reportedly.store.grouper import Grouper

Items = Iterable[Document | Rejected]
Extract = Callable[[Items], Iterator[Extraction | Rejected]]


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who is told while a run goes on: of each document, of each rejected input, of each longer step."""

    stored: Callable[[str, Outcome], None] = lambda document, outcome: None
    rejected: Callable[[Rejected], None] = lambda item: None
    step: Callable[[str], None] = lambda text: None


@dataclass(slots=True)
class _Tally:
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0

    def counts(self) -> RunCounts:
        return RunCounts(self.added, self.updated, self.unchanged, self.rejected)


@dataclass(frozen=True, slots=True)
class AddRun:
    """One run of `add` on a case. A killed run leaves whole documents only; running again does the rest."""

    store: Writer
    extract: Extract
    grouper: Grouper
    command: str = "add"
    watcher: Watcher = field(default_factory=Watcher)

    def run(self, documents: Items) -> RunCounts:
        """Add the documents and group; return what became of them."""
        number = self.store.begin_run(self.command)
        tally = _Tally()
        for item in self.extract(self._fresh(documents, tally)):
            if isinstance(item, Rejected):
                self._reject(item, tally, number)
            else:
                self._store(item, tally, number)
        if self.store.stale():
            self.store.regroup(self.grouper, self.watcher.step)
        self.store.end_run(number, tally.counts())
        return tally.counts()

    def _fresh(self, documents: Items, tally: _Tally) -> Iterator[Document | Rejected]:
        """Yield what the case does not hold, so that a run that was cut short goes on where it stopped."""
        for item in documents:
            if isinstance(item, Document) and self.store.holds(item.id, item.sha256):
                tally.unchanged += 1
                self.watcher.stored(item.id, "unchanged")
            else:
                yield item

    def _store(self, found: Extraction, tally: _Tally, number: int) -> None:
        fingerprint = self.grouper.fingerprint(found.document)
        outcome = self.store.add(found, run=number, fingerprint=fingerprint)
        setattr(tally, outcome, getattr(tally, outcome) + 1)
        self.watcher.stored(found.document.id, outcome)

    def _reject(self, item: Rejected, tally: _Tally, number: int) -> None:
        tally.rejected += item.fatal
        self.store.reject(item, run=number)
        self.watcher.rejected(item)
