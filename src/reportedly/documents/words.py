"""Room 2, documents: what counts as a word.

One rule everywhere: a word as Unicode (UAX #29) cuts it that holds a letter or a digit. "al-Qaeda-linked" is three,
"Mali's" and "1,200" one, each Chinese character one.
"""

from __future__ import annotations

import re
import sys
import unicodedata


def _marks() -> str:
    """Return the combining marks of the basic plane as the inside of a character class."""
    codes = [c for c in range(0x300, min(0x10000, sys.maxunicode)) if unicodedata.category(chr(c)) in ("Mn", "Mc")]
    runs: list[list[int]] = []
    for code in codes:
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(f"\\u{a:04x}-\\u{b:04x}" for a, b in runs)


_IDEOGRAPH = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_MARK = _marks() + "\u00ad\u200c\u200d"
_LETTER = rf"(?:[^\W\d_{_IDEOGRAPH}])"
WORD = re.compile(
    rf"[{_IDEOGRAPH}]"
    rf"|_*[^\W_{_IDEOGRAPH}](?:[^\W{_IDEOGRAPH}]+|[{_MARK}]"
    rf"|(?<=[^\W\d_])['’.:·‧](?={_LETTER})|(?<=\d)['’.,;](?=\d))*"
)

# The same for texts of English letters alone, in half the time.
_ASCII_WORD = re.compile(r"_*[a-zA-Z\d](?:\w+|(?<=[a-zA-Z])['.:](?=[a-zA-Z])|(?<=\d)['.,;](?=\d))*", re.ASCII)


def count_words(text: str) -> int:
    """Count the words of a text.

    >>> count_words("Mali’s army – 1,200 men of al-Qaeda-linked JNIM")
    8
    """
    return len(words_of(text))


def words_of(text: str) -> list[str]:
    """Return the words of a text as they stand.

    >>> words_of("64 killed.")
    ['64', 'killed']
    """
    return _word_in(text).findall(text)


def _word_in(text: str) -> re.Pattern[str]:
    return _ASCII_WORD if text.isascii() else WORD
