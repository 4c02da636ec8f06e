"""The one filter of lists, maps and timelines: read from the query of a URL, kept in links, applied to incidents."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from reportedly.errors import UsageError
from reportedly.store.answers import Glance

KEYS = ("q", "actor", "since", "until", "bbox", "type", "country", "status", "precision")
# In URLs the days are called as everybody calls them; `from` is no name for a field in Python.
_URL = {"since": "from", "until": "to"}


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for; empty fields let everything through. `bbox` is west, south, east, north in degrees."""

    q: str = ""
    actor: str = ""
    since: str = ""
    until: str = ""
    bbox: tuple[float, float, float, float] | None = None
    type: str = ""
    country: str = ""
    status: str = ""
    precision: str = ""

    def matches(self, glance: Glance) -> bool:
        """Tell whether an incident is looked for."""
        if (self.status and glance.status != self.status) or (self.precision and glance.precision != self.precision):
            return False
        return self._where(glance) and self._kind(glance) and self._days(glance) and self._names(glance)

    def chosen(self, found: Iterable[Glance]) -> Iterator[Glance]:
        """Yield the incidents that are looked for."""
        return iter(found) if self.is_open else (glance for glance in found if self.matches(glance))

    def changed(self, **changes: Any) -> Filter:
        """Return the filter with some fields changed."""
        return replace(self, **changes)

    def query(self, **changes: Any) -> str:
        """Return the filter as a URL's query with some fields changed, led by `?`; empty when all is let through."""
        changed = replace(self, **changes)
        pairs = [(_URL.get(key, key), _text(getattr(changed, key))) for key in KEYS]
        held = [(key, value) for key, value in pairs if value]
        return "?" + urlencode(held) if held else ""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The fields in use as they stand in the URL, for hidden fields of forms."""
        found = [(_URL.get(key, key), _text(getattr(self, key))) for key in KEYS]
        return [(key, value) for key, value in found if value]

    @property
    def is_open(self) -> bool:
        """Tell whether everything is let through."""
        return all(getattr(self, item.name) in ("", None) for item in fields(self))

    def _where(self, glance: Glance) -> bool:
        if self.country and self.country.upper() not in {glance.country, *glance.countries}:
            return False
        if self.bbox is None:
            return True
        west, south, east, north = self.bbox
        lon, lat = glance.lon, glance.lat
        return lon is not None and lat is not None and west <= lon <= east and south <= lat <= north

    def _kind(self, glance: Glance) -> bool:
        return not self.type or any(f"{one}.".startswith(f"{self.type}.") for one in glance.event_types)

    def _days(self, glance: Glance) -> bool:
        """Days are ISO text, so their order is that of letters."""
        if not self.since and not self.until:
            return True
        if glance.latest is None:
            return False
        first = glance.earliest or glance.latest
        return not (self.since and glance.latest < self.since) and not (self.until and first > self.until)

    def _names(self, glance: Glance) -> bool:
        if self.actor and self.actor.casefold() not in {one.casefold() for one in (*glance.actors, *glance.actor_ids)}:
            return False
        held = " ".join([glance.title, glance.id, *glance.actors, glance.place or ""]).casefold() if self.q else ""
        return all(word in held for word in self.q.casefold().split())


def first_day(glance: Glance) -> tuple[str, str]:
    """Order by the first day that is known, else the last; what has none stands last."""
    return glance.earliest or glance.latest or "9999", glance.id


def read_filter(query: Mapping[str, str]) -> Filter:
    """Read a filter from a URL's query. Raises UsageError for a box that is none."""
    words = {key: query.get(_URL.get(key, key), "").strip() for key in KEYS if key != "bbox"}
    if query.get("contested") in {"1", "true", "on"}:
        words["status"] = "contested"
    return Filter(**words, bbox=_bbox(query.get("bbox", "")))


def _bbox(words: str) -> tuple[float, float, float, float] | None:
    if not words.strip():
        return None
    try:
        west, south, east, north = (float(part) for part in words.split(","))
    except ValueError:
        raise UsageError(f"bbox `{words[:60]}` is no box", hint="give west,south,east,north in degrees") from None
    if not all(math.isfinite(value) for value in (west, south, east, north)) or west > east or south > north:
        raise UsageError(f"bbox `{words[:60]}` is no box", hint="give west,south,east,north in degrees")
    return west, south, east, north


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(f"{part:g}" for part in value)
    return "" if value is None else str(value)
