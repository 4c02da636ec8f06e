"""Words for the grammars of numbers and times: read from `data/lexicon/<language>/`, checked, never changed.

Door: `number_words(language)`, `time_words(language)`, and `grammar_words(language)` for named lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from reportedly.errors import KnowledgeError
from reportedly.knowledge.tables import read_words

Words = list[str]
_DATA = Path(__file__).parent / "data"


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    language: str
    source: str
    examples: list[dict[str, Any]] = []
    non_examples: list[dict[str, Any]] = []


class NumberWords(_Table):
    """Words of counting, as `numbers.yml` lists them."""

    units: dict[str, int]
    teens: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    scale_suffixes: dict[str, int]
    plural_scales: dict[str, int]
    round_scales: Words
    ordinals: Words
    fractions: Words
    vague: dict[str, int]
    multipliers: dict[str, int]
    fixed: dict[str, int]
    round: Words
    zero: Words
    no_not_before: Words
    not_before: dict[str, Words]
    not_after: dict[str, Words]
    article_not_before: Words
    qualifiers: dict[str, Words]
    after: dict[str, Words]
    range_between: Words
    range_from: Words
    range_words: Words
    change_words: Words
    collectives: Words
    percent: Words
    money_before: Words
    money_after: Words
    measure: Words
    durations: Words
    clock_after: Words
    designators: Words
    strong_designators: Words
    units_after: Words
    age_before: Words
    age_after: Words
    score_words: Words
    counted: Words
    left_out_before: Words


class Offset(BaseModel):
    """A relative time: how many units from which anchor."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    unit: str
    offset: int
    anchor: str = "publication"
    span: int = 0
    night: bool = False
    open: bool = False  # nobody says how long after or before


class TimeWords(_Table):
    """Words of time, as `times.yml` lists them."""

    months: dict[str, int]
    month_abbreviations: dict[str, int]
    ambiguous_months: Words
    shift_workers: Words
    weekdays: dict[str, int]
    weekday_abbreviations: dict[str, int]
    short_weekdays: Words
    weekday_not_after: Words
    weekday_not_before: Words
    parts_of_day: Words
    parts: dict[str, str]
    seasons: dict[str, str]
    units: dict[str, str]
    phrases: dict[str, Offset]
    holidays: dict[str, str]
    since: Words
    begins: Words
    until: Words
    month_prepositions: Words
    year_prepositions: Words
    before_year: Words
    in_a_month: Words
    may_not_before: Words
    date_leads: Words
    before_slashed: Words
    slashed_names: Words
    span_from: Words
    follows_day: Words
    publication_labels: Words
    year_not_after: Words
    year_not_before: Words
    names_after_date: Words
    duration_openers: Words


def _read(name: str, language: str) -> Any:
    path = files("reportedly.knowledge") / "data" / "lexicon" / language / name
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _problems(name: str, error: ValidationError) -> KnowledgeError:
    return KnowledgeError([f"{name}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()])


@lru_cache(maxsize=8)
def number_words(language: str = "en") -> NumberWords:
    """Return the words of counting of a language."""
    try:
        return NumberWords.model_validate(_read("numbers.yml", language))
    except ValidationError as error:
        raise _problems("numbers.yml", error) from error


@lru_cache(maxsize=8)
def time_words(language: str = "en") -> TimeWords:
    """Return the words of time of a language."""
    try:
        return TimeWords.model_validate(_read("times.yml", language))
    except ValidationError as error:
        raise _problems("times.yml", error) from error


@lru_cache(maxsize=8)
def grammar_words(language: str = "en") -> Mapping[str, frozenset[str]]:
    """Return the word lists by which the parse of a language is read, by name."""
    return read_words(_DATA / "lexicon" / language / "grammar.yml")
