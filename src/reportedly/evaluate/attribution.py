"""How well tellings and tolls find their owners: `python -m reportedly.evaluate.attribution [FOLDER]`.

Two sets of annotated texts: `attribution.yml` (who tells what by which words) and `claimants.yml` (who gives which
figure). A cue counts where its words overlap; a triple where cue, speaker's head word and content are right.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from reportedly.errors import InputError
from reportedly.model import ActorRef, Claim, Span, Toll
from reportedly.model.reading import Sentence, Telling
from reportedly.pipeline import Reader, document_from_text, load_reader

CONTENT_F1 = 0.8  # as in the shared tasks on attribution: the rest is where a clause's last phrase belongs
_WORD = re.compile(r"\w+")
_TAIL = re.compile(
    r"(?:,|\b(?:of|from|for|in|at|by|on|who|to|with|near|and|loyal|briefed|close|seen|quoted|dropped|claiming)\b)"
)

Gold = Mapping[str, Any]


@dataclass(slots=True)
class Score:
    """Counts of one run, and a line for each miss."""

    counts: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def rate(self, right: str, of: str) -> float:
        """The share of one count in another; 0 where nothing was counted."""
        return self.counts[right] / self.counts[of] if self.counts[of] else 0.0

    def f1(self, right: str) -> float:
        """F1 of what was found against what was wanted."""
        total = self.counts["found"] + self.counts["wanted"]
        return 2 * self.counts[right] / total if total else 0.0


def read_cases(path: Path) -> list[Gold]:
    """Read a set of annotated texts."""
    if not path.is_file():
        raise InputError("annotated texts are missing", where=str(path), hint="give the folder that holds them")
    found: list[Gold] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


# ------------------------------------------------------------------------------------------- who tells what


@dataclass(slots=True)
class _Told:
    """One act of telling over all sentences that it reaches: offsets of cue and content words, speaker's head word."""

    cue: set[int]
    content: set[int]
    heads: set[int | None]
    stance: frozenset[str]
    words: str


def score_attribution(cases: Iterable[Gold], reader: Reader) -> Score:
    """Compare the tellings found in each text with those annotated."""
    score = Score()
    for case in cases:
        text = case["text"]
        found = list(_found(reader.finder.find(document_from_text(text), everything=True).sentences, text))
        wanted = [_wanted(gold, text) for gold in case["tellings"]]
        _compare(wanted, found, text, score)
    return score


def _found(sentences: Iterable[Sentence], text: str) -> Iterable[_Told]:
    """The tellings of a document, parts of one telling in several sentences joined by their cue."""
    joined: dict[int, list[Telling]] = {}
    for sentence in sentences:
        for telling in sentence.tellings:
            joined.setdefault(telling.cue.start, []).append(telling)
    for parts in joined.values():
        cue = _words(parts[0].cue.start, parts[0].cue.end, text)
        content = {w for part in parts for piece in part.content for w in _words(piece.start, piece.end, text)}
        source = next((s for part in parts for s in part.source), None)
        head = _head(source.quote, source.start) if source is not None else None
        yield _Told(cue, content - cue, {head}, frozenset({parts[0].stance}), _line(parts[0]))


def _line(telling: Telling) -> str:
    told = [c.quote for c in telling.content]
    return f"{[s.quote for s in telling.source]} | {telling.cue.quote} | {told} | {telling.stance}"


def _wanted(gold: Gold, text: str) -> _Told:
    cue = _located(gold["cue"], text, gold)
    content = {w for piece in _list(gold["content"]) for w in _located(piece, text, gold)}
    heads = {_place_of_head(source, text, min(cue)) for source in _list(gold["source"])}
    words = f"{gold['source']} | {gold['cue']} | {gold['content']}"
    return _Told(cue, content - cue, heads, frozenset(_list(gold.get("stance", "asserted"))), words)


def _located(words: str, text: str, gold: Gold) -> set[int]:
    """Offsets of the words of an annotation. A cue that occurs more than once is the one nearest its content."""
    if words != gold["cue"]:
        return _at(words, text, text.find(words))
    near = text.find(_list(gold["content"])[0])
    bounded = rf"(?<!\w){re.escape(words)}(?!\w)" if words[0].isalnum() else re.escape(words)
    places = [m.start() for m in re.finditer(bounded, text)]
    source = next((s for s in _list(gold["source"]) if s), None)
    if source is not None:
        near = text.find(source)
    return _at(words, text, min(places, key=lambda at: abs(at - near), default=-1))


def _at(words: str, text: str, at: int) -> set[int]:
    if at < 0:
        return _scattered(words, text)
    return _words(at, at + len(words), text)


def _scattered(words: str, text: str) -> set[int]:
    """Words that are not one stretch of the text, each at its first place after the one before."""
    found: set[int] = set()
    at = 0
    for match in _WORD.finditer(words):
        later = re.compile(rf"\b{re.escape(match.group())}\b").search(text, at)
        if later is not None:
            found.add(later.start())
            at = later.end()
    return found


def _words(start: int, end: int, text: str) -> set[int]:
    return {m.start() for m in _WORD.finditer(text, start, end)} or {start}


def _place_of_head(source: str | None, text: str, cue: int) -> int | None:
    """Offset of the speaker's head word; of several places the one nearest the cue."""
    if source is None:
        return None
    places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(source)}", text)]
    return _head(source, min(places, key=lambda at: abs(at - cue), default=text.find(source)))


def _head(phrase: str, start: int) -> int:
    """Offset of the head word of a noun phrase: the last before a comma, a preposition or a clause."""
    tail = _TAIL.search(phrase, 1)
    core = re.sub(r"['’]s?$", "", phrase[: tail.start()].rstrip() if tail else phrase)
    last = [m.start() for m in _WORD.finditer(core)]
    return start + (last[-1] if last else 0)


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]


def _compare(wanted: Sequence[_Told], found: Sequence[_Told], text: str, score: Score) -> None:
    score.counts["wanted"] += len(wanted)
    score.counts["found"] += len(found)
    left = list(found)
    for gold in wanted:
        hit = max((t for t in left if t.cue & gold.cue), key=lambda t: _token_f1(t.content, gold.content), default=None)
        if hit is None:
            score.misses.append(f"no cue: {gold.words}\n    {text}")
            continue
        left.remove(hit)
        _compare_one(gold, hit, text, score)
    score.misses += [f"no such telling: {t.words}\n    {text}" for t in left]


def _compare_one(gold: _Told, hit: _Told, text: str, score: Score) -> None:
    right = {
        "source": bool(hit.heads & gold.heads),
        "content": _token_f1(hit.content, gold.content) >= CONTENT_F1,
        "stance": bool(hit.stance & gold.stance),
    }
    score.counts.update(["cue", *(name for name, is_right in right.items() if is_right)])
    score.counts["triple"] += right["source"] and right["content"]
    wrong = [name for name, is_right in right.items() if not is_right]
    if wrong:
        score.misses.append(
            f"{', '.join(wrong)}: wanted {gold.words} {set(gold.stance)}\n    found {hit.words}\n    {text}"
        )


def _token_f1(one: set[int], other: set[int]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0


# ------------------------------------------------------------------------------------------- who gives which figure


def score_claimants(cases: Iterable[Gold], reader: Reader) -> Score:
    """Compare the owner of each figure with the annotated one."""
    score = Score()
    for case in cases:
        text = case["text"]
        document = document_from_text(text)
        extraction = reader.extract(document)
        known = [*(extraction.mentions.actors if extraction.mentions else ()), *_refs(extraction.claims)]
        for gold in case["tolls"]:
            _compare_toll(gold, extraction.claims, known, text, score)
    return score


def _refs(claims: Iterable[Claim]) -> Iterable[ActorRef]:
    for claim in claims:
        yield from (*claim.initiators, *claim.targets, *claim.attribution)


def _compare_toll(gold: Gold, claims: Sequence[Claim], known: Sequence[ActorRef], text: str, score: Score) -> None:
    score.counts["tolls"] += 1
    having = [c for c in claims if any(_same_figure(t, gold) for t in c.tolls)]
    if not having:
        score.misses.append(f"no toll: {dict(gold)}\n    {text}")
        return
    score.counts["tolls found"] += 1
    named = _list(gold["claimant"])
    if not all(any(_is_same(c.claimant, name, known, text) for name in named) for c in having):
        told = [c.claimant.span.quote if c.claimant else None for c in having]
        score.misses.append(f"claimant: wanted {gold['claimant']!r}, found {told}\n    {text}")
        return
    score.counts["claimant"] += 1
    _compare_account(gold, having[0], known, text, score)


def _compare_account(gold: Gold, claim: Claim, known: Sequence[ActorRef], text: str, score: Score) -> None:
    """Stance, kind of claimant and chain of tellers of a claim whose claimant is right."""
    chain = gold.get("attribution")
    checks = {
        "stance": (claim.stance in _list(gold.get("stance", "asserted")), claim.stance),
        "claimant_kind": (claim.claimant_kind == gold.get("claimant_kind"), claim.claimant_kind),
        "attribution": (_same_chain(claim, chain, known, text), [a.span.quote for a in claim.attribution]),
    }
    for name, (is_right, value) in checks.items():
        if name != "stance" and name not in gold:
            continue
        score.counts[f"{name} asked"] += 1
        score.counts[f"{name} right"] += is_right
        if not is_right:
            score.misses.append(f"{name}: wanted {gold.get(name, 'asserted')!r}, found {value!r}\n    {text}")


def _same_chain(claim: Claim, chain: Sequence[str] | None, known: Sequence[ActorRef], text: str) -> bool:
    if chain is None or len(chain) != len(claim.attribution):
        return False
    return all(_is_same(ref, name, known, text) for ref, name in zip(claim.attribution, chain, strict=True))


def _same_figure(toll: Toll, gold: Gold) -> bool:
    figures = {toll.low, toll.high if toll.low is None else toll.low}
    return toll.outcome == gold["outcome"] and gold["low"] in figures


def _is_same(ref: ActorRef | None, name: str | None, known: Sequence[ActorRef], text: str) -> bool:
    """Tell whether a reference is the actor that an annotation names: its words, its name, or the same known actor."""
    if ref is None or name is None:
        return ref is None and name is None
    at = text.find(name)
    there = Span(at, at + len(name), name)
    if _overlap(ref.span, there) or (head := text[_head(name, 0) + at : at + len(name)]) == "":
        return True
    word = re.split(r"\W", head)[0].lower()
    if word in f"{ref.span.quote} {ref.name or ''}".lower().split():
        return True
    same = [k for k in known if _overlap(k.span, there)]
    return any(k.actor_id is not None and k.actor_id == ref.actor_id for k in same)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


# ------------------------------------------------------------------------------------------- report


def figures(attribution: Score, claimants: Score) -> dict[str, float]:
    """The figures by name, each between 0 and 1."""
    return {
        "cue precision": attribution.rate("cue", "found"),
        "cue recall": attribution.rate("cue", "wanted"),
        "cue F1": attribution.f1("cue"),
        "triple F1": attribution.f1("triple"),
        "source of cue": attribution.rate("source", "cue"),
        "content of cue": attribution.rate("content", "cue"),
        "stance of cue": attribution.rate("stance", "cue"),
        "tolls found": claimants.rate("tolls found", "tolls"),
        "claimant of toll": claimants.rate("claimant", "tolls"),
        "claimant of toll found": claimants.rate("claimant", "tolls found"),
        "stance of toll": claimants.rate("stance right", "stance asked"),
        "kind of claimant": claimants.rate("claimant_kind right", "claimant_kind asked"),
        "chain of tellers": claimants.rate("attribution right", "attribution asked"),
    }


def main(arguments: Sequence[str]) -> None:
    """Print the figures, then every miss."""
    folder = Path(arguments[0]) if arguments else Path("tests/cases")
    reader = load_reader()
    attribution = score_attribution(read_cases(folder / "attribution.yml"), reader)
    claimants = score_claimants(read_cases(folder / "claimants.yml"), reader)
    lines = [f"{name:24}{value:7.3f}" for name, value in figures(attribution, claimants).items()]
    sys.stdout.write("\n".join([*lines, "", *attribution.misses, "", *claimants.misses]) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
