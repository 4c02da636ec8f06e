"""Room 10: files out. Door: `write(view, name, out) -> Receipt`. Exports read a Holdings and cannot write it.

One file a format; each says its TITLE, MEDIA type, what it LEAVES_OUT and which options it TAKES, and yields text or,
where the format is no text, bytes.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from reportedly.errors import UsageError
from reportedly.exports.options import Options
from reportedly.exports.public import PublicView
from reportedly.store.base import Holdings

# One module each, imported when it is asked for: the report's templates take a tenth of a second.
FORMATS = (
    *("jsonl", "csv", "geojson", "gexf", "graphml", "parquet", "sqlite", "ftm", "claimreview", "hapi"),
    *("html", "documents"),
)
# Formats that are no text: not for a terminal.
BINARY = frozenset({"parquet", "sqlite"})


@dataclass(frozen=True, slots=True)
class Format:
    """What an export is, and how it is written."""

    name: str
    title: str
    media: str
    leaves_out: str
    takes: frozenset[str]
    chunks: Callable[[Holdings, Options], Iterator[str] | Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was written."""

    format: str
    size: int


def find_format(name: str) -> Format:
    """Return the format of this name, or say which there are."""
    if name not in FORMATS:
        raise UsageError(f"unknown format `{name}`", where="--format", hint=f"formats: {', '.join(FORMATS)}")
    module = importlib.import_module(f"reportedly.exports.{name}")
    return Format(name, module.TITLE, module.MEDIA, module.LEAVES_OUT, module.TAKES, module.chunks)


def write(view: Holdings, name: str, out: BinaryIO, options: Options | None = None) -> Receipt:
    """Write a case in this format, text as UTF-8. A public export sees only what may be given away."""
    size = 0
    chosen = options or Options()
    seen = PublicView(view, chosen) if chosen.public else view
    for chunk in find_format(name).chunks(seen, chosen):
        data = chunk.encode("utf-8", "replace") if isinstance(chunk, str) else chunk
        out.write(data)
        size += len(data)
    return Receipt(name, size)
