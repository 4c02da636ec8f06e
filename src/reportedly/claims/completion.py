"""Room 4, completion: a sentence that only tells the harm completes the claim before it.

Doors: `completes(before, claim)` and `completed(before, claim)`. Never merges accounts of different tellers.
"""

from __future__ import annotations

from dataclasses import replace

from reportedly.model import Claim


def completes(before: Claim, claim: Claim) -> bool:
    """Tell whether a claim is only harm ("Twelve people were killed.") of the same teller's happening before it."""
    if (
        claim.event_type not in {"attack.killing", "attack.injury"}
        or claim.initiators
        or claim.modality != before.modality
    ):
        return False
    if before.event_type in {"battle.war"} or not before.violent or claim.aggregate or before.aggregate:
        return False
    if claim.place is not None and before.place is not None and claim.place.place_id != before.place.place_id:
        return False
    if claim.when and before.when and claim.when.basis != "publication" and claim.when.edtf != before.when.edtf:
        return False
    if claim.stance != before.stance or not claim.tolls:
        return False
    told = {t.outcome for t in before.tolls}
    same_teller = (claim.claimant is None and before.claimant is None) or (
        claim.claimant is not None and before.claimant is not None and claim.claimant.name == before.claimant.name
    )
    return same_teller and not any(t.outcome in told for t in claim.tolls)


def completed(before: Claim, claim: Claim) -> Claim:
    """Return the claim with the harm, and with whom, where and when as far as it did not say so itself."""
    start, end = min(before.content.start, claim.content.start), max(before.content.end, claim.content.end)
    return replace(
        before,
        content=replace(before.content, start=start, end=end, quote=""),
        tolls=(*before.tolls, *claim.tolls),
        targets=before.targets or claim.targets,
        place=before.place or claim.place,
        when=before.when if before.when and before.when.basis != "publication" else (claim.when or before.when),
    )
