"""Full sentences that the parser reads wrongly: words read as others, and clauses hung anew."""

from __future__ import annotations

import pytest

from reportedly import load_reader
from reportedly.model.syntax import Tree
from reportedly.pipeline import Reader, document_from_text


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


def tree_of(reader: Reader, text: str) -> Tree:
    return reader.finder.find(document_from_text(text)).sentences[0].tree


def head_of(tree: Tree, word: str) -> str:
    token = next(t for t in tree if t.text == word)
    return tree[token.head].text


@pytest.mark.parametrize(
    ("text", "word", "head"),
    [
        ("The Chadian army on Sunday retook Kalait, a town in the north, from the rebels.", "army", "retook"),
        ("Gunmen suspected to be bandits on Sunday attacked a village near Zuru.", "Gunmen", "attacked"),
        ("A drone hit a car in Tebnit, the army said, killing two men.", "killing", "hit"),
        ("Nine people were killed in Russian drone and missile attacks on the port.", "drone", "attacks"),
        ("Two drivers were shot at a market in Kidal by policemen wearing masks.", "by", "shot"),
        ("Three monks threatened with death were moved to Lomé.", "monks", "moved"),
    ],
)
def test_words_hang_from_what_they_belong_to(reader: Reader, text: str, word: str, head: str) -> None:
    """What the parser takes for nouns, main verbs or the teller's own act is read as what it is."""
    assert head_of(tree_of(reader, text), word) == head


def test_tokens_keep_their_own_words_and_places(reader: Reader) -> None:
    """Words read as others stay as they stand in the text."""
    text = "Gunmen suspected to be bandits on Sunday attacked a village near Zuru."
    assert all(text[t.start : t.end] == t.text for t in tree_of(reader, text))
