"""Short sets of news about invented happenings: what is told again belongs together, what is like it does not."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportedly.grouper import Grouper
from reportedly.model import Claim
from reportedly.model.facts import DocumentFacts
from reportedly.pipeline import Reader, document_from_text, facts_of, load_grouper, load_reader

TABLE = Path(__file__).parent / "cases" / "told_over_days.yml"
ROWS: list[dict[str, Any]] = yaml.safe_load(TABLE.read_text("utf-8"))


@pytest.fixture(scope="module")
def program() -> tuple[Reader, Grouper]:
    """What reads and what groups."""
    return load_reader(), load_grouper()


def _marked(row: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason=row["fails"], strict=True)] if "fails" in row else []
    return pytest.param(row, marks=marks, id=row["why"])


@pytest.mark.parametrize("row", [_marked(row) for row in ROWS])
def test_told_together(row: dict[str, Any], program: tuple[Reader, Grouper]) -> None:
    """Two texts share an incident where both tell of one happening, and only there."""
    reader, grouper = program
    claims: list[Claim] = []
    facts: dict[str, DocumentFacts] = {}
    for name, (day, words) in row["told"].items():
        document = document_from_text(words, id=name, published=day.isoformat())
        claims += reader.extract(document).claims
        facts[name] = facts_of(document)
    wanted = {pair for texts in row["together"] for pair in combinations(texts, 2)}
    free = {tuple(pair) for pair in row.get("either", ())}
    incidents = grouper.cluster(claims, facts, ())
    found = {pair for incident in incidents for pair in combinations(sorted(set(incident.documents)), 2)}
    assert found - free == wanted
