"""The first real input, a preview page, at the level of its text. Runs where the shared folder lies beside."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportedly.documents import parse, preview
from reportedly.model import Document
from reportedly.sources import read

SEEDS = sorted((Path(__file__).parents[3] / "shared" / "seeds").glob("000_*.txt"))


@pytest.fixture
def document() -> Document:
    """Read and parse the seed as a user would give it."""
    if not SEEDS:
        pytest.skip("the shared folder is not here")
    (capture,) = read(SEEDS[0])
    found = parse(capture)  # type: ignore[arg-type]
    assert isinstance(found, Document)
    return found


def test_preview_page_with_repeats(document: Document) -> None:
    """Two paragraphs come twice out of order; the footer states share and publisher and is no body."""
    assert [p.kind for p in document.paragraphs] == [
        *["body"] * 2,
        *["repeat"] * 2,
        *["body"] * 2,
        *["boilerplate"] * 4,
    ]
    assert document.access == "preview"
    assert document.preview is not None
    assert document.preview.stated_share == 0.15
    assert document.publisher == document.preview.publisher
    assert (document.publisher or "").istitle()
    assert (document.language, document.published) == ("en", None)
    kinds = [defect.kind for defect in document.defects]
    assert (kinds.count("repeated_paragraph"), kinds.count("order_uncertain")) == (2, 1)


def test_the_clause_of_the_claim_stands_alone(document: Document) -> None:
    """The semicolon parts what the outlet says from what a group claims."""
    clauses = [document.text[s.start : s.end] for s in document.segments if s.paragraph == 1]
    assert len(clauses) == 3
    assert "claims to have killed 84" in clauses[2]
    assert "largest loss" not in clauses[2]


def test_our_own_preview_of_it(document: Document) -> None:
    """Fifteen percent of the estimated whole at most, never of the fifteen percent in silence."""
    shown = preview(document)
    assert (shown.words_total_basis, shown.stated_share) == ("estimate", 0.15)
    assert 0 < shown.words_shown <= 200
    assert shown.share <= 0.15
    assert "15%" not in shown.excerpt
    assert shown.footer == f"Continue reading at {document.publisher}"
