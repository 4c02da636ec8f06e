"""Drawings as SVG: values in, safe markup out. Doors: `draw_map`, `draw_timeline`, `icon`.

Knows no case, no page and no incident; whoever draws hands in marks with their words and addresses. Looks come from
`STYLE`, by class: no style attributes, no scripts.
"""

from importlib import resources

from reportedly.drawing.basemap import NOTE
from reportedly.drawing.labels import Label, Labels
from reportedly.drawing.map import Links, MapDrawing, draw_map
from reportedly.drawing.marks import Mark
from reportedly.drawing.symbols import FAMILY, WORDS, family, icon
from reportedly.drawing.timeline import Bar, TimelineDrawing, draw_timeline, reach
from reportedly.drawing.view import WORLD, Box, around

STYLE = resources.files("reportedly.drawing").joinpath("data/drawing.css").read_text(encoding="utf-8")

__all__ = [
    "FAMILY",
    "NOTE",
    "STYLE",
    "WORDS",
    "WORLD",
    "Bar",
    "Box",
    "Label",
    "Labels",
    "Links",
    "MapDrawing",
    "Mark",
    "TimelineDrawing",
    "around",
    "draw_map",
    "draw_timeline",
    "family",
    "icon",
    "reach",
]
