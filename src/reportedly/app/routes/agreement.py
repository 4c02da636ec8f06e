"""How far coders agree: two are chosen, each field has its alpha, and behind each figure stand the disagreements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from reportedly.app.desk import Desk
from reportedly.app.pages import csv_answer, desk_of, json_answer, page
from reportedly.app.paging import read_paging
from reportedly.errors import UsageError
from reportedly.review.agreement import Agreement, Cell, agree, coded_by_both
from reportedly.review.agreement_rows import COLUMNS, METHOD, agreement_json, agreement_rows
from reportedly.review.coders import coders
from reportedly.store import SqliteStore
from reportedly.store.answers import DocumentLine, DocumentsWanted

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Choice:
    """Which two coders, in which document (empty: all), and of which field the disagreements are listed."""

    one: str
    other: str
    document: str
    field: str

    def asked(self, **changes: str) -> str:
        """Return the query that asks for the same with some of it changed."""
        said = {"one": self.one, "other": self.other, "document": self.document} | changes
        return "?" + urlencode({key: value for key, value in said.items() if value})


@router.get("/agreement.json", tags=["review"], summary="Who coded; with `one` and `other`, how far two coders agree.")
def agreement_as_json(request: Request) -> Response:
    """Return the coders, or the agreement of two with all disagreements."""
    with desk_of(request).view() as view:
        chosen = _chosen(view, request.query_params)
        known = [
            {"coder": name.label, "blind": name.blind, "person": name.person, "judged": judged}
            for name, judged in coders(view).items()
        ]
        if not _named(request.query_params):
            return json_answer({"coders": known})
        return json_answer({"coders_known": known, **agreement_json(_agree(view, chosen, details=True))})


@router.get("/agreement.csv", include_in_schema=False)
def agreement_as_csv(request: Request) -> Response:
    """Return one row a field, over all documents and by document."""
    with desk_of(request).view() as view:
        chosen = _chosen(view, request.query_params)
        if not chosen.other:
            raise UsageError("only the program has coded this case", hint="decide on some claims first")
        return csv_answer(COLUMNS, agreement_rows(_agree(view, chosen, details=True)), "agreement.csv")


@router.get("/agreement", include_in_schema=False)
def agreement(request: Request) -> Response:
    """Show two coders' agreement; without names, the first person's with the program."""
    desk = desk_of(request)
    with desk.view() as view:
        known = coders(view)
        chosen = _chosen(view, request.query_params)
        found, documents = _compared(desk, view, chosen) if chosen.other else (None, [])
    cell = _cell(found, chosen.field)
    paging = read_paging(request.query_params, len(cell.disagreements) if cell else 0)
    return page(
        request,
        "agreement.html",
        title="Agreement",
        coders=known,
        pairs=[Choice(*pair, "", "") for pair in combinations([name.label for name in known], 2)],
        chosen=chosen,
        found=found,
        cell=cell,
        paging=paging,
        listed=paging.cut(cell.disagreements) if cell else (),
        documents={line.id: line for line in documents},
        method=METHOD,
    )


def _named(query: Mapping[str, str]) -> bool:
    return bool(query.get("one") and query.get("other"))


def _chosen(view: SqliteStore, query: Mapping[str, str]) -> Choice:
    """Read who is compared; what is not said is the first person who coded, and the program."""
    labels = [name.label for name in coders(view)]
    people = labels[1:]
    one = query.get("one") or (people[0] if people else labels[0])
    rest = [label for label in labels if label != one]
    other = query.get("other") or (rest[0] if rest else "")
    return Choice(one, other, query.get("document", ""), query.get("field", ""))


def _agree(view: SqliteStore, chosen: Choice, *, details: bool = False) -> Agreement:
    return agree(view, chosen.one, chosen.other, document=chosen.document or None, details=details)


def _compared(desk: Desk, view: SqliteStore, chosen: Choice) -> tuple[Agreement, list[DocumentLine]]:
    """Return the agreement and the documents to choose from; kept until another is asked for or the case changes."""

    def compare() -> tuple[Agreement, list[DocumentLine]]:
        found = _agree(view, chosen)
        both = coded_by_both(view, found.one, found.other)
        return found, view.document_lines(DocumentsWanted(only=both))

    return desk.remember("agreement", (view.state(), chosen.one, chosen.other, chosen.document), compare)


def _cell(found: Agreement | None, field: str) -> Cell | None:
    if found is None or not field:
        return None
    cell = found.cell(field)
    if cell is None:
        raise UsageError(f"no field `{field}`", hint=f"fields: {', '.join(one.field for one in found.cells)}")
    return cell
