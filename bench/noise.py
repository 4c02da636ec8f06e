"""Noise as scanners, wires and transcripts make it: each function spoils a text and leaves what it says as it was."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable

Noise = Callable[[str], str]


def wrapped(text: str) -> str:
    """Hard line ends, as in mail and old archives."""
    return "\n".join(textwrap.wrap(text, 62))


def hyphenated(text: str) -> str:
    """Long words broken with a hyphen at the line's end."""
    words, lines, line = text.split(), [], ""
    for word in words:
        if len(line) + len(word) < 50:
            line = f"{line} {word}".strip()
        elif len(word) > 8 and word.isalpha() and word.islower():
            lines.append(f"{line} {word[:4]}-")
            line = word[4:]
        else:
            lines.append(line)
            line = word
    return "\n".join([*lines, line])


def paged(text: str) -> str:
    """The foot of a page and the head of the next in the middle of a sentence."""
    lines = textwrap.wrap(text, 62)
    cut = len(lines) // 2
    return "\n".join(
        [*lines[:cut], "", "- 14 -", "", "FORTNIGHTLY DIGEST                         Page 15", "", *lines[cut:]]
    )


def capitals(text: str) -> str:
    return text.upper()


def lower(text: str) -> str:
    return text.lower()


def unspaced(text: str) -> str:
    """No space after full stops."""
    return re.sub(r"(?<=[a-z])\. (?=[A-Z])", ".", text)


def doubled(text: str) -> str:
    """Two spaces for one."""
    return text.replace(" ", "  ")


def no_break_spaces(text: str) -> str:
    return re.sub(r"(?<=\d) ", "\u00a0", text)


def soft_hyphens(text: str) -> str:
    """Invisible hyphens in long words, as web pages carry them."""
    return re.sub(r"\b([a-z]{4})([a-z]{5,})\b", "\\1\u00ad\\2", text)


def straight(text: str) -> str:
    """Typewriter's quotation marks."""
    return text.translate({ord("“"): '"', ord("”"): '"', ord("’"): "'", ord("‘"): "'"})


def tagged(text: str) -> str:
    """The marks of a monitoring service's transcript."""
    return f"[Text] {text}"


def indistinct(text: str) -> str:
    """A mark for words that a listener could not make out, behind the first sentence's second word."""
    first, second, rest = text.split(" ", 2)
    return f"{first} {second} [word indistinct] {rest}"


def omitted(text: str) -> str:
    """A mark for a passage left out, between sentences."""
    return re.sub(r"(?<=[a-z])\. (?=[A-Z])", ". [passage omitted] ", text, count=1)


def noted(text: str) -> str:
    """An editor's note at the end."""
    return f"{text} [Editor's note: this story was changed to mend the spelling of a name.]"


def tabbed(text: str) -> str:
    return "\n".join(f"\t{line}" for line in textwrap.wrap(text, 70))


NOISES: dict[str, Noise] = {
    noise.__name__: noise
    for noise in (
        wrapped, hyphenated, paged, capitals, lower, unspaced, doubled, no_break_spaces, soft_hyphens, straight, tagged,
        indistinct, omitted, noted, tabbed,
    )
}  # fmt: skip
