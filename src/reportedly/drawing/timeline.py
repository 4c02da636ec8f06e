"""The timeline: when things are said to have happened, and when it was published; the distance is the lag.

Door: `draw_timeline(bars, first, last, labels, open_)`. Few incidents have a row each, fading where the day is not
known; many are counted by day, week, month or year. Below them stands how many tellings were published when.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from reportedly.drawing.labels import Labels
from reportedly.drawing.scales import Bin, Unit, bin_words, bins, floor, tick_words, unit_for
from reportedly.drawing.svg import drawing, element, group, line, link, text
from reportedly.drawing.symbols import shape

WIDTH = 1000.0
LEFT, RIGHT = 44.0, 16.0
AXIS = 24.0
ROW, MOST_ROWS = 20.0, 60
LANE, SHELF = 150.0, 70.0  # heights of the counted incidents and of the publications
MOST_BINS, MOST_TICKS = 90, 12
OPEN = 70.0
LETTER = 6.2
LONGEST = 72  # letters of a title that stand beside a bar

# Leads to the same page for fewer days.
Open = Callable[[date, date], str | None]


class Bar(NamedTuple):
    """One incident for a timeline: the days between which it lies, and when its documents were published.

    `start` or `end` is None where the texts leave that side open; `fuzzy` says that the days are the edges of what is
    possible (a month, a season), not a first and last day; `assumed` that only the day of publication is known.
    """

    id: str
    family: str
    start: date | None
    end: date | None
    fuzzy: bool
    assumed: bool
    contested: bool
    published: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineDrawing:
    """A timeline and which incidents are on it, which are undated, which lie outside."""

    svg: Markup
    shown: tuple[str, ...]
    undated: tuple[str, ...]
    outside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Axis:
    first: date
    last: date

    def x(self, day: date) -> float:
        """Return where a day begins; the day after `last` is the right edge."""
        days = (self.last - self.first).days + 1
        share = min(max((day - self.first).days / days, 0.0), 1.0)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def end(self, day: date) -> float:
        """Return where a day ends."""
        days = (self.last - self.first).days + 1
        share = min(max(((day - self.first).days + 1) / days, 0.0), 1.0)
        return LEFT + share * (WIDTH - LEFT - RIGHT)


def reach(bars: Sequence[Bar]) -> tuple[date, date] | None:
    """Return the first and last day that a timeline of these incidents needs; None where nothing is dated."""
    days = [day for bar in bars for day in (bar.start, bar.end) if day is not None]
    if not days:
        return None
    # Publications long after would squeeze the rest; they are counted at the edge only where near.
    last = max(days)
    later = [day for bar in bars for day in bar.published if 0 <= (day - last).days <= 31]
    return min(days), max([last, *later])


def draw_timeline(bars: Sequence[Bar], first: date, last: date, labels: Labels, open_: Open) -> TimelineDrawing:
    """Return the timeline of these days. Every incident is in exactly one of its three lists."""
    axis = _Axis(first, max(first, last))
    undated = [bar for bar in bars if bar.start is None and bar.end is None]
    dated = [bar for bar in bars if bar.start is not None or bar.end is not None]
    shown = sorted((bar for bar in dated if _meets(bar, axis)), key=_order)
    outside = [bar for bar in dated if not _meets(bar, axis)]
    unit = unit_for(axis.first, axis.last, MOST_BINS)
    rows = len(shown) <= MOST_ROWS
    tall = max(ROW * len(shown), ROW) if rows else LANE
    upper = _rows(shown, axis, labels) if rows else _counted(shown, axis, unit, open_)
    shelf = group(_shelf(shown, axis, unit, open_, tall + AXIS), class_="published")
    height = tall + AXIS + SHELF
    svg = drawing(
        WIDTH,
        height,
        "Timeline of incidents and of what was published about them",
        _fades(),
        _ticks(axis, tall, height),
        group(upper, class_="happened"),
        shelf,
        class_="timeline",
    )
    return TimelineDrawing(svg, *(tuple(bar.id for bar in part) for part in (shown, undated, outside)))


def _meets(bar: Bar, axis: _Axis) -> bool:
    start, end = bar.start or date.min, bar.end or date.max
    return start <= axis.last and end >= axis.first


def _order(bar: Bar) -> tuple[date, date, str]:
    return bar.start or bar.end or date.max, bar.end or date.max, bar.id


def _fades() -> Markup:
    """Return masks that let one side or both of a bar fade out; a mask keeps the colour of what it covers."""
    ends = {"fade-start": (0, 1, 1), "fade-end": (1, 1, 0), "fade-both": (0, 1, 0)}
    return element("defs", *(_fade(name, *shades) for name, shades in ends.items()))


def _fade(name: str, *shades: int) -> Markup:
    colours = ("#222", "#fff")  # never quite gone: where a month begins still shows
    stops = (element("stop", offset=f"{50 * i}%", stop_color=colours[shade]) for i, shade in enumerate(shades))
    gradient = element("linearGradient", *stops, id=f"{name}-shade")
    cover = element("rect", width=1, height=1, fill=f"url(#{name}-shade)")
    return gradient + element("mask", cover, id=name, mask_content_units="objectBoundingBox")


def _ticks(axis: _Axis, tall: float, height: float) -> Markup:
    unit = unit_for(axis.first, axis.last, MOST_TICKS)
    marks = []
    for one in bins(axis.first, axis.last, unit):
        if one.first < axis.first:
            continue
        x = axis.x(one.first)
        marks.append(line(x, 0, x, height, "grid"))
        if x < WIDTH - 40:
            marks.append(text(x + 3, tall + 16, tick_words(one.first, unit), "degrees"))
    base = line(LEFT, tall, WIDTH - RIGHT, tall, "axis")
    if unit != "year":
        marks.append(text(2, tall + 16, f"{axis.first.year:04d}", "degrees"))
    return group([*marks, base], class_="graticule", aria_hidden="true")


def _rows(shown: Sequence[Bar], axis: _Axis, labels: Labels) -> Iterator[Markup]:
    for number, bar in enumerate(shown):
        middle = (number + 0.5) * ROW
        label = labels(bar.id)
        yield link(label.href, label.title, *_row(bar, axis, middle, label.title), class_=_look(bar))


def _look(bar: Bar) -> str:
    return f"bar family-{bar.family}" + (" contested" if bar.contested else "") + (" assumed" if bar.assumed else "")


def _row(bar: Bar, axis: _Axis, middle: float, title: str) -> Iterator[Markup]:
    """Yield the bar of an incident, the lag to its first publication, its shape and its title where there is room."""
    left, right = _extent(bar, axis)
    yield element("rect", x=0, y=middle - ROW / 2, width=WIDTH, height=ROW, class_="row")
    told = [day for day in bar.published if axis.first <= day <= axis.last]
    if told and axis.x(min(told)) > right:
        yield line(right, middle, axis.x(min(told)), middle, "lag")
    for day in sorted(set(told)):
        x = axis.x(day)
        yield line(x, middle - 6, x, middle + 6, "told")
    yield element("rect", x=left, y=middle - 5, width=right - left, height=10, class_="span", mask=_mask(bar))
    yield shape(bar.family, 16, middle, 5, "shape")
    yield from _beside(title, left, max([right, *(axis.x(day) for day in told)]), middle)


def _extent(bar: Bar, axis: _Axis) -> tuple[float, float]:
    """Return where a bar begins and ends; a side that the texts leave open fades over a short way."""
    if bar.start is None and bar.end is not None:
        right = axis.end(bar.end)
        return max(LEFT, right - OPEN), right
    left = axis.x(bar.start or axis.first)
    right = axis.end(bar.end) if bar.end else min(WIDTH - RIGHT, left + OPEN)
    return left, max(right, left + 3)


def _mask(bar: Bar) -> str | None:
    fades = {(True, True): "fade-both", (True, False): "fade-start", (False, True): "fade-end"}
    name = fades.get((bar.fuzzy or bar.start is None, bar.fuzzy or bar.end is None))
    return f"url(#{name})" if name else None


def _beside(title: str, left: float, right: float, middle: float) -> Iterator[Markup]:
    words = title if len(title) <= LONGEST else title[: LONGEST - 1].rstrip() + "…"
    room = LETTER * len(words)
    if right + 8 + room < WIDTH:
        yield text(right + 8, middle + 4, words, "beside")
    elif left - 8 - room > LEFT:
        yield text(left - 8, middle + 4, words, "beside", "end")


def _counted(shown: Sequence[Bar], axis: _Axis, unit: Unit, open_: Open) -> Iterator[Markup]:
    """Yield a column for each stretch of the calendar; an incident counts where it begins, or ends if that is all."""
    begun: Counter[date] = Counter()
    contested: Counter[date] = Counter()
    for bar in shown:
        day = floor(max(bar.start or bar.end or axis.first, axis.first), unit)
        begun[day] += 1
        contested[day] += bar.contested
    most = max(begun.values(), default=1)
    yield _scale(most, LANE, 0)
    for one in bins(axis.first, axis.last, unit):
        if begun[one.first]:
            high, part = ((LANE - 14) * count / most for count in (begun[one.first], contested[one.first]))
            words = f"{bin_words(one, unit)}: {begun[one.first]} incidents, {contested[one.first]} contested"
            columns = [_column(one, axis, LANE, -high, "column"), _column(one, axis, LANE, -part, "column contested")]
            yield link(_opened(one, axis, open_), words, *columns, class_="bin")


def _opened(one: Bin, axis: _Axis, open_: Open) -> str | None:
    return open_(max(one.first, axis.first), min(one.last, axis.last))


def _column(one: Bin, axis: _Axis, base: float, tall: float, class_: str) -> Markup:
    left, right = axis.x(one.first), axis.end(one.last)
    gap = 1 if right - left > 4 else 0
    top = base + min(tall, 0)
    return element("rect", x=left, y=top, width=max(right - left - gap, 1), height=abs(tall), class_=class_)


def _shelf(shown: Sequence[Bar], axis: _Axis, unit: Unit, open_: Open, top: float) -> Iterator[Markup]:
    """Yield how many tellings were published when, hanging from the axis."""
    told = Counter(floor(day, unit) for bar in shown for day in bar.published if axis.first <= day <= axis.last)
    most = max(told.values(), default=1)
    yield text(LEFT, top + SHELF - 4, "published", "degrees")
    yield _scale(most, SHELF - 14, top)
    for one in bins(axis.first, axis.last, unit):
        if count := told[one.first]:
            words = f"{bin_words(one, unit)}: {count} published"
            column = _column(one, axis, top, (SHELF - 18) * count / most, "column told")
            yield link(_opened(one, axis, open_), words, column, class_="bin")


def _scale(most: int, tall: float, top: float) -> Markup:
    """Return what the longest column stands for, at the edge."""
    return text(LEFT - 6, top + 14 if top == 0 else top + tall, f"{most:,}", "degrees", "end")
