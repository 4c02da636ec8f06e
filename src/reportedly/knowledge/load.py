"""Load everything the program knows into one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from reportedly.knowledge.actors import ActorIndex, load_actors
from reportedly.knowledge.countries import Country, load_countries
from reportedly.knowledge.fold import fold
from reportedly.knowledge.gazetteer import Gazetteer, open_gazetteer
from reportedly.knowledge.lexicon import Lexicon, load_lexicon
from reportedly.knowledge.outcomes import Outcomes, load_outcomes
from reportedly.knowledge.ontology import EventType, load_ontology
from reportedly.knowledge.outlets import OutletIndex, load_outlets
from reportedly.knowledge.place_words import PlaceWords, load_place_words
from reportedly.knowledge.relation_words import RelationWords, load_relation_words

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Knowledge:
    """Ontology, words, actors, places, outlets and countries; passed to the rooms, never global."""

    ontology: Mapping[str, EventType]
    lexicon: Lexicon
    actors: ActorIndex
    outlets: OutletIndex
    countries: Mapping[str, Country]
    gazetteer: Gazetteer
    place_words: PlaceWords
    outcomes: Outcomes
    relations: RelationWords

    @cached_property
    def demonyms(self) -> Mapping[str, str]:
        """Folded adjective or people noun -> ISO alpha-2 code."""
        found: dict[str, str] = {}
        for country in self.countries.values():
            for word in (*country.adjectives, *country.people):
                found.setdefault(fold(word), country.iso2)
        return found

    @cached_property
    def country_names(self) -> Mapping[str, str]:
        """Folded country name or alias -> ISO alpha-2 code."""
        found: dict[str, str] = {}
        for country in self.countries.values():
            for word in (country.name, *country.aliases):
                found.setdefault(fold(word).removeprefix("the "), country.iso2)
        return found

    @cached_property
    def capitals(self) -> Mapping[str, str]:
        """Folded name of a capital -> ISO alpha-2 code."""
        return {fold(c.capital): c.iso2 for c in self.countries.values() if c.capital}


def load_knowledge(folder: Path = DATA) -> Knowledge:
    """Read all knowledge files of a folder."""
    return Knowledge(
        ontology=load_ontology(folder),
        lexicon=load_lexicon(folder),
        actors=load_actors(folder),
        outlets=load_outlets(folder),
        countries=load_countries(folder),
        gazetteer=open_gazetteer(),
        place_words=load_place_words(),
        outcomes=load_outcomes(folder),
        relations=load_relation_words(folder),
    )
