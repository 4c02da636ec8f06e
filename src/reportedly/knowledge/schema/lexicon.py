"""The other lists of words of a language."""

from __future__ import annotations

import re
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, ConfigDict, Field, RootModel, model_validator

from reportedly.knowledge.schema.values import Key, Strict, Text, Words, one_of
from reportedly.model import ActorKind, ClaimantKind, Modality, Outcome, Stance
from reportedly.model.relation import RelationKind


class RoleWords(Strict):
    """`roles.yml`."""

    class Loyal(Strict):
        """Words that lead from a role noun to the actor it belongs to."""

        prepositions: Words
        participles: Words

    armed: dict[ActorKind | Literal["fighter"], Words]
    unarmed: dict[ActorKind, Words]
    private: Words
    facility: Words
    aircraft: Words
    unidentified: Words
    modifier_kinds: dict[ActorKind, Words]
    ethnic_groups: Words
    unit_nouns: Words
    titles: dict[ActorKind, Words]
    collective: Words
    loyal: Loyal
    not_members: Words
    violent_words: Words
    everyday: Words
    actor_words: dict[str, Words]
    name_kinds: dict[ActorKind, Words]
    state_bodies: dict[str, Words]
    metonyms: dict[str, Words]


WeaponClass = Literal["explosive", "firearm", "blade", "heavy", "air", "drone", "chemical", "fire"]


class WeaponWords(RootModel[dict[WeaponClass, Words]]):
    """`weapons.yml`."""


class NamedWords(RootModel[dict[str, Words]]):
    """`grammar.yml`: word lists, each under the name by which the code asks for it."""


class Harm(Strict):
    """Words for one outcome, by part of speech."""

    verbs: Words = []
    adjectives: Words = []
    nouns: Words = []


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"no regular expression: {error}") from error
    return value


Pattern = Annotated[str, AfterValidator(_pattern)]


class HarmPattern(Strict):
    """Words beside a figure, as a pattern, and the outcome that they name."""

    words: Pattern
    outcome: Outcome
    passive: bool = False
    subject: bool = False
    member: bool = False


class OutcomeWords(Strict):
    """`outcomes.yml`."""

    types: dict[Key, Outcome]
    killed: Harm
    injured: Harm
    killed_or_injured: Harm
    captured: Harm
    abducted: Harm
    detained: Harm
    missing: Harm
    displaced: Harm
    released: Harm
    intransitive: Words
    to_death: Words
    dead_after: Words
    transitive_harm: Words
    toll_nouns: Words
    collective: Words
    combatants: Words
    civilians: Words
    people: Words
    not_people: Words
    before: list[HarmPattern]
    after: list[HarmPattern]
    losing: Words
    claiming: Words
    corpses: Words
    toll_words: Words
    sure_toll_words: Words
    over: Words
    former: list[Pattern]
    former_after: Pattern
    at_first: Pattern
    were_said: Pattern
    nobody: list[HarmPattern]
    violence: Words
    accidents: Words


class Telling(Strict):
    """Words of telling of one stance."""

    verbs: Words = []
    nouns: Words = []
    adverbs: Words = []
    adjectives: Words = []
    prepositional: Words = []


class ReportingWords(Strict):
    """`reporting.yml`."""

    asserted: Telling
    confirmed: Telling
    claimed: Telling
    alleged: Telling
    suspected: Telling
    estimated: Telling
    denied: Telling
    doubted: Telling
    hedges: dict[Stance, Words]
    blame: dict[str, Words]
    responsibility: dict[str, Words]
    blame_passive: dict[Stance, Words]
    speakers: dict[ClaimantKind, Words]
    lists: dict[str, Words]


EFFECTS = (
    *("intend", "offer", "refuse", "request", "demand", "threaten", "attempt", "foil", "enable", "concede", "forbid"),
    *("begin", "continue", "end", "consider", "deny", "accuse"),
)


_RESULT = rf"^[a-z_]+\.[a-z_]+( ({'|'.join([*get_args(Modality), *get_args(Stance)])}))*$"


class ControlCase(Strict):
    """A sentence with the event type that it gives, and the modality or stance that the governing word adds."""

    effect: Annotated[str, one_of(EFFECTS, "effect")]
    text: Text
    expected: Annotated[str, Field(pattern=_RESULT)]


class ControlWords(Strict):
    """`control.yml`: lists named after effects, and what the effects result in."""

    model_config = ConfigDict(frozen=True, extra="allow", strict=True)
    __pydantic_extra__: dict[str, Words]

    results: dict[str, Key]
    addressed: dict[str, Literal["object", "complement"]]
    ends: dict[str, Key]
    alone: Words
    marks: Words
    given_after: Words
    forestalling: Words
    given_by: Words
    cases: list[ControlCase]

    @model_validator(mode="after")
    def _effects(self) -> ControlWords:
        parts = ("", "_auxiliaries", "_nouns", "_adjectives")
        known = {effect + part for effect in EFFECTS for part in parts}
        unknown = sorted({*self.__pydantic_extra__} - known)
        unknown += sorted({*self.results, *self.addressed, *self.alone} - {*EFFECTS})
        if unknown:
            raise ValueError(f"no effect named {', '.join(unknown)}; expected {', '.join(EFFECTS)}")
        return self


class TieEntry(Strict):
    """An entry of `relations.yml`."""

    kind: RelationKind
    words: Annotated[Words, Field(min_length=1)]
    source: Words = []
    target: Words = []
    object: Words | None = None
    adverb: Words = []
    with_: Annotated[Words, Field(alias="with")] = []
    sides: bool = False


class RelationFile(Strict):
    """`relations.yml`."""

    verbs: list[TieEntry]
    nouns: list[TieEntry]
    hyphens: list[TieEntry]
    prefixes: list[TieEntry]
    light_verbs: Words
    party_nouns: Words
    bodies: Words
    doubt: dict[str, Stance]


class PagePattern(Strict):
    """An entry of `boilerplate.yml`."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    kind: Literal["preview", "share", "subscribe", "advert", "navigation", "credit", "legal"]
    marks: Literal["preview"] | None = None
    pattern: Pattern
    examples: Annotated[Words, Field(min_length=1)]
    non_examples: Words = []


class PagePatterns(Strict):
    """`boilerplate.yml`."""

    max_words: Annotated[int, Field(gt=0)]
    entries: list[PagePattern]
    anaphora: list[Pattern]
    decisive: Words


class SentenceFile(Strict):
    """`sentences.yml`."""

    before_name: Words
    may_end: Words
    clock: Words
    never: Words
    before_number: Words
    days_and_zones: Words
    openers: Words
    speech: Words
    function_words: Words
    open_ends: Words
