"""Noise changes nothing: a text as a scanner, a wire or a transcript spoils it gives the claims of the clean one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from noise import NOISES
from reportedly import load_reader
from reportedly.model import Claim
from reportedly.pipeline import Reader, document_from_text

TABLE = yaml.safe_load((Path(__file__).resolve().parent.parent / "cases" / "noise.yml").read_text(encoding="utf-8"))
PAIRS = [(clean, NOISES[name](clean), name) for clean in TABLE["clean"] for name in NOISES]
TWINS = [(row["text"], row["noisy"], row["why"]) for row in TABLE["twins"]]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


def told(reader: Reader, text: str) -> list[tuple[object, ...]]:
    """What the claims of a text say, whatever its case, spaces and broken words."""
    claims = reader.extract(document_from_text(text, published="2024-03-05")).claims
    for claim in claims:
        assert text[claim.trigger.start : claim.trigger.end] == claim.trigger.quote
    return sorted((says(c) for c in claims if c.violent), key=repr)


def says(claim: Claim) -> tuple[object, ...]:
    return (
        claim.event_type,
        claim.modality,
        claim.stance,
        tuple(sorted((t.outcome, t.low, t.high or 0) for t in claim.tolls)),
        tuple(plain(r.span.quote) for r in claim.initiators),
        tuple(plain(r.span.quote) for r in claim.targets),
        plain(claim.claimant.span.quote) if claim.claimant else None,
        plain(claim.place.span.quote) if claim.place else None,
    )


def plain(words: str) -> str:
    """Words without case, breaks and marks."""
    joined = re.sub(r"\u00ad|(?<=\w)-\s*\n\s*(?=\w)|\[[^\]]*\]|\([^)]*\)", "", words.lower())
    return " ".join(re.sub(r"[^\w\s]", "", joined).split())


@pytest.mark.parametrize(("clean", "noisy"), [p[:2] for p in PAIRS], ids=[f"{n}-{c[:24]}" for c, _, n in PAIRS])
def test_noise_changes_nothing(reader: Reader, clean: str, noisy: str) -> None:
    """Each kind of noise over each clean text."""
    assert told(reader, noisy) == told(reader, clean)


@pytest.mark.parametrize(("clean", "noisy", "why"), TWINS, ids=[w for _, _, w in TWINS])
def test_a_spoilt_twin_says_the_same(reader: Reader, clean: str, noisy: str, why: str) -> None:
    """Texts spoilt by hand."""
    assert told(reader, noisy) == told(reader, clean), why
