"""Cuts lines and areas at the edge of the page, so that no drawing says more than it shows."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable, Iterator, Sequence

Point = tuple[float, float]
# left, top, right, bottom
Edges = tuple[float, float, float, float]


def clip_area(ring: Sequence[Point], edges: Edges) -> list[Point]:
    """Return the part of an area inside the edges; it may run along them (Sutherland and Hodgman)."""
    left, top, right, bottom = edges
    sides: tuple[tuple[int, float, Callable[[float, float], bool]], ...] = (
        (0, left, operator.ge),
        (0, right, operator.le),
        (1, top, operator.ge),
        (1, bottom, operator.le),
    )
    points = list(ring)
    for axis, limit, inside in sides:
        if all(inside(point[axis], limit) for point in points):
            continue
        points = _cut(points, axis, limit, inside)
    return points


def _cut(points: list[Point], axis: int, limit: float, inside: Callable[[float, float], bool]) -> list[Point]:
    kept: list[Point] = []
    for last, point in zip([*points[-1:], *points[:-1]], points, strict=True):
        if inside(last[axis], limit) != inside(point[axis], limit):
            kept.append(_crossing(last, point, axis, limit))
        if inside(point[axis], limit):
            kept.append(point)
    return kept


def _crossing(start: Point, end: Point, axis: int, limit: float) -> Point:
    """Return where a line meets an edge; exactly on it, whatever the rounding."""
    share = (limit - start[axis]) / (end[axis] - start[axis])
    other = start[1 - axis] + share * (end[1 - axis] - start[1 - axis])
    return (limit, other) if axis == 0 else (other, limit)


def clip_line(line: Sequence[Point], edges: Edges) -> Iterator[list[Point]]:
    """Yield the stretches of a line inside the edges."""
    stretch: list[Point] = []
    for start, end in itertools.pairwise(line):
        cut = _inside(start, end, edges)
        if cut is None:
            continue
        if stretch and stretch[-1] != cut[0]:
            yield stretch
            stretch = []
        stretch = [*stretch, cut[1]] if stretch else [cut[0], cut[1]]
    if stretch:
        yield stretch


def _inside(start: Point, end: Point, edges: Edges) -> tuple[Point, Point] | None:
    """Return the part of one straight line inside the edges (Liang and Barsky)."""
    left, top, right, bottom = edges
    (x, y), dx, dy = start, end[0] - start[0], end[1] - start[1]
    enter, leave = 0.0, 1.0
    for step, room in ((-dx, x - left), (dx, right - x), (-dy, y - top), (dy, bottom - y)):
        if step == 0:
            if room < 0:
                return None
        elif step < 0:
            enter = max(enter, room / step)
        else:
            leave = min(leave, room / step)
    if enter > leave:
        return None
    first = start if enter == 0 else (x + enter * dx, y + enter * dy)
    return first, end if leave == 1 else (x + leave * dx, y + leave * dy)
