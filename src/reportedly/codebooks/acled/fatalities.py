"""ACLED's one number of reported deaths: the most conservative figure, words for numbers by the profile."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportedly.codebooks.facts import Facts, claimant_name
from reportedly.codebooks.rows import Cell
from reportedly.codebooks.tolls import Figure, figures, total
from reportedly.model import Claim


def fatality_cell(facts: Facts, claims: Sequence[Claim]) -> Cell:
    """The number for the `fatalities` column."""
    found = figures(facts, claims)
    if not found:
        return Cell(0, "acled.fatalities.none")
    number = total(found, lambda group: min(_number(facts, figure) for figure in group))
    return Cell(number, _rule(found, number), tuple(dict.fromkeys(figure.claim.id for figure in found)))


def toll_notes(facts: Facts, claims: Sequence[Claim]) -> str:
    """The figures as they are told, by claimant: `Killed, by claimant: the army 20; the rebels "dozens"`."""
    told = [f"{claimant_name(f.claim)} {_told(f)}" for f in figures(facts, claims)]
    if told:
        return f"Killed, by claimant: {'; '.join(dict.fromkeys(told))}."
    hurt = any(toll.outcome in ("injured", "killed_or_injured") for claim in claims for toll in claim.tolls)
    return "Casualties unknown." if hurt else ""


def _told(figure: Figure) -> str:
    return f'"{figure.words}"'


def _rule(found: Sequence[Figure], number: int) -> str:
    if number == 0:
        return "acled.fatalities.zero"
    if len({(figure.side, figure.actor) for figure in found}) > 1:
        return "acled.fatalities.sum"
    if len(found) > 1:
        return "acled.fatalities.conservative"
    return "acled.fatalities.words" if found[0].vague else "acled.fatalities.single"


def _number(facts: Facts, figure: Figure) -> int:
    if not figure.vague:
        return figure.point
    words: dict[str, int] = facts.book.tables["words"]
    known = [words[w] for w in re.findall(r"[a-z]+", figure.words.casefold()) if w in words]
    plural: int = facts.book.tables["plural"]
    return min(known) if known else max(figure.point, plural) if figure.point <= plural else figure.point
