"""Export as the contract's own form: one incident a line. A working file: everything the contract names is in it."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.contract import dumps, incident_line
from reportedly.exports.options import Options
from reportedly.store.base import Holdings

TITLE = "Incidents, one JSON object a line"
MEDIA = "application/x-ndjson"
LEAVES_OUT = "documents whose claims form no incident; relations"
TAKES: frozenset[str] = frozenset()


def chunks(view: Holdings, options: Options) -> Iterator[str]:
    """Yield one line for each incident, in the order of their ids."""
    for record in view.incidents():
        yield dumps(incident_line(record)) + "\n"
