"""Where actors stand in the picture: no name over another, everything inside, the same network in the same places."""

from __future__ import annotations

from itertools import combinations
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.network.labels import LETTER, Name, Spot, placed
from reportedly.network.layout import BESIDE, NAME, lay_out

ENDS = st.integers(0, 11)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(ENDS, ENDS), min_size=1, max_size=18))
def test_names_stay_apart_and_inside(pairs: list[tuple[int, int]]) -> None:
    edges = [SimpleNamespace(source=f"a{one}", target=f"a{other}") for one, other in pairs if one != other]
    nodes = sorted({end for edge in edges for end in (edge.source, edge.target)})
    found = lay_out(nodes, edges)  # type: ignore[arg-type]
    assert sorted(found.places) == nodes
    for (x1, y1), (x2, y2) in combinations(found.places.values(), 2):
        assert abs(x1 - x2) >= BESIDE or abs(y1 - y2) >= NAME
    assert all(0 < x < found.width and 0 < y < found.height for x, y in found.places.values())
    assert lay_out(nodes, edges) == found  # type: ignore[arg-type]


@pytest.mark.parametrize("count", [1, 4])
def test_pairs_need_little_room(count: int) -> None:
    edges = [SimpleNamespace(source=f"a{n}", target=f"b{n}") for n in range(count)]
    nodes = sorted({end for edge in edges for end in (edge.source, edge.target)})
    assert lay_out(nodes, edges).height <= 200 * (1 + (count - 1) // 3)  # type: ignore[arg-type]


HERE = Spot(300, 300, 10, "Red Front")


@pytest.mark.parametrize(
    ("towards", "anchor", "side"),
    [
        ([], "middle", (0, 1)),
        ([(300, 500)], "middle", (0, -1)),
        ([(300, 500), (300, 100)], "start", (1, 0)),
        ([(300, 500), (300, 100), (500, 300)], "end", (-1, 0)),
    ],
)
def test_a_name_stands_where_no_line_goes(towards: list[tuple[int, int]], anchor: str, side: tuple[int, int]) -> None:
    lines = [((300, 300), ((300 + x) / 2, (300 + y) / 2), (x, y)) for x, y in towards]
    name = placed({"a": HERE}, lines, 600)["a"]
    assert name.anchor == anchor
    assert ((name.x > HERE.x) - (name.x < HERE.x)) == side[0]
    assert side[1] == 0 or (name.y > HERE.y) == (side[1] > 0)


def test_names_keep_off_the_edge_other_names_and_shapes() -> None:
    below = Spot(300, 325, 10, "Blue Army")
    found = placed({"a": HERE, "b": below, "c": Spot(20, 100, 10, "A name that is long")}, [], 600)
    assert found["a"].y < HERE.y
    assert found["c"] == Name(36, 104, "start")
    assert LETTER * len("A name that is long") / 2 > 20
