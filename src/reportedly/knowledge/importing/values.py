"""Cleans single values from outside; one that cannot be ours raises `ValueError`. Doors: `tidy`, `names_of`, `slug`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from reportedly.knowledge.actors import is_acronym

LONGEST = 300
"""Code points of a cell; the longest name that we ship has 90."""
FORMULA = ("=", "+", "-", "@")
"""A spreadsheet would run a cell that begins so."""
_BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd\u202a-\u202e\u2066-\u2069]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
_NO_WORD = re.compile(r"[^a-z0-9]+")


def tidy(value: str, what: str = "cell") -> str:
    """Return a value on one line, composed, without the separator of our cells; refuse what is no plain text."""
    text = unicodedata.normalize("NFC", " ".join(value.split())).replace(";", ",")
    if _BROKEN.search(text):
        raise ValueError(f"{what} {text[:40]!r} holds characters that are no text")
    if text.startswith(FORMULA):
        raise ValueError(f"{what} {text[:40]!r} begins like a formula")
    if len(text) > LONGEST:
        raise ValueError(f"{what} {text[:40]!r}... is longer than {LONGEST} characters")
    return text


def names_of(values: Iterable[str]) -> tuple[str, ...]:
    """Return the names in Latin letters, tidied, each once."""
    texts = (tidy(value, "name") for value in values)
    return tuple(dict.fromkeys(text for text in texts if _LATIN.search(text) and len(text) > 1))


def split_names(names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part acronyms from other names."""
    names = tuple(names)
    return tuple(n for n in names if is_acronym(n)), tuple(n for n in names if not is_acronym(n))


def slug(country: str, name: str) -> str:
    """Return an id made of a country code (or none) and a name: `ml-permanent-strategic-framework`."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    words = _NO_WORD.sub("-", plain).strip("-")[:60].strip("-")
    if not words:
        raise ValueError(f"name {name!r} gives no id; give one in the column id")
    return f"{country.lower() or 'x'}-{words}"
