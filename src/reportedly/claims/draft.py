"""Room 4, a draft: one happening as a sentence tells it, before it becomes a claim; and what all its makers ask."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.claims.clause import Arguments
from reportedly.claims.modality import Governed
from reportedly.claims.raw_tolls import RawToll
from reportedly.model.quick import quick
from reportedly.model.reading import Sentence, TriggerHit
from reportedly.model.trace import Trace

# Types that say only that people were harmed; another event word of the same happening says how.
HARM = frozenset({"attack.killing", "attack.injury", "attack.armed"})
# Types that another event word of the same happening may make more precise.
GENERIC = frozenset(
    {
        "attack.armed",
        "explosion.unspecified",
        "strike.unspecified",
        "attack.killing",
        "attack.injury",
        "attack.raid",
        "battle.clash",
        "battle.offensive",
    }
)


@quick
@dataclass(frozen=True, slots=True)
class Draft:
    """One happening as a sentence tells it: its main event word, all its event words, arguments and tolls.

    `laid`: it is told as done, and by whom as a supposition ("could have been carried out by X").
    """

    hit: TriggerHit
    heads: tuple[int, ...]
    event_type: str
    found: Arguments
    governed: Governed
    tolls: tuple[RawToll, ...] = ()
    violent: bool = True
    laid: bool = False


def refuse(trace: Trace, sentence: Sentence, hit: TriggerHit, reason: str) -> None:
    """Note why an event word becomes no happening."""
    token = sentence.tree[hit.head]
    trace.refuse(token.start, token.end, "event", reason, hit.event_type, token.start)
