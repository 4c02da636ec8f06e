"""What is computed anew when an older SQLite case is opened: the lines of its claims, the gist of its incidents."""

from __future__ import annotations

import json
import sqlite3

from reportedly.contract import incident_from
from reportedly.store.rows import incident_gist_row, insert
from reportedly.store.sqlite_lines import fill_lines


def fill(base: sqlite3.Connection) -> None:
    """Make all that is computed out of the claims and incidents of a case that an older version made."""
    fill_lines(base)
    for row in base.execute("SELECT body FROM incident ORDER BY id").fetchall():
        insert(base, "incident_gist", incident_gist_row(incident_from(json.loads(row["body"]))))
