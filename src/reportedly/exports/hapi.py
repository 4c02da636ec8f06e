"""Export as monthly aggregates in the columns of HDX HAPI's conflict events, from the case's rows in ACLED's layout.

The three event types overlap, as HAPI's do: never add them up. What HAPI takes from its own data sets stays empty.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from reportedly.exports.csv import csv_line
from reportedly.exports.options import Options
from reportedly.store.base import Holdings

TITLE = "Monthly aggregates in the columns of HDX HAPI"
MEDIA = "text/csv"
LEAVES_OUT = "incidents that ACLED's layout cannot hold (see `reportedly code --book acled`); P-codes; admin 2"
TAKES: frozenset[str] = frozenset()

COLUMNS = (
    "location_code",
    "has_hrp",
    "in_gho",
    "provider_admin1_name",
    "provider_admin2_name",
    "admin1_code",
    "admin1_name",
    "admin2_code",
    "admin2_name",
    "admin_level",
    "event_type",
    "events",
    "fatalities",
    "reference_period_start",
    "reference_period_end",
    "dataset_hdx_id",
    "resource_hdx_id",
    "warning",
    "error",
)
WARNING = "as reported, not verified; conservative figures by ACLED's rules; not ACLED data"


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """What one row is about. The place is a country with, where known, the name of its first-level area."""

    location: str
    admin1: str
    start: date
    event_type: str


def chunks(view: Holdings, options: Options) -> Iterator[str]:
    """Yield the header and one row for each place, month and type of event."""
    yield csv_line(COLUMNS)
    for group, (events, fatalities) in sorted(_grouped(options.acled(view)).items()):
        row = _row(group, events, fatalities)
        yield csv_line(row.get(column) for column in COLUMNS)


def _grouped(rows: Iterable[Mapping[str, object]]) -> dict[Group, tuple[int, int]]:
    """Count events and deaths by place, month and type."""
    found: dict[Group, tuple[int, int]] = {}
    for row in rows:
        day = date.fromisoformat(str(row["event_date"]))
        deaths = int(str(row["fatalities"] or 0))
        for event_type in _types(row):
            place = str(row.get("location_code") or "")
            group = Group(place, str(row.get("admin1") or ""), day.replace(day=1), event_type)
            events, fatalities = found.get(group, (0, 0))
            found[group] = (events + 1, fatalities + deaths)
    return found


def _types(row: Mapping[str, object]) -> Iterator[str]:
    disorder = str(row["disorder_type"]).casefold()
    if "political violence" in disorder:
        yield "political_violence"
    if "demonstration" in disorder:
        yield "demonstration"
    if row.get("civilian_targeting"):
        yield "civilian_targeting"


def _row(group: Group, events: int, fatalities: int) -> dict[str, object]:
    last = calendar.monthrange(group.start.year, group.start.month)[1]
    return {
        "location_code": group.location,
        "provider_admin1_name": group.admin1,
        "admin_level": 1 if group.admin1 else 0,
        "event_type": group.event_type,
        "events": events,
        "fatalities": fatalities,
        "reference_period_start": group.start.isoformat(),
        "reference_period_end": group.start.replace(day=last).isoformat(),
        "warning": WARNING,
    }
