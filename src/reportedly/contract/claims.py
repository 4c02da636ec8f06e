"""What a text is read to say: tolls, claims, relations, who tells what."""

from __future__ import annotations

from typing import Any, NotRequired

from typing_extensions import TypedDict

from reportedly.contract.references import (
    ActorJson,
    PlaceJson,
    SpanJson,
    WhenJson,
    actor_from,
    actor_json,
    actors_from,
    maybe_actor,
    maybe_actor_from,
    maybe_when,
    maybe_when_from,
    place_from,
    place_json,
    span_from,
    span_json,
    when_from,
    when_json,
    words_from,
)
from reportedly.model.attribution import Attribution, Stance
from reportedly.model.claim import Claim, ClaimantKind, Modality
from reportedly.model.mentions import MentionSet
from reportedly.model.relation import Relation, RelationKind
from reportedly.model.toll import Outcome, Qualifier, Toll, VictimClass


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
    running: NotRequired[bool]


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
    scene: NotRequired[str]
    doubt: NotRequired[SpanJson]
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


def toll_json(toll: Toll) -> TollJson:
    """Write one figure; `running` only where it is true."""
    head: TollJson = {
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
        "victims": maybe_actor(toll.victims),
        "victim_class": toll.victim_class,
    }
    return {**head, "running": True} if toll.running else head


def claim_json(claim: Claim) -> ClaimJson:
    """Write a claim; `places` only where one happening spans several, `scene` only where the place names no country,
    `doubt` only where the account could not be verified."""
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
    if claim.scene is not None:
        head["scene"] = claim.scene
    if claim.doubt is not None:
        head["doubt"] = span_json(claim.doubt)
    return {**head, **_claim_tail(claim)}  # type: ignore[typeddict-item]


def _claim_tail(claim: Claim) -> dict[str, Any]:
    return {
        "when": maybe_when(claim.when),
        "tolls": [toll_json(toll) for toll in claim.tolls],
        "means": [span_json(span) for span in claim.means],
        "claimant": maybe_actor(claim.claimant),
        "claimant_kind": claim.claimant_kind,
        "attribution": [actor_json(ref) for ref in claim.attribution],
        "cue": span_json(claim.cue) if claim.cue else None,
        "stance": claim.stance,
        "modality": claim.modality,
        "said_on": maybe_when(claim.said_on),
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
        "when": maybe_when(relation.when),
        "claimant": maybe_actor(relation.claimant),
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


def toll_from(data: TollJson) -> Toll:
    """Read one figure."""
    return Toll(
        id=data["id"],
        span=words_from(data),
        outcome=data["outcome"],
        low=data["low"],
        high=data["high"],
        best=data["best"],
        qualifier=data["qualifier"],
        victims=maybe_actor_from(data["victims"]),
        victim_class=data["victim_class"],
        part_of=data["part_of"],
        superseded=data["superseded"],
        running=data.get("running", False),
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
        initiators=actors_from(data["initiators"]),
        targets=actors_from(data["targets"]),
        place=place_from(data["place"]) if data["place"] else None,
        places=tuple(place_from(item) for item in data.get("places", ())),
        scene=data.get("scene"),
        when=maybe_when_from(data["when"]),
        tolls=tuple(toll_from(item) for item in data["tolls"]),
        means=tuple(span_from(item) for item in data["means"]),
        claimant=maybe_actor_from(data["claimant"]),
        claimant_kind=data["claimant_kind"],
        attribution=actors_from(data["attribution"]),
        cue=span_from(data["cue"]) if data["cue"] else None,
        doubt=span_from(data["doubt"]) if "doubt" in data else None,
        stance=data["stance"],
        modality=data["modality"],
        said_on=maybe_when_from(data["said_on"]),
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
        when=maybe_when_from(data["when"]),
        claimant=maybe_actor_from(data["claimant"]),
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
        actors=actors_from(data["actors"]),
        places=tuple(place_from(item) for item in data["places"]),
        times=tuple(when_from(item) for item in data["times"]),
        tolls=tuple(toll_from(item) for item in data["quantities"]),
        attributions=tuple(attribution_from(item) for item in data["attributions"]),
    )
