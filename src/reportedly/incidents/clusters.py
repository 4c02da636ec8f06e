"""Room 6, clusters: claims into incidents, independent of their order, undoable by judgements.

Door: `cluster(claims, documents, judgements, families, linking)`. Claims that nothing ties to each other, however far
around, are grouped apart (see `ties.py`); within such a part pairs are joined best first, and two groups join only when
they agree on the whole and no pair across them is forbidden, so that two fights are never chained together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from reportedly.incidents.blocks import found, pairs_in_blocks
from reportedly.incidents.outlines import Outline, Outliner, place_in_text
from reportedly.incidents.packing import Packer
from reportedly.incidents.scoring import Rates
from reportedly.incidents.table import Table
from reportedly.incidents.ties import Fits, Kept, Stand, Ties, bound_by, kept_of_many, leads
from reportedly.knowledge.linking import Linking
from reportedly.model import Claim, Incident, content_id
from reportedly.model.compared import Compared, Grouped, Rated
from reportedly.model.facts import DocumentFacts
from reportedly.model.judgement import Judgement

# The number of this edition of the rules: raised when claims would be grouped otherwise than before. What the weights
# say counts by itself.
RULES = 13
# Up to so many claims pairs are looked at one by one; above, whole blocks at once.
_FEW = 48
# Of a large group, the members that say most stand for it when groups are compared.
_SPOKESMEN = 16
_DAY_RANK = {"day": 0, "span": 1, "week": 2, "month": 3, "season": 4, "year": 5}
_PLACE_RANK = {"point": 0, "near": 0, "district": 1, "region": 2, "unresolved": 3, "country": 4}
Decided = Sequence[tuple[int, int, bool]]


def cluster(
    claims: Iterable[Claim],
    documents: Mapping[str, DocumentFacts],
    judgements: Sequence[Judgement],
    families: Mapping[str, str],
    linking: Linking,
) -> Sequence[Incident]:
    """Return the incidents that the claims tell of, in the order of their first claim. Ids are content hashes."""
    return group(Outliner(documents, families, linking).outlines(claims), judgements, linking).incidents


def group(told: Sequence[Outline], judgements: Sequence[Judgement], linking: Linking) -> Grouped:
    """Return the incidents of claims, in the order of their first claim, and what came of comparing them."""
    numbers = {o.id: n for n, o in enumerate(told)}
    decided = list(decisions(judgements, numbers))
    few = Rates(linking) if len(told) <= _FEW else None  # of many, each text and each part has its own
    led = _all_leads(told, linking, few)
    kept = _kept(told, few or Rates(linking))
    ties = Ties(told, kept.links, bound_by((*((a, b) for a, b, _ in decided), *led.items())))
    parts = ties.parts(range(len(told)))
    groups = (g for part in parts for g in grouped(part, ties, decided, led, few or Rates(linking)))
    incidents = [incident_of([told[n] for n in group]) for group in sorted(groups)]
    return Grouped(frozenset(numbers), incidents, _compared(told, kept))


def _compared(told: Sequence[Outline], kept: Kept) -> Iterator[Compared]:
    packer = Packer()
    for number, outline in enumerate(told):
        ties = tuple((points, told[j].id) for points, j in kept.links(number))
        yield compared(packer.packed(outline), outline, kept.stand(number), ties)


def compared(packed: str, outline: Outline, stand: Stand, ties: Rated) -> Compared:
    """Return what is kept of comparing a claim."""
    return Compared(outline.id, outline.document, packed, *stand, ties)


def _kept(told: Sequence[Outline], rates: Rates) -> Kept:
    if len(told) <= _FEW:
        fits = Fits(told, found(told, rates), rates.linking)
        return Kept(fits.kept, fits.stand)
    table = Table(told, rates.linking)
    return kept_of_many(table, pairs_in_blocks(table))


def grouped(part: Sequence[int], ties: Ties, decided: Decided, led: Mapping[int, int], rates: Rates) -> list[list[int]]:
    """Return the groups of one part, by the numbers of their claims; these must be in the order of texts."""
    told = ties.told
    if len(part) == 1:
        return [] if told[part[0]].follower else [list(part)]
    inside = set(part)
    groups = _Groups(told, part, rates)
    own = [d for d in decided if d[0] in inside and d[1] in inside] if decided else ()
    for one, other, same in own:
        groups.decide(one, other, same)
    for _, one, other in _best_first(part, ties):
        groups.join(one, other)
    for follower in part:
        if told[follower].follower and (member := led.get(follower)) is not None:
            groups.follow(follower, member)
    joined = {i for one, other, same in own if same for i in (one, other)}
    alone = {i for i in part if told[i].follower} - joined
    return [ids for ids in groups.all() if not alone.issuperset(ids)]


def incident_of(members: Sequence[Outline]) -> Incident:
    """Return the incident of claims in the order of documents and text."""
    ids = tuple(m.id for m in members)
    return Incident(content_id("inc", *ids), ids, tuple(dict.fromkeys(m.document for m in members)))


def decisions(judgements: Sequence[Judgement], numbers: Mapping[str, int]) -> Iterator[tuple[int, int, bool]]:
    """What people decided about pairs of present claims, the latest word first."""
    for judgement in sorted(judgements, key=lambda j: -j.id):
        if judgement.right is None or not judgement.takes_effect or judgement.verdict == "unsure":
            continue
        left, right = numbers.get(judgement.left.claim), numbers.get(judgement.right.claim)
        if judgement.kind == "same_incident" and left is not None and right is not None:
            yield left, right, judgement.verdict == "positive"


def _best_first(part: Sequence[int], ties: Ties) -> list[tuple[int, int, int]]:
    """The pairs of a part that speak for one happening; of equals those that come first in the texts."""
    pairs = [(-total, i, j) for i in part for total, j in ties.kept(i) if i < j]
    return sorted(pairs)


def _all_leads(told: Sequence[Outline], linking: Linking, few: Rates | None) -> dict[int, int]:
    """For each follower the claim of its text that it follows."""
    texts: defaultdict[str, list[int]] = defaultdict(list)
    for number, outline in enumerate(told):
        texts[outline.document].append(number)
    return {
        text[follower]: text[member]
        for text in texts.values()
        for follower, member in leads([told[n] for n in text], one_happening(few or Rates(linking)), linking)
    }


def one_happening(rates: Rates) -> Callable[[Sequence[Outline]], bool]:
    """Return what tells whether the claims of a text, none of which only follows, fall into one group by themselves."""

    def is_one(text: Sequence[Outline]) -> bool:
        ties = Ties(text, _kept(text, rates).links, bound_by(()))
        part = next(ties.parts(range(len(text))))
        return len(part) == len(text) and len(grouped(part, ties, (), {}, rates)) == 1

    return is_one


# ------------------------------------------------------------------------------------------- groups


class _Groups:
    """Disjoint groups of claims, by number, with pairs of groups that must stay apart."""

    def __init__(self, told: Sequence[Outline], part: Sequence[int], rates: Rates) -> None:
        self._told = told
        self._rates = rates
        self._members = {i: [i] for i in part}
        self._root = {i: i for i in part}
        self._apart: defaultdict[int, set[int]] = defaultdict(set)
        self._tried: set[tuple[int, int, int, int]] = set()

    def decide(self, one: int, other: int, same: bool) -> None:
        """A person's word: join, or keep apart. A later word on the same groups came first and stands."""
        a, b = self._root[one], self._root[other]
        if a == b or b in self._apart[a]:
            return
        if same:
            self._merge(a, b)
        else:
            self._forbid(a, b)

    def join(self, one: int, other: int) -> None:
        """Make two groups one, unless some pair across them must stay apart or they disagree on the whole."""
        a, b = sorted((self._root[one], self._root[other]))
        if a == b or b in self._apart[a]:
            return
        attempt = (a, len(self._members[a]), b, len(self._members[b]))
        if attempt in self._tried:
            return
        self._tried.add(attempt)
        across = self._across(a, b)
        if across is None:
            self._forbid(a, b)
        elif across >= self._bar(a, b):
            self._merge(a, b)

    def _across(self, a: int, b: int) -> float | None:
        """What the average pair across two groups scores; None where some pair is forbidden."""
        ones, others = self._speakers(a), self._speakers(b)
        total = 0
        for one in ones:
            for other in others:
                rated = self._rates.of(self._told[one], self._told[other])
                if rated is None:
                    return None
                total += rated
        return total / (len(ones) * len(others))

    def follow(self, follower: int, member: int) -> None:
        """Let a claim about support join the incident of the claim that it follows."""
        a, b = self._root[follower], self._root[member]
        if len(self._members[a]) == 1 and b not in self._apart[a]:
            self._merge(a, b)

    def _speakers(self, root: int) -> list[int]:
        """The members that stand for a group: of a large one those with the sharpest time and place."""
        members = self._members[root]
        if len(members) <= _SPOKESMEN:
            return members
        return sorted(members, key=lambda i: (*_sharpness(self._told[i]), i))[:_SPOKESMEN]

    def _bar(self, a: int, b: int) -> int:
        """Lower where every text that tells of the one group tells of the other too."""
        texts, others = ({self._told[i].document for i in self._members[root]} for root in (a, b))
        one_text = texts <= others or others <= texts
        linking = self._rates.linking
        return linking.together_in_one_text if one_text else linking.together

    def _forbid(self, a: int, b: int) -> None:
        self._apart[a].add(b)
        self._apart[b].add(a)

    def _merge(self, a: int, b: int) -> None:
        keep, gone = sorted((a, b))
        for member in self._members[gone]:
            self._root[member] = keep
        self._members[keep] += self._members.pop(gone)
        for rival in self._apart.pop(gone, set()):
            self._apart[rival].discard(gone)
            self._forbid(keep, rival)

    def all(self) -> list[list[int]]:
        """The groups, each in text order."""
        return [sorted(ids, key=lambda i: place_in_text(self._told[i])) for ids in self._members.values()]


def _sharpness(outline: Outline) -> tuple[int, int]:
    days, spot = outline.days, outline.spot
    day = _DAY_RANK[days.precision] if days.stated and days.precision is not None else 9
    return day, _PLACE_RANK[spot.precision] if spot is not None else 9
