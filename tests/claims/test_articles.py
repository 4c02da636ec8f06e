"""What the sentences of one text say together (`tests/cases/articles.yml`): where, when, who and how firmly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportedly import Reader, document_from_text, load_reader
from reportedly.model import ActorRef, Claim

CASES = yaml.safe_load((Path(__file__).resolve().parent.parent / "cases" / "articles.yml").read_text(encoding="utf-8"))


@cache
def reader() -> Reader:
    """Load the reader once."""
    return load_reader()


def words(ref: ActorRef) -> str:
    """The words of a reference with its name."""
    return f"{ref.span.quote} {ref.name or ''}"


SLOTS: Mapping[str, Callable[[Claim], Any]] = {
    "country": lambda c: c.place and c.place.country,
    "place": lambda c: c.place and c.place.name,
    "precision": lambda c: c.place and c.place.precision,
    "when": lambda c: c.when and c.when.edtf,
    "stance": lambda c: c.stance,
    "modality": lambda c: c.modality,
    "tolls": lambda c: [[t.outcome, t.low, t.high] for t in c.tolls],
}
NAMED: Mapping[str, Callable[[Claim], list[str]]] = {
    "who": lambda c: [words(i) for i in c.initiators],
    "whom": lambda c: [words(t) for t in c.targets],
    "dead": lambda c: [words(t.victims) for t in c.tolls if t.victims is not None],
    "by": lambda c: [words(c.claimant)] if c.claimant is not None else [],
    "event": lambda c: [c.event_type],
}


def differing(claim: Claim, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The slots in which a claim is not what the row wants, with what it has."""
    found = {name: SLOTS[name](claim) for name in wanted.keys() & SLOTS.keys() if SLOTS[name](claim) != wanted[name]}
    for name in wanted.keys() & NAMED.keys():
        has, want = NAMED[name](claim), wanted[name]
        if has if want is None else not any(want in one for one in has):
            found[name] = has
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda c: str(c["text"])[:60])
def test_slots(case: Mapping[str, Any]) -> None:
    """The first claim of each event word has the slots that the text gives it."""
    claims = reader().extract(document_from_text(case["text"], published="2019-05-06")).claims
    for word, wanted in case["expected"].items():
        claim = next((c for c in claims if c.violent and word in c.trigger.quote), None)
        assert claim is not None, (word, [c.trigger.quote for c in claims])
        assert differing(claim, wanted) == {}, word
    for word in case.get("none", ()):
        assert not any(c.violent and word in c.trigger.quote for c in claims), word


def test_texts_differ() -> None:
    """Each text counts once."""
    assert len({c["text"] for c in CASES}) == len(CASES)
