"""What a comparison speaks of: a row of somebody's data set and an incident of ours, in the same few fields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from reportedly.model import Rejected

Family = Literal["fight", "remote", "civilians", "demonstration", "other"]


@dataclass(frozen=True, slots=True)
class Event:
    """One happening as a data set or a case tells it.

    `slack` is how many days it may lie outside `first` to `last`, `radius` how many kilometres from its point; both by
    the precision that is told with them. `kinds` are actor types where they are told. Deaths are None where nobody
    gives a figure; `lowest` to `highest` is the range, `highest` None when open.
    """

    id: str
    first: date | None
    last: date | None
    slack: int
    place: str
    areas: tuple[str, ...]
    country: str
    latitude: float | None
    longitude: float | None
    radius: float
    actors: tuple[str, ...]
    kinds: frozenset[str]
    families: frozenset[Family]
    deaths: int | None
    lowest: int | None
    highest: int | None
    what: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A file that was read: its layout, its events, and the rows that could not be taken, each with a reason."""

    name: str
    layout: Literal["acled", "ucdp"]
    events: tuple[Event, ...]
    rejected: tuple[Rejected, ...]
