"""Compare a case with a person's own data set: what both have, what only one has, and where the figures differ.

Doors: `read_acled` and `read_ged` read the file, `compare` matches it with the case's incidents, `table`, `as_json` and
`page` write the result. Nothing here changes a case.
"""

from reportedly.comparison.compare import Comparison, Extra, Found, Missed, compare
from reportedly.comparison.events import Event, Table
from reportedly.comparison.matching import Limits, Match
from reportedly.comparison.page import page
from reportedly.comparison.readers import read_acled, read_ged
from reportedly.comparison.result import as_json, table

__all__ = [
    "Comparison",
    "Event",
    "Extra",
    "Found",
    "Limits",
    "Match",
    "Missed",
    "Table",
    "as_json",
    "compare",
    "page",
    "read_acled",
    "read_ged",
    "table",
]
