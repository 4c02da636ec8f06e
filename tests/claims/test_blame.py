"""Who is blamed for what, by whom and how firmly, on texts of our own (`tests/cases/blame.yml`)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportedly import Reader, load_reader
from reportedly.model import ActorRef, Claim
from reportedly.pipeline import document_from_text

CASES = yaml.safe_load((Path(__file__).resolve().parent.parent / "cases" / "blame.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def reader() -> Reader:
    """Load the reader once."""
    return load_reader()


def named(ref: ActorRef | None, words: str | None) -> bool:
    """Tell whether a reference has the words, or a name with them."""
    if ref is None or words is None:
        return ref is None and words is None
    return words in ref.span.quote or (ref.name is not None and words in ref.name) or called(ref, words)


def called(ref: ActorRef, words: str) -> bool:
    """Tell whether a known actor's id ends in the words ("JNIM")."""
    return ref.actor_id is not None and ref.actor_id.endswith(words.lower().replace(" ", "-"))


def fits(claim: Claim, wanted: Mapping[str, Any]) -> bool:
    """Tell whether a claim is the one that a row asks for."""
    who = next((i for i in claim.initiators if named(i, wanted["who"])), None)
    if who is None or (wanted.get("unknown") and who.actor_id is not None):
        return False
    checks = [
        "by" not in wanted or named(claim.claimant, wanted["by"]),
        "stance" not in wanted or claim.stance == wanted["stance"],
        claim.event_type.startswith(wanted.get("event", "")),
        "harmed" not in wanted or any(named(t, wanted["harmed"]) for t in claim.targets),
        "place" not in wanted or (claim.place is not None and claim.place.span.quote == wanted["place"]),
        "day" not in wanted or (claim.when is not None and wanted["day"] in claim.when.span.quote),
    ]
    return all(checks)


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:60] for c in CASES])
def test_blame(case: Mapping[str, Any], reader: Reader) -> None:
    """Everybody who is blamed is an initiator, by the right teller and no more firmly than told."""
    claims = [c for c in reader.extract(document_from_text(case["text"])).claims if c.violent]
    shown = [
        (c.event_type, [i.name for i in c.initiators], c.stance, c.claimant and c.claimant.span.quote) for c in claims
    ]
    if case.get("nobody"):
        assert not any(c.initiators for c in claims), shown
    for wanted in case.get("blamed", ()):
        assert any(fits(c, wanted) for c in claims), (wanted, shown)
    if case.get("live"):
        assert all(c.modality == "actual" for c in claims), [c.modality for c in claims]
    if case.get("authority"):
        assert {c.claimant_kind for c in claims} == {"authority"}, shown
    if "claims" in case:
        assert len(claims) == case["claims"], shown


def test_texts_differ() -> None:
    """Each text counts once."""
    assert len({c["text"] for c in CASES}) == len(CASES)
