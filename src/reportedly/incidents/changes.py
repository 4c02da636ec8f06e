"""Room 6, changes: group anew only what new, changed and removed texts touch, with the result of grouping everything.

Door: `regroup(case, changed, fresh, judgements, linking)`. An incident that no change of a claim or tie reaches, and
whose claims stay among themselves when the incidents that are reached are grouped with it, stays as it is (ADR 0014).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from reportedly.incidents.around import Around, Surroundings
from reportedly.incidents.clusters import compared, decisions, grouped, incident_of, one_happening
from reportedly.incidents.outlines import Outline, place_in_text
from reportedly.incidents.packing import Packer
from reportedly.incidents.scoring import Rates
from reportedly.incidents.standing import Standing
from reportedly.incidents.ties import Ties, bound_by, leads
from reportedly.knowledge.linking import Linking
from reportedly.model.compared import Compared, Grouped
from reportedly.model.judgement import Judgement

Group = frozenset[str]


def regroup(
    case: Surroundings,
    changed: Collection[str],
    fresh: Sequence[Outline],
    judgements: Sequence[Judgement],
    linking: Linking,
) -> Grouped:
    """Group anew what the changed documents touch; `fresh` are their claims as they are now, none of those removed."""
    around = Around(case, changed, fresh)
    standing = Standing(around, linking)
    reached = _Reached(case, around, standing, judgements, linking)
    claims, groups = reached.grouped(around.touched | standing.retied)
    incidents = [incident_of([around.outline(c) for c in group]) for group in groups]
    return Grouped(claims | around.left.keys(), incidents, list(_compared(around, standing)))


def _compared(around: Around, standing: Standing) -> Iterator[Compared]:
    """What came of comparing the claims that are new or stand otherwise, and those of changed documents."""
    packer = Packer()
    for claim in sorted(standing.other | (around.touched & around.rows.keys())):
        outline, row = around.outline(claim), around.rows.get(claim)
        ties = tuple(sorted((points, other) for other, points in standing.ties(claim).items()))
        yield compared(row.outline if row else packer.packed(outline), outline, standing.stand(claim), ties)


class _Reached:
    """Groups of claims that a change reaches: at first those that hold a change, then those that it draws in."""

    def __init__(
        self,
        case: Surroundings,
        around: Around,
        standing: Standing,
        judgements: Sequence[Judgement],
        linking: Linking,
    ) -> None:
        self._case = case
        self._around = around
        self._standing = standing
        self._judgements = judgements
        self._linking = linking
        self._rates = Rates(linking)
        self._before: dict[str, Group] = {}
        self._led: dict[str, str] = {}
        self._following: defaultdict[str, list[str]] = defaultdict(list)
        self._read: set[str] = set()
        self._judged: defaultdict[str, set[str]] = defaultdict(set)
        for judgement in judgements:
            if judgement.kind == "same_incident" and judgement.right is not None:
                self._judged[judgement.left.claim].add(judgement.right.claim)
                self._judged[judgement.right.claim].add(judgement.left.claim)

    def grouped(self, starts: Collection[str]) -> tuple[Group, list[list[str]]]:
        """Return the claims that are reached, and their groups, in the order of texts."""
        reached = set[str]().union(*self._groups(starts))
        while True:
            beside = self._groups(sorted(self._tied(reached) - reached))
            found = self._grouped(reached.union(*beside))
            whole = {frozenset(group) for group in found}
            alone = {frozenset({claim}) for claim in reached.union(*beside).difference(*whole)}  # they merely follow
            drawn = beside - whole - alone
            if not drawn:
                return frozenset(reached), [group for group in found if not reached.isdisjoint(group)]
            reached = reached.union(*drawn)

    def _groups(self, claims: Iterable[str]) -> set[Group]:
        """The groups of claims at the last grouping, without those that are gone; new ones are alone."""
        unknown = sorted(claim for claim in claims if claim not in self._before)
        for members in self._case.together(unknown):
            group = frozenset(filter(self._around.present, members))
            self._before |= dict.fromkeys(members, group)
        for claim in unknown:
            self._before.setdefault(claim, frozenset({claim} if self._around.present(claim) else ()))
        return {self._before[claim] for claim in claims}

    def _tied(self, claims: Collection[str]) -> set[str]:
        """The claims that hang together with any of these."""
        self._follow(claims)
        tied = {other for claim in claims for other in self._standing.ties(claim)}
        tied |= {other for claim in claims for other in self._judged.get(claim, ()) if self._known(other)}
        tied |= {self._led[claim] for claim in claims if claim in self._led}
        return tied.union(*(self._following.get(claim, ()) for claim in claims))

    def _known(self, claim: str) -> bool:
        self._around.fetch([claim])
        return self._around.present(claim) and self._around.knows(claim)

    def _follow(self, claims: Collection[str]) -> None:
        """Find out which claims of their texts follow which."""
        self._around.fetch(claims)
        texts = {self._around.outline(claim).document for claim in claims} - self._read
        self._around.read(texts)
        self._read |= texts
        for document in sorted(texts):
            text = self._around.text(document)
            for follower, member in leads(text, one_happening(Rates(self._linking)), self._linking):
                self._led[text[follower].id] = text[member].id
                self._following[text[member].id].append(text[follower].id)

    def _grouped(self, claims: Collection[str]) -> list[list[str]]:
        """The groups that some claims fall into by themselves."""
        self._follow(claims)
        told = sorted((self._around.outline(claim) for claim in claims), key=place_in_text)
        place = {outline.id: n for n, outline in enumerate(told)}
        decided = list(decisions(self._judgements, place))
        led: Mapping[int, int] = {place[a]: place[b] for a, b in self._led.items() if a in place and b in place}

        def kept(n: int) -> list[tuple[int, int]]:
            return [(points, place[j]) for j, points in self._standing.ties(told[n].id).items() if j in place]

        ties = Ties(told, kept, bound_by((*((a, b) for a, b, _ in decided), *led.items())))
        parts = ties.parts(range(len(told)))
        groups = sorted(g for part in parts for g in grouped(part, ties, decided, led, self._rates))
        return [[told[n].id for n in group] for group in groups]
