"""What each coder makes of each claim: the program as it read, a person as they accepted, rejected, edited or wrote.

A blind second coder's word counts apart from what the same person says openly. An open coder looked at the claim with
the edits of others so far; these are in their version. Nothing is judged here; `agreement` compares.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reportedly.errors import UsageError
from reportedly.model.claim import Claim
from reportedly.model.judgement import Judgement
from reportedly.review.decide import Case
from reportedly.store.decided import Decisions, with_edits
from reportedly.store.grouping import Anchors, anchor_of, attach

PROGRAM = "program"
BLIND = " (blind)"
# What says something about a claim; comments, links and incidents do not.
JUDGING = frozenset({"claim", "added", "document"})


@dataclass(frozen=True, slots=True)
class CoderName:
    """Whose codes: the program, a person, or a person as blind second coder."""

    who: str
    blind: bool = False
    person: bool = True

    @property
    def label(self) -> str:
        """The name by which it is asked for."""
        return self.who + BLIND * self.blind


@dataclass(frozen=True, slots=True)
class DocumentCodes:
    """One coder's codes of one document: each claim judged, None where it was rejected, and as it lay before them.

    `written` are claims that they wrote; `whole` tells that they finished the document or judged all of its claims.
    """

    claims: Mapping[str, Claim | None] = field(default_factory=dict)
    shown: Mapping[str, Claim] = field(default_factory=dict)
    written: tuple[Claim, ...] = ()
    whole: bool = False

    @property
    def standing(self) -> list[Claim]:
        """The claims that this coder holds to be in the text."""
        return [claim for claim in self.claims.values() if claim is not None]


def coders(case: Case) -> dict[CoderName, int]:
    """Return who judged claims, with how many claims or documents each spoke about; the program first."""
    spoken: defaultdict[CoderName, set[tuple[str, str]]] = defaultdict(set)
    for entry in case.judgements():
        if entry.kind in JUDGING:
            spoken[CoderName(entry.who, entry.blind)].add((entry.left.document, entry.left.claim))
    people = sorted(spoken.items(), key=lambda item: item[0].label)
    return {CoderName(PROGRAM, person=False): case.counts().claims} | {name: len(on) for name, on in people}


def find_coder(case: Case, name: str) -> CoderName:
    """Return the coder of this name. Somebody who coded only blind is meant so; else blind codes are `NAME (blind)`."""
    known = list(coders(case))
    exact = next((one for one in known if one.label == name), None)
    found = exact or next((one for one in known if one.who == name), None)
    if found is None:
        listed = ", ".join(one.label for one in known)
        raise UsageError(f"no coder `{name}` in the case", hint=f"coders: {listed}")
    return found


class Codes:
    """The codes of one coder in a case, document by document."""

    def __init__(self, case: Case, coder: CoderName) -> None:
        self.case, self.coder = case, coder
        entries = [j for j in case.judgements() if j.kind in JUDGING and j.blind == coder.blind]
        self._all = Decisions(entries, blind_of=coder.who if coder.blind else None)
        mine = [j for j in entries if j.who == coder.who]
        self._mine = Decisions(mine, blind_of=coder.who if coder.blind else None)
        self._by_document: defaultdict[str, list[Judgement]] = defaultdict(list)
        for entry in entries:
            self._by_document[entry.left.document].append(entry)

    @property
    def documents(self) -> frozenset[str] | None:
        """The documents of which this coder coded something; None for the program: all of them."""
        return self._mine.documents if self.coder.person else None

    def document(self, key: str, read: Sequence[Claim], text: str) -> DocumentCodes:
        """Return the coder's codes of a document whose claims, as read, are given."""
        if not self.coder.person:
            claims = {claim.id: claim for claim in read}
            return DocumentCodes(claims, claims, whole=True)
        written = self._mine.written(key, lambda: text)
        shown = [*read, *self._all.written(key, lambda: text)]
        judged = {claim.id: claim for claim in written} | self._judged(key, shown)
        whole = self._mine.finished(key) or (bool(read) and all(claim.id in judged for claim in read))
        return DocumentCodes(judged, {claim.id: claim for claim in shown}, tuple(written), whole)

    def _judged(self, key: str, shown: Sequence[Claim]) -> dict[str, Claim | None]:
        told: defaultdict[str, list[Judgement]] = defaultdict(list)
        held = [j for j in self._by_document.get(key, ()) if j.kind == "claim"]
        for entry in attach(held, Anchors(map(anchor_of, shown))):
            told[entry.left.claim].append(entry)
        versions = ((claim, _version(claim, told[claim.id], self.coder.who)) for claim in shown if claim.id in told)
        return {claim.id: version[0] for claim, version in versions if version is not None}


def _version(claim: Claim, entries: Iterable[Judgement], who: str) -> tuple[Claim | None] | None:
    """Return the claim as this coder left it (None: rejected) in a tuple; None when they did not decide on it."""
    told = list(entries)
    last = next((entry for entry in reversed(told) if entry.who == who), None)
    if last is None or last.verdict == "unsure":
        return None
    if last.verdict == "negative":
        return (None,)
    edits: dict[str, object] = {}
    for entry in told:
        if entry.id <= last.id and _seen(entry, last):
            edits |= json.loads(entry.after) if entry.after else {}
    return (with_edits(claim, edits),)


def _seen(entry: Judgement, last: Judgement) -> bool:
    """Tell whether an entry's edits were before the coder's eyes: their own, or one that took effect and was seen."""
    if entry.who == last.who:
        return True
    return entry.conflicts is None and (last.conflicts is None or entry.id < last.conflicts)
