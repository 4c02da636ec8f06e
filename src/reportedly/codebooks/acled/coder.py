"""Write the ACLED rows of an incident, one a day of fighting, or say why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from reportedly.codebooks.acled.days import LASTING, Days, read_days
from reportedly.codebooks.acled.fatalities import fatalities
from reportedly.codebooks.acled.notes import note_text, scale, tags
from reportedly.codebooks.acled.sides import NOBODY, Sides, actor_readings, read_sides, settle
from reportedly.codebooks.acled.types import Kind, read_kind, settle_kind, type_readings, typed
from reportedly.codebooks.engine import Reading, Readings, fill, no_row
from reportedly.codebooks.facts import (
    Facts,
    ids_of,
    most_certain,
    number_of,
    place_readings,
    publishers,
    when_claims,
    when_words,
)
from reportedly.codebooks.rows import Coding, CodingWarning, build_row
from reportedly.model import Claim


@dataclass(frozen=True, slots=True)
class _Draft:
    """What all rows of one incident share."""

    facts: Facts
    claims: tuple[Claim, ...]
    kind: Kind
    sides: Sides
    days: Days


def code_acled(facts: Facts) -> Coding:
    """The rows, or a warning."""
    happened = [c for c in facts.claims if c.modality in facts.book.tables["modality"] and c.stance != "denied"]
    single = [claim for claim in happened if not claim.aggregate]
    claims = typed(facts, single)
    draft = _draft(facts, claims) if claims else None
    days = draft.days if draft else read_days(facts, "")
    problem = no_row(facts.book, _gate_readings(facts, happened, single, draft, days))
    if problem or draft is None:
        return Coding(warnings=(CodingWarning(facts.record.id, facts.book.name, f"no row: {problem}"),))
    notes = _notes(draft)
    confidence = most_certain(draft.kind.claims).confidence
    rows = tuple(
        build_row(fill(facts.book, _readings(draft, n)), draft.claims, confidence, notes)
        for n in range(len(draft.days.days))
    )
    return Coding(rows, tuple(CodingWarning(facts.record.id, facts.book.name, note) for note in notes))


def _draft(facts: Facts, claims: tuple[Claim, ...]) -> _Draft:
    """The type by what each claim tells, then the sides by the claims that tell this type."""
    everybody = read_sides(facts, claims)

    def told_by(claim: Claim) -> Sides:
        return _completed(read_sides(facts, [claim]), everybody)

    kind = read_kind(facts, claims, told_by)
    told = _completed(read_sides(facts, kind.claims), everybody)
    if kind.rule == "acled.type.disrupted":  # who was to be hit stands first: they prevented it
        told = told[1] if told[1].code in facts.book.tables["armed"] else NOBODY, told[0]
    kind = settle_kind(facts, kind, *told)
    violent = any(claim.violent for claim in kind.claims)
    harmed = _people_harmed(claims)
    sides = settle(facts, kind.event, kind.sub, told, everybody[1], harmed=harmed, violent=violent)
    return _Draft(facts, claims, kind, sides, read_days(facts, kind.sub))


def _completed(told: Sides, everybody: Sides) -> Sides:
    """Sides that few claims leave open are as all the claims of the incident tell them."""
    one, two = (own if own.code else other for own, other in zip(told, everybody, strict=True))
    return one, two


def _people_harmed(claims: Sequence[Claim]) -> bool:
    tolls = [toll for claim in claims for toll in claim.tolls if toll.outcome in ("killed", "injured")]
    return any(toll.victim_class != "combatant" and (toll.low or toll.high) for toll in tolls)


def _gate_readings(
    facts: Facts, happened: Sequence[Claim], single: Sequence[Claim], draft: _Draft | None, days: Days
) -> Readings:
    """What the book's reasons for no row ask about."""
    told = "event" if draft else "untyped" if single else "aggregate" if happened else "nothing"
    edtf = facts.record.when.edtf if facts.record.when else ""
    return {
        "told": Reading(told),
        "types": Reading(", ".join(facts.record.event_types)),
        "when": Reading(days.precision),
        "edtf": Reading(f" ({edtf})" if edtf else ""),
        "place": Reading(facts.place.precision if facts.place else "unknown"),
        "actor": Reading(_first_actor(facts, draft)),
    }


def _first_actor(facts: Facts, draft: _Draft | None) -> str:
    code = draft.sides[0].code if draft else 0
    civilians = facts.book.tables["inter"]["civilians"]
    return "nobody" if code == 0 else "civilians" if code == civilians else "somebody"


def _readings(draft: _Draft, n: int) -> dict[str, Reading]:
    facts, days, day = draft.facts, draft.days, draft.days.days[n]
    claims, words = when_claims(facts), when_words(facts)
    key = facts.record.id if len(days.days) == 1 else f"{facts.record.id}/{day}"
    country = facts.country.iso3 if facts.country else "XXX"
    told = (*ids_of(draft.claims),)
    note = note_text(facts, draft.claims, draft.kind, draft.sides, day, days.precision)
    return {
        "event_id": Reading(f"{country}{number_of(key, 7)}"),
        "when": Reading(days.precision, claims, words),
        "day": Reading(day.isoformat(), claims, words),
        "year": Reading(day.year, claims, words),
        **type_readings(facts, draft.kind, draft.sides[1]),
        **actor_readings(facts, *draft.sides),
        **place_readings(facts),
        "sources": Reading("; ".join(publishers(facts)), facts.ids()),
        "scale": scale(facts),
        "notes": Reading(note, told),
        "fatalities": fatalities(facts, draft.claims, len(days.days), n),
        "tags": tags(facts, draft.kind),
        "timestamp": _timestamp(facts, day),
    }


def _timestamp(facts: Facts, day: date) -> Reading:
    """The day of the newest report; of the event where no report says its day."""
    days = [facts.documents[key].published_on for key in facts.record.documents if key in facts.documents]
    known = [one for one in days if one is not None]
    newest, rule = (max(known), "acled.timestamp") if known else (day, "acled.timestamp.event")
    moment = datetime(newest.year, newest.month, newest.day, tzinfo=UTC)
    return Reading(int(moment.timestamp()), rule=rule)


def _notes(draft: _Draft) -> list[str]:
    facts = draft.facts
    notes = [*draft.sides[0].notes, *draft.sides[1].notes]
    if not facts.country:
        notes.append("the country of the place is not known")
    elif not facts.country.numeric:
        notes.append(f"{facts.country.name} has no ISO number")
    left_out = len(facts.claims) - len(draft.claims)
    if left_out:
        notes.append(
            f"{left_out} claim(s) of the incident are not coded: no such event, not told as fact, or a summary"
        )
    if any(claim.modality == "attempted" for claim in draft.claims):
        notes.append("told as an attempt that failed or was foiled")
    extra = {LASTING: f"one row for each of {len(draft.days.days)} days of fighting"}
    extra["undated"] = "no day is told: the day of publication stands for it (setting undated)"
    return [*notes, extra[draft.days.precision]] if draft.days.precision in extra else notes
