"""CAMEO codes: one row for each code of an incident."""

from reportedly.codebooks.cameo.coder import code_cameo

__all__ = ["code_cameo"]
