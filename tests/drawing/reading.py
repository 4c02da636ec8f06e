"""Reads a drawing back: as XML, its numbers, its links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


def parse(svg: str) -> ElementTree.Element:
    """Return the drawing as a tree; it must be well-formed XML, not only something that a browser forgives."""
    return ElementTree.fromstring(svg)


def links(tree: ElementTree.Element) -> list[tuple[str, str]]:
    """Return addresses and titles of everything that can be followed, in the order of the keyboard."""
    return [(one.get("href", ""), one.findtext(f"{SVG}title") or "") for one in tree.iter(f"{SVG}a")]


def points(tree: ElementTree.Element) -> Iterator[tuple[float, float]]:
    """Yield every point that is drawn, shapes by their middle; patterns and masks have measures of their own."""
    for one in tree.iter():
        tag = one.tag.removeprefix(SVG)
        if tag == "circle":
            yield float(one.get("cx", "0")), float(one.get("cy", "0"))
        elif tag == "text":
            yield float(one.get("x", "0")), float(one.get("y", "0"))
        elif tag == "path":
            yield from path_points(one.get("d", ""))


def path_points(d: str) -> Iterator[tuple[float, float]]:
    """Yield the points of a path of M, L and l; other letters are drawn at fixed places."""
    x = y = 0.0
    for letter, numbers in re.findall(r"([MLl])([^A-Za-z]*)", re.sub(r"e-\d+", "", d)):
        values = [float(value) for value in NUMBER.findall(numbers)]
        for dx, dy in zip(values[::2], values[1::2], strict=False):
            x, y = (x + dx, y + dy) if letter == "l" else (dx, dy)
            yield x, y
