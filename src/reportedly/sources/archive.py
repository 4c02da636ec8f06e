"""Room 1, sources: web archives, WARC (plain or compressed) and WACZ, record by record in bounded memory.

Only successful responses with text are documents; the others are counted. An archive that breaks off gives what
stands before the break, then a rejection.
"""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from reportedly.model.capture import Capture, CaptureMeta
from reportedly.model.rejected import Rejected
from reportedly.sources.limits import MAX_BYTES, MAX_ENTRIES, skipped, too_long, unreadable

_MEDIA = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "application/pdf": "pdf"}
_TYPES = frozenset({"response", "resource", "conversion"})
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_MAX_HEADER = 1 << 16
_RIGHTS = ("x-robots-tag", "tdm-reservation", "tdm-policy")
_BROKEN = (EOFError, zlib.error, OSError)
_RATIO = 300
"""Most that a zip member may grow when unpacked, as a factor; text archives stay below 30."""


class _CalmStream(io.RawIOBase):
    """A stream, decompressed where it is gzip, that ends at a break instead of raising; `broken` says why."""

    def __init__(self, raw: BinaryIO) -> None:
        head = raw.read(2)
        chained = io.BufferedReader(_Prefixed(head, raw), 1 << 16)
        self._stream: Any = gzip.GzipFile(fileobj=chained) if head == b"\x1f\x8b" else chained
        self.broken: str | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self.broken:
            return 0
        try:
            data = self._stream.read1(len(buffer))
        except (*_BROKEN, zipfile.BadZipFile) as error:
            self.broken = str(error) or type(error).__name__
            return 0
        buffer[: len(data)] = data
        return len(data)


class _Prefixed(io.RawIOBase):
    """Bytes already taken from a stream, then the stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._head or self._rest.read(len(buffer)) or b""
        self._head = b""
        buffer[: len(data)] = data
        return len(data)


class _Broken(Exception):
    """The archive is not well-formed from here on."""


@dataclass(frozen=True, slots=True)
class _Record:
    """One record: its headers (names in lower case) and its block, None where that was not wanted or too long."""

    headers: dict[str, str]
    block: bytes | None
    too_long: bool = False

    @property
    def url(self) -> str:
        return self.headers.get("warc-target-uri", "").strip("<> ")


def read_warc(stream: BinaryIO, name: str, origin: str) -> Iterator[Capture | Rejected]:
    """Yield the text documents of a WARC file; ids are the addresses, numbered when one comes again."""
    calm = _CalmStream(stream)
    left_out = found = 0
    seen: dict[int, int] = {}
    problem: str | None = None
    try:
        for record in _records(io.BufferedReader(calm, 1 << 16)):
            item = _document(record, name, origin, seen)
            if item is None:
                left_out += record.headers.get("warc-type") in _TYPES
            else:
                found += 1
                yield item
    except _Broken as error:
        problem = str(error)
    if problem or calm.broken:
        reason = calm.broken or problem
        yield unreadable(origin, f"archive broken or cut off ({reason}); {found} documents before that were read")
    elif left_out:
        yield skipped(
            origin, f"records left out because they are no text (images, scripts, redirects, errors): {left_out}"
        )
    elif not found:
        yield unreadable(origin, "no web records; a WARC with responses was expected")


def _records(stream: io.BufferedReader) -> Iterator[_Record]:
    """Yield the records of an uncompressed WARC stream; blocks of other types are read past."""
    while line := _line(stream):
        if not line.strip():
            continue
        if not line.startswith(b"WARC/"):
            raise _Broken("no WARC header where a record should begin")
        headers = _headers(stream)
        try:
            length = int(headers.get("content-length", ""))
        except ValueError:
            length = -1
        if length < 0:
            raise _Broken("a record states no length")
        wanted = headers.get("warc-type") in _TYPES
        if wanted and length <= MAX_BYTES:
            block = stream.read(length)
            if len(block) < length:
                raise _Broken(f"a record ends after {len(block)} of {length} bytes")
            yield _Record(headers, block)
        else:
            _pass_over(stream, length)
            yield _Record(headers, None, too_long=wanted)


def _line(stream: io.BufferedReader) -> bytes:
    line = stream.readline(_MAX_HEADER)
    if len(line) >= _MAX_HEADER:
        raise _Broken("a header line has no end")
    return line


def _headers(stream: io.BufferedReader) -> dict[str, str]:
    """Read named fields up to the blank line."""
    lines: list[bytes] = []
    while (line := _line(stream)).strip():
        lines.append(line)
        if len(lines) > 1000:
            raise _Broken("a record header has no end")
    if not line:
        raise _Broken("a record has no complete header")
    return _fields(lines)


def _fields(lines: list[bytes]) -> dict[str, str]:
    """Return named fields, the first of each name, names in lower case; continued lines are joined."""
    fields: dict[str, str] = {}
    last = ""
    for raw in lines:
        line = raw.decode("utf-8", "replace").rstrip("\r\n")
        if line[:1] in (" ", "\t") and last:
            fields[last] += " " + line.strip()
            continue
        name, _, value = line.partition(":")
        last = name.strip().lower()
        fields.setdefault(last, value.strip())
    return fields


def _pass_over(stream: io.BufferedReader, length: int) -> None:
    while length > 0:
        chunk = stream.read(min(length, 1 << 20))
        if not chunk:
            raise _Broken("the last record is not complete")
        length -= len(chunk)


def _document(record: _Record, name: str, origin: str, seen: dict[int, int]) -> Capture | Rejected | None:
    """Return the capture of a record, None when it is no text document."""
    where = f"{origin}, {record.url or record.headers.get('warc-record-id', 'record')}"
    if record.too_long:
        return too_long(where)
    if record.block is None:
        return None
    status, headers, body = _response(record)
    kind, charset = _content_type(headers.get("content-type", ""))
    media = _MEDIA.get(kind)
    if media is None or status != 200:
        return None
    try:
        content = _decoded(body, headers)
    except (zlib.error, ValueError) as error:
        return unreadable(where, f"compressed body cannot be read ({error})")
    if not content.strip():
        return None
    rights = tuple((key, headers[key]) for key in _RIGHTS if key in headers)
    meta = CaptureMeta(url=record.url or None, charset=charset, headers=rights)
    return Capture(_numbered(record.url or name, seen), where, media, content, meta)


def _numbered(key: str, seen: dict[int, int]) -> str:
    """Return the id, with its number when it comes again."""
    count = seen[hash(key)] = seen.get(hash(key), 0) + 1
    return key if count == 1 else f"{key}#{count}"


def _response(record: _Record) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body: of the HTTP response in the block, else of the record itself."""
    block = record.block or b""
    if not block.startswith(b"HTTP/"):
        return 200, record.headers, block
    match = _HEADER_END.search(block[: _MAX_HEADER * 4])
    head, body = (block[: match.start()], block[match.end() :]) if match else (block, b"")
    first, *lines = head.splitlines() or [b""]
    words = first.split()
    status = int(words[1]) if len(words) > 1 and words[1].isdigit() else 0
    return status, _fields(lines), body


def _content_type(value: str) -> tuple[str, str | None]:
    """Return the media type and the charset of a content type field."""
    kind, _, rest = value.partition(";")
    match = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", rest, re.IGNORECASE)
    return kind.strip().lower(), match.group(1) if match else None


def _decoded(body: bytes, headers: dict[str, str]) -> bytes:
    """Undo transfer and content encodings of a response body, never beyond the size limit."""
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _dechunked(body)
    coding = headers.get("content-encoding", "").strip().lower()
    if coding in ("gzip", "x-gzip", "deflate") and body[:1] not in (b"<", b"%"):
        return _inflated(body, 47 if body[:2] == b"\x1f\x8b" or body[:1] == b"\x78" else -15)
    if coding in ("br", "zstd") and body.lstrip()[:1] != b"<":
        raise ValueError(f"content encoding {coding} is not supported")
    return body


def _inflated(body: bytes, bits: int) -> bytes:
    machine = zlib.decompressobj(bits)
    content = machine.decompress(body, MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ValueError(f"unpacks to more than {MAX_BYTES // 1024**2} MB")
    return content


def _dechunked(body: bytes) -> bytes:
    """Join the chunks of a chunked body; a body that is not chunked after all is returned as it is."""
    parts: list[bytes] = []
    at = 0
    while at < len(body):
        end = body.find(b"\r\n", at, at + 20)
        try:
            size = int(body[at:end].partition(b";")[0], 16) if end > at else -1
        except ValueError:
            size = -1
        if size < 0:
            return body if not parts else b"".join(parts)
        if size == 0:
            break
        parts.append(body[end + 2 : end + 2 + size])
        at = end + 2 + size + 2
    return b"".join(parts)


def read_wacz(stream: BinaryIO, name: str, origin: str) -> Iterator[Capture | Rejected]:
    """Yield the documents of the WARC files in a WACZ, which is a zip file."""
    try:
        with zipfile.ZipFile(stream) as packed:
            members = sorted((m for m in packed.infolist() if _is_warc(m)), key=lambda m: m.filename)
            if not members or len(members) > MAX_ENTRIES:
                yield unreadable(
                    origin, f"{len(members)} WARC files inside; a WACZ with archive/*.warc.gz was expected"
                )
            for member in members[:MAX_ENTRIES]:
                yield from _member(packed, member, name, origin)
    except (zipfile.BadZipFile, *_BROKEN, NotImplementedError, RuntimeError) as error:
        yield unreadable(origin, f"not a readable WACZ ({error}); a zip file with archive/*.warc.gz was expected")


def _is_warc(member: zipfile.ZipInfo) -> bool:
    return member.filename.lower().endswith((".warc", ".warc.gz"))


def _member(packed: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, origin: str) -> Iterator[Capture | Rejected]:
    where = f"{origin}, {member.filename}"
    if member.file_size > max(member.compress_size, 1) * _RATIO and member.file_size > MAX_BYTES:
        yield unreadable(where, f"unpacks to {_RATIO} times its size or more; refused as a zip bomb")
        return
    with packed.open(member) as inner:
        yield from read_warc(cast(BinaryIO, inner), name, where)
