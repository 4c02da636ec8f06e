"""Shapes for families of event types: told apart by shape first, by colour second.

An area that grows with the toll: four times the people, twice as wide. A figure nobody gives is a hollow shape.
"""

from __future__ import annotations

import math
from typing import Final

from markupsafe import Markup

from reportedly.drawing.svg import drawing, element, number

# Group of event types (first part of the key) to the family that is drawn; what is not here is `other`.
FAMILY: Final = {
    "battle": "battle",
    "attack": "attack",
    "explosion": "explosion",
    "strike": "strike",
    "abduction": "abduction",
    "coercion": "abduction",
    "destruction": "destruction",
    "protest": "unrest",
    "unrest": "unrest",
}
# Families in the order of a legend, with their words.
WORDS: Final = {
    "battle": "fighting between armed sides",
    "attack": "attack on people",
    "explosion": "bomb, mine",
    "strike": "air strike, shelling",
    "abduction": "abduction, arrest",
    "destruction": "destruction, looting",
    "unrest": "protest, riot",
    "other": "other",
}
SMALLEST, LARGEST = 4.5, 24.0


def family(event_type: str) -> str:
    """Return the family that an event type is drawn as."""
    return FAMILY.get(event_type.partition(".")[0], "other")


def size(people: int) -> float:
    """Return the radius of a toll, in pixels; the area grows with the people up to what a page can hold."""
    return round(min(LARGEST, SMALLEST + 1.35 * math.sqrt(max(0, people))), 1)


def shape(kind: str, x: float, y: float, radius: float, class_: str) -> Markup:
    """Return the shape of a family round a point; all have about the area of a circle of that radius."""
    if kind == "other" or kind not in _CORNERS:
        return element("circle", cx=x, cy=y, r=radius, class_=class_)
    points = ((x + dx * radius, y + dy * radius) for dx, dy in _CORNERS[kind])
    return element("path", d="M" + "L".join(f"{number(px)} {number(py)}" for px, py in points) + "z", class_=class_)


def _regular(corners: int, turn: float, reach: float) -> tuple[tuple[float, float], ...]:
    """Return a regular figure; `reach` is chosen so that its area is about that of the unit circle."""
    angles = (2 * math.pi * i / corners + turn for i in range(corners))
    return tuple((reach * math.sin(angle), -reach * math.cos(angle)) for angle in angles)


def _star(corners: int, outer: float, inner: float) -> tuple[tuple[float, float], ...]:
    points = []
    for i in range(2 * corners):
        reach, angle = (inner if i % 2 else outer), math.pi * i / corners
        points.append((reach * math.sin(angle), -reach * math.cos(angle)))
    return tuple(points)


# A plus of five squares.
_PLUS = ((-0.4, -1.2), (0.4, -1.2), (0.4, -0.4), (1.2, -0.4), (1.2, 0.4), (0.4, 0.4))
_CORNERS: Final = {
    "battle": _regular(4, math.pi / 4, 1.25),
    "attack": _regular(3, 0, 1.5),
    "explosion": _star(8, 1.4, 0.8),
    "strike": _regular(3, math.pi, 1.5),
    "abduction": _regular(5, 0, 1.15),
    "destruction": (*_PLUS, (0.4, 1.2), (-0.4, 1.2), (-0.4, 0.4), (-1.2, 0.4), (-1.2, -0.4), (-0.4, -0.4)),
    "unrest": _regular(4, 0, 1.25),
}


def icon(kind: str) -> Markup:
    """Return the shape of a family by itself, for lists and legends; words stand beside it."""
    drawn = shape(kind, 8, 8, 5, f"shape family-{kind}")
    return drawing(16, 16, WORDS.get(kind, WORDS["other"]), drawn, class_="icon", role="img")
