"""Which of ACLED's event and sub-event types an incident is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from reportedly.codebooks.acled.sides import Side
from reportedly.codebooks.engine import Reading
from reportedly.codebooks.facts import Facts, ids_of
from reportedly.model import Claim

ATTACK, CLASH, ABDUCTION = "Attack", "Armed clash", "Abduction/forced disappearance"
DISRUPTED = "Disrupted weapons use"
# A way of violence told half as often as violence in general is the event.
SHARE = 2


@dataclass(frozen=True, slots=True)
class Kind:
    """Event and sub-event type with the rule that chose them, the claims that tell it, and what else was told."""

    event: str
    sub: str
    rule: str
    claims: tuple[Claim, ...]
    detail: str = ""


def typed(facts: Facts, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims whose event type ACLED has."""
    return tuple(claim for claim in claims if facts.book.crosswalk(claim.event_type))


def read_kind(facts: Facts, claims: Sequence[Claim], sides: Callable[[Claim], tuple[Side, Side]]) -> Kind:
    """Choose the sub-event type: violence before the rest, how before that, then the most told, then the ranking.

    `sides` gives the two sides as one claim tells them. Mere harm counts only where nothing tells what did it.
    """
    harm = facts.book.tables["mere_harm"]
    telling = [claim for claim in claims if claim.event_type not in harm] or list(claims)
    told: dict[str, list[Claim]] = {}
    rules: dict[str, str] = {}
    for claim in telling:
        sub, rule = _sub(facts, claim, *sides(claim))
        told.setdefault(sub, []).append(claim)
        rules.setdefault(sub, rule)
    _merge_abduction(told, rules, claims)
    chosen = _chosen(facts, {sub: len(own) for sub, own in told.items()})
    rule = rules[chosen] if len(told) == 1 or rules[chosen] != "acled.type.only" else "acled.type.rank"
    others = ", ".join(f"{sub.lower()} ({len(own)})" for sub, own in told.items() if sub != chosen)
    return Kind(event_of(facts, chosen), chosen, rule, tuple(told[chosen]), others or "nothing else")


def settle_kind(facts: Facts, kind: Kind, one: Side, two: Side) -> Kind:
    """The type once the sides are settled: an attack between armed sides is a clash, a clash with civilians none."""
    armed, civilians = facts.book.tables["armed"], facts.book.tables["inter"]["civilians"]
    instead = facts.book.tables["armed_instead"]
    if one.code in armed and two.code in armed and kind.sub in instead:
        sub, rule = str(instead[kind.sub]), "acled.type.armed"
    elif kind.sub == CLASH and civilians in (one.code, two.code):
        sub, rule = ATTACK, "acled.type.civilians"
    else:
        return kind
    return replace(kind, event=event_of(facts, sub), sub=sub, rule=rule)


def event_of(facts: Facts, sub: str) -> str:
    """The event type that a sub-event type belongs to."""
    return next(str(event) for event, subs in facts.book.tables["events"].items() if sub in subs)


def type_readings(facts: Facts, kind: Kind, two: Side) -> dict[str, Reading]:
    """Event type, sub-event type, and what follows from them."""
    tables, ids = facts.book.tables, ids_of(kind.claims)
    words = tuple(claim.trigger.quote for claim in kind.claims)
    return {
        "event": Reading(kind.event, ids, words, kind.rule, kind.detail),
        "sub": Reading(kind.sub, ids, words, kind.rule, kind.detail),
        "disorder": Reading(tables["disorder"].get(kind.sub) or tables["disorder"][kind.event], ids),
        "on_civilians": Reading(_on_civilians(facts, kind, two), ids),
    }


def _sub(facts: Facts, claim: Claim, one: Side, two: Side) -> tuple[str, str]:
    entry, tables = facts.book.crosswalk(claim.event_type), facts.book.tables
    sub, armed = str(entry["sub_event_type"]), tables["armed"]
    if "sub_event_type_state" in entry and one.code == tables["inter"]["state_forces"]:
        return str(entry["sub_event_type_state"]), "acled.type.state"
    if claim.modality == "attempted" and event_of(facts, sub) in tables["disrupted"] and not _harmful(claim):
        return DISRUPTED, "acled.type.disrupted"
    if one.code == tables["inter"]["rioters"] and sub in tables["rioters_instead"]:
        return str(tables["rioters_instead"][sub]), "acled.type.rioters"
    if one.code == tables["inter"]["protesters"] and sub in tables["demonstrating"]:
        return str(tables["demonstrating"][sub]), "acled.type.demonstrating"
    both = two.code in armed and (one.code in armed or not one.code)
    if both and sub in tables["armed_instead"]:
        return str(entry.get("sub_event_type_armed") or tables["armed_instead"][sub]), "acled.type.armed"
    if both and "sub_event_type_armed" in entry:
        return str(entry["sub_event_type_armed"]), "acled.type.armed"
    if two.code == tables["inter"]["protesters"] and sub in tables["protesters_instead"]:
        return str(tables["protesters_instead"][sub]), "acled.type.protesters"
    if sub == CLASH and tables["inter"]["civilians"] in (two.code, one.code):
        return ATTACK, "acled.type.civilians"
    return sub, "acled.type.only"


def _harmful(claim: Claim) -> bool:
    return any(toll.low or toll.high for toll in claim.tolls)


def _merge_abduction(told: dict[str, list[Claim]], rules: dict[str, str], claims: Sequence[Claim]) -> None:
    """People abducted and killed or hurt in the same attack: the event is the attack."""
    violent = any(t.outcome in ("killed", "injured") and (t.low or t.high) for c in claims for t in c.tolls)
    if ABDUCTION in told and (ATTACK in told or violent):
        told[ATTACK] = [*told.get(ATTACK, ()), *told.pop(ABDUCTION)]
        rules[ATTACK] = "acled.type.abduction"


def _chosen(facts: Facts, told: dict[str, int]) -> str:
    """Violence before what is none, a way of violence before violence in general unless that is told far more often."""
    tables = facts.book.tables
    rank: list[str] = tables["rank"]
    tier = min(_tier(facts, sub) for sub in told)
    left = {sub: n for sub, n in told.items() if _tier(facts, sub) == tier}
    covered = {lower for sub in left for lower in tables["over"].get(sub, ())}
    left = {sub: n for sub, n in left.items() if sub not in covered}
    if CLASH in left:
        left = {s: n for s, n in left.items() if s not in tables["clash_over"] or n > left[CLASH]}
    general = max((n for s, n in left.items() if s in tables["general"]), default=0)
    ways = {s: n for s, n in left.items() if s not in tables["general"] and SHARE * n >= general}
    pool = ways or left
    return min(pool, key=lambda sub: (-pool[sub], rank.index(sub)))


def _tier(facts: Facts, sub: str) -> int:
    """Political violence before demonstrations before strategic developments."""
    tables = facts.book.tables
    disorder = str(tables["disorder"].get(sub) or tables["disorder"][event_of(facts, sub)])
    return 0 if disorder.startswith("Political") else 1 if disorder.startswith("Demo") else 2


def _on_civilians(facts: Facts, kind: Kind, two: Side) -> bool:
    tables = facts.book.tables
    if kind.event in tables["civilian_events"] or kind.sub in tables["civilian_subs"]:
        return True
    remote = kind.event in tables["civilian_if_target"] or kind.sub in tables["civilian_if_target"]
    return remote and two.code == tables["inter"]["civilians"]
