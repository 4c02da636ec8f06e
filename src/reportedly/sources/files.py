"""Room 1, sources: files, folders and standard input, each given to the reader of its kind.

Folders are read in the order of their relative paths. A file that cannot be read is rejected and the rest goes on.
"""

from __future__ import annotations

import gzip
import io
import os
import stat
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import astuple, replace
from pathlib import Path
from typing import BinaryIO, cast

from reportedly.model.capture import Capture
from reportedly.model.ids import content_id
from reportedly.model.rejected import Rejected
from reportedly.sources.archive import read_wacz, read_warc
from reportedly.sources.feed import read_feed, read_json
from reportedly.sources.jsonl import read_jsonl
from reportedly.sources.limits import MAX_BYTES, read_whole, skipped, too_long, unreadable
from reportedly.sources.mail import read_mail
from reportedly.sources.sniff import guess_kind
from reportedly.sources.table import read_table

Reader = Callable[[BinaryIO, str, str], Iterator[Capture | Rejected]]

KINDS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".warc": "warc",
    ".wacz": "wacz",
    ".eml": "mail",
    ".csv": "table",
    ".tsv": "table",
}
"""Suffix to kind. Any of them may carry a further `.gz`."""

_READERS: dict[str, Reader] = {
    "jsonl": read_jsonl,
    "json": read_json,
    "feed": read_feed,
    "warc": read_warc,
    "wacz": read_wacz,
    "mail": read_mail,
    "table": read_table,
}
_EXPECTED = "expected one of .txt .md .html .pdf .jsonl .json .xml .warc .wacz .eml .csv, or these with .gz"
_SEEK_KINDS = frozenset({"wacz"})
_UNNAMED = "\0stdin"
"""What a document of standard input is called until its content names it: no id that a line gives starts so."""


def read(spec: str | Path, *, stdin: BinaryIO | None = None) -> Iterator[Capture | Rejected]:
    """Yield what one argument holds: a file, a folder, or `-` for standard input. Never raises for bad input.

    `stdin` stands in for the process's own standard input.
    """
    if str(spec) == "-":
        yield from _read_stdin(stdin)
        return
    path = Path(spec)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        yield unreadable(str(spec), f"cannot be opened ({_why(error)}); a file, a folder or - was expected")
        return
    if stat.S_ISDIR(mode):
        yield from _read_folder(path)
    else:
        yield from _read_file(path, path.name, str(path), regular=stat.S_ISREG(mode))


def _why(error: Exception) -> str:
    """Return the reason of an error without path or number."""
    return str(getattr(error, "strerror", None) or error or type(error).__name__)


def _read_folder(folder: Path) -> Iterator[Capture | Rejected]:
    """Yield the documents of all files below a folder in path order; hidden files and folders are left out."""
    problems: list[OSError] = []
    links: list[Path] = []
    names: list[str] = []
    for parent, folders, files in os.walk(folder, onerror=problems.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links += [Path(parent) / name for name in folders if (Path(parent) / name).is_symlink()]
        names += [(Path(parent) / name).relative_to(folder).as_posix() for name in files if not name.startswith(".")]
    for problem in problems:
        yield unreadable(str(problem.filename), f"folder cannot be listed ({_why(problem)})")
    for link in sorted(links):
        yield skipped(str(link), "a link to a folder, left out; give its target as an argument of its own")
    if not names and not problems:
        yield skipped(str(folder), "the folder holds no files")
    for name in sorted(names):
        yield from _read_member(folder / name, name)


def _read_member(path: Path, name: str) -> Iterator[Capture | Rejected]:
    """Yield the documents of one file of a folder."""
    if kind_of(name) is None:
        yield skipped(str(path), f"unsupported kind of file, left out; {_EXPECTED}")
        return
    try:
        regular = stat.S_ISREG(path.stat().st_mode)
    except OSError as error:
        yield unreadable(str(path), f"cannot be opened ({_why(error)})")
        return
    if not regular:
        yield skipped(str(path), "not a regular file, left out")
        return
    yield from _read_file(path, name, str(path), regular=True)


def kind_of(name: str) -> str | None:
    """Return the kind that a file name stands for, None when it stands for none.

    >>> kind_of("feed/2024.JSONL.gz"), kind_of("photo.jpg")
    ('jsonl', None)
    """
    low = name.lower().removesuffix(".gz")
    return next((kind for suffix, kind in KINDS.items() if low.endswith(suffix)), None)


def _read_file(path: Path, name: str, origin: str, *, regular: bool) -> Iterator[Capture | Rejected]:
    """Yield the documents of one file; whatever breaks on the way becomes a rejection after what was delivered."""
    kind = kind_of(name)
    if kind is None and regular and path.suffix not in ("", ".gz"):
        yield unreadable(origin, f"unsupported kind of file; {_EXPECTED}")
        return
    try:
        with path.open("rb") as raw:
            if kind is None:
                yield from _read_unknown(raw, name, origin)
            elif regular and not name.lower().endswith(".gz") and _over_limit(raw, kind):
                yield too_long(origin)
            else:
                yield from _read_stream(kind, _unpacked(raw, name), name, origin)
    except OSError as error:
        yield unreadable(origin, f"cannot be read ({_why(error)})")


def _over_limit(raw: BinaryIO, kind: str) -> bool:
    """Tell whether a file that holds one document is too large, before it is read."""
    return kind not in ("jsonl", "warc", "wacz", "table") and os.fstat(raw.fileno()).st_size > MAX_BYTES


def _unpacked(raw: BinaryIO, name: str) -> BinaryIO:
    """Return the stream, decompressed when its name ends in .gz (archives decompress themselves)."""
    low = name.lower()
    if low.endswith(".gz") and not low.endswith(".warc.gz"):
        return cast(BinaryIO, gzip.GzipFile(fileobj=raw))
    return raw


def _read_stream(kind: str, stream: BinaryIO, name: str, origin: str) -> Iterator[Capture | Rejected]:
    """Yield the documents of a stream of known kind."""
    try:
        if kind in _READERS:
            yield from _READERS[kind](stream, name, origin)
        else:
            yield _one_document(stream, kind, name, origin)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield unreadable(origin, f"compressed data broken or cut off ({_why(error)}); documents before it were read")


def _one_document(stream: BinaryIO, media: str, name: str, origin: str) -> Capture | Rejected:
    data = read_whole(stream, origin)
    if isinstance(data, Rejected):
        return data
    if not data.strip():
        return unreadable(origin, "empty; there is nothing to read")
    return Capture(id=name, origin=origin, media=media, content=data)


def _read_stdin(stdin: BinaryIO | None) -> Iterator[Capture | Rejected]:
    """Yield the documents of standard input, whose kind is guessed from its first bytes."""
    stream = stdin or getattr(sys.stdin, "buffer", None)
    if stream is None:
        yield unreadable("standard input", "nothing is connected to it; give a file or pipe text in")
        return
    try:
        for item in _read_unknown(stream, _UNNAMED, "standard input"):
            yield _named(item) if isinstance(item, Capture) and item.id.startswith(_UNNAMED) else item
    except OSError as error:
        yield unreadable("standard input", f"cannot be read ({_why(error)})")


def _named(capture: Capture) -> Capture:
    """Name a document of a stream by its content: a pipe has no path, and the next one's first line is another text."""
    return replace(capture, id=content_id("stdin", capture.content, astuple(capture.meta)))


def _read_unknown(raw: BinaryIO, name: str, origin: str) -> Iterator[Capture | Rejected]:
    """Yield the documents of a stream whose kind only its first bytes tell."""
    head = _first_bytes(raw)
    stream = _chained(head, raw)
    if head[:2] == b"\x1f\x8b":
        unpacked = gzip.GzipFile(fileobj=stream)
        try:
            head = _first_bytes(cast(BinaryIO, unpacked))
        except (EOFError, zlib.error, OSError) as error:
            yield unreadable(origin, f"compressed data broken or cut off ({_why(error)})")
            return
        stream = _chained(head, cast(BinaryIO, unpacked))
    kind = guess_kind(head)
    if kind in _SEEK_KINDS:
        data = read_whole(stream, origin)
        if isinstance(data, Rejected):
            yield data
            return
        stream = io.BytesIO(data)
    yield from _read_stream(kind, stream, name, origin)


def _first_bytes(raw: BinaryIO, size: int = 1 << 16) -> bytes:
    """Read up to `size` bytes, waiting for a slow pipe."""
    head = b""
    while len(head) < size and (chunk := raw.read(size - len(head))):
        head += chunk
    return head


def _chained(head: bytes, rest: BinaryIO) -> BinaryIO:
    """Return a stream that gives the head again before the rest."""
    return cast(BinaryIO, io.BufferedReader(_Chain(head, rest), buffer_size=1 << 16))


class _Chain(io.RawIOBase):
    """Bytes already read, then the stream that they came from."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._head[: len(buffer)] or self._rest.read(len(buffer)) or b""
        self._head = self._head[len(data) :] if self._head else b""
        buffer[: len(data)] = data
        return len(data)
