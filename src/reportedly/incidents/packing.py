"""Room 6, packing: outlines as text, so that a case can keep them, and back.

Doors: `Packer().packed(outline)`, `Unpacker().outline(text)`. One line of JSON for each part; most parts are told many
times, so that each is written and read once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from reportedly.incidents.outlines import Count, Days, Outline, People, Spot, What

_PARTS: Mapping[str, Any] = {"what": What, "days": Days, "spot": Spot, "people": People}


class Packer:
    """Writes outlines. Those of one outliner share their parts, which are known by identity."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, str]] = {}

    def packed(self, outline: Outline) -> str:
        """Return an outline as text."""
        return "\n".join(map(self._line, outline))

    def _line(self, part: object) -> str:
        if not isinstance(part, tuple):
            return json.dumps(part)
        known = self._known.get(id(part))
        if known is None:
            known = self._known[id(part)] = part, json.dumps(_plain(part), separators=(",", ":"))
        return known[1]


class Unpacker:
    """Reads outlines; equal parts are one object."""

    def __init__(self) -> None:
        self._known: list[dict[str, Any]] = [{} for _ in Outline._fields]

    def outline(self, text: str) -> Outline:
        """Return the outline of a text."""
        lines = text.split("\n")
        return Outline(*map(self._part, range(len(lines)), lines))

    def _part(self, field: int, line: str) -> Any:
        known = self._known[field]
        if line not in known:
            known[line] = _made(Outline._fields[field], json.loads(line))
        return known[line]


def _made(field: str, value: Any) -> Any:
    """Return a part of an outline, of what JSON made of it."""
    if field == "counts":
        return tuple(Count(*count) for count in value)
    if field in _PARTS and value is not None:
        return _PARTS[field](*map(_frozen, value))
    return value


def _plain(value: Any) -> Any:
    """Return a value as JSON can hold it: sets as objects, in order."""
    if isinstance(value, frozenset):
        return {"": sorted(map(_plain, value), key=repr)}
    return [*map(_plain, value)] if isinstance(value, tuple) else value


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return frozenset(map(_frozen, value[""]))
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
