"""How an incident's figures stand to each other, in words. Door: `findings(comparisons, record, claims, facts)`.

What contradicts what is found in room 6 (`incidents/relations.py`); here it becomes sentences, one for all pairs that
say the same. Between tellers only figures that count are compared: one that its teller replaced contradicts nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from reportedly.app.matrix import teller_name
from reportedly.exports.words import actor_words, figure_words, names
from reportedly.model.claim import Claim
from reportedly.model.facts import DocumentFacts
from reportedly.model.incident import Comparison, ComparisonKind, IncidentRecord
from reportedly.model.toll import Toll

# How many sentences of one kind are spelled out.
MOST = 12
_BETWEEN_TELLERS = frozenset({"contradiction", "agreement", "other_victims"})
_SENTENCES: Mapping[ComparisonKind, str] = {
    "contradiction": "{what}, {who}: {one}, {other}: both cannot hold.",
    "agreement": "{what}, {who}: {one}, {other}: both can hold, so this is no contradiction.",
    "other_victims": "{what}: {one} ({who}), {other} ({others}): they count different people, no contradiction.",
    "part": "{what}, {who}: {one}, as a part of {figure}: no contradiction to the whole.",
    "repetition": "{what}, {who}: {one}, told again: {reason}; repetition is no support.",
    "update": "{what}, {who}: {one}, replaced by {figure}: {reason}.",
    "correction": "{what}, {who}: {one}, corrected to {figure}: {reason}.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """How some figures stand to each other, in words, with the claims that it rests on."""

    kind: ComparisonKind
    words: str
    claims: tuple[str, ...]

    @property
    def contradicts(self) -> bool:
        """Tell whether both cannot hold."""
        return self.kind in ("contradiction", "denial")


def findings(
    comparisons: Iterable[Comparison],
    record: IncidentRecord,
    claims: Sequence[Claim],
    facts: Mapping[str, DocumentFacts],
    label: Callable[[str], str],
) -> list[Finding]:
    """Return what is to be said about the figures, contradictions first. `label` gives the words of an event type."""
    told = {claim.id: claim for claim in claims}
    counted = {(figure.claim, figure.low, figure.high) for cell in record.tolls for figure in cell.by}
    groups: dict[tuple[ComparisonKind, str], list[str]] = {}
    for one in comparisons:
        if _tells(one, counted):
            groups.setdefault((one.kind, _words(one, told, facts, label)), []).extend((one.left, one.right))
    found = [Finding(kind, words, tuple(dict.fromkeys(keys))) for (kind, words), keys in groups.items()]
    return list(_bounded(sorted(found, key=lambda finding: (not finding.contradicts, finding.kind))))


def _bounded(found: Sequence[Finding]) -> Iterator[Finding]:
    for kind, group in groupby(found, key=lambda finding: finding.kind):
        some = list(group)
        yield from some[:MOST]
        if more := some[MOST:]:
            yield Finding(kind, f"and {len(more)} more of this kind.", tuple(key for one in more for key in one.claims))


def _tells(one: Comparison, counted: set[tuple[str, int | None, int | None]]) -> bool:
    """Tell whether a comparison is worth a sentence: equal figures of two tellers and replaced ones are not."""
    a, b = one.left_toll, one.right_toll
    if one.kind not in _BETWEEN_TELLERS or a is None or b is None:
        return True
    if one.kind == "agreement" and (a.low, a.high) == (b.low, b.high):
        return False
    return (one.left, a.low, a.high) in counted and (one.right, b.low, b.high) in counted


def _words(
    one: Comparison, told: Mapping[str, Claim], facts: Mapping[str, DocumentFacts], label: Callable[[str], str]
) -> str:
    a, b = one.left_toll, one.right_toll
    if a is None or b is None:
        return _denial(told[one.left], facts, label)
    return _SENTENCES[one.kind].format(
        what=a.outcome.replace("_", " "),
        who=_victims(a),
        others=_victims(b),
        one=_says(told[one.left], a, facts),
        other=_says(told[one.right], b, facts),
        figure=figure_words(b.low, b.high, b.qualifier),
        reason=one.reason,
    )


def _denial(claim: Claim, facts: Mapping[str, DocumentFacts], label: Callable[[str], str]) -> str:
    who = f" by {names(claim.initiators)}" if claim.initiators else ""
    return f"{teller_name(claim, facts)} denies {label(claim.event_type).lower()}{who}, which others assert."


def _says(claim: Claim, toll: Toll, facts: Mapping[str, DocumentFacts]) -> str:
    return f"{teller_name(claim, facts)} says {figure_words(toll.low, toll.high, toll.qualifier)}"


def _victims(toll: Toll) -> str:
    if toll.victims is not None:
        return actor_words(toll.victims)
    return "victims not named" if toll.victim_class == "unknown" else toll.victim_class
