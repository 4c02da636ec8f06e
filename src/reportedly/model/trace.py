"""What was decided while a document was read, and by which rule. Passed along from room to room, never global.

Refused event words are always noted: they become the `rejected` list of the output. All else is noted only where
`full` is set, for `reportedly explain` and for fitting the confidence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from reportedly.model.reading import Reading

About = Literal[
    "screen",
    "sentence",
    "event",
    "actor",
    "initiator",
    "target",
    "place",
    "when",
    "toll",
    "telling",
    "modality",
    "means",
    "claim",
]


class Note(NamedTuple):
    """One decision about the words from `start` to `end`: what was taken (or refused, `kept` False), by which rule.

    `event` is the start of the event word that it was taken for; None where it holds for the words wherever used.
    """

    start: int
    end: int
    about: About
    rule: str
    value: str = ""
    kept: bool = True
    event: int | None = None


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of a sound or shaky reading: how strong it is, 0 to 1, and what it adds to the log-odds."""

    name: str
    value: float
    effect: float


@dataclass(slots=True)
class Trace:
    """Collects notes in the order of reading.

    `signs` holds, by the start of a claim's trigger and whether the claim is violent ("blamed" accuses, and tells of a
    deed), what its confidence was worked out from, on top of `base`; `brief` whether the text is no article but a
    headline or a sentence.
    `told` maps the start of each event word that a claim was read from to that of the claim's main event word.
    """

    full: bool = False
    notes: list[Note] = field(default_factory=list)
    told: dict[int, int] = field(default_factory=dict)
    signs: dict[tuple[int, bool], tuple[Sign, ...]] = field(default_factory=dict)
    base: float = 0.0
    brief: bool = False
    reading: Reading = field(default_factory=Reading)

    def note(self, start: int, end: int, about: About, rule: str, value: str = "", event: int | None = None) -> None:
        """Note what was taken. Call it only where `full` is set: the words of a note cost time."""
        self.notes.append(Note(start, end, about, rule, value, event=event))

    def refuse(self, start: int, end: int, about: About, rule: str, value: str = "", event: int | None = None) -> None:
        """Note what was not taken, with the reason."""
        self.notes.append(Note(start, end, about, rule, value, False, event))
