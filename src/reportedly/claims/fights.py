"""Room 4, fights: what one armed side does to another is a fight between them, whatever word tells it.

Door: `fought(claim, lexicon)`. "Rebels attacked a garrison" and "the army killed five insurgents" are battles, as the
ontology and the codebooks have it; violence against people who do not fight, police on their beat and chosen single
persons stay attacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from reportedly.knowledge.lexicon import Lexicon
from reportedly.model import ARMED_KINDS, ActorRef, Claim
from reportedly.model.quick import replace

_FIGHT = "battle.attack"
# Types that leave open how it was done: an ambush, a bomb or an air strike keeps its own type.
_CLASH, _RIOT = "battle.clash", "unrest.riot"
_PRISONERS, _ARREST = "battle.prisoners", "coercion.arrest"
_ATTACKS = frozenset({"attack.armed", "attack.raid"})
_HARM = frozenset({"attack.killing", "attack.injury"})
_WORD = re.compile(r"[^\W\d_]+")


def fought(claim: Claim, lexicon: Lexicon) -> Claim:
    """Return the claim as fighting where both sides bear arms, as an arrest where a state's forces catch suspects."""
    if claim.event_type == _PRISONERS:
        return _held(claim)
    if claim.event_type == _CLASH:
        return replace(claim, event_type=_RIOT) if _of_a_crowd(claim, lexicon) else claim
    if claim.event_type not in _ATTACKS | _HARM:
        return claim
    struck = (*claim.targets, *(t.victims for t in claim.tolls if t.victims is not None))
    if not struck or not _all_fight(struck, lexicon) or not _by_a_side(claim, lexicon):
        return claim
    return replace(claim, event_type=_FIGHT)


def _of_a_crowd(claim: Claim, lexicon: Lexicon) -> bool:
    """Tell whether one side are demonstrators, or people without arms against police."""
    refs = [ref for ref in (*claim.initiators, *claim.targets) if ref.kind not in {"unknown", "facility"}]
    kinds = {ref.kind for ref in refs if not _police(ref, lexicon)}
    return "protesters" in kinds or (kinds == {"civilians"} and len(refs) > sum(r.kind == "civilians" for r in refs))


def _held(claim: Claim) -> Claim:
    """Suspects whom a state's forces capture are arrested; soldiers whom rebels capture are prisoners."""
    if not claim.initiators or any(ref.kind != "state_forces" for ref in claim.initiators):
        return claim
    if any(ref.kind in {"state_forces", "external_forces"} for ref in claim.targets):
        return claim
    return replace(claim, event_type=_ARREST, violent=False)


def _by_a_side(claim: Claim, lexicon: Lexicon) -> bool:
    """Those who did it bear arms; where nobody is named, soldiers and rebels fall to another armed side."""
    if not claim.initiators:
        return claim.event_type in _HARM
    return all(ref.kind in ARMED_KINDS and not _police(ref, lexicon) for ref in claim.initiators)


def _all_fight(struck: Iterable[ActorRef], lexicon: Lexicon) -> bool:
    """All that were struck fight, and they are not policemen alone."""
    refs = tuple(struck)
    if not all(_fights(ref, lexicon) or _police(ref, lexicon) for ref in refs):
        return False
    return not all(_police(ref, lexicon) for ref in refs)


def _fights(ref: ActorRef, lexicon: Lexicon) -> bool:
    return _military_site(ref, lexicon) or (ref.kind in ARMED_KINDS and not _chosen(ref, lexicon))


def _police(ref: ActorRef, lexicon: Lexicon) -> bool:
    words = _words(ref)
    return bool(words & lexicon.words["police_words"]) and (ref.kind in ARMED_KINDS or ref.kind == "facility")


def _chosen(ref: ActorRef, lexicon: Lexicon) -> bool:
    """Tell whether the words are of one person of rank or name, whom one chooses to kill."""
    if ref.actor_id is not None:
        return False
    role = ref.role or ""
    return role not in lexicon.roles or role in lexicon.titles


def _military_site(ref: ActorRef, lexicon: Lexicon) -> bool:
    """ "a garrison", "army positions", "the brigade's installations", "a military convoy"."""
    if ref.kind != "facility" or _police(ref, lexicon):
        return False
    return bool(_words(ref) & lexicon.words["military_words"])


def _words(ref: ActorRef) -> frozenset[str]:
    found = [w.lower() for w in _WORD.findall(ref.span.quote)]
    return frozenset([*found, *(w.removesuffix("s") for w in found), ref.role or ""])
