"""Room 6: same happening, many claims.

Doors: `group(...)` groups everything, `cluster(...)` gives the incidents alone, `regroup(...)` groups what a change
touches (`keys` says by what to look around it), `summarise(...)` writes what an incident looks like,
`explain(members, others, linking)` says why its claims belong together, `relations_of(members, documents)` how they
stand to each other, `known_by(claims, documents, day)` which of them were known on a day.
"""

from reportedly.incidents.around import Surroundings
from reportedly.incidents.blocks import keys
from reportedly.incidents.changes import regroup
from reportedly.incidents.clusters import RULES, cluster, group
from reportedly.incidents.outlines import Outline, Outliner
from reportedly.incidents.reasons import Reasons, explain
from reportedly.incidents.record import known_by, known_since, summarise
from reportedly.incidents.relations import relations_of

__all__ = [
    "RULES", "Outline", "Outliner", "Reasons", "Surroundings", "cluster", "explain", "group", "keys", "known_by",
    "known_since", "regroup", "relations_of", "summarise",
]  # fmt: skip
