"""Export as the documents themselves, in the neutral form that `add` reads: the same claims come out of them again."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.contract import dumps
from reportedly.errors import UsageError
from reportedly.exports.options import Options
from reportedly.model.document import Document
from reportedly.store.base import Holdings

TITLE = "Documents with their texts, to be read again"
MEDIA = "application/x-ndjson"
LEAVES_OUT = "what was read out of the documents; marks of the page other than that it is a preview"
TAKES: frozenset[str] = frozenset()

FIELDS = ("title", "url", "publisher", "author", "published", "language")


def chunks(view: Holdings, options: Options) -> Iterator[str]:
    """Yield one line for each document, in the order of their ids. Whole texts are never public."""
    if options.public:
        hint = "give away excerpts: reportedly preview CASE DOC"
        raise UsageError("whole texts are not for giving away", where="--format documents --public", hint=hint)
    for stored in view.documents():
        yield dumps(neutral(stored.document)) + "\n"


def neutral(document: Document) -> dict[str, str]:
    """Return the document as one object of the neutral form; fields that are not known are left out."""
    known = {key: value for key in FIELDS if (value := getattr(document, key)) is not None}
    access = {} if document.access == "full" else {"access": document.access}
    return {"id": document.id, **known, **access, "text": document.text}
