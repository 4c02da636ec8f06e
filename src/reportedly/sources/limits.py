"""Room 1, sources: the limits that keep one hostile input from taking the process down, and how a breach is told."""

from __future__ import annotations

from typing import BinaryIO

from reportedly.model.rejected import Rejected

MAX_BYTES = 50 * 1024 * 1024
"""Largest single document: one file, JSON line, archive record, table field or mail (about eight million words)."""

MAX_ENTRIES = 100_000
"""Most entries that one feed, JSON array or zip container may hold; JSONL, CSV and WARC stream without a limit."""


def unreadable(where: str, reason: str) -> Rejected:
    """Return the rejection of an input that could not be read at all."""
    return Rejected(where=where, reason=reason, fatal=True)


def skipped(where: str, reason: str) -> Rejected:
    """Return the note on something that was left out by design."""
    return Rejected(where=where, reason=reason, fatal=False)


def too_long(where: str) -> Rejected:
    """Return the rejection of a document over the size limit."""
    return unreadable(where, f"larger than {MAX_BYTES // 1024**2} MB, the limit for one document; split it")


def read_whole(stream: BinaryIO, where: str) -> bytes | Rejected:
    """Read a stream that holds one document; a stream over the limit is rejected without being held in memory."""
    chunks: list[bytes] = []
    size = 0
    while chunk := stream.read(1 << 20):
        size += len(chunk)
        if size > MAX_BYTES:
            return too_long(where)
        chunks.append(chunk)
    return b"".join(chunks)
