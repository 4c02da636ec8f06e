"""Reading knowledge tables: CSV rows with named columns, several values in a cell separated by `;`."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML as of version 1.2: only `true` and `false` are truth values, so that on, off, yes and no stay words."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def read_rows(path: Path) -> Iterator[Mapping[str, str]]:
    """Yield the rows of one CSV file as mappings; missing cells are empty strings."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle):
            yield {key: (value or "").strip() for key, value in row.items() if key}


def cells(value: str) -> tuple[str, ...]:
    """Split a cell that holds several values."""
    return tuple(part for part in (piece.strip() for piece in value.split(";")) if part)


@lru_cache(maxsize=8)
def read_words(path: Path) -> Mapping[str, frozenset[str]]:
    """Read a YAML file of named word lists, once."""
    return {name: frozenset(words) for name, words in read_yaml(path).items()}


def read_yaml(path: Path) -> Any:
    """Read one YAML file with plain values only."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
