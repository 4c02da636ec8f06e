"""The base map: it is there, it is small, it lies where the world does, and it says where it is from."""

from __future__ import annotations

import itertools
import re
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import path_points

from reportedly.drawing.basemap import MARGIN, basemap
from reportedly.drawing.polyline import PER_DEGREE, decode, encode
from reportedly.drawing.view import WORLD, Box, around, fit

DATA = resources.files("reportedly.drawing").joinpath("data/basemap.txt")


def part(svg: str, class_: str) -> str:
    """Return the path of one kind, empty where none is drawn."""
    found = re.search(rf'<path d="([^"]*)" class="{class_}"', svg)
    return found.group(1) if found else ""


def on_land(lon: float, lat: float) -> bool:
    """Tell by the even-odd rule whether a point of the world lies on land."""
    rings = [decode(row[5:]) for row in DATA.read_text(encoding="utf-8").splitlines() if row.startswith("land ")]
    cuts = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in itertools.pairwise(ring):
            cuts += (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) / (y2 - y1) * (x2 - x1)
    return cuts % 2 == 1


def test_it_is_small_and_says_where_it_is_from() -> None:
    text = DATA.read_text(encoding="utf-8")
    assert len(text.encode()) < 400_000
    head = "".join(line for line in text.splitlines(keepends=True) if line.startswith("#"))
    assert "public domain" in head
    assert "ISC licence" in head
    assert "not an endorsement" in head


@pytest.mark.parametrize(
    ("place", "lon", "lat", "land"),
    [
        ("Mali", 0.0, 19.0, True),
        ("Paris", 2.35, 48.85, True),
        ("Chukotka beyond the date line", -175.0, 66.5, True),
        ("Chukotka before it", 178.0, 67.0, True),
        ("Gulf of Guinea", 0.0, 0.0, False),
        ("Caspian Sea", 51.0, 40.0, False),
        ("Pacific at the date line", -179.9, 66.0 - 40, False),
    ],
)
def test_land_is_where_it_should_be(place: str, lon: float, lat: float, land: bool) -> None:
    assert on_land(lon, lat) == land, place


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=30))
def test_a_line_comes_back_to_within_half_a_step(line: list[tuple[float, float]]) -> None:
    cells = [(round(lon * PER_DEGREE), round(lat * PER_DEGREE)) for lon, lat in line]
    kept = [cell for i, cell in enumerate(cells) if i == 0 or cell != cells[i - 1]]
    assert [(round(x * PER_DEGREE), round(y * PER_DEGREE)) for x, y in decode(encode(line))] == kept
    assert encode(line).isascii()


@settings(max_examples=30, deadline=None)
@given(st.floats(-179, 178), st.floats(-89, 88), st.floats(0.3, 60))
def test_nothing_is_drawn_outside_the_page(lon: float, lat: float, size: float) -> None:
    frame = fit(Box(lon, lat, min(lon + size, 180), min(lat + size, 90)), 500, 300)
    svg = basemap(frame)
    for x, y in (point for kind in ("land", "border", "disputed") for point in path_points(part(svg, kind))):
        assert -MARGIN - 1 <= x <= 500 + MARGIN + 1
        assert -MARGIN - 1 <= y <= 300 + MARGIN + 1


@pytest.mark.parametrize(
    ("where", "box"),
    [
        ("Kashmir", Box(73, 33, 78, 36)),
        ("Western Sahara", Box(-14, 25, -9, 29)),
        ("Golan", Box(35.5, 32.5, 36, 33.4)),
        ("Abyei", Box(26, 9, 30, 11)),
        ("isthmus of Crimea", Box(33, 45.5, 35.5, 46.5)),
        ("Somaliland", Box(48, 8, 49, 11)),
    ],
)
def test_borders_that_are_not_agreed_are_dashed(where: str, box: Box) -> None:
    assert part(basemap(fit(box, 600, 400)), "disputed"), where


def test_agreed_borders_are_not() -> None:
    svg = basemap(fit(Box(-5, 10, 0, 15), 600, 400))
    assert part(svg, "border")
    assert not part(svg, "disputed")


def test_countries_with_room_are_named() -> None:
    assert ">Mali<" in basemap(fit(Box(-12, 10, 4, 25), 1000, 560))
    assert ">Luxembourg<" not in basemap(fit(WORLD, 1000, 560))


def test_a_page_of_the_world_stays_light() -> None:
    """The drawing is as fine as the page can show: the file has 40,000 points, a page of the world needs a third."""
    assert len(basemap(fit(WORLD, 1000, 560))) < 250_000
    assert len(basemap(fit(around([(2.0, 17.0)]), 1000, 560))) < 40_000
