"""ACLED's one number of reported deaths: the most conservative figure, words for numbers by the profile."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportedly.codebooks.engine import Reading
from reportedly.codebooks.facts import Facts, claimant_name
from reportedly.codebooks.parties import actors_of, read_parties
from reportedly.codebooks.tolls import Figure, figures, total, undisputed
from reportedly.model import Claim


def fatalities(facts: Facts, claims: Sequence[Claim], days: int = 1, day: int = 0) -> Reading:
    """The number for the `fatalities` column of one of the incident's days; a remainder goes to the first days."""
    found = _figures(facts, claims)
    if not found:
        return Reading(0, rule="acled.fatalities.none")
    kept = undisputed(found)
    number = total(kept, lambda group: min(_number(facts, figure) for figure in group))
    whole, rest = divmod(number, days)
    share = whole + (day < rest)
    detail = _detail(found) if days == 1 else f"{number} over {days} days; {_detail(found)}"
    claims_of = tuple(dict.fromkeys(figure.claim.id for figure in found))
    rule = _rule(kept, number) if len(kept) == len(found) else "acled.fatalities.disputed"
    rule = rule if days == 1 else "acled.fatalities.divided"
    return Reading(share, claims_of, tuple(figure.words for figure in found), rule, detail)


def _figures(facts: Facts, claims: Sequence[Claim]) -> tuple[Figure, ...]:
    return figures(facts, claims, actors_of(read_parties(facts, claims)))


def _detail(found: Sequence[Figure]) -> str:
    """`2 figures by 2 tellers: the army "12 militiamen"; the elder "four fighters"`."""
    told = list(dict.fromkeys(f"{claimant_name(f.claim)} {_told(f)}" for f in found))
    tellers = len({claimant_name(f.claim) for f in found})
    return f"{_count(len(told), 'figure')} by {_count(tellers, 'teller')}: {'; '.join(told)}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def toll_notes(facts: Facts, claims: Sequence[Claim]) -> str:
    """The figures as they are told, by claimant: `Killed, by claimant: the army "20"; the rebels "dozens".`"""
    told = [f"{claimant_name(f.claim)} {_told(f)}" for f in _figures(facts, claims)]
    if told:
        return f"Killed, by claimant: {'; '.join(dict.fromkeys(told))}."
    hurt = any(toll.outcome in ("injured", "killed_or_injured") for claim in claims for toll in claim.tolls)
    return "Casualties unknown." if hurt else ""


def _told(figure: Figure) -> str:
    return f'"{" ".join(figure.words.split())}"'


def _rule(found: Sequence[Figure], number: int) -> str:
    if number == 0:
        return "acled.fatalities.zero"
    if len({(figure.side, figure.actor) for figure in found}) > 1:
        return "acled.fatalities.sum"
    if len(found) > 1:
        return "acled.fatalities.conservative"
    return "acled.fatalities.words" if found[0].vague else "acled.fatalities.single"


def _number(facts: Facts, figure: Figure) -> int:
    """The figure, or what the profile puts for its words; a plural without a number goes by the setting."""
    if not figure.vague:
        return figure.point
    chosen = facts.book.chosen
    words = {word: int(chosen[name]) for word, name in facts.book.tables["words"].items()}
    known = [words[w] for w in re.findall(r"[a-z]+", figure.words.casefold()) if w in words]
    if known:
        return min(known)
    zone = facts.country is not None and facts.country.iso2 in chosen["war_zones"]
    plural = int(chosen["many_deaths"] if zone else chosen["unknown_deaths"])
    return max(figure.point, plural) if figure.point <= plural else figure.point
