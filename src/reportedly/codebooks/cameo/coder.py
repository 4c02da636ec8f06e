"""Write the CAMEO rows of an incident: one for each root code that its claims tell, with the most exact code."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.codebooks.engine import Reading, fill
from reportedly.codebooks.facts import (
    Facts,
    actor_name,
    ask_role,
    distinct,
    most_certain,
    place_readings,
    publishers,
    when_claims,
    when_words,
)
from reportedly.codebooks.rows import Coding, CodingWarning, Row, build_row, notes_of
from reportedly.model import ActorRef, Claim

Coded = list[tuple[Claim, str, str]]


def code_cameo(facts: Facts) -> Coding:
    """The incident's rows, and a warning for each claim that gives none."""
    groups: dict[str, Coded] = {}
    warnings: list[str] = []
    for claim in facts.claims:
        found = _code(facts, claim)
        if found is None:
            warnings.append(f"claim {claim.id} ({claim.event_type}, {claim.modality}) gives no row: CAMEO has no code")
        else:
            groups.setdefault(found[0][:2], []).append((claim, *found))
    rows = [_row(facts, coded) for coded in groups.values()]
    warnings += [note for row in rows for note in notes_of(row)]
    return Coding(tuple(rows), tuple(CodingWarning(facts.record.id, facts.book.name, note) for note in warnings))


def _code(facts: Facts, claim: Claim) -> tuple[str, str] | None:
    """Code and rule for a claim; None when CAMEO cannot say it."""
    tables, code = facts.book.tables, facts.book.crosswalk(claim.event_type)
    if not code or claim.aggregate or claim.modality in tables["skip"]:
        return None
    if claim.stance == "denied":
        return str(tables["denied"]), "cameo.code.denied"
    if claim.modality == "threatened":
        return str(facts.book.longest("threats", claim.event_type) or tables["threat"]), "cameo.code.threat"
    if claim.modality == "planned":
        planned = tables["planned_types"].get(claim.event_type) or tables["planned"].get(str(code)[:2])
        return str(planned or code), "cameo.code.planned"
    return str(code), "cameo.code.crosswalk"


def _row(facts: Facts, coded: Coded) -> Row:
    claims = [claim for claim, _, _ in coded]
    code, rule = max(((code, rule) for _, code, rule in coded), key=lambda pair: _exactness(pair[0]))
    ids = tuple(claim.id for claim in claims)
    readings = {
        "id": Reading(f"{facts.record.id}-{code}", ids),
        "code": Reading(code, ids, tuple(claim.trigger.quote for claim in claims), rule),
        "base": Reading(code[:3], ids),
        "root": Reading(code[:2], ids),
        "sources": Reading("; ".join(publishers(facts)), ids),
        **place_readings(facts),
        **_date(facts),
        **_actors(facts, claims),
    }
    notes = ["the day is not known: `Date` is null"] if readings["date"].value is None else []
    return build_row(fill(facts.book, readings), claims, most_certain(claims).confidence, notes)


def _exactness(code: str) -> int:
    """How exact a code is: its digits without a closing 0; of equals the first is taken."""
    return len(code.rstrip("0"))


def _date(facts: Facts) -> dict[str, Reading]:
    when = facts.when
    day = when.earliest.isoformat() if when and when.earliest else None
    return {"date": Reading(day, when_claims(facts) if day else (), when_words(facts) if day else ())}


def _actors(facts: Facts, claims: Sequence[Claim]) -> dict[str, Reading]:
    """First initiator and first target; of several initiators without a target the second is the other side."""
    did = distinct(actor for claim in claims for actor in claim.initiators)
    met = distinct(actor for claim in claims for actor in claim.targets)
    two_sided = {claim.event_type for claim in claims} <= set(facts.book.tables["two_sided"])
    rule = "cameo.target.two_sided" if two_sided else "cameo.target"
    other = met[0] if met else (did[1] if len(did) > 1 else None)
    return _actor(facts, 1, did[0] if did else None, "cameo.actor") | _actor(facts, 2, other, rule)


def _actor(facts: Facts, number: int, actor: ActorRef | None, rule: str) -> dict[str, Reading]:
    if actor is None:
        nobody = Reading("", rule="cameo.actor.none")
        return {f"actor{number}.{name}": nobody for name in ("code", "name", "countrycode", "type1code")}
    country = facts.book.countries.get(actor.country or "")
    beyond = actor.kind in facts.book.tables["beyond_countries"]
    iso3 = country.iso3 if country and not beyond else ""
    kind = ask_role(actor, facts.book.tables["roles"]) or str(facts.book.tables["types"][actor.kind])
    values = {"code": iso3 + kind, "name": actor_name(actor), "countrycode": iso3, "type1code": kind}
    words = (actor.span.quote,)
    return {f"actor{number}.{name}": Reading(value, facts.ids(), words, rule) for name, value in values.items()}
