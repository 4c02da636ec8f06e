"""Room 8's seam to grouping: what the store asks of whoever groups claims, and what grouping asks of a case."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from reportedly.model.claim import Claim
from reportedly.model.compared import Compared, Grouped
from reportedly.model.document import Document
from reportedly.model.facts import DocumentFacts
from reportedly.model.incident import Incident, IncidentRecord
from reportedly.model.judgement import Judgement


class Surroundings(Protocol):
    """What grouping by parts asks of a case: its claims as they were compared at the last grouping."""

    def near(self, keys: Sequence[int]) -> Iterable[Compared]:
        """Return the claims of documents with a claim that has one of the keys."""
        ...

    def told_by(self, documents: Sequence[str]) -> Iterable[Compared]:
        """Return the claims of documents."""
        ...

    def named(self, claims: Sequence[str]) -> Iterable[Compared]:
        """Return claims by their ids."""
        ...

    def together(self, claims: Sequence[str]) -> Iterable[Collection[str]]:
        """Return the claims of each incident that has one of these."""
        ...


class Grouper(Protocol):
    """How claims become incidents. Must not depend on the order in which documents were added."""

    def edition(self) -> str:
        """Return what grouping depends on besides claims and ledger; where it is another, all is grouped anew."""
        ...

    def fingerprint(self, document: Document) -> bytes:
        """Return what near-duplicates of the text share."""
        ...

    def origins(self, fingerprints: Mapping[str, bytes]) -> Mapping[str, str]:
        """Map each document id to the id that stands for its root text."""
        ...

    def group(
        self, claims: Iterable[Claim], documents: Mapping[str, DocumentFacts], judgements: Sequence[Judgement]
    ) -> Grouped:
        """Return claims judged to be about the same happening; ids are given by the ledger afterwards."""
        ...

    def keys(self, claims: Sequence[Claim], documents: Mapping[str, DocumentFacts]) -> Sequence[int]:
        """Return numbers such that claims of two documents are compared only when these have one in common."""
        ...

    def regroup(
        self,
        case: Surroundings,
        documents: Mapping[str, DocumentFacts],
        changed: Sequence[str],
        claims: Iterable[Claim],
        judgements: Sequence[Judgement],
    ) -> Grouped:
        """Group anew what the new and changed documents touch; `claims` are theirs, as they are now.

        The incidents are the very ones that `group` makes of all claims of the case.
        """
        ...

    def summarise(
        self, incident: Incident, claims: Sequence[Claim], documents: Mapping[str, DocumentFacts]
    ) -> IncidentRecord:
        """Return what the incident looks like from its claims."""
        ...
