"""Room 2, documents: bytes to text. Byte order mark, then UTF-8, then what the source declares, then Windows-1252.

What is not surely text is refused; what had to be guessed is reported as a defect.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_REFUSED = frozenset({"utf-7", "idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"})
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of some bytes; `note` says what was guessed, None when nothing was."""

    text: str
    note: str | None = None


def decode(data: bytes, declared: str | None = None) -> Decoded | str:
    """Return the text of the bytes, or the reason why they are none."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], name)
    if data[:4096].count(0) > max(2, 0.01 * min(len(data), 4096)):
        return _wide(data) or "binary data; a text file in UTF-8 was expected"
    controls = len(_CONTROLS.findall(data[:65536]))
    if controls > 0.02 * min(len(data), 65536) + 2:
        return "binary data; a text file in UTF-8 was expected"
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _declared(data, declared) or _guessed(data, error)


def _lenient(data: bytes, name: str) -> Decoded:
    """Decode with a known encoding; broken characters are replaced and reported."""
    try:
        return Decoded(data.decode(name))
    except UnicodeDecodeError as error:
        return Decoded(data.decode(name, "replace"), f"broken {name} at byte {error.start}; replaced by U+FFFD")


def _wide(data: bytes) -> Decoded | None:
    """Decode UTF-16 without a byte order mark, which shows in zeros at every second byte."""
    sample = data[:4096]
    half = max(1, len(sample) // 2)
    odd, even = sample[1::2].count(0) / half, sample[0::2].count(0) / half
    if max(odd, even) < 0.7 or min(odd, even) > 0.05:
        return None
    name = "utf-16-le" if odd > even else "utf-16-be"
    return Decoded(data.decode(name, "replace"), f"no byte order mark; read as {name}")


def _declared(data: bytes, declared: str | None) -> Decoded | None:
    """Decode as declared by the source, None when that does not hold."""
    try:
        name = codecs.lookup(declared or "").name
        if name in _REFUSED or name in ("utf-8", "ascii"):
            return None
        return Decoded(data.decode(name))
    except (LookupError, UnicodeError, ValueError, TypeError, AssertionError):
        return None


def _guessed(data: bytes, error: UnicodeDecodeError) -> Decoded | str:
    """Decode what is neither UTF-8 nor declared: UTF-8 with few broken characters, else Windows-1252."""
    high = len(_HIGH.findall(data))
    mostly = data.decode("utf-8", "replace")
    broken = mostly.count("\ufffd")
    if broken <= max(2, 0.1 * high) and high > 2 * broken:
        return Decoded(mostly, f"broken UTF-8 at byte {error.start}; {broken} characters replaced by U+FFFD")
    if high > 0.3 * len(data):
        return f"unknown encoding (byte {error.start} is not UTF-8, and none is declared); UTF-8 was expected"
    try:
        return Decoded(data.decode("cp1252"), "not UTF-8; read as Windows-1252")
    except UnicodeDecodeError:
        return Decoded(data.decode("latin-1"), "not UTF-8; read as ISO 8859-1")
