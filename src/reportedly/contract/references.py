"""What a value points at: words, and the actors, places, times they are taken to mean."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NotRequired

from typing_extensions import TypedDict

from reportedly.model.actor import ActorKind, ActorRef
from reportedly.model.place import PlacePrecision, PlaceRef
from reportedly.model.span import Span
from reportedly.model.when import Basis, When, WhenPrecision


class SpanJson(TypedDict):
    """A stretch of the document's text; `quote == text[start:end]`."""

    start: int
    end: int
    quote: str


class WordsJson(TypedDict):
    """The words of a value; every value that names its span so fits."""

    text: str
    start: int
    end: int


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


def maybe_actor(ref: ActorRef | None) -> ActorJson | None:
    """Write a reference to an actor where there is one."""
    return actor_json(ref) if ref else None


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


def maybe_when(when: When | None) -> WhenJson | None:
    """Write a reported time where there is one."""
    return when_json(when) if when else None


def span_from(data: SpanJson) -> Span:
    """Read a span."""
    return Span(data["start"], data["end"], data["quote"])


def words_from(data: WordsJson) -> Span:
    """Read the words of a value that names its span `text`."""
    return Span(data["start"], data["end"], data["text"])


def actor_from(data: ActorJson) -> ActorRef:
    """Read a reference to an actor."""
    return ActorRef(
        span=words_from(data),
        actor_id=data["actor_id"],
        name=data["name"],
        name_on_date=data["name_on_date"],
        kind=data["kind"],
        country=data["country"],
        role=data["role"],
    )


def actors_from(data: Iterable[ActorJson]) -> tuple[ActorRef, ...]:
    """Read references to actors."""
    return tuple(actor_from(item) for item in data)


def maybe_actor_from(data: ActorJson | None) -> ActorRef | None:
    """Read a reference to an actor where there is one."""
    return actor_from(data) if data else None


def place_from(data: PlaceJson) -> PlaceRef:
    """Read a reference to a place."""
    return PlaceRef(
        span=words_from(data),
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
        span=words_from(data),
        earliest=date.fromisoformat(data["earliest"]) if data["earliest"] else None,
        latest=date.fromisoformat(data["latest"]) if data["latest"] else None,
        edtf=data["edtf"],
        precision=data["precision"],
        basis=data["basis"],
    )


def maybe_when_from(data: WhenJson | None) -> When | None:
    """Read a reported time where there is one."""
    return when_from(data) if data else None
