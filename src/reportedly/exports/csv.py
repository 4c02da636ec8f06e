"""Export as a table: one row a claim or an incident. RFC 4180; no spreadsheet program reads a cell as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from reportedly.exports.options import Options
from reportedly.exports.tables import TABLES, Value
from reportedly.store.base import Holdings

TITLE = "A table, one row a claim or an incident"
MEDIA = "text/csv"
LEAVES_OUT = "offsets of slots, parts of tolls, relations"
TAKES = frozenset({"rows", "hxl"})

# Cells that begin so are formulas to spreadsheet programs, which would run what an article says.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def chunks(view: Holdings, options: Options) -> Iterator[str]:
    """Yield the header, with HXL the row of hashtags under it, and the rows of the table."""
    table = TABLES[options.rows]
    yield csv_line(column.name for column in table.columns)
    if options.hxl:
        yield csv_line(column.tag for column in table.columns)
    for row in table.rows(view):
        yield csv_line(_cell(row[column.name]) for column in table.columns)


def _cell(value: Value) -> object:
    return int(value) if isinstance(value, bool) else value


def csv_line(cells: Iterable[object]) -> str:
    """Return one line of the table, quoted where needed."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([harmless(cell) for cell in cells])
    return out.getvalue()


def harmless(cell: object) -> object:
    """Return the cell so that no spreadsheet program reads it as a formula: text gets an apostrophe in front."""
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\0", "")
    risky = text.lstrip(" ").startswith(FORMULA) and not NUMBER.fullmatch(text)
    return f"'{text}" if risky else text
