"""Write the UCDP GED row of an incident, or say why there is none."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from reportedly.codebooks.engine import Reading, Readings, fill, no_row
from reportedly.codebooks.facts import (
    UNDATED,
    Facts,
    actor_name,
    dated,
    most_certain,
    number_of,
    place_readings,
    publishers,
    when_claims,
    when_words,
)
from reportedly.codebooks.rows import Coding, CodingWarning, Row, build_row
from reportedly.codebooks.ucdp.deaths import Deaths, death_readings, read_deaths
from reportedly.codebooks.ucdp.dyad import Dyad, dyad_readings, read_dyad
from reportedly.model import Claim, When

THRESHOLD = 25


def code_ucdp(facts: Facts) -> Coding:
    """One row, or a warning."""
    happened = [c for c in facts.claims if c.modality in facts.book.tables["modality"] and c.stance != "denied"]
    claims = [claim for claim in happened if facts.book.crosswalk(claim.event_type)]
    dyad = read_dyad(facts, claims) if claims else None
    deaths = read_deaths(facts, happened, dyad) if dyad else None
    when, precision = dated(facts)
    problem = no_row(facts.book, _gate_readings(facts, happened, claims, dyad, deaths))
    if problem or dyad is None or deaths is None or when is None:
        return Coding(warnings=(CodingWarning(facts.record.id, facts.book.name, f"no row: {problem}"),))
    readings = _readings(facts, claims, dyad, deaths, when, precision)
    notes = _notes(facts, claims, precision)
    row = build_row(fill(facts.book, readings), happened, most_certain(claims).confidence, notes)
    return Coding((row,), tuple(CodingWarning(facts.record.id, facts.book.name, note) for note in notes))


def over_the_year(rows: Sequence[Row]) -> None:
    """Set `active_year` where the rows of a dyad and year together reach the threshold of 25 deaths."""
    deaths: Counter[tuple[str, int]] = Counter()
    for row in rows:
        deaths[row["dyad_name"], row["year"]] += row["best"]
    for row in rows:
        known = deaths[row["dyad_name"], row["year"]]
        row["active_year"] = known >= THRESHOLD
        step = next(step for step in row["_trace"] if step["field"] == "active_year")
        step["value"] = row["active_year"]
        step["because"] += f"; {known} in these rows"


def _gate_readings(
    facts: Facts, happened: Sequence[Claim], claims: Sequence[Claim], dyad: Dyad | None, deaths: Deaths | None
) -> Readings:
    """What the book's reasons for no row ask about."""
    edtf = facts.record.when.edtf if facts.record.when else ""
    return {
        "told": Reading("event" if claims else "untyped" if happened else "nothing"),
        "types": Reading(", ".join(facts.record.event_types)),
        "dyad": Reading(dyad is not None),
        "deaths": Reading(deaths.high if deaths else 0),
        "when": Reading(dated(facts)[1]),
        "edtf": Reading(f" ({edtf})" if edtf else ""),
        "place": Reading(facts.place.precision if facts.place else "unknown"),
    }


def _readings(
    facts: Facts, claims: Sequence[Claim], dyad: Dyad, deaths: Deaths, when: When, precision: str
) -> dict[str, Reading]:
    assert when.earliest is not None
    places = place_readings(facts)
    year, iso3 = when.earliest.year, places["country.iso3"].value
    return {
        **places,
        "country.name": _country_name(facts),
        "id": Reading(number_of(facts.record.id)),
        "relid": Reading(f"{iso3}-{year}-{dyad.violence}-0-0"),
        "year": Reading(year, when_claims(facts), when_words(facts)),
        "status": _status(facts, dyad, precision),
        "aggregate": Reading(all(claim.aggregate for claim in claims)),
        **dyad_readings(dyad),
        **_source_readings(facts),
        **_point_readings(places),
        **_time_readings(facts, when, precision),
        **death_readings(deaths, dyad),
    }


def _country_name(facts: Facts) -> Reading:
    """The country by UCDP's own name for it."""
    known = facts.country
    return Reading(facts.book.tables["names"].get(known.iso2, known.name) if known else "")


def _status(facts: Facts, dyad: Dyad, precision: str) -> Reading:
    """`Clear`, or what a coder has to check first."""
    if not (dyad.a.known and dyad.b.known):
        return Reading("Check dyad", detail="an actor is known only by words")
    if facts.record.status == "contested":
        return Reading("Check deaths", detail="the tellers contradict each other")
    if precision == UNDATED:
        return Reading("Check date", detail="no day is told")
    return Reading("Clear", detail="actors and day are known, the tellers agree")


def _source_readings(facts: Facts) -> dict[str, Reading]:
    known = [facts.documents[key] for key in facts.record.documents if key in facts.documents]
    dates = [d.published_on.isoformat() if d.published_on else (d.published or "") for d in known]
    parts = [(d.publisher, day, d.title) for d, day in zip(known, dates, strict=True)]
    articles = ['"' + ", ".join(p for p in part if p) + '"' for part in parts]
    cited = dict.fromkeys(actor_name(claim.claimant) for claim in facts.claims if claim.claimant)
    telling = [claim for claim in facts.claims if claim.claimant]
    return {
        "sources": Reading(len(facts.record.documents), facts.ids()),
        "articles": Reading(";".join(a for a in articles if a != '""')),
        "offices": Reading(";".join(publishers(facts))),
        "source_dates": Reading(";".join(day for day in dates if day)),
        "headlines": Reading(";".join(d.title for d in known if d.title)),
        "cited": Reading(
            ";".join(cited),
            tuple(claim.id for claim in telling),
            tuple(claim.claimant.span.quote for claim in telling if claim.claimant),
        ),
    }


def _point_readings(places: Readings) -> dict[str, Reading]:
    lat, lon = places["place.lat"].value, places["place.lon"].value
    known = lat is not None and lon is not None
    return {
        "wkt": Reading(f"POINT ({lon} {lat})" if known else ""),
        "cell": Reading(_priogrid(lat, lon) if known else None),
    }


def _priogrid(lat: float, lon: float) -> int:
    """Cell of the 0.5 degree grid, numbered from the south-west corner."""
    return min(math.floor((lat + 90) * 2), 359) * 720 + min(math.floor((lon + 180) * 2), 719) + 1


def _time_readings(facts: Facts, when: When, precision: str) -> dict[str, Reading]:
    assert when.earliest is not None
    end = when.latest or when.earliest
    claims, words = when_claims(facts), when_words(facts)
    days = (end - when.earliest).days + 1
    return {
        "when": Reading(precision, claims, words),
        "date_prec": Reading(_date_prec(facts, precision, days), claims, words, detail=f"{precision}, {days} day(s)"),
        "start": Reading(when.earliest.isoformat(), claims, words),
        "end": Reading(end.isoformat(), claims, words),
    }


def _date_prec(facts: Facts, precision: str, days: int) -> int:
    """1 a day, 2 up to six days, 3 a week, 4 a month, 5 longer; a span by its length."""
    if precision not in ("span", UNDATED):
        prec: int = facts.book.tables["date_prec"][precision]
        return prec
    limits = ((1, 1), (6, 2), (7, 3), (31, 4))
    return next((prec for limit, prec in limits if days <= limit), 5)


def _notes(facts: Facts, claims: Sequence[Claim], precision: str) -> list[str]:
    notes = []
    if precision == UNDATED:
        notes.append("no day is told: the day of publication and the day before it stand for it (setting undated)")
    if not facts.country:
        notes.append("the country of the place is not known")
    left_out = len(facts.claims) - len(claims)
    if left_out:
        notes.append(f"{left_out} claim(s) of the incident are not coded: no lethal violence, or not told as fact")
    return notes
