"""What was read, before it is understood: bytes or text with what the container says about them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CaptureMeta:
    """What the container (JSON line, feed entry, mail header, archive record, table row) states about a document.

    `charset` is the encoding that it declares for bytes; `headers` are response headers that carry rights
    (`x-robots-tag`, `tdm-reservation`, `tdm-policy`), names in lower case.
    """

    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    access: str | None = None
    charset: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Capture:
    """One document's content as read. `content` is bytes for files and archive records, str where text was given.

    `id` is the document id: as given in the input, else the path relative to the argument with `/`, else with a
    suffix for the part (`feed.xml#3`); on standard input, where no path is, a hash of the content. `media` is
    `text`, `markdown`, `html` or `pdf`; `origin` a path or URL for messages.
    """

    id: str
    origin: str
    media: str
    content: bytes | str
    meta: CaptureMeta = field(default_factory=CaptureMeta)
