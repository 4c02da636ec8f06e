"""Write the UCDP GED row of an incident, or say why there is none."""

from __future__ import annotations

import math
from collections.abc import Sequence

from reportedly.codebooks.facts import Facts, actor_name, most_certain, number_of, publishers
from reportedly.codebooks.rows import Cell, Coding, CodingWarning, build_row
from reportedly.codebooks.ucdp.deaths import Deaths, death_cells, read_deaths
from reportedly.codebooks.ucdp.dyad import Dyad, dyad_cells, read_dyad
from reportedly.model import Claim

_UNKNOWN = (
    *("active_year", "conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id"),
    *("side_a_dset_id", "side_a_new_id", "side_b_dset_id", "side_b_new_id", "adm_2"),
)


def code_ucdp(facts: Facts) -> Coding:
    """One row, or a warning."""
    happened = [c for c in facts.claims if c.modality in facts.book.tables["modality"] and c.stance != "denied"]
    claims = [claim for claim in happened if facts.book.crosswalk(claim.event_type)]
    dyad = read_dyad(facts)
    deaths = read_deaths(facts, happened, dyad) if claims and dyad else None
    problem = _problem(facts, happened, claims, dyad, deaths)
    if problem or dyad is None or deaths is None:
        return Coding(warnings=(CodingWarning(facts.record.id, facts.book.name, f"no row: {problem}"),))
    cells = _cells(facts, claims, dyad, deaths)
    notes = _notes(facts, claims)
    row = build_row(facts.book, cells, happened, most_certain(claims).confidence, notes)
    return Coding((row,), tuple(CodingWarning(facts.record.id, facts.book.name, note) for note in notes))


def _problem(
    facts: Facts, happened: Sequence[Claim], claims: Sequence[Claim], dyad: Dyad | None, deaths: Deaths | None
) -> str | None:
    """Why the incident cannot be a row."""
    place = facts.place
    if not happened:
        return "nothing is told as having happened (planned, threatened, hypothetical, past or denied)"
    if not claims:
        return f"UCDP has no lethal violence like {', '.join(facts.record.event_types)}"
    if dyad is None:
        return "no organised actor is told to have used force against another or against civilians"
    if deaths is None or deaths.high == 0:
        return "no death is reported"
    if facts.when is None:
        return "the day is not known" + (f" ({facts.record.when.edtf})" if facts.record.when else "")
    if place is None or place.precision not in facts.book.tables["where_prec"]:
        return "the place is not known"
    return None


def _cells(facts: Facts, claims: Sequence[Claim], dyad: Dyad, deaths: Deaths) -> dict[str, Cell]:
    cells = {column: Cell("", "ucdp.unknown") for column in _UNKNOWN}
    cells |= _head_cells(facts, dyad) | dyad_cells(facts, dyad) | _source_cells(facts)
    cells |= _place_cells(facts) | _time_cells(facts, claims) | death_cells(deaths)
    return cells


def _head_cells(facts: Facts, dyad: Dyad) -> dict[str, Cell]:
    when, country = facts.when, facts.country
    assert when is not None
    assert when.earliest is not None
    year = when.earliest.year
    return {
        "id": Cell(number_of(facts.record.id), "ucdp.id"),
        "relid": Cell(f"{country.iso3 if country else 'XXX'}-{year}-{dyad.violence}-0-0", "ucdp.relid"),
        "year": Cell(year, "ucdp.year", facts.ids()),
        "code_status": Cell("Check dyad", "ucdp.status"),
    }


def _source_cells(facts: Facts) -> dict[str, Cell]:
    known = [facts.documents[key] for key in facts.record.documents if key in facts.documents]
    articles = ['"' + ", ".join(p for p in (d.publisher, d.published, d.title) if p) + '"' for d in known]
    cited = dict.fromkeys(actor_name(claim.claimant) for claim in facts.claims if claim.claimant)
    return {
        "number_of_sources": Cell(len(facts.record.documents), "ucdp.sources"),
        "source_article": Cell(";".join(a for a in articles if a != '""'), "ucdp.sources"),
        "source_office": Cell(";".join(publishers(facts)), "ucdp.sources"),
        "source_date": Cell(";".join(d.published for d in known if d.published), "ucdp.sources"),
        "source_headline": Cell(";".join(d.title for d in known if d.title), "ucdp.sources"),
        "source_original": Cell(";".join(cited), "ucdp.original", facts.ids()),
    }


def _place_cells(facts: Facts) -> dict[str, Cell]:
    place, country = facts.place, facts.country
    assert place is not None
    point = place.lat is not None and place.lon is not None
    regions = facts.book.tables["regions"]
    return {
        "where_prec": Cell(facts.book.tables["where_prec"][place.precision], "ucdp.where.prec"),
        "where_coordinates": Cell(place.name or place.span.quote, "ucdp.where", facts.ids()),
        "where_description": Cell(place.span.quote, "ucdp.where"),
        "adm_1": Cell(place.admin1 or "", "ucdp.where"),
        "latitude": Cell(place.lat, "ucdp.where"),
        "longitude": Cell(place.lon, "ucdp.where"),
        "geom_wkt": Cell(f"POINT ({place.lon} {place.lat})" if point else "", "ucdp.where"),
        "priogrid_gid": Cell(_priogrid(place.lat, place.lon), "ucdp.priogrid"),
        "country": Cell(country.name if country else "", "ucdp.country"),
        "country_id": Cell(int(country.gwno) if country and country.gwno else None, "ucdp.country"),
        "region": Cell(regions.get(country.region, "") if country else "", "ucdp.country"),
    }


def _priogrid(lat: float | None, lon: float | None) -> int | None:
    """Cell of the 0.5 degree grid, numbered from the south-west corner."""
    if lat is None or lon is None:
        return None
    return min(math.floor((lat + 90) * 2), 359) * 720 + min(math.floor((lon + 180) * 2), 719) + 1


def _time_cells(facts: Facts, claims: Sequence[Claim]) -> dict[str, Cell]:
    when = facts.when
    assert when is not None
    assert when.earliest is not None
    end = when.latest or when.earliest
    aggregate = all(claim.aggregate for claim in claims)
    clarity = Cell(2, "ucdp.clarity.aggregate") if aggregate else Cell(1, "ucdp.clarity.clear")
    return {
        "event_clarity": clarity,
        "date_prec": Cell(_date_prec(facts, (end - when.earliest).days + 1), "ucdp.date.prec"),
        "date_start": Cell(when.earliest.isoformat(), "ucdp.date", facts.ids()),
        "date_end": Cell(end.isoformat(), "ucdp.date", facts.ids()),
    }


def _date_prec(facts: Facts, days: int) -> int:
    """1 a day, 2 up to six days, 3 a week, 4 a month, 5 longer; a span by its length."""
    when = facts.when
    assert when is not None
    if when.precision != "span":
        prec: int = facts.book.tables["date_prec"][when.precision]
        return prec
    limits = ((1, 1), (6, 2), (7, 3), (31, 4))
    return next((prec for limit, prec in limits if days <= limit), 5)


def _notes(facts: Facts, claims: Sequence[Claim]) -> list[str]:
    notes = ["whether this dyad has passed 25 deaths in the year is not checked"]
    if not facts.country:
        notes.append("the country of the place is not known")
    left_out = len(facts.claims) - len(claims)
    if left_out:
        notes.append(f"{left_out} claim(s) of the incident are not coded: no lethal violence, or not told as fact")
    return notes
