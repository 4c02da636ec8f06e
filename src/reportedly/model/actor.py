"""A reference to an actor: the words, and whom we take them to mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from reportedly.model.quick import quick
from reportedly.model.span import Span

ActorKind = Literal[
    "state_forces",
    "rebel_group",
    "political_militia",
    "identity_militia",
    "rioters",
    "protesters",
    "civilians",
    "external_forces",
    "government",
    "international_organisation",
    "company",
    "media",
    "facility",
    "other",
    "unknown",
]
ACTOR_KINDS: tuple[str, ...] = get_args(ActorKind)
# Armed groups that are no state's, and all kinds that bear arms.
GROUP_KINDS = frozenset({"rebel_group", "political_militia", "identity_militia"})
ARMED_KINDS = GROUP_KINDS | {"state_forces", "external_forces"}


@quick
@dataclass(frozen=True, slots=True)
class ActorRef:
    """Words that name an actor. `actor_id` is None when nobody in the knowledge fits.

    `name` is the canonical name (or the words), `name_on_date` the name that was valid on the event's date,
    `country` ISO 3166-1 alpha-2, `role` the noun that describes it ("soldiers", "villagers").
    """

    span: Span
    actor_id: str | None = None
    name: str | None = None
    name_on_date: str | None = None
    kind: ActorKind = "unknown"
    country: str | None = None
    role: str | None = None
