"""Room 1, sources: web archives, WARC (plain or compressed) and WACZ, record by record in bounded memory.

Only successful responses with text are documents; the others are counted. An archive that breaks off gives what
stands before the break, then a rejection.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from fastwarc.warc import ArchiveIterator, WarcRecordType

from reportedly.model.capture import Capture, CaptureMeta
from reportedly.model.rejected import Rejected
from reportedly.sources.limits import MAX_BYTES, MAX_ENTRIES, skipped, too_long, unreadable

_MEDIA = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "application/pdf": "pdf"}
_TYPES = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_RIGHTS = ("x-robots-tag", "tdm-reservation", "tdm-policy")
_BROKEN = (EOFError, zlib.error, OSError)
_RATIO = 300
"""Most that a zip member may grow when unpacked, as a factor; text archives stay below 30."""


class _CalmStream(io.RawIOBase):
    """A stream, decompressed where it is gzip, that ends at a break instead of raising; `broken` says why."""

    def __init__(self, raw: BinaryIO) -> None:
        head = raw.read(2)
        chained = cast(BinaryIO, io.BufferedReader(_Prefixed(head, raw), 1 << 16))
        self._stream: Any = gzip.GzipFile(fileobj=chained) if head == b"\x1f\x8b" else chained
        self.broken: str | None = None
        self.empty = not head

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if self.broken:
            return b""
        try:
            return cast(bytes, self._stream.read1(size if size > 0 else 1 << 16))
        except (*_BROKEN, zipfile.BadZipFile) as error:
            self.broken = str(error) or type(error).__name__
            return b""


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


def read_warc(stream: BinaryIO, name: str, origin: str) -> Iterator[Capture | Rejected]:
    """Yield the text documents of a WARC file; ids are the addresses, numbered when one comes again."""
    calm = _CalmStream(stream)
    if calm.empty:
        yield unreadable(origin, "empty; there is nothing to read")
        return
    left_out = found = 0
    seen: dict[int, int] = {}
    problem: str | None = None
    records = ArchiveIterator(calm, record_types=_TYPES, parse_http=True, auto_decode="none")
    while problem is None:
        try:
            record = next(records)
            if _is_cut(record):
                problem = "a record has no complete header"
                break
            item = _record(record, name, origin, seen)
        except StopIteration:
            break
        except (*_BROKEN, ValueError, AttributeError) as error:
            problem = str(error) or type(error).__name__
            break
        if isinstance(item, str):
            problem = item
        elif item is None:
            left_out += 1
        else:
            found += 1
            yield item
    if problem or calm.broken:
        yield unreadable(origin, f"archive broken or cut off ({problem or calm.broken}); records before it were read")
    elif left_out:
        yield skipped(origin, f"{left_out} records that are no text (images, scripts, redirects, errors) left out")
    elif not found:
        yield unreadable(origin, "no web records; a WARC with responses was expected")


def _is_cut(record: Any) -> bool:
    return bool(record.is_http and record.http_headers is None)


def _record(record: Any, name: str, origin: str, seen: dict[int, int]) -> Capture | Rejected | str | None:
    """Return the capture of a record, None when it is no text document, a complaint when it is cut off."""
    url = str(record.headers.get("WARC-Target-URI") or "").strip("<> ")
    http = record.http_headers if record.is_http else None
    status = http.status_code if http is not None else 200
    kind = (record.http_content_type if http is not None else record.headers.get("Content-Type")) or ""
    media = _MEDIA.get(str(kind).partition(";")[0].strip().lower())
    if media is None or status != 200:
        return None
    where = f"{origin}, {url or record.headers.get('WARC-Record-ID')}"
    length = record.content_length
    body = record.reader.read(min(length, MAX_BYTES + 1))
    if length > MAX_BYTES:
        return too_long(where)
    if len(body) < length:
        return f"record {url} ends after {len(body)} of {length} bytes"
    return _capture(body, media, url, where, http, record.http_charset if http is not None else None, seen, name)


def _capture(
    body: bytes, media: str, url: str, where: str, http: Any, charset: str | None, seen: dict[int, int], name: str
) -> Capture | Rejected | None:
    headers = {key.lower(): value for key, value in http.items()} if http is not None else {}
    try:
        content = _decoded(body, headers)
    except (zlib.error, ValueError) as error:
        return unreadable(where, f"compressed body cannot be read ({error})")
    if not content.strip():
        return None
    key = url or name
    count = seen[hash(key)] = seen.get(hash(key), 0) + 1
    meta = CaptureMeta(
        url=url or None, charset=charset, headers=tuple((k, str(headers[k])) for k in _RIGHTS if k in headers)
    )
    return Capture(key if count == 1 else f"{key}#{count}", where, media, content, meta)


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
