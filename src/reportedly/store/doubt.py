"""What makes a claim worth a person's look: how doubtful its reading is, and how much hangs on it. No SQL.

Doubt is one minus the confidence of the reading; consequence grows with the number of people that a figure speaks of,
and halves where nobody is harmed. Their product orders the inbox.
"""

from __future__ import annotations

import math

from reportedly.model.claim import Claim


def doubt(claim: Claim) -> float:
    """Return how unsure the reading is, from 0 to 1."""
    return round(1.0 - claim.confidence, 4)


def people(claim: Claim) -> int:
    """Return the largest number of people that a figure of the claim speaks of, 0 where none does."""
    return max((toll.best or toll.high or toll.low or 0 for toll in claim.tolls), default=0)


def consequence(claim: Claim) -> float:
    """Return how much hangs on a claim: twice as many people, one more."""
    return (1.0 + math.log2(1 + people(claim))) * (1.0 if claim.violent else 0.5)
