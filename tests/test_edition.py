"""What grouping rests on is the same in each process: else every run of `add` would group the whole case anew."""

from __future__ import annotations

import os
import subprocess
import sys

_PRINT = "from reportedly.pipeline import load_grouper; print(load_grouper().edition())"


def _edition(seed: int) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    return subprocess.run(
        [sys.executable, "-c", _PRINT], env=environment, stdout=subprocess.PIPE, check=True, text=True
    ).stdout


def test_the_edition_hangs_on_no_order_of_sets() -> None:
    """Two processes, in which sets have other orders, name the same edition."""
    assert _edition(1) == _edition(2) != ""
