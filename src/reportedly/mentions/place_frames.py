"""Words around a place name: `near X`, `40 km north of X`, `between X and Y`, `the village of X`, `X province`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from reportedly.knowledge.place_words import Level, PlaceWords
from reportedly.model.quick import quick

Frame = Literal["in", "near", "offset", "between", "border", "outskirts"]
REACH = 90
"""Characters before a name that its frame is read from."""
_ARTICLE = re.compile(r"(?:\bthe|\ba|\ban)\s*$", re.IGNORECASE)
_APPOSITION = re.compile(
    r", (?:a|an|the)(?: [\w'’-]+){0,3}? (?P<noun>[a-z]+)"
    r"(?= (?:in|on|near|of|at|about|some|that|which|where|just|close|outside|north|south|east|west|\d)|[,.;])"
)
_AFTER = re.compile(r"[ \-]([A-Za-z][a-z\-]+)(?: ([a-z]+))?")
_INTRODUCED = re.compile(r"\b(?P<noun>[a-z]+)(?:,? (?:called|named|known as|including|like|such as)|:) $")
_INTRODUCING = (" called ", " named ", " known as ", " including ", " like ", " such as ", ": ")
_ARTICLES = frozenset({"the", "its", "their"})
_NOUN_ENDINGS = ("ion", "er", "ers", "ment")  # "the minister X", "the commander X": no adjectives
_BORDER_BEFORE = re.compile(
    r"\bborders?(?: (?:area|region|town|crossing|post|zone)s?)?(?: (?:with|between|of|near|to|into))*(?: \S+ and)? $",
    re.I,
)
_BORDER_AFTER = re.compile(r"(?:['’]s)?(?:[ \-–/][A-Z]\w+(?: [A-Z]\w+)?)?(?: \w+ern)? (?:border|frontier)\b")


@quick
@dataclass(frozen=True, slots=True)
class Around:
    """What the words around a name say: the frame, distance and bearing, the generic noun and its level."""

    frame: Frame = "in"
    distance_km: float | None = None
    bearing: float | None = None
    generic: str | None = None
    level: Level | None = None
    of_generic: bool = False
    locative: bool = False
    before: str = ""


def gutturals(text: str, start: int) -> int:
    """How many signs of Arabic names, no quotation marks, stand before a name: one in "the town of ‘Ayn"."""
    return int(start > 0 and text[start - 1] in "‘ʿ`" and text[start] in "AEIOU")


def read_around(text: str, floor: int, start: int, end: int, words: PlaceWords) -> Around:
    """Read the words before `start` (not beyond `floor`) and after `end`."""
    left = text[max(floor, start - REACH) : start - gutturals(text, start)]
    left = _ARTICLE.sub("", left) if left[-4:].lower().endswith("the ") else left
    generic, left, of_generic = _generic_before(left, words)
    if generic is None:
        generic, of_generic = _introduced(left, words)
    if generic is None:
        left = _without_adjectives(left, words)
    level = words.generic.get(generic or "")
    if generic is None:
        generic, level = _generic_after(text, end, words)
    frame, distance, bearing = _frame(left, words)
    if frame in ("in", "between") and _at_border(text, left, end):
        frame = "border"
    before = left.rstrip()[-14:].rpartition(" ")[2].lower()
    locative = before in words.locative or frame in ("near", "offset", "outskirts")
    return Around(frame, distance, bearing, generic, level, of_generic, locative, before)


def _at_border(text: str, left: str, end: int) -> bool:
    before = "border" in left.lower() and _BORDER_BEFORE.search(left)
    return bool(before) or _BORDER_AFTER.match(text, end) is not None


def _generic_before(left: str, words: PlaceWords) -> tuple[str | None, str, bool]:
    """Read `the village of ` or `village `; give the noun, what stands before it, and whether `of` stood there."""
    bare = left.rstrip()
    of = bare.endswith(" of")
    tail = bare[:-3] if of else bare
    last = tail[-20:].split()[-1:] if tail and tail[-1].isalpha() else []
    noun = last[0].lower() if last else ""
    if noun not in words.generic or (not of and words.generic[noun] != "point"):
        return None, left, False
    rest = tail[: len(tail) - len(noun)].rstrip()
    rest = re.sub(r"(?:^|\s)(?:the|a|an|[a-z]+(?:ern|al|an|ing|ged|ed|er|y))$", "", rest, flags=re.I)
    rest = _ARTICLE.sub("", rest).rstrip()
    return noun, rest + " ", of


def _introduced(left: str, words: PlaceWords) -> tuple[str | None, bool]:
    """Read `a village called `, `an area known as `, `four villages: `, `towns such as ` before a name."""
    found = _INTRODUCED.search(left) if left.endswith(_INTRODUCING) else None
    noun = found["noun"].lower() if found else None
    return (noun, True) if noun in words.generic and noun not in words.loose_generic else (None, False)


def _without_adjectives(left: str, words: PlaceWords) -> str:
    """The words before a name without a side, an adjective or who holds it: `in northern `, `at the strategic `."""
    head, _, last = left.rstrip().rpartition(" ")
    if last in words.parts or last.endswith(words.holding):
        return _ARTICLE.sub("", f"{head} ")
    described = len(last) > 3 and last.islower() and not last.endswith(_NOUN_ENDINGS)
    before, _, article = head.rpartition(" ")
    return f"{before} " if described and article in _ARTICLES else left


def _generic_after(text: str, end: int, words: PlaceWords) -> tuple[str | None, Level | None]:
    found = _AFTER.match(text, end)
    if found is None:
        return _apposed(text, end, words)
    both = f"{found[1]} {found[2]}".lower() if found[2] else ""
    for noun in (both, found[1].lower()):
        if noun in words.generic:
            return noun, words.generic[noun]
    return None, None


def _apposed(text: str, end: int, words: PlaceWords) -> tuple[str | None, Level | None]:
    """Read the noun of `Tinzaouatene, a rural town on the border`."""
    found = _APPOSITION.match(text, end) if text.startswith((", a", ", the"), end) else None
    if found is None or words.generic.get(found["noun"]) != "point" or found["noun"] in words.loose_generic:
        return None, None
    return found["noun"], "point"


def _frame(left: str, words: PlaceWords) -> tuple[Frame, float | None, float | None]:
    low = left.rstrip().lower()
    last = low[-16:].rpartition(" ")[2]
    if last in ("of", "from"):
        offset = words.offset.search(low)
        if offset is not None and (offset["side"] or offset["number"]):
            distance, bearing = _distance(offset, words), _bearing(offset["side"], words)
            return ("offset" if distance is not None else "near"), distance, bearing
        if low.endswith(words.outskirts):
            return "outskirts", None, None
    if low.endswith(words.near) and _whole(low, words):
        return "near", None, None
    return ("between", None, None) if last in words.between else ("in", None, None)


def _whole(low: str, words: PlaceWords) -> bool:
    return any(low.endswith(w) and not low[: -len(w)][-1:].isalpha() for w in words.near)


def _distance(found: re.Match[str], words: PlaceWords) -> float | None:
    if not found["number"]:
        return None
    raw = found["number"].replace(",", "").rstrip(".")
    try:
        value = float(raw)
    except ValueError:
        parts = [words.numbers[p] for p in re.split(r"[ -]", found["number"])]
        value = float(parts[0] * parts[1] if len(parts) == 2 and parts[1] >= 12 and parts[0] < 13 else sum(parts))
    return round(value * words.units[found["unit"]], 1)


def _bearing(side: str | None, words: PlaceWords) -> float | None:
    return words.bearings.get(re.sub(r"[- ]", "", side)) if side else None
