"""Write the ACLED row of an incident, or say why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from reportedly.codebooks.acled.fatalities import fatality_cell, toll_notes
from reportedly.codebooks.acled.sides import Side, actor_cells, read_sides
from reportedly.codebooks.acled.types import Kind, read_kind, type_cells, typed
from reportedly.codebooks.facts import Facts, claimant_name, most_certain, number_of, publishers
from reportedly.codebooks.rows import Cell, Coding, CodingWarning, build_row
from reportedly.model import Claim


def code_acled(facts: Facts) -> Coding:
    """One row, or a warning."""
    happened = [c for c in facts.claims if c.modality in facts.book.tables["modality"] and c.stance != "denied"]
    single = [claim for claim in happened if not claim.aggregate]
    claims = typed(facts, single)
    problem = _problem(facts, happened, single, claims)
    one, two = read_sides(facts, violent=any(claim.violent for claim in claims))
    if not problem and one.code == 0:
        problem = "nobody is named on either side"
    if problem:
        return Coding(warnings=(CodingWarning(facts.record.id, facts.book.name, f"no row: {problem}"),))
    kind = read_kind(facts, claims, one, two)
    cells = _cells(facts, claims, kind, one, two)
    notes = _notes(facts, claims, one, two)
    row = build_row(facts.book, cells, claims, most_certain(kind.claims).confidence, notes)
    return Coding((row,), tuple(CodingWarning(facts.record.id, facts.book.name, note) for note in notes))


def _problem(facts: Facts, happened: Sequence[Claim], single: Sequence[Claim], claims: Sequence[Claim]) -> str | None:
    """Why the incident cannot be a row."""
    when, place = facts.when, facts.place
    if not happened:
        return "nothing is told as having happened (planned, threatened, hypothetical, past or denied)"
    if not single:
        return "only summary figures over a period or many places are told"
    if not claims:
        return f"ACLED has no event like {', '.join(facts.record.event_types)}"
    if when is None:
        return "the day is not known" + (f" ({facts.record.when.edtf})" if facts.record.when else "")
    if when.precision not in facts.book.tables["time_precision"]:
        return f"the time is known only to the {when.precision}"
    if place is None:
        return "the place is not known"
    if place.precision not in facts.book.tables["geo_precision"]:
        return f"the place is known only to the {place.precision}"
    return None


def _cells(facts: Facts, claims: Sequence[Claim], kind: Kind, one: Side, two: Side) -> dict[str, Cell]:
    cells = {"event_id_cnty": Cell(_event_id(facts), "acled.id")}
    cells |= _time_cells(facts) | type_cells(facts, kind, two) | actor_cells(facts, one, two) | _place_cells(facts)
    cells["source"] = Cell("; ".join(publishers(facts)), "acled.source")
    cells["source_scale"] = Cell("", "acled.scale")
    cells["notes"] = Cell(_note_text(facts, claims, kind, one, two), "acled.notes", tuple(c.id for c in claims))
    cells["fatalities"] = fatality_cell(facts, claims)
    crowd = kind.event in facts.book.tables["demonstrations"]
    cells["tags"] = Cell("crowd size=no report" if crowd else "", "acled.tags")
    cells["timestamp"] = Cell(None, "acled.timestamp")
    return cells


def _event_id(facts: Facts) -> str:
    country = facts.country
    return f"{country.iso3 if country else 'XXX'}{number_of(facts.record.id, 7)}"


def _day(facts: Facts) -> tuple[date, str]:
    """The day that stands in the row, inside the time told."""
    when = facts.when
    assert when is not None
    assert when.earliest is not None
    latest = when.latest or when.earliest
    if facts.book.tables["day_in"].get(when.precision) != "middle":
        return when.earliest, f"acled.date.{when.precision}"
    return when.earliest + timedelta((latest - when.earliest).days // 2), f"acled.date.{when.precision}"


def _time_cells(facts: Facts) -> dict[str, Cell]:
    when = facts.when
    assert when is not None
    day, rule = _day(facts)
    precision = facts.book.tables["time_precision"][when.precision]
    return {
        "event_date": Cell(day.isoformat(), rule, facts.ids()),
        "year": Cell(day.year, rule),
        "time_precision": Cell(precision, rule),
    }


def _place_cells(facts: Facts) -> dict[str, Cell]:
    place, country = facts.place, facts.country
    assert place is not None
    numeric = int(country.numeric) if country and country.numeric else None
    return {
        "iso": Cell(numeric, "acled.country"),
        "region": Cell(country.region if country else "", "acled.country"),
        "country": Cell(country.name if country else "", "acled.country"),
        "admin1": Cell(place.admin1 or "", "acled.place"),
        "admin2": Cell("", "acled.place.unknown"),
        "admin3": Cell("", "acled.place.unknown"),
        "location": Cell(place.name or place.span.quote, "acled.place", facts.ids()),
        "latitude": Cell(place.lat, "acled.place"),
        "longitude": Cell(place.lon, "acled.place"),
        "geo_precision": Cell(facts.book.tables["geo_precision"][place.precision], "acled.geo"),
    }


def _note_text(facts: Facts, claims: Sequence[Claim], kind: Kind, one: Side, two: Side) -> str:
    place, (day, _) = facts.place, _day(facts)
    assert place is not None
    where = place.name or place.span.quote
    area = f" ({place.admin1})" if place.admin1 and place.admin1 != where else ""
    who = " and ".join(side.name for side in (one, two) if side.name)
    opening = f"On {day.day} {day:%B %Y}, in {where}{area}, {kind.sub.lower()} is reported"
    parts = [f"{opening}{f', involving {who}' if who else ''}.", toll_notes(facts, claims), _denials(facts)]
    return " ".join(part for part in parts if part)


def _denials(facts: Facts) -> str:
    names = dict.fromkeys(claimant_name(claim) for claim in facts.claims if claim.stance == "denied")
    return f"Denied by {', '.join(names)}." if names else ""


def _notes(facts: Facts, claims: Sequence[Claim], one: Side, two: Side) -> list[str]:
    notes = [*one.notes, *two.notes]
    if not facts.country:
        notes.append("the country of the place is not known")
    elif not facts.country.numeric:
        notes.append(f"{facts.country.name} has no ISO number")
    left_out = len(facts.claims) - len(claims)
    if left_out:
        notes.append(
            f"{left_out} claim(s) of the incident are not coded: no such event, not told as fact, or a summary"
        )
    if any(claim.modality == "attempted" for claim in claims):
        notes.append("told as an attempt that failed or was foiled")
    return notes
