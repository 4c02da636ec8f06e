"""The look: colours that everybody can read in light and dark, shapes for what colours say, nothing from elsewhere."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from reportedly.drawing import STYLE, WORDS

DESK = (resources.files("reportedly.app") / "static" / "desk.css").read_text(encoding="utf-8")
WORDS_ON = ("paper", "soft", "chosen")


def variables(css: str) -> dict[str, str]:
    """Return the colours that a block sets."""
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", css))


def schemes() -> dict[str, dict[str, str]]:
    """Return the colours of a light and of a dark page, the drawings' own beneath the desk's."""
    drawn = variables(STYLE.split("}")[0])
    light = drawn | variables(re.search(r":root \{.*?\n\}", DESK, re.DOTALL).group())  # type: ignore[union-attr]
    dark = re.search(r"prefers-color-scheme: dark\) \{.*?\n\}", DESK, re.DOTALL)
    assert dark
    return {"light": light, "dark": light | variables(dark.group())}


def ratio(one: str, other: str) -> float:
    """Return the contrast between two colours as WCAG defines it, 1 to 21."""
    first, second = sorted((_light(one), _light(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def _light(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", WORDS_ON)
@pytest.mark.parametrize("words", ["ink", "dim", "blue", "red", "green", "amber", "purple"])
def test_words_can_be_read(scheme: str, ground: str, words: str) -> None:
    colours = schemes()[scheme]
    assert ratio(colours[words], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["land", "sea", "paper"])
@pytest.mark.parametrize("shape", [*(f"family-{kind}" for kind in WORDS), "ink", "dim"])
def test_shapes_on_a_map_stand_out(scheme: str, ground: str, shape: str) -> None:
    colours = schemes()[scheme]
    assert ratio(colours[shape], colours[ground]) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "soft", "button"])
@pytest.mark.parametrize("line", ["edge", "focus"])
def test_fields_and_focus_can_be_seen(scheme: str, ground: str, line: str) -> None:
    colours = schemes()[scheme]
    assert ratio(colours[line], colours[ground]) >= 3


def test_each_kind_of_highlight_has_a_line_of_its_own() -> None:
    kinds = ("means", "actor", "when", "place", "claimant", "cue", "trigger", "toll")
    found = {kind: re.search(rf"mark\.{kind} \{{ text-decoration: ([^;]+?) var\(", DESK) for kind in kinds}
    shapes = [line.group(1) for line in found.values() if line]
    assert len(shapes) == len(set(shapes)) == len(kinds)


def test_states_are_told_apart_without_colour() -> None:
    borders = re.findall(r"\.card\.(?:accepted|rejected|conflict) \{ border-left: (\S+ \S+)", DESK)
    assert len(set(borders)) == 3
    assert "border-left: 5px dotted" in DESK


def test_nothing_comes_from_elsewhere() -> None:
    assert "url(" not in DESK
    assert "@import" not in DESK
    assert re.findall(r"url\(([^)]*)\)", STYLE) == ["#hatch"]


@pytest.mark.parametrize(
    "rule", ["prefers-reduced-motion: reduce", "@media print", "size: A4", "max-width: 600px", ":focus-visible"]
)
def test_what_people_need_is_there(rule: str) -> None:
    assert rule in DESK


def test_braces_are_closed() -> None:
    for css in (DESK, STYLE):
        bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
        assert bare.count("{") == bare.count("}")
        assert not re.search(r"style\s*=", bare)
