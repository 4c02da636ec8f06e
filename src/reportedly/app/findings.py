"""Why figures of an incident contradict each other, and why others do not. Door: `findings(matrix, claims, facts)`.

Two figures contradict only when incident, outcome and victims match and their ranges do not overlap: a part, a later
figure of the same teller, other victims and a repetition are no contradictions, and are said to be none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from reportedly.app.matrix import Column, Figure, Matrix, teller_name
from reportedly.exports.words import figure_words, names, type_words
from reportedly.model.claim import Claim
from reportedly.model.facts import DocumentFacts
from reportedly.model.incident import IncidentRecord

Kind = Literal["contradiction", "denial", "compatible", "part", "update", "other victims", "repetition"]
# How many pairs of one column are spelled out.
MOST = 12


@dataclass(frozen=True, slots=True)
class Finding:
    """How some figures stand to each other, in words, with the claims that it rests on."""

    kind: Kind
    words: str
    claims: tuple[str, ...]

    @property
    def contradicts(self) -> bool:
        """Tell whether both cannot hold."""
        return self.kind in ("contradiction", "denial")


def findings(
    matrix: Matrix, record: IncidentRecord, claims: Sequence[Claim], facts: Mapping[str, DocumentFacts]
) -> list[Finding]:
    """Return what is to be said about the figures, contradictions first."""
    found = [*_denials(claims, record, facts)]
    for column in matrix.columns:
        found += _pairs(column)
        found += _notes(column)
    found += _others(matrix)
    return sorted(found, key=lambda finding: not finding.contradicts)


def overlap(one: Figure, other: Figure) -> bool:
    """Tell whether two figures can both hold. An open end is open."""
    return _reaches(one.low, other.high) and _reaches(other.low, one.high)


def _reaches(low: int | None, high: int | None) -> bool:
    return low is None or high is None or low <= high


def told(figure: Figure) -> str:
    """Return a figure with its teller, as a sentence begins."""
    return f"{figure.teller} says {figure_words(figure.low, figure.high, figure.qualifier)}"


def _pairs(column: Column) -> Iterator[Finding]:
    current = [figure for figure in column.figures if figure.current]
    pairs = [(a, b) for a, b in combinations(current, 2) if a.teller != b.teller]
    apart = [(a, b) for a, b in pairs if not overlap(a, b)]
    for a, b in apart[:MOST]:
        yield Finding("contradiction", f"{_what(column)}: {told(a)}, {told(b)}: both cannot hold.", a.claims + b.claims)
    if len(apart) > MOST:
        yield Finding("contradiction", f"{_what(column)}: and {len(apart) - MOST} more pairs that cannot hold.", ())
    for a, b in [pair for pair in pairs if pair not in apart and _differ(*pair)][:MOST]:
        words = f"{_what(column)}: {told(a)}, {told(b)}: both can hold, so this is no contradiction."
        yield Finding("compatible", words, a.claims + b.claims)


def _differ(one: Figure, other: Figure) -> bool:
    return (one.low, one.high) != (other.low, other.high)


def _notes(column: Column) -> Iterator[Finding]:
    for figure in column.figures:
        if figure.part:
            words = f"{_what(column)}: {told(figure)}, as a part of a larger figure: no contradiction to the whole."
            yield Finding("part", words, figure.claims)
        if not figure.current:
            yield Finding("update", f"{_what(column)}: {told(figure)}; {figure.note}.", figure.claims)
        texts = len({telling.claim.document for telling in figure.tellings})
        if texts > figure.origins:
            words = f"{_what(column)}: {told(figure)} in {texts} reports of {figure.origins} independent "
            words += f"origin{'' if figure.origins == 1 else 's'}: repetition is no support."
            yield Finding("repetition", words, figure.claims)


def _others(matrix: Matrix) -> Iterator[Finding]:
    """Yield the columns of one outcome whose figures differ because they count other people."""
    for one, other in combinations(matrix.columns, 2):
        if one.outcome != other.outcome or any(f.part for f in (*one.figures, *other.figures)):
            continue
        pair = next(((a, b) for a in one.figures for b in other.figures if _far(a, b)), None)
        if pair is not None:
            a, b = pair
            words = f"{told(a)} ({_who(one)}), {told(b)} ({_who(other)}): they count different people, "
            yield Finding(
                "other victims", f"{one.outcome.replace('_', ' ')}: {words}no contradiction.", a.claims + b.claims
            )


def _far(one: Figure, other: Figure) -> bool:
    return one.current and other.current and one.teller != other.teller and not overlap(one, other)


def _denials(claims: Sequence[Claim], record: IncidentRecord, facts: Mapping[str, DocumentFacts]) -> Iterator[Finding]:
    asserted = [claim for claim in claims if claim.stance not in ("denied", "doubted")]
    for claim in claims:
        if claim.stance == "denied" and asserted:
            who = f" by {names(claim.initiators)}" if claim.initiators else ""
            words = f"{teller_name(claim, facts)} denies {type_words(claim.event_type)}{who}, which others assert."
            yield Finding("denial", words, (claim.id,))


def _what(column: Column) -> str:
    return f"{column.outcome.replace('_', ' ')}, {_who(column)}"


def _who(column: Column) -> str:
    return column.victims or ("victims not named" if column.victim_class == "unknown" else column.victim_class)
