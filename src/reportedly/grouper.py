"""How claims become incidents: rooms 2 (what texts share) and 6 as the store asks for them, with what is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reportedly.documents.reprints import PERMUTATIONS, fingerprint, origins
from reportedly.documents.wires import Agencies, Credit, families
from reportedly.incidents import (
    RULES,
    Outliner,
    Reasons,
    Surroundings,
    cluster,
    explain,
    group,
    keys,
    known_by,
    regroup,
    summarise,
)
from reportedly.knowledge.load import Knowledge
from reportedly.model import Claim, Document, Incident, IncidentRecord, content_id
from reportedly.model.compared import Grouped
from reportedly.model.facts import DocumentFacts
from reportedly.model.judgement import Judgement
from reportedly.version import VERSION


@dataclass(frozen=True)
class Grouper:
    """Groups claims of many documents; what the store asks for when documents are added."""

    knowledge: Knowledge

    def fingerprint(self, document: Document) -> bytes:
        """Return what near-duplicates of the text share, 8 bytes a value, and the agency that it credits."""
        return _pack(fingerprint(document.text), self._agencies.credit(document))

    def origins(self, fingerprints: Mapping[str, bytes]) -> Mapping[str, str]:
        """Map each document id to its origin: the id of its root text, or the agency that it comes from."""
        prints = {name: _unpack(raw) for name, raw in fingerprints.items()}
        credits = {name: credit for name, (_, credit) in prints.items() if credit is not None}
        named = {name: credit.agency for name, credit in credits.items()}
        return families(origins({name: sketch for name, (sketch, _) in prints.items()}, named), credits)

    @cached_property
    def _agencies(self) -> Agencies:
        return Agencies(self.knowledge.outlets.agencies)

    def edition(self) -> str:
        """Return what grouping and records depend on besides claims and ledger: the program and its event types."""
        known = self.knowledge.families, self.knowledge.labels, sorted(self.knowledge.incident_types)
        return f"{VERSION}/{RULES}/{content_id('types', *map(repr, known), self.knowledge.linking.digest)}"

    def cluster(
        self, claims: Iterable[Claim], facts: Mapping[str, DocumentFacts], judgements: Sequence[Judgement]
    ) -> Sequence[Incident]:
        """Return claims judged to be about the same happening. Talk and diplomacy form no incident."""
        return cluster(self._events(claims), facts, judgements, self.knowledge.families, self.knowledge.linking)

    def keys(self, claims: Sequence[Claim], facts: Mapping[str, DocumentFacts]) -> list[int]:
        """Return numbers such that claims of two documents are compared only when these have one in common."""
        told = self._outliner(facts).outlines(self._events(claims))
        return [key for outline in told for key in keys(outline)]

    def group(
        self, claims: Iterable[Claim], facts: Mapping[str, DocumentFacts], judgements: Sequence[Judgement]
    ) -> Grouped:
        """Group everything; what came of comparing is given too, so that a case can keep it."""
        return group(self._outliner(facts).outlines(self._events(claims)), judgements, self.knowledge.linking)

    def regroup(
        self,
        case: Surroundings,
        facts: Mapping[str, DocumentFacts],
        changed: Sequence[str],
        claims: Iterable[Claim],
        judgements: Sequence[Judgement],
    ) -> Grouped:
        """Group anew what changed documents, of which these are the claims, touch: as grouping everything would."""
        fresh = self._outliner(facts).outlines(self._events(claims))
        return regroup(case, changed, fresh, judgements, self.knowledge.linking)

    def reasons(
        self, claims: Iterable[Claim], others: Mapping[str, Sequence[Claim]], facts: Mapping[str, DocumentFacts]
    ) -> Reasons:
        """Say why an incident's claims belong together, and why the nearest of other incidents is not the same."""
        told = self._outliner(facts)
        rivals = {name: told.outlines(those) for name, those in others.items()}
        return explain(told.outlines(claims), rivals, self.knowledge.linking)

    def known_by(
        self, record: IncidentRecord, claims: Sequence[Claim], facts: Mapping[str, DocumentFacts], day: date
    ) -> IncidentRecord | None:
        """Return an incident as it was known on a day; None where nothing was."""
        known = known_by(claims, facts, day)
        documents = tuple(dict.fromkeys(c.document for c in known))
        return (
            self.summarise(Incident(record.id, tuple(c.id for c in known), documents), known, facts) if known else None
        )

    def _outliner(self, facts: Mapping[str, DocumentFacts]) -> Outliner:
        return Outliner(facts, self.knowledge.families, self.knowledge.linking)

    def _events(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        return (c for c in claims if c.violent or c.event_type in self.knowledge.incident_types)

    def summarise(
        self, incident: Incident, claims: Sequence[Claim], facts: Mapping[str, DocumentFacts]
    ) -> IncidentRecord:
        """Return the record of an incident."""
        return summarise(incident, claims, facts, self.knowledge.labels)


def _pack(sketch: tuple[int, ...], credit: Credit | None) -> bytes:
    told = "" if credit is None else f"{'=' if credit.whole else '+'}{credit.agency}"
    return b"".join(value.to_bytes(8, "big") for value in sketch) + told.encode("utf-8")


def _unpack(raw: bytes) -> tuple[NDArray[np.uint64], Credit | None]:
    size = 8 * PERMUTATIONS if len(raw) >= 8 * PERMUTATIONS else 0
    sketch = np.frombuffer(raw[:size], dtype=">u8")
    told = raw[size:].decode("utf-8")
    return sketch, Credit(told[1:], told[0] == "=") if told else None
