"""Lines as short text: whole steps from point to point, as the encoded polyline of web maps has them.

Longitude first, 200 steps a degree. One character for the shortest steps, printable ASCII throughout.
"""

from __future__ import annotations

from collections.abc import Iterable

# 0.005 degrees are half a kilometre; the source (1:50m) knows its coasts no better than that.
PER_DEGREE = 200
Point = tuple[float, float]


def encode(line: Iterable[Point]) -> str:
    """Return the line as text; points that fall on the same step are written once."""
    cells = [(round(lon * PER_DEGREE), round(lat * PER_DEGREE)) for lon, lat in line]
    kept = [cell for i, cell in enumerate(cells) if i == 0 or cell != cells[i - 1]]
    x = y = 0
    written = []
    for cx, cy in kept:
        written.append(_number(cx - x) + _number(cy - y))
        x, y = cx, cy
    return "".join(written)


def _number(step: int) -> str:
    """Write a number in fives of bits from the lowest on; all but the last carry 32; the sign is the lowest bit."""
    value = step << 1 if step >= 0 else ~(step << 1)
    written = ""
    while value >= 32:
        written += chr((32 | value & 31) + 63)
        value >>= 5
    return written + chr(value + 63)


def decode(text: str) -> list[Point]:
    """Return the line that `encode` wrote, in degrees."""
    x = y = 0
    steps = _numbers(text)
    line = []
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        line.append((x / PER_DEGREE, y / PER_DEGREE))
    return line


def _numbers(text: str) -> list[int]:
    numbers = []
    value = shift = 0
    for byte in text.encode("ascii"):
        value |= (byte - 63 & 31) << shift
        shift += 5
        if byte - 63 < 32:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    return numbers
