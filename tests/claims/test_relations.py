"""Relations: a table of sentences with the ties they state, and what holds for every tie."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.documents import parse
from reportedly.knowledge.relation_words import load_relation_words
from reportedly.model import ActorRef, Capture, Document, Extraction, Relation
from reportedly.pipeline import Reader, load_reader

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parents[1] / "cases" / "relations.yml").read_text("utf-8"))


@cache
def _reader() -> Reader:
    return load_reader()


def _extract(text: str) -> Extraction:
    document = parse(Capture("x", "x", "text", text))
    assert isinstance(document, Document)
    return _reader().extract(document)


def shown(relation: Relation) -> str:
    """One tie as the table writes it: `kind: source -> target [cue] @when by teller, stance`."""
    line = f"{relation.kind}: {_name(relation.source)} -> {_name(relation.target)} [{relation.cue.quote}]"
    if relation.when is not None:
        line += f" @{relation.when.edtf}"
    if relation.claimant is not None:
        line += f" by {relation.claimant.name}"
    return line if relation.stance == "asserted" else f"{line}, {relation.stance}"


def _name(ref: ActorRef) -> str:
    return ref.name_on_date or ref.name or ref.span.quote


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:60])
def test_ties_of_the_table(case: dict[str, Any]) -> None:
    """Every row gives exactly its ties."""
    assert [shown(r) for r in _extract(case["text"]).relations] == case["expected"], case["why"]


def _check(text: str) -> None:
    relations = _extract(text).relations
    for relation in relations:
        for span in (relation.cue, relation.content, relation.source.span, relation.target.span):
            assert span.quote == text[span.start : span.end]
            assert span.quote
        if relation.when is not None:
            span = relation.when.span
            assert span.quote == text[span.start : span.end]
        assert relation.source.span != relation.target.span
    for one, other in combinations(relations, 2):
        assert (one.kind, _end(one, 0), _end(one, 1)) != (other.kind, _end(other, 0), _end(other, 1))


def _end(relation: Relation, side: int) -> str:
    ref = relation.target if side else relation.source
    return ref.actor_id or ref.span.quote


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(CASES), min_size=1, max_size=4))
def test_ties_slice_back_and_come_once(rows: list[dict[str, Any]]) -> None:
    """In any article made of the table's sentences, words slice back, and no tie comes twice."""
    _check("\n\n".join(row["text"] for row in rows))


def test_every_kind_has_words_and_a_row() -> None:
    """Each kind of tie that words can tell stands in the table."""
    words = load_relation_words(Path(__file__).parents[2] / "src" / "reportedly" / "knowledge" / "data")
    groups = (words.verbs, words.nouns, words.hyphens, words.prefixes)
    kinds = {tie.kind for group in groups for ties in group.values() for tie in ties}
    assert kinds == {line.split(":")[0] for case in CASES for line in case["expected"]}
