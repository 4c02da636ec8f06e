"""Incidents at a glance as pages show them: chosen by the filter, in words, with their address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from starlette.requests import Request

from reportedly.app.filters import Filter, read_filter
from reportedly.app.pages import desk_of
from reportedly.app.routes.incidents import type_choices
from reportedly.drawing import WORDS, Label, icon
from reportedly.exports.drawn import family_of
from reportedly.exports.words import figure_words, glance_words, place_words, when_words
from reportedly.model.place import PlaceRef
from reportedly.model.span import Span
from reportedly.model.when import When
from reportedly.store.answers import Glance, day_of
from reportedly.store.base import View

# Rows of a list below a drawing; the list of all incidents holds the others, page by page.
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One incident in a list below a drawing."""

    id: str
    title: str
    icon: Markup
    when: str
    where: str
    killed: str
    status: str
    origins: int
    published: str


def glances(view: View, wanted: Filter) -> list[Glance]:
    """Return the incidents that the filter lets through, at a glance."""
    return list(wanted.chosen(view.glances()))


def labels(found: Iterable[Glance]) -> Mapping[str, Label]:
    """Return how incidents are called in a drawing, by id; made when asked for."""
    return _Labels({glance.id: glance for glance in found})


class _Labels(dict[str, Label]):
    """Labels that are made when they are asked for: most of 30,000 incidents are only counted."""

    def __init__(self, found: Mapping[str, Glance]) -> None:
        super().__init__()
        self._found = found

    def __missing__(self, key: str) -> Label:
        return Label(address(key), glance_words(self._found[key]))


def address(incident: str) -> str:
    """Return where the page of an incident is."""
    return f"/incidents/{incident}"


def rows(
    found: Sequence[Glance], lands: Mapping[str, str], keys: Iterable[str] | None = None, most: int = SHOWN
) -> list[Row]:
    """Return the first rows of a list, the newest incident first; `keys` are the incidents that it holds.

    `lands` are names of countries by their letters.
    """
    held = None if keys is None else set(keys)
    chosen = (glance for glance in found if held is None or glance.id in held)
    return [_row(glance, lands) for glance in sorted(chosen, key=_newest, reverse=True)[:most]]


def _newest(glance: Glance) -> tuple[str, str]:
    return glance.earliest or glance.latest or "", glance.id


def _row(glance: Glance, lands: Mapping[str, str]) -> Row:
    low, high = glance.killed_low, glance.killed_high
    return Row(
        id=glance.id,
        title=glance.title,
        icon=icon(family_of(glance)),
        when=when_words(when_of(glance)),
        where=place_words(place_of(glance), lands),
        killed=figure_words(low, high) if low is not None or high is not None else "",
        status=glance.status,
        origins=glance.origins,
        published=", ".join(day.isoformat() for day in glance.published[:3]) + (" …" if glance.published[3:] else ""),
    )


def when_of(glance: Glance) -> When | None:
    """Return the time of an incident; its words are not at hand."""
    if glance.when_precision is None or glance.basis is None:
        return None
    first, last = day_of(glance.earliest), day_of(glance.latest)
    return When(Span(0, 0, ""), first, last, glance.edtf or "", glance.when_precision, glance.basis)


def place_of(glance: Glance) -> PlaceRef | None:
    """Return the place of an incident; its words are not at hand."""
    if glance.place is None:
        return None
    return PlaceRef(
        span=Span(0, 0, ""),
        name=glance.place,
        country=glance.country,
        countries=glance.countries,
        lat=glance.lat,
        lon=glance.lon,
        precision=glance.precision,
    )


def glance_json(glance: Glance) -> dict[str, Any]:
    """Write an incident at a glance."""
    return {
        "id": glance.id,
        "title": glance.title,
        "event_types": list(glance.event_types),
        "status": glance.status,
        "earliest": glance.earliest,
        "latest": glance.latest,
        "edtf": glance.edtf,
        "basis": glance.basis,
        "published": [day.isoformat() for day in glance.published],
        "place": glance.place,
        "country": glance.country,
        "lat": glance.lat,
        "lon": glance.lon,
        "precision": glance.precision,
        "killed_low": glance.killed_low,
        "killed_high": glance.killed_high,
        "origins": glance.origins,
        "documents": glance.documents,
        "claims": glance.claims,
    }


def legend(found: Iterable[Glance]) -> list[tuple[Markup, str]]:
    """Return the shapes that a drawing of these incidents uses, with their words."""
    drawn = {family_of(glance) for glance in found}
    return [(icon(kind), meaning) for kind, meaning in WORDS.items() if kind in drawn]


def form_values(request: Request) -> dict[str, Any]:
    """Return what the form of the filter needs: the filter, what can be chosen, other pages with the same filter."""
    wanted = read_filter(request.query_params)
    paths = (("/incidents", "list"), ("/map", "map"), ("/timeline", "timeline"), ("/network", "network"))
    known = request.app.state.paths
    return {
        "filter": wanted,
        "types": type_choices(desk_of(request).rooms.event_types()),
        "others": [(path, name) for path, name in paths if path in known and path != request.url.path],
    }
