"""Headlines of invented wars, read and grouped: how many pairs are found, and how many of those found are right."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportedly.model import Claim
from reportedly.model.facts import DocumentFacts
from reportedly.pipeline import document_from_text, facts_of, load_grouper, load_reader

TABLE = Path(__file__).parent / "cases" / "told_in_headlines.yml"
ROWS: list[dict[str, Any]] = yaml.safe_load(TABLE.read_text("utf-8"))
# Just below what is measured. Two headlines are found together where they share an incident.
RIGHT, FOUND = 0.9, 0.9


@pytest.fixture(scope="module")
def pairs() -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """The pairs of headlines that tell of one happening, and those that are grouped so."""
    reader, grouper = load_reader(), load_grouper()
    wanted: set[tuple[str, str]] = set()
    found: set[tuple[str, str]] = set()
    for war in dict.fromkeys(row["war"] for row in ROWS):
        claims: list[Claim] = []
        facts: dict[str, DocumentFacts] = {}
        for number, row in enumerate(r for r in ROWS if r["war"] == war):
            ids = [f"{war}-{number:02}-{n}" for n in range(len(row["told"]))]
            wanted |= set(combinations(ids, 2))
            for name, (day, words) in zip(ids, row["told"], strict=True):
                document = document_from_text(words, id=name, published=day.isoformat())
                claims += reader.extract(document).claims
                facts[name] = facts_of(document)
        for incident in grouper.cluster(claims, facts, ()):
            found |= set(combinations(sorted(incident.documents), 2))
    return wanted, found


def test_most_pairs_are_found(pairs: tuple[set[tuple[str, str]], set[tuple[str, str]]]) -> None:
    """Headlines of one happening come together, though places, figures and words for the sides differ."""
    wanted, found = pairs
    assert len(wanted & found) >= FOUND * len(wanted), sorted(wanted - found)


def test_few_pairs_are_wrong(pairs: tuple[set[tuple[str, str]], set[tuple[str, str]]]) -> None:
    """Headlines of other happenings of the same days stay apart."""
    wanted, found = pairs
    assert len(wanted & found) >= RIGHT * len(found), sorted(found - wanted)


def test_headlines_stand_once() -> None:
    """A war has no headline twice on one day: the same words would be a reprint."""
    times: defaultdict[tuple[str, ...], int] = defaultdict(int)
    for row in ROWS:
        for day, words in row["told"]:
            times[row["war"], str(day), words] += 1
    assert set(times.values()) == {1}
