"""How a function is mapped over a stream of documents. Door: `engine(name, jobs) -> Engine`.

Every engine gives the same results in the same order, holds a bounded number of items, and knows nothing of rooms.
"""

from __future__ import annotations

from reportedly.engine.base import Engine, Make
from reportedly.engine.local import LocalEngine
from reportedly.engine.processes import ProcessEngine
from reportedly.errors import UsageError

__all__ = ["Engine", "LocalEngine", "Make", "ProcessEngine", "engine"]


def engine(name: str, jobs: int = 0) -> Engine:
    """Return the engine of this name; `jobs` 0 takes one process for each core."""
    if name == "local":
        return LocalEngine()
    if name == "processes":
        return ProcessEngine(jobs)
    if name == "spark":
        raise UsageError("the engine `spark` is not available in this version", hint="use --engine processes")
    raise UsageError(f"unknown engine `{name}`", hint="local or processes")
