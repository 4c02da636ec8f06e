"""The timeline: when incidents are said to have happened and when it was published; its days in the URL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from reportedly.app.filters import Filter, read_filter
from reportedly.app.pages import desk_of, json_answer, page
from reportedly.app.seen import form_values, glance_json, glances, labels, legend, rows
from reportedly.drawing import Bar, TimelineDrawing, draw_timeline, reach
from reportedly.exports.drawn import bar_of
from reportedly.model.when import span_words
from reportedly.store.answers import Glance, day_of

router = APIRouter()


@router.get("/timeline.json", tags=["incidents"], summary="Incidents in the order of time, at a glance.")
def timeline_json(request: Request) -> Response:
    """Return the incidents that the filter lets through, oldest first, undated ones last."""
    with desk_of(request).view() as view:
        found = glances(view, read_filter(request.query_params))
    dated = sorted(found, key=lambda one: (one.earliest or one.latest or "9999", one.id))
    return json_answer({"incidents": [glance_json(glance) for glance in dated]})


@router.get("/timeline", include_in_schema=False)
def timeline(request: Request) -> Response:
    """Show the timeline with the list of what is on it."""
    wanted = read_filter(request.query_params)
    with desk_of(request).view() as view:
        found = glances(view, wanted)
    bars = [bar_of(glance) for glance in found]
    days = _days(wanted, bars)
    drawn = _draw(found, bars, days, wanted) if days else None
    undated = [bar.id for bar in bars if bar.start is None and bar.end is None]
    return page(
        request,
        "timeline.html",
        title="Timeline",
        drawn=drawn,
        days=span_words(*days) if days else "",
        steps=list(_steps(days, wanted)) if days else [],
        legend=legend(found),
        rows=rows(found, desk_of(request).rooms.lands(), drawn.shown) if drawn else [],
        undated=rows(found, desk_of(request).rooms.lands(), undated, most=50),
        undated_total=len(undated),
        **form_values(request),
    )


def _draw(found: Sequence[Glance], bars: Sequence[Bar], days: tuple[date, date], wanted: Filter) -> TimelineDrawing:
    return draw_timeline(bars, *days, labels(found).__getitem__, lambda first, last: _between(first, last, wanted))


def _days(wanted: Filter, bars: Sequence[Bar]) -> tuple[date, date] | None:
    """Return the first and last day to draw: those of the filter, else those of the incidents."""
    found = reach(bars)
    first = day_of(wanted.since) or (found[0] if found else None)
    last = day_of(wanted.until) or (found[1] if found else None)
    return (first, max(first, last)) if first and last else None


def _between(first: date, last: date, wanted: Filter) -> str:
    return f"/timeline{wanted.query(since=first.isoformat(), until=last.isoformat())}"


def _steps(days: tuple[date, date], wanted: Filter) -> Iterator[tuple[str, str, str, str]]:
    """Yield the links that move the timeline: words, sign, address, key."""
    first, last = days
    length = (last - first).days + 1
    half = max(1, length // 2)
    yield "earlier", "←", _between(_moved(first, -half), _moved(last, -half), wanted), ""
    yield "later", "→", _between(_moved(first, half), _moved(last, half), wanted), ""
    if length > 2:
        yield "closer", "+", _between(_moved(first, length // 4), _moved(last, -(length // 4)), wanted), "+"
    yield "longer", "−", _between(_moved(first, -half), _moved(last, half), wanted), "-"
    yield "all days", "↔", f"/timeline{wanted.query(since='', until='')}", "0"


def _moved(day: date, days: int) -> date:
    """Return a day so many days later, not beyond the calendar."""
    number = min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal())
    return date.min + timedelta(days=number - 1)
