"""A book: layout, tables and rules of one codebook, read from its `book.yml`, with the knowledge that coding needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportedly.errors import KnowledgeError, UsageError
from reportedly.knowledge.actors import load_actors
from reportedly.knowledge.countries import Country, load_countries
from reportedly.knowledge.load import DATA, Knowledge
from reportedly.knowledge.ontology import EventType, load_ontology
from reportedly.knowledge.tables import read_yaml

BOOKS: tuple[str, ...] = ("acled", "ucdp", "plover", "cameo")
_NEEDED = ("name", "title", "version", "columns", "tables", "rules")


@dataclass(frozen=True, slots=True)
class Book:
    """One codebook. `columns` is the file order, `tables` its code lists, `rules` the sentence behind each rule id.

    `codes_as_numbers` writes ACLED's actor types and interactions as numbers in place of text.
    """

    name: str
    title: str
    version: str
    columns: tuple[str, ...]
    tables: Mapping[str, Any]
    rules: Mapping[str, str]
    ontology: Mapping[str, EventType]
    countries: Mapping[str, Country]
    ucdp_names: Mapping[str, str] = field(default_factory=dict)
    codes_as_numbers: bool = False

    def crosswalk(self, event_type: str) -> Any:
        """What the ontology says this event type is in this book; None when the book has no such event."""
        known = self.ontology.get(event_type)
        return known.crosswalk.get(self.name) if known else None

    def longest(self, table: str, event_type: str) -> Any:
        """Look an event type up in a table whose keys are event types or their first parts; the longest key wins."""
        keys = [k for k in self.tables[table] if event_type == k or event_type.startswith(f"{k}.")]
        return self.tables[table][max(keys, key=len)] if keys else None


def book_versions() -> list[tuple[str, str, str]]:
    """Return each book's name, title and version, without the knowledge that coding needs."""
    layouts = (_checked(Path(__file__).parent / name / "book.yml") for name in BOOKS)
    return [(data["name"], data["title"], data["version"]) for data in layouts]


def load_book(name: str, knowledge: Knowledge | None = None, *, codes_as_numbers: bool = False) -> Book:
    """Read a book by name, one of `BOOKS`."""
    if name not in BOOKS:
        raise UsageError(f"no codebook is called {name!r}", hint=f"choose one of: {', '.join(BOOKS)}")
    data = _checked(Path(__file__).parent / name / "book.yml")
    ontology = knowledge.ontology if knowledge else load_ontology(DATA)
    actors = (knowledge.actors if knowledge else load_actors(DATA)).by_id if name == "ucdp" else {}
    return Book(
        name=data["name"],
        title=data["title"],
        version=data["version"],
        columns=tuple(data["columns"]),
        tables=data["tables"],
        rules=data["rules"],
        ontology=ontology,
        countries=knowledge.countries if knowledge else load_countries(DATA),
        ucdp_names={key: actor.ucdp_name for key, actor in actors.items() if actor.ucdp_name},
        codes_as_numbers=codes_as_numbers,
    )


def _checked(path: Path) -> Mapping[str, Any]:
    data = read_yaml(path)
    missing = [key for key in _NEEDED if key not in data]
    if missing:
        raise KnowledgeError([f"{path}: `{key}` is missing" for key in missing])
    twice = sorted({column for column in data["columns"] if data["columns"].count(column) > 1})
    if twice:
        raise KnowledgeError([f"{path}: column `{column}` stands twice" for column in twice])
    checked: Mapping[str, Any] = data
    return checked
