"""PLOVER records: one JSON object for each event of an incident."""

from reportedly.codebooks.plover.coder import code_plover

__all__ = ["code_plover"]
