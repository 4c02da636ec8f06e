"""The text as received: its circumstances, faults, marks on its use; what was rejected."""

from __future__ import annotations

from typing import Any, NotRequired

from typing_extensions import TypedDict

from reportedly.model.document import Access, Defect, DefectKind, Document, PreviewNote, Rights
from reportedly.model.rejected import Rejected


class RejectedJson(TypedDict):
    """A stretch of text that was read and not kept."""

    start: int
    end: int
    quote: str
    reason: str


class DefectJson(TypedDict):
    """A fault of the text as received."""

    kind: DefectKind
    start: int
    end: int
    repeats: list[int] | None
    note: NotRequired[str]


class PreviewNoteJson(TypedDict):
    """What a preview page states about itself."""

    stated_share: float | None
    publisher: str | None


class RightsJson(TypedDict):
    """Marks on the page that limit use; present only where one was found."""

    nosnippet: bool
    max_snippet: int | None
    noai: bool
    tdm_reservation: bool | None
    tdm_policy: str | None
    free: bool | None
    licence: str | None
    no_preview: list[list[int]]


class DocumentJson(TypedDict):
    """A document's circumstances, without its text."""

    id: str
    url: str | None
    title: str | None
    publisher: str | None
    author: NotRequired[str]
    published: str | None
    language: str | None
    sha256: str
    words: int
    access: Access
    preview: PreviewNoteJson | None
    rights: NotRequired[RightsJson]
    defects: list[DefectJson]
    relevant: bool


def rejected_json(rejected: Rejected) -> RejectedJson:
    """Write a rejected stretch of text."""
    return {
        "start": rejected.start,
        "end": rejected.end,
        "quote": rejected.quote,
        "reason": rejected.reason,
    }


def defect_json(defect: Defect) -> DefectJson:
    """Write a fault of the text; `note` only where there is one."""
    repeats = list(defect.repeats) if defect.repeats else None
    out: DefectJson = {"kind": defect.kind, "start": defect.start, "end": defect.end, "repeats": repeats}
    if defect.note is not None:
        out["note"] = defect.note
    return out


def rights_json(rights: Rights) -> RightsJson:
    """Write the marks that limit use."""
    return {
        "nosnippet": rights.nosnippet,
        "max_snippet": rights.max_snippet,
        "noai": rights.noai,
        "tdm_reservation": rights.tdm_reservation,
        "tdm_policy": rights.tdm_policy,
        "free": rights.free,
        "licence": rights.licence,
        "no_preview": [[start, end] for start, end in rights.no_preview],
    }


def document_json(document: Document, *, relevant: bool) -> DocumentJson:
    """Write a document's circumstances; `author` and `rights` only where known."""
    note = document.preview
    head: dict[str, Any] = {
        "id": document.id,
        "url": document.url,
        "title": document.title,
        "publisher": document.publisher,
    }
    if document.author is not None:
        head["author"] = document.author
    middle = {
        "published": document.published,
        "language": document.language,
        "sha256": document.sha256,
        "words": document.words,
        "access": document.access,
        "preview": {"stated_share": note.stated_share, "publisher": note.publisher} if note else None,
    }
    rights = {} if document.rights == Rights() else {"rights": rights_json(document.rights)}
    tail = {"defects": [defect_json(defect) for defect in document.defects], "relevant": relevant}
    return {**head, **middle, **rights, **tail}  # type: ignore[typeddict-item]


def rejected_from(data: RejectedJson, where: str) -> Rejected:
    """Read a rejected stretch of the document named `where`."""
    return Rejected(where=where, reason=data["reason"], start=data["start"], end=data["end"], quote=data["quote"])


def defect_from(data: DefectJson) -> Defect:
    """Read a fault of the text."""
    repeats = data["repeats"]
    pair = (repeats[0], repeats[1]) if repeats else None
    return Defect(data["kind"], data["start"], data["end"], pair, data.get("note"))


def _rights_from(data: RightsJson) -> Rights:
    return Rights(
        nosnippet=data["nosnippet"],
        max_snippet=data["max_snippet"],
        noai=data["noai"],
        tdm_reservation=data["tdm_reservation"],
        tdm_policy=data["tdm_policy"],
        free=data["free"],
        licence=data["licence"],
        no_preview=tuple((start, end) for start, end in data["no_preview"]),
    )


def document_from(data: DocumentJson, text: str = "") -> Document:
    """Read a document's circumstances; the text travels apart. Paragraphs and segments are not part of the contract."""
    note = data["preview"]
    rights = data.get("rights")
    return Document(
        id=data["id"],
        text=text,
        sha256=data["sha256"],
        title=data["title"],
        url=data["url"],
        publisher=data["publisher"],
        author=data.get("author"),
        published=data["published"],
        language=data["language"],
        words=data["words"],
        access=data["access"],
        preview=PreviewNote(note["stated_share"], note["publisher"]) if note else None,
        rights=_rights_from(rights) if rights else Rights(),
        defects=tuple(defect_from(item) for item in data["defects"]),
    )
