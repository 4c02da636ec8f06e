"""Which of ACLED's event and sub-event types an incident is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.codebooks.acled.sides import Side
from reportedly.codebooks.facts import Facts
from reportedly.codebooks.rows import Cell
from reportedly.model import Claim

ATTACK, CLASH = "Attack", "Armed clash"


@dataclass(frozen=True, slots=True)
class Kind:
    """Event and sub-event type with the rule that chose them and the claims that tell it."""

    event: str
    sub: str
    rule: str
    claims: tuple[Claim, ...]


def typed(facts: Facts, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims whose event type ACLED has."""
    return tuple(claim for claim in claims if facts.book.crosswalk(claim.event_type))


def read_kind(facts: Facts, claims: Sequence[Claim], one: Side, two: Side) -> Kind:
    """Choose the sub-event type by the book's ranking, then by who the two sides are."""
    told: dict[str, list[Claim]] = {}
    rules: dict[str, str] = {}
    for claim in claims:
        sub, rule = _sub(facts, claim, one, two)
        told.setdefault(sub, []).append(claim)
        rules.setdefault(sub, rule)
    chosen = _first(facts, set(told))
    rule = rules[chosen] if len(told) == 1 or rules[chosen] != "acled.type.only" else "acled.type.rank"
    event = next(e for e, subs in facts.book.tables["events"].items() if chosen in subs)
    return Kind(event, chosen, rule, tuple(told[chosen]))


def type_cells(facts: Facts, kind: Kind, two: Side) -> dict[str, Cell]:
    """The columns that follow from the type."""
    tables, ids = facts.book.tables, tuple(claim.id for claim in kind.claims)
    disorder = tables["disorder"].get(kind.sub) or tables["disorder"][kind.event]
    on_civilians = _on_civilians(facts, kind, two)
    rule = "acled.civilians" if on_civilians else "acled.civilians.no"
    return {
        "disorder_type": Cell(disorder, "acled.disorder"),
        "event_type": Cell(kind.event, kind.rule, ids),
        "sub_event_type": Cell(kind.sub, kind.rule, ids),
        "civilian_targeting": Cell("Civilian targeting" if on_civilians else "", rule),
    }


def _sub(facts: Facts, claim: Claim, one: Side, two: Side) -> tuple[str, str]:
    entry = facts.book.crosswalk(claim.event_type)
    sub, armed = str(entry["sub_event_type"]), facts.book.tables["armed"]
    if "sub_event_type_state" in entry and one.code == 1:
        return str(entry["sub_event_type_state"]), "acled.type.state"
    if one.code in armed and two.code in armed and (sub == ATTACK or "sub_event_type_armed" in entry):
        return str(entry.get("sub_event_type_armed", CLASH)), "acled.type.armed"
    if sub == CLASH and two.code == facts.book.tables["inter"]["civilians"]:
        return ATTACK, "acled.type.civilians"
    return sub, "acled.type.only"


def _first(facts: Facts, subs: set[str]) -> str:
    rank: list[str] = facts.book.tables["rank"]
    if CLASH in subs:
        subs = subs - set(facts.book.tables["clash_over"])
    return min(subs, key=rank.index)


def _on_civilians(facts: Facts, kind: Kind, two: Side) -> bool:
    tables = facts.book.tables
    if kind.event in tables["civilian_events"] or kind.sub in tables["civilian_subs"]:
        return True
    remote = kind.event in tables["civilian_if_target"] or kind.sub in tables["civilian_if_target"]
    return remote and two.code == tables["inter"]["civilians"]
