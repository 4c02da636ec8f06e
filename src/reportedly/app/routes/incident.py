"""One incident: a sentence with footnotes, the claims matrix, what contradicts and what does not, documents, phases,
codings by every book, history, and how to cite it. All of it also as it was known on an earlier day.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from reportedly.app.coded import Take, coded, short, takes, trace
from reportedly.app.desk import Aspect, Coded, Desk
from reportedly.app.findings import Finding, findings
from reportedly.app.history import Line, history
from reportedly.app.matrix import Figure, Matrix, build, teller_name
from reportedly.app.pages import desk_of, json_answer, page
from reportedly.app.summary import Summary, summarised
from reportedly.app.why import why_json
from reportedly.contract import claim_json, dumps, incident_json
from reportedly.model.claim import Claim
from reportedly.model.facts import DocumentFacts
from reportedly.model.incident import Incident, IncidentRecord
from reportedly.model.when import days_words
from reportedly.store import SqliteStore
from reportedly.store.answers import StoredDocument
from reportedly.version import VERSION

router = APIRouter()
DONE = {"merge": "Merged.", "split": "Split.", "undo": "Taken back.", "redo": "Done again."}


@dataclass(frozen=True, slots=True)
class Day:
    """A day since which more is known: how many documents tell of it first then, how many claims by then."""

    day: date
    documents: int
    claims: int


@dataclass(frozen=True, slots=True)
class Phase:
    """What is told of one stretch of time."""

    when: str
    types: tuple[str, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """An incident as known on a day; with `on` None as known now. `whole` is the record of all claims."""

    whole: IncidentRecord
    record: IncidentRecord
    claims: tuple[Claim, ...]
    facts: Mapping[str, DocumentFacts]
    stored: Mapping[str, StoredDocument]
    days: tuple[Day, ...]
    on: date | None
    later: int

    @property
    def outlets(self) -> Mapping[str, str | None]:
        """Publishers by document."""
        return {key: stored.document.publisher for key, stored in self.stored.items()}

    @property
    def numbers(self) -> Mapping[str, int]:
        """Numbers of the documents in the case."""
        return {key: stored.number for key, stored in self.stored.items()}


@router.get("/incidents/{incident}.json", tags=["incidents"], summary="One incident with its claims and its matrix.")
def incident_as_json(request: Request, incident: str, on: str = "", step: str = "") -> Response:
    """Return an incident, as known on a day if one is named."""
    desk = desk_of(request)
    with desk.view() as view:
        found = look_up(view, incident)
        if found.id != incident:
            return _moved(request, f"/incidents/{found.id}.json")
        known = known_on(desk, view, found, _day(on, step, days_of(desk, view, found)))
        answer = _json(desk, view, known)
    return json_answer(answer)


@router.get("/incidents/{incident}/why.json", tags=["incidents"], summary="Why an incident's claims belong together.")
def why_as_json(request: Request, incident: str) -> Response:
    """Return each claim's strongest link feature by feature, and why the nearest other incident is not the same."""
    desk = desk_of(request)
    with desk.view() as view:
        found = look_up(view, incident)
        return json_answer({"incident": found.id, **why_json(desk.rooms.why(view, found, desk.grouper()))})


@router.get("/incidents/{incident}", include_in_schema=False)
def incident(
    request: Request, incident: str, on: str = "", step: str = "", done: str = "", why: bool = False
) -> Response:
    """Show an incident; with `why` also why its claims belong together, which takes longer the more there are."""
    desk = desk_of(request)
    with desk.view() as view:
        found = look_up(view, incident)
        if found.id != incident:
            return _moved(request, f"/incidents/{found.id}")
        known = known_on(desk, view, found, _day(on, step, days_of(desk, view, found)))
        values = _values(desk, view, known)
        values["seen"] = view.newest()
        values["why"] = desk.rooms.why(view, found, desk.grouper()) if why else None
        values["place_of"] = lambda claim: _address(view, claim)
        return page(request, "incident.html", title=found.title, done=DONE.get(done, ""), **values)


def _address(view: SqliteStore, claim: Claim) -> str:
    """Return where a claim stands on its document's page."""
    stored = view.document(claim.document)
    return f"/documents/{stored.number if stored is not None else 0}?claim={claim.id}"


def look_up(view: SqliteStore, incident: str) -> IncidentRecord:
    """Return an incident, where it was merged away the one that it went into; 404 where there is none."""
    found = view.incident(incident)
    if found is None:
        raise HTTPException(404, f"There is no incident {incident} in the case.")
    return found


def members(view: SqliteStore, record: IncidentRecord) -> list[Claim]:
    """Return the claims of an incident."""
    return [claim for key in record.claims if (claim := view.claim(key)) is not None]


def known_on(desk: Desk, view: SqliteStore, record: IncidentRecord, on: date | None) -> Known:
    """Return the incident as known on a day; claims of which no day is known count only for now."""
    stored = {key: found for key in record.documents if (found := view.document(key)) is not None}
    facts = desk.facts(view, list(record.documents))
    claims = members(view, record)
    since = _since(desk, claims, facts)
    told = [claim for claim in claims if on is None or since.get(claim.id, date.max) <= on]
    now = record
    if on is not None:
        documents = tuple(sorted({claim.document for claim in told}))
        part = Incident(record.id, tuple(claim.id for claim in told), documents)
        now = desk.grouper().summarise(part, told, facts)
    return Known(record, now, tuple(told), facts, stored, _days(claims, since), on, len(claims) - len(told))


def days_of(desk: Desk, view: SqliteStore, record: IncidentRecord) -> list[date]:
    """Return the days on which something more of an incident could be known, in order."""
    claims = members(view, record)
    return sorted(set(_since(desk, claims, desk.facts(view, list(record.documents))).values()))


def _since(desk: Desk, claims: Sequence[Claim], facts: Mapping[str, DocumentFacts]) -> dict[str, date]:
    found = ((claim.id, desk.rooms.known_since(claim, facts)) for claim in claims)
    return {key: day for key, day in found if day is not None}


def _days(claims: Sequence[Claim], since: Mapping[str, date]) -> tuple[Day, ...]:
    first: dict[str, date] = {}
    for claim in claims:
        if claim.id in since:
            first[claim.document] = min(since[claim.id], first.get(claim.document, date.max))
    days = sorted(set(since.values()))
    return tuple(
        Day(day, sum(one == day for one in first.values()), sum(one <= day for one in since.values())) for day in days
    )


def _day(on: str, step: str, days: Sequence[date]) -> date | None:
    """Read the day of "as known on": a date, or the number of a step of the slider; the last step is now."""
    if step.isascii() and step.isdigit() and days and len(step) < 6:
        return None if int(step) >= len(days) else days[max(int(step), 1) - 1]
    try:
        day = date.fromisoformat(on) if on else None
    except ValueError:
        raise HTTPException(422, f"`{on[:40]}` is no day: write it as 2024-08-13.") from None
    if day is None or not days:
        return None
    return None if day >= days[-1] else max(day, days[0])


def _moved(request: Request, path: str) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(path + query, 307)


def _values(desk: Desk, view: SqliteStore, known: Known) -> dict[str, Any]:
    """What the page shows."""
    record, claims = known.record, known.claims
    made = build(record, claims, known.facts)
    codings = _codings(desk, known)
    documents = [known.stored[key] for key in known.whole.documents if key in known.stored]
    shown = [known.stored[key] for key in record.documents if key in known.stored]
    return {
        "known": known,
        "record": record,
        "claims": claims,
        "matrix": made,
        "findings": findings(desk.rooms.relations(claims, known.facts), record, claims, known.facts, desk.label),
        "summary": summarised(record, claims, desk.label, known.outlets, desk.rooms.lands()),
        "documents": sorted(shown, key=lambda one: (str(one.document.published or "9999"), one.number)),
        "phases": list(phases(claims)),
        "takes": takes(made, codings, desk.rooms.books()),
        "codings": codings,
        "books": desk.rooms.books(),
        "aspects": desk.rooms.beside(record, claims, {key: one.document for key, one in known.stored.items()}),
        "history": history(view.judgements(in_force=False), known.whole.claims, documents),
        "cite": cite(desk, known),
        "tellers": {claim.id: teller_name(claim, known.facts) for claim in claims},
        "near": desk.near(view, known.whole),
        "at": sum(known.on is None or one.day <= known.on for one in known.days),
        "trace": trace,
        "short": short,
    }


def phases(claims: Sequence[Claim]) -> Iterator[Phase]:
    """Yield what is told of each day or stretch of days, in order; what has no time of its own comes last."""
    groups: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        when = claim.when if claim.when is not None and claim.when.basis != "publication" else None
        first = when.earliest.isoformat() if when is not None and when.earliest else "9999"
        groups.setdefault((first, when.edtf if when is not None else ""), []).append(claim)
    for (_, edtf), told in sorted(groups.items(), key=lambda item: item[0]):
        kinds = tuple(dict.fromkeys(claim.event_type for claim in told))
        yield Phase(days_words(told[0].when) if edtf else "time not stated", kinds, tuple(told))


def _codings(desk: Desk, known: Known) -> dict[str, Coded]:
    documents = {key: stored.document for key, stored in known.stored.items()}
    return {name: coded(desk, name, [known.record], known.claims, documents) for name in desk.rooms.books()}


# ------------------------------------------------------------------------------------------- cite this


def cite(desk: Desk, known: Known) -> dict[str, str]:
    """Return how to cite the record: plain words, BibTeX, and the hash of what is cited."""
    digest = hashlib.sha256(dumps(incident_json(known.record)).encode("utf-8", "surrogatepass")).hexdigest()
    today = datetime.now(UTC).date().isoformat()
    as_of = f", as known on {known.on.isoformat()}" if known.on else ""
    case = desk.case.replace("\\", "/").rsplit("/", 1)[-1]
    record = known.record
    of = f"Incident {record.id} in the case {case}{as_of}"
    counts = (
        (len(record.claims), "claim"),
        (len(record.documents), "document"),
        (record.origins, "independent origin"),
    )
    rests = ", ".join(f"{number} {noun}{'' if number == 1 else 's'}" for number, noun in counts)
    plain = f"“{record.title}”. {of}; {rests}. reportedly {VERSION}, read {today}. SHA-256 of the record: {digest}."
    fields = {
        "title": record.title,
        "howpublished": of,
        "note": f"{rests}; reportedly {VERSION}; SHA-256 of the record {digest}",
        "year": today[:4],
        "urldate": today,
    }
    lines = "".join(f"  {key} = {{{_bibtex(text)}}},\n" for key, text in fields.items())
    return {"plain": plain, "bibtex": f"@misc{{{record.id},\n{lines}}}", "sha256": digest}


def _bibtex(text: str) -> str:
    """Return text without what BibTeX and TeX would read as commands."""
    return "".join(f"\\{sign}" if sign in "&%$#_" else "" if sign in "{}\\~^" else sign for sign in text)


# ------------------------------------------------------------------------------------------- the JSON twin


def _json(desk: Desk, view: SqliteStore, known: Known) -> dict[str, Any]:
    values = _values(desk, view, known)
    summary: Summary = values["summary"]
    found: list[Finding] = values["findings"]
    told: list[Line] = values["history"]
    books: list[Aspect] = values["aspects"]
    taken: Mapping[str, Sequence[Take]] = values["takes"]
    return {
        "incident": incident_json(known.record),
        "on": known.on.isoformat() if known.on else None,
        "days": [{"day": d.day.isoformat(), "documents": d.documents, "claims": d.claims} for d in known.days],
        "summary": {
            "text": summary.text,
            "notes": [{"number": n.number, "claim": n.claim.id, "words": n.words.quote} for n in summary.notes],
        },
        "matrix": matrix_json(values["matrix"]),
        "findings": [{"kind": f.kind, "words": f.words, "claims": list(f.claims)} for f in found],
        "takes": {
            outcome: [{"book": t.book, "field": t.field, "value": t.value, "because": t.because} for t in some]
            for outcome, some in taken.items()
        },
        "claims": [{"document": claim.document, **claim_json(claim)} for claim in known.claims],
        "phases": [
            {"when": p.when, "types": list(p.types), "claims": [c.id for c in p.claims]} for p in values["phases"]
        ],
        "codings": {name: list(one.rows) for name, one in values["codings"].items()},
        "aspects": [
            {"aspect": one.what, "books": {n: c.value for n, c in one.cells.items()}, "why": one.why} for one in books
        ],
        "history": [{"at": n.at, "who": n.who, "words": n.words, "entry": n.entry, "holds": n.holds} for n in told],
        "cite": values["cite"],
    }


def matrix_json(matrix: Matrix) -> dict[str, Any]:
    """Return a matrix in plain values."""
    columns = [
        {
            "outcome": c.outcome,
            "victims": c.victims,
            "victim_class": c.victim_class,
            "low": c.cell.low if c.cell else None,
            "high": c.cell.high if c.cell else None,
            "status": c.cell.status if c.cell else None,
        }
        for c in matrix.columns
    ]
    bands = [
        {
            "side": band.label,
            "rows": [
                {"claimant": row.teller, "cells": [[_figure_json(f) for f in cell] for cell in row.cells]}
                for row in band.rows
            ],
        }
        for band in matrix.bands
    ]
    return {"columns": columns, "bands": bands}


def _figure_json(figure: Figure) -> dict[str, Any]:
    return {
        "low": figure.low,
        "high": figure.high,
        "qualifier": figure.qualifier,
        "current": figure.current,
        "note": figure.note,
        "about": figure.about,
        "said": figure.said,
        "origins": figure.origins,
        "claims": list(figure.claims),
    }
