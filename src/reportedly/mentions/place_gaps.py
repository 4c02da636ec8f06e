"""What the words between two names of places say: the one lies in the other, holds it, or is a building there.

Door: `Gaps`, which lives for one text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportedly.knowledge.place_words import PlaceWords

_CHAIN_GAP = re.compile(
    r"(?: (?P<noun>[A-Za-z]+(?: [a-z]+){0,2}))?"
    r"(?:, ?| \(|,? (?:in|of) |, an? (?:[a-z]+ ){0,2}(?P<called>[a-z]+) (?:in|of) )"
    r"(?:the )?(?:[a-z]+(?:ern|al) )?(?:(?P<kind>[a-z]+) of )?"
)
_HOUSE_GAP = re.compile(r" (?:[a-z-]+ ){0,2}([a-z]+) in (?:the )?(?:[a-z]+(?:ern|al) )?")
_OWNER_GAP = re.compile(r"(?:['’]s )?(?:[a-z]+(?:ern|al) )?(?: ?(?P<noun>[a-z]+) of )?(?:[a-z]+ern )?")
LONGEST_GAP = 50
"""Characters between two names of one phrase."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """Looks at the stretch of a text from the end of a name to the start of the next."""

    text: str
    words: PlaceWords

    def chained(self, end: int, start: int) -> bool:
        """Tell whether the name behind a gap says where the one before lies: "X, Y", "X village in western Y"."""
        found = _CHAIN_GAP.fullmatch(self.text, end, start) if start - end < LONGEST_GAP else None
        if found is None or (found["noun"] is None and found[0].startswith(" of")):
            return False
        generic = self.words.generic
        return all(word is None or word.lower() in generic for word in found.groups())

    def housed(self, end: int, start: int) -> bool:
        """Tell whether the words between two names are a building that bears the first, and stands in the second: "the
        Yarmouk weapons FACTORY in southern Khartoum"."""
        found = _HOUSE_GAP.fullmatch(self.text, end, start) if 0 < start - end < LONGEST_GAP else None
        return found is not None and found[1] in self.words.houses

    def owned(self, end: int, start: int) -> bool:
        """Tell whether the name before a gap holds the one behind: "Y's eastern X", "the Y suburb of X"."""
        found = _OWNER_GAP.fullmatch(self.text, end, start) if start - end < LONGEST_GAP else None
        if found is None or not (found["noun"] or found[0][1:2] == "s"):
            return False
        return found["noun"] is None or found["noun"] in self.words.generic
