"""Export as FollowTheMoney 4 statements, one JSON object a line, as `followthemoney` and OpenAleph's tools read them.

Articles with the names in them, actors, incidents as events, ties as links. FollowTheMoney knows no claims and no
tolls: an event lists in `notes` what each teller says. `first_seen` and `last_seen` are days of publication.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reportedly.contract import dumps
from reportedly.exports.links import safe_link
from reportedly.exports.options import Options
from reportedly.exports.words import cell_head, figure_line, place_name
from reportedly.model.actor import ActorRef
from reportedly.model.claim import Claim
from reportedly.model.document import Document
from reportedly.model.ids import content_id
from reportedly.model.incident import IncidentRecord
from reportedly.model.relation import Relation
from reportedly.model.when import When
from reportedly.store.base import Holdings

TITLE = "FollowTheMoney statements, one JSON object a line"
MEDIA = "application/x-ndjson"
LEAVES_OUT = "claims one by one (an event notes each teller's figures); actors that nobody identified; denied relations"
TAKES: frozenset[str] = frozenset()

DATASET = "reportedly"
# Schema and topic by kind. No topic judges: that a group is armed or hostile is for people to say.
SCHEMATA: Mapping[str, tuple[str, str | None]] = {
    "government": ("PublicBody", "gov"),
    "state_forces": ("PublicBody", "mil"),
    "international_organisation": ("PublicBody", "gov.igo"),
    "company": ("Company", None),
    "external_forces": ("Organization", None),
    "rebel_group": ("Organization", None),
    "political_militia": ("Organization", None),
    "identity_militia": ("Organization", None),
    "media": ("Organization", None),
}
# ISO 639-1 to the three letters that FollowTheMoney wants, for languages that outlets write in.
LANGUAGES = {
    **{"ar": "ara", "de": "deu", "en": "eng", "es": "spa", "fa": "fas", "fr": "fra", "he": "heb", "it": "ita"},
    **{"pt": "por", "ru": "rus", "sw": "swa", "tr": "tur", "uk": "ukr", "ur": "urd", "zh": "zho"},
}
# What FollowTheMoney takes out of any text: control characters but tab and ends of lines.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Properties whose values are in no language.
PLAIN = frozenset(
    {"country", "date", "startDate", "endDate", "publishedAt", "sourceUrl", "language", "topics"}
    | {"involved", "proof", "document", "resolved", "subject", "object", "contextCountry"}
)


@dataclass(slots=True)
class Value:
    """A value of a property with its words, where they differ, and the days of the documents that give it."""

    original: str | None = None
    first: str | None = None
    last: str | None = None
    origin: str | None = None


@dataclass(slots=True)
class Entity:
    """One thing with what is stated about it. The order in which values come does not matter."""

    id: str
    schema: str
    values: dict[tuple[str, str, str | None], Value] = field(default_factory=dict)

    def add(
        self,
        prop: str,
        value: str | None,
        document: Document | None = None,
        *,
        original: str | None = None,
        origin: str | None = None,
    ) -> None:
        """State a value as this document gives it; nothing is stated without a value."""
        text = _CONTROL.sub("", value or "").strip()
        if not text:
            return
        language = LANGUAGES.get(document.language or "") if document and prop not in PLAIN else None
        held = self.values.setdefault((prop, text, language), Value())
        words = original if original and original != text else None
        held.original = min(filter(None, (held.original, words)), default=None)
        held.origin = max(filter(None, (held.origin, origin)), default=None)
        day = document.published_on.isoformat() if document and document.published_on else None
        held.first = min(filter(None, (held.first, day)), default=None)
        held.last = max(filter(None, (held.last, day)), default=None)

    def statements(self) -> Iterator[dict[str, object]]:
        """Yield the statements by property and value, and last the one that sums the entity up."""
        ids = []
        for (prop, value, language), held in sorted(self.values.items(), key=lambda item: str(item[0])):
            line = self._line(prop, value, held, language)
            ids.append(str(line["id"]))
            yield line
        digest = hashlib.sha1("".join((self.schema, *sorted(ids))).encode(), usedforsecurity=False).hexdigest()
        days = [held for held in self.values.values() if held.first]
        first = min((held.first for held in days if held.first), default=None)
        last = max((held.last for held in days if held.last), default=None)
        yield self._line("id", digest, Value(first=first, last=last), None)

    def _line(self, prop: str, value: str, held: Value, language: str | None) -> dict[str, object]:
        key = f"{DATASET}.{self.id}.{prop}.{value}" + (f"@{language}" if language else "")
        return {
            "canonical_id": self.id,
            "entity_id": self.id,
            "prop": prop,
            "schema": self.schema,
            "value": value,
            "dataset": DATASET,
            "lang": language,
            "original_value": held.original,
            "first_seen": held.first,
            "last_seen": held.last,
            "external": False,
            "origin": held.origin,
            "id": hashlib.sha1(key.encode("utf-8", "replace"), usedforsecurity=False).hexdigest(),
        }


def chunks(view: Holdings, options: Options) -> Iterator[str]:
    """Yield one statement a line, all of one entity together."""
    for entity in _entities(view):
        for line in entity.statements():
            yield dumps(line) + "\n"


def _entities(view: Holdings) -> Iterator[Entity]:
    """Yield articles with their mentions, then actors, events and links; each entity once."""
    actors: dict[str, Entity] = {}
    links: dict[str, Entity] = {}
    sources: dict[str, Document] = {}
    for stored in view.documents():
        document = stored.document
        sources[document.id] = _light(document)
        mentions: dict[str, Entity] = {}
        for claim in view.claims(document.id):
            _meet(claim, document, actors, mentions)
        for _, relation in view.relations(document.id):
            _tie(relation, document, actors, links)
        yield _article(document)
        yield from (mentions[key] for key in sorted(mentions))
    yield from (actors[key] for key in sorted(actors))
    for record in view.incidents():
        yield _event(view, record, sources)
    yield from (links[key] for key in sorted(links))


def _light(document: Document) -> Document:
    """Return the document without its text and layers: what later entities need of it."""
    return Document(
        document.id,
        "",
        document.sha256,
        title=document.title,
        url=document.url,
        publisher=document.publisher,
        published=document.published,
        language=document.language,
    )


def _article(document: Document) -> Entity:
    entity = Entity(article_id(document.id), "Article")
    entity.add("title", document.title or document.id, document)
    entity.add("author", document.author, document)
    entity.add("publisher", document.publisher, document)
    entity.add("publishedAt", document.published_on.isoformat() if document.published_on else None, document)
    entity.add("sourceUrl", safe_link(document.url), document)
    entity.add("language", LANGUAGES.get(document.language or ""), document)
    return entity


def article_id(document: str) -> str:
    """Return the entity's id of a document, whose own id may hold anything."""
    return content_id("article", document)


def actor_id(actor: str) -> str:
    """Return the entity's id of an actor."""
    return f"actor-{actor}"


def _meet(claim: Claim, document: Document, actors: dict[str, Entity], mentions: dict[str, Entity]) -> None:
    """Note the known actors of a claim, and each as a name in this document."""
    refs = [*claim.initiators, *claim.targets, *claim.attribution, *(t.victims for t in claim.tolls if t.victims)]
    for ref in (*refs, *([claim.claimant] if claim.claimant else ())):
        if _note_actor(ref, document, actors, claim.found_by):
            _note_mention(ref, claim, document, mentions)


def _note_actor(ref: ActorRef, document: Document, actors: dict[str, Entity], origin: str | None = None) -> bool:
    """Note a known actor with its names; tell whether it is one."""
    if ref.actor_id is None or ref.kind == "facility":
        return False
    schema, topic = SCHEMATA.get(ref.kind, ("LegalEntity", None))
    entity = actors.setdefault(ref.actor_id, Entity(actor_id(ref.actor_id), schema))
    entity.schema = min(entity.schema, schema)  # of two readings of a kind one, whichever came first
    entity.add("name", ref.name, document, origin=origin)
    if ref.name_on_date != ref.name:
        entity.add("alias", ref.name_on_date, document, origin=origin)
    entity.add("country", (ref.country or "").lower(), document)
    entity.add("topics", topic, document)
    return True


def _note_mention(ref: ActorRef, claim: Claim, document: Document, mentions: dict[str, Entity]) -> None:
    assert ref.actor_id is not None
    entity = mentions.setdefault(ref.actor_id, Entity(content_id("mention", document.id, ref.actor_id), "Mention"))
    entity.add("document", article_id(document.id), document)
    entity.add("resolved", actor_id(ref.actor_id), document)
    entity.add("name", ref.name, document, original=ref.span.quote, origin=claim.found_by)
    entity.add("detectedSchema", SCHEMATA.get(ref.kind, ("LegalEntity", None))[0], None)
    entity.add("contextCountry", (claim.place.country or "").lower() if claim.place else None, document)


def _tie(relation: Relation, document: Document, actors: dict[str, Entity], links: dict[str, Entity]) -> None:
    """Note a relation between two known actors that nobody denies."""
    ends = (relation.source, relation.target)
    known = [_note_actor(ref, document, actors) for ref in ends]
    if relation.stance == "denied" or not all(known):
        return
    key = content_id("link", relation.kind, relation.source.actor_id, relation.target.actor_id)
    entity = links.setdefault(key, Entity(key, "UnknownLink"))
    entity.add("subject", actor_id(relation.source.actor_id or ""), document)
    entity.add("object", actor_id(relation.target.actor_id or ""), document)
    entity.add("role", relation.kind.replace("_", " "), None, original=relation.cue.quote)
    entity.add("proof", article_id(document.id), document)
    _add_time(entity, relation.when, document)


def _event(view: Holdings, record: IncidentRecord, sources: Mapping[str, Document]) -> Entity:
    """Return an incident as an event, dated by the documents that tell of it."""
    entity = Entity(record.id, "Event")
    documents = [sources[key] for key in record.documents if key in sources]
    outlets = {document.id: document.publisher for document in documents}
    involved = [ref for side in record.sides for ref in side if ref.actor_id and ref.kind != "facility"]
    for document in documents:
        entity.add("name", record.title, None)
        entity.add("recordId", record.id, None)
        entity.add("proof", article_id(document.id), document)
        entity.add("publisher", document.publisher, document)
        entity.add("sourceUrl", safe_link(document.url), document)
        for ref in involved:
            entity.add("involved", actor_id(ref.actor_id or ""), document)
    for event_type in record.event_types:
        entity.add("keywords", event_type, None)
    _add_place(entity, record)
    _add_time(entity, record.when, None)
    for cell in record.tolls:
        entity.add("notes", f"{cell_head(cell)}: {'; '.join(figure_line(figure, outlets) for figure in cell.by)}", None)
    return entity


def _add_place(entity: Entity, record: IncidentRecord) -> None:
    if place := record.place:
        entity.add("location", place_name(place), None, original=place.span.quote)
        entity.add("country", (place.country or "").lower(), None)


def _add_time(entity: Entity, when: When | None, document: Document | None) -> None:
    """State a time no sharper than it is known: a year as a year. The day of publication is no date of an event."""
    if when is None or when.basis == "publication" or when.earliest is None or when.latest is None:
        return
    words = when.span.quote
    size = {"year": 4, "month": 7}.get(when.precision, 10)
    first, last = when.earliest.isoformat()[:size], when.latest.isoformat()[:size]
    if first == last:
        entity.add("date", first, document, original=words)
    else:
        entity.add("startDate", first, document, original=words)
        entity.add("endDate", last, document, original=words)
