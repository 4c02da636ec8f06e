"""The event ontology: dotted event types with definitions and crosswalks, from `data/ontology/*.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportedly.knowledge.tables import read_yaml


@dataclass(frozen=True, slots=True)
class EventType:
    """One event type. `crosswalk` maps a book's name to that book's codes; `family` groups types that may be one
    happening told in different words."""

    key: str
    label: str
    violent: bool
    family: str
    definition: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    crosswalk: Mapping[str, Any]
    examples: tuple[str, ...]


def load_ontology(folder: Path) -> Mapping[str, EventType]:
    """Read all event types, keyed by their dotted key."""
    types: dict[str, EventType] = {}
    for path in sorted((folder / "ontology").glob("*.yml")):
        for entry in read_yaml(path) or []:
            types[entry["key"]] = _event_type(entry)
    return types


def _event_type(entry: Mapping[str, Any]) -> EventType:
    return EventType(
        key=entry["key"],
        label=entry["label"],
        violent=bool(entry["violent"]),
        family=entry.get("family", entry["key"].split(".")[0]),
        definition=entry["definition"],
        include=tuple(entry.get("include") or ()),
        exclude=tuple(entry.get("exclude") or ()),
        crosswalk=entry.get("crosswalk") or {},
        examples=tuple(entry.get("examples") or ()),
    )
