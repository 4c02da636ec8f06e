"""Where the names in a picture of a network stand: on the side of their node where the fewest lines and shapes are.

Door: `placed(spots, lines, width) -> name by node`. Deterministic: of equal sides the first in the order of SIDES wins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal, NamedTuple

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]
# Pixels of the 12 px type of network.css: a letter's mean width, the height of a line, from a shape to its name.
LETTER, LINE, GAP = 6.6, 15, 6
# What lies under a name weighs: another name most, then a shape, then each of the points that a line is tried at.
NAME, SHAPE, ON_LINE, OUTSIDE = 8, 5, 1, 20
POINTS = 24
# Pixels a side of the squares in which points are counted, so that thousands of lines take no longer than a few.
SQUARE = 8


class Box(NamedTuple):
    """A rectangle from one corner to the other."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Tell whether two overlap."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Spot:
    """A node to be named: its middle, half its size, and its name."""

    x: float
    y: float
    size: float
    name: str

    @property
    def shape(self) -> Box:
        """The rectangle around its shape."""
        return Box(self.x - self.size, self.y - self.size, self.x + self.size, self.y + self.size)


@dataclass(frozen=True, slots=True)
class Name:
    """Where a name is written: the point and which end of the words stands there."""

    x: float
    y: float
    anchor: Anchor


def placed(spots: Mapping[str, Spot], lines: Iterable[tuple[Point, Point, Point]], width: float) -> Mapping[str, Name]:
    """Return where each node's name stands. `lines` are curves by start, bend and end; `width` that of the picture."""
    crowd = Counter(_square(x, y) for line in lines for x, y in _points(*line))
    shapes = [spot.shape for spot in spots.values()]
    taken: list[Box] = []
    found: dict[str, Name] = {}
    for key, spot in spots.items():
        sides = [(name, _box(name, spot.name)) for name in _sides(spot)]
        name, box = min(sides, key=lambda side: _weight(side[1], spot, crowd, shapes, taken, width))
        found[key] = name
        taken.append(box)
    return found


def _sides(spot: Spot) -> tuple[Name, ...]:
    """Return where a name may stand, the usual place first: below, above, right, left."""
    away = spot.size + GAP
    return (
        Name(spot.x, spot.y + spot.size + LINE - 1, "middle"),
        Name(spot.x, spot.y - away, "middle"),
        Name(spot.x + away, spot.y + 4, "start"),
        Name(spot.x - away, spot.y + 4, "end"),
    )


def _box(name: Name, words: str) -> Box:
    wide = LETTER * len(words)
    left = name.x - {"start": 0.0, "middle": wide / 2, "end": wide}[name.anchor]
    return Box(left, name.y - LINE + 4, left + wide, name.y + 4)


def _weight(
    box: Box,
    spot: Spot,
    crowd: Mapping[tuple[int, int], int],
    shapes: Sequence[Box],
    taken: Sequence[Box],
    width: float,
) -> float:
    """Return how much lies under a name that stands here."""
    outside = box.left < 0 or box.right > width or box.top < 0
    (left, top), (right, bottom) = _square(box.left, box.top), _square(box.right, box.bottom)
    squares = product(range(left, right + 1), range(top, bottom + 1))
    return (
        OUTSIDE * outside
        + NAME * sum(box.meets(other) for other in taken)
        + SHAPE * sum(box.meets(other) for other in shapes if other != spot.shape)
        + ON_LINE * sum(crowd.get(square, 0) for square in squares)
    )


def _square(x: float, y: float) -> tuple[int, int]:
    return int(x // SQUARE), int(y // SQUARE)


def _points(start: Point, bend: Point, end: Point) -> Iterator[Point]:
    """Yield points along a quadratic curve."""
    for n in range(POINTS + 1):
        t = n / POINTS
        one, two, three = (1 - t) ** 2, 2 * t * (1 - t), t * t
        yield one * start[0] + two * bend[0] + three * end[0], one * start[1] + two * bend[1] + three * end[1]
