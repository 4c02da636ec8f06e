"""Where the names in a picture of a network stand: on the side of their node where the fewest lines and shapes are.

Door: `placed(spots, lines, width) -> name by node`. Deterministic: of equal sides the first in the order of SIDES wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]
# Pixels of the 12 px type of network.css: a letter's mean width, the height of a line, from a shape to its name.
LETTER, LINE, GAP = 6.6, 15, 6
# What lies under a name weighs: another name most, then a shape, then each of the points that a line is tried at.
NAME, SHAPE, ON_LINE, OUTSIDE = 8, 5, 1, 20
POINTS = 24


class Box(NamedTuple):
    """A rectangle from one corner to the other."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, point: Point) -> bool:
        """Tell whether a point lies in it."""
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom

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
    points = [point for line in lines for point in _points(*line)]
    shapes = [spot.shape for spot in spots.values()]
    taken: list[Box] = []
    found: dict[str, Name] = {}
    for key, spot in spots.items():
        sides = [(name, _box(name, spot.name)) for name in _sides(spot)]
        name, box = min(sides, key=lambda side: _weight(side[1], spot, points, shapes, taken, width))
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
    box: Box, spot: Spot, points: Sequence[Point], shapes: Sequence[Box], taken: Sequence[Box], width: float
) -> float:
    """Return how much lies under a name that stands here."""
    outside = box.left < 0 or box.right > width or box.top < 0
    return (
        OUTSIDE * outside
        + NAME * sum(box.meets(other) for other in taken)
        + SHAPE * sum(box.meets(other) for other in shapes if other != spot.shape)
        + ON_LINE * sum(map(box.holds, points))
    )


def _points(start: Point, bend: Point, end: Point) -> list[Point]:
    """Return points along a quadratic curve."""
    steps = [n / POINTS for n in range(POINTS + 1)]
    return [
        tuple((1 - t) ** 2 * a + 2 * t * (1 - t) * b + t**2 * c for a, b, c in zip(start, bend, end, strict=True))  # type: ignore[misc]
        for t in steps
    ]
