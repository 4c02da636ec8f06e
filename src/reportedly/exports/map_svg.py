"""A map without tiles or coastlines: places on a graticule, drawn to scale, with how uncertain they are.

Equirectangular, the east-west scale true at the middle latitude. An area is a circle, never a dot: a dot on the
middle of a province would look exact.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.exports.geojson import RADIUS_KM
from reportedly.exports.words import place_words, when_words
from reportedly.model.incident import IncidentRecord

WIDTH, HEIGHT = 900, 520
PAD = 36
KM_PER_DEGREE = 111.32
# Steps of the graticule in degrees; the smallest that gives at most nine lines is taken.
STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30)
DRAWN = ("point", "near", "district", "region")


@dataclass(frozen=True, slots=True)
class Mark:
    """An incident on the map: `exact` ones are dots sized by toll, others circles as wide as they are uncertain."""

    number: int
    id: str
    label: str
    x: float
    y: float
    radius: float
    least: float
    most: float
    exact: bool
    contested: bool


@dataclass(frozen=True, slots=True)
class GridLine:
    """A line of the graticule with its name."""

    x1: float
    y1: float
    x2: float
    y2: float
    label: str


@dataclass(frozen=True, slots=True)
class Map:
    """What the template draws."""

    width: int
    height: int
    grid: tuple[GridLine, ...]
    marks: tuple[Mark, ...]
    unplaced: tuple[IncidentRecord, ...]


@dataclass(frozen=True, slots=True)
class _Frame:
    west: float
    south: float
    scale: float  # pixels a degree of latitude
    squeeze: float  # a degree of longitude against one of latitude

    def x(self, lon: float) -> float:
        return round(PAD + (lon - self.west) * self.squeeze * self.scale, 1)

    def y(self, lat: float) -> float:
        return round(HEIGHT - PAD - (lat - self.south) * self.scale, 1)


def draw(records: Sequence[IncidentRecord]) -> Map | None:
    """Return the map of these incidents; None where no place is known well enough."""
    placed = [(number, record) for number, record in enumerate(records, 1) if _spot(record)]
    unplaced = tuple(record for record in records if not _spot(record))
    if not placed:
        return None
    spots = [spot for _, record in placed if (spot := _spot(record))]
    frame = _frame(spots)
    marks = tuple(_mark(number, record, frame) for number, record in placed)
    # Wide circles first, so that dots stay on top.
    return Map(WIDTH, HEIGHT, _grid(frame), tuple(sorted(marks, key=lambda mark: -mark.radius)), unplaced)


def _spot(record: IncidentRecord) -> tuple[float, float] | None:
    place = record.place
    if place is None or place.lat is None or place.lon is None or place.precision not in DRAWN:
        return None
    return place.lon, place.lat


def _frame(spots: Sequence[tuple[float, float]]) -> _Frame:
    lons, lats = [spot[0] for spot in spots], [spot[1] for spot in spots]
    middle = (min(lats) + max(lats)) / 2
    squeeze = max(0.2, math.cos(math.radians(middle)))
    # At least three degrees, so that a single place does not fill the map; a tenth more all round.
    tall = max(3.0, (max(lats) - min(lats)) * 1.2)
    wide = max(3.0, (max(lons) - min(lons)) * 1.2) * squeeze
    scale = min((WIDTH - 2 * PAD) / wide, (HEIGHT - 2 * PAD) / tall)
    west = (min(lons) + max(lons)) / 2 - (WIDTH / 2 - PAD) / scale / squeeze
    south = middle - (HEIGHT / 2 - PAD) / scale
    return _Frame(west, south, scale, squeeze)


def _grid(frame: _Frame) -> tuple[GridLine, ...]:
    east = frame.west + (WIDTH - 2 * PAD) / frame.scale / frame.squeeze
    north = frame.south + (HEIGHT - 2 * PAD) / frame.scale
    step = next((step for step in STEPS if (east - frame.west) / step <= 9), STEPS[-1])
    lines = []
    for lon in _ticks(frame.west, east, step):
        x = frame.x(lon)
        lines.append(GridLine(x, PAD, x, HEIGHT - PAD, _degrees(lon, "E", "W")))
    for lat in _ticks(frame.south, north, step):
        y = frame.y(lat)
        lines.append(GridLine(PAD, y, WIDTH - PAD, y, _degrees(lat, "N", "S")))
    return tuple(lines)


def _ticks(low: float, high: float, step: float) -> list[float]:
    first = math.ceil(low / step)
    return [round(n * step, 1) for n in range(first, math.floor(high / step) + 1)]


def _degrees(value: float, plus: str, minus: str) -> str:
    return f"{abs(value):g}° {plus if value > 0 else minus if value < 0 else ''}".strip()


def _mark(number: int, record: IncidentRecord, frame: _Frame) -> Mark:
    place = record.place
    assert place is not None
    assert place.lon is not None
    assert place.lat is not None
    least, most = _killed(record)
    pixels = RADIUS_KM[place.precision] / KM_PER_DEGREE * frame.scale
    return Mark(
        number=number,
        id=record.id,
        label=f"{number}. {when_words(record.when)}, {place_words(place)}",
        x=frame.x(place.lon),
        y=frame.y(place.lat),
        radius=round(pixels, 1),
        least=_size(least),
        most=_size(most),
        exact=place.precision in ("point", "near"),
        contested=record.status == "contested",
    )


def _killed(record: IncidentRecord) -> tuple[int, int]:
    """Return the smallest and largest figure of people killed that anybody gives."""
    figures = [figure for cell in record.tolls if cell.outcome == "killed" for figure in cell.by]
    lows = [figure.low for figure in figures if figure.low is not None]
    highs = [figure.high if figure.high is not None else figure.low for figure in figures]
    return min(lows, default=0), max((high for high in highs if high is not None), default=0)


def _size(people: int) -> float:
    """Return a dot's radius: its area grows with the toll, within what can be drawn."""
    return round(min(28.0, 4 + 1.4 * math.sqrt(people)), 1)
