"""Reading knowledge tables: CSV rows with named columns, several values in a cell separated by `;`."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_rows(path: Path) -> Iterator[Mapping[str, str]]:
    """Yield the rows of one CSV file as mappings; missing cells are empty strings."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle):
            yield {key: (value or "").strip() for key, value in row.items() if key}


def cells(value: str) -> tuple[str, ...]:
    """Split a cell that holds several values."""
    return tuple(part for part in (piece.strip() for piece in value.split(";")) if part)


def read_yaml(path: Path) -> Any:
    """Read one YAML file with plain values only."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
