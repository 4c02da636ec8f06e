"""Event types and the words that evoke them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, RootModel, model_validator

from reportedly.knowledge.schema.values import Key, Strict, Text, Words


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
    "accused",
    "air_subject",
    "aircraft_object",
    "drone_object",
    "army_subject",
    "armed",
    "armed_object",
    "armed_subject",
    "breaks_out",
    "civil_subject",
    "crowd_subject",
    "deadly",
    "deadly_sides",
    "destination",
    "drone_subject",
    "erupts",
    "grows",
    "grim",
    "grim_or_thing",
    "hard_object",
    "headline",
    "in_violence",
    "irregular_subject",
    "military_strike",
    "missile_subject",
    "mortal_object",
    "moves",
    "named_place_object",
    "object",
    "object_actor",
    "occurs",
    "own_future",
    "passive",
    "peacekeeping_subject",
    "person",
    "person_object",
    "person_subject",
    "place",
    "place_object",
    "shell_subject",
    "state_object",
    "state_subject",
    "striking",
    "subject_actor",
    "taken_object",
    "talks_subject",
    "thing_object",
    "told_clause",
    "asked_clause",
    "unarmed_sides",
    "unarmed_subject",
    "undergone",
    "union_subject",
    "violent_context",
    "violent_subject",
    "weapon",
    "weaponless",
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
