"""Room 3, quotations: find the quoted stretches of a text, and give those without a cue of their own their speaker.

Doors: `find_quotations(text, paragraphs)`, over sentence borders within a paragraph; and, after the tellings of all
sentences are read, `carry_speakers(sentences, quotations, text)`: "They came. They killed six," the elder said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportedly.model import Paragraph, Span
from reportedly.model.quick import replace
from reportedly.model.reading import Sentence, Telling

_CLOSE = "”»"
_BEFORE_QUOTED = ': "“«„'  # a colon, and what may stand between it and the words quoted
_MARK = re.compile(r"[“”«»„\"]")
_LONGEST = 3000
_SHORTEST = 12  # code points; what is shorter is a quoted word, not speech
_BETWEEN = re.compile(r"[\s\"“”«»„.,;:–—-]*")


def find_quotations(text: str, paragraphs: Sequence[Paragraph]) -> tuple[Span, ...]:
    """Return the quoted stretches, marks left out, in text order. An unclosed quote ends with its paragraph."""
    found: list[Span] = []
    for paragraph in paragraphs:
        found += _quotes_in(text, paragraph.start, paragraph.end)
    return tuple(found)


def _quotes_in(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    opened: int | None = None
    for match in _MARK.finditer(text, start, end):
        at, mark = match.start(), match.group()
        closes = mark in _CLOSE or (mark == '"' and opened is not None)
        if opened is None and mark not in _CLOSE:
            opened = at + 1
        elif opened is not None and closes:
            if 0 < at - opened <= _LONGEST:
                found.append(Span.of(text, opened, at))
            opened = None
    if opened is not None and 0 < end - opened <= _LONGEST:
        found.append(Span.of(text, opened, end))
    return found


# ------------------------------------------------------------------------------------------- speakers of quotations


@dataclass(frozen=True, slots=True)
class _Owned:
    """A quotation with the telling that owns it, and where the sentence with its cue ends."""

    quotation: Span
    telling: Telling
    cue_end: int
    paragraph: int


def carry_speakers(sentences: Sequence[Sentence], quotations: Sequence[Span], text: str) -> tuple[Sentence, ...]:
    """Return the sentences with a telling for every quoted stretch whose speaker another sentence names."""
    speech = [q for q in quotations if q.end - q.start >= _SHORTEST]
    if not speech or not sentences:
        return tuple(sentences)
    owners: dict[int, _Owned] = {}
    before: _Owned | None = None
    for quotation in speech:
        owned = _owner(quotation, sentences, text) or _continued(quotation, before, sentences, text)
        if owned is not None:
            owners[quotation.start] = owned
        before = owned
    owned_by = list(owners.values())
    return tuple(_with_carried(s, owned_by, text) for s in sentences) if owned_by else tuple(sentences)


def _owner(quotation: Span, sentences: Iterable[Sentence], text: str) -> _Owned | None:
    """The telling that has words of the quotation as content, from a sentence that the quotation reaches into."""
    for sentence in _near(sentences, quotation):
        for telling in sentence.tellings:
            outside = not quotation.start <= telling.cue.start < quotation.end
            if telling.named and outside and any(_overlap(c, quotation) for c in telling.content):
                return _Owned(quotation, telling, sentence.tree.end, sentence.paragraph)
    return _announced(quotation, sentences, text) or _followed(quotation, sentences, text)


def _near(sentences: Iterable[Sentence], quotation: Span) -> list[Sentence]:
    return [s for s in sentences if s.tree.start < quotation.end + 2 and quotation.start - 2 < s.tree.end]


def _announced(quotation: Span, sentences: Iterable[Sentence], text: str) -> _Owned | None:
    """A quotation after a sentence that ends in a colon: "The elder told reporters: ..."."""
    for sentence in sentences:
        end = sentence.tree.end
        if end > quotation.start or text[end - 1] not in _BEFORE_QUOTED:
            continue
        if text[end - 1 : quotation.start].strip(_BEFORE_QUOTED[1:]) == ":":
            named = [t for t in sentence.tellings if t.named]
            if named:
                return _Owned(quotation, named[0], sentence.tree.end, sentence.paragraph)
    return None


def _followed(quotation: Span, sentences: Iterable[Sentence], text: str) -> _Owned | None:
    """A quotation before a sentence that opens with the speaker: ""They burned it." Mariam, 32, said she fled."."""
    reach = len(text) - len(text[quotation.end :].lstrip(' "”»'))
    for sentence in sentences:
        start = sentence.tree.start
        if not quotation.end <= start <= reach:
            continue
        for telling in sentence.tellings:
            if telling.named and any(s.start - start <= 6 for s in telling.source):
                return _Owned(quotation, telling, sentence.tree.end, sentence.paragraph)
    return None


def _continued(quotation: Span, before: _Owned | None, sentences: Iterable[Sentence], text: str) -> _Owned | None:
    """A quotation right behind the sentence that named the speaker of the one before: ""...," she said. "..."."""
    if before is None:
        return None
    gap_from = max(before.cue_end, before.quotation.end)
    near = _BETWEEN.fullmatch(text, gap_from, quotation.start) is not None if gap_from <= quotation.start else True
    same = any(s.paragraph == before.paragraph for s in _near(sentences, quotation))
    if near and same:
        return replace(before, quotation=quotation)
    return None


def _with_carried(sentence: Sentence, owners: Sequence[_Owned], text: str) -> Sentence:
    """The sentence with a telling for each quoted stretch in it that nobody owns yet."""
    added: list[Telling] = []
    first, last = sentence.tree.start, sentence.tree.end
    for owned in owners:
        start, end = max(owned.quotation.start, first), min(owned.quotation.end, last)
        if end - start < 2 or any(t.cue == owned.telling.cue for t in sentence.tellings):
            continue
        span = Span.of(text, start, end)
        if any(t.named and any(c.covers(span) for c in t.content) for t in sentence.tellings):
            continue
        added.append(_carried(owned.telling, span))
    if not added:
        return sentence
    tellings = sorted((*added, *sentence.tellings), key=lambda t: -sum(c.end - c.start for c in t.content))
    return replace(sentence, tellings=tuple(tellings))


def _carried(telling: Telling, content: Span) -> Telling:
    """The same telling for words of another sentence: its heads are tokens of another tree and are left out."""
    heads = replace(telling, speaker_head=None, cue_head=None, culprit=None, responsibility=None)
    return replace(heads, content=(content,), quoted=True)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
