"""Room 2, documents: the stated day of publication in ISO form.

Takes ISO 8601, RFC 2822, the common written forms and the seconds or milliseconds since 1970 that tables of data write.
What can be read in two ways (`03/04/2024`) or lacks a part is None: a day is never made up.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from reportedly.documents.wordlists import months

_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$", re.I
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?Z?)?$")
_YEAR_FIRST = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})\b(?!\s*[/-]\s*\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s.-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})\b")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})\b")
_EPOCH = re.compile(r"([1-4]\d{9})(\d{3})?$")
_COMPACT_HOUR = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[01]\d|2[0-3])$")
_LABEL = re.compile(r"^(?:published|updated|posted|date|on|[A-Za-z]{3,9}day,?)[\s:]+", re.I)
_YEARS = range(1800, 2101)


def normalised_date(stated: str | None) -> str | None:
    """Return a stated date as `YYYY-MM-DD`, or with its time where that is given in a standard form.

    >>> normalised_date("Mon, 12 Aug 2024 10:00:00 GMT"), normalised_date("Aug. 12, 2024"), normalised_date("3/4/2024")
    ('2024-08-12T10:00:00+00:00', '2024-08-12', None)
    """
    text = " ".join((stated or "").split())[:80]
    if not text:
        return None
    for read in (_standard, _epoch, _mail, _written):
        found = read(text)
        if found is not None:
            return found
    return None


def _standard(text: str) -> str | None:
    """Read ISO 8601, with or without its marks."""
    match = _ISO.match(text) or _COMPACT.match(text)
    if match is None:
        return None
    day = _day(*(int(part) for part in match.groups()[:3]))
    if day is None or match.group(4) is None:
        return day
    hour, minute, second = int(match.group(4)), int(match.group(5)), int(match.group(6) or 0)
    zone = match.group(7) if match.re is _ISO else ("Z" if text.endswith("Z") else None)
    if zone:
        zone = "+00:00" if zone.upper() in ("Z", "UTC", "GMT") else f"{zone[:3]}:{zone[-2:]}"
    try:
        return datetime.fromisoformat(f"{day}T{hour:02}:{minute:02}:{second:02}{zone or ''}").isoformat()
    except ValueError:
        return day


def _epoch(text: str) -> str | None:
    """Read seconds or milliseconds since 1970 (UTC), of 2001 and later; `2024082010` may be an hour of a day too."""
    match = _EPOCH.match(text)
    hour = _COMPACT_HOUR.match(text)
    if match is None or (hour and _day(*(int(part) for part in hour.groups()))):
        return None
    moment = datetime.fromtimestamp(int(match.group(1)), UTC)
    return moment.isoformat() if moment.year in _YEARS else None


def _mail(text: str) -> str | None:
    """Read RFC 2822, as mail and feeds write it."""
    if not re.search(r"\d\d:\d\d", text):
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.isoformat() if moment.year in _YEARS else None


def _written(text: str) -> str | None:
    """Read the forms of bylines and tables; the day must be certain."""
    text = _LABEL.sub("", text)
    if match := _YEAR_FIRST.match(text):
        return _day(int(match.group(1)), int(match.group(3)), int(match.group(4)))
    if match := _DAY_FIRST.search(text):
        return _day(int(match.group(3)), months().get(match.group(2).lower(), 0), int(match.group(1)))
    if match := _MONTH_FIRST.search(text):
        return _day(int(match.group(3)), months().get(match.group(1).lower(), 0), int(match.group(2)))
    if match := _NUMBERS.match(text):
        first, second, year = int(match.group(1)), int(match.group(3)), int(match.group(4))
        if match.group(2) == "." or first > 12 or first == second:
            return _day(year, second, first)
        return _day(year, first, second) if second > 12 else None
    return None


def _day(year: int, month: int, day: int) -> str | None:
    """Return the ISO day, None when there is no such day."""
    try:
        return date(year, month, day).isoformat() if year in _YEARS else None
    except ValueError:
        return None
