"""A length-preserving fold for comparing names: lower case, no accents, one kind of apostrophe and hyphen.

Every code point maps to exactly one, so offsets in folded text are offsets in the text.
"""

from __future__ import annotations

import unicodedata


def _table() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00), *range(0x370, 0x530)):
        char = chr(code)
        base = unicodedata.normalize("NFD", char)[0] if unicodedata.combining(char) == 0 else char
        lowered = base.lower()
        table[code] = lowered if len(lowered) == 1 else base
    special = {
        "ı": "i",
        "İ": "i",
        "ł": "l",
        "Ł": "l",
        "ø": "o",
        "Ø": "o",
        "đ": "d",
        "Đ": "d",
        "ð": "d",
        "ħ": "h",
        "Ħ": "h",
    }
    table.update({ord(k): v for k, v in special.items()})
    table.update({ord(c): "'" for c in "’‘ʼʿʾ`´ʹ′"})
    table.update({ord(c): "-" for c in "‐‑‒–"})
    table.update({ord(c): '"' for c in "“”„«»"})
    table.update({ord(c): " " for c in "\t\n\r\f\v\u00a0\u2007\u2009\u202f"})
    return table


_TABLE = _table()


def fold(text: str) -> str:
    """Fold a text; `len(fold(text)) == len(text)` always."""
    return text.translate(_TABLE)
