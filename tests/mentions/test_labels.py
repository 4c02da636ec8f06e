"""Places that head the entries of a list."""

from __future__ import annotations

import re

import pytest

from reportedly.model import Span
from reportedly.model.labels import place_labels

KINDS, SPEAKERS = frozenset({"state", "region"}), frozenset({"moscow"})


@pytest.mark.parametrize(
    ("text", "names", "label"),
    [
        ("Kidal: Two men were killed.", ["Kidal"], "Kidal: "),
        ("Kidal/Gao: Two men were killed.", ["Kidal", "Gao"], "Kidal/Gao: "),
        ("3. Borno State: Gunmen fired.", ["Borno"], "3. Borno State: "),
        ("Ituri (Djugu): four miners died.", ["Ituri", "Djugu"], "Ituri (Djugu): "),
        ("Moscow: two ships were sunk.", ["Moscow"], None),
        ("The mayor of Kidal: two men were killed.", ["Kidal"], None),
        ("Kidal mayor: two men were killed.", ["Kidal"], None),
        ("Kidal 12:30 two men were killed.", ["Kidal"], None),
        ("Kidal – Two men were killed.", ["Kidal"], None),
        ("A brief.\nKidal – Two men were killed.", ["Kidal"], "Kidal – "),
    ],
)
def test_a_label_is_made_of_names_alone(text: str, names: list[str], label: str | None) -> None:
    """Names, numbers, marks and words for kinds of places; a dash only at the start of a later line."""
    spans = [Span.of(text, m.start(), m.end()) for name in names for m in re.finditer(name, text)]
    starts = [m.start() for m in re.finditer(r"(?m)^", text)]
    found = place_labels(text, starts, spans, KINDS, SPEAKERS)
    assert [text[f.start : f.end] for f in found] == ([label] if label else [])
    assert all(spans[f.name].quote == names[0] for f in found)
