"""Room 6, around: the claims of a case as a change needs them: those that stay, those that come and those that go.

Door: `Around(case, changed, fresh)`. Claims that stay are as they were compared at the last grouping.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from reportedly.incidents.blocks import keys
from reportedly.incidents.outlines import Outline, place_in_text
from reportedly.incidents.packing import Unpacker
from reportedly.model.compared import Compared


class Surroundings(Protocol):
    """What is asked of a case: its claims as they were compared at the last grouping."""

    def near(self, keys: Sequence[int]) -> Iterable[Compared]:
        """Return the claims of documents with a claim that has one of the keys (`blocks.keys`); too many do no harm."""
        ...

    def told_by(self, documents: Sequence[str]) -> Iterable[Compared]:
        """Return the claims of documents."""
        ...

    def named(self, claims: Sequence[str]) -> Iterable[Compared]:
        """Return claims by their ids."""
        ...

    def together(self, claims: Sequence[str]) -> Iterable[Collection[str]]:
        """Return the claims of each incident that has one of these."""
        ...


class Around:
    """Claims by id: `new` and `gone` are those that came, went or changed; a changed claim is both."""

    def __init__(self, case: Surroundings, changed: Iterable[str], fresh: Sequence[Outline]) -> None:
        self._case = case
        self._changed = frozenset(changed)
        self._unpacker = Unpacker()
        self._texts, self._keys = set(self._changed), set[int]()
        self.rows: dict[str, Compared] = {}
        self._outlines: dict[str, Outline] = {}
        self._told: defaultdict[str, list[Outline]] = defaultdict(list)
        for outline in fresh:
            self._add(outline)
        before = {row.claim: row for row in case.told_by(sorted(self._changed))}
        then = {claim: self._unpacker.outline(row.outline) for claim, row in before.items()}
        stay = {claim for claim, outline in then.items() if self._outlines.get(claim) == outline}
        self.rows |= {claim: before[claim] for claim in before if claim in stay}
        self.left = {claim: row for claim, row in before.items() if claim not in stay}
        self.gone = [outline for claim, outline in then.items() if claim not in stay]
        self.new = [outline for outline in fresh if outline.id not in stay]
        self.coming = frozenset(outline.id for outline in self.new)
        self.touched = self._outlines.keys() | then.keys()

    def look(self, ones: Sequence[Outline]) -> None:
        """Have at hand all claims that are compared with these."""
        wanted = sorted({key for one in ones for key in keys(one)} - self._keys)
        self._keys.update(wanted)
        self._take(self._case.near(wanted))
        self.read({one.document for one in ones})

    def read(self, documents: Collection[str]) -> None:
        """Have all claims of documents at hand."""
        missing = sorted(set(documents) - self._texts)
        self._texts.update(missing)
        self._take(self._case.told_by(missing))

    def fetch(self, claims: Iterable[str]) -> None:
        """Have claims at hand."""
        self._take(self._case.named(sorted(claim for claim in claims if claim not in self._outlines)))

    def _take(self, rows: Iterable[Compared]) -> None:
        for row in rows:
            if row.document not in self._changed and row.claim not in self.rows:
                self.rows[row.claim] = row
                self._add(self._unpacker.outline(row.outline))

    def _add(self, outline: Outline) -> None:
        self._outlines[outline.id] = outline
        self._told[outline.document].append(outline)

    def outline(self, claim: str) -> Outline:
        """Return what comparing needs of a claim."""
        if claim not in self._outlines:
            self.fetch([claim])
        return self._outlines[claim]

    def knows(self, claim: str) -> bool:
        """Tell whether a claim that was fetched is there."""
        return claim in self._outlines

    def row(self, claim: str) -> Compared:
        """Return a claim that stays, as it was compared."""
        self.outline(claim)
        return self.rows[claim]

    def at_hand(self) -> list[Outline]:
        """All claims that were looked at, without those that are gone."""
        return list(self._outlines.values())

    def text(self, document: str) -> list[Outline]:
        """The claims of a document that was read, in their order."""
        return sorted(self._told[document], key=place_in_text)

    def present(self, claim: str) -> bool:
        """Tell whether a claim of the last grouping is still there."""
        return claim not in self.left or claim in self.coming
