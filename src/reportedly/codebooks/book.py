"""A book: layout, tables, rules and settings of one codebook, from its `book.yml`, with the knowledge that it needs.

Each column has rules, tried in order: the first whose conditions hold takes a reading of the incident, or a constant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportedly.codebooks.choices import Choice, parse_settings, read_choices, values_of
from reportedly.errors import KnowledgeError, UsageError
from reportedly.knowledge.actors import load_actors
from reportedly.knowledge.countries import Country, load_countries
from reportedly.knowledge.load import DATA, Knowledge
from reportedly.knowledge.ontology import EventType, load_ontology
from reportedly.knowledge.outlets import OutletIndex, load_outlets
from reportedly.knowledge.tables import read_yaml

BOOKS: tuple[str, ...] = ("acled", "ucdp", "plover", "cameo")
_NEEDED = ("name", "title", "version", "columns", "tables", "rules")
_HERE = Path(__file__).parent
PLACEHOLDER = re.compile(r"\{([a-z0-9_.]+)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """Gives a column the reading `take`, looked up in `table` where one is named, or else the constant `value`.

    It applies where each reading in `needs` has one of the values listed. `id` None leaves the rule to the reading,
    whose own it is; an id may hold the value of a reading in braces.
    """

    id: str | None
    take: str | None = None
    table: str | None = None
    value: Any = None
    needs: tuple[tuple[str, tuple[Any, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """A reason for no row: the sentence, and the readings that it applies to."""

    because: str
    needs: tuple[tuple[str, tuple[Any, ...]], ...]


@dataclass(frozen=True, slots=True)
class Book:
    """One codebook. `columns` is the file order, `tables` its code lists, `rules` the sentence behind each rule id.

    `fields` are the rules of each column, `gates` the reasons for no row, `choices` what a user may set and `chosen`
    the values in force.
    """

    name: str
    title: str
    version: str
    columns: tuple[str, ...]
    fields: Mapping[str, tuple[Rule, ...]]
    gates: tuple[Gate, ...]
    tables: Mapping[str, Any]
    rules: Mapping[str, str]
    choices: Mapping[str, Choice]
    chosen: Mapping[str, Any]
    ontology: Mapping[str, EventType]
    countries: Mapping[str, Country]
    outlets: OutletIndex
    ucdp_names: Mapping[str, str] = field(default_factory=dict)

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
    layouts = (read_book(name) for name in BOOKS)
    return [(data["name"], data["title"], data["version"]) for data in layouts]


def load_book(name: str, knowledge: Knowledge | None = None, settings: Mapping[str, object] | None = None) -> Book:
    """Read a book by name, one of `BOOKS`. `settings` are values for its choices, without the book's name."""
    if name not in BOOKS:
        raise UsageError(f"no codebook is called {name!r}", hint=f"choose one of: {', '.join(BOOKS)}")
    data = read_book(name)
    ontology = knowledge.ontology if knowledge else load_ontology(DATA)
    actors = (knowledge.actors if knowledge else load_actors(DATA)).by_id if name == "ucdp" else {}
    choices = read_choices(data.get("settings") or {})
    return Book(
        name=data["name"],
        title=data["title"],
        version=data["version"],
        columns=tuple(data["columns"]),
        fields={column: tuple(_rule(entry) for entry in entries) for column, entries in data["columns"].items()},
        gates=tuple(Gate(entry["because"], _needs(entry["if"])) for entry in data.get("no_row") or ()),
        tables={**read_yaml(_HERE / "common.yml"), **data["tables"]},
        rules=data["rules"],
        choices=choices,
        chosen=values_of(name, choices, settings or {}),
        ontology=ontology,
        countries=knowledge.countries if knowledge else load_countries(DATA),
        outlets=knowledge.outlets if knowledge else load_outlets(DATA),
        ucdp_names={key: actor.ucdp_name for key, actor in actors.items() if actor.ucdp_name},
    )


def load_books(
    names: Iterable[str] = BOOKS, knowledge: Knowledge | None = None, settings: Iterable[str] = ()
) -> dict[str, Book]:
    """Read books by name. `settings` are lines like `acled.dozens=24`; all of them are checked, whatever the names."""
    sorted_by_book = parse_settings(settings, BOOKS)
    for name, given in sorted_by_book.items():
        values_of(name, read_choices(read_book(name).get("settings") or {}), given)
    return {name: load_book(name, knowledge, sorted_by_book[name]) for name in names}


def read_book(name: str) -> Mapping[str, Any]:
    """Return the file of a book as it stands, checked: every rule named has a sentence, every column a last resort."""
    path = _HERE / name / "book.yml"
    data = read_yaml(path)
    missing = [key for key in _NEEDED if key not in data]
    problems = [f"`{key}` is missing" for key in missing] or list(_problems(data))
    if problems:
        raise KnowledgeError([f"{path}: {problem}" for problem in problems])
    checked: Mapping[str, Any] = data
    return checked


def _problems(data: Mapping[str, Any]) -> Iterator[str]:
    for column, entries in data["columns"].items():
        if not entries or "if" in entries[-1]:
            yield f"column `{column}` has no last rule that always applies"
        for entry in entries:
            rule = entry.get("rule", "")
            if rule and not PLACEHOLDER.search(rule) and rule not in data["rules"]:
                yield f"column `{column}`: no rule `{rule}`"
            if entry.get("table", "") not in ("", *data["tables"]):
                yield f"column `{column}`: no table `{entry['table']}`"


def _rule(entry: Mapping[str, Any]) -> Rule:
    return Rule(
        entry.get("rule"), entry.get("take"), entry.get("table"), entry.get("value"), _needs(entry.get("if") or {})
    )


def _needs(conditions: Mapping[str, Any]) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    return tuple((name, tuple(v) if isinstance(v, list) else (v,)) for name, v in conditions.items())
