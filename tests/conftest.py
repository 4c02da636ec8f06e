"""Tests read with one thread a process, as the command line does (see `reportedly.cli`)."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
