"""Words that tie two actors together, from `data/lexicon/<language>/relations.yml`. Door: `load_relation_words`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast, get_args

from reportedly.errors import KnowledgeError
from reportedly.knowledge.tables import read_yaml
from reportedly.model import Stance
from reportedly.model.relation import RelationKind

_GROUPS = ("verbs", "nouns", "hyphens", "prefixes")
_KINDS = frozenset(get_args(RelationKind))


@dataclass(frozen=True, slots=True)
class Tie:
    """How a word ties two actors: the slots where source and target stand, and what the word needs beside it.

    `objects` None = any or no object will do, empty = none may stand there; `sides` ties those listed each to each.
    """

    kind: RelationKind
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    objects: frozenset[str] | None = None
    adverbs: frozenset[str] = frozenset()
    goods: frozenset[str] = frozenset()
    sides: bool = False


@dataclass(frozen=True, slots=True)
class RelationWords:
    """Ties by lemma (or surface, for hyphens and prefixes), and small word lists."""

    verbs: Mapping[str, tuple[Tie, ...]]
    nouns: Mapping[str, tuple[Tie, ...]]
    hyphens: Mapping[str, tuple[Tie, ...]]
    prefixes: Mapping[str, tuple[Tie, ...]]
    light_verbs: frozenset[str] = frozenset()
    party_nouns: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    doubt: Mapping[str, Stance] = field(default_factory=dict)
    tying: frozenset[str] = frozenset()  # the words of all four groups


def load_relation_words(folder: Path, language: str = "en") -> RelationWords:
    """Read the relation words of one language."""
    path = folder / "lexicon" / language / "relations.yml"
    data = read_yaml(path)
    groups = {name: _ties(data[name], name, path) for name in _GROUPS}
    return RelationWords(
        **groups,
        tying=frozenset(word for ties in groups.values() for word in ties),
        light_verbs=frozenset(data["light_verbs"]),
        party_nouns=frozenset(data["party_nouns"]),
        bodies=frozenset(data["bodies"]),
        doubt=cast(Mapping[str, Stance], data["doubt"]),
    )


def _ties(rows: Sequence[Mapping[str, Any]], group: str, path: Path) -> Mapping[str, tuple[Tie, ...]]:
    found: dict[str, tuple[Tie, ...]] = {}
    for row in rows:
        tie = _tie(row, group, path)
        for word in row["words"]:
            found[word] = (*found.get(word, ()), tie)
    return found


def _tie(row: Mapping[str, Any], group: str, path: Path) -> Tie:
    kind = row["kind"]
    if kind not in _KINDS:
        expected = ", ".join(sorted(_KINDS))
        raise KnowledgeError([f"{path.name}: {group}: unknown relation kind {kind!r}, expected one of {expected}"])
    return Tie(
        kind=cast(RelationKind, kind),
        source=tuple(row.get("source", ())),
        target=tuple(row.get("target", ())),
        objects=frozenset(row["object"]) if "object" in row else None,
        adverbs=frozenset(row.get("adverb", ())),
        goods=frozenset(row.get("with", ())),
        sides=bool(row.get("sides", False)),
    )
