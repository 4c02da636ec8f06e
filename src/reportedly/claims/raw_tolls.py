"""Room 4, raw tolls: a toll while its sentence is still being read, before it has its id.

Shared by the modules that read tolls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reportedly.model import Outcome, Qualifier, VictimClass
from reportedly.model.quantity import Quantity
from reportedly.model.quick import quick
from reportedly.model.reading import Sentence
from reportedly.model.syntax import Tree

TOLD_BEFORE = -1  # a part of a toll that an earlier sentence tells
OF_THOSE_BEFORE = -2  # the same, where an earlier sentence tells one


@quick
@dataclass(frozen=True, slots=True)
class RawToll:
    """A toll before it has its id: the outcome, the counted phrase's head token, the figure (None: none given).

    `part_of` is the start of the toll that includes this one, TOLD_BEFORE or OF_THOSE_BEFORE; `victim_class` None
    leaves it to who the victims are.
    """

    outcome: Outcome
    head: int | None
    quantity: Quantity | None
    start: int
    end: int
    low: int | None
    high: int | None
    best: int | None
    qualifier: Qualifier
    part_of: int | None = None
    superseded: bool = False
    running: bool = False
    victim_class: VictimClass | None = None


def made(sentence: Sentence, outcome: Outcome, head: int | None, quantity: Quantity, start: int, end: int) -> RawToll:
    """The toll of a figure; the span holds the figure's words."""
    low, high = min(start, quantity.start), max(end, quantity.end)
    return RawToll(outcome, head, quantity, low, high, quantity.low, quantity.high, quantity.best, quantity.qualifier)


def token_at(tree: Tree, offset: int) -> int | None:
    """The token at a position of the text."""
    return tree.holding(offset)


def begins_anew(tree: Tree, first: int, last: int) -> bool:
    """Tell whether a counted phrase opens a clause of its own: "..., including three women, and MORE THAN 20 are
    missing"."""
    after = tree[last + 1] if last + 1 < len(tree) else None
    opens = first > 1 and tree[first - 1].tag == "CC" and tree[first - 2].text == ","
    return opens and after is not None and after.tag in {"VBP", "VBD", "VBZ", "MD"}


def otherwise_harmed(tree: Tree, last: int, outcome: Outcome, words: Mapping[tuple[str, str], Outcome]) -> bool:
    """ "22 were killed, including four women, and 13 INJURED": no part of the dead. `last` ends the figure."""
    after = tree[last + 1] if last + 1 < len(tree) else None
    if after is None or after.dep == "amod":
        return False
    other = words.get(("verb", after.lemma))
    return other is not None and other != outcome
