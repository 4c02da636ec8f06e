"""What the engines map: read one document, so that no document can stop the others."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, cast

from reportedly.contract import dumps, extract_line
from reportedly.errors import ReportedlyError
from reportedly.model.document import Document
from reportedly.model.extraction import Extraction
from reportedly.model.rejected import Rejected
from reportedly.settings import Settings


class Reader(Protocol):
    """Reads one document; pure and deterministic."""

    def extract(self, document: Document, *, books: Sequence[str] = (), mentions: bool = False) -> Extraction:
        """Return everything read out of the document, coded by the books named."""
        ...


LoadReader = Callable[[Settings], Reader]


def load_reader(settings: Settings) -> Reader:
    """Load the shipped reader: parser, knowledge, all rooms."""
    # Imported where it is used: the parser takes a second, and `reportedly --help` must not wait for it.
    pipeline = importlib.import_module("reportedly.pipeline")
    return cast(Reader, pipeline.load_reader(settings))


@dataclass(frozen=True, slots=True)
class ReadJob:
    """Makes the function that turns a document into its extraction."""

    settings: Settings
    load: LoadReader = load_reader
    debug: bool = False
    books: tuple[str, ...] = ()
    mentions: bool = False

    def __call__(self) -> Callable[[Document | Rejected], Extraction | Rejected]:
        """Load the reader and return the function."""
        reader = self.load(self.settings)
        return lambda item: item if isinstance(item, Rejected) else self._read(reader, item)

    def _read(self, reader: Reader, document: Document) -> Extraction | Rejected:
        try:
            return reader.extract(document, books=self.books, mentions=self.mentions)
        except (ReportedlyError, MemoryError):
            raise
        except Exception as error:
            if self.debug:
                raise
            reason = f"the reader failed on it ({type(error).__name__}: {error}); please report it"
            return Rejected(where=document.id, reason=reason, fatal=True)


@dataclass(frozen=True, slots=True)
class Line:
    """One document's line of output, with what progress and messages need to know about it."""

    document: str
    text: str


@dataclass(frozen=True, slots=True)
class LineJob:
    """Makes the function that turns a document into its line of output."""

    read: ReadJob
    books: tuple[str, ...] = ()
    mentions: bool = False
    with_text: bool = False

    def __call__(self) -> Callable[[Document | Rejected], Line | Rejected]:
        """Load the reader and return the function."""
        read = replace(self.read, books=self.books, mentions=self.mentions)()
        return lambda item: self._line(read(item))

    def _line(self, found: Extraction | Rejected) -> Line | Rejected:
        if isinstance(found, Rejected):
            return found
        line = extract_line(found, books=self.books, mentions=self.mentions, with_text=self.with_text)
        return Line(found.document.id, dumps(line))
