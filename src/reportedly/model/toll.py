"""Reported human harm: a figure or a range, what happened, and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reportedly.model.actor import ActorRef
from reportedly.model.quick import quick
from reportedly.model.span import Span

Outcome = Literal[
    "killed", "injured", "killed_or_injured", "captured", "missing", "abducted", "detained", "displaced", "released"
]
Qualifier = Literal["exact", "about", "at_least", "at_most", "more_than", "fewer_than", "range", "vague", "none"]
VictimClass = Literal["combatant", "civilian", "mixed", "unknown"]


@quick
@dataclass(frozen=True, slots=True)
class Toll:
    """One figure for one outcome. `high` None = open ended, `low` None = only an upper bound is given.

    `best` is None when the words give no figure. `part_of` is the id of the toll that includes this one;
    `superseded` marks an earlier figure that the text itself replaces, `running` a total that is told as such ("the
    toll rises to 12"): of something that was told before.
    """

    id: str
    span: Span
    outcome: Outcome
    low: int | None
    high: int | None
    best: int | None
    qualifier: Qualifier
    victims: ActorRef | None = None
    victim_class: VictimClass = "unknown"
    part_of: str | None = None
    superseded: bool = False
    running: bool = False
