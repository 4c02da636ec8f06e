"""The parser gives trees whose tokens are the words of the text, and remembers words without changing what they are."""

from __future__ import annotations

import numpy as np
import pytest

from reportedly.mentions.embedding import _Words
from reportedly.mentions.parser import Parser

TEXT = "Rebels  shelled the town of Gao\n on Monday, killing 12 villagers."


@pytest.fixture(scope="module")
def parser() -> Parser:
    """One parser for the module."""
    return Parser()


def test_tokens_point_into_the_text(parser: Parser) -> None:
    """Offsets count from the document's start; white space is no token and nothing hangs from it."""
    (tree,) = parser.parse([(TEXT, 100)])
    assert [TEXT[t.start - 100 : t.end - 100] for t in tree] == [t.text for t in tree]
    assert [t.text for t in tree] == TEXT.replace(",", " ,").replace(".", " .").split()
    assert all(0 <= t.head < len(tree) for t in tree)


def test_subtrees_reach_from_their_first_to_their_last_token(parser: Parser) -> None:
    """The bounds of a token are those of its subtree."""
    (tree,) = parser.parse([(TEXT, 0)])
    for token in tree:
        below = tree.subtree(token.i)
        assert tree.bounds(token.i) == (below[0], below[-1])


def test_words_have_the_same_vectors_whatever_was_read_before(parser: Parser) -> None:
    """Bit by bit: in another order, in other company, and after all was forgotten for lack of room."""
    embed = parser._nlp.get_pipe("tok2vec").model.layers[0]
    docs = [parser._nlp.make_doc(text) for text in (TEXT, "Villagers fled the town.", "Nobody was hurt, he said.")]
    words: _Words = embed._func
    together, _ = words(embed, docs, False)
    words._places.clear()
    alone = [words(embed, [doc], False)[0][0] for doc in reversed(docs)]
    assert all(np.array_equal(a, b) for a, b in zip(together, reversed(alone), strict=True))


def test_more_words_than_there_is_room_for(parser: Parser) -> None:
    """A small memory gives the same vectors as a large one, also for a text that is larger than it."""
    embed = parser._nlp.get_pipe("tok2vec").model.layers[0]
    words, doc = embed._func, parser._nlp.make_doc(TEXT)
    small = object.__new__(_Words)
    small.__dict__.update(words.__dict__, _vectors=words._vectors[:4].copy(), _places={})
    assert np.array_equal(small(embed, [doc], False)[0][0], words(embed, [doc], False)[0][0])
