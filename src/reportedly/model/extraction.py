"""All that was read out of one document: the value that leaves the per-document rooms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from reportedly.model.claim import Claim
from reportedly.model.document import Document
from reportedly.model.incident import IncidentRecord
from reportedly.model.mentions import MentionSet
from reportedly.model.rejected import Rejected
from reportedly.model.relation import Relation

CellValue: TypeAlias = str | int | float | bool | None
CodingRow: TypeAlias = Mapping[str, "CellValue | Sequence[object] | Mapping[str, object]"]


@dataclass(frozen=True, slots=True)
class Extraction:
    """One document with its claims, relations and its own incidents, unmerged with other documents.

    `relevant` tells whether the document speaks of conflict at all; `codings` maps a codebook's name to its rows.
    """

    document: Document
    relevant: bool = False
    claims: tuple[Claim, ...] = ()
    relations: tuple[Relation, ...] = ()
    incidents: tuple[IncidentRecord, ...] = ()
    codings: Mapping[str, Sequence[CodingRow]] = field(default_factory=dict)
    mentions: MentionSet = field(default_factory=MentionSet)
    rejected: tuple[Rejected, ...] = ()
