"""Room 3, tidying: what the parser reads of a piece of text, without what scanners, wires and web pages put into it.

Door: `tidied(text, known)`. Runs of white space become one space, invisible marks go, and words broken at a line's end
are joined; `Tidy.places` leads each character back, so that offsets stay those of the text as given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportedly.model.quick import quick

_UNTIDY = re.compile(r"\s{2,}|[\u00ad\u200b-\u200d\u2060\ufeff]|-[\n\r]")
_PIECE = re.compile(
    r"(?P<invisible>[\u00ad\u200b-\u200d\u2060\ufeff]+)"
    r"|(?P<broken>(?<=[^\W\d_])-[ \t]*(?:\r\n|[\n\r])[ \t]*(?=[^\W\d_]))"
    r"|(?P<space>\s+)"
)
_PLAIN_SIGNS = ("  ", "\n", "\t", "\r", "\f", "\v")
_WORD_BEFORE = re.compile(r"[^\W\d_]+$")
_WORD_AFTER = re.compile(r"[^\W\d_]+")
_BREAKS = {ord(c): " " for c in "\n\r\t\f\v\u2028\u2029\u00a0"}
_LONGEST_WORD = 40


@quick
@dataclass(frozen=True, slots=True)
class Tidy:
    """A tidy text and, where it differs in length, the place of each of its characters in the text as given."""

    text: str
    places: Sequence[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the tidy text stands in the text as given."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def tidied(text: str, known: Callable[[str], bool]) -> Tidy:
    """Return the text as the parser reads it. `known` tells of a lower-case word whether it is an ordinary one."""
    if text.isascii() and not any(sign in text for sign in _PLAIN_SIGNS):
        return Tidy(text)  # most sentences: no need for a look at each character
    if _UNTIDY.search(text) is None:
        return Tidy(text.translate(_BREAKS))
    kept: list[str] = []
    places: list[int] = []
    at = 0
    for match in _PIECE.finditer(text):
        kept.append(text[at : match.start()])
        places.extend(range(at, match.start()))
        instead = _instead(text, match, known)
        kept.append(instead)
        places.extend([match.start()] * len(instead))
        at = match.end()
    kept.append(text[at:])
    places.extend(range(at, len(text)))
    return Tidy("".join(kept), places)


def _instead(text: str, match: re.Match[str], known: Callable[[str], bool]) -> str:
    """What stands in the tidy text for white space, invisible marks or a break inside a word."""
    if match.lastgroup == "space":
        return " "
    if match.lastgroup == "invisible":
        return ""
    before = _WORD_BEFORE.search(text, max(0, match.start() - _LONGEST_WORD), match.start())
    after = _WORD_AFTER.match(text, match.end())
    if before is None or after is None:
        return "-"
    one, other = before.group().lower(), after.group().lower()
    return "" if known(one + other) or not (known(one) and known(other)) else "-"  # "wound-ing", but "ex-minister"
