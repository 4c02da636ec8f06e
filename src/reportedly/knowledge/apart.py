"""What keeps violence apart from words that only sound like it: topics, words of arms, figures of speech.

A topic holds a sentence's words of violence back, unless grim words show that they are meant. Lemmas all the way.
The words stand in `lexicon/<language>/apart.yml`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from reportedly.knowledge.tables import read_yaml

Level = Literal["armed", "attack", "nothing"]
Mishaps = Literal["apart.accident", "apart.disaster"]
_WEIGHT: Mapping[Level, int] = {"armed": 1, "attack": 2, "nothing": 3}

_MANY_HINTS, _MOST_PRESENT = 6, 3

_VIOLENT = frozenset({"abduction", "attack", "battle", "destruction", "explosion", "strike", "unrest"})


@cache
def is_violent(event_type: str) -> bool:
    """Tell whether a type is of violence, so that what only sounds like it must be kept apart."""
    return event_type.partition(".")[0] in _VIOLENT


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class TopicWords(_Strict):
    """One topic: to what it gives way, what its words of violence are instead, its words."""

    yields_to: Level
    becomes: str | None = None
    words: list[str]


class ThemeWords(_Strict):
    """What a whole text may be about: words that count twice, and hints that count once."""

    words: list[str]
    hints: list[str]
    told_in_present: bool = False


class MishapWords(_Strict):
    """What tells of one kind of harm by nobody's doing; `calm` only in texts that tell of no violence."""

    nouns: list[str]
    verbs: list[str]
    phrases: list[str]
    calm: list[str]


class GrimWords(_Strict):
    """Words of attackers and their weapons, and words of armed bodies at large."""

    attack: list[str]
    armed: list[str]


class FigureWords(_Strict):
    """Nouns and particles that make a figure of speech, kin, and words of courts."""

    objects: list[str]
    subjects: list[str]
    particles: dict[str, list[str]]
    kin: list[str]
    courts: list[str]


class ApartFile(_Strict):
    """`lexicon/<language>/apart.yml`."""

    topics: dict[str, TopicWords]
    themes: dict[str, ThemeWords]
    mishaps: dict[Mishaps, MishapWords]
    grim: GrimWords
    figures: FigureWords


@dataclass(frozen=True, slots=True)
class Topic:
    """What a sentence is about. `weight` is the grimness from which it gives way, `becomes` the event type instead."""

    name: str
    weight: int
    becomes: str | None


@dataclass(frozen=True, slots=True)
class Theme:
    """What a whole text may be about: its sure words, those that only hint at it, whether it is told in the present."""

    name: str
    words: frozenset[str]
    hints: frozenset[str]
    told_in_present: bool

    def weight(self, forms: frozenset[str], present: int = 0) -> int:
        """Return how much the words of a text speak for it, with so many deeds told in the present; few hints without a
        sure word say nothing."""
        sure, hints = len(self.words & forms), len(self.hints & forms)
        if not sure and hints < _MANY_HINTS:
            return 0
        return 2 * sure + hints + (min(present, _MOST_PRESENT) if self.told_in_present else 0)


Index = Mapping[str, tuple[tuple[frozenset[str], Topic], ...]]


@dataclass(frozen=True, slots=True)
class Apart:
    """The words, indexed: each entry by its first word, with the other words that must stand in the sentence too."""

    topics: Index
    themes: tuple[Theme, ...]
    mishaps: Mapping[Mishaps, MishapWords]
    grim: Index
    beasts: frozenset[str]
    armed: frozenset[str]
    objects: frozenset[str]
    subjects: frozenset[str]
    particles: Mapping[str, frozenset[str]]
    kin: frozenset[str]
    courts: frozenset[str]

    def grimness(self, lemmas: frozenset[str]) -> int:
        """Return 2 where attackers or their weapons are named, 1 where armed bodies are, else 0."""
        named = (entry for word in self.grim.keys() & lemmas for entry in self.grim[word])
        return max((topic.weight for rest, topic in named if rest <= lemmas), default=0)

    def may_hold(self, lemmas: frozenset[str]) -> bool:
        """A quick look: whether all words of any topic stand in the sentence."""
        return _may_hit(self.topics, lemmas)

    def topic(
        self,
        lemmas: frozenset[str],
        own: frozenset[str],
        grimness: int,
        deed: bool = False,
        near: Callable[[frozenset[str]], bool] = bool,
    ) -> Topic | None:
        """Return the topic that holds the words `own` back, the one that gives way last; None where they are meant.

        `near` tells whether words of one phrase stand together. Where armed people act (`deed`) nothing is an accident.
        """
        held = [
            topic
            for phrase, topic in _hits(self.topics, lemmas, own)
            if topic.weight > grimness and not (deed and topic.becomes) and (len(phrase) == 1 or near(phrase))
        ]
        return max(held, key=lambda topic: (topic.weight, topic.becomes or "", topic.name), default=None)


def _may_hit(index: Index, lemmas: frozenset[str]) -> bool:
    """Tell whether all words of some entry stand in the sentence."""
    return any(rest <= lemmas for word in index.keys() & lemmas for rest, _ in index[word])


def _hits(index: Index, lemmas: frozenset[str], own: frozenset[str]) -> Iterable[tuple[frozenset[str], Topic]]:
    """Topics whose words stand in the sentence; the event's own words make no topic by themselves."""
    for word in index.keys() & lemmas:
        for rest, topic in index[word]:
            if rest <= lemmas and (rest - own or word not in own):
                yield rest | {word}, topic


def load_apart(path: Path, armed: Iterable[str]) -> Apart:
    """Read the file of one language. `armed` are the role nouns of armed actors."""
    read = ApartFile.model_validate(read_yaml(path))
    topics = [(Topic(name, _WEIGHT[t.yields_to], t.becomes), t.words) for name, t in read.topics.items()]
    grim = [(Topic("attack", 2, None), read.grim.attack), (Topic("armed", 1, None), read.grim.armed)]
    figures = read.figures
    return Apart(
        _index(topics),
        tuple(_theme(name, t) for name, t in read.themes.items()),
        read.mishaps,
        _index(grim),
        frozenset(read.topics["animals"].words if "animals" in read.topics else ()),
        frozenset(armed),
        frozenset(figures.objects),
        frozenset(figures.subjects),
        {verb: frozenset(words) for verb, words in figures.particles.items()},
        frozenset(figures.kin),
        frozenset(figures.courts),
    )


def _theme(name: str, read: ThemeWords) -> Theme:
    return Theme(name, frozenset(read.words), frozenset(read.hints), read.told_in_present)


def _index(entries: Iterable[tuple[Topic, Iterable[str]]]) -> Index:
    index: dict[str, list[tuple[frozenset[str], Topic]]] = {}
    for topic, phrases in entries:
        for phrase in phrases:
            first, *rest = (word for word in phrase.lower().replace("-", " ").split())
            index.setdefault(first, []).append((frozenset(rest), topic))
    return {word: tuple(rests) for word, rests in index.items()}
