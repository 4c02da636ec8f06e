"""The figures at the head of a report, as ranges: never one number where tellers differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from reportedly.model.claim import Claim
from reportedly.model.incident import IncidentRecord
from reportedly.model.toll import Outcome
from reportedly.network.tolls import TollRange, toll_range

UNKNOWN = "unknown"
# An incident with its claims.
Told = tuple[IncidentRecord, Sequence[Claim]]


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One outcome over incidents. `told` of them have a figure; `contested` have figures that cannot all hold.

    `total` adds the smallest figures that anybody gives, and the largest; `worst` is the incident with the largest.
    """

    outcome: str
    told: int
    contested: int
    total: TollRange
    civilians: TollRange
    worst: IncidentRecord


@dataclass(frozen=True, slots=True)
class Share:
    """The incidents of a country or a month."""

    name: str
    incidents: int
    contested: int
    killed: TollRange


def key_figures(told: Sequence[Told]) -> list[KeyFigure]:
    """Return the outcomes of which somebody gives a figure, in the contract's order."""
    made = (_figure(outcome, told) for outcome in get_args(Outcome))
    return [figure for figure in made if figure is not None]


def by_country(told: Sequence[Told]) -> list[Share]:
    """Return the incidents by country, most first, unknown last; a border town counts under both names together."""
    return sorted(_shares(told, _lands), key=lambda share: (share.name == UNKNOWN, -share.incidents, share.name))


def by_month(told: Sequence[Told]) -> list[Share]:
    """Return the incidents by the month of their first day, in order; undated ones last."""
    return sorted(_shares(told, _month), key=lambda share: (share.name[:1].isalpha(), share.name))


def _figure(outcome: str, told: Sequence[Told]) -> KeyFigure | None:
    ranges = [(record, toll_range(record, claims, outcome)) for record, claims in told]
    known = [(record, found) for record, found in ranges if found.told]
    if not known:
        return None
    civilians = (toll_range(record, claims, outcome, civilians=True) for record, claims in told)
    contested = sum(
        any(cell.status == "contested" and cell.outcome == outcome for cell in record.tolls) for record, _ in known
    )
    worst = max(known, key=lambda pair: (pair[1].top, pair[1].low or 0, pair[0].id))[0]
    total = sum((found for _, found in known), TollRange())
    return KeyFigure(outcome.replace("_", " "), len(known), contested, total, sum(civilians, TollRange()), worst)


def _shares(told: Sequence[Told], name: Callable[[IncidentRecord], str]) -> Iterator[Share]:
    groups: dict[str, list[Told]] = {}
    for record, claims in told:
        groups.setdefault(name(record), []).append((record, claims))
    return (_share(key, members) for key, members in groups.items())


def _share(name: str, members: Sequence[Told]) -> Share:
    killed = sum((toll_range(record, claims, "killed") for record, claims in members), TollRange())
    contested = sum(record.status == "contested" for record, _ in members)
    return Share(name, len(members), contested, killed)


def _lands(record: IncidentRecord) -> str:
    place = record.place
    return ("/".join(place.countries) or place.country or UNKNOWN) if place else UNKNOWN


def _month(record: IncidentRecord) -> str:
    when = record.when
    return when.earliest.isoformat()[:7] if when and when.earliest else "undated"


def range_words(found: TollRange) -> str:
    """Return a range in words; an open end says what the largest number is that anybody names.

    >>> range_words(TollRange(10, None, 40))
    'at least 10 (largest number named: 40)'
    """
    if not found.told:
        return "no figure"
    if found.high is None:
        named = f" (largest number named: {found.top:,})" if found.top != (found.low or 0) else ""
        return f"at least {found.low or 0:,}{named}"
    return f"{found.low or 0:,}" if found.low == found.high else f"{found.low or 0:,} to {found.high:,}"
