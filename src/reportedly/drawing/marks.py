"""What is put on a map, and how what would cover one another is gathered. Knows pixels, draws nothing.

A mark is exact (a dot), near (a dot in a circle as wide as it is uncertain) or an area (a hatched circle); whatever is
known only as a country, or not at all, has no mark and belongs in a list.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from reportedly.drawing.view import CLOSEST, Box, Frame

Exactness = Literal["exact", "near", "area", "none"]
CELL = 30.0  # pixels; about the width of a badge with three digits
# Places closer than this are one place: two gazetteers differ by as much.
SAME_SPOT = 0.02


class Mark(NamedTuple):
    """One incident for a map; a tuple, because a map may gather 30,000.

    `low` and `high` are the smallest and largest number killed that anybody gives, None where nobody does;
    `radius_km` is how far from the point it may have been; `place` is a name.
    """

    id: str
    lon: float | None
    lat: float | None
    exactness: Exactness
    radius_km: float
    family: str
    low: int | None
    high: int | None
    contested: bool
    place: str = ""


@dataclass(slots=True)
class Heap:
    """Marks of one kind that fall on about the same pixels; `x` and `y` are the middle of them."""

    x: float
    y: float
    marks: list[Mark]

    def take(self, other: Heap) -> None:
        """Take over the marks of another heap."""
        mine, theirs = len(self.marks), len(other.marks)
        self.x = (self.x * mine + other.x * theirs) / (mine + theirs)
        self.y = (self.y * mine + other.y * theirs) / (mine + theirs)
        self.marks += other.marks
        other.marks = []

    @property
    def place(self) -> str:
        """The place where all marks of the heap are, else nothing."""
        places = {mark.place for mark in self.marks}
        return places.pop() if len(places) == 1 else ""

    @property
    def contested(self) -> int:
        """How many of the marks are contested."""
        return sum(mark.contested for mark in self.marks)

    def box(self) -> Box:
        """Return a box round the marks, with room."""
        box = self._tight()
        wide, high = box.east - box.west, box.north - box.south
        return box.zoom(1.0 if wide + high < CLOSEST else 1.4)

    def one_spot(self) -> bool:
        """Tell whether no closer look would part the marks."""
        box = self._tight()
        return box.east - box.west < SAME_SPOT and box.north - box.south < SAME_SPOT

    def _tight(self) -> Box:
        lons = [mark.lon for mark in self.marks if mark.lon is not None]
        lats = [mark.lat for mark in self.marks if mark.lat is not None]
        return Box(min(lons), min(lats), max(lons), max(lats))


Cell = tuple[int, int, bool]


def gather(marks: Iterable[Mark], frame: Frame) -> list[Heap]:
    """Return the marks in heaps of one exactness each, so that heaps hardly cover one another; order plays no part."""
    cells: dict[Cell, list[Mark]] = {}
    # A grid that is fixed to the world: moving the map regroups nothing.
    across, down = frame.squeeze * frame.scale / CELL, frame.scale / CELL
    for mark in sorted(marks, key=lambda mark: mark.id):
        if mark.lon is not None and mark.lat is not None:
            cell = math.floor(mark.lon * across), math.floor(mark.lat * down), mark.exactness == "area"
            cells.setdefault(cell, []).append(mark)
    return list(_merged({cell: _heap(members, frame) for cell, members in cells.items()}))


def _heap(marks: list[Mark], frame: Frame) -> Heap:
    lon = sum(mark.lon for mark in marks if mark.lon is not None) / len(marks)
    lat = sum(mark.lat for mark in marks if mark.lat is not None) / len(marks)
    return Heap(frame.x(lon), frame.y(lat), marks)


def _merged(cells: dict[Cell, Heap]) -> Iterator[Heap]:
    """Yield the heaps, small ones put on larger ones next to them where they would overlap."""
    for key in sorted(cells, key=lambda key: (len(cells[key].marks), key)):
        heap = cells[key]
        near = [cells[other] for other in _around(key) if other in cells and cells[other].marks]
        close = [other for other in near if math.dist((heap.x, heap.y), (other.x, other.y)) < 0.7 * CELL]
        if close:
            max(close, key=lambda other: len(other.marks)).take(heap)
    yield from (heap for heap in cells.values() if heap.marks)


def _around(key: Cell) -> Iterator[Cell]:
    across, down, area = key
    steps = (-1, 0, 1)
    yield from ((across + dx, down + dy, area) for dx in steps for dy in steps if (dx, dy) != (0, 0))
