"""Room 4: who says who did what. Doors: `assemble(...)`, `identify(claims, text)`, and `relate(...)` in `relations`."""

from reportedly.claims.assemble import Assembly, assemble
from reportedly.claims.identity import identify

__all__ = ["Assembly", "assemble", "identify"]
