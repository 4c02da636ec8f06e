"""Room 1, sources: the neutral form, JSONL with one document a line, and the same objects in a JSON file.

Streams line by line in bounded memory. A bad line is rejected with its number and the rest goes on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from reportedly.model.capture import Capture, CaptureMeta
from reportedly.model.rejected import Rejected
from reportedly.sources.limits import MAX_BYTES, too_long, unreadable

_META = ("title", "url", "publisher", "author", "published", "language")
_LARGEST = 10**15
_ACCESS = ("full", "preview", "summary")


def read_jsonl(stream: BinaryIO, name: str, origin: str) -> Iterator[Capture | Rejected]:
    """Yield one capture per line; ids that are not given are `NAME#LINE`."""
    empty = True
    for number, line in numbered_lines(stream):
        where = f"{origin}, line {number}"
        if line is None:
            empty = False
            yield too_long(where)
        elif line.strip():
            empty = False
            yield _from_line(line, f"{name}#{number}", where)
    if empty:
        yield unreadable(origin, "empty; there is nothing to read")


def numbered_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Yield numbered lines, None in place of a line over the limit, which is read past in pieces."""
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        if len(line) > MAX_BYTES and not line.endswith(b"\n"):
            while (rest := stream.readline(1 << 20)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        else:
            yield number, line


def _from_line(line: bytes, name: str, where: str) -> Capture | Rejected:
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return unreadable(where, f"not UTF-8 at byte {error.start} of the line; JSONL must be UTF-8")
    except RecursionError:
        return unreadable(where, "JSON nested too deeply; an object with a text was expected")
    except ValueError as error:
        return unreadable(where, f"invalid JSON ({_short(error)}); one object with a text was expected")
    return from_object(value, name, where)


def _short(error: ValueError) -> str:
    """Return the parser's complaint without the document that json carries along."""
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.pos + 1}"
    return str(error)[:120]


def from_object(value: object, name: str, where: str) -> Capture | Rejected:
    """Turn one neutral object into a capture, or say which field is wrong."""
    if not isinstance(value, dict):
        return unreadable(where, f"{_kind(value)} found where an object with a text was expected")
    value = {**value, **_as_strings(value)}
    problem = _problem(value)
    if problem is not None:
        return unreadable(where, problem)
    given = value.get("id")
    stated: dict[str, Any] = {key: value[key] or None for key in _META if value.get(key) is not None}
    meta = CaptureMeta(**stated, access=value.get("access") if value.get("access") in _ACCESS else None)
    return Capture(
        id=name if given in (None, "") else str(given), origin=where, media="text", content=value["text"], meta=meta
    )


def _as_strings(value: Mapping[str, Any]) -> dict[str, str]:
    """Return as strings what other programs write otherwise: a day as a number, several authors as a list."""
    written = {}
    published, author = value.get("published"), value.get("author")
    if isinstance(published, int | float) and not isinstance(published, bool) and abs(published) < _LARGEST:
        written["published"] = str(int(published))
    if isinstance(author, list) and all(isinstance(name, str) for name in author):
        written["author"] = ", ".join(author)
    return written


def _problem(value: Mapping[str, Any]) -> str | None:
    """Return what is wrong with the fields of a neutral object, or None."""
    if value.get("text") is None:
        return 'no "text"; every document needs one'
    if not isinstance(value["text"], str):
        return f'"text" is {_kind(value["text"])}, a string was expected'
    if not value["text"].strip():
        return '"text" is empty; there is nothing to read'
    if not isinstance(value.get("id"), str | int | None) or isinstance(value.get("id"), bool):
        return f'"id" is {_kind(value["id"])}, a string was expected'
    for key in _META:
        if not isinstance(value.get(key), str | None):
            return f'"{key}" is {_kind(value[key])}, a string was expected'
    return _surrogate(value)


def _surrogate(value: Mapping[str, Any]) -> str | None:
    """Return a complaint when a string holds half a character, which no file or database can hold."""
    for key in ("text", "id", *_META):
        try:
            str(value.get(key)).encode("utf-8")
        except UnicodeEncodeError as error:
            return f'"{key}" holds half a surrogate pair at character {error.start}; it is no valid Unicode text'
    return None


def _kind(value: object) -> str:
    """Return the JSON word for a value's type."""
    if value is None:
        return "null"
    names = {bool: "true or false", int: "a number", float: "a number", str: "a string", list: "a list"}
    return names.get(type(value), "an object")
