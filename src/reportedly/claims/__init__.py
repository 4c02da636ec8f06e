"""Room 4: who says who did what. Doors: `assemble(document, reading, knowledge)`, `relate(document, reading, knowledge)`."""

from reportedly.claims.assemble import Assembly, assemble, identify

__all__ = ["Assembly", "assemble", "identify"]
