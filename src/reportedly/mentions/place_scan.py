"""Scans text for words that the gazetteer knows: tokens, runs of capitalised words, longest matches. No judgement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from reportedly.knowledge.gazetteer import Candidate, Gazetteer
from reportedly.knowledge.place_keys import acronym_key, place_key
from reportedly.knowledge.place_words import PlaceWords
from reportedly.mentions.place_frames import gutturals
from reportedly.model import Segment
from reportedly.model.quick import quick

Mode = Literal["mixed", "upper", "lower"]
LONGEST = 6
"""Words in the longest name that is tried."""
LONGEST_UNCASED = 4
SHORT = 3
"""Letters of the longest word that keys of names spell in one way for all (`ar`, `ash`: `al`)."""
# Accents may be marks of their own behind their letter (decomposed Unicode, as files and PDF of some systems have it).
_LETTERS = r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*"
_WORD = re.compile(rf"(?:[A-Z]\.){{2,}}|{_LETTERS}(?:(?:[\-‑]?['’ʼ‘`]|[\-‑]){_LETTERS})*")
_POSSESSIVE = ("'s", "’s", "'S", "’S")
# "UPDATE 2-Sudan rebels take town": agencies number their headlines.
_NUMBERED = re.compile(r"\d{1,2}-(?=[A-ZÀ-Þ][^\W\d_])")
_LOWER_START = re.compile(r"(?:[dl]|[aeu][a-z]{1,2})(?:['’]|[\-‑]['’ʼ‘`]?)[^\W\d_]")
_PART = re.compile(r"[^\-‑]+")
_ABBREVIATED = frozenset({"st", "ste", "mt", "ft"})


_Openers = tuple[frozenset[str], ...]


class Token(NamedTuple):
    """A word: its place in the text, its lower-case form, and whether it looks like a part of a name."""

    start: int
    end: int
    low: str
    capital: bool
    possessive: bool
    first: bool


@quick
@dataclass(frozen=True, slots=True)
class Hit:
    """Tokens `first` to `last` (inclusive) that the gazetteer knows under `key`."""

    first: int
    last: int
    start: int
    end: int
    key: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Scan:
    """The tokens of a text, its runs of name-like words as (first, last) token, and what the gazetteer knows."""

    text: str
    mode: Mode
    tokens: list[Token]
    runs: list[tuple[int, int]]
    hits: list[Hit]
    demonyms: list[tuple[int, str]]
    ends: list[int]


class _Gram(NamedTuple):
    """Words that may be a name; `part` of a hyphenated word, an end of a `road`."""

    first: int
    last: int
    start: int
    end: int
    keys: tuple[str, ...]
    part: bool = False
    road: bool = False


def scan_text(text: str, segments: Sequence[Segment], gazetteer: Gazetteer, words: PlaceWords) -> Scan:
    """Find the names that the gazetteer knows, longest first, within each segment."""
    mode = letter_case(text)
    tokens: list[Token] = []
    ends: list[int] = []
    for start, end in [(s.start, s.end) for s in segments] or [(0, len(text))]:
        tokens.extend(_tokens(text, start, end, mode))
        ends.append(len(tokens))
    runs = list(_runs(text, tokens, ends, words)) if mode == "mixed" else list(_stretches(tokens, ends, words))
    longest = LONGEST if mode == "mixed" else LONGEST_UNCASED
    openers = _openers(gazetteer, words) if mode != "mixed" else ()
    grams = [list(_grams(text, tokens, run, longest, openers, mode, words)) for run in runs]
    known = gazetteer.lookup_keys(key for some in grams for gram in some for key in gram.keys)
    telling = words.other_things.union(key for key, places in known.items() if places)
    live = ([gram for gram in some if not telling.isdisjoint(gram.keys)] for some in grams)
    hits = [hit for some in live for hit in _choose(some, known, words)]
    demonyms = list(_demonyms(tokens, gazetteer, words))
    return Scan(text, mode, tokens, runs, hits, demonyms, ends)


def letter_case(text: str) -> Mode:
    """Tell whether capitals in this text mean names (`mixed`), or all letters are `upper` or `lower` case."""
    sample = text[:4000]
    signs = set(sample)
    capitals = sum(sample.count(sign) for sign in signs if sign.isupper())
    letters = sum(sample.count(sign) for sign in signs if sign.isalpha()) or 1
    if capitals > 0.6 * letters and letters > 12:
        return "upper"
    return "lower" if capitals == 0 else "mixed"


def _tokens(text: str, start: int, end: int, mode: Mode) -> list[Token]:
    tokens: list[Token] = []
    mixed, make = mode == "mixed", tuple.__new__  # a token's own takes three times as long
    for found in _WORD.finditer(text, start, end):
        word, possessive = found[0], False
        begin, stop = found.span()
        if word.isalpha():
            capital = not mixed or word[0].isupper()
        else:
            possessive = word[-2:] in _POSSESSIVE
            if possessive:
                word, stop = word[:-2], stop - 2
            if mixed and (number := _NUMBERED.match(word)):
                word, begin = word[number.end() :], begin + number.end()
            capital = word[0].isupper() or _lower_start(word) if mixed else not word[0].isdigit()
        tokens.append(make(Token, (begin, stop, word.lower(), capital, possessive, not tokens)))
    return tokens


def _lower_start(word: str) -> bool:
    found = _LOWER_START.match(word)
    return found is not None and found[0][-1].isupper()


def _runs(text: str, tokens: list[Token], ends: list[int], words: PlaceWords) -> Iterator[tuple[int, int]]:
    """Yield runs of capitalised words, small words such as `of` and `de la` between them included."""
    begin = 0
    for stop in ends:
        at = begin
        while at < stop:
            if tokens[at].capital:
                last = _run_end(text, tokens, at, stop, words)
                yield at, last
                at = last
            at += 1
        begin = stop


def _run_end(text: str, tokens: list[Token], at: int, stop: int, words: PlaceWords) -> int:
    last = at
    nxt = at + 1
    while nxt < stop and nxt - last <= 3 and _joined(text, tokens[nxt - 1], tokens[nxt]):
        if tokens[nxt].capital:
            last = nxt
        elif tokens[nxt].low not in words.connectors:
            break
        nxt += 1
    return last


def _joined(text: str, left: Token, right: Token) -> bool:
    gap = text[left.end : right.start]
    if left.possessive:
        return False
    if gap[1:] and gutturals(text, right.start):
        gap = gap[:-1]
    return gap == " " or (gap == ". " and left.low in _ABBREVIATED) or (not gap.strip() and "\n\n" not in gap)


def _stretches(tokens: list[Token], ends: list[int], words: PlaceWords) -> Iterator[tuple[int, int]]:
    """In text without meaningful capitals every segment is one run; the grams leave out function words."""
    begin = 0
    for stop in ends:
        if stop > begin:
            yield begin, stop - 1
        begin = stop


def _openers(gazetteer: Gazetteer, words: PlaceWords) -> _Openers:
    """The words that open a known name of several words."""
    return gazetteer.openers, frozenset(thing.split()[0] for thing in words.other_things)


def _grams(
    text: str,
    tokens: list[Token],
    run: tuple[int, int],
    longest: int,
    openers: _Openers,
    mode: Mode,
    words: PlaceWords,
) -> Iterator[_Gram]:
    for first in range(run[0], run[1] + 1):
        head = tokens[first]
        if not head.capital or (mode != "mixed" and not _may_start(head, words)):
            continue
        farthest = min(first + longest - 1, run[1])
        if mode != "mixed":
            farthest = _reach(text, tokens, first, farthest) if _may_open(head, openers) else first
        for last in range(farthest, first - 1, -1):
            tail = tokens[last]
            if not tail.capital:
                continue
            keys = _keys(text[head.start : tail.end], first == last, head, mode, words)
            kind = _kind_behind(tokens, last, words) if mode == "mixed" else None
            if kind is not None:
                keys = (f"{place_key(text[head.start : tail.end])} {kind}", *keys)
            if keys:
                yield _Gram(first, last, head.start, tail.end, keys)
        if "-" in head.low:
            road = first + 1 < len(tokens) and tokens[first + 1].low in words.roads
            yield from _parts(text, first, head, road=road)


def _kind_behind(tokens: list[Token], last: int, words: PlaceWords) -> str | None:
    """The kind that a name is said to be: the "North-West REGION", the "North-West and Littoral REGIONS"."""
    here = last + 1
    if here >= len(tokens) or tokens[here].capital:
        return None
    if tokens[here].low == "and":
        here = next((n for n in range(here + 1, min(here + 5, len(tokens))) if not tokens[n].capital), here)
    low = tokens[here].low
    if low == "local":
        return "lga"  # "the Logo and Guma LOCAL government areas"
    kind = low.removesuffix("s")  # each of "the Est and Centre-Nord REGIONS" is a region
    return kind if kind in words.generic else None


def _may_start(token: Token, words: PlaceWords) -> bool:
    low = token.low
    long = len(low) > 2 or low in words.connectors
    return long and low not in words.not_places and low not in words.locative and low not in words.motion


def _may_open(token: Token, openers: _Openers) -> bool:
    """Tell whether a name of several words may begin here. Short words (articles, "St") are levelled in names."""
    low = token.low
    plain = len(low) > SHORT and low.isascii() and low.isalpha()
    return not plain or any(low in some for some in openers)


def _reach(text: str, tokens: list[Token], first: int, farthest: int) -> int:
    """The last token that follows the first without a break."""
    last = first
    while last < farthest and _joined(text, tokens[last], tokens[last + 1]):
        last += 1
    return last


def _keys(surface: str, single: bool, head: Token, mode: Mode, words: PlaceWords) -> tuple[str, ...]:
    if single:
        if mode != "lower":
            short = acronym_key(surface)
            if short is not None and ("." in surface or (mode == "mixed" and len(short) < 5)):
                return (short,)
            if short is not None:
                return (short, place_key(surface))
        if head.low in words.not_places or len(surface) < 2:
            return ()
    return (place_key(surface),)


def _parts(text: str, at: int, token: Token, *, road: bool) -> Iterator[_Gram]:
    """Yield the capitalised parts of `Kyiv-based`, `US-led`, `Mali-Niger` for when the whole is not known; `road`: they
    are its ends ("the Gao-Ansongo road")."""
    word = text[token.start : token.end]
    if _lower_start(word) or word[:3].lower() in ("al-", "el-"):
        return
    for found in _PART.finditer(word):
        part = found[0]
        if part[:1].isupper() and len(part) > 1:
            keys = (acronym_key(part) or place_key(part),)
            yield _Gram(at, at, token.start + found.start(), token.start + found.end(), keys, True, road)


def _choose(grams: list[_Gram], known: dict[str, tuple[Candidate, ...]], words: PlaceWords) -> Iterator[Hit]:
    """Take the longest known name from the left, then go on behind it."""
    done = -1
    for gram in grams:
        if gram.start < done:
            continue
        key = next((key for key in gram.keys if known[key]), None)
        if gram.part and key is not None and not gram.road and not _famous(known[key][0]):
            continue
        if any(k in words.other_things for k in gram.keys) and (key is None or key in words.other_things):
            done = gram.end
        elif key is not None:
            done = gram.end
            yield Hit(gram.first, gram.last, gram.start, gram.end, key, known[key])


def _demonyms(tokens: list[Token], gazetteer: Gazetteer, words: PlaceWords) -> Iterator[tuple[int, str]]:
    known = gazetteer.demonyms
    for n, token in enumerate(tokens):
        if token.capital:
            pair = f"{tokens[n - 1].low} {token.low}" if n else token.low
            iso = None if pair in words.continental else known.get(token.low) or known.get(pair)
            if iso:
                yield n, iso


def _famous(place: Candidate) -> bool:
    """Only places that everybody knows are read out of hyphenated words (`Kyiv-based`, but not `Wal-Mart`)."""
    return place.feature in ("country", "capital") or (place.match == "name" and place.population > 500_000)
