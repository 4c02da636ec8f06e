"""Text in one case: names get capitals, ordinary words do not, offsets stay."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reportedly.mentions.names import NameFinder
from reportedly.mentions.recase import case_of, name_words, recase
from reportedly.pipeline import Reader, load_reader

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "recase.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


@pytest.fixture(scope="module")
def names(reader: Reader) -> NameFinder:
    return NameFinder(reader.knowledge)


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:40] for c in CASES])
def test_names_get_capitals(case: dict[str, str], reader: Reader, names: NameFinder) -> None:
    text, known = case["text"], reader.finder._parser.lemmatizer.known
    hits = names.find(text, True)
    words = name_words(reader.knowledge.lexicon)
    assert recase(text, hits, reader.knowledge.actors.acronyms, known, words) == case["expected"]


@given(st.text(max_size=300))
def test_length_is_kept(text: str) -> None:
    assert len(recase(text, (), frozenset(), lambda word: len(word) % 2 == 0)) == len(text)


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("REBELS ATTACKED THE TOWN OF KIDAL ON FRIDAY.", "capitals"),
        ("rebels attacked the town of kidal on friday.", "lower"),
        ("Rebels attacked the town of Kidal on Friday.", "mixed"),
        ("UN", "mixed"),
    ],
)
def test_case_of_a_text(text: str, case: str) -> None:
    assert case_of(text) == case
