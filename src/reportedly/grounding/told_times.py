"""Room 5, times in the order of a text: each is anchored by the day of the report and by those named before it.

Door: `ground_times(document, found, headed, trace)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from reportedly.grounding.day_month import ordered
from reportedly.grounding.histories import dated_in_history
from reportedly.grounding.times import ground_time
from reportedly.model import Document, When
from reportedly.model.quick import replace
from reportedly.model.reading import TimeRead
from reportedly.model.time_mention import TimeMention
from reportedly.model.trace import Trace

_LONG_AGO = timedelta(days=45)


def ground_times(
    document: Document, found: Sequence[TimeMention], headed: TimeMention | None, trace: Trace
) -> tuple[TimeRead, ...]:
    """Anchor each time; "two days earlier" counts from the last event day named before it."""
    published = document.published_on
    dateline = _dateline(document, headed, published)
    narrative, said = None, 0
    grounded: list[TimeRead] = []
    times = ordered([dated_in_history(m, document, published) for m in found], document.text)
    for n, mention in enumerate(times):
        now = _night_before(times, n, document, dateline) or dateline
        if _apart(mention, narrative, now or published, document.text[said : mention.start]):
            when = ground_time(mention, document.text, published=None, dateline=None, narrative=None)
        else:
            when = ground_time(mention, document.text, published=published, dateline=now, narrative=narrative)
        if when is None:
            continue
        if trace.full:
            _note_time(trace, mention, when, published or dateline)
        inner = _inner(mention, document, published, dateline, narrative)
        grounded.append(TimeRead(when, mention.event_day, mention.kind, inner))
        if mention.event_day and when.latest is not None and when.precision == "day":
            narrative, said = when.latest, mention.end
    return tuple(grounded)


def _apart(mention: TimeMention, narrative: date | None, now: date | None, between: str) -> bool:
    """Tell whether nobody can say of which month "on the 19th" is: that of the report, or that of a day long before it,
    named in another paragraph."""
    if mention.first.day is None or mention.first.month is not None or narrative is None or now is None:
        return False
    return now - narrative > _LONG_AGO and "\n\n" in between


def _night_before(times: Sequence[TimeMention], n: int, document: Document, dateline: date | None) -> date | None:
    """ "Overnight, the ministry said ON MONDAY": the day of the telling is the day after the night."""
    one, other = times[n], times[n + 1] if n + 1 < len(times) else None
    night = one.night and one.kind == "relative" and one.last is not None
    if not night or other is None or other.kind != "weekday" or other.last is not None:
        return None
    if ". " in document.text[one.end : other.start] or "\n" in document.text[one.end : other.start]:
        return None
    when = ground_time(other, document.text, published=document.published_on, dateline=dateline, narrative=None)
    return when.latest if when is not None else None


def _note_time(trace: Trace, mention: TimeMention, when: When, anchor: date | None) -> None:
    """Note the rule that read a time and what it counts from."""
    base = f", counted from {anchor}" if when.basis == "relative" and anchor else ""
    told = "" if mention.event_day else "; not the time of an event"
    rule = f"rule {mention.rule} (times.yml), {mention.kind}, {when.basis}{base}{told}"
    trace.note(when.span.start, when.span.end, "when", rule, when.edtf)


def _inner(
    mention: TimeMention, document: Document, published: date | None, dateline: date | None, narrative: date | None
) -> When | None:
    """The time inside "since" or "until"."""
    if mention.inner is None:
        return None
    bare = replace(mention, kind=mention.inner, inner=None)
    return ground_time(bare, document.text, published=published, dateline=dateline, narrative=narrative)


def _dateline(document: Document, headed: TimeMention | None, published: date | None) -> date | None:
    if headed is None:
        return None
    when = ground_time(headed, document.text, published=published, dateline=None, narrative=None)
    return when.latest if when is not None else None
