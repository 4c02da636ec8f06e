"""Room 6, records: what an incident looks like from its claims. Door: `summarise(incident, claims, documents, labels)`.

Every field is computed with its support; figures of different tellers stand side by side and are never averaged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from reportedly.incidents.figures import cells, origin_of, teller_of
from reportedly.model import ActorRef, Claim, Incident, IncidentRecord, PlaceRef, TollCell, When
from reportedly.model.facts import DocumentFacts
from reportedly.model.incident import Status
from reportedly.model.when import days_words

_PLACE_RANK = {"point": 0, "near": 1, "district": 2, "region": 3, "unresolved": 4, "country": 5}
_WHEN_RANK = {"day": 0, "span": 1, "week": 2, "month": 3, "season": 4, "year": 5}
Told = tuple[str, int | None, int | None]
_MERE_HARM = frozenset({"attack.killing", "attack.injury"})


def summarise(
    incident: Incident, claims: Sequence[Claim], documents: Mapping[str, DocumentFacts], labels: Mapping[str, str]
) -> IncidentRecord:
    """Return the record of an incident. `claims` are its members; `labels` are the plain words for event types."""
    members = sorted(claims, key=lambda c: (_day(c, documents), c.document, c.trigger.start, c.id))
    types = _types(members)
    when, place = _when(members), _place(members)
    tolls = cells(members, documents)
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
        origins=_origins(members, documents),
        status=_status(members, tolls, documents),
    )


def known_by(claims: Sequence[Claim], documents: Mapping[str, DocumentFacts], day: date) -> list[Claim]:
    """Return the claims that were known on a day: said by then, or else published by then.

    Claims of which neither day is known are left out.
    """
    return [c for c in claims if (known := known_since(c, documents)) is not None and known <= day]


def known_since(claim: Claim, documents: Mapping[str, DocumentFacts]) -> date | None:
    """Return the day since which a claim can be known: when it was said, else published; None where neither is."""
    facts = documents.get(claim.document)
    published = facts.published if facts is not None else None
    said = claim.said_on.latest if claim.said_on is not None else None
    days = [day for day in (said, published) if day is not None]
    return min(days, default=None)


def _day(claim: Claim, documents: Mapping[str, DocumentFacts]) -> str:
    published = documents[claim.document].published if claim.document in documents else None
    return published.isoformat() if published else "9999"


def _types(members: Sequence[Claim]) -> tuple[str, ...]:
    """Event types, the most told first; mere harm after what did the harm, support last."""
    counts = Counter(c.event_type for c in members)
    violent = {c.event_type for c in members if c.violent}
    return tuple(sorted(counts, key=lambda t: (violent and t not in violent, t in _MERE_HARM, -counts[t], t)))


def _origins(members: Sequence[Claim], documents: Mapping[str, DocumentFacts]) -> int:
    """Independent origins: agencies, and texts that are neither an agency's nor reprints of each other.

    A text that an agency helped with adds an origin only by what no text of that agency tells.
    """
    told: defaultdict[str, set[Told]] = defaultdict(set)
    for claim in members:
        told[origin_of(claim, documents)].update(_figures_of(claim))
    return len({_family_of(claim, documents, told) for claim in members})


def _family_of(claim: Claim, documents: Mapping[str, DocumentFacts], told: Mapping[str, set[Told]]) -> str:
    facts = documents.get(claim.document)
    helper = facts.helper if facts is not None else None
    repeated = helper is not None and helper in told and told[helper].issuperset(_figures_of(claim))
    return helper if helper is not None and repeated else origin_of(claim, documents)


def _figures_of(claim: Claim) -> Iterator[Told]:
    return ((toll.outcome, toll.low, toll.high) for toll in claim.tolls)


def _when(members: Sequence[Claim]) -> When | None:
    """The sharpest time that members state, the most told of those; the publication day only when none states any."""
    times = [c.when for c in members if c.when is not None]
    told = Counter(w.edtf for w in times)
    return min(times, key=lambda w: (*_when_rank(w), -told[w.edtf]), default=None)


def _when_rank(when: When) -> tuple[bool, bool, bool, int]:
    unsaid = not any(c.isdigit() for c in when.edtf)
    return when.basis == "publication", unsaid, when.earliest is None, _WHEN_RANK[when.precision]


def _place(members: Sequence[Claim]) -> PlaceRef | None:
    """The sharpest place that members name, the most told of those."""
    places = [c.place for c in members if c.place is not None]
    told = Counter(_place_key(p) for p in places)
    return min(places, key=lambda p: (_PLACE_RANK[p.precision], -told[_place_key(p)]), default=None)


def _place_key(place: PlaceRef) -> str:
    return place.place_id or (place.name or place.span.quote).casefold()


def _sides(members: Sequence[Claim]) -> tuple[tuple[ActorRef, ...], tuple[ActorRef, ...]]:
    """Who stood against whom, each actor once, on the side where more claims put it; supporters are no side.

    Each claim is laid beside those before it, the right way round: an army that strikes back is told as the one who
    acts, and yet stands where the soldiers who were attacked stand.
    """
    votes: Counter[tuple[str, int]] = Counter()
    first: dict[str, ActorRef] = {}
    fighting = [c for c in members if c.violent] or members
    # In two-sided fighting which side comes first means nothing: it is laid beside the claims that do tell.
    for claim in sorted(fighting, key=lambda c: (c.event_type.startswith("battle."), not (c.initiators and c.targets))):
        told = [_marks(claim.initiators), _marks(claim.targets)]
        turned = _turned(told, votes)
        for side, refs in enumerate((claim.initiators, claim.targets)):
            for mark in told[side] - told[1 - side]:
                votes[mark, 1 - side if turned else side] += 1
            for ref in refs:
                first.setdefault(_key(ref), ref)
    sides: tuple[list[ActorRef], list[ActorRef]] = ([], [])
    for key, ref in first.items():
        camp = _camp(ref) or ""
        straight = (votes[key, 0] - votes[key, 1], votes[camp, 0] - votes[camp, 1])
        sides[0 if straight >= (0, 0) else 1].append(ref)
    return _parties(sides[0]), _parties(sides[1])


def _marks(refs: Sequence[ActorRef]) -> set[str]:
    """What tells a side: its actors, and their camps - the state of a country, or those who bear arms against one."""
    return {mark for ref in refs for mark in (_key(ref), _camp(ref)) if mark is not None}


def _camp(ref: ActorRef) -> str | None:
    if ref.kind in {"state_forces", "government", "external_forces"}:
        return f"\0state {ref.country or ''}"
    return "\0armed" if ref.kind in {"rebel_group", "political_militia", "identity_militia"} else None


def _turned(told: Sequence[set[str]], votes: Mapping[tuple[str, int], int]) -> bool:
    """Tell whether the two sides stand the other way round than the votes so far."""
    straight = sum(votes[m, side] for side in (0, 1) for m in told[side] if (m, side) in votes)
    turned = sum(votes[m, 1 - side] for side in (0, 1) for m in told[side] if (m, 1 - side) in votes)
    return turned > straight


def _parties(side: Sequence[ActorRef]) -> tuple[ActorRef, ...]:
    """Those who act or suffer; buildings, things and mere words only where nobody else is named."""
    people = tuple(r for r in side if r.actor_id is not None or r.kind not in {"facility", "unknown"})
    return people or tuple(side)


def _key(ref: ActorRef) -> str:
    """What makes two references the same party: the actor, else the role, else the words: "FIVE OF the attackers"."""
    if ref.actor_id is not None or ref.role is None:
        return ref.actor_id or ref.span.quote.casefold()
    return f"{ref.role}\0{ref.country or ''}"


def _status(members: Sequence[Claim], tolls: Sequence[TollCell], documents: Mapping[str, DocumentFacts]) -> Status:
    """Contested by figures or a denial; agreed when two tellers speak who do not copy each other."""
    denied = any(c.stance == "denied" for c in members) and any(c.stance != "denied" for c in members)
    if denied or any(t.status == "contested" for t in tolls):
        return "contested"
    return "single" if len({teller_of(c, documents) for c in members}) < 2 else "agreed"


def _title(types: Sequence[str], labels: Mapping[str, str], when: When | None, place: PlaceRef | None) -> str:
    label = labels.get(types[0], types[0]) if types else "Incident"
    where = ""
    if place is not None:
        where = f" {'near' if place.precision == 'near' else 'in'} {place.name or place.span.quote}"
    return f"{label}{where}, {days_words(when)}"
