"""The map: places as exact as they are known, every incident in one list, nothing outside the page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import SVG, links, parse, points

from reportedly.drawing import WORDS, WORLD, Box, Label, Links, Mark, around, draw_map
from reportedly.drawing.basemap import MARGIN
from reportedly.drawing.map import HEIGHT, LEAST_AREA, WIDTH
from reportedly.drawing.symbols import LARGEST, family, icon, size
from reportedly.drawing.view import fit

EVIL = '</title><script>alert(1)</script>"onload="x"\u202e'
LINKS = Links(
    labels=lambda key: Label(f"/incidents/{key}", f"Clash {key}"),
    closer=lambda box: f"?bbox={box}",
    together=lambda box: f"/incidents?bbox={box}",
)
HOME = Box(-2, 14, 6, 20)


def mark(id_: str = "a", lon: float | None = 2.0, lat: float | None = 17.0, **more: object) -> Mark:
    """Return a mark, by default a dot at a place known exactly."""
    usual: dict[str, object] = {
        "exactness": "exact",
        "radius_km": 2.0,
        "family": "battle",
        "low": 4,
        "high": 9,
        "contested": False,
    }
    return Mark(id=id_, lon=lon, lat=lat, **{**usual, **more})  # type: ignore[arg-type]


def classes(marks: list[Mark], box: Box = HOME) -> list[str]:
    """Return the classes of what is drawn for incidents."""
    tree = parse(draw_map(marks, box, LINKS).svg)
    layers = [one for one in tree.iter(f"{SVG}g") if one.get("class") in ("areas", "dots")]
    return [inner.get("class", "") for layer in layers for inner in layer.iter() if inner.get("class")]


@pytest.mark.parametrize(
    ("exactness", "radius", "drawn", "absent"),
    [
        ("exact", 2, {"most", "least"}, {"around", "area"}),
        ("near", 25, {"most", "least", "around"}, {"area"}),
        ("area", 150, {"area"}, {"most", "least", "around"}),
        ("none", 500, set(), {"most", "least", "around", "area"}),
    ],
)
def test_a_place_is_drawn_as_exactly_as_it_is_known(
    exactness: str, radius: float, drawn: set[str], absent: set[str]
) -> None:
    found = set(classes([mark(exactness=exactness, radius_km=radius)]))
    assert drawn <= found
    assert not absent & found


def test_an_area_never_shrinks_to_a_dot() -> None:
    tree = parse(draw_map([mark(exactness="area", radius_km=50.0)], WORLD, LINKS).svg)
    radius = [float(one.get("r", "0")) for one in tree.iter(f"{SVG}circle") if one.get("class") == "area"]
    assert radius == [LEAST_AREA]


@pytest.mark.parametrize(
    ("low", "high", "shapes"),
    [
        (4, 9, ["most", "least"]),
        (None, 9, ["most"]),
        (0, 0, ["most", "least"]),
        (84, None, ["most", "least"]),
        (None, None, ["hollow"]),
    ],
)
def test_the_toll_is_a_range(low: int | None, high: int | None, shapes: list[str]) -> None:
    found = [one for one in classes([mark(low=low, high=high)]) if one in ("most", "least", "hollow")]
    assert found == shapes


def test_four_times_the_people_are_twice_as_wide_within_bounds() -> None:
    assert size(100) - size(0) == pytest.approx(2 * (size(25) - size(0)), abs=0.2)
    assert size(10**9) == LARGEST
    assert size(-5) == size(0)


def test_contested_is_seen_without_colour() -> None:
    assert "mark family-battle contested" in classes([mark(contested=True)])
    together = [mark("a", contested=True), mark("b")]
    assert "disagreed" in classes(together)
    assert "disagreed" not in classes([mark("a"), mark("b")])


@pytest.mark.parametrize("kind", WORDS)
def test_each_family_has_a_shape_of_its_own(kind: str) -> None:
    others = {
        icon(other).split("<title>")[1].split("</title>")[1].split("class=")[0] for other in WORDS if other != kind
    }
    assert icon(kind).split("</title>")[1].split("class=")[0] not in others


@pytest.mark.parametrize(
    ("event_type", "drawn"),
    [("battle.clash", "battle"), ("strike.drone", "strike"), ("diplomacy.talks", "other"), ("", "other")],
)
def test_families(event_type: str, drawn: str) -> None:
    assert family(event_type) == drawn


def test_what_would_overlap_is_one_badge_that_leads_closer() -> None:
    marks = [mark("a", 2.0, 17.0), mark("b", 2.1, 17.05), mark("c", -1.0, 15.0)]
    found = links(parse(draw_map(marks, HOME, LINKS).svg))
    assert [href.split("=")[0] for href, _ in found] == ["/incidents/c", "?bbox"]
    assert found[1][1] == "2 incidents: Clash a; Clash b"
    closer = Box(*(float(side) for side in found[1][0].split("=")[1].split(",")))
    assert [href for href, _ in links(parse(draw_map(marks, closer, LINKS).svg))] == ["/incidents/a", "/incidents/b"]


def test_incidents_at_one_spot_lead_to_their_list() -> None:
    marks = [mark(str(n), 2.0, 17.0) for n in range(7)]
    [(href, title)] = links(parse(draw_map(marks, HOME, LINKS).svg))
    assert href.startswith("/incidents?bbox=")
    box = Box(*(float(side) for side in href.split("=")[1].split(",")))
    assert box.holds(2.0, 17.0)
    assert title.endswith("and 4 more")


def test_dots_and_areas_are_not_put_together() -> None:
    marks = [mark("a"), mark("b", exactness="area", radius_km=150.0)]
    assert [href for href, _ in links(parse(draw_map(marks, HOME, LINKS).svg))] == ["/incidents/b", "/incidents/a"]


def test_the_order_of_incidents_plays_no_part() -> None:
    marks = [mark(str(n), 2 + n % 7 / 3, 15 + n % 5 / 2) for n in range(60)]
    assert draw_map(marks, HOME, LINKS).svg == draw_map(marks[::-1], HOME, LINKS).svg


def test_names_from_a_text_do_nothing() -> None:
    links = replace(LINKS, labels=lambda key: Label("javascript:alert(1)", EVIL, EVIL))
    svg = draw_map([mark(place=EVIL)], HOME, links).svg
    tree = parse(svg)
    assert not [one for one in tree.iter() if one.tag.endswith("script")]
    assert not [name for one in tree.iter() for name in one.attrib if name.startswith("on") or name == "style"]
    assert "javascript:" not in svg
    assert "\u202e" not in svg


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.floats(-180, 180)),
            st.one_of(st.none(), st.floats(-90, 90)),
            st.sampled_from(["exact", "near", "area", "none"]),
        ),
        max_size=40,
    ),
    st.one_of(st.none(), st.tuples(st.floats(-170, 170), st.floats(-80, 80))),
)
def test_every_incident_is_in_one_list_and_what_is_shown_lies_on_the_page(
    spots: list[tuple[float | None, float | None, str]], corner: tuple[float, float] | None
) -> None:
    marks = [mark(f"i{n}", lon, lat, exactness=kind) for n, (lon, lat, kind) in enumerate(spots)]
    known = [(one.lon, one.lat) for one in marks if one.lon is not None and one.lat is not None]
    box = Box(*corner, corner[0] + 5, corner[1] + 5) if corner else around(known)
    drawn = draw_map(marks, box, LINKS)
    assert sorted([*drawn.shown, *drawn.unplaced, *drawn.outside]) == sorted(one.id for one in marks)
    tree = parse(drawn.svg)
    slack = MARGIN + LARGEST * 1.6
    assert all(-slack <= x <= WIDTH + slack and -slack <= y <= HEIGHT + slack for x, y in points(tree))
    if not corner:
        assert not drawn.outside
    counted = sum(int(title.split()[0]) if " incidents" in title else 1 for _, title in links(tree))
    assert counted == len(drawn.shown)


@given(st.floats(-180, 180), st.floats(-85, 85), st.floats(0.1, 50), st.floats(0.1, 50))
def test_a_frame_shows_the_whole_box_and_turns_back(lon: float, lat: float, wide: float, high: float) -> None:
    box = Box(lon - wide / 2, lat - high / 2, lon + wide / 2, lat + high / 2)
    frame = fit(box, 1000, 560)
    assert frame.x(box.west) >= -1e-6
    assert frame.x(box.east) <= 1000 + 1e-6
    assert frame.y(box.north) >= -1e-6
    assert frame.y(box.south) <= 560 + 1e-6
    back = frame.at(frame.x(lon), frame.y(lat))
    assert back == pytest.approx((lon, lat), abs=1e-6)


@given(st.floats(0.1, 4), st.floats(-2, 2), st.floats(-2, 2))
def test_moving_and_zooming_stay_within_the_world(factor: float, east: float, north: float) -> None:
    moved = Box(-20, -10, 60, 40).zoom(factor).move(east, north)
    assert -180 <= moved.west < moved.east <= 180 + 1e-9
    assert -90 <= moved.south < moved.north <= 90 + 1e-9
