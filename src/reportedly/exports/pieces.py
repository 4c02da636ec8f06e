"""A finished file as chunks of bytes, for formats that can only be written as a whole file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

PIECE = 1 << 16


def pieces(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file piece by piece."""
    with path.open("rb") as made:
        while piece := made.read(PIECE):
            yield piece
