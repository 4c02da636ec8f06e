"""Words of harm to people, from `data/lexicon/<language>/outcomes.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from reportedly.knowledge.tables import read_words, read_yaml
from reportedly.model import Outcome

_NOT_OUTCOMES = frozenset({"types"})
_PARTS = ("verbs", "adjectives", "nouns")


@dataclass(frozen=True, slots=True)
class HarmPattern:
    """Words beside a figure that say what happened: a pattern and its outcome.

    `passive`: an active verb would say another thing; `subject`: the subject is who is spoken of; `member`: of those
    counted before.
    """

    words: re.Pattern[str]
    outcome: Outcome
    passive: bool = False
    subject: bool = False
    member: bool = False


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What happened to people, by event type and by lemma and part of speech."""

    by_type: Mapping[str, Outcome]
    by_word: Mapping[tuple[str, str], Outcome]
    dead_after: frozenset[str]
    transitive: frozenset[str]
    harm_verbs: frozenset[str]
    toll_nouns: frozenset[str]
    collective: frozenset[str]
    combatants: frozenset[str]
    civilians: frozenset[str]
    people: frozenset[str]
    sides: frozenset[str]  # combatants and civilians
    anybody: frozenset[str]  # those and people
    not_people: frozenset[str]
    before: tuple[HarmPattern, ...]
    after: tuple[HarmPattern, ...]
    nobody: tuple[HarmPattern, ...]
    # Each holds where one of the patterns of its kind does: one look at the many sentences that have none.
    any_after: re.Pattern[str]
    any_nobody: re.Pattern[str]
    former: re.Pattern[str]
    former_after: re.Pattern[str]
    at_first: re.Pattern[str]
    were_said: re.Pattern[str]
    losing: frozenset[str]
    claiming: frozenset[str]
    corpses: frozenset[str]
    toll_words: frozenset[str]
    sure_toll_words: frozenset[str]
    over: frozenset[str]
    violence: frozenset[str]
    accidents: frozenset[str]
    words: Mapping[str, frozenset[str]]


def load_outcomes(folder: Path, language: str = "en") -> Outcomes:
    """Read the words of harm of one language."""
    base = folder / "lexicon" / language
    data = read_yaml(base / "outcomes.yml")
    words: dict[tuple[str, str], Outcome] = {}
    for name, group in data.items():
        if isinstance(group, dict) and name not in _NOT_OUTCOMES:
            for part in _PARTS:
                words.update({(part[:-1], w): cast(Outcome, name) for w in group.get(part, ())})
    grammar = read_words(base / "grammar.yml")
    combatants, civilians, people = (frozenset(data[name]) for name in ("combatants", "civilians", "people"))
    return Outcomes(
        by_type={key: cast(Outcome, value) for key, value in data["types"].items()},
        by_word=words,
        dead_after=frozenset(data["dead_after"]),
        transitive=frozenset(data["transitive_harm"]),
        harm_verbs=frozenset(w for part, w in words if part == "verb") - frozenset(data["intransitive"]),
        toll_nouns=frozenset(data["toll_nouns"]),
        collective=frozenset(data["collective"]),
        combatants=combatants,
        civilians=civilians,
        people=people,
        sides=combatants | civilians,
        anybody=combatants | civilians | people,
        not_people=frozenset(data["not_people"]) | grammar["deeds_to_many"],
        losing=frozenset(data["losing"]),
        claiming=frozenset(data["claiming"]),
        corpses=frozenset(data["corpses"]),
        toll_words=frozenset(data["toll_words"]),
        sure_toll_words=frozenset(data["sure_toll_words"]),
        over=frozenset(data["over"]),
        violence=frozenset(data["violence"]),
        accidents=frozenset(data["accidents"]),
        before=_patterns(data["before"], r"(?:^|(?<=\s))(?:{})\s$"),
        after=_patterns(data["after"], r"(?:{})(?![\w-])"),
        nobody=_patterns(data["nobody"], r"(?<!\S)(?:{})(?!\S)"),
        any_after=re.compile(rf"(?:{'|'.join(row['words'] for row in data['after'])})(?![\w-])"),
        any_nobody=re.compile(rf"(?<!\S)(?:{'|'.join(row['words'] for row in data['nobody'])})(?!\S)"),
        former=re.compile(f"(?:{'|'.join(data['former'])})$"),
        former_after=re.compile(data["former_after"]),
        at_first=re.compile(f"(?:{data['at_first']})$"),
        were_said=re.compile(data["were_said"]),
        words=grammar,
    )


def _patterns(rows: Iterable[Mapping[str, Any]], frame: str) -> tuple[HarmPattern, ...]:
    """Compile rows of words, each within a frame that says where the words must begin and end."""
    return tuple(
        HarmPattern(
            re.compile(frame.replace("{}", row["words"])),
            cast(Outcome, row["outcome"]),
            bool(row.get("passive")),
            bool(row.get("subject")),
            bool(row.get("member")),
        )
        for row in rows
    )
