"""A figure as it stands in the text, before anyone knows what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reportedly.model.quick import quick
from reportedly.model.toll import Qualifier

QuantityKind = Literal[
    "cardinal",
    "article",
    "ordinal",
    "percent",
    "money",
    "age",
    "year",
    "date_part",
    "clock",
    "duration",
    "measure",
    "designation",
    "compound",
    "times",
    "ratio",
    "score",
    "decimal",
]


@quick
@dataclass(frozen=True, slots=True)
class Quantity:
    """Words of quantity: `start` to `end` with the words of the qualifier, `number_start` to `number_end` without.

    `low`, `high`, `best` and `qualifier` mean what they mean in a toll. `countable` is true when the figure can count
    people or things; `article` is a mere "a" or "an". Other kinds may carry no figure at all (all three None).
    """

    start: int
    end: int
    number_start: int
    number_end: int
    low: int | None
    high: int | None
    best: int | None
    qualifier: Qualifier
    kind: QuantityKind
    countable: bool
