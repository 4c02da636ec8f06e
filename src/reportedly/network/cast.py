"""Who appears in a case: one node for each known actor, one for all unidentified groups of a kind in a country."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, reduce

from reportedly.model.gist import ActorGist
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


def node_key(ref: ActorGist, country: str | None = None) -> str | None:
    """Return the node that the words stand for, None where they name no actor. `country` is where it happened."""
    if ref.actor_id:
        return ref.actor_id
    if ref.kind not in UNNAMED:
        return None
    return f"unidentified:{ref.kind}:{ref.country or country or ''}"


def is_name(words: str) -> bool:
    """Tell whether words may be a name: "ADF fighters" is, "the army" and "It" are not."""
    return any(map(str.isupper, words)) and words.casefold() not in PRONOUNS


@lru_cache(maxsize=10_000)
def spell(first: str | None, last: str | None) -> Spell | None:
    """Return the days from first to last (ISO), None where they are not known."""
    return Spell(date.fromisoformat(first), date.fromisoformat(last)) if first and last else None


def joined(one: Spell | None, other: Spell | None) -> Spell | None:
    """Return the days from the first of both to the last."""
    if one is None or other is None or one is other:
        return one or other
    if one.start <= other.start and other.end <= one.end:
        return one
    return Spell(min(one.start, other.start), max(one.end, other.end))


@dataclass(slots=True)
class _Use:
    """How often words named an actor, and for happenings of which days."""

    times: int = 0
    days: Spell | None = None


@dataclass(slots=True)
class _Seen:
    """What was met of one actor so far; its uses by the words with the country in which it happened."""

    uses: dict[tuple[ActorGist, str | None], _Use] = field(default_factory=dict)
    claims: set[str] = field(default_factory=set)
    incidents: set[str] = field(default_factory=set)
    told: Spell | None = None


class Cast:
    """Collects the actors while a case is read. The same references in any order give the same nodes."""

    def __init__(self, identities: Identities) -> None:
        self._identities = identities
        self._seen: dict[str, _Seen] = {}
        self.left_out = 0

    def note(
        self,
        ref: ActorGist,
        *,
        country: str | None = None,
        days: Spell | None = None,
        told: Spell | None = None,
        claim: str | None = None,
        incident: str | None = None,
    ) -> str | None:
        """Note that words name an actor; return its node's key, None where they name none."""
        key = node_key(ref, country)
        if key is None:
            self.left_out += 1
            return None
        seen = self._seen.get(key)
        if seen is None:
            seen = self._seen[key] = _Seen()
        use = seen.uses.get((ref, country))
        if use is None:
            use = seen.uses[ref, country] = _Use()
        use.times += 1
        use.days = joined(use.days, days)
        seen.told = joined(seen.told, told)
        if claim:
            seen.claims.add(claim)
        if incident:
            seen.incidents.add(incident)
        return key

    def nodes(self) -> list[Node]:
        """Return all nodes in the order of their ids."""
        return [self._node(key, seen) for key, seen in sorted(self._seen.items())]

    def _node(self, key: str, seen: _Seen) -> Node:
        name, kind, country = _described(seen)
        identified = not key.startswith("unidentified:")
        identity = self._identities.of(key) if identified else None
        days = reduce(joined, (use.days for use in seen.uses.values()), None)
        return Node(
            id=key,
            label=identity.name if identity else name if identified else self._description(key),
            kind=kind,
            country=country,
            identified=identified,
            uses=tuple(_uses(seen)),
            identity=identity,
            first_seen=days.start if days else None,
            last_seen=days.end if days else None,
            told=seen.told,
            claims=len(seen.claims),
            incidents=tuple(sorted(seen.incidents)),
        )

    def _description(self, key: str) -> str:
        """Return what to call actors that nobody named."""
        _, kind, country = key.split(":")
        name = self._identities.country_name(country)
        return f"{UNNAMED[kind]} ({name})" if name else f"{UNNAMED[kind]} (country not stated)"


def _described(seen: _Seen) -> tuple[str, str, str | None]:
    """Return name, kind and country as they are given most often."""
    counts: Counter[tuple[str, str, str | None]] = Counter()
    for (ref, country), use in seen.uses.items():
        counts[ref.name, ref.kind, ref.country or country] += use.times
    return min(counts.items(), key=lambda item: (-item[1], str(item[0])))[0]


def _uses(seen: _Seen) -> list[NameUse]:
    """Return the names that texts use, the most frequent first."""
    found: dict[tuple[str, str | None], _Use] = {}
    for (ref, _), use in seen.uses.items():
        if is_name(ref.words):
            known = found.setdefault((ref.words, ref.on_date), _Use())
            known.times += use.times
            known.days = joined(known.days, use.days)
    ranked = sorted(found.items(), key=lambda item: (-item[1].times, str(item[0])))
    return [
        NameUse(words, on_date, use.times, use.days.start if use.days else None, use.days.end if use.days else None)
        for (words, on_date), use in ranked
    ]
