"""A case as flat tables, for every format that has rows: one row a claim, or one row an incident.

CSV, Parquet and SQLite hold the same columns, so that nobody has to learn two layouts. Figures are added up only over
tolls that are no part of another one; an open end is empty, never a number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from reportedly.exports.evidence import Evidence, evidence_of
from reportedly.exports.words import Outlets, actor_words, cell_head, figure_line, figure_words, place_name
from reportedly.model.actor import ActorRef
from reportedly.model.claim import Claim
from reportedly.model.document import Document
from reportedly.model.incident import IncidentRecord
from reportedly.model.place import PlaceRef
from reportedly.model.toll import Toll
from reportedly.model.when import When
from reportedly.network.tolls import toll_range
from reportedly.store.base import Holdings

Value = str | int | float | bool | date | None
Row = dict[str, Value]
Kind = Literal["text", "integer", "number", "truth", "day"]
Rows = Literal["claims", "incidents"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, and its HXL hashtag (empty where the standard has none)."""

    name: str
    kind: Kind = "text"
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a case: its columns, and the rows in a fixed order."""

    name: Rows
    columns: tuple[Column, ...]
    rows: Callable[[Holdings], Iterator[Row]]


_WHEN = (
    Column("earliest", "day", "#date+start"),
    Column("latest", "day", "#date+end"),
    Column("edtf", tag="#date+edtf"),
    Column("date_precision", tag="#date+precision"),
    Column("date_basis", tag="#date+basis"),
)
_WHERE = (
    Column("place", tag="#loc+name"),
    Column("country", tag="#country+code+v_iso2"),
    Column("admin1", tag="#adm1+name"),
    Column("lat", "number", "#geo+lat"),
    Column("lon", "number", "#geo+lon"),
    Column("place_precision", tag="#geo+precision"),
)
_HARM = (
    Column("killed_low", "integer", "#affected+killed+min"),
    Column("killed_high", "integer", "#affected+killed+max"),
    Column("injured_low", "integer", "#affected+injured+min"),
    Column("injured_high", "integer", "#affected+injured+max"),
    Column("tolls", tag="#affected+text"),
)
CLAIM_COLUMNS = (
    Column("incident", tag="#event+code"),
    Column("claim", tag="#meta+id"),
    Column("document", tag="#meta+document+id"),
    Column("publisher", tag="#meta+source"),
    Column("published", tag="#date+published"),
    Column("url", tag="#meta+url"),
    Column("event_type", tag="#event+type"),
    Column("stance", tag="#meta+stance"),
    Column("modality", tag="#meta+modality"),
    Column("claimant", tag="#meta+claimant+name"),
    Column("claimant_kind", tag="#meta+claimant+type"),
    Column("attribution", tag="#meta+attribution"),
    Column("initiators", tag="#group+name+first"),
    Column("initiator_ids", tag="#group+id+first"),
    Column("targets", tag="#group+name+second"),
    Column("target_ids", tag="#group+id+second"),
    *_WHEN,
    *_WHERE,
    *_HARM,
    Column("means", tag="#event+means"),
    Column("aggregate", "truth", "#meta+aggregate"),
    Column("confidence", "number", "#meta+confidence"),
    Column("start", "integer", "#meta+start"),
    Column("end", "integer", "#meta+end"),
    Column("quote", tag="#description"),
    Column("quote_sha256", tag="#meta+sha256"),
    Column("link", tag="#meta+url+quote"),
    Column("found_by", tag="#meta+coder"),
)
INCIDENT_COLUMNS = (
    Column("incident", tag="#event+code"),
    Column("title", tag="#event+name"),
    Column("event_types", tag="#event+type"),
    *_WHEN,
    *_WHERE,
    Column("side_1", tag="#group+name+first"),
    Column("side_1_ids", tag="#group+id+first"),
    Column("side_2", tag="#group+name+second"),
    Column("side_2_ids", tag="#group+id+second"),
    *_HARM,
    Column("status", tag="#meta+status"),
    Column("origins", "integer", "#meta+origins"),
    Column("documents", "integer", "#meta+documents+num"),
    Column("document_ids", tag="#meta+document+id"),
    Column("claims", "integer", "#meta+claims+num"),
    Column("claim_ids", tag="#meta+id"),
)


def claim_rows(view: Holdings) -> Iterator[Row]:
    """Yield one row for each claim, in the order of documents and text."""
    incidents = {claim: record.id for record in view.incidents() for claim in record.claims}
    for stored in view.documents():
        for claim in view.claims(stored.document.id):
            yield claim_row(claim, stored.document, incidents.get(claim.id), evidence_of(stored.document, claim))


def incident_rows(view: Holdings) -> Iterator[Row]:
    """Yield one row for each incident, in the order of their ids."""
    outlets = publishers(view)
    for record in view.incidents():
        yield incident_row(record, [claim for key in record.claims if (claim := view.claim(key))], outlets)


CLAIMS = Table("claims", CLAIM_COLUMNS, claim_rows)
INCIDENTS = Table("incidents", INCIDENT_COLUMNS, incident_rows)
TABLES: Mapping[Rows, Table] = {"claims": CLAIMS, "incidents": INCIDENTS}


def valid(value: Value) -> Value:
    """Return text as every file can hold it: half a character becomes U+FFFD, a NUL is dropped."""
    if not isinstance(value, str):
        return value
    return re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", value.replace("\0", ""))


def publishers(view: Holdings) -> Outlets:
    """Return the publishers of the case's documents by document id."""
    return {stored.document.id: stored.document.publisher for stored in view.documents()}


def claim_row(claim: Claim, document: Document, incident: str | None, evidence: Evidence) -> Row:
    """Return a claim as a flat row."""
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
        **_bounds("killed", claim),
        **_bounds("injured", claim),
        "tolls": "; ".join(_toll_words(toll) for toll in claim.tolls),
        "means": "; ".join(span.quote for span in claim.means if span.quote),
        "aggregate": claim.aggregate,
        "confidence": claim.confidence,
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.text,
        "quote_sha256": evidence.sha256,
        "link": evidence.link,
        "found_by": claim.found_by,
    }


def incident_row(record: IncidentRecord, claims: Iterable[Claim], outlets: Outlets) -> Row:
    """Return an incident as a flat row. `claims` are its members."""
    members = list(claims)
    killed, injured = (toll_range(record, members, outcome) for outcome in ("killed", "injured"))
    return {
        "incident": record.id,
        "title": record.title,
        "event_types": "; ".join(record.event_types),
        **_when(record.when),
        **_place(record.place),
        "side_1": _names(record.sides[0]),
        "side_1_ids": _ids(record.sides[0]),
        "side_2": _names(record.sides[1]),
        "side_2_ids": _ids(record.sides[1]),
        "killed_low": killed.low,
        "killed_high": killed.high,
        "injured_low": injured.low,
        "injured_high": injured.high,
        "tolls": "; ".join(
            f"{cell_head(cell)} [{', '.join(figure_line(figure, outlets) for figure in cell.by)}]"
            for cell in record.tolls
        ),
        "status": record.status,
        "origins": record.origins,
        "documents": len(record.documents),
        "document_ids": "; ".join(record.documents),
        "claims": len(record.claims),
        "claim_ids": "; ".join(record.claims),
    }


def _when(when: When | None) -> Row:
    return {
        "earliest": when.earliest if when else None,
        "latest": when.latest if when else None,
        "edtf": when.edtf if when else None,
        "date_precision": when.precision if when else None,
        "date_basis": when.basis if when else None,
    }


def _place(place: PlaceRef | None) -> Row:
    return {
        "place": place_name(place) if place else None,
        "country": place.country if place else None,
        "admin1": place.admin1 if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "place_precision": place.precision if place else None,
    }


def _bounds(outcome: str, claim: Claim) -> Row:
    """Return the claim's own figures added up: current ones that are no part of another."""
    tolls = [toll for toll in claim.tolls if toll.outcome == outcome and not toll.superseded and not toll.part_of]
    lows, highs = [toll.low for toll in tolls], [toll.high for toll in tolls]
    return {
        f"{outcome}_low": sum(low or 0 for low in lows) if any(low is not None for low in lows) else None,
        f"{outcome}_high": sum(high for high in highs if high is not None) if highs and None not in highs else None,
    }


def _toll_words(toll: Toll) -> str:
    victims = f" {actor_words(toll.victims)}".rstrip() if toll.victims else ""
    return f"{toll.outcome}{victims}: {figure_words(toll.low, toll.high, toll.qualifier)}"


def _names(refs: Iterable[ActorRef]) -> str:
    return "; ".join(actor_words(ref) for ref in refs)


def _ids(refs: Iterable[ActorRef]) -> str:
    return "; ".join(ref.actor_id or "" for ref in refs)
