"""Values to rows of the SQLite store and back. JSON columns hold the contract's objects."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal, get_args

from reportedly.contract import (
    actor_json,
    attribution_json,
    claim_from,
    claim_json,
    document_from,
    document_json,
    dumps,
    place_json,
    relation_json,
    toll_json,
    when_json,
)
from reportedly.model.claim import Claim
from reportedly.model.document import Document, Paragraph, ParagraphKind, Segment
from reportedly.model.extraction import Extraction
from reportedly.model.gist import ActorGist, ClaimGist, FigureGist, IncidentGist, claim_gist, incident_gist
from reportedly.model.incident import IncidentRecord
from reportedly.model.judgement import Anchor, Judgement
from reportedly.model.mentions import MentionSet
from reportedly.store.answers import StoredDocument
from reportedly.store.doubt import consequence, doubt

Cell = str | int | float | bytes | None
GISTS_AT_HAND = 20_000
PARAGRAPH_KINDS: tuple[str, ...] = get_args(ParagraphKind)


def now() -> str:
    """Return the time as an aware ISO string, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def plain(text: str) -> str:
    """Return the text as SQLite can hold it: lone surrogates, which are no valid Unicode, become U+FFFD."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace") if _broken(text) else text


def _broken(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _maybe(text: str | None) -> str | None:
    return None if text is None else plain(text)


def insert(base: sqlite3.Connection, table: str, row: Mapping[str, Cell]) -> int:
    """Write a row and return its number."""
    columns = ", ".join(f'"{column}"' for column in row)
    marks = ", ".join("?" for _ in row)
    return int(base.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(row.values())).lastrowid or 0)


def touch(base: sqlite3.Connection, counter: Literal["changes", "readings"] = "changes") -> None:
    """Note that the incidents have to be computed anew (`changes`), or that others are named in claims (`readings`)."""
    base.execute(
        "INSERT INTO state VALUES (?, '1') ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1",
        (counter,),
    )


def document_row(found: Extraction) -> dict[str, Cell]:
    """Return the columns of a document that do not depend on the case."""
    document = found.document
    return {
        "id": plain(document.id),
        "sha256": document.sha256,
        "title": _maybe(document.title),
        "publisher": _maybe(document.publisher),
        "published": _maybe(document.published),
        "language": document.language,
        "access": document.access,
        "relevant": int(found.relevant),
        "words": document.words,
        "text": plain(document.text),
        "raw": document.text.encode("utf-8", "surrogatepass") if _broken(document.text) else None,
        "meta": dumps(document_json(document, relevant=found.relevant)),
        "layers": _layers(document),
    }


def _layers(document: Document) -> str:
    paragraphs = [[part.start, part.end, PARAGRAPH_KINDS.index(part.kind)] for part in document.paragraphs]
    segments = [[part.start, part.end, part.sentence, part.paragraph] for part in document.segments]
    return dumps({"paragraphs": paragraphs, "segments": segments})


def stored_document(row: sqlite3.Row) -> StoredDocument:
    """Read a document as it was stored, its layers included."""
    meta = json.loads(row["meta"])
    layers = json.loads(row["layers"])
    document = replace(
        document_from(meta, text_of(row)),
        paragraphs=tuple(Paragraph(a, b, PARAGRAPH_KINDS[kind]) for a, b, kind in layers["paragraphs"]),
        segments=tuple(Segment(*part) for part in layers["segments"]),
    )
    return StoredDocument(
        number=row["number"],
        document=document,
        relevant=bool(row["relevant"]),
        version=row["version"],
        superseded=bool(row["superseded"]),
        added=row["added"],
    )


def text_of(row: sqlite3.Row) -> str:
    """Return the text of a stored document, exactly as it was given."""
    return str(row["text"] if row["raw"] is None else row["raw"].decode("utf-8", "surrogatepass"))


def claim_row(number: int, position: int, claim: Claim) -> dict[str, Cell]:
    """Return the columns of a claim as it was read."""
    return {
        "document": number,
        "position": position,
        "id": claim.id,
        **_looked_for(claim),
        "violent": int(claim.violent),
        "trigger": plain(claim.trigger.quote),
        "start": claim.trigger.start,
        "confidence": claim.confidence,
        "body": dumps(claim_json(claim)),
    }


def line_row(number: int, position: int | None, read: Claim, standing: Claim) -> dict[str, Cell]:
    """Return what a claim is listed by as it stands, and what orders its review; `position` None: a person wrote it."""
    outcomes = " ".join(toll.outcome for toll in standing.tolls)
    return {
        "document": number,
        "start": read.trigger.start,
        "id": read.id,
        "position": position,
        **_looked_for(standing),
        "outcomes": f" {outcomes} ",
        "precision": standing.place.precision if standing.place else None,
        "doubt": doubt(read),
        "consequence": consequence(read),
        "gist": claim_gist_text(standing),
    }


def _looked_for(claim: Claim) -> dict[str, Cell]:
    when, place = claim.when, claim.place
    return {
        "event_type": claim.event_type,
        "claimant": plain(claim.claimant.name or claim.claimant.span.quote) if claim.claimant else None,
        "claimant_kind": claim.claimant_kind,
        "stance": claim.stance,
        "modality": claim.modality,
        "earliest": when.earliest.isoformat() if when and when.earliest else None,
        "latest": when.latest.isoformat() if when and when.latest else None,
        "country": place.country if place else None,
        "place": plain(place.name or place.span.quote) if place else None,
    }


def claim_gist_text(claim: Claim) -> str:
    """Return the gist of a claim as it is kept: actors and figures as texts within, because most come again."""
    *rest, initiators, targets, claimant, killed = claim_gist(claim)[2:]
    return dumps([*rest, _texts(initiators), _texts(targets), dumps(claimant) if claimant else None, _texts(killed)])


def claim_gist_of(claim: str, document: str, text: str) -> ClaimGist:
    """Read the gist of a claim."""
    *rest, initiators, targets, claimant, killed = json.loads(text)
    told = _actor_gist(claimant) if claimant is not None else None
    sides = tuple(map(_actor_gist, initiators)), tuple(map(_actor_gist, targets))
    return ClaimGist._make((claim, document, *rest, *sides, told, tuple(map(_figure_gist, killed))))


def incident_gist_row(record: IncidentRecord) -> dict[str, Cell]:
    """Return the gist of an incident as it is kept."""
    *rest, sides, killed_by = incident_gist(record)
    return {"incident": record.id, "gist": dumps([*rest, [*map(_texts, sides)], sorted(killed_by)])}


def incident_gist_of(text: str) -> IncidentGist:
    """Read the gist of an incident."""
    key, claims, documents, *rest, (one, other), killed_by = json.loads(text)
    sides = tuple(map(_actor_gist, one)), tuple(map(_actor_gist, other))
    return IncidentGist._make((key, tuple(claims), tuple(documents), *rest, sides, frozenset(killed_by)))


def _texts(gists: Iterable[ActorGist | FigureGist]) -> list[str]:
    return [dumps(gist) for gist in gists]


@lru_cache(maxsize=GISTS_AT_HAND)
def _actor_gist(text: str) -> ActorGist:
    return ActorGist._make(json.loads(text))


@lru_cache(maxsize=GISTS_AT_HAND)
def _figure_gist(text: str) -> FigureGist:
    return FigureGist._make(json.loads(text))


def claim_of(row: sqlite3.Row) -> Claim:
    """Read a claim; the row carries its body and the document's metadata."""
    return claim_from(json.loads(row["body"]), row["document_id"])


def actor_rows(number: int, claim: Claim) -> Iterator[dict[str, Cell]]:
    """Yield who stands in which slot of a claim."""
    for slot, ref in claim.slots():
        name, role = plain(ref.name or ref.span.quote), _maybe(ref.role)
        yield {"document": number, "claim": claim.id, "slot": slot, "actor": ref.actor_id, "name": name, "role": role}


def relation_rows(number: int, found: Extraction) -> Iterator[dict[str, Cell]]:
    """Yield the rows of a document's relations."""
    for position, relation in enumerate(found.relations):
        yield {
            "document": number,
            "position": position,
            "kind": relation.kind,
            "source": relation.source.actor_id,
            "target": relation.target.actor_id,
            "body": dumps(relation_json(relation)),
        }


def mention_rows(number: int, mentions: MentionSet) -> Iterator[dict[str, Cell]]:
    """Yield the rows of what a document talks about."""
    for position, (kind, target, start, body) in enumerate(_mentions(mentions)):
        yield {
            "document": number,
            "position": position,
            "kind": kind,
            "target": target,
            "start": start,
            "body": dumps(body),
        }


def _mentions(found: MentionSet) -> Iterator[tuple[str, str | None, int, object]]:
    for actor in found.actors:
        yield "actor", actor.actor_id, actor.span.start, actor_json(actor)
    for place in found.places:
        yield "place", place.place_id, place.span.start, place_json(place)
    for when in found.times:
        yield "time", None, when.span.start, when_json(when)
    for toll in found.tolls:
        yield "quantity", None, toll.span.start, toll_json(toll)
    for told in found.attributions:
        spans = told.cue or told.source or told.content
        yield "attribution", None, spans[0].start if spans else 0, attribution_json(told)


def anchor_cells(side: str, anchor: Anchor | None) -> dict[str, Cell]:
    """Return the columns of one side of a judgement."""
    values: tuple[Cell, ...] = (None,) * 4
    if anchor:
        values = (anchor.claim, plain(anchor.document), anchor.start, plain(anchor.trigger))
    return dict(zip((f"{side}_claim", f"{side}_document", f"{side}_start", f"{side}_trigger"), values, strict=True))


def judgement_of(row: sqlite3.Row, undone_by: int | None) -> Judgement:
    """Read an entry of the ledger."""
    left = _anchor(row, "left")
    assert left is not None, "every judgement stands on a claim"
    return Judgement(
        id=row["id"],
        kind=row["kind"],
        verdict=row["verdict"],
        left=left,
        right=_anchor(row, "right"),
        who=row["who"],
        at=row["at"],
        why=row["why"],
        before=row["before"],
        after=row["after"],
        undone_by=undone_by,
        gesture=row["gesture"],
        blind=bool(row["blind"]),
        conflicts=row["conflicts"],
    )


def _anchor(row: sqlite3.Row, side: str) -> Anchor | None:
    if row[f"{side}_claim"] is None:
        return None
    return Anchor(row[f"{side}_claim"], row[f"{side}_document"], row[f"{side}_start"], row[f"{side}_trigger"])
