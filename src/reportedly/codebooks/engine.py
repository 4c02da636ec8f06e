"""Runs a book's rules: from what was read out of an incident to the cells of a row, each with its rule and evidence."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reportedly.codebooks.book import PLACEHOLDER, Book, Rule
from reportedly.codebooks.rows import Cell
from reportedly.errors import KnowledgeError


@dataclass(frozen=True, slots=True)
class Reading:
    """Something read out of an incident: the value, and the claims and the words that it comes from.

    `rule` is set where reading it took a rule of its own; `detail` fills `{detail}` in the rule's sentence.
    """

    value: Any
    claims: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    rule: str | None = None
    detail: str = ""


Readings = Mapping[str, Reading]


def fill(book: Book, readings: Readings) -> dict[str, Cell]:
    """Return a cell for each column of the book."""
    return {column: _cell(book, column, rules, readings) for column, rules in book.fields.items()}


def no_row(book: Book, readings: Readings) -> str | None:
    """Return the first of the book's reasons for no row that applies."""
    for gate in book.gates:
        if _holds(gate.needs, readings):
            return told(gate.because, readings)
    return None


def told(sentence: str, readings: Readings, detail: str = "") -> str:
    """Put the values of readings in the place of their names in braces."""
    return PLACEHOLDER.sub(lambda hit: detail if hit[1] == "detail" else str(_named(readings, hit[1]).value), sentence)


def _cell(book: Book, column: str, rules: Iterable[Rule], readings: Readings) -> Cell:
    rule = next(rule for rule in rules if _holds(rule.needs, readings))
    reading = _named(readings, rule.take) if rule.take else Reading(rule.value)
    key = told(rule.id, readings) if rule.id else reading.rule
    if key is None or key not in book.rules:
        raise KnowledgeError([f"{book.name}/book.yml: column `{column}`: no sentence for the rule `{key}`"])
    value = book.tables[rule.table].get(reading.value) if rule.table else reading.value
    because = told(book.rules[key], readings, reading.detail)
    return Cell(value, key, because, reading.claims, _clean(reading.words))


def _holds(needs: Iterable[tuple[str, tuple[Any, ...]]], readings: Readings) -> bool:
    return all(_value(readings, name) in values for name, values in needs)


def _value(readings: Readings, name: str) -> Any:
    value = _named(readings, name).value
    return value if isinstance(value, Hashable) else bool(value)


def _named(readings: Readings, name: str) -> Reading:
    if name not in readings:
        raise KnowledgeError([f"a codebook asks for `{name}`, which is not read; known: {', '.join(sorted(readings))}"])
    return readings[name]


def _clean(words: Iterable[str]) -> tuple[str, ...]:
    """The words on one line each, each once."""
    return tuple(dict.fromkeys(" ".join(word.split()) for word in words if word.strip()))
