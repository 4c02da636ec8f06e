"""Room 1, sources: mail files. The body is one document (plain text before HTML), attachments are further ones."""

from __future__ import annotations

import email
from collections.abc import Iterator
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from typing import Any, BinaryIO

from reportedly.model.capture import Capture, CaptureMeta
from reportedly.model.rejected import Rejected
from reportedly.sources.limits import read_whole, skipped, unreadable

_MEDIA = {"text/plain": "text", "text/html": "html", "application/pdf": "pdf"}
_SUFFIX = {".txt": "text", ".md": "markdown", ".html": "html", ".htm": "html", ".pdf": "pdf"}
_MAX_PARTS = 1000


def read_mail(stream: BinaryIO, name: str, origin: str) -> Iterator[Capture | Rejected]:
    """Yield the body of a mail and its attachments that hold text."""
    data = read_whole(stream, origin)
    if isinstance(data, Rejected):
        yield data
        return
    if not data.strip():
        yield unreadable(origin, "empty; there is nothing to read")
        return
    try:
        message = email.message_from_bytes(data)
        parts = list(_leaves(message))
    except (RecursionError, ValueError, LookupError) as error:
        yield unreadable(origin, f"not a readable mail ({type(error).__name__})")
        return
    if not message.keys():
        yield unreadable(origin, "no mail headers; a mail with From, Subject and Date was expected")
        return
    yield from _documents(message, parts, name, origin)


def _leaves(message: Any) -> Iterator[Any]:
    """Yield the parts that hold content, in order, up to a limit."""
    for number, part in enumerate(message.walk()):
        if number >= _MAX_PARTS:
            return
        if not part.is_multipart():
            yield part


def _documents(message: Any, parts: list[Any], name: str, origin: str) -> Iterator[Capture | Rejected]:
    meta = _meta(message)
    body = next((p for kind in ("text/plain", "text/html") for p in parts if _is_body(p, kind)), None)
    if body is None:
        yield unreadable(origin, "the mail has no text body; text/plain or text/html was expected")
    else:
        yield Capture(name, origin, _MEDIA[body.get_content_type()], _payload(body), _with_charset(meta, body))
    number = 1
    for part in parts:
        title = _header(part.get_filename())
        if part is body or not (title or part.get_content_disposition() == "attachment"):
            continue
        number += 1
        yield _attachment(part, title or f"part {number}", f"{name}#{number}", origin, meta)


def _is_body(part: Any, kind: str) -> bool:
    attached = part.get_content_disposition() == "attachment" or part.get_filename()
    return part.get_content_type() == kind and not attached and bool(_payload(part).strip())


def _attachment(part: Any, title: str, name: str, origin: str, meta: CaptureMeta) -> Capture | Rejected:
    where = f"{origin}, attachment {title}"
    _, dot, suffix = title.lower().rpartition(".")
    media = _SUFFIX.get(dot + suffix) if dot else _MEDIA.get(part.get_content_type())
    content = _payload(part)
    if media is None or not content.strip():
        return skipped(where, "left out; text, HTML and PDF attachments are read")
    return Capture(
        name, where, media, content,
        CaptureMeta(title=title, published=meta.published, author=meta.author, charset=_charset(part)),
    )  # fmt: skip


def _payload(part: Any) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (LookupError, ValueError):
        return None


def _with_charset(meta: CaptureMeta, part: Any) -> CaptureMeta:
    return CaptureMeta(title=meta.title, published=meta.published, author=meta.author, charset=_charset(part))


def _meta(message: Any) -> CaptureMeta:
    sender = _header(message.get("From"))
    return CaptureMeta(
        title=_header(message.get("Subject")),
        author=(parseaddr(sender)[0] or sender) if sender else None,
        published=_header(message.get("Date")),
    )


def _header(value: object) -> str | None:
    """Return a header in plain words; one that cannot be decoded is given as it stands."""
    if value is None:
        return None
    try:
        text = str(make_header(decode_header(str(value))))
    except (LookupError, ValueError, UnicodeError):
        text = str(value)
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split()) or None
