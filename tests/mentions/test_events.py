"""Event words in parsed sentences: phrases with objects far away, longest match, what the topic holds back."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.knowledge.apart import is_violent
from reportedly.model.reading import TriggerHit
from reportedly.model.syntax import Tree
from reportedly.pipeline import Reader, document_from_text, load_reader

WORDS = ("rebels", "attacked", "the", "town", "with", "bombs", "and", "killed", "two", "soldiers", "near", "a")


@cache
def _reader() -> Reader:
    return load_reader()


def hits(text: str) -> list[tuple[Tree, TriggerHit]]:
    """Return the trigger hits of a text with their trees."""
    sentences = _reader().finder.find(document_from_text(text)).sentences
    return [(s.tree, hit) for s in sentences for hit in s.triggers]


def phrases(text: str, event_type: str) -> list[str]:
    """Return the words of the hits of one type."""
    return [" ".join(tree[i].lower for i in hit.tokens) for tree, hit in hits(text) if hit.event_type == event_type]


@pytest.mark.parametrize(
    ("text", "event_type", "words"),
    [
        ("The army launched its long awaited and much feared offensive on Friday.", "battle.offensive", "offensive"),
        ("A bomb was planted in the bin by the rebels.", "explosion.bombing", "bomb planted"),
        ("A bomb planted in a bin by the rebels killed two.", "explosion.bombing", "bomb planted"),
        ("The bishop survived an attempt on his life by gunmen.", "attack.assassination", "survived attempt on life"),
        ("Hails of bullets from rebel rifles struck the car.", "attack.shooting", "hails of bullets"),
    ],
)
def test_words_of_a_phrase_are_found_where_they_stand(text: str, event_type: str, words: str) -> None:
    """Objects may stand far behind the verb or before it; possessives do not break a phrase."""
    assert any(words in found for found in phrases(text, event_type)), hits(text)


def test_the_longest_match_wins() -> None:
    """Of overlapping hits the one with more words stays."""
    assert phrases("A car bomb attack by rebels killed two soldiers.", "attack.armed") == []


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("A bus crash killed six passengers.", "apart.accident"),
        ("The earthquake killed 300 people.", "apart.disaster"),
        ("A man killed his brother in a quarrel over an inheritance.", "apart.crime"),
    ],
)
def test_accidents_disasters_and_ordinary_crime_have_types_of_their_own(text: str, event_type: str) -> None:
    """Harm without armed violence is told apart, not dropped."""
    found = {hit.event_type for _, hit in hits(text)}
    assert event_type in found
    assert not any(is_violent(kind) for kind in found)


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen killed a film director outside a cinema.",
        "Militants attacked a football match and killed nine.",
        "Rebels ambushed a convoy that carried aid after the flood.",
        "Boko Haram fighters killed four farmers in a village hit by drought.",
    ],
)
def test_grim_words_overrule_the_topic(text: str) -> None:
    """Attackers or their weapons show that violence is meant, whatever else the sentence is about."""
    assert any(is_violent(hit.event_type) for _, hit in hits(text))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(WORDS)))
def test_hits_point_into_their_tree(words: list[str]) -> None:
    """Whatever the words, heads and words of hits are tokens of the tree, in order."""
    for tree, hit in hits(" ".join(words) + ".") if words else []:
        assert hit.head in hit.tokens
        assert list(hit.tokens) == sorted(set(hit.tokens))
        assert max(hit.tokens) < len(tree)
