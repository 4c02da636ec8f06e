"""Something that was read and not kept, with the reason. Nothing vanishes."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.model.quick import quick


@quick
@dataclass(frozen=True, slots=True)
class Rejected:
    """An input, line, page or stretch of text that gave no result.

    `where` names the file, line or document; `start` and `end` (code points) and `quote` are set for a stretch of a
    document's text; `reason` says in one line what was wrong and what was expected. `fatal` inputs could not be read
    at all (exit code 3); the rest are notes on a document that was read.
    """

    where: str
    reason: str
    start: int = 0
    end: int = 0
    quote: str = ""
    fatal: bool = False
