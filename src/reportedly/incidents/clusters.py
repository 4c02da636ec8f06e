"""Room 6, clusters: claims into incidents, independent of their order, undoable by judgements.

Door: `cluster(claims, documents, judgements, families)`. Pairs are joined best first; two groups join only when they
agree on the whole and no pair across them is forbidden, so that two fights are never chained together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from reportedly.incidents.features import PairScore
from reportedly.incidents.occasion import countries_of, window
from reportedly.incidents.scoring import THRESHOLD, figure, score
from reportedly.model import Claim, Incident, content_id
from reportedly.model.facts import DocumentFacts
from reportedly.model.judgement import Judgement

# What the average pair across two groups must reach for them to join: of one text, and of several. On planted
# incidents (seed 5) 1.8 joined fewer wrongly than 1.2 and lost nothing; 2.4 fewer still, but headlines without a place
# fell apart, and so did the parts of one article from 1.5 on (2026-11-29).
TOGETHER_IN_ONE_TEXT, TOGETHER = 1.2, 1.8
# Of two happenings whose scores differ by no more, neither fits a vague claim better: less than most details weigh.
EQUALLY_WELL = 0.25
# Each claim is compared with at most this many that follow it in its block: pairs grow with claims, not squared.
NEIGHBOURS = 100
# Claims further apart than this are not compared: days, and degrees (60 km are 0.54 degrees north, twice that east
# at the latitude that _TEMPERATE names).
FAR_DAYS = 20
_FAR_DEGREES, _FAR_DEGREES_EAST, _TEMPERATE = 0.6, 1.2, 60.0
# Of a large group, the members that say most stand for it when groups are compared.
_SPOKESMEN = 16
# A figure this high is rare enough to look for the same one elsewhere.
_TELLING_TOLL = 5
_DAY_RANK = {"day": 0, "span": 1, "week": 2, "month": 3, "season": 4, "year": 5}
_PLACE_RANK = {"point": 0, "near": 0, "district": 1, "region": 2, "unresolved": 3, "country": 4}
# Said of a happening rather than telling one: it joins an incident or none, and never founds one.
_FOLLOWING = frozenset({"cooperation.support_operation", "attack.involvement"})
_FOLLOWS = 1.5
# Scores kept at a time: those of one article many times over, and some 10 MB where a case has millions of pairs.
_REMEMBERED = 10_000


def cluster(
    claims: Sequence[Claim],
    documents: Mapping[str, DocumentFacts],
    judgements: Sequence[Judgement],
    families: Mapping[str, str],
) -> list[Incident]:
    """Return the incidents that the claims tell of, in the order of their first claim. Ids are content hashes."""
    members = sorted((c for c in claims if forms_incident(c)), key=_place_in_text)
    followers = sorted((c for c in claims if _follows(c)), key=_place_in_text)
    pairs = _Pairs((*members, *followers), documents, families)
    groups = _Groups(pairs, (*members, *followers))
    decided = list(_decided(judgements, pairs))
    for one, other, same in decided:
        groups.decide(one, other, same)
    for _, one, other in _candidates(members, pairs, documents):
        groups.join(one, other)
    for follower in followers:
        groups.follow(follower, members)
    joined = {i for one, other, same in decided if same for i in (one, other)}
    alone = {c.id for c in followers} - joined
    return [_incident(ids, pairs.claims) for ids in groups.all() if not alone.issuperset(ids)]


def forms_incident(claim: Claim) -> bool:
    """Plans, suppositions, history, summaries and campaigns form no incident; nor does mere support."""
    return not _follows(claim) and _happened(claim) and not _campaign(claim)


def _follows(claim: Claim) -> bool:
    """Support and involvement; and what somebody mentions without saying who, where, when or how many."""
    if not _happened(claim):
        return False
    stated = claim.when is not None and claim.when.basis != "publication"
    told = claim.tolls or claim.place or stated or (claim.initiators and claim.targets)
    return claim.event_type in _FOLLOWING or (claim.violent and not told)


def _happened(claim: Claim) -> bool:
    return not claim.aggregate and claim.modality in {"actual", "ongoing", "attempted"}


def _campaign(claim: Claim) -> bool:
    """Fighting that goes on in a country or nowhere in particular, on no stated day."""
    stated = claim.when is not None and claim.when.basis != "publication" and claim.when.precision == "day"
    local = claim.place is not None and claim.place.precision != "country"
    return claim.modality == "ongoing" and not stated and not local and not claim.tolls


def _place_in_text(claim: Claim) -> tuple[str, int, str]:
    return claim.document, claim.trigger.start, claim.id


def _decided(judgements: Sequence[Judgement], pairs: _Pairs) -> Iterator[tuple[str, str, bool]]:
    """What people decided about pairs of present claims, the latest word first."""
    for judgement in sorted(judgements, key=lambda j: -j.id):
        if judgement.right is None or judgement.undone_by is not None or judgement.verdict == "unsure":
            continue
        if judgement.kind == "same_incident" and {judgement.left.claim, judgement.right.claim} <= pairs.claims.keys():
            yield judgement.left.claim, judgement.right.claim, judgement.verdict == "positive"


# ------------------------------------------------------------------------------------------- which pairs to look at


class _Pairs:
    """Scores of pairs, by id, whichever comes first."""

    def __init__(
        self, claims: Sequence[Claim], documents: Mapping[str, DocumentFacts], families: Mapping[str, str]
    ) -> None:
        self.claims = {c.id: c for c in claims}
        self._documents = documents
        self._families = families
        self._scores: dict[tuple[str, str], PairScore] = {}

    def score(self, one: str, other: str) -> PairScore:
        """The score of a pair; the latest ones are remembered, since a pair stands in several blocks."""
        found = self._scores.get((one, other))
        if found is None:
            if len(self._scores) >= _REMEMBERED:
                self._scores.clear()
            found = score(self.claims[one], self.claims[other], self._families, self._documents)
            self._scores[one, other] = found
        return found

    def two_texts(self, one: str, other: str) -> bool:
        """Tell whether two claims stand in different documents."""
        return self.claims[one].document != self.claims[other].document

    def sharp(self, claim: str) -> bool:
        """Tell whether a claim names a place smaller than an area."""
        place = self.claims[claim].place
        return place is not None and place.precision in {"point", "near"}


def _candidates(
    members: Sequence[Claim], pairs: _Pairs, documents: Mapping[str, DocumentFacts]
) -> list[tuple[float, str, str]]:
    """The pairs that speak for one happening, best first."""
    sights = {c.id: _sight(c, documents) for c in members}
    found: dict[tuple[str, str], float] = {}
    for block in _blocks(members, sights):
        looks = [sights[c.id] for c in block]
        for i, one in enumerate(block):
            for j in range(i + 1, min(len(block), i + 1 + NEIGHBOURS)):
                if looks[i].out_of_sight(looks[j]):
                    continue
                other = block[j]
                key = (one.id, other.id) if one.id < other.id else (other.id, one.id)
                if key not in found and (pair := pairs.score(*key)).total >= THRESHOLD and not pair.forbidden:
                    found[key] = pair.total
    torn = _torn(found, pairs)
    kept = ((t, a, b) for (a, b), t in found.items() if not (torn & {a, b} and pairs.two_texts(a, b)))
    return sorted(kept, key=lambda r: (-r[0], r[1], r[2]))


def _torn(found: Mapping[tuple[str, str], float], pairs: _Pairs) -> set[str]:
    """Claims that name no town and fit two happenings of other texts equally well: they join neither."""
    fits: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for (a, b), total in found.items():
        for vague, sharp in ((a, b), (b, a)):
            if not pairs.sharp(vague) and pairs.sharp(sharp) and pairs.two_texts(a, b):
                fits[vague].append((total, sharp))
    return {vague for vague, fitting in fits.items() if _rivals(fitting, pairs)}


def _rivals(fitting: Sequence[tuple[float, str]], pairs: _Pairs) -> bool:
    best = max(fitting)[0]
    equals = [i for total, i in sorted(fitting, reverse=True) if total >= best - EQUALLY_WELL][:_SPOKESMEN]
    return any(pairs.score(a, b).forbidden for a, b in combinations(sorted(equals), 2))


@dataclass(frozen=True, slots=True)
class _Sight:
    """What a first look at a claim shows: its days as numbers (None = unknown) and the point where it lies."""

    first: int | None
    last: int | None
    lat: float | None
    lon: float | None

    def out_of_sight(self, other: _Sight) -> bool:
        """Tell cheaply that two claims lie too far apart in days or miles to be worth a comparison."""
        if self.first is not None and other.first is not None and self.last is not None and other.last is not None:
            gap = max(self.first, other.first) - min(self.last, other.last)
            if gap > FAR_DAYS:
                return True
        if self.lat is None or other.lat is None or self.lon is None or other.lon is None:
            return False
        if abs(self.lat - other.lat) > _FAR_DEGREES:
            return True
        return abs(self.lat) < _TEMPERATE and _FAR_DEGREES_EAST < abs(self.lon - other.lon) < 360 - _FAR_DEGREES_EAST


def _sight(claim: Claim, documents: Mapping[str, DocumentFacts]) -> _Sight:
    days, place = window(claim, documents), claim.place
    first, last = (days[0].toordinal(), days[1].toordinal()) if days is not None else (None, None)
    if place is None or place.precision not in {"point", "near"}:
        return _Sight(first, last, None, None)
    return _Sight(first, last, place.lat, place.lon)


def _blocks(members: Sequence[Claim], sights: Mapping[str, _Sight]) -> Iterable[list[Claim]]:
    """Claims worth comparing, in the order in which neighbours are compared.

    Those of one document in text order; those of one country by their days; and those of one place, actor or high
    figure by their days, so that a busy country does not push them out of each other's reach. The claims of a single
    text are all within reach of each other as they stand.
    """
    if len(members) <= NEIGHBOURS and len({c.document for c in members}) == 1:
        yield list(members)
        return
    blocks: defaultdict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in members:
        blocks["document", claim.document].append(claim)
        for key in _keys(claim, sights[claim.id].last is not None):
            blocks[key].append(claim)
    for key, block in sorted(blocks.items()):
        if len(block) > 1:
            yield block if key[0] == "document" else sorted(block, key=lambda c: sights[c.id].last or 0)


def _keys(claim: Claim, dated: bool) -> Iterator[tuple[str, ...]]:
    time = "" if dated else claim.when.edtf if claim.when is not None else "?"
    refs, place = (*claim.initiators, *claim.targets), claim.place
    for country in sorted(countries_of(claim)) or ["?"]:
        yield "country", country, time
    if place is not None and place.precision != "country":
        yield "place", place.place_id or (place.name or place.span.quote).casefold(), time
    for actor in sorted({r.actor_id for r in refs if r.actor_id}):
        yield "actor", actor, time
    for toll in claim.tolls:
        count = figure(toll)
        if count is not None and count >= _TELLING_TOLL:
            yield "toll", f"{toll.outcome} {count}", time


# ------------------------------------------------------------------------------------------- groups


class _Groups:
    """Disjoint groups of claim ids with pairs of groups that must stay apart."""

    def __init__(self, pairs: _Pairs, claims: Sequence[Claim]) -> None:
        self._pairs = pairs
        self._members = {c.id: [c.id] for c in claims}
        self._root = {i: i for i in self._members}
        self._apart: defaultdict[str, set[str]] = defaultdict(set)
        self._tried: set[tuple[str, int, str, int]] = set()

    def decide(self, one: str, other: str, same: bool) -> None:
        """A person's word: join, or keep apart. A later word on the same groups came first and stands."""
        a, b = self._root[one], self._root[other]
        if a == b or b in self._apart[a]:
            return
        if same:
            self._merge(a, b)
        else:
            self._forbid(a, b)

    def join(self, one: str, other: str) -> None:
        """Make two groups one, unless some pair across them must stay apart or they disagree on the whole."""
        a, b = sorted((self._root[one], self._root[other]))
        if a == b or b in self._apart[a]:
            return
        attempt = (a, len(self._members[a]), b, len(self._members[b]))
        if attempt in self._tried:
            return
        self._tried.add(attempt)
        across = [self._pairs.score(x, y) for x in self._speakers(a) for y in self._speakers(b)]
        if any(s.forbidden for s in across):
            self._forbid(a, b)
        elif sum(s.total for s in across) >= self._bar(a, b) * len(across):
            self._merge(a, b)

    def follow(self, follower: Claim, members: Sequence[Claim]) -> None:
        """Let a claim about support join the incident of its document that fits it best, or the only one there is."""
        if len(self._members[self._root[follower.id]]) > 1:
            return
        near = [m for m in members if m.document == follower.document and m.violent]
        rated = [(_fit(follower, m), -abs(m.trigger.start - follower.trigger.start), m.id) for m in near]
        best = max(rated, default=None)
        only = len({self._root[m.id] for m in near}) == 1
        if best is not None and (only or best[0] >= _FOLLOWS):
            a, b = self._root[follower.id], self._root[best[2]]
            if b not in self._apart[a]:
                self._merge(a, b)

    def _speakers(self, root: str) -> list[str]:
        """The members that stand for a group: of a large one those with the sharpest time and place."""
        members = self._members[root]
        if len(members) <= _SPOKESMEN:
            return members
        return sorted(members, key=lambda i: (*_sharpness(self._pairs.claims[i]), i))[:_SPOKESMEN]

    def _bar(self, a: str, b: str) -> float:
        """Lower where every text that tells of the one group tells of the other too."""
        texts, others = ({self._pairs.claims[i].document for i in self._members[root]} for root in (a, b))
        return TOGETHER_IN_ONE_TEXT if texts <= others or others <= texts else TOGETHER

    def _forbid(self, a: str, b: str) -> None:
        self._apart[a].add(b)
        self._apart[b].add(a)

    def _merge(self, a: str, b: str) -> None:
        keep, gone = sorted((a, b))
        for member in self._members[gone]:
            self._root[member] = keep
        self._members[keep] += self._members.pop(gone)
        for rival in self._apart.pop(gone, set()):
            self._apart[rival].discard(gone)
            self._forbid(keep, rival)

    def all(self) -> Iterator[list[str]]:
        """The groups, each in text order, in the order of their first member."""
        groups = (sorted(ids, key=self._order) for ids in self._members.values())
        return iter(sorted(groups, key=lambda ids: self._order(ids[0])))

    def _order(self, claim: str) -> tuple[str, int, str]:
        return _place_in_text(self._pairs.claims[claim])


def _sharpness(claim: Claim) -> tuple[int, int]:
    when, place = claim.when, claim.place
    stated = when is not None and when.basis != "publication"
    day = _DAY_RANK[when.precision] if stated and when is not None else 9
    return day, _PLACE_RANK[place.precision] if place is not None else 9


def _fit(follower: Claim, member: Claim) -> float:
    """How well a claim of support fits a happening: whom it names, and how near it stands in the text."""
    named = (*follower.targets, *follower.initiators)
    sides = (*member.initiators, *member.targets)
    ids = {r.actor_id for r in named if r.actor_id} & {r.actor_id for r in sides if r.actor_id}
    kinds = {(r.kind, r.country) for r in named if r.country} & {(r.kind, r.country) for r in sides if r.country}
    near = abs(follower.trigger.start - member.trigger.start)
    return (2.0 if ids else 1.2 if kinds else 0.0) + (1.0 if near <= 400 else 0.5)


def _incident(ids: Sequence[str], by_id: Mapping[str, Claim]) -> Incident:
    documents = tuple(dict.fromkeys(by_id[i].document for i in ids))
    return Incident(content_id("inc", *ids), tuple(ids), documents)
