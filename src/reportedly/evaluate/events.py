"""How well happenings are told from other words: `python -m reportedly.evaluate.events [FILE]`.

A case table of sentences: `told` hold one happening each (types that are right, words that evoke it), `quiet` hold
none. Every sentence is read as a document of its own, the hardest way: nothing around it says what it is about.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from reportedly.errors import InputError
from reportedly.model import Claim
from reportedly.pipeline import Reader, document_from_text, load_reader

_HAPPENED = frozenset({"actual", "ongoing"})

Row = Mapping[str, str]


def read_cases(path: Path) -> Mapping[str, list[Row]]:
    """Read the table of sentences."""
    if not path.is_file():
        raise InputError("the table of sentences is missing", where=str(path), hint="give the file that holds them")
    found: Mapping[str, list[Row]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def violent_claims(text: str, reader: Reader) -> list[Claim]:
    """Return the violent claims of a text."""
    return [claim for claim in reader.extract(document_from_text(text)).claims if claim.violent]


def fits(row: Row, claim: Claim) -> bool:
    """Tell whether a claim has a right type and shares a word with those that evoke it."""
    words = set(row["words"].casefold().split())
    around = set(claim.trigger.quote.casefold().replace("-", " ").split())
    return claim.event_type in row["types"].split("|") and bool(words & around)


def score_told(rows: Iterable[Row], reader: Reader) -> tuple[Counter[str], list[str]]:
    """Count sentences with any violent claim and with one that fits; return a line for each miss."""
    counts: Counter[str] = Counter()
    misses = []
    for row in rows:
        claims = violent_claims(row["text"], reader)
        right = any(fits(row, claim) for claim in claims)
        counts.update({"told": 1, "found": bool(claims), "right": right, "claims": len(claims)})
        if not right:
            misses.append(_line("not read", row["types"], row["text"], claims))
    return counts, misses


def score_quiet(rows: Iterable[Row], reader: Reader) -> tuple[Counter[str], list[str]]:
    """Count sentences with a violent claim that is told as having happened; return a line for each."""
    counts: Counter[str] = Counter()
    misses = []
    for row in rows:
        claims = [claim for claim in violent_claims(row["text"], reader) if claim.modality in _HAPPENED]
        counts.update({"quiet": 1, "false": bool(claims)})
        if claims:
            misses.append(_line("false", row["why"], row["text"], claims))
    return counts, misses


def figures(told: Counter[str], quiet: Counter[str]) -> dict[str, float]:
    """Return the shares that the floors hold."""
    return {
        "happenings found": told["found"] / told["told"],
        "happenings with type": told["right"] / told["told"],
        "quiet sentences left alone": 1 - quiet["false"] / quiet["quiet"],
    }


def _line(kind: str, wanted: str, text: str, claims: Iterable[Claim]) -> str:
    got = [(claim.event_type, claim.trigger.quote, claim.modality) for claim in claims]
    return f"{kind} [{wanted}] {text} {got}"


def main(path: Path) -> None:
    """Print the figures, then each miss."""
    cases, reader = read_cases(path), load_reader()
    told, unread = score_told(cases["told"], reader)
    quiet, false = score_quiet(cases["quiet"], reader)
    lines = [f"{name:28} {value:.3f}" for name, value in figures(told, quiet).items()]
    sys.stdout.write("\n".join([*lines, *unread, *false]) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "tests/cases/events.yml"))
