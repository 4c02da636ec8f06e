"""How the spelling of a place name becomes a key: case, accents, apostrophes, hyphens and the Arabic article.

The same function makes the keys of the compiled gazetteer and of the words in a text, so both sides always agree.
"""

from __future__ import annotations

import re
import unicodedata

KEY_VERSION = 1
"""Raised whenever `place_key` changes, so that compiled gazetteers are rebuilt."""

_APOSTROPHES = "'’‘`´ʼʻʹʾʿˈʽʺ′"
_PLAIN = str.maketrans(
    {**dict.fromkeys(_APOSTROPHES + ".", None), **dict.fromkeys("-‐‑‒–—_/,()", " ")}
    | {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ə": "a", "þ": "th"}
)
_ARTICLE = re.compile(r"^(?:[aeu]l|[ae](rr?|sh|s|dh|d|n|th|t|z)(?= \1)) ")
_SAINT = re.compile(r"^(st|ste|mt|ft) (?=\w)")
_LONG = {"st": "saint ", "ste": "sainte ", "mt": "mount ", "ft": "fort "}


def place_key(name: str) -> str:
    """Level a name: `Al-Ḥudaydah` → `al hudaydah`, `N’Djamena` → `ndjamena`, `Ar Raqqah` → `al raqqah`."""
    low = name.lower()
    if not low.isascii():
        low = unicodedata.normalize("NFKD", low.casefold())
        low = "".join(c for c in low if not unicodedata.combining(c))
    if not (low.isascii() and low.isalpha()):
        plain = low.isascii() and low.replace(" ", "").isalpha()
        low = " ".join((low if plain else low.translate(_PLAIN)).split())
    if low[:1] in "aeu":
        low = _ARTICLE.sub("al ", low, count=1)
    elif low[:1] in "smf":
        low = _SAINT.sub(lambda m: _LONG[m[1]], low, count=1)
    return low


def acronym_key(name: str) -> str | None:
    """Give the key of a short form written in capitals (`U.S.` → `=US`), or None for any other name."""
    bare = name.replace(".", "").replace(" ", "")
    return f"={bare}" if len(bare) <= 4 and bare.isalpha() and bare.isupper() else None
