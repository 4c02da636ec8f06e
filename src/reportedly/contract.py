"""Values to the JSON of the outside contract and back; the only place that spells its field names.

The shapes below are the contract: the JSON Schema (`python -m reportedly.contract`) is generated from them.
`*_json` functions write a value, `*_from` functions read it back without loss.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from reportedly.model.actor import ActorKind, ActorRef
from reportedly.model.attribution import Attribution, Stance
from reportedly.model.claim import Claim, ClaimantKind, Modality
from reportedly.model.document import Access, Defect, DefectKind, Document, PreviewNote, Rights
from reportedly.model.extraction import Extraction
from reportedly.model.incident import IncidentRecord, Status, TollCell, TollFigure
from reportedly.model.mentions import MentionSet
from reportedly.model.place import PlacePrecision, PlaceRef
from reportedly.model.preview import Preview, WordsBasis
from reportedly.model.rejected import Rejected
from reportedly.model.relation import Relation, RelationKind
from reportedly.model.span import Span
from reportedly.model.toll import Outcome, Qualifier, Toll, VictimClass
from reportedly.model.when import Basis, When, WhenPrecision

SCHEMA_VERSION: Literal[1] = 1


# The shapes, field by field in the order of the contract.


class SpanJson(TypedDict):
    """A stretch of the document's text; `quote == text[start:end]`."""

    start: int
    end: int
    quote: str


class ActorJson(TypedDict):
    """Words that name an actor, and whom they are taken to mean."""

    text: str
    start: int
    end: int
    actor_id: str | None
    name: str | None
    name_on_date: str | None
    kind: ActorKind
    country: str | None
    role: str | None


class PlaceJson(TypedDict):
    """Words that name a place, and the point or area they are taken to mean."""

    text: str
    start: int
    end: int
    place_id: str | None
    name: str | None
    country: str | None
    countries: NotRequired[list[str]]
    admin1: str | None
    lat: float | None
    lon: float | None
    precision: PlacePrecision


class WhenJson(TypedDict):
    """Words that name a time, as a range of days."""

    text: str
    start: int
    end: int
    earliest: str | None
    latest: str | None
    edtf: str
    precision: WhenPrecision
    basis: Basis


class TollJson(TypedDict):
    """One figure for one outcome."""

    id: str
    part_of: str | None
    superseded: bool
    outcome: Outcome
    low: int | None
    high: int | None
    best: int | None
    qualifier: Qualifier
    text: str
    start: int
    end: int
    victims: ActorJson | None
    victim_class: VictimClass


class ClaimJson(TypedDict):
    """One claimant's account of one happening in one document."""

    id: str
    event_type: str
    violent: bool
    trigger: SpanJson
    content: SpanJson
    initiators: list[ActorJson]
    targets: list[ActorJson]
    place: PlaceJson | None
    places: NotRequired[list[PlaceJson]]
    when: WhenJson | None
    tolls: list[TollJson]
    means: list[SpanJson]
    claimant: ActorJson | None
    claimant_kind: ClaimantKind
    attribution: list[ActorJson]
    cue: SpanJson | None
    stance: Stance
    modality: Modality
    said_on: WhenJson | None
    aggregate: bool
    confidence: float
    found_by: str


class RelationJson(TypedDict):
    """A tie between two actors over time."""

    kind: RelationKind
    source: ActorJson
    target: ActorJson
    when: WhenJson | None
    claimant: ActorJson | None
    stance: Stance
    cue: SpanJson
    content: SpanJson


class AttributionJson(TypedDict):
    """Who is cited for which words."""

    source: list[SpanJson]
    cue: list[SpanJson]
    content: list[SpanJson]
    stance: Stance


class MentionsJson(TypedDict):
    """Everything the text talks about."""

    actors: list[ActorJson]
    places: list[PlaceJson]
    times: list[WhenJson]
    quantities: list[TollJson]
    attributions: list[AttributionJson]


class RejectedJson(TypedDict):
    """A stretch of text that was read and not kept."""

    start: int
    end: int
    quote: str
    reason: str


class DefectJson(TypedDict):
    """A fault of the text as received."""

    kind: DefectKind
    start: int
    end: int
    repeats: list[int] | None
    note: NotRequired[str]


class PreviewNoteJson(TypedDict):
    """What a preview page states about itself."""

    stated_share: float | None
    publisher: str | None


class RightsJson(TypedDict):
    """Marks on the page that limit use; present only where one was found."""

    nosnippet: bool
    max_snippet: int | None
    noai: bool
    tdm_reservation: bool | None
    tdm_policy: str | None
    free: bool | None
    licence: str | None
    no_preview: list[list[int]]


class DocumentJson(TypedDict):
    """A document's circumstances, without its text."""

    id: str
    url: str | None
    title: str | None
    publisher: str | None
    author: NotRequired[str]
    published: str | None
    language: str | None
    sha256: str
    words: int
    access: Access
    preview: PreviewNoteJson | None
    rights: NotRequired[RightsJson]
    defects: list[DefectJson]
    relevant: bool


class FigureJson(TypedDict):
    """One teller's figure; `claimant` null is the outlet."""

    claimant: str | None
    low: int | None
    high: int | None
    qualifier: Qualifier
    claim: str
    document: str


class CellJson(TypedDict):
    """All figures for one outcome and one victim group."""

    outcome: Outcome
    victims: str | None
    victim_class: VictimClass
    low: int | None
    high: int | None
    by: list[FigureJson]
    status: Status


class OwnIncidentJson(TypedDict):
    """One document's own claims about one happening."""

    id: str
    claims: list[str]
    event_types: list[str]
    when: WhenJson | None
    place: PlaceJson | None
    sides: list[list[ActorJson]]
    tolls: list[CellJson]


class IncidentJson(TypedDict):
    """An incident of a case: claims of many documents about one happening."""

    id: str
    title: str
    event_types: list[str]
    when: WhenJson | None
    place: PlaceJson | None
    sides: list[list[ActorJson]]
    documents: list[str]
    claims: list[str]
    tolls: list[CellJson]
    origins: int
    status: Status


class LinkJson(TypedDict):
    """A way to the publisher's page."""

    rel: str
    label: str
    url: str


class PreviewJson(TypedDict):
    """A publisher-friendly preview: `reportedly preview --json`."""

    document: str
    title: str | None
    publisher: str | None
    author: str | None
    published: str | None
    url: str | None
    excerpt: str
    words_shown: int
    words_total: int
    words_total_basis: WordsBasis
    share: float
    stated_share: float | None
    footer: str
    links: list[LinkJson]


class ExtractLine(TypedDict):
    """One line of `reportedly extract`."""

    schema_version: Literal[1]
    document: DocumentJson
    claims: list[ClaimJson]
    incidents: list[OwnIncidentJson]
    relations: list[RelationJson]
    codings: NotRequired[dict[str, list[dict[str, Any]]]]
    mentions: NotRequired[MentionsJson]
    rejected: list[RejectedJson]
    text: NotRequired[str]


class IncidentLine(TypedDict):
    """One line of `reportedly export --format jsonl`."""

    schema_version: Literal[1]
    incident: IncidentJson


# Writing.


def span_json(span: Span) -> SpanJson:
    """Write a span."""
    return {"start": span.start, "end": span.end, "quote": span.quote}


def actor_json(ref: ActorRef) -> ActorJson:
    """Write a reference to an actor."""
    return {
        "text": ref.span.quote,
        "start": ref.span.start,
        "end": ref.span.end,
        "actor_id": ref.actor_id,
        "name": ref.name,
        "name_on_date": ref.name_on_date,
        "kind": ref.kind,
        "country": ref.country,
        "role": ref.role,
    }


def place_json(ref: PlaceRef) -> PlaceJson:
    """Write a reference to a place; `countries` only where there are several."""
    head: dict[str, Any] = {
        "text": ref.span.quote,
        "start": ref.span.start,
        "end": ref.span.end,
        "place_id": ref.place_id,
        "name": ref.name,
        "country": ref.country,
    }
    if ref.countries:
        head["countries"] = list(ref.countries)
    tail = {"admin1": ref.admin1, "lat": ref.lat, "lon": ref.lon, "precision": ref.precision}
    return {**head, **tail}  # type: ignore[typeddict-item]


def when_json(when: When) -> WhenJson:
    """Write a reported time."""
    return {
        "text": when.span.quote,
        "start": when.span.start,
        "end": when.span.end,
        "earliest": when.earliest.isoformat() if when.earliest else None,
        "latest": when.latest.isoformat() if when.latest else None,
        "edtf": when.edtf,
        "precision": when.precision,
        "basis": when.basis,
    }


def toll_json(toll: Toll) -> TollJson:
    """Write one figure."""
    return {
        "id": toll.id,
        "part_of": toll.part_of,
        "superseded": toll.superseded,
        "outcome": toll.outcome,
        "low": toll.low,
        "high": toll.high,
        "best": toll.best,
        "qualifier": toll.qualifier,
        "text": toll.span.quote,
        "start": toll.span.start,
        "end": toll.span.end,
        "victims": _maybe_actor(toll.victims),
        "victim_class": toll.victim_class,
    }


def claim_json(claim: Claim) -> ClaimJson:
    """Write a claim; `places` only where one happening spans several."""
    head: dict[str, Any] = {
        "id": claim.id,
        "event_type": claim.event_type,
        "violent": claim.violent,
        "trigger": span_json(claim.trigger),
        "content": span_json(claim.content),
        "initiators": [actor_json(ref) for ref in claim.initiators],
        "targets": [actor_json(ref) for ref in claim.targets],
        "place": place_json(claim.place) if claim.place else None,
    }
    if claim.places:
        head["places"] = [place_json(ref) for ref in claim.places]
    return {**head, **_claim_tail(claim)}  # type: ignore[typeddict-item]


def _claim_tail(claim: Claim) -> dict[str, Any]:
    return {
        "when": _maybe_when(claim.when),
        "tolls": [toll_json(toll) for toll in claim.tolls],
        "means": [span_json(span) for span in claim.means],
        "claimant": _maybe_actor(claim.claimant),
        "claimant_kind": claim.claimant_kind,
        "attribution": [actor_json(ref) for ref in claim.attribution],
        "cue": span_json(claim.cue) if claim.cue else None,
        "stance": claim.stance,
        "modality": claim.modality,
        "said_on": _maybe_when(claim.said_on),
        "aggregate": claim.aggregate,
        "confidence": claim.confidence,
        "found_by": claim.found_by,
    }


def relation_json(relation: Relation) -> RelationJson:
    """Write a relation."""
    return {
        "kind": relation.kind,
        "source": actor_json(relation.source),
        "target": actor_json(relation.target),
        "when": _maybe_when(relation.when),
        "claimant": _maybe_actor(relation.claimant),
        "stance": relation.stance,
        "cue": span_json(relation.cue),
        "content": span_json(relation.content),
    }


def attribution_json(told: Attribution) -> AttributionJson:
    """Write an act of telling."""
    return {
        "source": [span_json(span) for span in told.source],
        "cue": [span_json(span) for span in told.cue],
        "content": [span_json(span) for span in told.content],
        "stance": told.stance,
    }


def mentions_json(found: MentionSet) -> MentionsJson:
    """Write what the text talks about."""
    return {
        "actors": [actor_json(ref) for ref in found.actors],
        "places": [place_json(ref) for ref in found.places],
        "times": [when_json(when) for when in found.times],
        "quantities": [toll_json(toll) for toll in found.tolls],
        "attributions": [attribution_json(told) for told in found.attributions],
    }


def rejected_json(rejected: Rejected) -> RejectedJson:
    """Write a rejected stretch of text."""
    return {
        "start": rejected.start,
        "end": rejected.end,
        "quote": rejected.quote,
        "reason": rejected.reason,
    }


def defect_json(defect: Defect) -> DefectJson:
    """Write a fault of the text; `note` only where there is one."""
    repeats = list(defect.repeats) if defect.repeats else None
    out: DefectJson = {"kind": defect.kind, "start": defect.start, "end": defect.end, "repeats": repeats}
    if defect.note is not None:
        out["note"] = defect.note
    return out


def rights_json(rights: Rights) -> RightsJson:
    """Write the marks that limit use."""
    return {
        "nosnippet": rights.nosnippet,
        "max_snippet": rights.max_snippet,
        "noai": rights.noai,
        "tdm_reservation": rights.tdm_reservation,
        "tdm_policy": rights.tdm_policy,
        "free": rights.free,
        "licence": rights.licence,
        "no_preview": [[start, end] for start, end in rights.no_preview],
    }


def document_json(document: Document, *, relevant: bool) -> DocumentJson:
    """Write a document's circumstances; `author` and `rights` only where known."""
    note = document.preview
    head: dict[str, Any] = {
        "id": document.id,
        "url": document.url,
        "title": document.title,
        "publisher": document.publisher,
    }
    if document.author is not None:
        head["author"] = document.author
    middle = {
        "published": document.published,
        "language": document.language,
        "sha256": document.sha256,
        "words": document.words,
        "access": document.access,
        "preview": {"stated_share": note.stated_share, "publisher": note.publisher} if note else None,
    }
    rights = {} if document.rights == Rights() else {"rights": rights_json(document.rights)}
    tail = {"defects": [defect_json(defect) for defect in document.defects], "relevant": relevant}
    return {**head, **middle, **rights, **tail}  # type: ignore[typeddict-item]


def cell_json(cell: TollCell) -> CellJson:
    """Write the figures for one outcome and victim group."""
    return {
        "outcome": cell.outcome,
        "victims": cell.victims,
        "victim_class": cell.victim_class,
        "low": cell.low,
        "high": cell.high,
        "by": [_figure_json(figure) for figure in cell.by],
        "status": cell.status,
    }


def _figure_json(figure: TollFigure) -> FigureJson:
    return {
        "claimant": figure.claimant,
        "low": figure.low,
        "high": figure.high,
        "qualifier": figure.qualifier,
        "claim": figure.claim,
        "document": figure.document,
    }


def own_incident_json(record: IncidentRecord) -> OwnIncidentJson:
    """Write an incident of one document, as `extract` prints it."""
    return {
        "id": record.id,
        "claims": list(record.claims),
        "event_types": list(record.event_types),
        "when": _maybe_when(record.when),
        "place": place_json(record.place) if record.place else None,
        "sides": [[actor_json(ref) for ref in side] for side in record.sides],
        "tolls": [cell_json(cell) for cell in record.tolls],
    }


def incident_json(record: IncidentRecord) -> IncidentJson:
    """Write an incident of a case, as `export` prints it."""
    return {
        "id": record.id,
        "title": record.title,
        "event_types": list(record.event_types),
        "when": _maybe_when(record.when),
        "place": place_json(record.place) if record.place else None,
        "sides": [[actor_json(ref) for ref in side] for side in record.sides],
        "documents": list(record.documents),
        "claims": list(record.claims),
        "tolls": [cell_json(cell) for cell in record.tolls],
        "origins": record.origins,
        "status": record.status,
    }


def extract_line(
    found: Extraction, *, books: Sequence[str] = (), mentions: bool = False, with_text: bool = False
) -> ExtractLine:
    """Write everything read out of one document: one line of `reportedly extract`."""
    out: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "document": document_json(found.document, relevant=found.relevant),
        "claims": [claim_json(claim) for claim in found.claims],
        "incidents": [own_incident_json(record) for record in found.incidents],
        "relations": [relation_json(relation) for relation in found.relations],
    }
    if books:
        out["codings"] = {book: [dict(row) for row in found.codings.get(book, ())] for book in books}
    if mentions:
        out["mentions"] = mentions_json(found.mentions)
    out["rejected"] = [rejected_json(item) for item in found.rejected]
    if with_text:
        out["text"] = found.document.text
    return out  # type: ignore[return-value]


def incident_line(record: IncidentRecord) -> IncidentLine:
    """Write one line of `reportedly export --format jsonl`."""
    return {"schema_version": SCHEMA_VERSION, "incident": incident_json(record)}


def preview_json(made: Preview) -> PreviewJson:
    """Write a preview."""
    return {
        "document": made.document,
        "title": made.title,
        "publisher": made.publisher,
        "author": made.author,
        "published": made.published,
        "url": made.url,
        "excerpt": made.excerpt,
        "words_shown": made.words_shown,
        "words_total": made.words_total,
        "words_total_basis": made.words_total_basis,
        "share": made.share,
        "stated_share": made.stated_share,
        "footer": made.footer,
        "links": [{"rel": link.rel, "label": link.label, "url": link.url} for link in made.links],
    }


def dumps(value: object) -> str:
    """Return compact JSON on one line. Text that is no valid Unicode (lone surrogates) is escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text


def _maybe_actor(ref: ActorRef | None) -> ActorJson | None:
    return actor_json(ref) if ref else None


def _maybe_when(when: When | None) -> WhenJson | None:
    return when_json(when) if when else None


# Reading back.


def span_from(data: SpanJson) -> Span:
    """Read a span."""
    return Span(data["start"], data["end"], data["quote"])


def _words(data: ActorJson | PlaceJson | WhenJson | TollJson) -> Span:
    return Span(data["start"], data["end"], data["text"])


def actor_from(data: ActorJson) -> ActorRef:
    """Read a reference to an actor."""
    return ActorRef(
        span=_words(data),
        actor_id=data["actor_id"],
        name=data["name"],
        name_on_date=data["name_on_date"],
        kind=data["kind"],
        country=data["country"],
        role=data["role"],
    )


def place_from(data: PlaceJson) -> PlaceRef:
    """Read a reference to a place."""
    return PlaceRef(
        span=_words(data),
        place_id=data["place_id"],
        name=data["name"],
        country=data["country"],
        countries=tuple(data.get("countries", ())),
        admin1=data["admin1"],
        lat=data["lat"],
        lon=data["lon"],
        precision=data["precision"],
    )


def when_from(data: WhenJson) -> When:
    """Read a reported time."""
    return When(
        span=_words(data),
        earliest=date.fromisoformat(data["earliest"]) if data["earliest"] else None,
        latest=date.fromisoformat(data["latest"]) if data["latest"] else None,
        edtf=data["edtf"],
        precision=data["precision"],
        basis=data["basis"],
    )


def toll_from(data: TollJson) -> Toll:
    """Read one figure."""
    return Toll(
        id=data["id"],
        span=_words(data),
        outcome=data["outcome"],
        low=data["low"],
        high=data["high"],
        best=data["best"],
        qualifier=data["qualifier"],
        victims=_maybe_actor_from(data["victims"]),
        victim_class=data["victim_class"],
        part_of=data["part_of"],
        superseded=data["superseded"],
    )


def claim_from(data: ClaimJson, document: str) -> Claim:
    """Read a claim of the document with this id."""
    return Claim(
        id=data["id"],
        document=document,
        event_type=data["event_type"],
        violent=data["violent"],
        trigger=span_from(data["trigger"]),
        content=span_from(data["content"]),
        initiators=_actors_from(data["initiators"]),
        targets=_actors_from(data["targets"]),
        place=place_from(data["place"]) if data["place"] else None,
        places=tuple(place_from(item) for item in data.get("places", ())),
        when=_maybe_when_from(data["when"]),
        tolls=tuple(toll_from(item) for item in data["tolls"]),
        means=tuple(span_from(item) for item in data["means"]),
        claimant=_maybe_actor_from(data["claimant"]),
        claimant_kind=data["claimant_kind"],
        attribution=_actors_from(data["attribution"]),
        cue=span_from(data["cue"]) if data["cue"] else None,
        stance=data["stance"],
        modality=data["modality"],
        said_on=_maybe_when_from(data["said_on"]),
        aggregate=data["aggregate"],
        confidence=data["confidence"],
        found_by=data["found_by"],
    )


def relation_from(data: RelationJson) -> Relation:
    """Read a relation."""
    return Relation(
        kind=data["kind"],
        source=actor_from(data["source"]),
        target=actor_from(data["target"]),
        cue=span_from(data["cue"]),
        content=span_from(data["content"]),
        when=_maybe_when_from(data["when"]),
        claimant=_maybe_actor_from(data["claimant"]),
        stance=data["stance"],
    )


def attribution_from(data: AttributionJson) -> Attribution:
    """Read an act of telling."""
    return Attribution(
        source=tuple(span_from(item) for item in data["source"]),
        cue=tuple(span_from(item) for item in data["cue"]),
        content=tuple(span_from(item) for item in data["content"]),
        stance=data["stance"],
    )


def mentions_from(data: MentionsJson) -> MentionSet:
    """Read what a text talks about."""
    return MentionSet(
        actors=_actors_from(data["actors"]),
        places=tuple(place_from(item) for item in data["places"]),
        times=tuple(when_from(item) for item in data["times"]),
        tolls=tuple(toll_from(item) for item in data["quantities"]),
        attributions=tuple(attribution_from(item) for item in data["attributions"]),
    )


def rejected_from(data: RejectedJson, where: str) -> Rejected:
    """Read a rejected stretch of the document named `where`."""
    return Rejected(where=where, reason=data["reason"], start=data["start"], end=data["end"], quote=data["quote"])


def defect_from(data: DefectJson) -> Defect:
    """Read a fault of the text."""
    repeats = data["repeats"]
    pair = (repeats[0], repeats[1]) if repeats else None
    return Defect(data["kind"], data["start"], data["end"], pair, data.get("note"))


def _rights_from(data: RightsJson) -> Rights:
    return Rights(
        nosnippet=data["nosnippet"],
        max_snippet=data["max_snippet"],
        noai=data["noai"],
        tdm_reservation=data["tdm_reservation"],
        tdm_policy=data["tdm_policy"],
        free=data["free"],
        licence=data["licence"],
        no_preview=tuple((start, end) for start, end in data["no_preview"]),
    )


def document_from(data: DocumentJson, text: str = "") -> Document:
    """Read a document's circumstances; the text travels apart. Paragraphs and segments are not part of the contract."""
    note = data["preview"]
    rights = data.get("rights")
    return Document(
        id=data["id"],
        text=text,
        sha256=data["sha256"],
        title=data["title"],
        url=data["url"],
        publisher=data["publisher"],
        author=data.get("author"),
        published=data["published"],
        language=data["language"],
        words=data["words"],
        access=data["access"],
        preview=PreviewNote(note["stated_share"], note["publisher"]) if note else None,
        rights=_rights_from(rights) if rights else Rights(),
        defects=tuple(defect_from(item) for item in data["defects"]),
    )


def _cell_from(data: CellJson) -> TollCell:
    return TollCell(
        outcome=data["outcome"],
        victims=data["victims"],
        victim_class=data["victim_class"],
        low=data["low"],
        high=data["high"],
        by=tuple(TollFigure(**figure) for figure in data["by"]),
        status=data["status"],
    )


def incident_from(data: IncidentJson) -> IncidentRecord:
    """Read an incident of a case."""
    first, second = data["sides"]
    return IncidentRecord(
        id=data["id"],
        title=data["title"],
        event_types=tuple(data["event_types"]),
        when=_maybe_when_from(data["when"]),
        place=place_from(data["place"]) if data["place"] else None,
        sides=(_actors_from(first), _actors_from(second)),
        documents=tuple(data["documents"]),
        claims=tuple(data["claims"]),
        tolls=tuple(_cell_from(item) for item in data["tolls"]),
        origins=data["origins"],
        status=data["status"],
    )


def _actors_from(data: Iterable[ActorJson]) -> tuple[ActorRef, ...]:
    return tuple(actor_from(item) for item in data)


def _maybe_actor_from(data: ActorJson | None) -> ActorRef | None:
    return actor_from(data) if data else None


def _maybe_when_from(data: WhenJson | None) -> When | None:
    return when_from(data) if data else None


# The schema.


def schema() -> Mapping[str, Any]:
    """Return the JSON Schema of every line that the program prints, generated from the shapes above."""
    from pydantic import TypeAdapter

    body = TypeAdapter(ExtractLine | IncidentLine | PreviewJson).json_schema()
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "reportedly: one line of output",
        "description": f"Schema version {SCHEMA_VERSION}. Generated from src/reportedly/contract.py; do not edit.",
    }
    return {**head, **body}


def main() -> None:
    """Print the schema: `python -m reportedly.contract > docs/reference/contract.schema.json`."""
    sys.stdout.write(json.dumps(schema(), indent=2, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
