"""Which part of the world a map shows, and where its points fall on the page.

Equirectangular; east-west lengths are true at the middle latitude. A box is west, south, east, north in degrees and
never crosses the date line.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

KM_PER_DEGREE = 111.32
# Closer than this the base map (1:50m) says nothing more.
CLOSEST = 0.25
LEAST_ROUND_POINTS = 3.0


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the world."""

    west: float
    south: float
    east: float
    north: float

    def __str__(self) -> str:
        """Write the box as an address has it: west,south,east,north."""
        return ",".join(f"{round(side, 3):g}" for side in (self.west, self.south, self.east, self.north))

    def holds(self, lon: float, lat: float) -> bool:
        """Tell whether a point lies in the box; its edges belong to it."""
        return self.west <= lon <= self.east and self.south <= lat <= self.north

    def zoom(self, factor: float) -> Box:
        """Return a box round the same middle, `factor` times as wide and high, within the world."""
        return self._round((self.east - self.west) * factor, (self.north - self.south) * factor)

    def move(self, east: float, north: float) -> Box:
        """Return the box moved by shares of its own size, not beyond the edge of the world."""
        wide, high = self.east - self.west, self.north - self.south
        west = min(max(self.west + east * wide, -180.0), 180.0 - wide)
        south = min(max(self.south + north * high, -90.0), 90.0 - high)
        return Box(west, south, west + wide, south + high)

    def _round(self, wide: float, high: float) -> Box:
        lon, lat = (self.west + self.east) / 2, (self.south + self.north) / 2
        wide, high = min(max(wide, CLOSEST), 360.0), min(max(high, CLOSEST), 180.0)
        return Box(lon - wide / 2, lat - high / 2, lon + wide / 2, lat + high / 2).move(0, 0)


# Where people live; what lies further south is left out of the base map.
WORLD = Box(-180, -58, 180, 84)


def around(spots: Iterable[tuple[float, float]]) -> Box:
    """Return a box round points (longitude, latitude) with room at the edges; the world where there are none."""
    points = list(spots)
    if not points:
        return WORLD
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    wide = max(LEAST_ROUND_POINTS, (max(lons) - min(lons)) * 1.2)
    high = max(LEAST_ROUND_POINTS, (max(lats) - min(lats)) * 1.2)
    return Box(min(lons), min(lats), max(lons), max(lats))._round(wide, high)


@dataclass(frozen=True, slots=True)
class Frame:
    """A page of `width` by `height` pixels that shows `box`; `scale` is pixels a degree of latitude."""

    box: Box
    width: float
    height: float
    scale: float
    squeeze: float

    def x(self, lon: float) -> float:
        """Return how far right a longitude lies."""
        return (lon - self.box.west) * self.squeeze * self.scale

    def y(self, lat: float) -> float:
        """Return how far down a latitude lies."""
        return (self.box.north - lat) * self.scale

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return the longitude and latitude of a point of the page."""
        return self.box.west + x / self.squeeze / self.scale, self.box.north - y / self.scale

    def pixels(self, km: float) -> float:
        """Return the length of so many kilometres, north to south."""
        return km / KM_PER_DEGREE * self.scale


def fit(box: Box, width: float, height: float) -> Frame:
    """Return the frame that shows all of the box, and more on two sides where their shapes differ."""
    middle = (box.south + box.north) / 2
    squeeze = max(0.2, math.cos(math.radians(middle)))
    scale = min(width / max(box.east - box.west, 1e-6) / squeeze, height / max(box.north - box.south, 1e-6))
    wide, high = width / scale / squeeze, height / scale
    lon = (box.west + box.east) / 2
    shown = Box(lon - wide / 2, middle - high / 2, lon + wide / 2, middle + high / 2)
    return Frame(shown, width, height, scale, squeeze)
