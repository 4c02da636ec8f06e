"""Code incidents by a book: pure functions of records, claims and the book."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from reportedly.codebooks.acled import code_acled
from reportedly.codebooks.book import Book
from reportedly.codebooks.cameo import code_cameo
from reportedly.codebooks.facts import Facts, facts_of
from reportedly.codebooks.plover import code_plover
from reportedly.codebooks.rows import Coding, CodingWarning, Row
from reportedly.codebooks.ucdp import code_ucdp, over_the_year
from reportedly.model import Claim, Document, IncidentRecord

_CODERS: Mapping[str, Callable[[Facts], Coding]] = {
    "acled": code_acled,
    "ucdp": code_ucdp,
    "plover": code_plover,
    "cameo": code_cameo,
}


def code(
    record: IncidentRecord, claims: Sequence[Claim], book: Book, documents: Mapping[str, Document] | None = None
) -> list[Row]:
    """Rows that the book would write for one incident, most certain first."""
    return list(code_record(record, claims, book, documents).rows)


def code_record(
    record: IncidentRecord, claims: Iterable[Claim], book: Book, documents: Mapping[str, Document] | None = None
) -> Coding:
    """Rows and warnings for one incident. `documents` (by id) give publishers, titles and dates for source columns."""
    return _sorted([_CODERS[book.name](facts_of(record, claims, book, documents))], book)


def code_all(
    records: Iterable[IncidentRecord],
    claims: Iterable[Claim],
    book: Book,
    documents: Mapping[str, Document] | None = None,
) -> Coding:
    """Rows and warnings for many incidents, most certain first."""
    by_id = {claim.id: claim for claim in claims}
    found = [
        _CODERS[book.name](facts_of(r, (by_id[key] for key in r.claims if key in by_id), book, documents))
        for r in records
    ]
    return _sorted(found, book)


def _sorted(found: Sequence[Coding], book: Book) -> Coding:
    """All rows by falling confidence, ties in the order of incidents; drops are warned about."""
    rows = [row for coding in found for row in coding.rows]
    kept, warnings = _without_dropped(rows, book)
    kept.sort(key=lambda row: -row["_confidence"])
    if book.name == "ucdp":
        over_the_year(kept)
    return Coding(tuple(kept), (*(w for coding in found for w in coding.warnings), *warnings))


def _without_dropped(rows: Sequence[Row], book: Book) -> tuple[list[Row], list[CodingWarning]]:
    """Leave out events that the book does not count where the same document reports the act itself."""
    table: Mapping[str, str] = book.tables.get("dropped", {})
    marks = set(book.tables.get("auxiliary", {}).values())
    where: dict[str, set[str]] = {}
    for row in rows if table else ():
        if not marks & set(row["mode"]):
            where.setdefault(row["event"][0], set()).add(row["cite_info"]["citation"])
    kept, warnings = [], []
    for row in rows:
        event = row["event"][0] if table else ""
        if event in table and row["cite_info"]["citation"] in where.get(table[event], set()):
            message = f"{event} is left out: the same text reports {table[event]}"
            warnings.append(CodingWarning(row["id"], book.name, message))
        else:
            kept.append(row)
    return kept, warnings
