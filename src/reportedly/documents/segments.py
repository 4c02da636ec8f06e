"""Room 2, documents: paragraphs, sentences and clauses as spans over the text as given.

Door: `segment(text)`. Every character that is not white space lies in exactly one segment. Newlines inside a
hard-wrapped paragraph are soft; a clause is cut at a semicolon outside quotations and brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from reportedly.documents.wordlists import SentenceWords, sentence_words
from reportedly.knowledge.page_marks import PAGE_MARK
from reportedly.model.document import Paragraph, Segment

MAX_SENTENCE = 3000
"""Longest sentence in characters: beyond it the text has no sentence ends (tables, dumps) and is cut at a space, so
that no later step meets a sentence of megabytes."""

_BREAK = re.compile(r"\r\n|[\n\r\v\x85\u2028]|\u2029")
_LINE = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_BULLET = re.compile(r"[ \t]*(?:[-*•·▪◦‣–—●■►]|\(?\d{1,2}[.)]|\(?[a-z]\))[ \t]+\S")
_TERMINAL = re.compile(r"[.!?…:。！？؟۔।][\"'”’»)\]]*$")
_LAST_WORD = re.compile(r"(?<!\w)[a-z]+$")
_ANY_TERMINAL = re.compile(
    # the mark itself first, by which the engine finds the few places quickly
    r"[.!?…。！？｡؟۔।](?:"
    r"(?<=[.!?…])[.!?…]*[\"'”’»)\]*]*(?=\s|$)"
    r"|(?<=[。！？｡])[。！？｡]*[”’」』）]*|(?<=[؟۔।])[؟۔।]*[\"”’»)]*"
    r"|(?<=[a-z]{3}\.)[\"”’]?(?=[A-Z\"“][a-z“A-Z]))"
)
_LAST_TOKEN = re.compile(r"[^\s\"“”‘(\[«—–]+$")
_NEXT_WORD = re.compile(r"[\"'“‘«(\[\s*–—-]*(\w[\w’']*(?:\.\w+)*)")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]$")
_NUMBERED = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})$")
_BRACKET_OR_DASH = re.compile(r"\s*[(–—-]")
_ANY_WORD = re.compile(r"\w")
_DASH = re.compile(r"\s*[-–—]")
_SEMICOLON = re.compile(r";(?=\s)")
_ENTITY = re.compile(r"&#?\w{1,8};$")
_SPOKEN = re.compile(r"\s*(?:[A-Z][\w’'.-]*\s+){1,4}([a-z]+)\s*(?:[.,:;]|$)")
_ROMAN = re.compile(r"[IVXLC]+\b")


@dataclass(frozen=True, slots=True)
class _Wrap:
    """How the lines of a text are laid out: wrapped at a fixed width, or each line for itself."""

    wrapped: bool
    width: int


def segment(text: str) -> tuple[tuple[Paragraph, ...], tuple[Segment, ...]]:
    """Return paragraphs, and the sentences and clauses within them, in text order.

    >>> _, parts = segment("Ten died in Gao. The army denied it; rebels did not.")
    >>> [(p.start, p.end, p.sentence) for p in parts]
    [(0, 16, 0), (17, 36, 1), (37, 52, 1)]
    """
    paragraphs = tuple(Paragraph(start, end) for start, end in split_paragraphs(text))
    words = sentence_words()
    caseless = _caseless(text)
    segments: list[Segment] = []
    sentence = 0
    for number, paragraph in enumerate(paragraphs):
        for start, end in split_sentences(text, paragraph.start, paragraph.end, words, caseless):
            for left, right in _clauses(text, start, end):
                segments.append(Segment(left, right, sentence, number))
            sentence += 1
    return paragraphs, tuple(segments)


# Paragraphs ---------------------------------------------------------------------------------------------------------


def split_paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the spans of the paragraphs, white space trimmed."""
    lines = _lines(text)
    carried = _over_pages(text, lines) if PAGE_MARK.search(text) else frozenset()
    layout = _layout(text, lines)
    spans: list[tuple[int, int]] = []
    previous: tuple[int, int] | None = None
    for line in lines:
        if previous is not None and (line in carried or _same_paragraph(text, previous, line, layout)):
            spans[-1] = (spans[-1][0], line[1])
        else:
            spans.append(line)
        previous = line
    return spans


def _over_pages(text: str, lines: list[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    """The lines that carry on over a page break what stands before it: page numbers, running heads, the next words."""
    carried: set[tuple[int, int]] = set()
    last: tuple[int, int] | None = None
    between: list[tuple[int, int]] = []
    for line in lines:
        if PAGE_MARK.fullmatch(text, *line):
            between.append(line)
            continue
        if last is not None and between and _runs_on(text, last, line):
            carried.update((*between, line))
        last, between = line, []
    return frozenset(carried)


def _runs_on(text: str, line: tuple[int, int], following: tuple[int, int]) -> bool:
    """Tell whether a line breaks off amid a sentence that the following one goes on with."""
    if _TERMINAL.search(text, max(line[0], line[1] - 4), line[1]) is not None:
        return False
    if text[following[0]].islower() or text[line[1] - 1] == ",":
        return True
    last = _LAST_WORD.search(text, max(line[0], line[1] - 12), line[1])
    return last is not None and last.group() in sentence_words().open_ends


def _lines(text: str) -> list[tuple[int, int]]:
    """Return the spans of the lines that are not blank, trimmed."""
    found = []
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if stripped:
            start = match.start() + len(line) - len(line.lstrip())
            found.append((start, start + len(stripped)))
    return found


def _layout(text: str, lines: list[tuple[int, int]]) -> _Wrap:
    """Judge from the lines that follow one another directly whether the text is wrapped at a fixed width."""
    pairs = [(a, b) for a, b in pairwise(lines) if not _blank_between(text, a[1], b[0])]
    if not pairs:
        return _Wrap(False, 0)
    lengths = sorted(a[1] - a[0] for a, _ in pairs)
    width = lengths[min(len(lengths) - 1, int(len(lengths) * 0.95))]
    if width > 140 or width < 20:
        return _Wrap(False, width)
    open_ended = [b for a, b in pairs if not _TERMINAL.search(text, max(a[0], a[1] - 4), a[1])]
    running = sum(1 for b in open_ended if text[b[0]].islower() or text[b[0]].isdigit())
    lower_case = running >= 0.3 * len(pairs)
    # in capitals throughout the first letters tell nothing, only that nearly all lines are filled
    filled = sum(1 for a, _ in pairs if a[1] - a[0] >= 0.78 * width)
    capitals = not lower_case and width >= 50 and filled >= 0.85 * len(pairs) and text[:5000].upper() == text[:5000]
    return _Wrap(lower_case or capitals, width)


def _full(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Tell whether the first word of the following line would not have fitted on this one."""
    first = text[following[0] : min(following[1], following[0] + 40)].split(None, 1)[0]
    return line[1] - line[0] + 1 + len(first) > width - 4


def _blank_between(text: str, start: int, end: int) -> bool:
    """Tell whether a blank line stands between two lines; a page break alone is none."""
    return len(_BREAK.findall(text, start, end)) > 1


def _same_paragraph(text: str, line: tuple[int, int], following: tuple[int, int], layout: _Wrap) -> bool:
    if _blank_between(text, line[1], following[0]):
        return False
    ended = _TERMINAL.search(text, max(line[0], line[1] - 4), line[1]) is not None
    if _BULLET.match(text, following[0], following[1]) and (ended or _BULLET.match(text, line[0], line[1])):
        return False
    if not layout.wrapped:
        return _runs_on(text, line, following)
    if ended:
        indented = _indent(text, following[0]) >= 2 and _indent(text, line[0]) == 0
        return not indented and _full(text, line, following, layout.width)
    return text[following[0]].islower() or line[1] - line[0] > 0.6 * layout.width


def _indent(text: str, start: int) -> int:
    """Count the blanks that open a line."""
    left = start
    while left > 0 and text[left - 1] in " \t":
        left -= 1
    return start - left


# Sentences ----------------------------------------------------------------------------------------------------------


def _caseless(text: str) -> bool:
    """Tell whether letter case says nothing about sentences here (all lower case)."""
    sample = text[:20_000]
    upper = sum(sample.count(sign) for sign in set(sample) if sign.isupper())
    if upper >= 0.002 * len(sample):
        return False
    return upper < 0.002 * sum(map(str.islower, sample))


def split_sentences(
    text: str, start: int, end: int, words: SentenceWords, caseless: bool = False
) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences of one paragraph, white space trimmed."""
    left = start
    for match in _ANY_TERMINAL.finditer(text, start, end):
        cut = match.end()
        if cut >= end or (cut - left > 1 and _ends(text, left, match.start(), cut, end, words, caseless)):
            yield from _trimmed(text, left, cut)
            left = cut
    if left < end:
        yield from _trimmed(text, left, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span without white space at its ends, in pieces when no sentence can be that long."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > MAX_SENTENCE:
        space = max(text.rfind(mark, start, start + MAX_SENTENCE) for mark in (" ", "\n", "\t"))
        cut = space if space > start else start + MAX_SENTENCE
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _ends(text: str, left: int, stop: int, cut: int, end: int, words: SentenceWords, caseless: bool) -> bool:
    """Decide whether the full stop (or other mark) at `stop`, closers up to `cut`, ends the sentence from `left`."""
    mark = text[stop]
    if mark in "。！？｡؟۔।":
        return True
    following = _NEXT_WORD.match(text, cut, min(end, cut + 60))
    if following is None:
        # signs without a word (a detached quotation mark, a dash) stay with the sentence before them
        return _ANY_WORD.search(text, cut, min(end, cut + 60)) is not None and not _inside_bracket(text, left, cut, end)
    after = following.group(1)
    first = after[0]
    if first.islower() and not caseless:
        return False
    if _inside_bracket(text, left, cut, end):
        return False
    if mark in "!?":
        return not _speaker_follows(text, stop, cut, end, words)
    if mark == "…" or text.startswith("..", stop):
        return not first.isdigit()
    if cut - stop > 1 and text[cut - 1] in '"”’»)':
        return not _abbreviated(text, left, stop, after, words) or after.casefold() in words.openers
    return not _abbreviated(text, left, stop, after, words)


def _abbreviated(text: str, left: int, stop: int, after: str, words: SentenceWords) -> bool:
    """Tell whether the full stop belongs to the word before it and the sentence goes on."""
    token_match = _LAST_TOKEN.search(text, max(left, stop - 24), stop)
    if token_match is None:
        return False
    token = token_match.group()
    if stop - len(token) <= left and _NUMBERED.match(token):
        return True  # "1. The", "(b. The": the number of a list
    low, next_low = token.casefold(), after.casefold()
    if low in words.before_name or low in words.never:
        return True
    if low in words.before_number:
        return after[0].isdigit() or _ROMAN.fullmatch(after) is not None
    if low in words.clock and (len(low) > 2 or text[max(0, stop - 4)].isdigit() or text[stop - 3].isspace()):
        goes_on = next_low in words.days_and_zones or after[0].isdigit()
        return goes_on or _BRACKET_OR_DASH.match(text, stop + 1) is not None
    # "PARIS, Mo. — A man": a dash after an abbreviation carries the sentence on
    opener = next_low in words.openers and not _DASH.match(text, stop + 1)
    if low in words.may_end:
        return not opener
    if len(token) == 1 and token.isalpha() and token.isupper():
        return not opener or next_low == "a"
    return _DOTTED.match(token) is not None and not opener


def _speaker_follows(text: str, stop: int, cut: int, end: int, words: SentenceWords) -> bool:
    """Tell whether a quoted question or cry goes on with its speaker: “Why?” Ahmed asked."""
    if text[cut - 1] not in "\"”’»'" or cut - stop < 2:
        return False
    spoken = _SPOKEN.match(text, cut, min(end, cut + 80))
    return spoken is not None and spoken.group(1) in words.speech


def _inside_bracket(text: str, left: int, cut: int, end: int) -> bool:
    """Tell whether the place lies in an open bracket that closes soon after."""
    opened = text.rfind("(", left, cut)
    if opened < 0 or text.rfind(")", opened, cut) >= 0:
        return False
    closed = text.find(")", cut, min(end, cut + 240))
    return closed >= 0 and text.find("(", cut, closed) < 0


# Clauses ------------------------------------------------------------------------------------------------------------


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a sentence, cut at semicolons that stand outside quotations and brackets."""
    left = start
    if text.find(";", start, end) >= 0:
        for match in _SEMICOLON.finditer(text, start, end):
            if _divides(text, start, match.start(), end):
                yield from _trimmed(text, left, match.end())
                left = match.end()
    yield from _trimmed(text, left, end)


def _divides(text: str, start: int, at: int, end: int) -> bool:
    """Tell whether a semicolon parts two clauses of the sentence."""
    before = text[start:at]
    if before.count("(") > before.count(")") and text.find(")", at, end) >= 0:
        return False
    if before.count("“") > before.count("”") and text.find("”", at, end) >= 0:
        return False
    if before.count('"') % 2 == 1 and text.find('"', at, end) >= 0:
        return False
    return _ENTITY.search(text, max(start, at - 9), at + 1) is None
