"""How well a text's actors are named, on annotated texts: `python -m reportedly.evaluate.actors [FOLDER]`.

One set, `actors.yml`: for each text the references wanted (words, actor, kind, country, role) and the actors that
nothing in it may be taken for. A reference counts as found where its words are exactly those annotated.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from reportedly.errors import InputError
from reportedly.model import ActorRef
from reportedly.pipeline import Reader, document_from_text, load_reader

Gold = Mapping[str, Any]
FIELDS = ("actor", "kind", "country", "role")


@dataclass(slots=True)
class Score:
    """Counts of one run, and a line for each miss. `right` and `asked` go by field."""

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def rate(self, name: str) -> float:
        """The share of the answers to one question that were right; 1 where nothing was asked."""
        return self.right[name] / self.asked[name] if self.asked[name] else 1.0

    def note(self, name: str, right: bool, line: str) -> None:
        """Count one answer, and keep the line where it was wrong."""
        self.asked[name] += 1
        self.right[name] += right
        if not right:
            self.misses.append(f"{name}: {line}")


def read_cases(path: Path) -> list[Gold]:
    """Read a set of annotated texts."""
    if not path.is_file():
        raise InputError("annotated texts are missing", where=str(path), hint="give the folder that holds them")
    found: list[Gold] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def score_actors(cases: Iterable[Gold], reader: Reader) -> Score:
    """Compare the references found in each text with those annotated."""
    score = Score()
    for case in cases:
        refs = refs_of(case["text"], reader)
        for words, wanted in case["refs"].items():
            _compare(refs, words, wanted, case["text"], score)
        for words, name in case.get("names", {}).items():
            found = _pick(refs, words)
            score.note("name", found is not None and found.name == name, f"{words!r} -> {name!r} | {case['text']}")
        for head, wanted in case.get("heads", {}).items():
            _compare_head(refs, head, wanted, case["text"], score)
        for unwanted in case.get("absent", ()):
            _check_absent(refs, unwanted, case["text"], score)
    return score


def refs_of(text: str, reader: Reader) -> list[ActorRef]:
    """All references of a text, in text order; of two that begin together, the shorter first."""
    sentences = reader.finder.find(document_from_text(text), everything=True).sentences
    found = [ref for s in sentences for ref in s.actors.values()]
    return sorted(found, key=lambda r: (r.span.start, r.span.end))


def _pick(refs: Sequence[ActorRef], words: str) -> ActorRef | None:
    """The reference with these words; `words#2` the second, `words#last` the last one."""
    words, _, which = words.partition("#")
    same = [r for r in refs if r.span.quote == words]
    if not same:
        return None
    if which == "last":
        return same[-1]
    at = int(which or 1) - 1
    return same[at] if at < len(same) else None


def _compare(refs: Sequence[ActorRef], words: str, wanted: str, text: str, score: Score) -> None:
    found = _pick(refs, words)
    score.note("words", found is not None, f"{words!r} | {text}")
    if found is None:
        return
    got = (found.actor_id, found.kind, found.country, found.role)
    for name, want, have in zip(FIELDS, wanted.split(), got, strict=False):
        if want != "?":
            right = have == _value(name, want)
            score.note(name, right, f"{words!r} is {have}, wanted {want} | {text}")


def _value(name: str, wanted: str) -> str | None:
    """The value that an annotation asks for."""
    if wanted == "-":
        return None
    return wanted.replace("_", " ") if name == "role" else wanted


def _compare_head(refs: Sequence[ActorRef], head: str, wanted: str, text: str, score: Score) -> None:
    """Ask for the actor of the reference that a word belongs to: the longest one holding it (`!id`: any other)."""
    holding = [r for r in refs if head in r.span.quote.split()]
    have = max(holding, key=lambda r: len(r.span.quote)).actor_id if holding else None
    right = have != wanted[1:] if wanted.startswith("!") else have == (None if wanted == "-" else wanted)
    score.note("actor", right, f"head {head!r} is {have}, wanted {wanted} | {text}")


def _check_absent(refs: Sequence[ActorRef], unwanted: str, text: str, score: Score) -> None:
    if unwanted.startswith("="):
        bad = [r for r in refs if r.actor_id and r.span.quote == unwanted[1:]]
    else:
        bad = [r for r in refs if r.actor_id == unwanted]
    score.note("absent", not bad, f"{unwanted} taken from {[r.span.quote for r in bad]} | {text}")


def main(argv: Sequence[str]) -> int:
    """Print the figures, and every miss on standard error."""
    folder = Path(argv[0]) if argv else Path("tests/cases")
    score = score_actors(read_cases(folder / "actors.yml"), load_reader())
    for name in ("words", *FIELDS, "name", "absent"):
        sys.stdout.write(f"{name:10} {score.rate(name):.3f}  n={score.asked[name]}\n")
    sys.stderr.write("".join(f"{line}\n" for line in score.misses))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
