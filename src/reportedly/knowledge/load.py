"""Load everything the program knows into one frozen value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from reportedly.errors import UsageError
from reportedly.knowledge.actors import Actor, ActorIndex, load_actors
from reportedly.knowledge.confidence import Confidence, load_confidence
from reportedly.knowledge.countries import Country, load_countries
from reportedly.knowledge.fold import fold
from reportedly.knowledge.gazetteer import Gazetteer, open_gazetteer
from reportedly.knowledge.lexicon import Lexicon, load_lexicon
from reportedly.knowledge.linking import Linking, load_linking
from reportedly.knowledge.ontology import EventType, load_ontology
from reportedly.knowledge.outcomes import Outcomes, load_outcomes
from reportedly.knowledge.outlets import OutletIndex, load_outlets
from reportedly.knowledge.place_links import PlaceLinks, load_place_links
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
    place_links: PlaceLinks
    outcomes: Outcomes
    relations: RelationWords
    confidence: Confidence
    linking: Linking

    @cached_property
    def families(self) -> Mapping[str, str]:
        """Event type -> family."""
        return {key: event.family for key, event in self.ontology.items()}

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Event type -> plain words."""
        return {key: event.label for key, event in self.ontology.items()}

    @cached_property
    def violent_types(self) -> frozenset[str]:
        """Types of armed or physical violence."""
        return frozenset(key for key, event in self.ontology.items() if event.violent)

    @cached_property
    def incident_types(self) -> frozenset[str]:
        """Types without violence that happen at a place and time: those that ACLED records, and support told of one."""
        recorded = {key for key, event in self.ontology.items() if event.crosswalk.get("acled")}
        return frozenset(recorded | {"cooperation.support_operation"})

    def force_of(self, country: str, role: str) -> Actor | None:
        """The armed body of a state that bearers of a role belong to: its police, its air force, else its army."""
        body = self.lexicon.state_bodies.get(role, "army")
        return self.actors.by_id.get(f"{country.lower()}-{body}")

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

    @cached_property
    def speaking_places(self) -> frozenset[str]:
        """Folded names of places that may stand for a government."""
        return frozenset({*self.country_names, *self.capitals, *self.lexicon.metonyms})

    @cached_property
    def place_kinds(self) -> frozenset[str]:
        """Words for kinds of places, in small letters."""
        return frozenset({*self.place_words.generic, *self.place_words.area_tails})


def load_knowledge(folder: Path = DATA, *, overlays: Sequence[Path] = (), cache: Path | None = None) -> Knowledge:
    """Read all knowledge files of a folder, with the user's own actors, places and outlets laid over them.

    `cache` is where the compiled gazetteer is kept; None means the platform's cache folder.
    """
    own = {room: own_tables(overlays, room) for room in ("actors", "gazetteer", "outlets")}
    return Knowledge(
        ontology=load_ontology(folder),
        lexicon=load_lexicon(folder),
        actors=load_actors(folder, own["actors"]),
        outlets=load_outlets(folder, own["outlets"]),
        countries=load_countries(folder),
        gazetteer=open_gazetteer(own["gazetteer"], cache),
        place_words=load_place_words(),
        place_links=load_place_links(),
        outcomes=load_outcomes(folder),
        relations=load_relation_words(folder),
        confidence=load_confidence(folder),
        linking=load_linking(folder),
    )


def own_tables(overlays: Sequence[Path], room: str) -> list[Path]:
    """Return the tables of one kind in the user's folders, a later folder going before an earlier one."""
    missing = [str(own) for own in overlays if not own.is_dir()]
    if missing:
        raise UsageError("no such folder", where=missing[0], hint="named in the setting `knowledge`")
    return [path for own in overlays for path in sorted((own / room).glob("*.csv"))]
