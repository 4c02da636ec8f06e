"""Room 6, relations: how the figures and the words of an incident's tellers stand to each other.

Door: `relations_of(members, documents)`. Two figures contradict only when outcome, victims and tellers' time match and
their ranges cannot both hold; a part, a later figure of the same teller, a repetition and other victims are no
contradictions and are told apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from reportedly.incidents.figures import Row, origin_of, rows_of, teller_of, victim_groups
from reportedly.model import Claim
from reportedly.model.facts import DocumentFacts
from reportedly.model.incident import Comparison, ComparisonKind
from reportedly.model.toll import Toll


def relations_of(members: Sequence[Claim], documents: Mapping[str, DocumentFacts]) -> tuple[Comparison, ...]:
    """Return how claims of one incident stand to each other. `members` come oldest first, as in its record."""
    rows = rows_of(members, documents)
    found = [*_denials(members, documents), *_parts(members)]
    for outcome in dict.fromkeys(r.toll.outcome for r in rows):
        groups = victim_groups([r for r in rows if r.toll.outcome == outcome])
        for group in groups:
            found += (_pair(one, other, documents) for one, other in combinations(group, 2))
        for ones, others in combinations(groups, 2):
            found += _other_victims(ones, others)
    return tuple(found)


def _pair(one: Row, other: Row, documents: Mapping[str, DocumentFacts]) -> Comparison:
    """Two figures for the same people; `one` is the older."""
    x, y = one.toll, other.toll
    same = (x.low, x.high) == (y.low, y.high)
    if one.teller == other.teller:
        if same:
            return _compared("repetition", one, other, "the same teller gives the same figure again")
        if one.claim.document == other.claim.document:
            return _compared(
                "update", one, other, "one text gives two figures of the same teller; the surer one counts"
            )
        if _top(y) < _top(x):
            return _compared("correction", one, other, "the same teller later gives a lower figure")
        return _compared("update", one, other, "the same teller later gives another figure")
    if same and origin_of(one.claim, documents) == origin_of(other.claim, documents):
        return _compared("repetition", one, other, "both figures come out of one text, or of one agency")
    if _both_hold(x, y):
        return _compared("agreement", one, other, "both figures can hold")
    return _compared("contradiction", one, other, "two tellers' figures for the same people cannot both hold")


def _other_victims(ones: Sequence[Row], others: Sequence[Row]) -> Iterator[Comparison]:
    """Figures of two tellers that differ because they count other people."""
    for one in ones:
        for other in others:
            apart = one.teller != other.teller and not _both_hold(one.toll, other.toll)
            if apart and one.toll.part_of is None and other.toll.part_of is None:
                yield _compared("other_victims", one, other, "the figures count other people: no contradiction")


def _denials(members: Sequence[Claim], documents: Mapping[str, DocumentFacts]) -> Iterator[Comparison]:
    """Who denies what others say. A denial of one's own earlier word is a denial too."""
    for denial in (c for c in members if c.stance == "denied"):
        for claim in members:
            if claim.stance != "denied" and teller_of(claim, documents) != teller_of(denial, documents):
                reason = (
                    "the accused deny having done it" if _accuses(claim, denial) else "what the other says is denied"
                )
                yield Comparison("denial", denial.id, claim.id, reason)


def _accuses(claim: Claim, denial: Claim) -> bool:
    """Tell whether a claim names the denier as the one who did it."""
    denier = denial.claimant.actor_id if denial.claimant is not None else None
    return denier is not None and any(r.actor_id == denier for r in claim.initiators)


def _parts(members: Sequence[Claim]) -> Iterator[Comparison]:
    for claim in members:
        wholes = {t.id: t for t in claim.tolls}
        for toll in claim.tolls:
            whole = wholes.get(toll.part_of or "")
            if whole is not None:
                yield Comparison("part", claim.id, claim.id, "one figure is part of the other", toll, whole)
            if toll.superseded:
                yield from _replaced(claim, toll)


def _replaced(claim: Claim, old: Toll) -> Iterator[Comparison]:
    new = [t for t in claim.tolls if t.outcome == old.outcome and not t.superseded and t.part_of is None]
    for toll in new[:1]:
        yield Comparison("update", claim.id, claim.id, "the text itself replaces the earlier figure", old, toll)


def _compared(kind: ComparisonKind, one: Row, other: Row, reason: str) -> Comparison:
    return Comparison(kind, one.claim.id, other.claim.id, reason, one.toll, other.toll)


def _both_hold(x: Toll, y: Toll) -> bool:
    return max(x.low or 0, y.low or 0) <= min(_top(x), _top(y))


def _top(toll: Toll) -> float:
    return float("inf") if toll.high is None else toll.high
