"""Room 4, scenes: an event in its sentence, as those see it who tie places to it.

Door: `Scene`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from reportedly.knowledge.load import Knowledge
from reportedly.knowledge.place_links import PlaceLinks
from reportedly.model import Span
from reportedly.model.quick import quick
from reportedly.model.reading import Sentence


@quick
@dataclass(frozen=True, slots=True)
class Scene:
    """An event in its sentence: its tokens, the main one of them, the heads of the other events, the stretches and
    tokens of speakers; `inside` says which name tells where another lies (`place_nesting.nests`)."""

    sentence: Sentence
    main: int
    anchors: Collection[int]
    others: Collection[int]
    blocked: Sequence[Span]
    speakers: Collection[int]
    knowledge: Knowledge
    inside: Mapping[int, int] = field(default_factory=dict)
    event_type: str = ""

    @property
    def words(self) -> PlaceLinks:
        """The table of signs."""
        return self.knowledge.place_links
