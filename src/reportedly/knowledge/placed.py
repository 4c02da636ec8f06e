"""Knowledge files read with the line of every row and value, so that a problem can say where it is.

Doors: `read_table`, `read_list`, and `validated` for one row. They check the layout of one file each; `check` looks at
all of them together.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from reportedly.knowledge.tables import read_yaml

Loc = tuple[int | str, ...]
_TEXT = "tag:yaml.org,2002:str"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, and where. Line 0 means the file as a whole."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}" if self.line else f"{self.file}: {self.text}"


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry of a file with the line that it starts on."""

    file: str
    line: int
    value: BaseModel

    def problem(self, text: str) -> Problem:
        """Return a problem with this entry."""
        return Problem(self.file, self.line, text)


@dataclass(slots=True)
class ReadFile:
    """What stands in one file: its good entries, and what is wrong with the others."""

    entries: list[Placed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


# ------------------------------------------------------------------------------------------------------- tables


def read_table(path: Path, name: str, layouts: Sequence[type[BaseModel]]) -> ReadFile:
    """Read a CSV file by the layout that its columns fit best."""
    found = ReadFile()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        found.problems.append(Problem(name, 0, f"cannot be read as UTF-8 text: {error}"))
        return found
    reader = csv.reader(text.splitlines(keepends=True))
    header = next(reader, [])
    layout = max(layouts, key=lambda model: _likeness(model, header))
    found.problems += [Problem(name, 1, text) for text in _header_problems(layout, header)]
    if found.problems:
        return found
    for line, row in _numbered(reader):
        if len(row) != len(header):
            found.problems.append(Problem(name, line, f"{len(row)} cells; expected {len(header)}"))
        else:
            entry = validated(layout, (name, line), dict(zip(header, row, strict=True)))
            if isinstance(entry, Placed):
                found.entries.append(entry)
            else:
                found.problems += entry
    return found


def _numbered(reader: Any) -> Iterator[tuple[int, list[str]]]:
    line = reader.line_num + 1
    for row in reader:
        if row:
            yield line, [cell.strip() for cell in row]
        line = reader.line_num + 1


def _likeness(layout: type[BaseModel], header: Sequence[str]) -> float:
    names = set(layout.model_fields)
    return len(names & set(header)) / len(names | set(header))


def _header_problems(layout: type[BaseModel], header: Sequence[str]) -> list[str]:
    names = list(layout.model_fields)
    if _likeness(layout, header) < 0.5:
        return [f"columns {', '.join(header) or 'missing'}: no table has these (see knowledge/data/README.md)"]
    twice = sorted({column for column in header if header.count(column) > 1})
    problems = [f"column {column!r} comes twice" for column in twice]
    problems += [f"unknown column {column!r}; expected {', '.join(names)}" for column in header if column not in names]
    needed = [name for name, column in layout.model_fields.items() if column.is_required()]
    return problems + [f"column {column!r} is missing" for column in needed if column not in header]


def validated(layout: type[BaseModel], place: tuple[str, int], row: Mapping[str, str]) -> Placed | list[Problem]:
    """Return a row of a table by its layout, or all that is wrong with it."""
    try:
        return Placed(*place, layout.model_validate(row))
    except ValidationError as error:
        label = next(iter(row.values()))
        return [Problem(*place, f"{label}: {_message(item['loc'], item)}") for item in error.errors()]


# -------------------------------------------------------------------------------------------------------- lists


def read_list(path: Path, name: str, layout: type[BaseModel]) -> ReadFile:
    """Read a YAML file by its layout. Entries of a file that is one list are placed one by one."""
    found = ReadFile()
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        data = read_yaml(path)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        found.problems.append(Problem(name, _yaml_line(error), f"no readable YAML: {' '.join(str(error).split())}"))
        return found
    if node is None:
        found.problems.append(Problem(name, 0, "is empty"))
        return found
    found.problems += [Problem(name, line, f"key {key!r} comes twice") for line, key in _repeated_keys(node)]
    found.problems += [Problem(name, line, f"{word!r} comes twice in one list") for line, word in _repeated_words(node)]
    try:
        value = layout.model_validate(data)
    except ValidationError as error:
        problems = (Problem(name, line_of(node, e["loc"]), _message(e["loc"], e)) for e in error.errors())
        found.problems += problems
        return found
    root = getattr(value, "root", None)
    if isinstance(root, list):
        found.entries += [Placed(name, line_of(node, (n,)), item) for n, item in enumerate(root)]
    else:
        found.entries.append(Placed(name, 1, value))
    return found


def line_of(node: yaml.Node, loc: Loc) -> int:
    """Return the line of the value that a path of keys and indexes leads to, or of the last part that is there."""
    line = node.start_mark.line + 1
    for part in loc:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        elif isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == str(part)), None)
            if pair is None:
                continue  # a key that is missing, or a part that pydantic adds for its own models
            node = pair[1]
            line = pair[0].start_mark.line + 1
            continue
        line = node.start_mark.line + 1
    return int(line)


def _repeated_keys(node: yaml.Node) -> Iterator[tuple[int, str]]:
    """Yield keys that a mapping holds twice; the loader would keep the last and say nothing."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key.start_mark.line + 1, key.value
            seen.add(key.value)
            yield from _repeated_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _repeated_keys(item)


def _repeated_words(node: yaml.Node) -> Iterator[tuple[int, str]]:
    """Yield words that a list holds twice: one of the two was meant for another list, or for none."""
    children = [v for _, v in node.value] if isinstance(node, yaml.MappingNode) else node.value
    if isinstance(node, yaml.SequenceNode):
        seen: set[str] = set()
        for item in (n for n in node.value if isinstance(n, yaml.ScalarNode) and n.tag == _TEXT):
            if item.value in seen:
                yield item.start_mark.line + 1, item.value
            seen.add(item.value)
    for child in children if not isinstance(node, yaml.ScalarNode) else ():
        yield from _repeated_words(child)


def _yaml_line(error: Exception) -> int:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark is not None else 0


def _message(loc: Loc, item: Any) -> str:
    """Say in our words what pydantic found."""
    where = ".".join(str(part) for part in loc)
    text = str(item["msg"]).removeprefix("Value error, ")
    if item["type"] == "extra_forbidden":
        text = "unknown key"
    elif item["type"] == "missing":
        text = "is missing"
    elif "input" in item and isinstance(item["input"], str | int | float | bool) and repr(item["input"]) not in text:
        text = f"{item['input']!r}: {text[:1].lower()}{text[1:]}"
    return f"{where}: {text}" if where else text
