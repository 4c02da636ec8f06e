"""Room 9: people decide. Doors: `decide` (one function a decision) and `queue(view)` (what needs one).

Every decision is an entry in the case's ledger; nothing is overwritten, everything can be undone.
"""

from reportedly.review.checks import checked_claim
from reportedly.review.decide import (
    Coder,
    accept,
    change,
    comment,
    finish,
    link,
    merge,
    redo,
    reject,
    split,
    undo,
    write,
)
from reportedly.review.queue import Item, queue

__all__ = [
    "Coder",
    "Item",
    "accept",
    "change",
    "checked_claim",
    "comment",
    "finish",
    "link",
    "merge",
    "queue",
    "redo",
    "reject",
    "split",
    "undo",
    "write",
]
