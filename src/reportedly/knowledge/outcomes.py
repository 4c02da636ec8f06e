"""Words of harm to people, from `data/lexicon/<language>/outcomes.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from reportedly.knowledge.tables import read_yaml
from reportedly.model import Outcome

_PARTS = ("verbs", "adjectives", "nouns")


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What happened to people, by event type and by lemma and part of speech."""

    by_type: Mapping[str, Outcome]
    by_word: Mapping[tuple[str, str], Outcome]
    intransitive: frozenset[str]
    dead_after: frozenset[str]
    transitive: frozenset[str]
    harm_verbs: frozenset[str]
    toll_nouns: frozenset[str]
    collective: frozenset[str]


def load_outcomes(folder: Path, language: str = "en") -> Outcomes:
    """Read the words of harm of one language."""
    data = read_yaml(folder / "lexicon" / language / "outcomes.yml")
    words: dict[tuple[str, str], Outcome] = {}
    for name, group in data.items():
        if isinstance(group, dict) and name != "types":
            for part in _PARTS:
                words.update({(part[:-1], w): cast(Outcome, name) for w in group.get(part, ())})
    return Outcomes(
        by_type={key: cast(Outcome, value) for key, value in data["types"].items()},
        by_word=words,
        intransitive=frozenset(data["intransitive"]),
        dead_after=frozenset(data["dead_after"]),
        transitive=frozenset(data["transitive_harm"]),
        harm_verbs=frozenset(w for part, w in words if part == "verb") - frozenset(data["intransitive"]),
        toll_nouns=frozenset(data["toll_nouns"]),
        collective=frozenset(data["collective"]),
    )
