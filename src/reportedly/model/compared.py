"""What is kept of comparing claims, so that additions compare no old pair again; and what grouping gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reportedly.model.incident import Incident

# Points and claims: how much each speaks for one happening.
Rated = tuple[tuple[int, str], ...]


class Compared(NamedTuple):
    """A claim as it was compared at the last grouping, and what came of it.

    `outline` is what comparing needs of the claim, in the words of the room that compares. `strongest` are the points
    of the claim of another text that speaks most for the same happening; `torn` tells whether it fits two happenings
    equally well; `fits` are those that it fits about equally well, best first; `ties` those that hang together with it.
    """

    claim: str
    document: str
    outline: str
    strongest: int = 0
    torn: bool = False
    fits: Rated = ()
    ties: Rated = ()


class Grouped(NamedTuple):
    """What grouping gives: the claims that were grouped, the incidents that they form, and what came of comparing them
    or, where only what a change touches was grouped, of those of which other came of it than before."""

    claims: frozenset[str]
    incidents: Sequence[Incident]
    compared: Iterable[Compared]
