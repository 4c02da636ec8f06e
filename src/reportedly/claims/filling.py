"""Room 4, filling: what one claim of an incident leaves unsaid and another of the same text states.

Door: `filled(document, claims, incidents, families)`, once the claims of a document are grouped.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from reportedly.claims.antecedents import lie_apart
from reportedly.claims.draft import HARM
from reportedly.claims.stamped import entry_starts
from reportedly.model import GROUP_KINDS, Claim, Document, Incident
from reportedly.model.quick import replace

_LONG = frozenset({"month", "season", "year"})
_CAPTURE = "battle.capture"  # where a town was taken is that town: nothing told further on happened there for that
_COARSE = frozenset({"country", "unresolved"})


def filled(
    document: Document, claims: tuple[Claim, ...], incidents: Sequence[Incident], families: Mapping[str, str]
) -> tuple[Claim, ...]:
    """Give a claim without place or time of its own those that the text states elsewhere for the same happening.

    Where people are arrested or flown to is not where they were hurt, if the same sentence tells both. On a page that
    tells as it goes no entry is where another was, but for the dead and hurt that it counts.
    """
    entries = entry_starts(document) if incidents else []
    starts = [s.start for s in document.segments]
    opens = [p.start for p in document.paragraphs]
    by_id = {c.id: c for c in claims}

    days = {c.when.edtf for c in claims if c.violent and c.when is not None and c.when.basis != "publication"}

    def paragraph(claim: Claim) -> int:
        return bisect_right(opens, claim.trigger.start)

    def told_later(one: Claim, other: Claim) -> bool:  # of a text that tells of several days, for harm of its own
        further_on = one.trigger.start > other.trigger.start and paragraph(one) != paragraph(other)
        here = {c.place.place_id if c.place else None for c in (one, other)}
        return len(days) > 2 and bool(other.tolls) and further_on and (len(here) > 1 or None in here)

    for incident in incidents:
        members = [by_id[i] for i in incident.claims]
        for claim in members:
            told = [c for c in members if _may_fill(c, claim, families)]
            entry = bisect_right(entries, claim.trigger.start)
            beside = [c for c in told if not entries or bisect_right(entries, c.trigger.start) == entry]
            dated = told if claim.event_type in HARM else beside
            when = next((c.when for c in dated if _dates(c, claim, families) and not told_later(c, claim)), None)
            here = bisect_right(starts, claim.trigger.start)
            apart = [c for c in told if c.violent >= claim.violent or bisect_right(starts, c.trigger.start) != here]
            apart = [c for c in apart if not _leaves(c, claim) or paragraph(c) == paragraph(claim)]
            if entries and claim.place is None and (claim.event_type not in HARM or claim.initiators):
                apart = [c for c in apart if c in beside]
            place = next((c.place for c in apart if c.place and c.place.precision not in _COARSE), None)
            own_time = claim.when if claim.when and claim.when.basis != "publication" else None
            when, place = own_time or when or claim.when, claim.place or place
            if when is not claim.when or place is not claim.place:
                by_id[claim.id] = replace(claim, when=when, place=place)
    return tuple(by_id[c.id] for c in claims)


def _leaves(one: Claim, other: Claim) -> bool:
    """Tell whether what one claim tells is over where the other is told further on: a town is taken, a deed is done."""
    return one.event_type == _CAPTURE or one.violent > other.violent


def _may_fill(one: Claim, other: Claim, families: Mapping[str, str]) -> bool:
    """Tell whether what one claim states holds for another of the same incident: of another kind (a battle, a strike)
    only what stands before it does, as a text goes on from there; of an act without violence ("the miners RETURNED on
    Sunday") nothing holds for one of violence."""
    if (other.violent and not one.violent) or _done_by_others(one, other):
        return False
    return one.trigger.start <= other.trigger.start or _of_one_kind(one, other, families)


def _done_by_others(one: Claim, other: Claim) -> bool:
    """Tell whether two deeds are told of different parties: known ones, or forces of a state and those of nobody."""
    if one.event_type.startswith("battle.") or other.event_type.startswith("battle."):
        return False
    if "denied" in {one.stance, other.stance} or one.modality != other.modality:
        return False  # who denies a deed may say whose it was instead, who foils one did not do it
    first, second = ({i.actor_id for i in c.initiators if i.actor_id} for c in (one, other))
    if first and second:
        return first.isdisjoint(second)
    kinds = [{i.kind for i in c.initiators} for c in (one, other)]
    return any(a == {"state_forces"} and b and b <= GROUP_KINDS for a, b in (kinds, kinds[::-1]))


def _dates(one: Claim, other: Claim, families: Mapping[str, str]) -> bool:
    """Tell whether a stated time of one claim is that of another: a month or year is only so of its kind,
    and of nothing told before it ("LAST MONTH the hospital was hit, too")."""
    when, entry = one.when, other.when is not None and other.when.precision == "day"  # of a page with a clock
    if when is None or when.basis == "publication":
        return False
    if entry and (
        when.precision != "day"
        or (one.place is not None and other.place is not None and lie_apart(one.place, other.place))
    ):
        return False
    earlier = one.trigger.start <= other.trigger.start
    return when.precision not in _LONG or (earlier and _of_one_kind(one, other, families))


def _of_one_kind(one: Claim, other: Claim, families: Mapping[str, str]) -> bool:
    return families.get(one.event_type, one.event_type) == families.get(other.event_type, other.event_type)
