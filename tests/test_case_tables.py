"""The tables of cases and of knowledge: no row says one thing twice; the reader of YAML would drop the first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
TABLES = sorted([*(ROOT / "tests/cases").glob("*.yml"), *(ROOT / "src/reportedly/knowledge/data").rglob("*.yml")])


def twice(node: yaml.Node | None) -> list[str]:
    """The keys that stand twice in one mapping, with their lines."""
    found: list[str] = []
    if isinstance(node, yaml.MappingNode):
        seen: set[Any] = set()
        for key, value in node.value:
            if key.value in seen:
                found.append(f"line {key.start_mark.line + 1}: {key.value}")
            seen.add(key.value)
            found += twice(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            found += twice(value)
    return found


@pytest.mark.parametrize("path", TABLES, ids=lambda p: p.name)
def test_no_key_stands_twice(path: Path) -> None:
    """A key that stands twice is a row that two edits ran together."""
    assert twice(yaml.compose(path.read_text(encoding="utf-8"))) == []


def test_a_key_that_stands_twice_is_found() -> None:
    """The check itself."""
    assert twice(yaml.compose("- {a: 1, b: {c: 1, c: 2}}")) == ["line 1: c"]
