"""Agreement between coders as JSON and as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.review.agreement import Agreement, Cell, Disagreement
from reportedly.review.alpha import RESAMPLES, SEED

COLUMNS = ("document", "field", "measure", "n", "alpha", "low", "high", "equal", "disagreements", "note")
METHOD = (
    "Krippendorff's alpha (2011); interval of 95 % from units drawn again with replacement (for words: whole documents)"
)


def agreement_json(found: Agreement) -> dict[str, object]:
    """Return all that was measured, with the disagreements behind each figure."""
    return {
        "coders": [found.one.label, found.other.label],
        "method": METHOD,
        "resamples": RESAMPLES,
        "seed": SEED,
        "claims": found.claims,
        "documents": list(found.documents),
        "documents_coded_whole_by_both": found.whole,
        "fields": [_cell_json(cell) for cell in found.cells],
        "by_document": {key: [_cell_json(cell, short=True) for cell in cells] for key, cells in _told(found)},
    }


def agreement_rows(found: Agreement) -> Iterator[dict[str, object]]:
    """Yield one row for each field over all documents, then for each document with something to compare."""
    for cell in found.cells:
        yield _row(cell)
    for _, cells in _told(found):
        yield from (_row(cell) for cell in cells)


def _told(found: Agreement) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """Yield the documents with the fields in which they have a unit."""
    for key, cells in found.by_document.items():
        yield key, tuple(cell for cell in cells if cell.found.n)


def disagreement_json(item: Disagreement) -> dict[str, object]:
    """Return one disagreement: where it stands and what each coder said."""
    return {
        "field": item.field,
        "document": item.document,
        "claim": item.claim or None,
        "start": item.start,
        "end": item.end,
        "words": item.words,
        "said": [item.one, item.other],
    }


def _cell_json(cell: Cell, *, short: bool = False) -> dict[str, object]:
    row = {key: value for key, value in _row(cell).items() if key not in {"document", "disagreements"}}
    listed = {} if short else {"disagreements": [disagreement_json(item) for item in cell.disagreements]}
    return {**row, **listed}


def _row(cell: Cell) -> dict[str, object]:
    found = cell.found
    figures = {"alpha": found.alpha, "low": found.low, "high": found.high, "equal": found.equal}
    rounded = {key: None if value is None else round(value, 4) for key, value in figures.items()}
    return {
        "document": cell.document,
        "field": cell.field,
        "measure": cell.measure,
        "n": found.n,
        **rounded,
        "disagreements": len(cell.disagreements),
        "note": cell.note,
    }
