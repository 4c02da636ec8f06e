"""Export as a table: one row a claim. RFC 4180; no cell is read as a formula by a spreadsheet program."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from reportedly.exports.options import Options
from reportedly.exports.words import actor_words, figure_words
from reportedly.model.actor import ActorRef
from reportedly.model.claim import Claim
from reportedly.model.document import Document
from reportedly.model.place import PlaceRef
from reportedly.model.toll import Toll
from reportedly.model.when import When
from reportedly.store.base import View

TITLE = "Claims, one a row"
MEDIA = "text/csv"
LEAVES_OUT = "offsets of slots, parts of tolls, relations"

# Cells that begin so are formulas to spreadsheet programs, which would run what an article says.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

COLUMNS = (
    "incident",
    "claim",
    "document",
    "publisher",
    "published",
    "url",
    "event_type",
    "stance",
    "modality",
    "claimant",
    "claimant_kind",
    "attribution",
    "initiators",
    "initiator_ids",
    "targets",
    "target_ids",
    "earliest",
    "latest",
    "edtf",
    "date_precision",
    "date_basis",
    "place",
    "country",
    "lat",
    "lon",
    "place_precision",
    "killed_low",
    "killed_high",
    "injured_low",
    "injured_high",
    "tolls",
    "aggregate",
    "confidence",
    "start",
    "end",
    "quote",
    "found_by",
)

NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")

Row = dict[str, str | int | float | None]


def chunks(view: View, options: Options) -> Iterator[str]:
    """Yield the header and one row for each claim, in the order of documents and text."""
    incidents = {claim: record.id for record in view.incidents() for claim in record.claims}
    yield csv_line(COLUMNS)
    for stored in view.documents():
        for claim in view.claims(stored.document.id):
            row = _row(claim, stored.document, incidents.get(claim.id))
            yield csv_line(row[column] for column in COLUMNS)


def _row(claim: Claim, document: Document, incident: str | None) -> Row:
    killed, injured = (_tolls(claim, outcome) for outcome in ("killed", "injured"))
    return {
        "incident": incident,
        "claim": claim.id,
        "document": document.id,
        "publisher": document.publisher,
        "published": document.published,
        "url": document.url,
        "event_type": claim.event_type,
        "stance": claim.stance,
        "modality": claim.modality,
        "claimant": actor_words(claim.claimant) if claim.claimant else None,
        "claimant_kind": claim.claimant_kind,
        "attribution": _names(claim.attribution),
        "initiators": _names(claim.initiators),
        "initiator_ids": _ids(claim.initiators),
        "targets": _names(claim.targets),
        "target_ids": _ids(claim.targets),
        **_when(claim.when),
        **_place(claim.place),
        **_bounds("killed", killed),
        **_bounds("injured", injured),
        "tolls": "; ".join(_toll_words(toll) for toll in claim.tolls),
        "aggregate": int(claim.aggregate),
        "confidence": claim.confidence,
        "start": claim.content.start,
        "end": claim.content.end,
        "quote": claim.content.quote,
        "found_by": claim.found_by,
    }


def _when(when: When | None) -> Row:
    return {
        "earliest": when.earliest.isoformat() if when and when.earliest else None,
        "latest": when.latest.isoformat() if when and when.latest else None,
        "edtf": when.edtf if when else None,
        "date_precision": when.precision if when else None,
        "date_basis": when.basis if when else None,
    }


def _place(place: PlaceRef | None) -> Row:
    return {
        "place": (place.name or place.span.quote) if place else None,
        "country": place.country if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "place_precision": place.precision if place else None,
    }


def _tolls(claim: Claim, outcome: str) -> list[Toll]:
    """Return the figures that may be added up: current ones that are no part of another."""
    return [toll for toll in claim.tolls if toll.outcome == outcome and not toll.superseded and not toll.part_of]


def _bounds(name: str, tolls: list[Toll]) -> Row:
    lows = [toll.low for toll in tolls]
    highs = [toll.high for toll in tolls]
    return {
        f"{name}_low": sum(low or 0 for low in lows) if lows and any(low is not None for low in lows) else None,
        f"{name}_high": sum(high for high in highs if high is not None) if highs and None not in highs else None,
    }


def _toll_words(toll: Toll) -> str:
    victims = f" {actor_words(toll.victims)}" if toll.victims else ""
    return f"{toll.outcome}{victims}: {figure_words(toll.low, toll.high, toll.qualifier)}"


def _names(refs: Iterable[ActorRef]) -> str:
    return "; ".join(actor_words(ref) for ref in refs)


def _ids(refs: Iterable[ActorRef]) -> str:
    return "; ".join(ref.actor_id or "" for ref in refs)


def csv_line(cells: Iterable[object]) -> str:
    """Return one line of the table, quoted where needed."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([harmless(cell) for cell in cells])
    return out.getvalue()


def harmless(cell: object) -> object:
    """Return the cell so that no spreadsheet program reads it as a formula: text gets an apostrophe in front."""
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\0", "")
    risky = text.lstrip(" ").startswith(FORMULA) and not NUMBER.fullmatch(text)
    return f"'{text}" if risky else text
