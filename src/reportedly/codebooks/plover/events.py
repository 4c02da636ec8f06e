"""Which PLOVER event and mode a claim is, once modality and stance are taken into account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.codebooks.book import Book
from reportedly.model import Claim

SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Act:
    """Event, mode (or None), auxiliary modes, and the rule that chose the event."""

    event: str
    mode: str | None
    auxiliary: tuple[str, ...]
    rule: str

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """Claims of one key are one record."""
        return self.event, self.auxiliary


def read_act(book: Book, claim: Claim) -> Act | None:
    """The act that a claim tells; None when the book has none like it."""
    entry = book.crosswalk(claim.event_type)
    if not entry:
        return None
    event, mode = str(entry["event"]), entry.get("mode")
    if _left_to_words(book, claim) or (event in book.tables["spoken"] and not claim.initiators):
        return None
    if claim.modality == "threatened":
        return _act(book, claim, "THREATEN", book.longest("threats", claim.event_type), "plover.event.threat")
    if claim.modality == "planned":
        return _planned(book, claim, event, mode)
    return _act(book, claim, event, mode, "plover.event.crosswalk")


def _left_to_words(book: Book, claim: Claim) -> bool:
    """Tell whether an act without violence is only laid to somebody: that it is laid to him is a record."""
    return not claim.violent and claim.stance in book.tables["left_to_words"]


def modes_of(acts: Sequence[Act]) -> list[str]:
    """Modes of one record, each once, the auxiliary ones last."""
    found = [act.mode for act in acts if act.mode] + [mode for act in acts for mode in act.auxiliary]
    return list(dict.fromkeys(found))


def score_of(book: Book, event: str, modes: Sequence[str]) -> float | None:
    """Score of the first mode that has one, else of the event."""
    scores = book.tables["modes"].get(event, {})
    known = next((scores[mode] for mode in modes if scores.get(mode) is not None), None)
    score: float | None = book.tables["events"][event]["score"] if known is None else known
    return score


def _planned(book: Book, claim: Claim, event: str, mode: str | None) -> Act | None:
    target = book.tables["planned"].get(event)
    if target is None:
        return _act(book, claim, event, mode, "plover.event.planned", "future")
    threat = book.longest("threats", claim.event_type) if target == "THREATEN" else None
    return _act(book, claim, str(target), threat, "plover.event.planned")


def _act(book: Book, claim: Claim, event: str, mode: str | None, rule: str, *extra: str) -> Act | None:
    """Add the auxiliary modes; None when the book is set to skip such claims."""
    table = book.tables["auxiliary"]
    marks = [str(table[word]) for word in (claim.modality, claim.stance) if word in table]
    if SKIP in marks:
        return None
    return Act(event, mode, (*extra, *marks), rule)
