"""A time as it stands in the text, read but not yet anchored to the calendar."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from reportedly.model.quick import quick

TimeKind = Literal[
    "date",
    "month",
    "season",
    "year",
    "decade",
    "weekday",
    "weekend",
    "relative",
    "duration",
    "recurring",
    "since",
    "until",
    "dateline",
    "published",
]
TimeUnit = Literal["minute", "hour", "day", "week", "weekend", "month", "season", "year", "decade"]
TimeAnchor = Literal["publication", "narrative"]
EVENT_KINDS: frozenset[str] = frozenset({"date", "month", "season", "year", "decade", "weekday", "weekend", "relative"})


@quick
@dataclass(frozen=True, slots=True)
class TimePoint:
    """One end of a time: the fields that the words state, the others None.

    `year` below 100 is a short one ("89"). `swap` marks a numeric date whose day and month cannot be told apart.
    `part` is early, mid, late, a season, a half or a quarter of the unit that is named. `offset` counts `unit`s from
    the anchor, negative in the past; `vague` says that the count is a lower bound ("several days ago").
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: str | None = None
    unit: TimeUnit | None = None
    offset: int | None = None
    vague: bool = False
    swap: bool = False


@quick
@dataclass(frozen=True, slots=True)
class TimeMention:
    """Words of time: one point, or two where they name a range; `anchor` says what a relative one counts from.

    `inner` is the kind of the time that "since" or "until" opens or closes; `rule` the name of the rule that read it.
    """

    start: int
    end: int
    kind: TimeKind
    first: TimePoint
    last: TimePoint | None = None
    anchor: TimeAnchor | None = None
    night: bool = False
    inner: TimeKind | None = None
    rule: str = field(default="", compare=False)

    @property
    def event_day(self) -> bool:
        """Tell whether the words can say when something happened (not a duration, "since" or a dateline)."""
        return self.kind in EVENT_KINDS
