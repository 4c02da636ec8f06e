"""What a report says besides its incidents: scope, key figures, who decided, which versions read, defects, hashes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from reportedly.exports.decided import reviewed
from reportedly.exports.key_figures import Told, by_country, by_month, key_figures
from reportedly.exports.options import Options
from reportedly.exports.scope import Selection, scope_words
from reportedly.model.document import Document
from reportedly.store.base import Holdings

# A month table for one or two months says nothing that the overview does not.
LEAST_MONTHS = 3


@dataclass(frozen=True, slots=True)
class DefectRow:
    """One kind of fault of the texts as received: how often, and in how many documents."""

    kind: str
    times: int
    documents: int


def annex(view: Holdings, options: Options, chosen: Selection, told: Sequence[Told]) -> dict[str, Any]:
    """Return what the report's template needs besides incidents and sources."""
    documents = [stored.document for stored in chosen.documents]
    months = by_month(told)
    return {
        "chosen": chosen,
        "scope": list(scope_words(options.scope)),
        "in_case": view.counts(),
        "contested": sum(record.status == "contested" for record, _ in told),
        "claims": sum(len(claims) for _, claims in told),
        "key_figures": key_figures(told),
        "countries": by_country(told),
        "months": months if len(months) >= LEAST_MONTHS else [],
        "reviewed": reviewed(view, {document.id for document in documents}),
        "readers": sorted(Counter(claim.found_by for _, claims in told for claim in claims).items()),
        "books": list(options.books()),
        "runs": view.runs(),
        "defects": _defects(documents),
        "access": Counter(document.access for document in documents),
    }


def _defects(documents: Sequence[Document]) -> list[DefectRow]:
    times = Counter(defect.kind for document in documents for defect in document.defects)
    held = Counter(kind for document in documents for kind in {defect.kind for defect in document.defects})
    return [DefectRow(kind.replace("_", " "), number, held[kind]) for kind, number in sorted(times.items())]


def running_heads(title: str, case: str) -> Markup:
    """Return the style rule for the head of each printed page, left the title and right the case."""
    left, right = css_string(title), css_string(case)
    return Markup(f"@page {{ @top-left {{ content: {left}; }} @top-right {{ content: {right}; }} }}")


def css_string(text: str) -> str:
    """Return text as a CSS string in which nothing can end the string, the rule or the style element.

    >>> css_string('a"</style>')
    '"a\\\\000022\\\\00003c\\\\00002fstyle\\\\00003e"'
    """
    safe = (char if char.isascii() and (char.isalnum() or char == " ") else f"\\{ord(char):06x}" for char in text)
    return '"' + "".join(safe) + '"'
