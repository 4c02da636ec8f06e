"""Figures of people killed, by victims and claimant, as the books that write numbers need them.

Victims form a tree: everybody, the sides and civilians, the actors of a side. A figure for a whole and figures for its
parts are never added up: the larger of the whole and the sum of its parts stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportedly.codebooks.facts import PEOPLE_WORDS, Facts, actor_key
from reportedly.model import ActorRef, Claim, Outcome, Toll

SIDES = ("a", "b")
CIVILIANS, COMBATANTS = "civilians", "combatants"
STATE_KINDS = ("government", "state_forces")
CIVILIAN_KINDS = ("civilians", "protesters", "rioters", "media", "company", "international_organisation")


@dataclass(frozen=True, slots=True)
class Figure:
    """One claimant's figure for one group of victims: `floor` to `ceiling`, `point` as the words have it.

    `side` None is a total over everybody, `actor` None over a whole side. `words` are the words of the figure; `enemy`
    is True where those who fought the victims give it.
    """

    claim: Claim
    side: str | None
    actor: str | None
    floor: int
    point: int
    ceiling: int
    vague: bool
    words: str
    enemy: bool = False


Pick = Callable[[Sequence[Figure]], int]


Actors = tuple[Sequence[ActorRef], Sequence[ActorRef]]


def figures(facts: Facts, claims: Iterable[Claim], sides: Actors, outcome: Outcome = "killed") -> tuple[Figure, ...]:
    """Current figures of an outcome: no parts of another figure, none that was replaced by a later one.

    `sides` are the actors of the two sides, to which victims are put.
    """
    current = {figure.claim for cell in facts.record.tolls if cell.outcome == outcome for figure in cell.by}
    found: list[Figure] = []
    for claim in claims:
        tolls = [t for t in claim.tolls if t.outcome == outcome and not t.superseded and not _is_part(t, claim)]
        if tolls and (not current or claim.id in current):
            found += _accounts(sides, claim, tolls)
    return tuple(found)


def undisputed(found: Sequence[Figure]) -> tuple[Figure, ...]:
    """Leave out fighters killed by the word of those alone who attacked them, where others tell of civilians or people.

    In an attack that is no fight these may be the same dead under another name, and are not added up. That the dead
    were fighters, by the attacker's word, makes no fight of it.
    """
    counted = [f for f in found if f.side in (CIVILIANS, None)]
    fought = any(f.claim.event_type.startswith("battle.") and not (f.enemy and _is_attack(f)) for f in found)
    if not counted or fought:
        return tuple(found)
    others = {_teller(f) for f in counted}
    sides = {f.side for f in found} - {None, CIVILIANS}
    own = {side: [f for f in found if f.side == side] for side in sides}
    disputed = {s for s, told in own.items() if all(f.enemy and _teller(f) not in others for f in told)}
    return tuple(f for f in found if f.side not in disputed)


def _is_attack(figure: Figure) -> bool:
    return figure.claim.event_type == "battle.attack"


def _teller(figure: Figure) -> str:
    claimant = figure.claim.claimant
    return actor_key(claimant) if claimant is not None else ""


def total(found: Sequence[Figure], pick: Pick) -> int:
    """One number over all victims: parts are added up, a whole is never added to its parts."""
    sides = {figure.side for figure in found if figure.side is not None}
    parts = sum(side_total(found, side, pick) for side in sides)
    return max(parts, _picked([f for f in found if f.side is None], pick))


def side_total(found: Sequence[Figure], side: str, pick: Pick) -> int:
    """One number over the victims of one side."""
    own = [figure for figure in found if figure.side == side]
    actors = {figure.actor for figure in own if figure.actor is not None}
    parts = sum(_picked([f for f in own if f.actor == actor], pick) for actor in actors)
    return max(parts, _picked([f for f in own if f.actor is None], pick))


def _picked(found: Sequence[Figure], pick: Pick) -> int:
    """Pick among the figures; words without a number ("several") only where nobody gives one."""
    return pick([figure for figure in found if not figure.vague] or found) if found else 0


def _accounts(sides: Actors, claim: Claim, tolls: Sequence[Toll]) -> list[Figure]:
    """The claim's tolls, those for the same victims added up."""
    slots: dict[tuple[str | None, str | None], list[Toll]] = {}
    for toll in tolls:
        slots.setdefault(_slot(sides, toll), []).append(toll)
    telling = {side for side, actors in zip(SIDES, sides, strict=True) if _is_among(claim.claimant, actors)}
    return [
        _sum(claim, side, actor, group, enemy=bool(telling - {side}) and side is not None)
        for (side, actor), group in slots.items()
    ]


def _is_among(claimant: ActorRef | None, actors: Sequence[ActorRef]) -> bool:
    """Tell whether a teller is one of a side's actors, or a body of the same state ("the defence ministry")."""
    if claimant is None:
        return False
    return any(actor_key(claimant) == actor_key(one) or _one_state(claimant, one) for one in actors)


def _one_state(one: ActorRef, other: ActorRef) -> bool:
    state = one.kind in STATE_KINDS and other.kind in STATE_KINDS
    return state and one.country is not None and one.country == other.country


def _sum(claim: Claim, side: str | None, actor: str | None, tolls: Sequence[Toll], *, enemy: bool) -> Figure:
    return Figure(
        claim=claim,
        side=side,
        actor=actor,
        floor=sum(t.low or 0 for t in tolls),
        point=sum(_first(t.best, t.low, t.high) for t in tolls),
        ceiling=sum(max(_first(t.high, t.best, t.low), t.low or 0) for t in tolls),
        vague=any(t.best is None and t.qualifier in ("vague", "none") for t in tolls),
        words=" ".join(t.span.quote for t in tolls),
        enemy=enemy,
    )


def _first(*numbers: int | None) -> int:
    return next((n for n in numbers if n is not None), 0)


def _is_part(toll: Toll, claim: Claim) -> bool:
    """Tell whether the toll is a part of another toll of the same outcome in the claim."""
    return any(toll.part_of == other.id and other.outcome == toll.outcome for other in claim.tolls)


def _slot(sides: Actors, toll: Toll) -> tuple[str | None, str | None]:
    """Side and actor whose deaths are counted."""
    victims = toll.victims
    if toll.victim_class == "civilian" or (victims is not None and _is_civilian(victims, toll)):
        return CIVILIANS, None
    if victims is not None and victims.kind in CIVILIAN_KINDS:
        return None, None
    side = _side_of(sides, victims) if victims is not None else None
    if side is None:
        return (COMBATANTS if toll.victim_class == "combatant" else None), None
    return side, victims.actor_id if victims is not None else None


def _is_civilian(victims: ActorRef, toll: Toll) -> bool:
    """Tell whether victims are civilians; mere "people" of no class told are not said to be."""
    return (
        victims.kind in CIVILIAN_KINDS
        and toll.victim_class != "combatant"
        and (toll.victim_class != "unknown" or victims.role not in PEOPLE_WORDS)
    )


def _side_of(actors: Actors, victims: ActorRef) -> str | None:
    """Side to which the victims belong: by the actor, else by kind where only one side has such actors."""
    sides: Mapping[str, Sequence[ActorRef]] = dict(zip(SIDES, actors, strict=True))
    named = [side for side, actors in sides.items() if actor_key(victims) in map(actor_key, actors)]
    if len(named) == 1:
        return named[0]
    if victims.kind == "unknown":
        return None
    alike = [side for side, actors in sides.items() if victims.kind in {actor.kind for actor in actors}]
    return alike[0] if len(alike) == 1 else None
