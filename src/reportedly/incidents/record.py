"""Room 6, records: what an incident looks like from its claims. Door: `summarise(incident, claims, documents, labels)`.

Every field is computed with its support; figures of different tellers stand side by side and are never averaged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from reportedly.model import ActorRef, Claim, Incident, IncidentRecord, PlaceRef, Toll, TollCell, TollFigure, When
from reportedly.model.facts import DocumentFacts
from reportedly.model.incident import Status

_PLACE_RANK = {"point": 0, "near": 1, "district": 2, "region": 3, "unresolved": 4, "country": 5}
_WHEN_RANK = {"day": 0, "span": 1, "week": 2, "month": 3, "season": 4, "year": 5}
_OPEN = 10**9


def summarise(
    incident: Incident, claims: Sequence[Claim], documents: Mapping[str, DocumentFacts], labels: Mapping[str, str]
) -> IncidentRecord:
    """Return the record of an incident. `claims` are its members; `labels` are the plain words for event types."""
    members = sorted(claims, key=lambda c: (_day(c, documents), c.document, c.trigger.start, c.id))
    types = _types(members)
    when, place = _when(members), _place(members)
    tolls = _tolls(members, documents)
    return IncidentRecord(
        id=incident.id,
        title=_title(types, labels, when, place),
        event_types=types,
        when=when,
        place=place,
        sides=_sides(members),
        documents=tuple(sorted({c.document for c in members})),
        claims=tuple(c.id for c in members),
        tolls=tolls,
        origins=len({documents[c.document].origin if c.document in documents else c.document for c in members}),
        status=_status(members, tolls),
    )


def _day(claim: Claim, documents: Mapping[str, DocumentFacts]) -> str:
    published = documents[claim.document].published if claim.document in documents else None
    return published.isoformat() if published else "9999"


def _types(members: Sequence[Claim]) -> tuple[str, ...]:
    """Event types, the most told first; mere harm after what did the harm."""
    counts = Counter(c.event_type for c in members)
    return tuple(sorted(counts, key=lambda t: (t in {"attack.killing", "attack.injury"}, -counts[t], t)))


def _when(members: Sequence[Claim]) -> When | None:
    """The sharpest time that a member states; the publication day only when none states any."""
    times = [c.when for c in members if c.when is not None]
    return min(
        times, key=lambda w: (w.basis == "publication", w.earliest is None, _WHEN_RANK[w.precision]), default=None
    )


def _place(members: Sequence[Claim]) -> PlaceRef | None:
    places = [c.place for c in members if c.place is not None]
    return min(places, key=lambda p: _PLACE_RANK[p.precision], default=None)


def _sides(members: Sequence[Claim]) -> tuple[tuple[ActorRef, ...], tuple[ActorRef, ...]]:
    """Initiators against targets, each actor once and on the side where more claims put it."""
    votes: Counter[tuple[str, int]] = Counter()
    first: dict[str, ActorRef] = {}
    for claim in members:
        for side, refs in enumerate((claim.initiators, claim.targets)):
            for ref in refs:
                votes[_key(ref), side] += 1
                first.setdefault(_key(ref), ref)
    sides: tuple[list[ActorRef], list[ActorRef]] = ([], [])
    for key, ref in first.items():
        sides[0 if votes[key, 0] >= votes[key, 1] else 1].append(ref)
    return tuple(sides[0]), tuple(sides[1])


def _key(ref: ActorRef) -> str:
    return ref.actor_id or ref.span.quote.casefold()


# ------------------------------------------------------------------------------------------- tolls


def _tolls(members: Sequence[Claim], documents: Mapping[str, DocumentFacts]) -> tuple[TollCell, ...]:
    """One cell for each outcome and victim group, with the latest figure of each teller."""
    cells: dict[tuple[str, str, str], list[tuple[Claim, Toll]]] = {}
    for claim in members:
        for toll in claim.tolls:
            if toll.superseded or claim.stance == "denied":
                continue
            cells.setdefault((toll.outcome, _victims(toll) or "", toll.victim_class), []).append((claim, toll))
    return tuple(_cell(key, rows) for key, rows in cells.items())


def _victims(toll: Toll) -> str | None:
    if toll.victims is None:
        return None
    return toll.victims.name if toll.victims.actor_id else toll.victims.span.quote


def _cell(key: tuple[str, str, str], rows: Sequence[tuple[Claim, Toll]]) -> TollCell:
    latest: dict[str, tuple[Claim, Toll]] = {}
    for claim, toll in rows:
        latest[_teller(claim) or f"\0{claim.document}"] = (claim, toll)
    current = list(latest.values())
    figures = tuple(TollFigure(_teller(c), t.low, t.high, t.qualifier, c.id, c.document) for c, t in current)
    lows = [t.low for _, t in current if t.low is not None]
    highs = [t.high if t.high is not None else None for _, t in current]
    toll = rows[0][1]
    return TollCell(
        outcome=toll.outcome,
        victims=key[1] or None,
        victim_class=toll.victim_class,
        low=min(lows) if lows else None,
        high=None if any(h is None for h in highs) else max(h for h in highs if h is not None),
        by=figures,
        status=_agreement(current),
    )


def _teller(claim: Claim) -> str | None:
    if claim.claimant is None:
        return None
    return claim.claimant.name if claim.claimant.actor_id else claim.claimant.span.quote


def _agreement(current: Sequence[tuple[Claim, Toll]]) -> Status:
    """Contested when two tellers' ranges cannot both hold; a part never contradicts its whole."""
    wholes = [t for _, t in current if t.part_of is None]
    if len(wholes) < 2:
        return "single"
    low = max(t.low if t.low is not None else 0 for t in wholes)
    high = min(t.high if t.high is not None else _OPEN for t in wholes)
    return "contested" if low > high else "agreed"


def _status(members: Sequence[Claim], tolls: Sequence[TollCell]) -> Status:
    denied = any(c.stance == "denied" for c in members) and any(c.stance != "denied" for c in members)
    if denied or any(t.status == "contested" for t in tolls):
        return "contested"
    return "single" if len({(c.document, _teller(c)) for c in members}) < 2 else "agreed"


def _title(types: Sequence[str], labels: Mapping[str, str], when: When | None, place: PlaceRef | None) -> str:
    label = labels.get(types[0], types[0]) if types else "Incident"
    where = ""
    if place is not None:
        where = f" {'near' if place.precision == 'near' else 'in'} {place.name or place.span.quote}"
    if when is None:
        return f"{label}{where}, date not stated"
    if when.basis == "publication":
        return f"{label}{where}, by {when.latest}"
    return f"{label}{where}, {when.edtf}"
