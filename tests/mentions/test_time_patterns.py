"""The patterns of times: the words by which one may begin are all known, so that other words need no closer look."""

from __future__ import annotations

from collections.abc import Iterable
from re import _constants as code
from re import _parser as parser
from typing import Any

from reportedly.knowledge.grammar import number_words, time_words
from reportedly.mentions.time_patterns import Patterns

_ASSERTING = {code.ASSERT, code.ASSERT_NOT, code.AT}


def _begun(items: Iterable[Any], words: set[str], closed: set[str]) -> set[str]:
    """The words as they stand after the items; those that a sign or a space ends go to `closed`."""
    for kind, value in items:
        words = set().union(*(_after(kind, value, word, closed) for word in words))
    return words


def _after(kind: Any, value: Any, word: str, closed: set[str]) -> set[str]:
    if kind in _ASSERTING:
        return {word}
    if kind is code.SUBPATTERN:
        return _begun(value[3], {word}, closed)
    if kind is code.BRANCH:
        return set().union(*(_begun(way, {word}, closed) for way in value[1]))
    if kind in {code.MAX_REPEAT, code.MIN_REPEAT}:
        once = _begun(value[2], {word}, closed)
        return once if value[0] else once | {word}
    signs = value if kind is code.IN else [(kind, value)]
    letters = {chr(sign) for what, sign in signs if what is code.LITERAL and chr(sign).isalnum()}
    letters |= {chr(n) for what, ends in signs if what is code.RANGE for n in range(ends[0], ends[1] + 1)}
    if not letters:
        closed.add(word)  # a space, a hyphen, a digit, "the NTH day": the word is over, or is no known one
    return {word + letter for letter in letters}


def test_every_word_by_which_a_time_may_begin_is_known() -> None:
    patterns = Patterns(time_words("en"), number_words("en"))
    found: set[str] = set()
    for pattern in patterns.rules.values():
        found |= _begun(parser.parse(pattern), {""}, found)
    assert {word for word in found if word[:1].isalpha()} - patterns.first_words == set()
    assert {"the", "several", "overnight"} <= found
