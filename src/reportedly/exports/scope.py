"""Which incidents of a case an export or a list is about: between days, with an actor, in a country, of a type.

What a scope leaves out is counted, never dropped in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from reportedly.errors import StoreError, UsageError
from reportedly.model.incident import IncidentRecord, Status
from reportedly.store.answers import StoredDocument
from reportedly.store.base import Holdings


def _check_day(day: str) -> None:
    try:
        day and date.fromisoformat(day)
    except ValueError:
        raise UsageError(f"`{day}` is no day", hint="write year, month and day: 2024-07-27") from None


@dataclass(frozen=True, slots=True)
class Scope:
    """`since` and `until` are ISO days; an incident is in when it may lie between them. `actors` are ids or names:
    one of them stands in some slot of a claim. `types` are keys of event types or their first parts. Empty: all.
    """

    since: str = ""
    until: str = ""
    actors: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    status: Status | None = None

    def __post_init__(self) -> None:
        for day in (self.since, self.until):
            _check_day(day)

    @property
    def everything(self) -> bool:
        """Tell whether nothing is left out."""
        return self == EVERYTHING


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Selection:
    """What a scope takes of a case: incidents by day, and the documents that tell of them (of a whole case: all).

    `left_out` counts incidents outside, `undated` those of them that are outside because their day is not known.
    """

    records: tuple[IncidentRecord, ...]
    documents: tuple[StoredDocument, ...]
    left_out: int = 0
    undated: int = 0


def select(view: Holdings, scope: Scope) -> Selection:
    """Return what the scope takes of the case. Raises StoreError for an actor that the case does not know."""
    everything = list(view.incidents())
    told = _of_actors(view, scope.actors)
    rest = [record for record in everything if _holds(scope, record) and (told is None or record.id in told)]
    records = sorted((record for record in rest if _timely(scope, record)), key=by_day)
    named = {key for record in records for key in record.documents}
    documents = [stored for stored in view.documents() if scope.everything or stored.document.id in named]
    undated = sum(not _timely(scope, record) and _last(record) == "" for record in rest)
    return Selection(tuple(records), tuple(documents), len(everything) - len(records), undated)


def holds(scope: Scope, record: IncidentRecord) -> bool:
    """Tell whether an incident lies in the scope, its actors left aside."""
    return _holds(scope, record) and _timely(scope, record)


def by_day(record: IncidentRecord) -> tuple[str, str]:
    """Order incidents by their first day, those without a date last."""
    when = record.when
    return (when.earliest.isoformat() if when and when.earliest else "9999", record.id)


def scope_words(scope: Scope) -> Iterator[tuple[str, str]]:
    """Yield what the scope asks for, as head and words."""
    if scope.since or scope.until:
        since = f"from {scope.since}" if scope.since else ""
        yield "Days", " ".join(part for part in (since, f"to {scope.until}" if scope.until else "") if part)
    for head, chosen in (("Actors", scope.actors), ("Countries", scope.countries), ("Event types", scope.types)):
        if chosen:
            yield head, " or ".join(chosen)
    if scope.status:
        yield "Status", scope.status


def _of_actors(view: Holdings, actors: Sequence[str]) -> frozenset[str] | None:
    """Return the incidents in which one of the actors stands; None where none is asked for."""
    if not actors:
        return None
    found: set[str] = set()
    for name in actors:
        seen = view.actor(name)
        if seen is None:
            raise StoreError(f"no actor `{name}` in the case", hint="find the name with: reportedly search")
        found |= set(seen.incidents)
    return frozenset(found)


def _holds(scope: Scope, record: IncidentRecord) -> bool:
    place = record.place
    if scope.status is not None and record.status != scope.status:
        return False
    lands = {place.country, *place.countries} if place else set()
    if scope.countries and not lands & {code.upper() for code in scope.countries}:
        return False
    return not scope.types or any(_of_type(key, record) for key in scope.types)


def _of_type(key: str, record: IncidentRecord) -> bool:
    return any(kind == key or kind.startswith(f"{key}.") for kind in record.event_types)


def _timely(scope: Scope, record: IncidentRecord) -> bool:
    last = _last(record)
    when = record.when
    first = when.earliest.isoformat() if when and when.earliest else last
    if scope.since and last < scope.since:
        return False
    return not scope.until or (last != "" and first <= scope.until)


def _last(record: IncidentRecord) -> str:
    return record.when.latest.isoformat() if record.when and record.when.latest else ""
