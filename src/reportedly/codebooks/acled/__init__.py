"""ACLED's layout: one row an incident, as its rules would code it."""

from reportedly.codebooks.acled.coder import code_acled

__all__ = ["code_acled"]
