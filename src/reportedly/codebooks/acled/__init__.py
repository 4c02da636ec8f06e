"""ACLED's layout: one row an incident and day."""

from reportedly.codebooks.acled.coder import code_acled

__all__ = ["code_acled"]
