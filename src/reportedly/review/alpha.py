"""Krippendorff's alpha: agreement beyond chance, from nominal categories to stretches of text. No case, no claims.

    alpha = 1 - D_o / D_e

1 is perfect agreement, 0 what chance gives, below 0 disagreement by system. Krippendorff, K. (2011), "Computing
Krippendorff's Alpha-Reliability"; the distances of sets after Passonneau (2006); stretches of text after Krippendorff
(2004), "Measuring the Reliability of Qualitative Text Analysis Data", Quality & Quantity 38, and his "Content
Analysis" (2nd ed. 2004 section 11.6, 3rd ed. 2013 section 12.4).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# Values of one unit, one for each coder who gave one, in no order.
Unit = Sequence[Hashable]
Distance = Callable[[Any, Any], float]
# Start and end of a stretch, in characters from the start of its text.
Stretch = tuple[int, int]

RESAMPLES, SEED = 1000, 20040712
# An interval in which so large a part of the resamples has no alpha (one value only) says nothing.
MOST_UNDEFINED = 0.5


@dataclass(frozen=True, slots=True)
class Reliability:
    """Agreement on one field. `n` counts units (or stretches); `alpha` None: not enough, or nothing varies.

    `low` and `high` bound 95 % of the resamples; `equal` is the share of units on which all said the same.
    """

    n: int
    alpha: float | None
    low: float | None = None
    high: float | None = None
    equal: float | None = None


# ------------------------------------------------------------------------------------------ distances


def nominal(one: Hashable, other: Hashable) -> float:
    """Return 0 for the same category, 1 for two."""
    return float(one != other)


def interval(one: float, other: float) -> float:
    """Return the squared difference."""
    return float((one - other) ** 2)


def ratio(one: float, other: float) -> float:
    """Return the squared difference against the sum: 1 and 2 lie further apart than 101 and 102. For counts."""
    return float(((one - other) / (one + other)) ** 2) if one + other else 0.0


def masi(one: frozenset[Hashable], other: frozenset[Hashable]) -> float:
    """Return one minus Jaccard's overlap times how the sets lie: equal 1, one in the other 2/3, crossing 1/3, apart 0.

    Passonneau, R. (2006), "Measuring Agreement on Set-valued Items (MASI) for Semantic and Pragmatic Annotation".
    """
    if one == other:
        return 0.0
    common = one & other
    if not common:
        return 1.0
    nested = 2 / 3 if common in (one, other) else 1 / 3
    return 1.0 - len(common) / len(one | other) * nested


# ----------------------------------------------------------------------------------------- categories


def alpha(units: Sequence[Unit], distance: Distance) -> float | None:
    """Return alpha over units; one that fewer than two coders judged is left out. None where nothing varies."""
    table = _table(units, distance)
    return None if table is None else _alphas(table, table.weights[None, :])[0]


def reliability(
    units: Sequence[Unit], distance: Distance, *, resamples: int = RESAMPLES, seed: int = SEED
) -> Reliability:
    """Return alpha with the interval in which it falls when units are drawn again with replacement."""
    told = [unit for unit in units if len(unit) > 1]
    table = _table(told, distance) if len(told) > 1 else None
    if table is None:
        return Reliability(len(told), None)
    found = _alphas(table, table.weights[None, :])[0]
    equal = sum(len(set(unit)) == 1 for unit in told) / len(told)
    draws = np.random.default_rng(seed).multinomial(len(told), table.weights / len(told), size=resamples)
    low, high = _bounds(_alphas(table, draws.astype(np.float64))) if found is not None else (None, None)
    return Reliability(len(told), found, low, high, equal)


@dataclass(frozen=True, slots=True)
class _Table:
    """Each pattern of values once: how often it occurs, its values counted, its own disagreement, all distances."""

    weights: Floats
    counts: Floats
    apart: Floats
    distances: Floats


def _table(units: Sequence[Unit], distance: Distance) -> _Table | None:
    patterns = Counter(frozenset(Counter(unit).items()) for unit in units if len(unit) > 1)
    if not patterns:
        return None
    values = sorted({value for pattern in patterns for value, _ in pattern}, key=repr)
    place = {value: number for number, value in enumerate(values)}
    distances = np.array([[distance(one, other) for other in values] for one in values])
    counts = np.zeros((len(patterns), len(values)))
    for row, pattern in enumerate(patterns):
        for value, times in pattern:
            counts[row, place[value]] = times
    apart = np.einsum("uc,ck,uk->u", counts, distances, counts, optimize=True) / (counts.sum(axis=1) - 1)
    return _Table(np.array(list(patterns.values()), dtype=np.float64), counts, apart, distances)


def _alphas(table: _Table, weights: Floats) -> list[float | None]:
    """Return alpha for each row of weights, which say how often each pattern occurs."""
    pairable = weights @ table.counts.sum(axis=1)
    observed = weights @ table.apart / pairable
    totals = weights @ table.counts
    expected = ((totals @ table.distances) * totals).sum(axis=1) / (pairable * np.maximum(pairable - 1, 1))
    return [_one(o, e) for o, e in zip(observed.tolist(), expected.tolist(), strict=True)]


def _one(observed: float, expected: float) -> float | None:
    """Return alpha, without the dust of floating point at its upper end."""
    return None if expected <= 0 else min(1.0, 1 - observed / expected)


def _bounds(found: Sequence[float | None]) -> tuple[float, float] | tuple[None, None]:
    defined = [one for one in found if one is not None]
    if len(defined) < len(found) * MOST_UNDEFINED or not defined:
        return None, None
    low, high = np.percentile(defined, [2.5, 97.5]).tolist()
    return low, high


# ------------------------------------------------------------------------------------ stretches of text


@dataclass(frozen=True, slots=True)
class Continuum:
    """A text and which stretches of it each of two coders marked; a coder's stretches do not overlap."""

    length: int
    first: tuple[Stretch, ...]
    second: tuple[Stretch, ...]


def continuum(length: int, first: Sequence[Stretch], second: Sequence[Stretch]) -> Continuum:
    """Return a text with what two coders marked; stretches of one coder that overlap become one."""
    return Continuum(length, _joined(first), _joined(second))


def _joined(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    out: list[Stretch] = []
    for start, end in sorted(stretch for stretch in stretches if stretch[0] < stretch[1]):
        if out and start < out[-1][1]:
            out[-1] = out[-1][0], max(out[-1][1], end)
        else:
            out.append((start, end))
    return tuple(out)


def alpha_unitised(texts: Sequence[Continuum]) -> float | None:
    """Return alpha for stretches that two coders marked in texts laid end to end. None where nobody marked anything.

    D_o sums, over pairs of a stretch and what the other coder has there, the squared differences of both ends where
    two stretches overlap and the squared length of a stretch that lies whole in a gap; over m(m-1)L². D_e is the same
    for all stretches and gaps thrown down at random (Krippendorff 2004).
    """
    observed, expected = observed_unitised(texts), expected_unitised(texts)
    return None if observed is None or expected is None else _one(observed, expected)


def observed_unitised(texts: Sequence[Continuum]) -> float | None:
    """Return the observed disagreement D_o on stretches; None for texts of no length."""
    length = sum(text.length for text in texts)
    return 2 * sum(_disagreement(text) for text in texts) / (2 * length**2) if length else None


def _disagreement(text: Continuum) -> int:
    return _apart(text.first, text.second) + _missed(text.second, text.first)


def _apart(ours: Sequence[Stretch], theirs: Sequence[Stretch]) -> int:
    """Return the disagreement of our stretches with theirs, and with their gaps."""
    met = sum((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 for a in ours for b in theirs if a[0] < b[1] and b[0] < a[1])
    return met + _missed(ours, theirs)


def _missed(ours: Sequence[Stretch], theirs: Sequence[Stretch]) -> int:
    """Return the squared lengths of our stretches that meet none of theirs."""
    return sum((a[1] - a[0]) ** 2 for a in ours if not any(a[0] < b[1] and b[0] < a[1] for b in theirs))


def expected_unitised(texts: Sequence[Continuum]) -> float | None:
    """Return the disagreement D_e that chance would give; None where nobody marked anything."""
    length = sum(text.length for text in texts)
    found = [end - start for text in texts for start, end in (*text.first, *text.second)]
    if not found:
        return None
    sizes = np.array(found, dtype=np.float64)
    gaps = np.sort(np.array([*_gaps(texts, "first"), *_gaps(texts, "second")], dtype=np.float64))
    at = np.searchsorted(gaps, sizes)
    longer = np.concatenate(([0.0], np.cumsum(gaps)))
    room = longer[-1] - longer[at] - (len(gaps) - at) * (sizes - 1)
    total = ((len(sizes) - 1) / 3 * (2 * sizes**3 - 3 * sizes**2 + sizes) + sizes**2 * room).sum()
    below = 2 * length * (2 * length - 1) - (sizes * (sizes - 1)).sum()
    return float(2 / length * total / below) if below else None


def _gaps(texts: Sequence[Continuum], coder: str) -> list[int]:
    """Return the lengths of what a coder left unmarked; a gap runs on from one text into the next."""
    marked: list[Stretch] = []
    start = 0
    for text in texts:
        marked += [(start + low, start + high) for low, high in getattr(text, coder)]
        start += text.length
    edges = [(0, 0), *marked, (start, start)]
    return [after[0] - before[1] for before, after in pairwise(edges) if after[0] > before[1]]


def reliability_unitised(
    texts: Sequence[Continuum], *, resamples: int = RESAMPLES // 5, seed: int = SEED
) -> Reliability:
    """Return alpha for stretches, with the interval in which it falls when whole texts are drawn again."""
    marked = [text for text in texts if text.length]
    n = sum(len(text.first) + len(text.second) for text in marked)
    found = alpha_unitised(marked) if n > 1 else None
    if found is None:
        return Reliability(n, None)
    both = sum(len(set(text.first) & set(text.second)) for text in marked)
    equal = both / (n - both)
    if len(marked) < 2:
        return Reliability(n, found, equal=equal)
    draws = np.random.default_rng(seed).integers(len(marked), size=(resamples, len(marked))).tolist()
    apart = [_disagreement(text) for text in marked]
    low, high = _bounds([_drawn([marked[at] for at in draw], sum(apart[at] for at in draw)) for draw in draws])
    return Reliability(n, found, low, high, equal)


def _drawn(texts: Sequence[Continuum], apart: int) -> float | None:
    """Return alpha of texts whose disagreement is known."""
    length, expected = sum(text.length for text in texts), expected_unitised(texts)
    return None if expected is None else _one(apart / length**2, expected)
