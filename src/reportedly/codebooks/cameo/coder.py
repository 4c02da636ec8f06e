"""Write the CAMEO rows of an incident: one for each root code that its claims tell, with the most exact code."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.codebooks.facts import Facts, actor_name, ask_role, distinct, most_certain, publishers
from reportedly.codebooks.rows import Cell, Coding, CodingWarning, Row, build_row
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
    warnings += [str(s["value"]) for row in rows for s in row["_trace"] if s["rule"] == "warning"]
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
    cells = {
        "EventID": Cell(f"{facts.record.id}-{code}", "cameo.id"),
        "EventCode": Cell(code, rule, ids),
        "EventBaseCode": Cell(code[:3], "cameo.base"),
        "EventRootCode": Cell(code[:2], "cameo.root"),
        "QuadClass": Cell(facts.book.tables["quads"][code[:2]], "cameo.quad"),
        "Source": Cell("; ".join(publishers(facts)), "cameo.source"),
    }
    cells |= _date(facts) | _actors(facts, claims) | _place(facts)
    notes = ["the day is not known: `Date` is null"] if cells["Date"].value is None else []
    return build_row(facts.book, cells, claims, most_certain(claims).confidence, notes)


def _exactness(code: str) -> int:
    """How exact a code is: its digits without a closing 0; of equals the first is taken."""
    return len(code.rstrip("0"))


def _date(facts: Facts) -> dict[str, Cell]:
    when = facts.when
    if when is None or when.earliest is None:
        return {"Date": Cell(None, "cameo.date.none")}
    return {"Date": Cell(when.earliest.isoformat(), "cameo.date", facts.ids())}


def _actors(facts: Facts, claims: Sequence[Claim]) -> dict[str, Cell]:
    """First initiator and first target; of several initiators without a target the second is the other side."""
    did = distinct(actor for claim in claims for actor in claim.initiators)
    met = distinct(actor for claim in claims for actor in claim.targets)
    two_sided = {claim.event_type for claim in claims} <= set(facts.book.tables["two_sided"])
    rule = "cameo.target.two_sided" if two_sided else "cameo.target"
    other = met[0] if met else (did[1] if len(did) > 1 else None)
    return _actor(facts, 1, did[0] if did else None, "cameo.actor") | _actor(facts, 2, other, rule)


def _actor(facts: Facts, number: int, actor: ActorRef | None, rule: str) -> dict[str, Cell]:
    if actor is None:
        fields = ("Code", "Name", "CountryCode", "Type1Code")
        return {f"Actor{number}{field}": Cell("", "cameo.actor.none") for field in fields}
    country = facts.book.countries.get(actor.country or "")
    iso3 = country.iso3 if country else ""
    kind = ask_role(actor, facts.book.tables["roles"]) or str(facts.book.tables["types"][actor.kind])
    return {
        f"Actor{number}Code": Cell(iso3 + kind, rule),
        f"Actor{number}Name": Cell(actor_name(actor), rule, facts.ids()),
        f"Actor{number}CountryCode": Cell(iso3, rule),
        f"Actor{number}Type1Code": Cell(kind, rule),
    }


def _place(facts: Facts) -> dict[str, Cell]:
    place, country = facts.place, facts.country
    return {
        "ActionGeo_FullName": Cell((place.name or place.span.quote) if place else "", "cameo.place"),
        "ActionGeo_CountryCode": Cell(country.iso3 if country else "", "cameo.place"),
        "ActionGeo_Lat": Cell(place.lat if place else None, "cameo.place"),
        "ActionGeo_Long": Cell(place.lon if place else None, "cameo.place"),
    }
