"""UCDP GED's layout: one row an incident of lethal organised violence."""

from reportedly.codebooks.ucdp.coder import code_ucdp, over_the_year

__all__ = ["code_ucdp", "over_the_year"]
