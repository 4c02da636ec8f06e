"""Words of one language: triggers, reporting cues, roles, weapons, control verbs, from `data/lexicon/<language>/`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from reportedly.knowledge.apart import Apart, load_apart
from reportedly.knowledge.tables import read_words, read_yaml
from reportedly.model import ActorKind, ClaimantKind, Stance

NOUN, VERB, ADJECTIVE = "noun", "verb", "adjective"


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that evoke an event type. `head` is the lemma of the head word, `rest` the other words in text order.

    For nouns the rest stands directly before the head, for all others it follows the head with gaps; `prefix` are words
    directly before a verb ("RE-open", "TEST-fire"). `target` are the
    prepositions that lead to whom it is done, the surest first; `takes` is False where the object is only what it is
    done with ("sent TROOPS to"); `asks` tells that who acts in the clause after it is addressed ("demanded that X go").
    """

    event_type: str
    frame: str
    pos: str
    head: str
    rest: tuple[str, ...]
    needs: frozenset[str]
    unless: frozenset[str]
    target: tuple[str, ...]
    takes: bool
    asks: bool
    prefix: tuple[str, ...] = ()
    file: str = ""

    @property
    def named(self) -> str:
        """The entry as people find it: file, type and words, and what it needs."""
        words = " ".join((*self.prefix, self.head, *self.rest) if self.pos != NOUN else (*self.rest, self.head))
        needs = f", needs {' '.join(sorted(self.needs))}" if self.needs else ""
        return f"{self.file}: {self.pos} “{words.strip()}”, frame {self.frame}{needs}"

    @property
    def size(self) -> int:
        """Number of words."""
        return 1 + len(self.prefix) + len(self.rest)


Phrases = Mapping[str, Sequence[tuple[int, Trigger]]]


@dataclass(frozen=True, slots=True)
class Role:
    """What a role noun says of the people or thing it names."""

    lemma: str
    kind: ActorKind
    armed: bool
    facility: bool


@dataclass(frozen=True, slots=True)
class Reporting:
    """Words of telling, by what they do."""

    verbs: Mapping[str, Stance]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Stance], ...]]
    nouns: Mapping[str, Stance]
    adverbs: Mapping[str, Stance]
    adjectives: Mapping[str, Stance]
    prepositional: tuple[str, ...]
    blame: Mapping[str, frozenset[str]]
    passive: Mapping[str, Stance]
    speakers: Mapping[str, ClaimantKind]
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)
    telling: frozenset[str] = frozenset()  # the lemmas of all verbs that may tell: most tell nothing
    blaming: frozenset[str] = frozenset()  # those of verbs by which guilt or doubt is told


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists of one language, indexed for lookup by lemma."""

    triggers: Mapping[tuple[str, str], tuple[Trigger, ...]]
    roles: Mapping[str, Role]
    modifier_kinds: Mapping[str, ActorKind]
    ethnic: frozenset[str]
    unidentified: frozenset[str]
    aircraft: frozenset[str]
    unit_nouns: frozenset[str]
    violent_words: frozenset[str]
    everyday: frozenset[str]
    titles: Mapping[str, ActorKind]
    collective: frozenset[str]
    belonging: frozenset[str]
    not_members: frozenset[str]
    private: frozenset[str]
    weapons: Mapping[str, str]
    reporting: Reporting
    control: Mapping[str, frozenset[str]]
    control_results: Mapping[str, str]
    control_ends: Mapping[str, str]
    examples: tuple[tuple[str, str, bool], ...]
    apart: Apart
    actor_words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    name_kinds: Mapping[str, ActorKind] = field(default_factory=dict)
    state_bodies: Mapping[str, str] = field(default_factory=dict)
    metonyms: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    weapon_heads: frozenset[str] = frozenset()  # the last words of the names of weapons
    role_heads: frozenset[str] = frozenset()  # the last words of roles of several words
    evoking: frozenset[str] = frozenset()  # the heads of all triggers: most words are none of them
    phrases: Mapping[tuple[str, str], Phrases] = field(default_factory=dict)  # by head, of heads that have any
    single: Mapping[tuple[str, str], Sequence[Trigger]] = field(default_factory=dict)  # those of one word, of the same

    def beside(self, pos: str, head: str, lemmas: frozenset[str]) -> Sequence[Trigger]:
        """The entries at a head of which a sentence with these lemmas lacks no word, the most specific first."""
        phrases = self.phrases.get((pos, head))
        if phrases is None:
            return self.triggers.get((pos, head), ())
        if phrases.keys().isdisjoint(lemmas):
            return self.single[pos, head]
        found = [e for word in phrases.keys() & lemmas for e in phrases[word] if lemmas.issuperset(e[1].rest)]
        if not found:
            return self.single[pos, head]
        return [trigger for _, trigger in sorted([*phrases[""], *found])]

    def speakers_of(self, word: str) -> ClaimantKind | None:
        """What kind of teller a speaker noun names, plural forms included; None for other words."""
        speakers = self.reporting.speakers
        return speakers.get(word) or (speakers.get(word[:-1]) if word.endswith("s") else None)

    def nouns(self) -> frozenset[str]:
        """Single-word nouns of the lists, for the lemmatizer."""
        words = {*self.roles, *self.weapons, *self.unit_nouns, *(head for kind, head in self.triggers if kind == NOUN)}
        words |= self.reporting.lists["tolls"]
        return frozenset(w for w in words if " " not in w and (not w.endswith("s") or w.endswith("ss")))

    def heads(self, pos: str) -> frozenset[str]:
        """All head lemmas of triggers of one part of speech."""
        return frozenset(head for kind, head in self.triggers if kind == pos)


def load_lexicon(folder: Path, language: str = "en") -> Lexicon:
    """Read the lexicon of one language."""
    base = folder / "lexicon" / language
    entries = [
        {**entry, "file": f"triggers/{path.name}"}
        for path in sorted((base / "triggers").glob("*.yml"))
        for entry in read_yaml(path) or []
    ]
    roles = read_yaml(base / "roles.yml")
    control = read_yaml(base / "control.yml")
    triggers, named = _triggers(entries), _roles(roles)
    weapons = {w: kind for kind, ws in read_yaml(base / "weapons.yml").items() for w in ws}
    return Lexicon(
        triggers=triggers,
        evoking=frozenset(head for _, head in triggers),
        phrases=_phrases(triggers),
        single={key: tuple(t for t in entries if not t.rest) for key, entries in triggers.items()},
        roles=named,
        role_heads=frozenset(w.split()[-1] for w in named if " " in w),
        modifier_kinds={w: cast(ActorKind, k) for k, ws in roles["modifier_kinds"].items() for w in ws},
        ethnic=frozenset(roles["ethnic_groups"]),
        unidentified=frozenset(roles["unidentified"]),
        aircraft=frozenset(roles["aircraft"]),
        unit_nouns=frozenset(roles["unit_nouns"]),
        violent_words=frozenset(roles["violent_words"]),
        everyday=frozenset(roles["everyday"]),
        titles={w: cast(ActorKind, k) for k, ws in roles["titles"].items() for w in ws},
        collective=frozenset(roles["collective"]),
        belonging=frozenset(roles["loyal"]["participles"]),
        not_members=frozenset(roles["not_members"]),
        private=frozenset(roles["private"]),
        weapons=weapons,
        weapon_heads=frozenset(w.split()[-1] for w in weapons),
        reporting=_reporting(read_yaml(base / "reporting.yml")),
        control=_control(control),
        control_results=control.get("results", {}),
        control_ends=control.get("ends", {}),
        examples=_examples(entries),
        actor_words={name: frozenset(str(w) for w in words) for name, words in roles["actor_words"].items()},
        name_kinds={str(w): cast(ActorKind, k) for k, ws in roles["name_kinds"].items() for w in ws},
        state_bodies={str(w): body for body, ws in roles["state_bodies"].items() for w in ws},
        metonyms={str(name): iso for iso, names in roles["metonyms"].items() for name in names},
        words=read_words(base / "grammar.yml"),
        apart=load_apart(base / "apart.yml", {w for ws in roles["armed"].values() for w in ws}),
    )


def _examples(entries: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, str, bool], ...]:
    return tuple(
        (entry["type"], text, wanted)
        for entry in entries
        for key, wanted in (("examples", True), ("non_examples", False))
        for text in entry.get(key) or ()
    )


def _triggers(entries: Iterable[Mapping[str, Any]]) -> Mapping[tuple[str, str], tuple[Trigger, ...]]:
    index: dict[tuple[str, str], list[Trigger]] = {}
    for entry in entries:
        for key, pos in (("verbs", VERB), ("nouns", NOUN), ("adjectives", ADJECTIVE)):
            for words in entry.get(key) or ():
                trigger = _trigger(entry, pos, str(words).lower().replace("-", " - ").split())
                index.setdefault((pos, trigger.head), []).append(trigger)
    return {key: tuple(sorted(ts, key=lambda t: (-t.size, -len(t.needs)))) for key, ts in index.items()}


def _phrases(triggers: Mapping[tuple[str, str], tuple[Trigger, ...]]) -> Mapping[tuple[str, str], Phrases]:
    return {key: _by_second(entries) for key, entries in triggers.items() if any(t.rest for t in entries)}


def _by_second(entries: Iterable[Trigger]) -> Phrases:
    """The entries of a head by the second of their words, with their places; those of one word under none."""
    found: dict[str, list[tuple[int, Trigger]]] = {"": []}
    for place, trigger in enumerate(entries):
        found.setdefault(trigger.rest[0] if trigger.rest else "", []).append((place, trigger))
    return found


def _trigger(entry: Mapping[str, Any], pos: str, raw: list[str]) -> Trigger:
    prefix: list[str] = []
    while pos == VERB and len(raw) > 2 and raw[1] == "-":
        prefix, raw = [*prefix, raw[0]], raw[2:]
    words = [w for w in raw if w != "-"]
    head, rest = (words[-1], words[:-1]) if pos == NOUN else (words[0], words[1:])
    return Trigger(
        event_type=entry["type"],
        frame=entry.get("frame", "act"),
        pos=pos,
        head=head,
        rest=tuple(rest),
        needs=frozenset(entry.get("needs") or ()),
        unless=frozenset(str(w) for w in entry.get("unless") or ()),
        target=tuple(str(w) for w in entry.get("target") or ()),
        takes=entry.get("object", "recipient") == "recipient",
        asks=entry.get("clause") == "recipient",
        prefix=tuple(prefix),
        file=entry["file"],
    )


def _roles(data: Mapping[str, Any]) -> Mapping[str, Role]:
    roles: dict[str, Role] = {}
    for kind, words in data["armed"].items():
        real = cast(ActorKind, "unknown" if kind == "fighter" else kind)
        roles.update({w: Role(w, real, armed=True, facility=False) for w in words})
    for word in data["facility"]:
        roles.setdefault(word, Role(word, "facility", armed=False, facility=True))
    for kind, words in data["unarmed"].items():
        for word in words:
            roles.setdefault(word, Role(word, cast(ActorKind, kind), armed=False, facility=False))
    for word in data["private"]:
        roles.setdefault(word, Role(word, "civilians", armed=False, facility=False))
    return roles


def _reporting(data: Mapping[str, Any]) -> Reporting:
    verbs: dict[str, Stance] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], Stance]]] = {}
    by_part: dict[str, dict[str, Stance]] = {"nouns": {}, "adverbs": {}, "adjectives": {}}
    prepositional: list[str] = []
    for name in ("asserted", "confirmed", "claimed", "alleged", "suspected", "estimated", "denied", "doubted"):
        stance, group = _stance(name), data[name]
        for words in group.get("verbs", ()):
            head, *rest = words.split()
            if rest:
                phrases.setdefault(head, []).append((tuple(rest), stance))
            else:
                verbs.setdefault(head, stance)
        for part, index in by_part.items():
            index.update({w: stance for w in group.get(part, ()) if w not in index})
        prepositional += group.get("prepositional", ())
    by_part["adverbs"].update({w: _stance(s) for s, ws in data["hedges"].items() for w in ws})
    blame = {k: frozenset(v) for k, v in data["blame"].items()}
    blame |= {f"responsibility_{k}": frozenset(v) for k, v in data["responsibility"].items()}
    lists = {name: frozenset(str(w) for w in words) for name, words in data["lists"].items()}
    passive = {w: _stance(s) for s, ws in data["blame_passive"].items() for w in ws}
    blaming = frozenset[str]().union(*blame.values(), lists["falls"], lists["verifies"])
    telling = frozenset[str]().union(verbs, phrases, passive, *blame.values(), *(lists[n] for n in _TELLING_LISTS))
    return Reporting(
        verbs=verbs,
        phrases={head: tuple(rest) for head, rest in phrases.items()},
        nouns=by_part["nouns"],
        adverbs=by_part["adverbs"],
        adjectives=by_part["adjectives"],
        prepositional=tuple(prepositional),
        blame=blame,
        passive=passive,
        speakers={w: cast(ClaimantKind, kind) for kind, ws in data["speakers"].items() for w in ws},
        lists=lists,
        telling=telling,
        blaming=blaming,
    )


_TELLING_LISTS = ("gives_tolls", "quotes", "speaks_of", "confesses_to", "verifies", "falls")


def _control(data: Mapping[str, Any]) -> Mapping[str, frozenset[str]]:
    return {key: frozenset(str(w) for w in words) for key, words in data.items() if isinstance(words, list)}


def _stance(name: str) -> Stance:
    return cast(Stance, name)
