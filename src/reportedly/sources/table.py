"""Room 1, sources: CSV tables with one document a row. The text column is found by its name.

Rows stream; cells are handed on as the bytes of the file, so that a table in another encoding than UTF-8 is decoded
like any other document.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any, BinaryIO

from reportedly.model.capture import Capture, CaptureMeta
from reportedly.model.rejected import Rejected
from reportedly.sources.columns import FIELD_COLUMNS, TEXT_COLUMNS
from reportedly.sources.jsonl import numbered_lines
from reportedly.sources.limits import MAX_BYTES, read_whole, too_long, unreadable


class _LineTooLong(Exception):
    """A line over the limit for one document."""


def read_table(stream: BinaryIO, name: str, origin: str) -> Iterator[Capture | Rejected]:
    """Yield one capture per row; ids that no column gives are `NAME#ROW`."""
    # the module's limit of 128 kB is smaller than long articles; ours is the one for all documents
    csv.field_size_limit(MAX_BYTES)
    lines, decode = _lines(stream)
    try:
        first = next(lines, "")
    except _LineTooLong:
        yield too_long(f"{origin}, line 1")
        return
    if not first.strip():
        yield unreadable(origin, "empty; a table with a header line was expected")
        return
    header = _header(first)
    columns = _columns(header)
    if "text" not in columns:
        names = ", ".join(h[:30] for h in header[:12])
        yield unreadable(origin, f"no text column; found: {names}; expected one of {', '.join(TEXT_COLUMNS[:6])}")
        return
    yield from _rows(csv.reader(lines, delimiter=_delimiter(first), strict=True), columns, decode, name, origin)


def _lines(stream: BinaryIO) -> tuple[Iterator[str], Callable[[str], bytes | str]]:
    """Return the lines as text, and how to turn a cell into content.

    Latin-1 maps each byte to one character, so that cells can be given back as the bytes of the file.
    """
    head = stream.readline(MAX_BYTES + 1)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _wide(head, stream), lambda cell: cell
    return _latin(head.removeprefix(b"\xef\xbb\xbf"), stream), lambda cell: cell.encode("latin-1")


def _wide(head: bytes, stream: BinaryIO) -> Iterator[str]:
    """Yield the lines of a UTF-16 table, which is read whole."""
    rest = read_whole(stream, "")
    if isinstance(rest, Rejected):
        raise _LineTooLong
    yield from io.StringIO((head + rest).decode("utf-16", "replace"), newline="")


def _latin(head: bytes, stream: BinaryIO) -> Iterator[str]:
    if len(head) > MAX_BYTES:
        raise _LineTooLong
    yield head.decode("latin-1")
    for _, line in numbered_lines(stream):
        if line is None:
            raise _LineTooLong
        yield line.decode("latin-1")


def _delimiter(header: str) -> str:
    """Return the delimiter under which the header has a text column, else the one with most columns."""
    options = (",", ";", "\t", "|")
    return max(options, key=lambda mark: ("text" in _columns(_split(header, mark)), len(_split(header, mark))))


def _split(line: str, mark: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=mark), [])
    except csv.Error:
        return []


def _header(line: str) -> list[str]:
    return [_plain(cell.encode("latin-1", "replace")).strip() for cell in _split(line, _delimiter(line))]


def _columns(header: Sequence[str]) -> dict[str, int]:
    """Return which column holds which field."""
    places = {"_".join(name.casefold().split()): i for i, name in reversed(list(enumerate(header)))}
    wanted = {"text": TEXT_COLUMNS, **FIELD_COLUMNS}
    columns = {field: next((places[n] for n in names if n in places), -1) for field, names in wanted.items()}
    return {field: place for field, place in columns.items() if place >= 0}


def _rows(
    rows: Iterator[list[str]],
    columns: dict[str, int],
    decode: Callable[[str], bytes | str],
    name: str,
    origin: str,
) -> Iterator[Capture | Rejected]:
    number = 0
    while True:
        number += 1
        where = f"{origin}, row {number}"
        try:
            row = next(rows)
        except StopIteration:
            break
        except _LineTooLong:
            yield too_long(where)
            return
        except csv.Error as error:
            # at the end of the data an open quotation has swallowed all rows from here on
            swallowed = "; this and all later rows are unread" if "end of data" in str(error) else ""
            yield unreadable(where, f"broken row ({error}); a quotation mark may not be closed{swallowed}")
            continue
        if any(cell.strip() for cell in row):
            yield _row(row, columns, decode, f"{name}#{number}", where)
    if number == 1:
        yield unreadable(origin, "the table has a header and no rows; there is nothing to read")


def _row(
    row: list[str], columns: dict[str, int], decode: Callable[[str], bytes | str], name: str, where: str
) -> Capture | Rejected:
    cells = {field: row[place] if place < len(row) else "" for field, place in columns.items()}
    if not cells["text"].strip():
        return unreadable(where, "the text cell is empty; there is nothing to read")
    body = decode(cells.pop("text"))
    plain: dict[str, Any] = {field: _plain(decode(cell)).strip() or None for field, cell in cells.items()}
    given = plain.pop("id", None)
    return Capture(given or name, where, "text", body, CaptureMeta(**plain))


def _plain(cell: bytes | str) -> str:
    """Return a short cell as text."""
    if isinstance(cell, str):
        return cell
    try:
        return cell.decode("utf-8")
    except UnicodeDecodeError:
        return cell.decode("cp1252", "replace")
