"""Room 2, documents: the door `parse`, from a capture to a document with its layers, or why there is none."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from reportedly.documents.dates import normalised_date
from reportedly.documents.decode import Decoded, decode
from reportedly.documents.defects import Examined, examine
from reportedly.documents.extracted import Extracted
from reportedly.documents.html import extract_html
from reportedly.documents.language import detect, normalised
from reportedly.documents.markdown import extract_markdown
from reportedly.documents.pdf import extract_pdf
from reportedly.documents.segments import segment
from reportedly.documents.words import count_words
from reportedly.model.capture import Capture
from reportedly.model.document import Access, Defect, Document, Paragraph, PreviewNote
from reportedly.model.rejected import Rejected

READ_LANGUAGES = frozenset({"en"})
MAX_WORDS = 500_000
"""Longest single document. More is an archive in one file: its parts would be taken for one text of one day."""
_SHARE_TOLERANCE = 0.05
_WHOLE = 0.9
_DATE_SHOWN = 40


def parse(capture: Capture) -> Document | Rejected:
    """Return the document that a capture holds. Never raises for bad content."""
    extracted = _extract(capture)
    if isinstance(extracted, str):
        return Rejected(where=capture.origin, reason=extracted, fatal=True)
    problem = _unfit(extracted.text)
    if problem is not None:
        return Rejected(where=capture.origin, reason=problem, fatal=True)
    return _document(capture, extracted)


def _extract(capture: Capture) -> Extracted | str:
    """Return the text and what its own page says about it, or why there is none."""
    content, meta = capture.content, capture.meta
    if capture.media == "pdf":
        return extract_pdf(content.encode("latin-1", "replace") if isinstance(content, str) else content)
    if capture.media == "html":
        return extract_html(content, charset=meta.charset, headers=dict(meta.headers))
    decoded = Decoded(content) if isinstance(content, str) else decode(content, meta.charset)
    if isinstance(decoded, str):
        return decoded
    if capture.media == "markdown":
        return extract_markdown(decoded.text, decoded.note)
    return Extracted(decoded.text, encoding_note=decoded.note)


def _unfit(text: str) -> str | None:
    """Return why a text cannot be a document, None when it can."""
    if not text.strip():
        return "no text; there is nothing to read"
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        return f"half a surrogate pair at character {error.start}; it is no valid Unicode text"
    if len(text) > 2 * MAX_WORDS and (words := count_words(text)) > MAX_WORDS:
        return f"{words:,} words, the limit for one document is {MAX_WORDS:,}; split it into articles"
    return None


def _document(capture: Capture, extracted: Extracted) -> Document:
    """Join what the container states, what the page states and what the text shows."""
    text, meta = extracted.text, capture.meta
    paragraphs, segments = segment(text)
    examined = examine(text, paragraphs, extracted.head)
    language = normalised(meta.language) or normalised(extracted.language) or detect(text) or normalised(extracted.hint)
    measured = _measured_share(text, examined.paragraphs, extracted.whole_words)
    published = normalised_date(meta.published) or normalised_date(extracted.published)
    unread = None if published else (meta.published or extracted.published)
    preview = _preview_note(examined, meta.publisher or extracted.publisher)
    publisher = meta.publisher or extracted.publisher or (preview.publisher if preview else None)
    return Document(
        id=capture.id,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        title=meta.title or extracted.title,
        url=extracted.url or meta.url,
        publisher=publisher,
        author=meta.author or extracted.author,
        published=published,
        language=language,
        words=count_words(text),
        access=_access(meta.access, extracted, examined, measured),
        preview=preview,
        rights=extracted.rights,
        defects=_defects(text, language, unread, measured, extracted, examined),
        paragraphs=examined.paragraphs,
        segments=segments,
    )


def _preview_note(examined: Examined, publisher: str | None) -> PreviewNote | None:
    """Return what the page states about its preview, the publisher filled in where the footer names none."""
    note = examined.preview
    return note if note is None or note.publisher else replace(note, publisher=publisher)


def _access(stated: str | None, extracted: Extracted, examined: Examined, measured: float | None) -> Access:
    """Say how much of the article is here: by the container, then by the page's marks."""
    if stated in ("preview", "summary"):
        return "preview" if stated == "preview" else "summary"
    locked = extracted.rights.free is False and not extracted.holds_locked_part
    complete = measured is not None and measured >= _WHOLE
    return "preview" if examined.preview or (locked and not complete) else "full"


def _defects(
    text: str,
    language: str | None,
    unread: str | None,
    measured: float | None,
    extracted: Extracted,
    examined: Examined,
) -> tuple[Defect, ...]:
    """Return all defects, those of the whole text first. `unread` is a stated date that names no day for sure."""
    whole: list[Defect] = []
    if extracted.encoding_note:
        whole.append(Defect("encoding", 0, len(text), note=extracted.encoding_note))
    if language is not None and language not in READ_LANGUAGES:
        whole.append(Defect("unsupported_language", 0, len(text), note=f"language {language}; only en is read"))
    if unread is not None and unread.strip():
        note = f"published {' '.join(unread.split())[:_DATE_SHOWN]!r} names no day for sure; read as undated"
        whole.append(Defect("unread_date", 0, len(text), note=note))
    stated = examined.preview.stated_share if examined.preview else None
    if stated is not None and measured is not None and abs(stated - measured) > _SHARE_TOLERANCE:
        note = f"stated {stated:.0%}, measured {measured:.0%}"
        whole.append(Defect("stated_share_differs", 0, len(text), note=note))
    return (*whole, *examined.defects)


def _measured_share(text: str, paragraphs: Sequence[Paragraph], whole_words: int | None) -> float | None:
    """Return the share of the article that is here, where the page gives the length of the whole."""
    if not whole_words:
        return None
    here = sum(count_words(text[p.start : p.end]) for p in paragraphs if p.kind in ("body", "heading"))
    return min(1.0, here / whole_words)
