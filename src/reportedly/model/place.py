"""A reference to a place: the words, and the point or area that we take them to mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reportedly.model.quick import quick
from reportedly.model.span import Span

PlacePrecision = Literal["point", "near", "district", "region", "country", "unresolved"]


@quick
@dataclass(frozen=True, slots=True)
class PlaceRef:
    """Words that name a place. Coordinates (WGS84 degrees) are None when `precision` is unresolved.

    `country` is ISO 3166-1 alpha-2; `countries` names both sides of a border town.
    """

    span: Span
    place_id: str | None = None
    name: str | None = None
    country: str | None = None
    countries: tuple[str, ...] = ()
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision = "unresolved"
