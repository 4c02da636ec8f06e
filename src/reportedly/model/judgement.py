"""A recorded human decision: who judged what, when, and whether it still holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["positive", "negative", "unsure"]
JudgementKind = Literal["same_incident", "claim", "added", "comment", "link", "document"]
ClaimLink = Literal["contradicts", "repeats", "updates", "includes", "corrects", "corroborates"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a judged claim stands, so that a judgement survives a better extractor that moves claim ids.

    A judgement on a whole document has an empty `claim` and `trigger`.
    """

    claim: str
    document: str
    start: int
    trigger: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decides, before it is written into the ledger; fields as in `Judgement`."""

    kind: JudgementKind
    verdict: Verdict
    left: Anchor
    right: Anchor | None = None
    why: str = ""
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """One entry of the ledger. Nothing is overwritten: `undone_by` is the id of the entry that takes it back.

    `same_incident` with `positive` means that `left` and `right` tell of one happening, with `negative` that they do
    not. `claim` accepts (`positive`) or rejects (`negative`) a claim; with `after` it changes it: `before` and `after`
    hold the changed fields as the contract's JSON. `added` is a claim that a person wrote, whole in `after`. `comment`
    has its words in `why`; `link` says in `after` how `left` stands to `right`; `document` says that a document's
    review is finished (`positive`) or open again (`negative`).

    `at` is an aware time in ISO form. `gesture` is the id of the first entry made in the same act (0: stands alone).
    A `blind` entry is a second coder's, and one with `conflicts` was made without having seen that newer entry:
    neither takes effect by itself.
    """

    id: int
    kind: JudgementKind
    verdict: Verdict
    left: Anchor
    right: Anchor | None
    who: str
    at: str
    why: str = ""
    before: str | None = None
    after: str | None = None
    undone_by: int | None = None
    gesture: int = 0
    blind: bool = False
    conflicts: int | None = None

    @property
    def takes_effect(self) -> bool:
        """Tell whether the case follows this entry."""
        return self.undone_by is None and not self.blind and self.conflicts is None
