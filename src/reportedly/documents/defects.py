"""Room 2, documents: faults of a text as received, found and reported, never repaired.

Repeated and near-repeated paragraphs, boilerplate and preview footers, an order that cannot be the original one. The
result is the same paragraphs with their kinds; offsets never move.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reportedly.documents.wordlists import Boilerplate, BoilerplateRule, boilerplate
from reportedly.documents.words import count_words, words_of
from reportedly.model.document import Defect, Paragraph, PreviewNote

SHINGLE = 5
NEAR = 0.9
_MIN_REPEAT_WORDS = 5
_MIN_CONTAINED_WORDS = 12
_MAX_POSTINGS = 24
"""Paragraphs that may share one run of words before it stops counting as evidence (formulas, table rows)."""
_TERMINAL = re.compile(r"[.!?…:;。！？؟۔।][\"'”’»)\]]*$")
_CUT_OFF = re.compile(r"(?:\[?(?:…|\.{3})\]?|\[\+?\d+ (?:more )?(?:chars|characters|words)\])[\s\"”]*$")


@dataclass(frozen=True, slots=True)
class Examined:
    """Paragraphs with their kinds, the defects found, and what the page says about showing only a part."""

    paragraphs: tuple[Paragraph, ...]
    defects: tuple[Defect, ...]
    preview: PreviewNote | None


def examine(text: str, paragraphs: Sequence[Paragraph], head: int = 0) -> Examined:
    """Return the paragraphs with kinds and all defects of their layout, in text order; up to `head` is no article."""
    rules = boilerplate()
    matched = [_HEAD if p.end <= head else _boilerplate(text, p, rules) for p in paragraphs]
    kinds: list[Paragraph] = [
        replace(p, kind="boilerplate") if hit is not None else p for p, hit in zip(paragraphs, matched, strict=True)
    ]
    defects = [
        Defect("boilerplate", p.start, p.end, note=hit[1]) for p, hit in zip(paragraphs, matched, strict=True) if hit
    ]
    repeats = _repeats(text, kinds)
    for number, (_, kind) in repeats.items():
        defects.append(_repeat_defect(kinds, number, repeats[number][0], kind))
        kinds[number] = replace(kinds[number], kind="repeat")
    _mark_headings(text, kinds)
    defects += _order(text, kinds, {n: first for n, (first, _) in repeats.items()}, rules)
    preview = _preview(kinds, matched)
    body = [p for p in kinds if p.kind == "body"]
    if body and _CUT_OFF.search(text, max(body[-1].start, body[-1].end - 40), body[-1].end):
        defects.append(Defect("truncated", body[-1].start, body[-1].end, note="the text breaks off"))
    return Examined(tuple(kinds), tuple(sorted(defects, key=lambda d: (d.start, d.end, d.kind))), preview)


# Boilerplate --------------------------------------------------------------------------------------------------------

_Hit = tuple[BoilerplateRule | None, str, re.Match[str] | None]
_HEAD: _Hit = (None, "what the file states about itself", None)


def _boilerplate(text: str, paragraph: Paragraph, rules: Boilerplate) -> _Hit | None:
    """Return the rule that a paragraph matches, its name and the match; None for the article's own words."""
    if paragraph.end - paragraph.start > 12 * rules.max_words:
        return None
    words = " ".join(text[paragraph.start : paragraph.end].split())
    if not any(map(str.isalnum, words)):
        return None, "no letter or digit", None
    if words.count(" ") >= rules.max_words:
        return None
    for rule in rules.rules if rules.any_rule.fullmatch(words) else ():
        if match := rule.pattern.fullmatch(words):
            return rule, rule.id, match
    return None


def _preview(paragraphs: Sequence[Paragraph], matched: Sequence[_Hit | None]) -> PreviewNote | None:
    """Read what the page states about a preview: a share anywhere, other marks only after the last body paragraph."""
    last = max((n for n, p in enumerate(paragraphs) if p.kind == "body"), default=-1)
    share: float | None = None
    publisher: str | None = None
    marked = False
    for number, hit in enumerate(matched):
        if hit is None or hit[0] is None or hit[2] is None or not hit[0].marks_preview:
            continue
        groups = hit[2].groupdict()
        if number < last and not groups.get("share"):
            continue
        marked = True
        if groups.get("share") and share is None:
            share = round(float(groups["share"]) / 100, 4)
        publisher = publisher or _named(groups.get("publisher"))
    return PreviewNote(share or None, publisher) if marked else None


def _named(words: str | None) -> str | None:
    """Return a publisher's name from a footer; names begin with a capital ("page 4" is none)."""
    name = (words or "").strip().removeprefix("the ")
    return name if name[:1].isupper() else None


def _mark_headings(text: str, paragraphs: list[Paragraph]) -> None:
    """Mark short lines without a full stop that stand before a paragraph with sentences."""
    for number, (here, after) in enumerate(pairwise(paragraphs)):
        if here.kind != "body" or after.kind != "body" or here.end - here.start > 120:
            continue
        if _TERMINAL.search(text, max(here.start, here.end - 3), here.end) or "\n" in text[here.start : here.end]:
            continue
        long_after = after.end - after.start > 160 or _TERMINAL.search(text, max(after.start, after.end - 3), after.end)
        if long_after and count_words(text[here.start : here.end]) <= 15:
            paragraphs[number] = replace(here, kind="heading")


# Repeats ------------------------------------------------------------------------------------------------------------


def _key(text: str) -> str:
    """Return a paragraph's words in one form: letters and digits alone, case folded."""
    return " ".join(words_of(unicodedata.normalize("NFKC", text).replace("’", "'").casefold()))


def _repeats(text: str, paragraphs: Sequence[Paragraph]) -> dict[int, tuple[int, str]]:
    """Return the numbers of repeated paragraphs with the number of the one they repeat and the kind of defect."""
    keys = {n: _key(text[p.start : p.end]) for n, p in enumerate(paragraphs) if p.kind == "body"}
    first: dict[str, int] = {}
    found: dict[int, tuple[int, str]] = {}
    short: dict[int, int] = {}
    for number, key in keys.items():
        if key not in first:
            first[key] = number
        elif key.count(" ") + 1 >= _MIN_REPEAT_WORDS or len(key) > 80:
            found[number] = (first[key], "repeated_paragraph")
        elif key:
            short[number] = first[key]
    if found:
        # a short line may rightly come twice ("3 killed" under two towns) unless the page is doubled anyway
        found.update({n: (f, "repeated_paragraph") for n, f in short.items() if not re.search(r"\d", keys[n])})
    found.update(_near_repeats({n: key.split() for key, n in first.items()}))
    return found


def _near_repeats(bodies: dict[int, list[str]]) -> dict[int, tuple[int, str]]:
    """Return paragraphs nearly the same as another or contained in one. The longer is kept, else the first."""
    long = {n: words for n, words in bodies.items() if len(words) >= _MIN_CONTAINED_WORDS}
    if len(long) < 2:
        return {}
    found: dict[int, tuple[int, str]] = {}
    shingles: dict[int, set[tuple[str, ...]]] = {}
    for one, other in _candidates(long):
        for number in (one, other):
            if number not in shingles:
                words = long[number]
                shingles[number] = {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}
        drop = _nearly_same(one, other, shingles, long)
        if drop is not None and drop not in found:
            keep = other if drop == one else one
            if keep not in found:
                found[drop] = (keep, "near_repeated_paragraph")
    return found


def _candidates(bodies: dict[int, list[str]]) -> list[tuple[int, int]]:
    """Return the pairs of paragraphs that share runs of words, found through runs that begin with a long word."""
    postings: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, words in bodies.items():
        starts = {i for i in range(len(words) - SHINGLE + 1) if len(words[i]) >= 7}
        for i in starts or range(len(words) - SHINGLE + 1):
            postings[tuple(words[i : i + SHINGLE])].append(number)
    pairs: Counter[tuple[int, int]] = Counter()
    for numbers in postings.values():
        if 1 < len(numbers) <= _MAX_POSTINGS:
            unique = sorted(set(numbers))
            pairs.update((a, b) for i, a in enumerate(unique) for b in unique[i + 1 :])
    return sorted(pairs)


def _nearly_same(
    one: int, other: int, shingles: dict[int, set[tuple[str, ...]]], bodies: dict[int, list[str]]
) -> int | None:
    """Return which of two paragraphs says nothing that the other does not, None when both have to stay."""
    a, b = shingles[one], shingles[other]
    shared = len(a & b)
    smaller, larger = (one, other) if len(bodies[one]) < len(bodies[other]) else (other, one)
    contained = shared >= 0.95 * len(shingles[smaller])
    if not contained and shared < NEAR * len(a | b):
        return None
    decisive = boilerplate().decisive
    own = Counter(bodies[smaller]) - Counter(bodies[larger])
    extra = own if contained else own + (Counter(bodies[larger]) - Counter(bodies[smaller]))
    # another figure or a "not" makes it another statement, however alike the words
    if any(word[0].isdigit() or word in decisive or word.endswith("n't") for word in extra):
        return None
    return smaller


def _repeat_defect(paragraphs: Sequence[Paragraph], number: int, first: int, kind: str) -> Defect:
    here, there = paragraphs[number], paragraphs[first]
    near = kind == "near_repeated_paragraph"
    return Defect(
        "near_repeated_paragraph" if near else "repeated_paragraph", here.start, here.end, (there.start, there.end)
    )


# Order --------------------------------------------------------------------------------------------------------------


def _order(text: str, paragraphs: Sequence[Paragraph], repeats: dict[int, int], rules: Boilerplate) -> list[Defect]:
    """Report that the order of the paragraphs is not certain, with the evidence."""
    body = [p for p in paragraphs if p.kind in ("body", "heading", "repeat")]
    if len(body) < 2:
        return []
    evidence = []
    originals = [repeats[number] for number in sorted(repeats)]
    if any(later < earlier for earlier, later in pairwise(originals)):
        evidence.append("paragraphs come again in another order")
    if _opens_with_reference(text, body[0], rules):
        evidence.append("the first paragraph refers back to another")
    strong = evidence and (evidence[0].startswith("paragraphs") or repeats or _points_at_person(text, body[0]))
    return [Defect("order_uncertain", body[0].start, body[-1].end, note="; ".join(evidence))] if strong else []


def _opens_with_reference(text: str, paragraph: Paragraph, rules: Boilerplate) -> bool:
    return rules.anaphora.match(text, paragraph.start, paragraph.end) is not None


def _points_at_person(text: str, paragraph: Paragraph) -> bool:
    """Tell whether the paragraph opens with words that cannot open any text ("The latter", "He added")."""
    opening = text[paragraph.start : paragraph.start + 30].casefold()
    return re.match(r"the (?:latter|former)\b|(?:he|she|they) (?:also |further )?added\b", opening) is not None
