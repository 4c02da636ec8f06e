"""Room 4, completion: what a sentence adds to a happening that is told already.

Doors: `completes(before, claim, known)` and `completed(before, claim)` for the same teller's harm, doers or place; for
others `told_again(claim, before, deed)`, `counted_again(claim, before)`, `unharmed(claim, before)`, `spared(claim,
last)`; of all tellers `outnumbered(claim, told)`.
Never merges accounts of different tellers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from reportedly.model import Claim, PlaceRef
from reportedly.model.quick import replace
from reportedly.model.toll import Toll

_HARM = frozenset({"attack.killing", "attack.injury"})
HARMLESS = "weapons.disrupted"  # what was made harmless hurt nobody
_STRUCK = frozenset({"attack", "explosion", "strike", "destruction"})
_CHARGED = frozenset({"alleged", "suspected"})
_GENERIC = "attack.armed"  # "the attack" may be anything that was told before


def completes(before: Claim, claim: Claim, again: Collection[int]) -> bool:
    """Tell whether a claim only adds harm ("Twelve people were killed."), who did it or where to the same teller's
    claim. `again` are the starts of words that speak of their happening as known ("THE attack occurred in X").
    """
    known = claim.trigger.start in again
    if before.trigger.start in again and not (before.initiators or before.targets or before.tolls):
        return False  # it only said where that was, whose harm is told already
    if claim.stance != before.stance or not _same_teller(before, claim):
        return False
    if known and _only_where(before, claim):
        return True
    if not _agree(before, claim):
        return False
    if claim.event_type in _HARM and _burnt_alone(before, claim):
        return False
    return _only_harm(before, claim) or _only_who(before, claim) or (known and _only_toll(before, claim))


def parted(claim: Claim, before: Claim | None, parts: Collection[str], members: Collection[str]) -> Claim:
    """Return the claim with what it counts of those told before ("EIGHT OF THE DEAD were pupils") as a part of the same
    teller's figure; without it where that figure is not the sentence's before. `members` stay then ("among the dead
    were TWO NURSES")."""
    if not any(t.id in parts or t.id in members for t in claim.tolls):
        return claim
    same = before is not None and before.stance == claim.stance and _same_teller(before, claim)
    told = before.tolls if before is not None and same else ()
    tolls = []
    for toll in claim.tolls:
        whole = next((t for t in told if _holds(t, toll)), None)
        if whole is not None and (toll.id in parts or toll.id in members):
            tolls.append(replace(toll, part_of=whole.id))
        elif toll.id not in parts:
            tolls.append(toll)
    return replace(claim, tolls=tuple(tolls))


def _holds(whole: Toll, part: Toll) -> bool:
    """Tell whether a figure may include another."""
    if whole.outcome != part.outcome or whole.part_of is not None or whole.superseded:
        return False
    return whole.high is None or (part.low or 0) <= whole.high


def unharmed(claim: Claim, before: Claim) -> Claim:
    """Return the word that nobody was harmed as one on the happening before it, and no killing of nobody."""
    if claim.modality != "actual" or before.event_type in _HARM or claim.event_type not in _HARM:
        return claim
    if claim.initiators or not claim.tolls or any(t.high != 0 for t in claim.tolls) or not _agree(before, claim):
        return claim
    return replace(
        claim,
        event_type=before.event_type,
        targets=claim.targets or before.targets,
        place=claim.place or before.place,
        when=before.when if claim.when is None or claim.when.basis == "publication" else claim.when,
    )


def spared(claim: Claim, last: Claim) -> bool:
    """ "A bomb was defused. NOBODY WAS HURT": of what was made harmless, and no happening of its own."""
    if last.event_type != HARMLESS or claim.event_type not in _HARM or claim.initiators or not claim.tolls:
        return False
    here = claim.place is None or last.place is None or claim.place.place_id == last.place.place_id
    return here and all(t.high == 0 for t in claim.tolls)


def outnumbered(claim: Claim, told: Iterable[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield the claims whose figure a sum goes on from, each with that figure as replaced: two were dead, and "a third
    woman died, raising the toll to THREE"."""
    sums = [(whole, more) for whole in claim.tolls if (more := _came_to(whole, claim)) and whole.low == whole.high]
    for before in told if sums else ():
        tolls = tuple(replace(t, superseded=True) if any(_goes_on(t, *s) for s in sums) else t for t in before.tolls)
        if tolls != before.tolls:
            yield before, replace(before, tolls=tolls)


def _came_to(whole: Toll, claim: Claim) -> int:
    """How many a sum says that came to those before."""
    return sum(t.low or 0 for t in claim.tolls if t.part_of == whole.id and t.span.end <= whole.span.start)


def _goes_on(old: Toll, whole: Toll, more: int) -> bool:
    """Tell whether a figure and what came to it make the sum."""
    same = old.outcome == whole.outcome and old.id != whole.id and old.part_of is None
    return same and old.low is not None and old.low + more == whole.low


def _agree(before: Claim, claim: Claim) -> bool:
    """Tell whether a claim may be of the happening before it: nothing of another kind, place or time."""
    if claim.modality != before.modality or claim.aggregate or before.aggregate:
        return False
    if before.event_type in {"battle.war"} or not before.violent:
        return False
    if claim.place is not None and before.place is not None and claim.place.place_id != before.place.place_id:
        return False
    dated = claim.when is not None and claim.when.basis != "publication"
    return not (dated and claim.when and before.when and claim.when.edtf != before.when.edtf)


def _same_teller(before: Claim, claim: Claim) -> bool:
    if claim.claimant is None or before.claimant is None:
        return claim.claimant is before.claimant
    return claim.claimant.name == before.claimant.name


def _only_harm(before: Claim, claim: Claim) -> bool:
    if claim.event_type not in _HARM or not claim.tolls:
        return False
    own = {a.actor_id for a in before.initiators if a.actor_id}
    if any(a.actor_id not in own for a in claim.initiators):
        return False
    return _adds(before, claim)


def _burnt_alone(before: Claim, claim: Claim) -> bool:
    """Who was hurt was hurt in something else than the burning of a house."""
    return before.event_type.startswith("destruction.") and not before.tolls and any(t.high != 0 for t in claim.tolls)


def _adds(before: Claim, claim: Claim) -> bool:
    """Tell whether the figures of a claim are of other harm than that told before, or parts of it."""
    told, wholes = _told_outcomes(before), {t.id for t in before.tolls}
    return not any(t.outcome in told and t.part_of not in wholes for t in claim.tolls)


def _told_outcomes(claim: Claim) -> set[str]:
    """What a claim says became of people; that somebody in particular was not hurt says it of no others."""
    return {t.outcome for t in claim.tolls if t.high != 0 or t.victims is None}


def _only_who(before: Claim, claim: Claim) -> bool:
    """ "The attack was carried out by X": whom it harmed, and where, was taken over from the claim before.

    Who condemned it, or is to look into it, did not do it.
    """
    if not claim.violent or not claim.initiators or before.initiators or claim.tolls or before.cue != claim.cue:
        return False
    return bool(claim.targets) and claim.targets == before.targets


def _only_toll(before: Claim, claim: Claim) -> bool:
    """ "A bomb went off in a market. THE EXPLOSION killed nine", "... caused no casualties"."""
    if claim.initiators or not claim.tolls or not _kin(before.event_type, claim.event_type):
        return False
    counted = [t.victims.span for t in claim.tolls if t.victims is not None]
    if any(t.span not in counted for t in claim.targets if t not in before.targets):
        return False
    return _adds(before, claim)


def _kin(one: str, other: str) -> bool:
    """Tell whether two types of violence may be those of one happening, told in different words."""
    kinds = {one.partition(".")[0], other.partition(".")[0]}
    return kinds <= _STRUCK


def _only_where(before: Claim, claim: Claim) -> bool:
    """ "The attack happened in X on Sunday": says nothing else of what was told before without a place, or in the area
    around."""
    if not _finer(claim.place, before.place) or not before.violent or before.modality != claim.modality:
        return False
    if claim.event_type not in {_GENERIC, before.event_type} or before.event_type == "battle.war" or before.aggregate:
        return False
    if claim.initiators or claim.targets not in {(), before.targets} or claim.tolls or claim.means:
        return False
    times = [c.when.edtf for c in (before, claim) if c.when is not None and c.when.basis != "publication"]
    return len(set(times)) < 2


def _finer(place: PlaceRef | None, before: PlaceRef | None) -> bool:
    """Tell whether a place says more than the one before: that there was none, or but the country or division of it."""
    if place is None or before is None:
        return place is not None
    inside = place.country in {before.country, None} and place.place_id != before.place_id
    return inside and before.precision in {"country", "region"} and place.precision not in {"country", "region"}


def completed(before: Claim, claim: Claim) -> Claim:
    """Return the claim with the harm, and with whom, where and when as far as it did not say so itself."""
    start, end = min(before.content.start, claim.content.start), max(before.content.end, claim.content.end)
    return replace(
        before,
        content=replace(before.content, start=start, end=end, quote=""),
        tolls=(*before.tolls, *claim.tolls),
        initiators=before.initiators or claim.initiators,
        targets=before.targets or claim.targets,
        place=claim.place if _finer(claim.place, before.place) else before.place,
        when=before.when if before.when and before.when.basis != "publication" else (claim.when or before.when),
    )


def _of_things(before: Claim, claim: Claim) -> bool:
    """ "A couple were found dead. Militiamen LOOTED the rest": who plunders or burns did not do it to those killed."""
    return claim.event_type.startswith("destruction.") and not before.event_type.startswith("destruction.")


def counted_again(claim: Claim, before: Claim) -> Claim:
    """Return the claim with its figure as one for the first harm told before ("the army put the NUMBER at 50")."""
    harm = next((t for t in before.tolls if t.running), before.tolls[0])
    tolls = (
        replace(t, outcome=harm.outcome, victims=harm.victims, victim_class=harm.victim_class) for t in claim.tolls
    )
    return replace(claim, tolls=tuple(tolls))


def told_again(claim: Claim, before: Claim, *, deed: bool) -> Claim:
    """Return the claim with those harmed, where it blames somebody, as the text gave them before.

    `deed`: the words of the claim do not say what happened ("the incident"); then it is what was told before.
    """
    if not deed and _by_others(before, claim):
        return claim
    if (
        deed
        and claim.stance == "denied"
        and before.stance in _CHARGED
        and not any(i.actor_id for i in claim.initiators)
    ):
        claim = replace(claim, initiators=before.initiators)  # "its spokesman denied THE CHARGE": those who are charged
    unhurt = bool(claim.tolls) and all(t.high == 0 for t in claim.tolls) and not claim.targets
    found = replace(claim, event_type=before.event_type, violent=before.violent) if deed else claim
    nobody = not (found.targets or found.tolls or found.aggregate) and not _of_things(before, claim)
    if deed or unhurt or (found.initiators and nobody):
        own = {(a.span.start, a.span.end) for a in found.initiators}
        found = replace(found, targets=tuple(t for t in before.targets if (t.span.start, t.span.end) not in own))
    return found


def _by_others(before: Claim, claim: Claim) -> bool:
    """Tell whether others act than before, each by name and nobody charged: "X struck a farm, as Y FIRED rockets"."""
    sides = [{a.actor_id for a in c.initiators} for c in (before, claim)]
    named = all(s and None not in s for s in sides)
    return named and claim.stance == before.stance == "asserted" and sides[0].isdisjoint(sides[1])
