"""How well it is told who does what to whom: `python -m reportedly.evaluate.roles [FILE]`.

A case table of sentences with one happening each: the types that are right, who does it (`by`), to whom it is done
(`to`), or the parties of what is done together (`sides`). Every sentence is read as a document of its own.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import yaml

from reportedly.errors import InputError
from reportedly.model import ActorRef, Claim
from reportedly.pipeline import Reader, document_from_text, load_reader

NOBODY = "-"
_HAPPENED = frozenset({"actual", "ongoing"})
_SMALL = frozenset({"the", "a", "an", "of", "and", "in", "from", "to"})

Row = Mapping[str, str]


def read_roles(path: Path) -> Sequence[Row]:
    """Read the table of sentences."""
    if not path.is_file():
        raise InputError("the table of sentences is missing", where=str(path), hint="give the file that holds them")
    rows: Sequence[Row] = yaml.safe_load(path.read_text(encoding="utf-8"))["roles"]
    return rows


def named(wanted: str, actors: Iterable[ActorRef]) -> bool:
    """Tell whether the actors are those of one of the alternatives, all of them and no others.

    "Chad; (Niger)|envoys": Chad with or without Niger, or the envoys. "-": nobody.
    """
    got = [_words(actor.span.quote) for actor in actors]
    return any(_are(choice.strip(), got) for choice in wanted.split("|"))


def _are(choice: str, got: Sequence[frozenset[str]]) -> bool:
    if choice == NOBODY:
        return not got
    items = [item.strip() for item in choice.split(";")]
    needed = [item for item in items if not (item.startswith("(") and item.endswith(")"))]
    known = all(any(_same(item, actor) for item in items) for actor in got)
    return known and all(any(_same(item, actor) for actor in got) for item in needed)


def _same(item: str, actor: frozenset[str]) -> bool:
    """Tell whether words name the item: all of what must stand, or at least its head and nothing else."""
    least, most = re.sub(r"\([^)]*\)", "", item).strip() or item.strip("()"), _words(item)
    head = re.split(r" (?:of|from) ", least)[0].split()[-1]
    return _words(least) <= actor or (actor <= most and _words(head) <= actor)


def _words(text: str) -> frozenset[str]:
    found = frozenset(re.findall(r"\w+", text.casefold().replace("'s", "").replace("’s", "")))
    return found - _SMALL or found


def judge(row: Row, claims: Sequence[Claim]) -> Mapping[str, bool]:
    """Return what is right: the type, who does it, to whom, all three, and that no violence is made up."""
    types = row["types"].split("|")
    mine = [c for c in claims if c.event_type in types] or ([] if NOBODY not in types else list(claims)[:1])
    right = [_parties(row, claim) for claim in mine] or [(False, False)]
    best = max(right, key=sum)
    typed = bool([c for c in mine if c.event_type in types]) or (NOBODY in types and not claims)
    if NOBODY in types and not claims:
        best = (True, True)
    false = any(c.violent and c.modality in _HAPPENED and c.event_type not in types for c in claims)
    return {"type": typed, "by": best[0], "to": best[1], "all": typed and all(best), "violence made up": false}


def _parties(row: Row, claim: Claim) -> tuple[bool, bool]:
    if "sides" in row:
        both = named(row["sides"], (*claim.initiators, *claim.targets))
        return both, both
    return named(row["by"], claim.initiators), named(row["to"], claim.targets)


def score_roles(rows: Iterable[Row], reader: Reader) -> tuple[Counter[str], list[str]]:
    """Count what is right; return a line for each sentence that is not read as it should."""
    counts: Counter[str] = Counter()
    misses = []
    for row in rows:
        claims = reader.extract(document_from_text(row["text"])).claims
        right = judge(row, claims)
        counts.update({"rows": 1, **{name: int(value) for name, value in right.items()}})
        if not right["all"] or right["violence made up"]:
            misses.append(_line(row, claims))
    return counts, misses


def figures(counts: Counter[str]) -> dict[str, float]:
    """Return the shares that the floors hold."""
    rows = counts["rows"]
    return {
        "event type": counts["type"] / rows,
        "who does it": counts["by"] / rows,
        "to whom": counts["to"] / rows,
        "type and both roles": counts["all"] / rows,
        "no violence made up": 1 - counts["violence made up"] / rows,
    }


def _line(row: Row, claims: Iterable[Claim]) -> str:
    wanted = row.get("sides") or f"{row['by']} > {row['to']}"
    got = [
        (c.event_type, c.modality, [a.span.quote for a in c.initiators], [a.span.quote for a in c.targets])
        for c in claims
    ]
    return f"[{row['types']}: {wanted}] {row['text']} {got}"


def main(path: Path) -> None:
    """Print the figures, then each miss."""
    counts, misses = score_roles(read_roles(path), load_reader())
    lines = [f"{name:28} {value:.3f}" for name, value in figures(counts).items()]
    sys.stdout.write("\n".join([*lines, *misses]) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "tests/cases/roles.yml"))
