"""The values of an actor network: nodes, edges with their evidence, dyads and conflicts. Frozen, in a fixed order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from reportedly.network.identities import Identity
from reportedly.network.tolls import TollRange

EdgeKind = Literal[
    "fights",
    "attacks",
    "beside",
    "supports",
    "allied_with",
    "commands",
    "member_of",
    "linked_to",
    "founded_by",
    "agreed_with",
    "renamed_to",
    "merged_into",
    "based_in",
]
# Ties in which neither end comes first; "beside" is being named on one side of a happening.
MUTUAL: frozenset[EdgeKind] = frozenset({"fights", "beside", "allied_with", "agreed_with"})
HOSTILE: frozenset[EdgeKind] = frozenset({"fights", "attacks"})
Violence = Literal["state-based", "non-state", "one-sided"]
Activity = Literal["active", "possible", "below"]


@dataclass(frozen=True, slots=True, order=True)
class Spell:
    """Days from `start` to `end`, both included, during which something is told to have held."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class NameUse:
    """A name as texts use it: how often, and for happenings of which days. `on_date` is the name valid then."""

    words: str
    on_date: str | None
    times: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Node:
    """An actor. One that nobody identified stands for all such groups of its kind in its country.

    `first_seen` and `last_seen` are the first and last day of its happenings, `told` the days of publication.
    """

    id: str
    label: str
    kind: str
    country: str | None
    identified: bool
    uses: tuple[NameUse, ...]
    identity: Identity | None
    first_seen: date | None
    last_seen: date | None
    told: Spell | None
    claims: int
    incidents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """Where a tie is told that is no happening: the words of a relation in a document."""

    document: str
    start: int
    end: int
    stance: str
    claimant: str | None


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie with all that it rests on. `denied` are the claims (or tellings) that deny it; they support nothing.

    `killed` is the sum over its incidents, so an incident with several parties counts on each of their edges.
    """

    id: str
    kind: EdgeKind
    source: str
    target: str
    claims: tuple[str, ...]
    denied: tuple[str, ...]
    tellings: tuple[Telling, ...]
    incidents: tuple[str, ...]
    documents: tuple[str, ...]
    spells: tuple[Spell, ...]
    told: Spell | None
    killed: TollRange

    @property
    def mutual(self) -> bool:
        """Whether neither end comes first."""
        return self.kind in MUTUAL

    @property
    def weight(self) -> int:
        """How many incidents it rests on, else how many claims and tellings."""
        return len(self.incidents) or len(self.claims) + len(self.tellings) or 1


@dataclass(frozen=True, slots=True)
class Year:
    """A calendar year of a dyad or conflict: its tolls over all tellers, and whether they pass 25 deaths."""

    year: int
    killed: TollRange
    incidents: int
    activity: Activity


@dataclass(frozen=True, slots=True)
class Dyad:
    """Two opposed sides by UCDP's definitions. `shared` incidents count for several dyads.

    `supporters` are nodes that stood beside a side without being the party to the dyad; `undated` incidents are in
    no year. Ids of sides are node ids, `gov:XX` for a government, `civilians` for civilians.
    """

    id: str
    violence: Violence
    side_a: str
    side_b: str
    name: str
    supporters: tuple[str, ...]
    years: tuple[Year, ...]
    incidents: tuple[str, ...]
    shared: int
    undated: int
    killed: TollRange

    @property
    def enters(self) -> int | None:
        """The first year with 25 deaths or more by every teller; from then on UCDP counts all its events."""
        return next((year.year for year in self.years if year.activity == "active"), None)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Dyads over one incompatibility. Which one (government or territory) no claim states, so state-based dyads of one
    government stand together; other dyads are conflicts of their own."""

    id: str
    violence: Violence
    name: str
    dyads: tuple[str, ...]
    years: tuple[Year, ...]
    killed: TollRange


@dataclass(frozen=True, slots=True)
class Network:
    """Actors and ties of a case. `left_out` counts slots whose words name no actor (a building, "they")."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    dyads: tuple[Dyad, ...]
    conflicts: tuple[Conflict, ...]
    left_out: int

    def node(self, key: str) -> Node | None:
        """Return the node with this id."""
        return next((node for node in self.nodes if node.id == key), None)
