"""On which days ACLED's rows stand: one row a day of fighting, a day inside a time that is not known exactly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from reportedly.codebooks.facts import Facts, dated, when_words

LASTING = "lasting"


@dataclass(frozen=True, slots=True)
class Days:
    """The days of an incident's rows and how well they are known: a precision of ours, `undated` or `lasting`."""

    days: tuple[date, ...]
    precision: str


def read_days(facts: Facts, sub: str) -> Days:
    """The days; none where no day is known."""
    when, precision = dated(facts)
    if when is None or when.earliest is None:
        return Days((), precision)
    length = ((when.latest or when.earliest) - when.earliest).days
    if precision == "undated":
        return Days((when.earliest + timedelta(length),), precision)
    if _lasts(facts, sub, precision, length + 1):
        return Days(tuple(when.earliest + timedelta(n) for n in range(length + 1)), LASTING)
    middle = facts.book.tables["day_in"].get(precision) == "middle"
    return Days((when.earliest + timedelta(length // 2 if middle else 0),), precision)


def _lasts(facts: Facts, sub: str, precision: str, length: int) -> bool:
    """Tell whether the time is how long the violence went on, not the bounds between which it happened."""
    tables = facts.book.tables
    if precision != "span" or sub not in tables["lasting"] or not 1 < length <= facts.book.chosen["most_days"]:
        return False
    words = {word.strip(".,;").casefold() for quote in when_words(facts) for word in quote.split()}
    return not words & set(tables["vague_spans"])
