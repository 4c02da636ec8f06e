"""Room 6, clusters: claims into incidents, independent of their order, undoable by judgements.

Door: `cluster(claims, documents, judgements, families)`. Pairs are joined best first; two groups join only when no pair across
them is forbidden, so that two fights are never chained together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from reportedly.incidents.scoring import THRESHOLD, score, window
from reportedly.model import Claim, Incident, content_id
from reportedly.model.facts import DocumentFacts
from reportedly.model.judgement import Judgement

_LARGEST_BLOCK = 400


def cluster(
    claims: Sequence[Claim],
    documents: Mapping[str, DocumentFacts],
    judgements: Sequence[Judgement],
    families: Mapping[str, str],
) -> list[Incident]:
    """Return the incidents that the claims tell of, in the order of their first claim. Ids are content hashes."""
    members = sorted((c for c in claims if forms_incident(c)), key=lambda c: (c.document, c.trigger.start, c.id))
    by_id = {c.id: c for c in members}
    groups = _Groups(by_id)
    for one, other, verdict in _decided(judgements, by_id):
        groups.decide(one, other, verdict)
    pairs = _pairs(members, documents, families)
    for _, one, other, forbidden in pairs:
        if forbidden:
            groups.forbid(one, other)
    for strength, one, other, forbidden in pairs:
        if not forbidden and strength >= THRESHOLD:
            groups.join(one, other)
    return [_incident(ids, by_id) for ids in groups.all()]


def forms_incident(claim: Claim) -> bool:
    """Plans, suppositions, history and summaries over a period form no incident."""
    return not claim.aggregate and claim.modality in {"actual", "ongoing", "attempted"}


def _decided(judgements: Sequence[Judgement], by_id: Mapping[str, Claim]) -> Iterator[tuple[str, str, bool]]:
    for judgement in judgements:
        if judgement.right is None or judgement.verdict not in {"positive", "negative"}:
            continue
        if judgement.left.claim in by_id and judgement.right.claim in by_id:
            yield judgement.left.claim, judgement.right.claim, judgement.verdict == "positive"


def _pairs(
    members: Sequence[Claim], documents: Mapping[str, DocumentFacts], families: Mapping[str, str]
) -> list[tuple[float, str, str, bool]]:
    """All scored pairs that share a block, best first."""
    found: dict[tuple[str, str], tuple[float, bool]] = {}
    for block in _blocks(members, documents):
        for i, one in enumerate(block):
            for other in block[i + 1 :]:
                if (one.id, other.id) not in found:
                    pair = score(one, other, families, documents)
                    found[one.id, other.id] = (pair.total, pair.forbidden)
    rows = [(total, one, other, no) for (one, other), (total, no) in found.items()]
    return sorted(rows, key=lambda r: (-r[0], r[1], r[2]))


def _blocks(members: Sequence[Claim], documents: Mapping[str, DocumentFacts]) -> Iterable[list[Claim]]:
    """Claims worth comparing: those of one document, and those of one country in the same days."""
    blocks: defaultdict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in members:
        blocks["document", claim.document].append(claim)
        days = window(claim, documents)
        country = claim.place.country if claim.place else None
        countries = (
            {country} if country else {r.country for r in (*claim.initiators, *claim.targets) if r.country} or {None}
        )
        if days is None:
            for each in countries:
                blocks["undated", each, claim.when.edtf if claim.when else ""].append(claim)
            continue
        for week in {days[0].toordinal() // 4, days[1].toordinal() // 4, days[1].toordinal() // 4 + 1}:
            for each in countries:
                blocks["days", each, week].append(claim)
    return [block[:_LARGEST_BLOCK] for block in blocks.values() if len(block) > 1]


class _Groups:
    """Disjoint groups of claim ids with pairs that must stay apart."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._members = {i: [i] for i in ids}
        self._root = {i: i for i in self._members}
        self._apart: defaultdict[str, set[str]] = defaultdict(set)

    def decide(self, one: str, other: str, same: bool) -> None:
        """A person's word: join, or keep apart."""
        if same:
            self.join(one, other)
        else:
            self.forbid(one, other)

    def forbid(self, one: str, other: str) -> None:
        """Keep two claims apart, unless a person has joined them."""
        a, b = self._find(one), self._find(other)
        if a != b:
            self._apart[a].add(b)
            self._apart[b].add(a)

    def join(self, one: str, other: str) -> None:
        """Make two groups one, unless some pair across them must stay apart."""
        a, b = self._find(one), self._find(other)
        if a == b or b in self._apart[a]:
            return
        keep, gone = sorted((a, b))
        for member in self._members[gone]:
            self._root[member] = keep
        self._members[keep] += self._members.pop(gone)
        for rival in self._apart.pop(gone, set()):
            self._apart[rival].discard(gone)
            self._apart[rival].add(keep)
            self._apart[keep].add(rival)

    def _find(self, claim: str) -> str:
        return self._root[claim]

    def all(self) -> Iterator[list[str]]:
        """The groups, each sorted, in the order of their first member."""
        return iter(sorted(sorted(ids) for ids in self._members.values()))


def _incident(ids: Sequence[str], by_id: Mapping[str, Claim]) -> Incident:
    members = sorted((by_id[i] for i in ids), key=lambda c: (c.document, c.trigger.start, c.id))
    documents = tuple(dict.fromkeys(c.document for c in members))
    return Incident(content_id("inc", *(c.id for c in members)), tuple(c.id for c in members), documents)
