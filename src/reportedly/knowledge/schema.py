"""The layout of every knowledge file, as pydantic models. Used by `check` alone: loading trusts what was checked.

Tables have a model of one row, lists one of the whole file. Nothing here looks at more than one row or file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Literal, Protocol, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, RootModel, model_validator

from reportedly.knowledge.tables import cells
from reportedly.model import ActorKind, ClaimantKind, Modality, Outcome, Stance
from reportedly.model.relation import RelationKind

ACTOR_KINDS = frozenset(get_args(ActorKind)) - {"rioters", "protesters", "civilians", "unknown"}
"""Kinds that a listed actor may have; the others are for people without an organisation, or relative."""
OUTLET_KINDS = (
    "agency",
    "newspaper",
    "broadcaster",
    "online",
    "magazine",
    "party",
    "military_media",
    "un",
    "ngo_media",
    "other",
)
FEATURES = frozenset(
    [
        *("town", "village", "city", "camp", "base", "mine", "crossing", "airport", "port", "island", "river", "lake"),
        *("mountain", "desert", "region", "province", "district", "neighbourhood", "dam", "bridge", "prison"),
        *("hospital", "road", "other"),
    ]
)
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def _known(values: Sequence[str] | frozenset[str], what: str) -> AfterValidator:
    """Accept one of a closed list and name the list otherwise."""

    def check(value: str) -> str:
        if value not in values:
            raise ValueError(f"{value!r} is no {what}; expected one of {', '.join(sorted(values))}")
        return value

    return AfterValidator(check)


def _date(value: str) -> str:
    if value and not _DATE.fullmatch(value):
        raise ValueError(f"{value!r} is no date; expected YYYY, YYYY-MM or YYYY-MM-DD, or nothing")
    return value


def _number(value: str) -> float | None:
    return float(value) if value else None


def _whole(value: str) -> int | None:
    return int(value) if value else None


Cells = Annotated[tuple[str, ...], BeforeValidator(cells)]
Date = Annotated[str, AfterValidator(_date)]
Text = Annotated[str, Field(min_length=1)]
Slug = Annotated[str, Field(pattern=r"^(x|[a-z]{2})-[a-z0-9]+(-[a-z0-9]+)*$")]
PlaceId = Annotated[str, Field(pattern=r"^(gn:[1-9]\d*|(x|[a-z]{2})-[a-z0-9]+(-[a-z0-9]+)*)$")]
Iso2 = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Key = Annotated[str, Field(pattern=r"^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$")]
Latitude = Annotated[Annotated[float, Field(ge=-90, le=90)] | None, BeforeValidator(_number)]
Longitude = Annotated[Annotated[float, Field(ge=-180, le=180)] | None, BeforeValidator(_number)]
Population = Annotated[Annotated[int, Field(ge=0)] | None, BeforeValidator(_whole)]
Domain = Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+(/[a-z0-9-]+)*$")]
Words = list[Text]
AnySpell = TypeVar("AnySpell", bound="Spell")
ListedKind = Annotated[str, _known(ACTOR_KINDS, "kind of a listed actor")]


class Strict(BaseModel):
    """No unknown columns or keys, and no guessing of types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


# ------------------------------------------------------------------------------------------------------- tables


class Spell(Protocol):
    """Something with a beginning and an end, either of which may be unknown."""

    @property
    def since(self) -> str: ...
    @property
    def until(self) -> str: ...


def _in_order(row: AnySpell) -> AnySpell:
    shared = min(len(row.since), len(row.until))
    if shared and row.since[:shared] > row.until[:shared]:
        raise ValueError(f"since {row.since} is later than until {row.until}")
    return row


class ActorRow(Strict):
    """A row of `actors/*.csv`."""

    id: Slug
    name: Text
    kind: ListedKind
    countries: Cells
    since: Date
    until: Date
    acronyms: Cells
    aliases: Cells
    parent: str
    ucdp_name: str
    source: str
    note: str

    _order = model_validator(mode="after")(_in_order)


class NameRow(Strict):
    """A row of `actors/names*.csv`."""

    actor: Slug
    name: Text
    since: Date
    until: Date
    relation: Literal["renamed", "merged_into", "split_from", "successor", "wing_of", "founding", "also", "at_home"]
    source: str

    _order = model_validator(mode="after")(_in_order)


class PlaceRow(Strict):
    """A row of the supplement in `gazetteer/`. A row of GeoNames keeps its number as id."""

    id: PlaceId
    name: Text
    variants: Cells
    countries: Cells
    admin1: str
    lat: Latitude
    lon: Longitude
    precision: Literal["point", "district", "region"]
    feature: Annotated[str, _known(FEATURES, "feature")]
    source: str
    note: str
    population: Population = None


class DivisionRow(Strict):
    """A row of `gazetteer/admin1.csv`."""

    country: Iso2
    code: Text
    name: Text
    variants: Cells
    lat: Latitude
    lon: Longitude


class OutletRow(Strict):
    """A row of `outlets/*.csv`."""

    id: Slug
    name: Text
    aliases: Cells
    domains: Annotated[tuple[Domain, ...], BeforeValidator(cells)]
    country: str
    kind: Annotated[str, _known(OUTLET_KINDS, "kind of outlet")]
    owner: str
    source: str


class CountryRow(Strict):
    """A row of `countries/countries.csv`."""

    iso2: Iso2
    iso3: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    numeric: Annotated[str, Field(pattern=r"^(\d{3})?$")]
    gwno: Annotated[str, Field(pattern=r"^(\d{1,3})?$")]
    name: Text
    aliases: Cells
    capital: str
    adjectives: Cells
    people: Cells
    region: Text
    lat: Latitude
    lon: Longitude


class GeonamesFeatureRow(Strict):
    """A row of `imports/geonames_features.csv`: which features of GeoNames become places, and of what sort."""

    feature_class: Annotated[str, Field(pattern=r"^[A-Z]$")]
    code: Annotated[str, Field(pattern=r"^[A-Z0-9]{1,10}$")]
    feature: Annotated[str, _known(FEATURES, "feature")]
    precision: Literal["point", "district", "region"]


class FtmKindRow(Strict):
    """A row of `imports/ftm_kinds.csv`: what an entity with this schema (`*` any) and topic is; the first that fits."""

    entity: Text
    topic: str
    kind: ListedKind


class UcdpKindRow(Strict):
    """A row of `imports/ucdp_kinds.csv`: what an actor of a level of organisation is, fighting a state or not."""

    org: Literal["1", "2", "3", "4"]
    conflict: Literal["yes", ""]
    kind: ListedKind


class ColumnRow(Strict):
    """A row of `imports/columns.csv`: what people also call a column of ours."""

    column: Text
    synonym: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]


# --------------------------------------------------------------------------------------------- ontology, triggers


class AcledCodes(Strict):
    """What ACLED writes; the variants hold where a side is armed or a state."""

    event_type: Text
    sub_event_type: Text
    sub_event_type_armed: Text | None = None
    sub_event_type_state: Text | None = None


class PloverCodes(Strict):
    """What PLOVER writes."""

    event: Text
    mode: Text | None


class Crosswalk(Strict):
    """The codes of an event type in each book; null where a book has no such event."""

    acled: AcledCodes | None
    plover: PloverCodes | None
    cameo: Annotated[str, Field(pattern=r"^(0[1-9]|1\d|20)\d{1,2}$")] | None
    ucdp: bool


class EventTypeEntry(Strict):
    """An entry of `ontology/*.yml`."""

    key: Key
    label: Text
    violent: bool
    family: Text
    definition: Text
    include: Words
    exclude: Words
    crosswalk: Crosswalk
    examples: Annotated[Words, Field(min_length=1)]


Need = Literal[
    "actor",
    "air_subject",
    "aircraft_object",
    "armed",
    "armed_object",
    "armed_subject",
    "breaks_out",
    "drone_subject",
    "grim",
    "grim_or_thing",
    "hard_object",
    "in_violence",
    "military_strike",
    "missile_subject",
    "mortal_object",
    "named_place_object",
    "object",
    "object_actor",
    "person",
    "person_object",
    "place",
    "place_object",
    "shell_subject",
    "striking",
    "subject_actor",
    "taken_object",
    "thing_object",
    "undergone",
    "violent_context",
    "violent_subject",
    "weapon",
]


class TriggerEntry(Strict):
    """An entry of `lexicon/<language>/triggers/*.yml`."""

    type: Key
    frame: Literal["act", "mutual", "suffer", "die", "burst", "speak", "move"]
    verbs: Words = []
    nouns: Words = []
    adjectives: Words = []
    needs: list[Need] = []
    unless: Words = []
    target: Words = []
    object: Literal["recipient", "means"] = "recipient"
    clause: Literal["recipient", "content"] = "content"
    examples: Annotated[Words, Field(min_length=1)]
    non_examples: Words = []

    @model_validator(mode="after")
    def _has_words(self) -> TriggerEntry:
        if not (self.verbs or self.nouns or self.adjectives):
            raise ValueError("no words; expected verbs, nouns or adjectives")
        return self


class EventTypes(RootModel[list[EventTypeEntry]]):
    """A file of `ontology/`."""


class Triggers(RootModel[list[TriggerEntry]]):
    """A file of `triggers/`."""


# -------------------------------------------------------------------------------------------------------- lexicon


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
    unverified: Words
    speakers: dict[ClaimantKind, Words]
    lists: dict[str, Words]


EFFECTS = (
    *("intend", "offer", "refuse", "request", "demand", "threaten", "attempt", "foil", "enable", "concede", "forbid"),
    *("begin", "continue", "end", "consider", "deny", "accuse"),
)


_RESULT = rf"^[a-z_]+\.[a-z_]+( ({'|'.join([*get_args(Modality), *get_args(Stance)])}))*$"


class ControlCase(Strict):
    """A sentence with the event type that it gives, and the modality or stance that the governing word adds."""

    effect: Annotated[str, _known(EFFECTS, "effect")]
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
