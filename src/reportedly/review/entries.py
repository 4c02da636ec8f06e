"""Entries of the ledger as JSON and as rows of a table."""

from __future__ import annotations

from collections.abc import Mapping

from reportedly.model.judgement import Judgement

COLUMNS = (
    *(
        "entry",
        "gesture",
        "at",
        "who",
        "kind",
        "verdict",
        "document",
        "claim",
        "words",
        "other_document",
        "other_claim",
    ),
    *("why", "before", "after", "undone_by", "blind", "conflicts"),
)


def entry_json(entry: Judgement) -> Mapping[str, object]:
    """Return an entry as JSON."""
    right = entry.right
    return {
        "entry": entry.id,
        "gesture": entry.gesture or entry.id,
        "kind": entry.kind,
        "verdict": entry.verdict,
        "document": entry.left.document,
        "claim": entry.left.claim or None,
        "other": {"document": right.document, "claim": right.claim} if right else None,
        "who": entry.who,
        "at": entry.at,
        "why": entry.why,
        "before": entry.before,
        "after": entry.after,
        "undone_by": entry.undone_by,
        "blind": entry.blind,
        "conflicts": entry.conflicts,
    }


def entry_row(entry: Judgement) -> Mapping[str, object]:
    """Return an entry as a row with the columns `COLUMNS`."""
    right = entry.right
    flat = {"other_document": right.document if right else None, "other_claim": right.claim if right else None}
    told = {key: value for key, value in entry_json(entry).items() if key != "other"}
    return {**told, **flat, "words": entry.left.trigger}
