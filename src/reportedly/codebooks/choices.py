"""What a user may set in a book: where books or their users differ, each with the default, its source and its bounds.

Settings are written `BOOK.NAME=VALUE`; what is unknown or out of bounds is named, all of it at once.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reportedly.errors import UsageError


@dataclass(frozen=True, slots=True)
class Choice:
    """One setting of a book: its default, what it does, where the default comes from, and which values are allowed."""

    name: str
    default: str | int | tuple[str, ...]
    help: str
    source: str
    values: tuple[str, ...] = ()


def read_choices(data: Mapping[str, Any]) -> Mapping[str, Choice]:
    """Read a book's `settings`."""
    return {name: _choice(name, entry) for name, entry in data.items()}


def _choice(name: str, entry: Mapping[str, Any]) -> Choice:
    default = tuple(entry["default"]) if isinstance(entry["default"], list) else entry["default"]
    return Choice(name, default, entry["help"], entry["source"], tuple(entry.get("values") or ()))


def parse_settings(lines: Iterable[str], books: Iterable[str]) -> dict[str, dict[str, str]]:
    """Sort lines like `acled.dozens=24` by book."""
    known = tuple(books)
    found: dict[str, dict[str, str]] = {name: {} for name in known}
    problems = []
    for line in lines:
        key, sign, value = line.partition("=")
        book, dot, name = key.strip().partition(".")
        if not sign or not dot or book not in found:
            problems.append(f"`{line}`")
        else:
            found[book][name] = value.strip()
    if problems:
        hint = f"write BOOK.NAME=VALUE, with a book of {', '.join(known)}; see: reportedly books settings"
        raise UsageError(f"no setting of a codebook: {', '.join(problems)}", hint=hint)
    return found


def values_of(book: str, choices: Mapping[str, Choice], given: Mapping[str, object]) -> dict[str, Any]:
    """Return the value of each choice: the given one in the default's type, or the default."""
    problems = []
    values: dict[str, Any] = {name: choice.default for name, choice in choices.items()}
    for name, raw in given.items():
        if name not in choices:
            near = [f", did you mean `{book}.{one}`?" for one in difflib.get_close_matches(name, choices, n=1)]
            problems.append(f"unknown setting `{book}.{name}`{''.join(near)}")
            continue
        try:
            values[name] = _value(choices[name], raw)
        except ValueError as error:
            problems.append(f"`{book}.{name}` {error}, not {str(raw)!r}")
    if problems:
        raise UsageError("; ".join(problems), hint="see: reportedly books settings")
    return values


def _value(choice: Choice, raw: object) -> Any:
    if isinstance(choice.default, tuple):
        parts = raw if isinstance(raw, list | tuple) else str(raw).split(",")
        return tuple(str(part).strip() for part in parts if str(part).strip())
    if choice.values and str(raw) not in choice.values:
        raise ValueError(f"must be one of {', '.join(choice.values)}")
    if isinstance(choice.default, str):
        return str(raw)
    text = str(raw).strip()
    if not text.isdecimal() or not text.isascii() or len(text) > 6:
        raise ValueError("must be a whole number from 0 to 999999")
    return int(text)
