"""Who appears in a case: one node for each known actor, one for all unidentified groups of a kind in a country."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from reportedly.model.actor import ActorRef
from reportedly.model.when import When
from reportedly.network.graph import NameUse, Node, Spell
from reportedly.network.identities import Identities

# Kinds whose unnamed members are parties all the same ("gunmen", "villagers"); an unnamed company is nobody.
UNNAMED = {
    "state_forces": "State forces",
    "government": "Government",
    "external_forces": "Foreign forces",
    "rebel_group": "Unidentified rebel group",
    "political_militia": "Unidentified armed group",
    "identity_militia": "Unidentified communal militia",
    "civilians": "Civilians",
    "protesters": "Protesters",
    "rioters": "Rioters",
}
# Words that stand for an actor named before; at the start of a sentence they look like names.
PRONOUNS = frozenset({"i", "it", "he", "she", "we", "they", "its", "his", "her", "our", "their", "him", "us", "them"})


def node_key(ref: ActorRef, country: str | None = None) -> str | None:
    """Return the node that the words stand for, None where they name no actor. `country` is where it happened."""
    if ref.actor_id:
        return ref.actor_id
    if ref.kind not in UNNAMED:
        return None
    return f"unidentified:{ref.kind}:{ref.country or country or ''}"


def is_name(words: str) -> bool:
    """Tell whether words may be a name: "ADF fighters" is, "the army" and "It" are not."""
    return any(map(str.isupper, words)) and words.casefold() not in PRONOUNS


def event_spell(when: When | None) -> Spell | None:
    """Return the days of a happening; None where only the day of publication is known, which is no day of anything."""
    if when is None or when.basis == "publication" or when.earliest is None or when.latest is None:
        return None
    return Spell(when.earliest, when.latest) if when.earliest <= when.latest else None


def joined(one: Spell | None, other: Spell | None) -> Spell | None:
    """Return the days from the first of both to the last."""
    if one is None or other is None:
        return one or other
    return Spell(min(one.start, other.start), max(one.end, other.end))


@dataclass(slots=True)
class _Seen:
    """What was met of one actor so far."""

    refs: Counter[tuple[str, str, str | None]] = field(default_factory=Counter)
    words: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    days: dict[tuple[str, str | None], Spell | None] = field(default_factory=dict)
    claims: set[str] = field(default_factory=set)
    incidents: set[str] = field(default_factory=set)
    seen: Spell | None = None
    told: Spell | None = None


class Cast:
    """Collects the actors while a case is read. The same references in any order give the same nodes."""

    def __init__(self, identities: Identities) -> None:
        self._identities = identities
        self._seen: dict[str, _Seen] = {}
        self.left_out = 0

    def note(
        self,
        ref: ActorRef,
        *,
        country: str | None = None,
        days: Spell | None = None,
        published: date | None = None,
        claim: str | None = None,
        incident: str | None = None,
    ) -> str | None:
        """Note that words name an actor; return its node's key, None where they name none."""
        key = node_key(ref, country)
        if key is None:
            self.left_out += 1
            return None
        seen = self._seen.setdefault(key, _Seen())
        seen.refs[ref.name or ref.span.quote, ref.kind, ref.country or country] += 1
        if is_name(ref.span.quote):
            use = (ref.span.quote, ref.name_on_date)
            seen.words[use] += 1
            seen.days[use] = joined(seen.days.get(use), days)
        seen.seen = joined(seen.seen, days)
        seen.told = joined(seen.told, Spell(published, published) if published else None)
        seen.claims |= {claim} if claim else set()
        seen.incidents |= {incident} if incident else set()
        return key

    def nodes(self) -> list[Node]:
        """Return all nodes in the order of their ids."""
        return [self._node(key, seen) for key, seen in sorted(self._seen.items())]

    def _node(self, key: str, seen: _Seen) -> Node:
        (name, kind, country), _ = min(seen.refs.items(), key=lambda item: (-item[1], str(item[0])))
        identified = not key.startswith("unidentified:")
        identity = self._identities.of(key) if identified else None
        return Node(
            id=key,
            label=identity.name if identity else name if identified else self._description(key),
            kind=kind,
            country=country,
            identified=identified,
            uses=tuple(_use(seen, use) for use in sorted(seen.words, key=lambda use: (-seen.words[use], str(use)))),
            identity=identity,
            first_seen=seen.seen.start if seen.seen else None,
            last_seen=seen.seen.end if seen.seen else None,
            told=seen.told,
            claims=len(seen.claims),
            incidents=tuple(sorted(seen.incidents)),
        )

    def _description(self, key: str) -> str:
        """Return what to call actors that nobody named."""
        _, kind, country = key.split(":")
        name = self._identities.country_name(country)
        return f"{UNNAMED[kind]} ({name})" if name else f"{UNNAMED[kind]} (country not stated)"


def _use(seen: _Seen, use: tuple[str, str | None]) -> NameUse:
    days = seen.days[use]
    return NameUse(use[0], use[1], seen.words[use], days.start if days else None, days.end if days else None)
