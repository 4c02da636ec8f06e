"""The lines that the program prints, put together out of the other shapes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from reportedly.contract.claims import ClaimJson, MentionsJson, RelationJson, claim_json, mentions_json, relation_json
from reportedly.contract.documents import DocumentJson, RejectedJson, document_json, rejected_json
from reportedly.contract.incidents import IncidentJson, OwnIncidentJson, incident_json, own_incident_json
from reportedly.model.extraction import Extraction
from reportedly.model.incident import IncidentRecord

SCHEMA_VERSION: Literal[1] = 1


class ExtractLine(TypedDict):
    """One line of `reportedly extract`."""

    schema_version: Literal[1]
    document: DocumentJson
    claims: list[ClaimJson]
    incidents: list[OwnIncidentJson]
    relations: list[RelationJson]
    codings: NotRequired[dict[str, list[dict[str, Any]]]]
    mentions: NotRequired[MentionsJson]
    rejected: list[RejectedJson]
    text: NotRequired[str]


class IncidentLine(TypedDict):
    """One line of `reportedly export --format jsonl`."""

    schema_version: Literal[1]
    incident: IncidentJson


def extract_line(
    found: Extraction, *, books: Sequence[str] = (), mentions: bool = False, with_text: bool = False
) -> ExtractLine:
    """Write everything read out of one document: one line of `reportedly extract`."""
    out: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "document": document_json(found.document, relevant=found.relevant),
        "claims": [claim_json(claim) for claim in found.claims],
        "incidents": [own_incident_json(record) for record in found.incidents],
        "relations": [relation_json(relation) for relation in found.relations],
    }
    if books:
        out["codings"] = {book: [dict(row) for row in found.codings.get(book, ())] for book in books}
    if mentions:
        out["mentions"] = mentions_json(found.mentions)
    out["rejected"] = [rejected_json(item) for item in found.rejected]
    if with_text:
        out["text"] = found.document.text
    return out  # type: ignore[return-value]


def incident_line(record: IncidentRecord) -> IncidentLine:
    """Write one line of `reportedly export --format jsonl`."""
    return {"schema_version": SCHEMA_VERSION, "incident": incident_json(record)}


def dumps(value: object) -> str:
    """Return compact JSON on one line. Text that is no valid Unicode (lone surrogates) is escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text
