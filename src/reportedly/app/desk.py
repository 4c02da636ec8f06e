"""What every page needs: the case, who sits at the desk, and the rooms that the command line hands in."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from reportedly.exports.options import Options
from reportedly.model.rejected import Rejected
from reportedly.review import Coder
from reportedly.store import SqliteStore, open_store
from reportedly.store.base import Grouper, RunCounts

if TYPE_CHECKING:
    from reportedly.contract import PreviewJson
    from reportedly.model.document import Document


# Grouping starts so long after the last decision: a coder at work decides every few seconds.
QUIET_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Added:
    """What became of documents that were sent: counts, and those that could not be read with the reason."""

    counts: RunCounts
    refused: tuple[Rejected, ...]


@dataclass(frozen=True, slots=True)
class Rooms:
    """What the desk may not import itself: how incidents are grouped, how a preview is made, how texts are read.

    `add` reads files into the case; `reread` reads documents (None: all) again with the case's own knowledge;
    `event_types` are the ontology's keys.
    """

    grouper: Callable[[], Grouper]
    reread: Callable[[SqliteStore, Sequence[str] | None], Sequence[str]] = lambda store, documents: ()
    add: Callable[[SqliteStore, Sequence[Path]], Added] | None = None
    preview: Callable[[Document], PreviewJson] | None = None
    event_types: Callable[[], dict[str, EventType]] = dict


@dataclass(frozen=True, slots=True)
class EventType:
    """A key of the ontology as pages need it: its plain words, and whether it is violence."""

    label: str
    violent: bool


@dataclass(slots=True)
class Desk:
    """One case on a desk. Connections are opened for each request; grouping goes on in the background."""

    case: str
    who: str
    rooms: Rooms
    options: Options = field(default_factory=Options)
    patience: float = 10.0
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    hosts: frozenset[str] = frozenset({"127.0.0.1", "localhost", "[::1]", "testserver"})
    _grouping: threading.Lock = field(default_factory=threading.Lock)
    _grouper: Grouper | None = None
    _waiting: threading.Lock = field(default_factory=threading.Lock)
    _timer: threading.Timer | None = None

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
        with self._grouping, self.writing() as store:
            if not store.stale():
                return store.counts().incidents
            if self._grouper is None:
                self._grouper = self.rooms.grouper()
            return store.regroup(self._grouper)

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
            self._timer = threading.Timer(QUIET_SECONDS, self.group)
            self._timer.daemon = True
            self._timer.start()
