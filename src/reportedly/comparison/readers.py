"""Readers of ACLED's and UCDP GED's tables. Rows that cannot be meant are rejected with a reason, the rest is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from reportedly.comparison.events import Event, Family, Table
from reportedly.comparison.rows import Line, read_lines
from reportedly.model import Rejected

ACLED_COLUMNS = ("event_id_cnty", "event_date", "event_type", "actor1", "country", "location", "fatalities")
GED_COLUMNS = ("id", "date_start", "date_end", "type_of_violence", "side_a", "side_b", "country", "best")

# Actor types by number and by the labels in use, old and new, in lower case.
KINDS: Mapping[str, str] = {
    **dict.fromkeys(("1", "state forces", "state force"), "state"),
    **dict.fromkeys(("2", "rebel group", "rebel groups", "rebel forces"), "rebels"),
    **dict.fromkeys(("3", "political militia", "political militias", "militia groups"), "militia"),
    **dict.fromkeys(
        ("4", "identity militia", "identity militias", "communal / identity groups", "communal/identity groups"),
        "identity",
    ),
    **dict.fromkeys(("5", "rioters"), "rioters"),
    **dict.fromkeys(("6", "protesters", "protestors"), "protesters"),
    **dict.fromkeys(("7", "civilians"), "civilians"),
    **dict.fromkeys(("8", "external/other forces", "external forces", "other forces", "foreign / others"), "external"),
    **dict.fromkeys(("", "0", "none"), ""),
}
FAMILIES: Mapping[str, Family] = {
    "battles": "fight",
    "explosions/remote violence": "remote",
    "violence against civilians": "civilians",
    "protests": "demonstration",
    "riots": "demonstration",
    "strategic developments": "other",
}
# Days that an event may lie outside those told, and kilometres from its point, by the data sets' own precision.
ACLED_SLACK, ACLED_RADIUS = {1: 0, 2: 6, 3: 16}, {1: 10.0, 2: 30.0, 3: 120.0}
GED_SLACK = {1: 0, 2: 0, 3: 0, 4: 0, 5: 0}
GED_RADIUS = {1: 5.0, 2: 25.0, 3: 50.0, 4: 150.0, 5: 300.0, 6: 800.0, 7: 800.0}
UNKNOWN_RADIUS = 50.0


@dataclass(frozen=True, slots=True)
class _Row:
    """An event of the file with what decides between rows of one id: when it was changed, and whether it is monadic."""

    event: Event
    changed: int
    monadic: bool


def read_acled(path: Path) -> Table:
    """Read an ACLED export: interactions as text or numbers; monadic rows, one an actor, are merged by their id."""
    rows, rejected = _read(path, ACLED_COLUMNS, _acled)
    events, notes = _merged(path, rows)
    return Table(path.name, "acled", events, (*rejected, *notes))


def read_ged(path: Path) -> Table:
    """Read a UCDP GED file, also one with a row of HXL hashtags."""
    rows, rejected = _read(path, GED_COLUMNS, _ged)
    events, notes = _merged(path, rows)
    return Table(path.name, "ucdp", events, (*rejected, *notes))


def _read(path: Path, needed: tuple[str, ...], read: Callable[[Line], _Row]) -> tuple[list[_Row], list[Rejected]]:
    rows: list[_Row] = []
    rejected: list[Rejected] = []
    for line in read_lines(path, needed):
        try:
            rows.append(read(line))
        except ValueError as error:
            rejected.append(Rejected(f"{path}: line {line.number}", str(error), fatal=True))
    return rows, rejected


def _acled(line: Line) -> _Row:
    key = line.text("event_id_cnty")
    if not key:
        raise ValueError("`event_id_cnty` is empty: a row without an id cannot be followed")
    day = line.day_of("event_date")
    year = line.count_of("year")
    if year is not None and year != day.year:
        raise ValueError(f"`year` is {year} and `event_date` is {day}: expected the same year")
    precision, geo = line.count_of("time_precision") or 1, line.count_of("geo_precision") or 2
    family = FAMILIES.get(line.text("event_type").casefold())
    if family is None:
        raise ValueError(f"`event_type` is {line.text('event_type')!r}: expected one of ACLED's six")
    deaths = line.count_of("fatalities")
    second = line.text("actor2")
    names = (line.text("actor1"), *_names(line.text("assoc_actor_1")), second, *_names(line.text("assoc_actor_2")))
    latitude, longitude = _point(line)
    event = Event(
        id=key,
        first=day,
        last=day,
        slack=ACLED_SLACK.get(precision, 16),
        place=line.text("location"),
        areas=tuple(a for a in (line.text("admin1"), line.text("admin2"), line.text("admin3")) if a),
        country=line.text("country"),
        latitude=latitude,
        longitude=longitude,
        radius=ACLED_RADIUS.get(geo, 120.0),
        actors=tuple(dict.fromkeys(name for name in names if name)),
        kinds=frozenset(_kinds(line)),
        families=frozenset({family}),
        deaths=deaths,
        lowest=deaths,
        highest=deaths,
        what=line.text("sub_event_type") or line.text("event_type"),
        line=line.number,
    )
    return _Row(event, line.count_of("timestamp") or 0, monadic="actor2" not in line.cells)


def _ged(line: Line) -> _Row:
    key = line.text("id")
    if not key:
        raise ValueError("`id` is empty: a row without an id cannot be followed")
    first, last = line.day_of("date_start"), line.day_of("date_end")
    if last < first:
        raise ValueError(f"`date_end` is {last}, before `date_start` {first}")
    violence = line.count_of("type_of_violence")
    if violence not in (1, 2, 3):
        raise ValueError(f"`type_of_violence` is {line.text('type_of_violence')!r}: expected 1, 2 or 3")
    best, low, high = line.count_of("best"), line.count_of("low"), line.count_of("high")
    if best is None or (low is not None and low > best) or (high is not None and high < best):
        raise ValueError(f"deaths are low {low}, best {best}, high {high}: expected low <= best <= high")
    families: frozenset[Family] = frozenset({"civilians", "remote"} if violence == 3 else {"fight", "remote"})
    latitude, longitude = _point(line)
    event = Event(
        id=key,
        first=first,
        last=last,
        slack=0,
        place=line.text("where_coordinates"),
        areas=tuple(a for a in (line.text("adm_1"), line.text("adm_2")) if a),
        country=line.text("country"),
        latitude=latitude,
        longitude=longitude,
        radius=GED_RADIUS.get(line.count_of("where_prec") or 2, 150.0),
        actors=tuple(name for name in (line.text("side_a"), line.text("side_b")) if name),
        kinds=frozenset({"civilians"} if violence == 3 else {"state"} if violence == 1 else set()),
        families=families,
        deaths=best,
        lowest=best if low is None else low,
        highest=best if high is None else high,
        what={1: "state-based violence", 2: "non-state violence", 3: "one-sided violence"}[violence],
        line=line.number,
    )
    return _Row(event, 0, monadic=False)


def _point(line: Line) -> tuple[float | None, float | None]:
    latitude, longitude = line.number_of("latitude"), line.number_of("longitude")
    if latitude is None or longitude is None:
        return None, None
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise ValueError(f"the point is {latitude}, {longitude}: expected degrees")
    return latitude, longitude


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(";") if name.strip()]


def _kinds(line: Line) -> Iterable[str]:
    for name in ("inter1", "inter2"):
        text = line.text(name).casefold()
        if text not in KINDS:
            raise ValueError(
                f"`{name}` is {line.text(name)!r}: expected an actor type, as text or a number from 0 to 8"
            )
        if KINDS[text]:
            yield KINDS[text]


def _merged(path: Path, rows: Iterable[_Row]) -> tuple[tuple[Event, ...], list[Rejected]]:
    """One event an id: rows of one actor each are put together, of changed versions the newest stands."""
    found: dict[str, _Row] = {}
    notes: list[Rejected] = []
    for row in rows:
        old = found.get(row.event.id)
        if old is None:
            found[row.event.id] = row
        elif row.monadic and (old.event.first, old.event.place) == (row.event.first, row.event.place):
            found[row.event.id] = _together(old, row)
        elif row.monadic:
            reason = f"`{row.event.id}` stands in line {old.event.line} with another day or place"
            notes.append(Rejected(f"{path}: line {row.event.line}", reason, fatal=True))
        else:
            newest, other = (row, old) if row.changed >= old.changed else (old, row)
            found[row.event.id] = newest
            reason = f"another version of `{row.event.id}`: the newest counts (line {newest.event.line})"
            notes.append(Rejected(f"{path}: line {other.event.line}", reason))
    return tuple(row.event for row in found.values()), notes


def _together(old: _Row, new: _Row) -> _Row:
    one, two = old.event, new.event
    actors = tuple(dict.fromkeys((*one.actors, *two.actors)))
    return replace(old, event=replace(one, actors=actors, kinds=one.kinds | two.kinds))
