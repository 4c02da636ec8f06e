"""Cutting at the edge of the page."""

from __future__ import annotations

import itertools
import math

from hypothesis import given
from hypothesis import strategies as st

from reportedly.drawing.clip import clip_area, clip_line

EDGES = (0.0, 0.0, 10.0, 10.0)
coordinate = st.floats(-30, 30).map(lambda value: round(value, 3))
lines = st.lists(st.tuples(coordinate, coordinate), min_size=2, max_size=12)


def area(ring: list[tuple[float, float]]) -> float:
    """Return the area of a ring."""
    turned = [*ring[1:], *ring[:1]]
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, turned, strict=True))) / 2


def test_a_square_over_a_corner_leaves_its_quarter() -> None:
    ring = [(5.0, 5.0), (15.0, 5.0), (15.0, 15.0), (5.0, 15.0)]
    assert sorted(clip_area(ring, EDGES)) == [(5, 5), (5, 10), (10, 5), (10, 10)]


def test_an_area_round_the_page_fills_it() -> None:
    ring = [(-50.0, -50.0), (50.0, -50.0), (50.0, 50.0), (-50.0, 50.0)]
    assert area(clip_area(ring, EDGES)) == 100


def test_a_line_that_leaves_and_comes_back_is_two() -> None:
    line = [(5.0, 5.0), (15.0, 5.0), (15.0, 8.0), (5.0, 8.0)]
    assert list(clip_line(line, EDGES)) == [[(5, 5), (10, 5)], [(10, 8), (5, 8)]]


def test_a_line_outside_is_nothing() -> None:
    assert list(clip_line([(11.0, 0.0), (11.0, 10.0)], EDGES)) == []


@given(lines)
def test_nothing_is_left_outside(line: list[tuple[float, float]]) -> None:
    left = [point for stretch in clip_line(line, EDGES) for point in stretch] + clip_area(line, EDGES)
    assert all(-1e-9 <= x <= 10 + 1e-9 and -1e-9 <= y <= 10 + 1e-9 for x, y in left)


@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0, 10)), min_size=3, max_size=12))
def test_what_lies_inside_stays_as_it_is(line: list[tuple[float, float]]) -> None:
    assert clip_area(line, EDGES) == line
    kept = [point for stretch in clip_line(line, EDGES) for point in stretch]
    length = sum(math.dist(a, b) for a, b in itertools.pairwise(line))
    assert math.isclose(sum(math.dist(a, b) for a, b in itertools.pairwise(kept)), length, abs_tol=1e-6)
