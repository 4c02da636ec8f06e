"""Room 3, issuers: in whose name a text is issued, as its heading says ("Briefing by the Ministry of Defence (3 May)").

Door: `Issuers(lexicon, tells).heading(text, names)`. What such a text tells without naming a teller is its issuer's
word, not an outlet's; a day in its heading is the day on which it is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportedly.knowledge.lexicon import Lexicon
from reportedly.mentions.names import NameHit
from reportedly.model import Span

_REACH = 400  # characters from the start within which a heading ends
_LINES = 4
_LONGEST = 140  # characters of a line of a heading
_PROSE = re.compile(r"[.!?][\"”]?\s*$|[.!?]\s+[A-Z][^.]{40}")
_PART = re.compile(r"[^|•·\n]+?(?=\s+[–—-]\s+|[|•·\n]|\Z)|(?<=\s[–—-]\s)[^|•·\n]+")
_BRACKET = re.compile(r"\s*\([^()\n]*\)?\s*$")
_NAME = re.compile(
    r"(?:[Tt]he\s+)?[A-ZÀ-Ý][\w.'’&-]*(?:\s+(?:(?:of|for|and|in|on|de|del|the|al)\s+){0,2}[A-ZÀ-Ý][\w.'’&-]*){0,9}"
)
_BY = re.compile(r"(?:\s+(?:[Nn]o\.?|#|[Nn]umber)?\s*\d+)?\s+(?:issued\s+)?(?:by|of|from|attributable\s+to)\s+")
_NUMBERED = re.compile(r"\s*(?:[Nn]o\.?|#|[Nn]umber)?\s*[,:]?\s*\d[^\n]*\Z|\s*(?:as of|for|of)\s[^\n]*\d[^\n]*\Z")
_OF = re.compile(r"\s(?:of|for)\s")
_CAPITALS = re.compile(r"[A-Z]{3,8}")
_OWN = re.compile(r"['’]s?\Z")


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of the issuer, the words for what it issues, and where the heading ends (code points)."""

    name: Span
    issued: Span
    end: int


class Issuers:
    """Reads headings by the words for what is issued; `tells` says of words whether they name a teller."""

    def __init__(self, lexicon: Lexicon, tells: Callable[[str], bool]) -> None:
        words = lexicon.words
        self._tells = tells
        self._qualities = words["issued_qualities"]
        self._plain = words["issued_texts"]
        self._any = re.compile(_either((*self._plain, *words["issued_with_number"], *words["issuing_offices"])), re.I)
        self._text = re.compile(_either((*self._plain, *words["issued_with_number"])), re.I)
        self._office = re.compile(_either(words["issuing_offices"]), re.I)

    def heading(self, text: str, names: Sequence[NameHit]) -> Heading | None:
        """Return the heading of a text that somebody issues in its own name, or None."""
        if self._any.search(text, 0, _REACH) is None:
            return None
        lines = list(_lines(text))
        if not lines:
            return None
        parts = [p for start, end in lines for p in _parts(text, start, end)]
        end = lines[-1][1]
        for read in (self._by, self._office_of, self._after_name):
            found = next((h for p in parts if (h := read(text, *p)) is not None), None)
            if found is not None:
                return Heading(*found, end)
        return self._beside(text, parts, names, end)

    def _by(self, text: str, start: int, end: int) -> tuple[Span, Span] | None:
        """ "Statement by X", "Communiqué No. 4 of X"."""
        word = self._text.search(text, start, end)
        if word is None or not self._is_quality(text[start : word.start()]):
            return None
        by = _BY.match(text, word.end(), end)
        name = _NAME.match(text, by.end(), end) if by is not None else None
        if name is None or not _closes(text, name.end(), end):
            return None
        return Span.of(text, name.start(), name.end()), Span.of(text, word.start(), word.end())

    def _office_of(self, text: str, start: int, end: int) -> tuple[Span, Span] | None:
        """ "X Spokesperson's Unit", "Press Service of X"."""
        word = self._office.search(text, start, end)
        if word is None:
            return None
        before = text[start : word.start()].strip()
        if before and _NAME.fullmatch(before) and _closes(text, word.end(), end):
            return Span.of(text, start, word.end()), Span.of(text, word.start(), word.end())
        name = _BY.match(text, word.end(), end) if not before else None
        named = _NAME.match(text, name.end(), end) if name is not None else None
        if named is None or not _closes(text, named.end(), end):
            return None
        return Span.of(text, start, named.end()), Span.of(text, word.start(), word.end())

    def _after_name(self, text: str, start: int, end: int) -> tuple[Span, Span] | None:
        """ "UKMTO WARNING 031", "JNIM statement"."""
        word = self._text.search(text, start, end)
        if word is None or not self._may_end(text, word, end):
            return None
        before = text[start : word.start()].rstrip()
        words = before.split()
        while len(words) > 1 and words[-1].lower() in self._qualities:
            words.pop()
        stop = start + len(before) if not words else text.find(words[-1], start) + len(words[-1])
        stop -= len(own[0]) if (own := _OWN.search(text[start:stop])) else 0
        speaks = self._speaks if word[0].lower() in self._plain else self._numbers
        return self._named(text, start, stop, word, speaks)

    def _beside(
        self, text: str, parts: Sequence[tuple[int, int]], names: Sequence[NameHit], end: int
    ) -> Heading | None:
        """A part that is a name alone, where another is what it issues: "X | Daily summary"."""
        word = next((w for p in parts if (w := self._text.search(text, *p)) and self._heads(text, p, w)), None)
        if word is None:
            return None
        for start, stop in parts:
            name = _NAME.fullmatch(text, start, stop)
            if name is not None and (self._speaks(name[0]) or _is_body(names, start, stop)):
                return Heading(Span.of(text, start, stop), Span.of(text, word.start(), word.end()), end)
        return None

    def _named(
        self, text: str, start: int, stop: int, word: re.Match[str], speaks: Callable[[str], bool]
    ) -> tuple[Span, Span] | None:
        name = text[start:stop]
        if not name or not _NAME.fullmatch(name) or not speaks(name):
            return None
        return Span.of(text, start, stop), Span.of(text, word.start(), word.end())

    def _speaks(self, name: str) -> bool:
        """Tell whether a name is a teller's, also by the word before "of" or "for": "OBSERVATORY for Human Rights"."""
        return self._tells(name) or self._tells(_OF.split(name, maxsplit=1)[0])

    def _numbers(self, name: str) -> bool:
        """Tell whether a name may be that of a body by its capitals alone: "JMIC Advisory 009"."""
        return _CAPITALS.fullmatch(name) is not None or self._speaks(name)

    def _heads(self, text: str, part: tuple[int, int], word: re.Match[str]) -> bool:
        plain = word[0].lower() in self._plain or _NUMBERED.fullmatch(text, word.end(), part[1]) is not None
        return plain and self._is_quality(text[part[0] : word.start()])

    def _may_end(self, text: str, word: re.Match[str], end: int) -> bool:
        """Tell whether nothing but a number or a day follows, one of them where the word alone may be a headline's."""
        numbered = _NUMBERED.fullmatch(text, word.end(), end) is not None
        return numbered or (word[0].lower() in self._plain and not text[word.end() : end].strip())

    def _is_quality(self, words: str) -> bool:
        return all(w.lower().strip(":") in self._qualities for w in words.split())


def _either(words: Collection[str]) -> str:
    longest = sorted(words, key=lambda w: (-len(w), w))
    each = (re.escape(w).replace(r"\ ", r"\s+").replace("'", "['’]") for w in longest)
    return rf"(?<!\w)(?:{'|'.join(each)})(?!\w)"


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines that open a text before its first sentence."""
    start = count = 0
    while start < min(len(text), _REACH) and count < _LINES:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end].strip()
        if len(line) > _LONGEST or _PROSE.search(line) or end == len(text):
            return
        if line:
            count += 1
            yield text.index(line, start), text.index(line, start) + len(line)
        start = end + 1


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a line between bars and dashes, without what stands in brackets at the end of one."""
    for part in _PART.finditer(text, start, end):
        words = _BRACKET.sub("", part[0]).rstrip()
        lead = len(words) - len(words.lstrip())
        if words.strip():
            yield part.start() + lead, part.start() + len(words)


def _closes(text: str, at: int, end: int) -> bool:
    """Tell whether nothing follows a name but a day, a number, a comma with more of its title, or a subject."""
    rest = text[at:end].lstrip()
    return not rest or rest[0] in ",;(:" or _NUMBERED.fullmatch(text, at, end) is not None or rest.startswith("on ")


def _is_body(names: Iterable[NameHit], start: int, stop: int) -> bool:
    return any(h.sort == "actor" and h.start <= start + len("the ") and h.end == stop for h in names)
