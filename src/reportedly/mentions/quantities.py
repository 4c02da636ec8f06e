"""Room 3, quantities: find figures in words and digits with their bounds, in plain text.

Door: `find_quantities(text, start, end)`. Says what a figure could count, never what it does count. `nearly`, `almost`
and `close to` name the figure that is meant and are read as `about`; the words are in `lexicon/en/numbers.yml`.
"""

from __future__ import annotations

from reportedly.mentions.numerals import fold
from reportedly.mentions.quantity_kinds import QuantityKinds, quantity_kinds
from reportedly.mentions.quantity_rules import Figure, quantity_rules
from reportedly.mentions.times import find_times
from reportedly.model.quantity import Quantity, QuantityKind
from reportedly.model.quick import replace
from reportedly.model.time_mention import TimeMention

__all__ = ["Quantity", "QuantityKind", "find_quantities"]

_BEFORE = 80  # characters of context: enough for a designator, an age opener or "rose from"
_AFTER = 60
_COUNTABLE = frozenset({"cardinal", "article"})


def find_quantities(
    text: str, start: int, end: int, times: tuple[TimeMention, ...] | None = None
) -> tuple[Quantity, ...]:
    """Return the quantities in `text[start:end]`, in text order, never overlapping.

    Figures that count nothing (years, ages, ordinals, unit numbers) are returned too, with their kind and
    `countable` false. `times` are those of the stretch, where they are known already. Example: `"at least 64
    soldiers"` gives the words `at least 64`, low 64, high None, `at_least`.
    """
    rules, kinds = quantity_rules(), quantity_kinds()
    base = max(0, start - _BEFORE)
    raw = text[base : min(len(text), end + _AFTER)]
    low = fold(raw)
    figures = rules.find(low, start - base, end - base)
    if not figures:
        return ()
    if times is None:
        times = find_times(text, start, end) if any(not f.plain for f in figures) else ()
    found = [_quantity(f, low, raw, base, kinds, times) for f in figures]
    return tuple(_ages_spread(found, text))


def _quantity(
    figure: Figure, low: str, raw: str, base: int, kinds: QuantityKinds, times: tuple[TimeMention, ...]
) -> Quantity:
    kind = _time_kind(figure, base, times) or kinds.kind(figure, low, raw)
    countable = kind in _COUNTABLE and kinds.counts(figure, low)
    return Quantity(
        figure.start + base,
        figure.end + base,
        figure.number_start + base,
        figure.number_end + base,
        figure.low,
        figure.high,
        figure.best if figure.valued else None,
        figure.qualifier,
        kind,
        countable,
    )


def _time_kind(figure: Figure, base: int, times: tuple[TimeMention, ...]) -> QuantityKind | None:
    """Return what the figure is when it lies within words of time."""
    start, end = figure.number_start + base, figure.number_end + base
    hit = next((t for t in times if t.start < end and start < t.end), None)
    if hit is None:
        return None
    if (hit.inner or hit.kind) == "year":
        return "year"
    return "duration" if hit.kind in ("duration", "relative") else "date_part"


def _ages_spread(found: list[Quantity], text: str) -> list[Quantity]:
    """Carry an age over a list: "aged 12, 14 and 15"."""
    result: list[Quantity] = []
    for quantity in found:
        before = result[-1] if result else None
        if before and before.kind == "age" and quantity.kind == "cardinal":
            between, after = text[before.end : quantity.start], text[quantity.end : quantity.end + 12]
            if between.strip().lower() in (",", "and", "or", ", and", "to") and _closes(after):
                quantity = replace(quantity, kind="age", countable=False)
        result.append(quantity)
    return result


def _closes(after: str) -> bool:
    """Tell whether no noun follows: punctuation, the end, or a verb or conjunction."""
    word = after.strip().split(" ")[0].lower().strip(".,;:)")
    return (
        not word or after.lstrip()[:1] in ",.;:)" or word in ("and", "were", "was", "who", "had", "have", "died", "or")
    )
