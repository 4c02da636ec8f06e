"""Words around place names: prepositions, generic nouns, titles, names of persons, words that are also towns.

Loaded from `data/lexicon/<language>/place_words.yml` and checked there; the finder of places holds no word itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from reportedly.errors import KnowledgeError
from reportedly.knowledge.place_keys import place_key

DATA = Path(__file__).parent / "data"
Level = Literal["point", "district", "region"]


class PlaceWordsFile(BaseModel):
    """The layout of `place_words.yml`."""

    model_config = ConfigDict(extra="forbid")

    locative: list[str]
    motion: list[str]
    seizing: list[str]
    aiming: list[str]
    taking_places: list[str]
    loose_generic: list[str]
    near: list[str]
    between: list[str]
    roads: list[str]
    under_way: list[str]
    outskirts: list[str]
    bearings: dict[str, float]
    units: dict[str, float]
    numbers: dict[str, int]
    generic: dict[Level, list[str]]
    quarters: list[str]
    counties: list[str]
    counties_apart: list[str]
    towns_with_state: list[str]
    parts: list[str]
    name_starts: list[str]
    area_tails: list[str]
    bare_tails: list[str]
    site_tails: list[str]
    building_tails: list[str]
    houses: list[str]
    tail_modifiers: list[str]
    connectors: list[str]
    titles: list[str]
    name_titles: list[str]
    offices: list[str]
    heads: list[str]
    name_heads: list[str]
    not_places: list[str]
    calendar: list[str]
    continental: list[str]
    holding: list[str]
    other_things: list[str]
    speech: list[str]
    naming: list[str]
    known_as_places: list[str]
    common_words: list[str]
    surnames: list[str]
    first_names: list[str]


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The word lists of one language; the comments in the YAML file say what each is for.

    `namesakes` are the given names that are not known as places in the first place.
    """

    locative: frozenset[str]
    motion: frozenset[str]
    seizing: frozenset[str]
    aiming: frozenset[str]
    taking_places: frozenset[str]
    loose_generic: frozenset[str]
    near: tuple[str, ...]
    between: frozenset[str]
    roads: frozenset[str]
    under_way: frozenset[str]
    outskirts: tuple[str, ...]
    bearings: Mapping[str, float]
    units: Mapping[str, float]
    numbers: Mapping[str, int]
    generic: Mapping[str, Level]
    quarters: frozenset[str]
    counties: frozenset[str]
    counties_apart: frozenset[str]
    towns_with_state: frozenset[str]
    parts: frozenset[str]
    name_starts: frozenset[str]
    area_tails: frozenset[str]
    bare_tails: frozenset[str]
    site_tails: frozenset[str]
    building_tails: frozenset[str]
    houses: frozenset[str]
    tail_modifiers: frozenset[str]
    connectors: frozenset[str]
    titles: frozenset[str]
    name_titles: frozenset[str]
    offices: frozenset[str]
    heads: frozenset[str]
    name_heads: frozenset[str]
    not_places: frozenset[str]
    calendar: frozenset[str]
    continental: frozenset[str]
    holding: tuple[str, ...]
    other_things: frozenset[str]
    speech: frozenset[str]
    naming: frozenset[str]
    common_words: frozenset[str]
    surnames: frozenset[str]
    first_names: frozenset[str]
    namesakes: frozenset[str]
    offset: re.Pattern[str]


@lru_cache(maxsize=4)
def load_place_words(path: Path = DATA / "lexicon" / "en" / "place_words.yml") -> PlaceWords:
    """Read and check the word lists of one language."""
    try:
        file = PlaceWordsFile.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
    except ValidationError as error:
        where = [f"{path.name}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise KnowledgeError(where) from error
    known = frozenset(file.known_as_places)
    return PlaceWords(
        near=tuple(sorted(file.near, key=len, reverse=True)),
        outskirts=tuple(file.outskirts),
        holding=tuple(file.holding),
        bearings=file.bearings,
        units=file.units,
        numbers=file.numbers,
        generic={noun: level for level, nouns in file.generic.items() for noun in nouns},
        offset=_offset_pattern(file),
        other_things=frozenset(map(place_key, file.other_things)),
        **{name: frozenset(getattr(file, name)) for name in _SETS},
        common_words=frozenset(file.common_words) - known,
        surnames=frozenset(file.surnames) - known,
        namesakes=frozenset(file.first_names) - known,
    )


_SETS = (
    "under_way",
    "locative",
    "between",
    "roads",
    "motion",
    "seizing",
    "aiming",
    "taking_places",
    "loose_generic",
    "quarters",
    "counties",
    "counties_apart",
    "towns_with_state",
    "parts",
    "name_starts",
    "area_tails",
    "bare_tails",
    "site_tails",
    "building_tails",
    "houses",
    "tail_modifiers",
    "connectors",
    "titles",
    "name_titles",
    "offices",
    "heads",
    "name_heads",
    "not_places",
    "calendar",
    "continental",
    "speech",
    "naming",
    "first_names",
)


def _offset_pattern(file: PlaceWordsFile) -> re.Pattern[str]:
    """Build the pattern of `40 km (25 miles) north of `, anchored at the end of the words before a name."""
    unit = "|".join(sorted(file.units, key=len, reverse=True))
    number = "|".join(sorted(file.numbers, key=len, reverse=True))
    longest_first = sorted(file.bearings, key=len, reverse=True)
    side = "|".join(re.sub(r"^(north|south)(east|west)$", r"\1[- ]?\2", name) for name in longest_first)
    amount = rf"(?P<number>\d[\d,.]*|(?:{number})(?:[ -](?:{number}))?)[ -]?(?P<unit>{unit})\b"
    other = rf"(?:,? ?\(?\d[\d,.]*[ -]?(?:{unit})\)?,?)?"
    towards = rf"(?:away )?(?:to the |due )?(?:(?P<side>{side})(?:wards?|erly)?)?"
    return re.compile(rf"(?:\b{amount}{other} )?{towards}(?: ?(?:of|from)) ?(?:the )?$")
