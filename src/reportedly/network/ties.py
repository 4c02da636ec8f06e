"""Ties between actors as claims and relations tell them, each with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from reportedly.model.gist import ClaimGist
from reportedly.model.ids import content_id
from reportedly.network.cast import joined
from reportedly.network.graph import HOSTILE, MUTUAL, Edge, EdgeKind, Spell, Telling
from reportedly.network.tolls import TollRange

# Happenings without violence that tie two actors, by event type or its first part.
PEACEFUL: Mapping[str, EdgeKind] = {
    "aid": "supports",
    "cooperation": "supports",
    "agreement": "agreed_with",
    "group.alliance": "allied_with",
}
# What is planned, threatened or supposed ties nobody; what is recalled as background belongs to its own report.
HAPPENED = frozenset({"actual", "ongoing", "attempted"})


def tie_kind(claim: ClaimGist) -> EdgeKind | None:
    """Return which tie a claim makes between its initiators and targets, if any."""
    if claim.violent:
        return "fights" if claim.event_type.startswith("battle.") else "attacks"
    return PEACEFUL.get(claim.event_type) or PEACEFUL.get(claim.event_type.split(".")[0])


@dataclass(slots=True)
class _Tie:
    """One tie while it is collected."""

    claims: set[str] = field(default_factory=set)
    denied: set[str] = field(default_factory=set)
    tellings: set[Telling] = field(default_factory=set)
    incidents: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    spells: set[Spell] = field(default_factory=set)
    told: Spell | None = None


class Ties:
    """Collects the ties of a case. The same tellings in any order give the same edges."""

    def __init__(self) -> None:
        self._ties: dict[tuple[EdgeKind, str, str], _Tie] = {}

    def claim(
        self,
        claim: ClaimGist,
        pairs: Iterable[tuple[EdgeKind, str, str]],
        *,
        days: Spell | None,
        told: Spell | None,
        incident: str | None,
    ) -> None:
        """Note the ties of one claim."""
        for kind, source, target in pairs:
            tie = self._tie(kind, source, target)
            if tie is None:
                continue
            if claim.stance == "denied":
                tie.denied.add(claim.id)
                continue
            tie.claims.add(claim.id)
            tie.documents.add(claim.document)
            if incident:
                tie.incidents.add(incident)
            if days:
                tie.spells.add(days)
            tie.told = joined(tie.told, told)

    def telling(
        self, kind: EdgeKind, source: str, target: str, telling: Telling, *, days: Spell | None, told: Spell | None
    ) -> None:
        """Note a tie that a relation tells."""
        tie = self._tie(kind, source, target)
        if tie is None:
            return
        if telling.stance == "denied":
            tie.denied.add(f"{telling.document}#{telling.start}-{telling.end}")
            return
        tie.tellings.add(telling)
        tie.documents.add(telling.document)
        tie.spells |= {days} if days else set()
        tie.told = joined(tie.told, told)

    def _tie(self, kind: EdgeKind, source: str, target: str) -> _Tie | None:
        if source == target:
            return None
        ends = (min(source, target), max(source, target)) if kind in MUTUAL else (source, target)
        found = self._ties.get((kind, *ends))
        if found is None:
            found = self._ties[(kind, *ends)] = _Tie()
        return found

    def edges(self, killed: Mapping[str, TollRange]) -> list[Edge]:
        """Return all edges in a fixed order. `killed` has the tolls of each incident."""
        return [_edge(key, tie, killed) for key, tie in sorted(self._ties.items())]


def _edge(key: tuple[EdgeKind, str, str], tie: _Tie, killed: Mapping[str, TollRange]) -> Edge:
    kind, source, target = key
    known = [killed[incident] for incident in sorted(tie.incidents) if incident in killed]
    return Edge(
        id=content_id("edge", kind, source, target),
        kind=kind,
        source=source,
        target=target,
        claims=tuple(sorted(tie.claims)),
        denied=tuple(sorted(tie.denied)),
        tellings=tuple(sorted(tie.tellings, key=lambda telling: (telling.document, telling.start, str(telling)))),
        incidents=tuple(sorted(tie.incidents)),
        documents=tuple(sorted(tie.documents)),
        spells=tuple(merged(tie.spells)),
        told=tie.told,
        killed=sum(known, TollRange()) if kind in HOSTILE else TollRange(),
    )


def merged(spells: Iterable[Spell]) -> Iterator[Spell]:
    """Yield the spells in order, those that touch or overlap as one."""
    current: Spell | None = None
    for spell in sorted(spells):
        if current is None:
            current = spell
        elif spell.start <= current.end + timedelta(days=1):
            current = Spell(current.start, max(current.end, spell.end))
        else:
            yield current
            current = spell
    if current is not None:
        yield current
