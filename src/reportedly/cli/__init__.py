"""The command line. One thread for the matrix products of numpy, set before anything imports it.

Products of a sentence's size gain nothing from more threads, and the threads of several processes spin against each
other: the test suite took 182 s of processor time with the library's default and 64 s with one thread (2026-11-29).
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
