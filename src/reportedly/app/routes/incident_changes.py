"""Merge and split as a person sees them: what stands on each side, what would come of it, and then the decision.

Pages only; the decision is a form to `/decide`, an entry of the ledger that can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from reportedly.app.desk import Desk
from reportedly.app.pages import desk_of, page
from reportedly.app.routes.incident import look_up, members
from reportedly.errors import UsageError
from reportedly.exports import words
from reportedly.model.claim import Claim
from reportedly.model.incident import Incident, IncidentRecord
from reportedly.model.judgement import Judgement
from reportedly.store import SqliteStore

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Line:
    """One field of two incidents beside what would come of them; `lines` of words each."""

    name: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    result: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Tell whether the two say different things."""
        return self.left != self.right


@router.get("/incidents/{incident}/merge", include_in_schema=False)
def merge(request: Request, incident: str) -> Response:
    """Show two incidents side by side and what they would be together; without `with`, what to choose from."""
    desk = desk_of(request)
    wanted = request.query_params.get("with", "").strip()
    with desk.view() as view:
        one = look_up(view, incident)
        values: dict[str, Any] = {"record": one, "near": desk.near(view, one), "other": None, "seen": view.newest()}
        if wanted:
            other = look_up(view, wanted)
            if other.id == one.id:
                return RedirectResponse(f"/incidents/{one.id}", 303)
            values |= _together(desk, view, one, other)
    return page(request, "merge.html", title=f"Merge: {one.title}", **values)


def _together(desk: Desk, view: SqliteStore, one: IncidentRecord, other: IncidentRecord) -> dict[str, Any]:
    claims = [*members(view, one), *members(view, other)]
    both = _computed(desk, view, one.id, claims)
    outlets = {d: s.document.publisher for d in both.documents if (s := view.document(d)) is not None}
    lines = [
        Line(name, told(desk, one, outlets), told(desk, other, outlets), told(desk, both, outlets))
        for name, told in FIELDS.items()
    ]
    judgements = view.judgements()
    return {"other": other, "both": both, "lines": lines, "doubts": list(_doubts(one, other, judgements))}


def _doubts(one: IncidentRecord, other: IncidentRecord, judgements: Sequence[Judgement]) -> Iterator[str]:
    """Yield what speaks against one happening."""
    if one.place and other.place and one.place.country and other.place.country:
        lands = [{p.country, *p.countries} for p in (one.place, other.place)]
        if not lands[0] & lands[1]:
            yield f"they lie in different countries: {one.place.country} and {other.place.country}"
    a, b = one.when, other.when
    if (
        a
        and b
        and a.earliest
        and a.latest
        and b.earliest
        and b.latest
        and (a.latest < b.earliest or b.latest < a.earliest)
    ):
        yield f"their days do not overlap: {words.when_words(a)} and {words.when_words(b)}"
    apart = {frozenset((j.left.claim, j.right.claim)): j for j in judgements if j.right and j.verdict == "negative"}
    pairs = (apart.get(frozenset(pair)) for pair in product(one.claims, other.claims)) if apart else iter(())
    found = next((judgement for judgement in pairs if judgement is not None), None)
    if found is not None:
        yield f"{found.who} told claims of these two apart (entry {found.id}{': ' + found.why if found.why else ''})"


@router.get("/incidents/{incident}/split", include_in_schema=False)
def split(request: Request, incident: str, claim: Annotated[list[str] | None, Query()] = None) -> Response:
    """Show the claims of an incident to choose from, and the two incidents that the choice would make."""
    desk = desk_of(request)
    chosen = frozenset(claim or ())
    with desk.view() as view:
        record = look_up(view, incident)
        claims = members(view, record)
        leaving, staying = [c for c in claims if c.id in chosen], [c for c in claims if c.id not in chosen]
        if chosen - {c.id for c in claims}:
            raise UsageError("a claim that is named is not in this incident", hint="choose from the list below again")
        stored = {c.document: view.document(c.document) for c in claims}
        values: dict[str, Any] = {"record": record, "claims": claims, "chosen": chosen, "stored": stored, "lines": []}
        if leaving and staying:
            values["lines"] = _apart(desk, view, record, staying, leaving)
        values |= {"leaving": leaving, "staying": staying, "seen": view.newest()}
    return page(request, "split.html", title=f"Split: {record.title}", **values)


def _apart(
    desk: Desk, view: SqliteStore, record: IncidentRecord, staying: list[Claim], leaving: list[Claim]
) -> list[Line]:
    kept, gone = _computed(desk, view, record.id, staying), _computed(desk, view, "new", leaving)
    outlets = {d: s.document.publisher for d in record.documents if (s := view.document(d)) is not None}
    return _lines(desk, (kept, gone, record), outlets)


def _lines(
    desk: Desk, records: tuple[IncidentRecord, IncidentRecord, IncidentRecord], outlets: words.Outlets
) -> list[Line]:
    """Return the fields of two records and of the one that stands for both, line by line."""
    one, other, both = records
    return [
        Line(name, told(desk, one, outlets), told(desk, other, outlets), told(desk, both, outlets))
        for name, told in FIELDS.items()
    ]


def _computed(desk: Desk, view: SqliteStore, name: str, claims: Sequence[Claim]) -> IncidentRecord:
    """Return the record that these claims would have together."""
    documents = tuple(sorted({claim.document for claim in claims}))
    incident = Incident(name, tuple(claim.id for claim in claims), documents)
    return desk.grouper().summarise(incident, claims, desk.facts(view, documents))


def _tolls(desk: Desk, record: IncidentRecord, outlets: words.Outlets) -> tuple[str, ...]:
    told = ("; ".join(words.figure_line(figure, outlets) for figure in cell.by) for cell in record.tolls)
    lines = tuple(
        f"{words.cell_head(cell)}: {figures} [{cell.status}]" for cell, figures in zip(record.tolls, told, strict=True)
    )
    return lines or ("no figure given",)


Told = Callable[[Desk, IncidentRecord, words.Outlets], tuple[str, ...]]
FIELDS: Mapping[str, Told] = {
    "title": lambda desk, record, outlets: (record.title,),
    "events": lambda desk, record, outlets: tuple(desk.label(kind) for kind in record.event_types),
    "when": lambda desk, record, outlets: (words.when_words(record.when),),
    "where": lambda desk, record, outlets: (words.place_words(record.place, desk.rooms.lands()),),
    "one side": lambda desk, record, outlets: (words.names(record.sides[0]) or "unknown",),
    "the other side": lambda desk, record, outlets: (words.names(record.sides[1]) or "unknown",),
    "tolls": _tolls,
    "status": lambda desk, record, outlets: (record.status,),
    "independent origins": lambda desk, record, outlets: (str(record.origins),),
    "documents": lambda desk, record, outlets: (str(len(record.documents)),),
    "claims": lambda desk, record, outlets: (str(len(record.claims)),),
}
