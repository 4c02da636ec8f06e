"""A tie between two actors over time, as somebody tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reportedly.model.actor import ActorRef
from reportedly.model.attribution import Stance
from reportedly.model.span import Span
from reportedly.model.when import When

RelationKind = Literal[
    "member_of",
    "linked_to",
    "allied_with",
    "fights",
    "supports",
    "commands",
    "founded_by",
    "agreed_with",
    "renamed_to",
    "merged_into",
    "based_in",
]


@dataclass(frozen=True, slots=True)
class Relation:
    """`source` stands in relation `kind` to `target`; `cue` are the words that say so, `content` their clause."""

    kind: RelationKind
    source: ActorRef
    target: ActorRef
    cue: Span
    content: Span
    when: When | None = None
    claimant: ActorRef | None = None
    stance: Stance = "asserted"
