"""What is remembered about words is bounded, and forgetting changes no answer."""

from __future__ import annotations

from reportedly.mentions.parser import Parser
from reportedly.mentions.remembered import Remembered

TEXT = "Rebels shelled the town of Gao on Monday; twelve villagers were killed and their houses burned."


def test_each_answer_is_found_once_until_there_is_no_room() -> None:
    """Never more answers than there is room for; a forgotten one is found again."""
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    kept = Remembered(length, 2)
    assert [kept[w] for w in ("a", "a", "bb", "ccc", "a")] == [1, 1, 2, 3, 1]
    assert asked == ["a", "bb", "ccc", "a"]
    assert len(kept) <= 2


def test_trees_are_the_same_when_words_are_forgotten() -> None:
    """A parser that keeps two answers at a time gives the trees of one that keeps all."""
    parser = Parser()
    (before,) = parser.parse([(TEXT, 0)])
    for kept in (parser._words, parser._names, parser.lemmatizer._known):
        kept._capacity = 2
        kept.clear()
    (after,) = parser.parse([(TEXT, 0)])
    assert list(after) == list(before)


def test_trees_are_the_same_from_a_parser_loaded_anew() -> None:
    """A full vocabulary is given up, and nothing that is read changes."""
    parser = Parser()
    (before,) = parser.parse([(TEXT, 0)])
    old, parser._full = parser._nlp, 0
    (after,) = parser.parse([(TEXT, 0)])
    assert parser._nlp is not old
    assert list(after) == list(before)
    assert parser._full > len(parser._nlp.vocab)
