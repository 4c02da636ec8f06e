"""Markup of drawings: hostile words stay words, looks come by class alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import parse

from reportedly.drawing.svg import clean, drawing, element, link, number, text


@pytest.mark.parametrize(
    ("value", "written"), [(1, "1"), (1.25, "1.2"), (0.04, "0"), (-3.96, "-4"), (1e9, "1000000000"), (100.0, "100")]
)
def test_lengths_are_short(value: float, written: str) -> None:
    assert number(value) == written


@pytest.mark.parametrize("words", ["</title><script>alert(1)</script>", '" onload="x', "a & b", "<b>", "\x00\x1b[31m"])
def test_words_cannot_leave_their_element(words: str) -> None:
    svg = drawing(10, 10, words, text(1, 1, words, "place"), link("/x", words), class_="map")
    tree = parse(svg)
    assert {one.tag.rpartition("}")[2] for one in tree.iter()} == {"svg", "title", "text", "a"}
    assert not [name for one in tree.iter() for name in one.attrib if name.startswith(("on", "style"))]


@given(st.text())
def test_any_text_makes_a_well_formed_drawing(words: str) -> None:
    tree = parse(drawing(10, 10, words, text(1, 1, words, "place"), class_="map"))
    assert tree.get("aria-label", "").split() == clean(words).split()


@pytest.mark.parametrize("words", ["\u202ekcul", "\u2066x", "\x07bell", "\ud800"])
def test_what_turns_the_line_round_is_shown_as_unfit(words: str) -> None:
    assert "\ufffd" in clean(words)
    assert len(clean(words)) == len(words)


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("/incidents/1", True),
        ("#id", True),
        ("?bbox=1,2,3,4", True),
        ("javascript:alert(1)", False),
        ("//elsewhere.example/x", False),
        ("/\\elsewhere.example", False),
        ("https://elsewhere.example", False),
        ("data:text/html,x", False),
        (None, False),
    ],
)
def test_links_stay_on_the_site(href: str | None, kept: bool) -> None:
    written = link(href, "where", element("circle", r=1))
    assert ("href=" in written) == kept
    assert "<title>where</title>" in written
