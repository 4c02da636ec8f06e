"""Export for analysis: a typed table in one Parquet file, one row a claim or an incident. Written by DuckDB.

Rows pass through a file of JSON lines, so that memory does not grow with the case; DuckDB reads them in order.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from reportedly.exports.options import Options
from reportedly.exports.pieces import pieces
from reportedly.exports.tables import TABLES, Table, valid
from reportedly.store.base import Holdings

TITLE = "A typed table for analysis, one row a claim or an incident"
MEDIA = "application/vnd.apache.parquet"
LEAVES_OUT = "offsets of slots, parts of tolls, relations"
TAKES = frozenset({"rows"})

TYPES = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "truth": "BOOLEAN", "day": "DATE"}
# The longest row that DuckDB may meet in the file of rows, in bytes: a claim holds at most some sentences.
LONGEST_ROW = 64 * 1024 * 1024


def chunks(view: Holdings, options: Options) -> Iterator[bytes]:
    """Yield the bytes of the file."""
    table = TABLES[options.rows]
    with tempfile.TemporaryDirectory() as folder:
        rows, made = Path(folder) / "rows.jsonl", Path(folder) / "table.parquet"
        with rows.open("w", encoding="utf-8") as out:
            for row in table.rows(view):
                out.write(json.dumps({key: valid(value) for key, value in row.items()}, default=str) + "\n")
        _convert(table, rows, made)
        yield from pieces(made)


def _convert(table: Table, rows: Path, made: Path) -> None:
    """Write the rows as Parquet. One thread: the same rows give the same bytes."""
    import duckdb  # a seventh of a second that other exports do not pay

    with duckdb.connect(":memory:") as base:
        base.execute("SET threads = 1")
        columns = {column.name: TYPES[column.kind] for column in table.columns}
        base.read_json(
            str(rows), format="newline_delimited", columns=columns, maximum_object_size=LONGEST_ROW
        ).write_parquet(str(made), compression="zstd")
