"""Actors of an ACLED row: names, types, and the interaction of the two sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.codebooks.facts import Facts, actor_name, distinct
from reportedly.codebooks.rows import Cell
from reportedly.model import ActorRef


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the row: its first actor's name and type code (0 = nobody), its associates, and what was decided."""

    name: str
    code: int
    associates: tuple[str, ...]
    name_rule: str
    code_rule: str
    notes: tuple[str, ...] = ()


def read_sides(facts: Facts, violent: bool) -> tuple[Side, Side]:
    """Both sides of the incident; armed violence by nobody named has an unidentified group on the first."""
    first, second = facts.record.sides
    one, two = _side(facts, first, acting=True), _side(facts, second, acting=False)
    if one.code == 0 and violent:
        one = _unidentified(facts)
    if one.code == 0 and two.code != 0:
        one, two = two, one
    return one, two


def actor_cells(facts: Facts, one: Side, two: Side) -> dict[str, Cell]:
    """The actor columns, `inter` and `interaction`."""
    ids = facts.ids()
    cells: dict[str, Cell] = {}
    for n, side in ((1, one), (2, two)):
        cells[f"actor{n}"] = Cell(side.name, side.name_rule, ids if side.code else ())
        cells[f"assoc_actor_{n}"] = Cell("; ".join(side.associates), "acled.associates")
        cells[f"inter{n}"] = Cell(_code(facts, side.code), side.code_rule)
    cells["interaction"] = Cell(_interaction(facts, one.code, two.code), "acled.interaction")
    return cells


def _code(facts: Facts, code: int) -> int | str:
    return code if facts.book.codes_as_numbers else str(facts.book.tables["labels"][code])


def _interaction(facts: Facts, one: int, two: int) -> int | str:
    """Smaller code first, `0` second for a lone actor; as text the two labels."""
    present = sorted(code for code in (one, two) if code)
    if facts.book.codes_as_numbers:
        return int("".join(map(str, present)).ljust(2, "0")) if present else 0
    labels = [str(facts.book.tables["labels"][code]) for code in present]
    return f"{labels[0]} only" if len(labels) == 1 else "-".join(labels)


def _side(facts: Facts, actors: Sequence[ActorRef], *, acting: bool) -> Side:
    people = [a for a in distinct(actors) if a.kind not in facts.book.tables["things"]]
    if not people:
        return Side("", 0, (), "acled.actor.none", "acled.inter.none")
    named = sorted(people, key=lambda actor: actor.kind == "unknown")
    names = list(dict.fromkeys(_name(facts, actor)[0] for actor in named))
    code, rule = _inter(facts, named[0], acting=acting)
    notes: tuple[str, ...] = ()
    if rule == "acled.inter.decided":
        notes = (f"`{names[0]}` is of kind {named[0].kind}, which has no actor type of its own: {code} is written",)
    return Side(names[0], code, tuple(names[1:]), _name(facts, named[0])[1], rule, notes)


def _unidentified(facts: Facts) -> Side:
    name = _class_name(facts, "unknown")
    note = "nobody is named as having done it: an unidentified armed group is written"
    code = facts.book.tables["inter"]["unknown"]
    return Side(name, code, (), "acled.actor.unidentified", "acled.inter.decided", (note,))


def _name(facts: Facts, actor: ActorRef) -> tuple[str, str]:
    if actor.actor_id is None and actor.kind in facts.book.tables["names"]:
        rule = "acled.actor.unidentified" if actor.kind == "unknown" else "acled.actor.class"
        return _class_name(facts, actor.kind, actor.country), rule
    return actor_name(actor), "acled.actor"


def _class_name(facts: Facts, kind: str, country: str | None = None) -> str:
    known = facts.book.countries.get(country or "") or facts.country
    pattern = str(facts.book.tables["names"][kind])
    return pattern.format(country=known.name) if known else pattern.removesuffix(" ({country})")


def _inter(facts: Facts, actor: ActorRef, *, acting: bool) -> tuple[int, str]:
    tables, home = facts.book.tables, facts.place.country if facts.place else None
    if actor.kind == "state_forces" and actor.country and home and actor.country not in _homes(facts):
        return tables["inter"]["external_forces"], "acled.inter.abroad"
    code = tables["inter_acting"].get(actor.kind) if acting else None
    rule = "acled.inter.decided" if actor.kind in tables["decided"] else "acled.inter.kind"
    return code or tables["inter"][actor.kind], rule


def _homes(facts: Facts) -> set[str]:
    place = facts.place
    return {place.country or "", *place.countries} if place else set()
