"""How names of places are tied to events: groups of prepositions and the weight of each sign.

Loaded from `data/lexicon/<language>/place_links.yml` and checked there.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from reportedly.errors import KnowledgeError

DATA = Path(__file__).parent / "data"


class PlaceLinksFile(BaseModel):
    """The layout of `place_links.yml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    language: str
    links: dict[str, list[str]]
    telling: list[str]
    happening: list[str]
    parts: list[str]
    towns: list[str]
    waters: list[str]
    roads: list[str]
    circumstances: list[str]
    moving: list[str]
    living: list[str]
    sequels: list[str]
    aftermath: list[str]
    caring: list[str]
    events: dict[str, list[str]]
    dying: list[str]
    caring_houses: list[str]
    scenes: list[str]
    between: dict[str, list[str]]
    enough: float
    weights: dict[str, float]


@dataclass(frozen=True, slots=True)
class PlaceLinks:
    """The table, ready to use.

    `kind_of`: preposition -> what it says; `telling`: verbs of those who speak or meet; `happening`: verbs that only
    say that the event was; `parts`: nouns that are a part of the place after "of"; `towns`: nouns before "of" that the
    name behind it is; `waters`: words in names of waters; `roads`: nouns of what
    only bears a name; `circumstances`: prepositions before what an event was part
    of; `moving`: verbs of what became of people afterwards, `living`: verbs of where somebody lives or works,
    `sequels`: verbs of what follows another happening, `aftermath`: nouns for what is found of it later; `caring`:
    words for how the hurt and the dead are looked after, `dying` and `caring_houses`: verbs and houses of those who
    die of wounds; `scenes`: what a place is to what
    happened there; `event_kinds`: types and families of events of which a preposition says more; `between`: word
    between two names -> letter of its kind; `weights`: sign -> weight; `enough`: the sum that ties a place to an event.
    """

    kind_of: Mapping[str, str]
    telling: frozenset[str]
    happening: frozenset[str]
    parts: frozenset[str]
    towns: frozenset[str]
    waters: frozenset[str]
    roads: frozenset[str]
    circumstances: frozenset[str]
    moving: frozenset[str]
    living: frozenset[str]
    sequels: frozenset[str]
    aftermath: frozenset[str]
    caring: frozenset[str]
    event_kinds: Mapping[str, frozenset[str]]
    dying: frozenset[str]
    caring_houses: frozenset[str]
    scenes: frozenset[str]
    between: Mapping[str, str]
    weights: Mapping[str, float]
    enough: float

    def weigh(self, signs: Collection[str]) -> float:
        """Sum up signs; one that has no weight counts nothing. Exactly: a plain sum hangs on the order of the set."""
        return math.fsum(self.weights.get(sign, 0.0) for sign in signs)


def load_place_links(path: Path = DATA / "lexicon" / "en" / "place_links.yml") -> PlaceLinks:
    """Read and check the table of one language."""
    try:
        file = PlaceLinksFile.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
    except ValidationError as error:
        where = [f"{path.name}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise KnowledgeError(where) from error
    kind_of = {word: kind for kind, words in file.links.items() for word in words}
    sets = {name: frozenset(getattr(file, name)) for name in _SETS}
    between = {word: letter.strip("_") for letter, words in file.between.items() for word in words}
    kinds = {name: frozenset(types) for name, types in file.events.items()}
    return PlaceLinks(
        kind_of=kind_of, event_kinds=kinds, between=between, weights=file.weights, enough=file.enough, **sets
    )


_SETS = (
    "roads", "telling", "happening", "parts", "towns", "waters", "circumstances", "moving", "living",
    "sequels", "aftermath", "caring", "dying", "caring_houses", "scenes",
)  # fmt: skip
