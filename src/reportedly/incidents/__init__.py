"""Room 6: same happening, many claims.

Doors: `cluster(claims, documents, judgements, families)` groups everything, `regroup(...)` what a change touches
(`keys` says by what to look around it), `summarise(...)` writes what an incident looks like,
`explain(members, others)` says why its claims belong together.
"""

from reportedly.incidents.blocks import keys
from reportedly.incidents.changes import Regrouped, Surroundings, regroup
from reportedly.incidents.clusters import RULES, cluster
from reportedly.incidents.outlines import Outliner
from reportedly.incidents.reasons import Reasons, explain
from reportedly.incidents.record import summarise

__all__ = [
    "RULES", "Outliner", "Reasons", "Regrouped", "Surroundings", "cluster", "explain", "keys", "regroup", "summarise",
]  # fmt: skip
