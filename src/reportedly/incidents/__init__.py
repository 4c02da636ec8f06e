"""Room 6: same happening, many claims. Doors: `cluster(claims, documents, judgements, families)`, `summarise(...)`."""

from reportedly.incidents.clusters import cluster
from reportedly.incidents.record import summarise

__all__ = ["cluster", "summarise"]
