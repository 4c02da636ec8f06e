"""Colours of drawings: enough contrast for everybody (WCAG 2.2), families apart for colour-blind readers by shape."""

from __future__ import annotations

import re

import pytest

from reportedly.drawing import STYLE, WORDS


def variables(css: str) -> dict[str, str]:
    """Return the colour variables of the first block of a style sheet."""
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", css.split("}")[0]))


def ratio(one: str, other: str) -> float:
    """Return the contrast between two colours as WCAG defines it, 1 to 21."""
    first, second = sorted((_light(one), _light(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def _light(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_measure_itself() -> None:
    assert ratio("#000000", "#ffffff") == 21
    assert ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("ground", ["land", "sea", "paper"])
@pytest.mark.parametrize("kind", [*(f"family-{kind}" for kind in WORDS), "dim"])
def test_shapes_stand_out(kind: str, ground: str) -> None:
    found = variables(STYLE)
    assert ratio(found[kind], found[ground]) >= 3


@pytest.mark.parametrize("ground", ["land", "sea", "paper"])
@pytest.mark.parametrize("words", ["ink", "dim"])
def test_words_can_be_read(words: str, ground: str) -> None:
    found = variables(STYLE)
    assert ratio(found[words], found[ground]) >= 4.5


def test_every_rule_is_for_drawings_alone() -> None:
    """The style sheet is put into pages that have rules of their own."""
    rules = re.findall(r"(?:^|\})\s*([^{}@]+)\{", re.sub(r"/\*.*?\*/", "", STYLE, flags=re.DOTALL), re.MULTILINE)
    assert len(rules) > 20
    assert all(part.strip().startswith(("svg", ":where(:root)")) for rule in rules for part in rule.split(","))
