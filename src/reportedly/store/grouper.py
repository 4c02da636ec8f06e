"""Room 8's seam to grouping: what the store asks of whoever groups claims, and what grouping asks of a case."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from reportedly.model.claim import Claim
from reportedly.model.document import Document
from reportedly.model.facts import DocumentFacts
from reportedly.model.incident import Incident, IncidentRecord
from reportedly.model.judgement import Judgement


class Surroundings(Protocol):
    """What grouping by parts asks of a case."""

    def sharing(self, keys: Sequence[int]) -> Iterable[str]:
        """Return the documents with a claim that has one of the keys."""
        ...

    def claims(self, document: str) -> Iterable[Claim]:
        """Return the claims of a document."""
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

    def cluster(
        self, claims: Iterable[Claim], documents: Mapping[str, DocumentFacts], judgements: Sequence[Judgement]
    ) -> Sequence[Incident]:
        """Return claims judged to be about the same happening; ids are given by the ledger afterwards."""
        ...

    def keys(self, claims: Sequence[Claim], documents: Mapping[str, DocumentFacts]) -> Sequence[int]:
        """Return numbers such that claims of two documents are compared only when these have one in common."""
        ...

    def regroup(
        self,
        case: Surroundings,
        documents: Mapping[str, DocumentFacts],
        texts: Sequence[str],
        gone: Sequence[tuple[Claim, DocumentFacts]],
        judgements: Sequence[Judgement],
    ) -> tuple[Collection[str], Sequence[Incident]]:
        """Group anew what the new and changed documents `texts` touch, and claims that are `gone`.

        Return the ids of all claims that were grouped anew, and the incidents that they form: the very ones that
        `cluster` makes of all claims of the case. `gone` are claims as they were before, with their document then.
        """
        ...

    def summarise(
        self, incident: Incident, claims: Sequence[Claim], documents: Mapping[str, DocumentFacts]
    ) -> IncidentRecord:
        """Return what the incident looks like from its claims."""
        ...
