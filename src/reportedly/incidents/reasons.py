"""Room 6, reasons: why the claims of an incident belong together, and why the nearest other one is not the same.

Door: `explain(members, others, linking)`, of outlines. Computed anew, by the very scores that group claims.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportedly.incidents.features import PairScore
from reportedly.incidents.outlines import Outline
from reportedly.incidents.scoring import score
from reportedly.knowledge.linking import POINTS, Feature, Linking


@dataclass(frozen=True, slots=True)
class Link:
    """A claim, the claim that speaks most for belonging with it, and the features of the two."""

    claim: str
    other: str
    score: PairScore
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Nearest:
    """The incident that comes closest to being the same, and why it is not.

    `average` is what the average pair across the two scores, `needed` what it would have to; `forbidding` are the
    features that keep them apart, none where they agree too little. `link` is the pair that agrees most.
    """

    incident: str
    link: Link
    average: float
    needed: float
    forbidding: tuple[Feature, ...]


@dataclass(frozen=True, slots=True)
class Reasons:
    """For each claim of an incident with company its strongest link, and the nearest other incident, if any is near."""

    links: tuple[Link, ...]
    nearest: Nearest | None


def explain(members: Sequence[Outline], others: Mapping[str, Sequence[Outline]], linking: Linking) -> Reasons:
    """Return the reasons for an incident's claims; `others` are the claims of incidents around, by incident."""
    links = tuple(_strongest(m, [o for o in members if o.id != m.id], linking) for m in members if len(members) > 1)
    compared = [_against(members, incident, claims, linking) for incident, claims in sorted(others.items()) if claims]
    nearest = max(compared, key=lambda n: (n.link.score.total, n.average, n.incident), default=None)
    return Reasons(links, nearest)


def _strongest(claim: Outline, others: Sequence[Outline], linking: Linking) -> Link:
    """The link to the claim that speaks most for belonging together; one that is forbidden comes last."""
    rated = [(score(claim, other, linking), other.id) for other in others]
    best, other = max(rated, key=lambda r: (not r[0].forbidden, r[0].total, r[1]))
    return Link(claim.id, other, best, claim.follower)


def _against(members: Sequence[Outline], incident: str, claims: Sequence[Outline], linking: Linking) -> Nearest:
    across = [(score(m, c, linking), m.id, c.id) for m in members for c in claims]
    best, one, other = max(across, key=lambda r: (r[0].total, r[1], r[2]))
    forbidding = {f.name: f for pair, _, _ in across for f in pair.features if f.forbids}
    average = sum(pair.total for pair, _, _ in across) / len(across)
    against = tuple(forbidding[n] for n in sorted(forbidding))
    return Nearest(incident, Link(one, other, best), average, linking.together / POINTS, against)
