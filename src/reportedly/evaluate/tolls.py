"""How well figures of harm are read, on annotated texts: `python -m reportedly.evaluate.tolls [FILE]`.

A toll is right when outcome, low and high are; qualifier, victims, class, part and event are asked of right ones only.
A text is whole when every toll of it is right in all of these and none is made up.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportedly.evaluate.attribution import Score, read_cases
from reportedly.model import Toll
from reportedly.pipeline import Reader, document_from_text, load_reader

Gold = Mapping[str, Any]
_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)
_CASES = Path("tests/cases/tolls.yml")
_ASKED = ("qualifier", "best", "victims", "victim_class", "part_of", "superseded", "event")


@dataclass(frozen=True, slots=True)
class Found:
    """A toll that was read, with the type of its event."""

    toll: Toll
    event: str


def score_tolls(cases: Iterable[Gold], reader: Reader) -> Score:
    """Compare the tolls of each text with those annotated."""
    score = Score()
    for case in cases:
        claims = reader.extract(document_from_text(case["text"])).claims
        found = [Found(t, c.event_type) for c in claims for t in c.tolls]
        _compare(case, found, score)
    return score


def _compare(case: Gold, found: Sequence[Found], score: Score) -> None:
    score.counts.update({"texts": 1, "wanted": len(case["tolls"]), "found": len(found)})
    pairs = list(_pairs(case["tolls"], found))
    used = [hit for _, hit in pairs if hit is not None]
    lines = [f"made up: {_line(f)}" for f in found if f not in used]
    ids = {hit.toll.id: case["tolls"].index(gold) for gold, hit in pairs if hit is not None}
    for gold, hit in pairs:
        if hit is None:
            lines.append(f"missed: {dict(gold)}")
            continue
        score.counts["figure"] += 1
        wrong = [name for name in _ASKED if not _count(score, name, _is_right(name, gold, hit, ids), gold)]
        if wrong:
            lines.append(f"{', '.join(wrong)}: wanted {dict(gold)}, found {_line(hit)}")
    score.counts["whole"] += not lines
    if lines:
        score.misses.append("\n    ".join([case["text"], *lines]))


def _count(score: Score, name: str, is_right: bool, gold: Gold) -> bool:
    """Count an answer; parts, replaced figures and events only where the annotation names them or it is wrong."""
    if name not in {"part_of", "superseded", "event"} or gold.get(name) is not None or not is_right:
        score.counts[f"{name} asked"] += 1
        score.counts[f"{name} right"] += is_right
    return is_right


def _pairs(wanted: Sequence[Gold], found: Sequence[Found]) -> Iterator[tuple[Gold, Found | None]]:
    """Each annotated toll with the found one of its figure, the one with the same victims first."""
    left = list(found)
    for gold in wanted:
        same = [f for f in left if _same_figure(gold, f.toll)]
        hit = max(
            same, key=lambda f: (_is_right("victims", gold, f, {}), _is_right("superseded", gold, f, {})), default=None
        )
        if hit is not None:
            left.remove(hit)
        yield gold, hit


def _same_figure(gold: Gold, toll: Toll) -> bool:
    figure = (gold["outcome"], gold["low"], gold.get("high", gold["low"]))
    return bool(figure == (toll.outcome, toll.low, toll.high))


def _is_right(name: str, gold: Gold, hit: Found, ids: Mapping[str, int]) -> bool:
    toll = hit.toll
    if name == "qualifier":
        return bool(toll.qualifier == gold.get("qualifier", "exact"))
    if name == "best":
        return toll.best == _best(gold)
    if name == "victims":
        return _same_victims(gold.get("victims"), toll)
    if name == "victim_class":
        return bool(toll.victim_class == gold.get("victim_class", "unknown"))
    if name == "part_of":
        return bool((ids.get(toll.part_of) if toll.part_of else None) == gold.get("part_of"))
    if name == "superseded":
        return toll.superseded == bool(gold.get("superseded"))
    return gold.get("event", "") in hit.event


def _best(gold: Gold) -> int | None:
    if gold.get("qualifier") in {"vague", "range"}:
        return None
    best: int | None = gold["low"] if gold["low"] is not None else gold["high"]
    return best


def _same_victims(wanted: object, toll: Toll) -> bool:
    if toll.victims is None or wanted is None:
        return toll.victims is None and wanted is None
    names = [str(n) for n in wanted] if isinstance(wanted, list) else [str(wanted)]
    words = _ARTICLE.sub("", toll.victims.span.quote).casefold()
    return any(_ARTICLE.sub("", name).casefold() == words for name in names)


def _line(found: Found) -> str:
    toll = found.toll
    victims = toll.victims.span.quote if toll.victims is not None else None
    return (
        f"{toll.outcome} {toll.low} {toll.high} {toll.best} {toll.qualifier} | {toll.span.quote}"
        f" | {victims} | {toll.victim_class}"
        f"{' | part' if toll.part_of else ''}{' | superseded' if toll.superseded else ''} | {found.event}"
    )


def figures(score: Score) -> dict[str, float]:
    """The figures by name, each between 0 and 1."""
    return {
        "toll precision": score.rate("figure", "found"),
        "toll recall": score.rate("figure", "wanted"),
        "toll F1": score.f1("figure"),
        **{name: score.rate(f"{name} right", f"{name} asked") for name in _ASKED},
        "whole text": score.rate("whole", "texts"),
    }


def main(arguments: Sequence[str]) -> int:
    """Print the figures, and with `--misses` every miss."""
    paths = [a for a in arguments if not a.startswith("--")]
    score = score_tolls(read_cases(Path(paths[0]) if paths else _CASES), load_reader())
    if "--misses" in arguments:
        sys.stdout.write("\n".join([*score.misses, ""]))
    for name, value in figures(score).items():
        sys.stdout.write(f"{name:<24} {value:.3f}\n")
    sys.stdout.write(f"texts {score.counts['texts']}, tolls {score.counts['wanted']}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
