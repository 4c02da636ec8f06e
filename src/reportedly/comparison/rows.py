"""Reads tables as people save them: any delimiter, byte order mark, a row of HXL hashtags under the header."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from reportedly.errors import InputError

# Years that a data set of organised violence can speak of; broken exports have 0025 for 2025.
EARLIEST, LATEST = 1900, 2100
_DAY_FORMATS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%B-%Y", "%Y/%m/%d")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file by column name, in lower case, with its number in the file."""

    number: int
    cells: Mapping[str, str]

    def text(self, name: str) -> str:
        """The cell without spaces around it; empty where the column is missing."""
        return " ".join(self.cells.get(name, "").split())

    def number_of(self, name: str) -> float | None:
        """The cell as a number, None where it is empty. Raises ValueError for anything else."""
        text = self.text(name)
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            raise ValueError(f"`{name}` is {text!r}: expected a number") from None
        if value != value or abs(value) == float("inf"):
            raise ValueError(f"`{name}` is {text!r}: expected a number")
        return value

    def count_of(self, name: str) -> int | None:
        """The cell as a whole number that is not negative, None where it is empty."""
        value = self.number_of(name)
        if value is not None and (value < 0 or value != int(value)):
            raise ValueError(f"`{name}` is {self.text(name)!r}: expected a whole number, 0 or more")
        return None if value is None else int(value)

    def day_of(self, name: str) -> date:
        """The cell as a day of a year that can be meant. Raises ValueError with what is wrong."""
        text = self.text(name).split("T")[0]
        text = text.split(" ")[0] if text[:4].isdigit() else text
        if not text:
            raise ValueError(f"`{name}` is empty: expected a day")
        for form in _DAY_FORMATS:
            try:
                day = datetime.strptime(text, form).date()
            except ValueError:
                continue
            if not EARLIEST <= day.year <= LATEST:
                raise ValueError(f"`{name}` is {text!r}: expected a year from {EARLIEST} to {LATEST}")
            return day
        raise ValueError(f"`{name}` is {text!r}: expected a day like 2024-07-27")


def read_lines(path: Path, needed: Sequence[str]) -> list[Line]:
    """Read a table. Raises InputError where the file cannot be read, or columns are missing."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("is no UTF-8 text", where=str(path), hint="save it as CSV UTF-8") from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path)) from None
    header, rows = _split(text)
    missing = [name for name in needed if name not in header]
    if missing:
        raise InputError(
            f"has no column {', '.join(f'`{name}`' for name in missing)}",
            where=str(path),
            hint=f"expected a header with {', '.join(needed)}",
        )
    return [Line(number, dict(zip(header, row, strict=False))) for number, row in rows]


def _split(text: str) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = [name.strip().strip("﻿").casefold() for name in next(reader, [])]
    return header, ((reader.line_num, row) for row in reader if any(row) and not _is_hashtags(row))


def _is_hashtags(row: Sequence[str]) -> bool:
    """Tell whether this is a row of HXL hashtags."""
    told = [cell for cell in row if cell.strip()]
    return bool(told) and all(cell.lstrip().startswith("#") for cell in told)
