"""Room 6, changes: group anew only what new, changed and removed texts touch, with the result of grouping everything.

Door: `regroup(case, texts, gone, judgements, outlines)`. Which claims are compared, and which are torn, depends on
their neighbours alone: parts that no change stands next to stay as they are (ADR 0010).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np

from reportedly.incidents.blocks import comparable, keys, pairs_in_blocks
from reportedly.incidents.clusters import decisions, grouped, incident_of, one_happening
from reportedly.incidents.outlines import Outline, place_in_text
from reportedly.incidents.scoring import Rates
from reportedly.incidents.table import Table
from reportedly.incidents.ties import Fits, Ties, bound_by, leads
from reportedly.knowledge.linking import Linking
from reportedly.model import Claim, Incident
from reportedly.model.judgement import Judgement

# Pairs up to so many are all scored at once; beyond, only those that share a block.
EACH_WITH_EACH = 1 << 21
Outlines = Callable[[Iterable[Claim]], Sequence[Outline]]


class Surroundings(Protocol):
    """What is asked of the claims around a change."""

    def sharing(self, keys: Sequence[int]) -> Iterable[str]:
        """Return the documents with a claim that has one of the keys (see `blocks.keys`); too many do no harm."""
        ...

    def claims(self, document: str) -> Iterable[Claim]:
        """Return the claims of a document."""
        ...


class Regrouped(NamedTuple):
    """All claims of the parts that were grouped anew, and the incidents that they now form."""

    claims: frozenset[str]
    incidents: tuple[Incident, ...]


def regroup(
    case: Surroundings,
    texts: Iterable[str],
    gone: Iterable[Outline],
    judgements: Sequence[Judgement],
    outlines: Outlines,
    linking: Linking,
) -> Regrouped:
    """Group anew what the documents `texts` (new or changed) and `gone` (claims as they were before) touch.

    `outlines` makes outlines of a document's claims, in the order of its text.
    """
    web = _Web(case, judgements, outlines, linking)
    new = {n for text in sorted(set(texts)) for n in web.text(text)}
    dirty = new | {j for links in web.links(list(gone)) for _, j in links}
    near = dirty | web.neighbours(dirty)
    web.look(sorted(near))
    # A loose claim may be torn, or fit another best, than before, and what was the best of a claim may be much
    # weaker than a new one: that frees or cuts its ties.
    near |= web.neighbours({n for n in near if web.told[n].loose or web.outdone(n, new)})
    return web.group(sorted(web.parts(near), key=lambda n: place_in_text(web.told[n])))


class _Web:
    """Claims of the case as they are needed, by number of arrival."""

    def __init__(
        self, case: Surroundings, judgements: Sequence[Judgement], outlines: Outlines, linking: Linking
    ) -> None:
        self.told: list[Outline] = []
        self.fits = Fits(self.told, self.found, linking)
        self.ties = Ties(self.told, self.fits.kept, self.bound)
        self._linking = linking
        self._case = case
        self._outlines = outlines
        self._judgements = judgements
        self._judged: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        for judgement in judgements:
            if judgement.kind == "same_incident" and judgement.right is not None:
                ends = judgement.left, judgement.right
                for one, other in (ends, ends[::-1]):
                    self._judged[one.claim].add((other.document, other.claim))
        self._texts: dict[str, list[int]] = {}
        self._numbers: dict[str, int] = {}
        self._led: dict[int, int] = {}
        self._following: defaultdict[int, list[int]] = defaultdict(list)
        self._found: dict[int, list[tuple[int, int]]] = {}
        self._sharing: dict[int, tuple[str, ...]] = {}

    def text(self, document: str) -> list[int]:
        """The claims of a document."""
        if document not in self._texts:
            outlines = self._outlines(self._case.claims(document))
            numbers = list(range(len(self.told), len(self.told) + len(outlines)))
            self.told += outlines
            self._texts[document] = numbers
            self._numbers |= {o.id: n for n, o in zip(numbers, outlines, strict=True)}
            for follower, member in leads(outlines, one_happening(Rates(self._linking)), self._linking):
                self._led[numbers[follower]] = numbers[member]
                self._following[numbers[member]].append(numbers[follower])
        return self._texts[document]

    def found(self, claim: int) -> Sequence[tuple[int, int]]:
        """The claims that speak for the same happening."""
        if claim not in self._found:
            self.look([claim])
        return self._found[claim]

    def neighbours(self, claims: Collection[int]) -> set[int]:
        """The claims that speak for the same happening as one of these."""
        self.look(sorted(claims))
        return {j for n in claims for _, j in self._found[n]}

    def outdone(self, claim: int, new: Collection[int]) -> bool:
        """Tell whether a new claim speaks more for the same happening than all those that were there."""
        found = self._found[claim]
        old = max((t for t, j in found if j not in new), default=0)
        return any(t > old for t, j in found if j in new)

    def parts(self, starts: Collection[int]) -> set[int]:
        """All claims of the parts that hold one of the starts, looked at ring by ring."""
        seen, ring = set(starts), set(starts)
        while ring:
            self.look(sorted(self.neighbours(ring)))  # whether these are torn decides over the ties
            ring = {j for n in sorted(ring) for j in self.ties.tied(n)} - seen
            seen |= ring
        return seen

    def look(self, claims: Iterable[int]) -> None:
        """Find the claims that speak for the same happening as each of these, all at once."""
        new = [n for n in claims if n not in self._found]
        for number, links in zip(new, self.links([self.told[n] for n in new]), strict=True):
            self._found[number] = links

    def links(self, ones: Sequence[Outline]) -> list[list[tuple[int, int]]]:
        """For each outline the claims of the case that speak for the same happening, with their scores."""
        found: list[list[tuple[int, int]]] = [[] for _ in ones]
        texts = {o.document for o in ones} | set(self._documents({k for o in ones for k in keys(o)}))
        near = sorted(n for document in sorted(texts) for n in self.text(document))
        if not ones or not near:
            return found
        for row, column, total in self._pairs([self.told[n] for n in near], ones):
            one, other = ones[row], self.told[near[column]]
            if one.id != other.id and comparable(one, other, self._linking):
                found[row].append((total, near[column]))
        return found

    def _pairs(self, near: Sequence[Outline], ones: Sequence[Outline]) -> Iterator[tuple[int, int, int]]:
        """Yield the pairs of one of `ones` and one of `near` that speak for one happening, with their scores: each with
        each where that is little, else block by block, among them all."""
        size = len(near)
        table = Table([*near, *ones], self._linking)
        if size * len(ones) > EACH_WITH_EACH:
            pairs = pairs_in_blocks(table)
            across = (pairs.one < size) & (pairs.other >= size)  # the smaller number first
            order = np.lexsort((pairs.one[across], pairs.other[across]))
            columns, rows, points = (column[across][order].tolist() for column in pairs)
            yield from zip((row - size for row in rows), columns, points, strict=True)
            return
        for some in table.across(np.arange(size, size + len(ones)), np.arange(size)):
            rows, columns, points = (column.tolist() for column in some)
            yield from zip((row - size for row in rows), columns, points, strict=True)

    def _documents(self, wanted: Iterable[int]) -> Iterable[str]:
        for key in sorted(wanted):
            if key not in self._sharing:
                self._sharing[key] = tuple(self._case.sharing([key]))
            yield from self._sharing[key]

    def bound(self, claim: int) -> Iterable[int]:
        """The claims that people judged this one with, those that follow it, and the one that it follows."""
        for document, other in sorted(self._judged.get(self.told[claim].id, ())):
            self.text(document)
            if other in self._numbers:
                yield self._numbers[other]
        if claim in self._led:
            yield self._led[claim]
        yield from self._following.get(claim, ())

    def group(self, inside: Sequence[int]) -> Regrouped:
        """Group whole parts; `inside` are their claims in the order of texts."""
        told = [self.told[n] for n in inside]
        place = {n: i for i, n in enumerate(inside)}
        decided = list(decisions(self._judgements, {o.id: i for i, o in enumerate(told)}))
        led: Mapping[int, int] = {place[a]: place[b] for a, b in self._led.items() if a in place}

        def kept(i: int) -> Sequence[tuple[int, int]]:
            return [(total, place[j]) for total, j in self.fits.kept(inside[i]) if j in place]

        ties = Ties(told, kept, bound_by((*((a, b) for a, b, _ in decided), *led.items())))
        groups = sorted(
            g for part in ties.parts(range(len(told))) for g in grouped(part, ties, decided, led, Rates(self._linking))
        )
        incidents = tuple(incident_of([told[i] for i in group]) for group in groups)
        return Regrouped(frozenset(o.id for o in told), incidents)
