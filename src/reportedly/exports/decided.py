"""What people decided on a case, counted by who decided: for reports, which say how far a person has looked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportedly.model.claim import Claim
from reportedly.model.judgement import Judgement
from reportedly.store.base import Holdings
from reportedly.store.decided import ClaimReview
from reportedly.store.grouping import anchor_of


@dataclass(frozen=True, slots=True)
class CoderCount:
    """One person's decisions in force, and how many they or others took back."""

    who: str
    blind: bool
    accepted: int
    edited: int
    rejected: int
    written: int
    grouped: int
    other: int
    taken_back: int


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How far review has come over some documents: claims as read, and what people said of them."""

    claims: int
    accepted: int
    edited: int
    rejected: int
    finished: int
    coders: tuple[CoderCount, ...]

    @property
    def open(self) -> int:
        """Claims on which nobody decided."""
        return self.claims - self.accepted - self.rejected


def reviewed(view: Holdings, documents: Collection[str]) -> Reviewed:
    """Count what people decided on these documents."""
    decisions = view.decisions()
    claims, told = 0, list[ClaimReview]()
    for key in documents:
        read = view.spots(key)
        claims += len(read)
        told += decisions.reviews(key, read).values()
    entries = [entry for entry in view.judgements(in_force=False) if entry.left.document in documents]
    return Reviewed(
        claims=claims,
        accepted=sum(one.status == "accepted" for one in told),
        edited=sum(bool(one.edits) and one.status == "accepted" for one in told),
        rejected=sum(one.status == "rejected" for one in told),
        finished=sum(decisions.finished(key) for key in documents),
        coders=tuple(_by_coder(entries)),
    )


def checked_by(view: Holdings, document: str, claims: Sequence[Claim]) -> dict[str, str]:
    """Return for each claim of a document that people spoke about what they said, in words."""
    found = view.decisions(document).reviews(document, map(anchor_of, claims))
    return {key: _words(review) for key, review in found.items() if review.entries}


def _words(review: ClaimReview) -> str:
    who = ", ".join(dict.fromkeys(entry.who for entry in review.entries))
    verb = "edited" if review.edits and review.status == "accepted" else review.status
    return f"{verb} by {who}" if verb in {"edited", "accepted", "rejected"} else f"looked at by {who}"


def _by_coder(entries: Iterable[Judgement]) -> Iterator[CoderCount]:
    spoken: defaultdict[tuple[str, bool], list[Judgement]] = defaultdict(list)
    for entry in entries:
        spoken[entry.who, entry.blind].append(entry)
    for (who, blind), theirs in sorted(spoken.items()):
        held = Counter(_what(entry) for entry in theirs if entry.undone_by is None and entry.kind != "same_incident")
        yield CoderCount(
            who,
            blind,
            held["accepted"],
            held["edited"],
            held["rejected"],
            held["added"],
            len({entry.gesture or entry.id for entry in theirs if _groups(entry)}),
            held["other"],
            sum(entry.undone_by is not None for entry in theirs),
        )


def _groups(entry: Judgement) -> bool:
    return entry.kind == "same_incident" and entry.undone_by is None


def _what(entry: Judgement) -> str:
    if entry.kind == "added":
        return "added"
    if entry.kind != "claim" or entry.verdict == "unsure":
        return "other"
    return "rejected" if entry.verdict == "negative" else "edited" if entry.after else "accepted"
