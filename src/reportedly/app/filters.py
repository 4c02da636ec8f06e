"""The one filter of lists, maps and timelines: read from the query of a URL, kept in links, applied to incidents."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from reportedly.errors import UsageError
from reportedly.model.incident import IncidentRecord

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

    def matches(self, record: IncidentRecord) -> bool:
        """Tell whether an incident is looked for."""
        return all(test(record) for test in (self._words, self._who, self._days, self._where, self._kind))

    def chosen(self, records: Iterable[IncidentRecord]) -> Iterator[IncidentRecord]:
        """Yield the incidents that are looked for."""
        return (record for record in records if self.matches(record))

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

    def _words(self, record: IncidentRecord) -> bool:
        if not self.q:
            return True
        place = record.place
        told = [record.title, record.id, *(ref.name or ref.span.quote for side in record.sides for ref in side)]
        told += [place.name or place.span.quote] if place else []
        held = " ".join(told).casefold()
        return all(word in held for word in self.q.casefold().split())

    def _who(self, record: IncidentRecord) -> bool:
        wanted = self.actor.casefold()
        refs = (ref for side in record.sides for ref in side)
        return not wanted or any(
            wanted in {(ref.actor_id or "").casefold(), (ref.name or ref.span.quote).casefold()} for ref in refs
        )

    def _days(self, record: IncidentRecord) -> bool:
        if not self.since and not self.until:
            return True
        when = record.when
        if when is None or when.latest is None:
            return False
        first = (when.earliest or when.latest).isoformat()
        return not (self.since and when.latest.isoformat() < self.since) and not (self.until and first > self.until)

    def _where(self, record: IncidentRecord) -> bool:
        place = record.place
        if self.country and (place is None or self.country.upper() not in {place.country, *place.countries}):
            return False
        if self.precision and (place.precision if place else "unresolved") != self.precision:
            return False
        if self.bbox is None:
            return True
        if place is None or place.lat is None or place.lon is None:
            return False
        west, south, east, north = self.bbox
        return south <= place.lat <= north and west <= place.lon <= east

    def _kind(self, record: IncidentRecord) -> bool:
        if self.status and record.status != self.status:
            return False
        return not self.type or any(t == self.type or t.startswith(f"{self.type}.") for t in record.event_types)


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
