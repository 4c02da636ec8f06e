"""Known actors with dated names, from `data/actors/*.csv`, and an index of all their names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from reportedly.knowledge.fold import fold
from reportedly.knowledge.tables import cells, read_rows
from reportedly.model import ActorKind

NAME_FILES = ("names",)


_ACRONYM = re.compile(r"[A-Z0-9][\w&/-]*[A-Z0-9][\w&/-]*")
_LONGEST_ACRONYM = 12


def is_acronym(name: str) -> bool:
    """Tell whether a name is a short form in capitals (`CSP`, `MINUSMA`, `PLA-AF`, `FACT`)."""
    return bool(_ACRONYM.fullmatch(name)) and len(name) <= _LONGEST_ACRONYM and sum(map(str.isupper, name)) >= 2


@dataclass(frozen=True, slots=True)
class DatedName:
    """A name that held for a part of an actor's life; `since` and `until` are ISO dates or years, or empty."""

    name: str
    since: str
    until: str
    relation: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A group, force, government or organisation. `countries` lists the home country first."""

    id: str
    name: str
    kind: ActorKind
    countries: tuple[str, ...]
    since: str
    until: str
    acronyms: tuple[str, ...]
    aliases: tuple[str, ...]
    parent: str | None
    ucdp_name: str | None
    source: str
    note: str
    dated: tuple[DatedName, ...] = ()

    @property
    def home(self) -> str | None:
        """The country whose it is; a body of many states is of none, wherever it has its seat or its mission."""
        return self.countries[0] if self.countries and self.kind != "international_organisation" else None

    def all_names(self) -> tuple[str, ...]:
        """Every name in use, acronyms apart: canonical, aliases, dated ones, those at home."""
        names = (self.name, *self.aliases, *(d.name for d in self.dated if d.relation in {*_OWN_NAMES, ALSO}))
        return tuple(dict.fromkeys(n for n in (*names, *self.home_names()) if n))

    def home_names(self) -> tuple[str, ...]:
        """Names that mean the actor only in news about its countries: those marked so, a name without its bracket."""
        marked = [d.name for d in self.dated if d.relation == HOME]
        bare = _BRACKETED.fullmatch(self.name)
        if bare and self.kind in _NAMED_ALONE and " " in bare[1].removeprefix("The "):
            marked.append(bare[1])
        return tuple(name for name in marked if name not in self.aliases)

    def short_names(self) -> tuple[str, ...]:
        """The acronyms, also those among the further names."""
        further = (d.name for d in self.dated if d.relation in {ALSO, HOME} and is_acronym(d.name))
        return (*self.acronyms, *further)

    def name_on(self, day: date | None) -> str:
        """The name that was valid on a day, of several the latest; the canonical name when nothing dated fits."""
        own = [d for d in self.dated if d.relation in _OWN_NAMES]
        fitting = [d for d in own if day is not None and _within(day, d.since, d.until)]
        return max(fitting, key=lambda d: d.since).name if fitting else self.name


_OWN_NAMES = frozenset({"renamed", "founding"})
ALSO = "also"
"""The relation of a further name that says nothing of time; a short form in capitals counts as an acronym."""
HOME = "at_home"
"""The relation of a name that means the actor only in news about its countries ("Republican Guard", "NFL")."""
_BRACKETED = re.compile(r"(.+) \([^()]+\)")
_NAMED_ALONE = frozenset({"rebel_group", "political_militia"})
"""Kinds whose names are found at home without the bracket that tells them from namesakes ("Southern Front (Syria)").
Communities and offices are not: "Muslims", "Ministry of Defence" are said of anybody's."""


def _within(day: date, since: str, until: str) -> bool:
    text = day.isoformat()
    return (not since or text[: len(since)] >= since) and (not until or text[: len(until)] <= until)


@dataclass(frozen=True, slots=True)
class ActorIndex:
    """All actors by id, and by folded name or acronym (several actors may share one).

    `home` holds the folded names that mean an actor only in news about its countries, each with the actor's id.
    """

    by_id: Mapping[str, Actor]
    by_name: Mapping[str, tuple[str, ...]]
    acronyms: frozenset[str]
    home: frozenset[tuple[str, str]] = frozenset()

    def named(self, name: str) -> tuple[Actor, ...]:
        """The actors with this name or acronym, whatever its case, accents and apostrophes."""
        return tuple(self.by_id[i] for i in self.by_name.get(name_key(name), ()))


def load_actors(folder: Path, overlays: Iterable[Path] = ()) -> ActorIndex:
    """Read all actor tables, then the user's own. A row of a later table replaces one with the same id.

    A name in an own table means the actor there, and no longer a shipped one at home in the same country.
    """
    shipped = sorted((folder / "actors").glob("*.csv"), key=lambda path: (path.stem != "states", path.name))
    tables = _Tables()
    for path in shipped:
        tables.read(path)
    own = _Tables()
    for path in overlays:
        own.read(path)
    rows = {**tables.rows, **own.rows}
    dated = {i: (*tables.dated.get(i, ()), *own.dated.get(i, ())) for i in rows}
    return index_actors({i: _actor(row, dated[i]) for i, row in rows.items()}, frozenset(own.rows))


class _Tables:
    """The rows of several actor tables by id, and the dated names by actor."""

    def __init__(self) -> None:
        self.rows: dict[str, Mapping[str, str]] = {}
        self.dated: dict[str, list[DatedName]] = {}

    def read(self, path: Path) -> None:
        """Read one table, of actors or of names."""
        for row in read_rows(path):
            if path.stem.startswith(NAME_FILES):
                entry = DatedName(row["name"], row["since"], row["until"], row["relation"])
                self.dated.setdefault(row["actor"], []).append(entry)
            else:
                self.rows[row["id"]] = row


def index_actors(actors: Mapping[str, Actor], own: frozenset[str] = frozenset()) -> ActorIndex:
    """Index actors by every name. Name order within a shared name follows ids, so that it is stable.

    `own` are the ids whose names go before those of the others.
    """
    names: dict[str, set[str]] = {}
    for actor in actors.values():
        for name in (*actor.all_names(), *actor.acronyms):
            names.setdefault(name_key(name), set()).add(actor.id)
    for ids in names.values() if own else ():
        ids -= _outdone(ids, actors, own)
    acronyms = frozenset(fold(a) for actor in actors.values() for a in actor.short_names())
    home = {(name_key(name), actor.id) for actor in actors.values() for name in actor.home_names()}
    for key, i in sorted(home):
        if _borne(actors[i], [actors[j] for j in names[key] if (key, j) not in home]):
            home.remove((key, i))
            names[key].remove(i)
    return ActorIndex(actors, {key: tuple(sorted(ids)) for key, ids in names.items()}, acronyms, frozenset(home))


def _borne(actor: Actor, others: Iterable[Actor]) -> bool:
    """Tell whether one of the others, in the home of the actor, bears a name without condition."""
    return any(set(actor.countries[:1]) & set(other.countries) for other in others)


def name_key(name: str) -> str:
    """Return the key that a name is found by: folded, without its article."""
    return fold(name).removeprefix("the ")


def _outdone(ids: Collection[str], actors: Mapping[str, Actor], own: frozenset[str]) -> set[str]:
    """Of the actors that share a name, those that an own one in the same country, or in none, takes it from."""
    takers = [set(actors[i].countries) for i in ids if i in own]
    free = [i for i in ids if i not in own]
    return {i for i in free if any(not t or not actors[i].countries or t & set(actors[i].countries) for t in takers)}


def _actor(row: Mapping[str, str], dated: tuple[DatedName, ...]) -> Actor:
    return Actor(
        id=row["id"],
        name=row["name"],
        kind=cast(ActorKind, row["kind"]),
        countries=cells(row["countries"]),
        since=row["since"],
        until=row["until"],
        acronyms=cells(row["acronyms"]),
        aliases=cells(row["aliases"]),
        parent=row["parent"] or None,
        ucdp_name=row["ucdp_name"] or None,
        source=row["source"],
        note=row["note"],
        dated=dated,
    )
