"""What readers of other people's lists yield: a row of ours still unchecked, a problem, a note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from pydantic import BaseModel

from reportedly.knowledge import schema
from reportedly.knowledge.placed import Problem

ACTORS, NAMES, PLACES, OUTLETS = schema.ActorRow, schema.NameRow, schema.PlaceRow, schema.OutletRow


class Passed(Enum):
    """Nothing to write: all of it is in the shipped files, or it is nothing that we keep (a ship, an address)."""

    KNOWN = "known already"
    OTHER = "of another kind"


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a person should know about an input, though no row is bad."""

    file: str
    text: str

    def __str__(self) -> str:
        return f"{self.file}: {self.text}"


@dataclass(frozen=True, slots=True)
class Draft:
    """A row for one of our tables, with the line that it comes from. Columns that are not given are empty."""

    layout: type[BaseModel]
    file: str
    line: int
    values: Mapping[str, str]

    def problem(self, text: str) -> Problem:
        """Return a problem with the line."""
        return Problem(self.file, self.line, text)


Item: TypeAlias = Draft | Problem | Passed | Note
