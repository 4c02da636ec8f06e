"""Reads lines and rows of files from outside: plain, gzip or zip, however broken. Doors: `lines`, `table`.

What cannot be read becomes a `Problem` with its line; the rest goes on. Memory is bounded by the longest line allowed.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from reportedly.errors import InputError
from reportedly.knowledge.placed import Problem

LONGEST_LINE = 4_000_000
"""Bytes of a line. The longest of GeoNames has under 20,000; an entity of a sanctions list may have a million."""
_WIDE = (b"\xff\xfe", b"\xfe\xff")

Line = tuple[int, str]

# No cell of a list is longer: the csv module's own default. Articles in tables are read with a larger one.
LONGEST_CELL = 131_072


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file, or the largest file of a zip archive (the others are notes)."""
    try:
        with path.open("rb") as handle:
            head = handle.read(4)
            handle.seek(0)
            if head.startswith(b"\x1f\x8b"):
                with gzip.open(handle) as unpacked:
                    yield unpacked  # type: ignore[misc]
            elif head.startswith(b"PK\x03\x04"):
                with zipfile.ZipFile(handle) as archive, archive.open(_largest(archive)) as member:
                    yield member
            else:
                yield handle
    except (OSError, EOFError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"cannot be read: {reason}", where=str(path)) from None


def _largest(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    members = [info for info in archive.infolist() if not info.is_dir()]
    if not members:
        raise zipfile.BadZipFile("an empty archive")
    return max(members, key=lambda info: info.file_size)


def lines(path: Path, *, legacy: bool = False) -> Iterator[Line | Problem]:
    """Yield the lines of a text file with their numbers. `legacy`: a line that is no UTF-8 is read as Windows-1252."""
    with opened(path) as stream:
        head = stream.read(2)
        if head in _WIDE:
            yield from _wide(stream, head, path)
            return
        number = 1
        while line := head + stream.readline(LONGEST_LINE):
            if len(line) >= LONGEST_LINE:
                _skip_line(stream)
                yield Problem(str(path), number, f"longer than {LONGEST_LINE:,} bytes")
            else:
                yield _decoded(line, number, path, legacy)
            head, number = b"", number + 1


def _wide(stream: IO[bytes], head: bytes, path: Path) -> Iterator[Line | Problem]:
    """UTF-16, as spreadsheets write it."""
    encoding = "utf-16-le" if head == _WIDE[0] else "utf-16-be"
    reader = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    number = 1
    while line := reader.readline(LONGEST_LINE):
        yield (number, line) if "\ufffd" not in line else Problem(str(path), number, "is no readable UTF-16 text")
        number += 1


def _skip_line(stream: IO[bytes]) -> None:
    while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


def _decoded(line: bytes, number: int, path: Path, legacy: bool) -> Line | Problem:
    for encoding in ("utf-8-sig" if number == 1 else "utf-8", *(("cp1252",) if legacy else ())):
        try:
            return number, line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return Problem(str(path), number, "is no readable UTF-8 text")


def table(path: Path) -> Iterator[tuple[int, Mapping[str, str]] | Problem]:
    """Yield the rows of a CSV file by the names of its columns, in lower case."""
    found: list[Problem] = []
    source = _good_lines(path, found)
    opening = next(source, "")
    header: list[str] = []
    if opening:
        mark = max(",;\t", key=opening.count)
        reader = csv.reader(_again(opening, source), delimiter=mark)
        header = [name.strip().lower() for name in next(reader, [])]
    problem = _header_problem(header)
    if problem:
        yield Problem(str(path), 1, problem)
        return
    for number, row in _rows(reader, path, found):
        yield from found
        found.clear()
        if isinstance(row, Problem):
            yield row
        elif any(cell.strip() for cell in row):
            yield _row(number, row, header, path)
    yield from found


def _header_problem(header: list[str]) -> str | None:
    if not any(header):
        return "no header; expected a first line with the names of the columns"
    twice = sorted({name for name in header if name and header.count(name) > 1})
    return f"column {twice[0]!r} comes twice" if twice else None


def _good_lines(path: Path, found: list[Problem]) -> Iterator[str]:
    """The readable lines, and an empty one for each that is not, so that numbers stay right."""
    for item in lines(path, legacy=True):
        if isinstance(item, Problem):
            found.append(item)
            yield "\n"
        else:
            yield item[1].replace("\0", "\ufffd")


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _rows(reader: csv._reader, path: Path, found: list[Problem]) -> Iterator[tuple[int, list[str] | Problem]]:  # type: ignore[name-defined]
    while True:
        number = reader.line_num + 1
        csv.field_size_limit(LONGEST_CELL)  # the module keeps one limit for all readers of the process
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, Problem(str(path), number, f"no readable row: {error}")


def _row(number: int, row: list[str], header: list[str], path: Path) -> tuple[int, Mapping[str, str]] | Problem:
    extra = [cell for cell in row[len(header) :] if cell.strip()]
    if extra or len(row) < len(header):
        return Problem(str(path), number, f"{len(row)} cells; expected {len(header)}")
    return number, {name: cell.strip() for name, cell in zip(header, row, strict=False) if name}
