"""Room 2, documents: the word lists and patterns it reads from the knowledge files. Loaded once, never changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import yaml

from reportedly.errors import KnowledgeError

_NAMED_GROUP = re.compile(r"\(\?P<\w+>")


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """Word lists that decide whether a full stop ends a sentence."""

    before_name: frozenset[str]
    may_end: frozenset[str]
    clock: frozenset[str]
    never: frozenset[str]
    before_number: frozenset[str]
    days_and_zones: frozenset[str]
    openers: frozenset[str]
    speech: frozenset[str]
    function_words: frozenset[str]
    open_ends: frozenset[str]


def load_yaml(name: str) -> dict[str, Any]:
    """Return one knowledge file of the English lexicon as a mapping."""
    where = resources.files("reportedly.knowledge").joinpath("data", "lexicon", "en", name)
    data = yaml.safe_load(where.read_text(encoding="utf-8"))
    if not isinstance(data, dict):
        raise KnowledgeError([f"lexicon/en/{name}: a mapping of lists was expected"])
    return data


@lru_cache(maxsize=1)
def sentence_words() -> SentenceWords:
    """Return the word lists of `lexicon/en/sentences.yml`."""
    data = load_yaml("sentences.yml")
    # YAML reads a bare `no` or `on` as a truth value: the two words that it can have meant
    spelled = {True: "on", False: "no"}
    lists = {
        name: frozenset(str(spelled.get(word, word) if isinstance(word, bool) else word) for word in words)
        for name, words in data.items()
    }
    return SentenceWords(**lists)


@lru_cache(maxsize=1)
def months() -> Mapping[str, int]:
    """Return the numbers of months by their names and abbreviations, from `lexicon/en/times.yml`."""
    data = load_yaml("times.yml")
    return MappingProxyType({**data["months"], **data["month_abbreviations"]})


@dataclass(frozen=True, slots=True)
class BoilerplateRule:
    """A pattern for paragraphs that belong to the page; `marks_preview` when it shows that the rest is elsewhere."""

    id: str
    kind: str
    pattern: re.Pattern[str]
    marks_preview: bool
    examples: tuple[str, ...]
    non_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """What `lexicon/en/boilerplate.yml` holds."""

    max_words: int
    rules: tuple[BoilerplateRule, ...]
    any_rule: re.Pattern[str]  # matches what some rule does: most paragraphs match none
    anaphora: re.Pattern[str]
    decisive: frozenset[str]


@lru_cache(maxsize=1)
def boilerplate() -> Boilerplate:
    """Return the patterns of `lexicon/en/boilerplate.yml`; all faulty entries are named at once."""
    data = load_yaml("boilerplate.yml")
    problems: list[str] = []
    rules = [rule for entry in data["entries"] if (rule := _rule(entry, problems)) is not None]
    if problems:
        raise KnowledgeError(problems)
    anaphora = re.compile("|".join(f"(?:{opening})" for opening in data["anaphora"]), re.IGNORECASE)
    either = "|".join(f"(?:{_NAMED_GROUP.sub('(?:', rule.pattern.pattern)})" for rule in rules)
    any_rule = re.compile(either, re.IGNORECASE)
    return Boilerplate(int(data["max_words"]), tuple(rules), any_rule, anaphora, frozenset(data["decisive"]))


def _rule(entry: dict[str, Any], problems: list[str]) -> BoilerplateRule | None:
    """Compile one entry, or note what is wrong with it."""
    try:
        return BoilerplateRule(
            id=entry["id"],
            kind=entry["kind"],
            pattern=re.compile("".join(line.strip() for line in entry["pattern"].splitlines()), re.IGNORECASE),
            marks_preview=entry.get("marks") == "preview",
            examples=tuple(entry.get("examples", ())),
            non_examples=tuple(entry.get("non_examples", ())),
        )
    except (KeyError, re.error) as error:
        problems.append(f"lexicon/en/boilerplate.yml, {entry.get('id', '?')}: {error!r}")
        return None
