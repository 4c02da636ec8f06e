"""Who fought whom in UCDP's terms: type of violence, sides and their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.codebooks.facts import Facts, actor_name, distinct
from reportedly.codebooks.rows import Cell
from reportedly.codebooks.tolls import CIVILIANS, SIDES
from reportedly.model import ActorRef

STATE, NONSTATE, ONESIDED = 1, 2, 3
_RULES = {STATE: "ucdp.type.state", NONSTATE: "ucdp.type.nonstate", ONESIDED: "ucdp.type.onesided"}


@dataclass(frozen=True, slots=True)
class Dyad:
    """Type of violence and the two sides; `order` says which side of our record stands as side A and B."""

    violence: int
    side_a: str
    side_b: str
    gwno_a: str
    gwno_b: str
    order: tuple[str, str]

    @property
    def rule(self) -> str:
        """Rule that gave the type of violence."""
        return _RULES[self.violence]


def read_dyad(facts: Facts) -> Dyad | None:
    """The dyad, None when no organised actor stands against another or against civilians."""
    groups = [_sort(facts, actors) for actors in facts.record.sides]
    first, second = (_standing(group) for group in groups)
    if second is None and first in ("government", "organised") and _civilians_died(facts):
        second = CIVILIANS
    if first is None or second is None or first == second == CIVILIANS:
        return None
    if CIVILIANS in (first, second):
        return _onesided(facts, groups, doer=0 if second == CIVILIANS else 1)
    state = "government" in (first, second)
    swap = state and first != "government"
    order = (SIDES[1], SIDES[0]) if swap else SIDES
    one, two = (1, 0) if swap else (0, 1)
    (name_a, gw_a), (name_b, gw_b) = _name(facts, groups[one]), _name(facts, groups[two])
    return Dyad(STATE if state else NONSTATE, name_a, name_b, gw_a, gw_b, (order[0], order[1]))


def dyad_cells(facts: Facts, dyad: Dyad) -> dict[str, Cell]:
    """The columns that name the dyad."""
    ids = facts.ids()
    side_a = "ucdp.side.government" if dyad.side_a.startswith("Government of") else "ucdp.side"
    side_b = "ucdp.side.civilians" if dyad.violence == ONESIDED else "ucdp.side"
    return {
        "type_of_violence": Cell(dyad.violence, dyad.rule, ids),
        "dyad_name": Cell(f"{dyad.side_a} - {dyad.side_b}", "ucdp.dyad"),
        "side_a": Cell(dyad.side_a, side_a, ids),
        "side_b": Cell(dyad.side_b, side_b, ids),
        "gwnoa": Cell(dyad.gwno_a, "ucdp.gwno"),
        "gwnob": Cell(dyad.gwno_b, "ucdp.gwno"),
    }


def _onesided(facts: Facts, groups: Sequence[dict[str, list[ActorRef]]], doer: int) -> Dyad:
    name, gwno = _name(facts, groups[doer])
    return Dyad(ONESIDED, name, "Civilians", gwno, "", (SIDES[doer], SIDES[1 - doer]))


def _sort(facts: Facts, actors: Sequence[ActorRef]) -> dict[str, list[ActorRef]]:
    """The side's actors by what they are to UCDP: government, organised, civilians."""
    found: dict[str, list[ActorRef]] = {}
    for actor in distinct(actors):
        group = facts.book.tables["sides"].get(actor.kind)
        if group:
            found.setdefault(group, []).append(actor)
    return found


def _standing(groups: dict[str, list[ActorRef]]) -> str | None:
    """What the side is: armed before civilian, its own fighters before its state."""
    return next((group for group in ("government", "organised", "civilians") if group in groups), None)


def _civilians_died(facts: Facts) -> bool:
    cells = [cell for cell in facts.record.tolls if cell.outcome == "killed"]
    return any(cell.victim_class == "civilian" for cell in cells)


def _name(facts: Facts, groups: dict[str, list[ActorRef]]) -> tuple[str, str]:
    """Name of a side as UCDP writes it, with its Gleditsch-Ward number if it is a government."""
    if "government" in groups:
        actor = groups["government"][0]
        country = facts.book.countries.get(actor.country or "")
        if country:
            return f"Government of {country.name}", country.gwno
        return actor_name(actor), ""
    actor = groups["organised"][0]
    return facts.book.ucdp_names.get(actor.actor_id or "") or actor_name(actor), ""
