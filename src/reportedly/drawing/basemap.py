"""Land, borders and names under a map. Works offline: Natural Earth 1:50m, kept with the program (data/README.md).

Drawn as finely as the page can show; what lies outside is cut away. Boundaries are not an endorsement.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal

from markupsafe import Markup

from reportedly.drawing.clip import Edges, Point, clip_area, clip_line
from reportedly.drawing.polyline import decode
from reportedly.drawing.svg import element, group, number, text
from reportedly.drawing.view import Box, Frame

NOTE = "Boundaries and names are not an endorsement; borders that are not agreed are dashed. Base map: Natural Earth."
Kind = Literal["land", "border", "disputed"]
KINDS: dict[str, Kind] = {"land": "land", "border": "border", "disputed": "disputed"}
# Points nearer to one another than this many pixels are drawn as one.
FINEST = 0.7
# Shapes are cut a little outside the page, so that their outline along the cut is not seen.
MARGIN = 4.0
LETTER = 7.0  # pixels a letter of a country's name, on average


@dataclass(frozen=True, slots=True)
class Shape:
    """A line or ring in degrees, with the box that holds it."""

    kind: Kind
    line: tuple[Point, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class Name:
    """A country's name, where it goes, and how wide the country is there in degrees."""

    lon: float
    lat: float
    width: float
    words: str


@lru_cache(maxsize=1)
def _read() -> tuple[tuple[Shape, ...], tuple[Name, ...]]:
    shapes, names = [], []
    data = resources.files("reportedly.drawing").joinpath("data/basemap.txt").read_text(encoding="utf-8")
    for row in data.splitlines():
        kind, _, rest = row.partition(" ")
        if kind == "name":
            lon, lat, width, words = rest.split(" ", 3)
            names.append(Name(float(lon), float(lat), float(width), words))
        elif known := KINDS.get(kind):
            shapes.append(_shape(known, decode(rest)))
    return tuple(shapes), tuple(names)


def _shape(kind: Kind, line: Sequence[Point]) -> Shape:
    lons, lats = [lon for lon, _ in line], [lat for _, lat in line]
    return Shape(kind, tuple(line), Box(min(lons), min(lats), max(lons), max(lats)))


@lru_cache(maxsize=64)
def basemap(frame: Frame) -> Markup:
    """Return land, borders and names of the part of the world that the frame shows."""
    shapes, names = _read()
    paths: dict[Kind, list[str]] = {"land": [], "border": [], "disputed": []}
    for shape in shapes:
        if _meets(shape.box, frame.box):
            paths[shape.kind].extend(_path(points, shape.kind == "land") for points in _seen(shape, frame))
    drawn = [element("path", d="".join(paths["land"]), class_="land", fill_rule="evenodd")] if paths["land"] else []
    kinds: tuple[Kind, ...] = ("border", "disputed")
    drawn += [element("path", d="".join(paths[kind]), class_=kind) for kind in kinds if paths[kind]]
    return group([*drawn, *_labels(names, frame)], class_="basemap", aria_hidden="true")


def _meets(one: Box, other: Box) -> bool:
    return one.west <= other.east and one.east >= other.west and one.south <= other.north and one.north >= other.south


def _seen(shape: Shape, frame: Frame) -> Iterator[Sequence[Point]]:
    """Yield what of a shape is on the page, in pixels and as finely as they show it."""
    points = _thin([(frame.x(lon), frame.y(lat)) for lon, lat in shape.line])
    edges: Edges = (-MARGIN, -MARGIN, frame.width + MARGIN, frame.height + MARGIN)
    if shape.kind != "land":
        yield from clip_line(points, edges)
    elif len(points) > 3 and len(area := clip_area(points[:-1], edges)) > 2:
        yield area


def _thin(points: Sequence[Point]) -> list[Point]:
    """Return the points that are apart; the last one always, so that lines still meet."""
    kept = [points[0]]
    for point in points[1:-1]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= FINEST:
            kept.append(point)
    return [*kept, points[-1]]


def _path(points: Sequence[Point], closed: bool) -> str:
    """Return a path in whole tenths, each point as a step from the one before: half as long as absolute ones."""
    cells = [(round(x * 10), round(y * 10)) for x, y in points]
    steps = [f"M{number(cells[0][0] / 10)} {number(cells[0][1] / 10)}"]
    for (x1, y1), (x2, y2) in itertools.pairwise(cells):
        if (x1, y1) != (x2, y2):
            steps.append(f"l{number((x2 - x1) / 10)} {number((y2 - y1) / 10)}")
    return "".join(steps) + ("z" if closed else "")


def _labels(names: Sequence[Name], frame: Frame) -> Iterator[Markup]:
    """Yield the names that have room inside their country; a country of which only a part shows has none."""
    for name in names:
        x, y = frame.x(name.lon), frame.y(name.lat)
        room = name.width * frame.squeeze * frame.scale
        half = len(name.words) * LETTER / 2
        if half < x < frame.width - half and 14 < y < frame.height - 8 and 2 * half < room:
            yield text(x, y, name.words, "country", "middle")
