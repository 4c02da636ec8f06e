"""Who is quoted or cited for which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reportedly.model.quick import quick
from reportedly.model.span import Span

Stance = Literal["asserted", "confirmed", "claimed", "alleged", "suspected", "estimated", "denied", "doubted"]


@quick
@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content spans of one act of telling, as they stand in the text."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    stance: Stance
