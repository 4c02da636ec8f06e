"""The one map of the program. Door: `draw_map(marks, box, links) -> MapDrawing`. Places are drawn as exactly as known.

Shape tells the family of event, size the toll (full shape: smallest figure, pale shape: largest), a heavy outline that
it is contested. What would overlap is one badge with its count, which leads closer; its outline is as heavy as its
incidents are contested.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from reportedly.drawing.basemap import basemap
from reportedly.drawing.labels import Labels
from reportedly.drawing.marks import Heap, Mark, gather
from reportedly.drawing.scales import KILOMETRES, degree_step, degrees, ticks
from reportedly.drawing.svg import drawing, element, group, line, link, text
from reportedly.drawing.symbols import SMALLEST, shape, size
from reportedly.drawing.view import Box, Frame, fit

WIDTH, HEIGHT = 1000.0, 560.0
LEAST_AREA = 11.0  # an area is never drawn so small that it looks like a dot
MOST_LABELS = 40
LETTER, LINE = 6.4, 13.0  # room for a letter and a line of a place's name
TITLES = 3  # as many of a badge's incidents are named in its title


@dataclass(frozen=True, slots=True)
class Links:
    """Words and addresses: `labels` of incidents; where a badge leads: `closer` to a map of a smaller box, `together`
    to a list of what lies at one spot."""

    labels: Labels
    closer: Callable[[Box], str | None]
    together: Callable[[Box], str | None]


@dataclass(frozen=True, slots=True)
class MapDrawing:
    """A map, the part of the world that it shows, and which incidents are on it, which not and why."""

    svg: Markup
    box: Box
    shown: tuple[str, ...]
    unplaced: tuple[str, ...]  # known only as a country, or not at all
    outside: tuple[str, ...]


def draw_map(
    marks: Sequence[Mark], box: Box, links: Links, *, label: str = "Map of incidents", height: float = HEIGHT
) -> MapDrawing:
    """Return a map that shows at least this box. Every incident is in exactly one of its three lists."""
    frame = fit(box, WIDTH, height)
    seen, unplaced, outside = _sorted(marks, frame.box)
    heaps = gather(seen, frame)
    layers = (
        _hatch(),
        element("rect", width=WIDTH, height=height, class_="sea"),
        basemap(frame),
        _graticule(frame),
        group(_areas(heaps, frame, links), class_="areas"),
        group(_dots(heaps, frame, links), class_="dots"),
        group(_labels(heaps, frame), class_="places", aria_hidden="true"),
        _measure(frame),
    )
    svg = drawing(WIDTH, height, label, *layers, class_="map", data_box=str(frame.box))
    return MapDrawing(svg, frame.box, *(tuple(mark.id for mark in part) for part in (seen, unplaced, outside)))


def _sorted(marks: Sequence[Mark], box: Box) -> tuple[list[Mark], list[Mark], list[Mark]]:
    seen: list[Mark] = []
    unplaced: list[Mark] = []
    outside: list[Mark] = []
    for mark in marks:
        if mark.lon is None or mark.lat is None or mark.exactness == "none":
            unplaced.append(mark)
        else:
            (seen if box.holds(mark.lon, mark.lat) else outside).append(mark)
    return seen, unplaced, outside


def _hatch() -> Markup:
    stroke = line(0, 0, 0, 6, "hatch")
    turned = "rotate(45)"
    pattern = element(
        "pattern", stroke, id="hatch", width=6, height=6, pattern_units="userSpaceOnUse", pattern_transform=turned
    )
    return element("defs", pattern)


def _graticule(frame: Frame) -> Markup:
    box = frame.box
    step = degree_step(box.east - box.west)
    return group(
        [
            *(_meridian(lon, frame) for lon in ticks(max(box.west, -180), min(box.east, 180), step)),
            *(_parallel(lat, frame) for lat in ticks(max(box.south, -90), min(box.north, 90), step)),
        ],
        class_="graticule",
        aria_hidden="true",
    )


def _meridian(lon: float, frame: Frame) -> Markup:
    x = frame.x(lon)
    words = text(x + 3, 11, degrees(lon, "E", "W"), "degrees") if 20 < x < frame.width - 40 else Markup("")
    return line(x, 0, x, frame.height, "grid") + words


def _parallel(lat: float, frame: Frame) -> Markup:
    y = frame.y(lat)
    words = text(3, y - 3, degrees(lat, "N", "S"), "degrees") if 24 < y < frame.height - 4 else Markup("")
    return line(0, y, frame.width, y, "grid") + words


def _measure(frame: Frame) -> Markup:
    """Return a scale bar of at most a fifth of the width; true at the middle of the map, in every direction."""
    length = max((km for km in KILOMETRES if frame.pixels(km) <= frame.width / 5), default=KILOMETRES[0])
    right, down = frame.width - 14, frame.height - 12
    left = right - frame.pixels(length)
    bar = element("path", d=f"M{left:.1f} {down - 5:.1f}v5H{right:.1f}v-5", class_="measure")
    return group([bar, text(right, down - 8, f"{length} km", "degrees", "end")], aria_hidden="true")


def _areas(heaps: Sequence[Heap], frame: Frame, links: Links) -> Iterator[Markup]:
    """Yield the hatched circles, wide ones first, so that smaller ones lie on top and can be clicked."""
    drawn = [(max(LEAST_AREA, _radius(heap, frame)), heap) for heap in heaps if heap.marks[0].exactness == "area"]
    for radius, heap in sorted(drawn, key=lambda pair: -pair[0]):
        circle = element("circle", cx=heap.x, cy=heap.y, r=radius, class_="area") + _share(heap, radius)
        words = str(len(heap.marks)) if len(heap.marks) > 1 else links.labels(heap.marks[0].id).tag
        count = text(heap.x, heap.y + 4, words, "count", "middle") if words else Markup("")
        yield link(_where(heap, links), _title(heap, links), circle, count, class_="heap")


def _radius(heap: Heap, frame: Frame) -> float:
    return frame.pixels(max(mark.radius_km for mark in heap.marks))


def _dots(heaps: Sequence[Heap], frame: Frame, links: Links) -> Iterator[Markup]:
    """Yield single incidents, large ones first, then badges."""
    exact = [heap for heap in heaps if heap.marks[0].exactness != "area"]
    single = sorted((heap for heap in exact if len(heap.marks) == 1), key=lambda heap: -_size(heap.marks[0]))
    for heap in single:
        yield _single(heap, frame, links)
    for heap in exact:
        if len(heap.marks) > 1:
            yield _badge(heap, links)


def _single(heap: Heap, frame: Frame, links: Links) -> Markup:
    mark = heap.marks[0]
    label = links.labels(mark.id)
    most, least = _size(mark), size(mark.low) if mark.low is not None else 0.0
    parts = []
    around = frame.pixels(mark.radius_km)
    if mark.exactness == "near" and around > most + 2:
        parts.append(element("circle", cx=heap.x, cy=heap.y, r=around, class_="around"))
    unknown = mark.low is None and mark.high is None
    parts.append(shape(mark.family, heap.x, heap.y, most, "hollow" if unknown else "most"))
    if least:
        parts.append(shape(mark.family, heap.x, heap.y, min(least, most), "least"))
    if label.tag:
        parts.append(text(heap.x, heap.y + 4, label.tag, "count", "middle"))
    look = f"mark family-{mark.family}" + (" contested" if mark.contested else "")
    return link(label.href, label.title, *parts, class_=look)


def _size(mark: Mark) -> float:
    figures = [figure for figure in (mark.low, mark.high) if figure is not None]
    return size(max(figures)) if figures else SMALLEST + 1


def _badge(heap: Heap, links: Links) -> Markup:
    radius = 8.5 + 2.5 * len(str(len(heap.marks)))
    parts = [
        element("circle", cx=heap.x, cy=heap.y, r=radius, class_="badge"),
        _share(heap, radius),
        text(heap.x, heap.y + 4, str(len(heap.marks)), "count", "middle"),
    ]
    return link(_where(heap, links), _title(heap, links), *parts, class_="heap")


def _share(heap: Heap, radius: float) -> Markup:
    """Return the heavy outline, as much of it as incidents of the heap are contested."""
    if not heap.contested:
        return Markup("")
    length = 2 * math.pi * radius
    dashes = f"{length * heap.contested / len(heap.marks):.1f} {length:.1f}"
    return element(
        "circle",
        cx=heap.x,
        cy=heap.y,
        r=radius,
        class_="disagreed",
        stroke_dasharray=dashes,
        stroke_dashoffset=length / 4,
    )


def _where(heap: Heap, links: Links) -> str | None:
    if len(heap.marks) == 1:
        return links.labels(heap.marks[0].id).href
    return links.together(heap.box()) if heap.one_spot() else links.closer(heap.box())


def _title(heap: Heap, links: Links) -> str:
    if len(heap.marks) == 1:
        return links.labels(heap.marks[0].id).title
    more = len(heap.marks) - TITLES
    gravest = heapq.nsmallest(TITLES, heap.marks, key=lambda mark: (-_size(mark), mark.id))
    named = "; ".join(links.labels(mark.id).title for mark in gravest) + (f"; and {more} more" if more > 0 else "")
    contested = f", {heap.contested} of them contested" if heap.contested else ""
    return f"{len(heap.marks)} incidents{contested}: {named}"


def _labels(heaps: Sequence[Heap], frame: Frame) -> Iterator[Markup]:
    """Yield names of places beside their marks, the most incidents first, as long as there is room."""
    taken = [_extent(heap) for heap in heaps]
    names = [heap for heap in heaps if heap.place and heap.marks[0].exactness != "area"]
    written = 0
    for heap in sorted(names, key=lambda heap: (-len(heap.marks), -_size(heap.marks[0]), heap.marks[0].id)):
        right = _extent(heap)[2] + 3
        room = (right, heap.y - LINE / 2, right + LETTER * len(heap.place), heap.y + LINE / 2)
        if written < MOST_LABELS and room[2] < frame.width and not any(_overlap(room, other) for other in taken):
            taken.append(room)
            written += 1
            yield text(right, heap.y + 4, heap.place, "place")


def _extent(heap: Heap) -> tuple[float, float, float, float]:
    reach = _size(heap.marks[0]) if len(heap.marks) == 1 else 14.0
    return heap.x - reach, heap.y - reach, heap.x + reach, heap.y + reach


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]
