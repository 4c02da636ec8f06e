"""A recorded human decision: who judged what, when, and whether it still holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["positive", "negative", "unsure"]
JudgementKind = Literal["same_incident", "claim"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a judged claim stands, so that a judgement survives a better extractor that moves claim ids."""

    claim: str
    document: str
    start: int
    trigger: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """One entry of the ledger. Nothing is overwritten: `undone_by` is the id of the entry that takes it back.

    `same_incident` with `positive` means that `left` and `right` tell of one happening, with `negative` that they do
    not. A judgement on a single claim has no `right`. `before` and `after` hold changed values as JSON, `at` is an
    aware time in ISO form.
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
