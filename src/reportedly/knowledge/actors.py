"""Known actors with dated names, from `data/actors/*.csv`, and an index of all their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from reportedly.knowledge.fold import fold
from reportedly.knowledge.tables import cells, read_rows
from reportedly.model import ActorKind

NAME_FILES = ("names",)


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

    def all_names(self) -> tuple[str, ...]:
        """Every name in use, acronyms apart: canonical, aliases, dated ones."""
        names = (self.name, *self.aliases, *(d.name for d in self.dated if d.relation in _OWN_NAMES))
        return tuple(dict.fromkeys(n for n in names if n))

    def name_on(self, day: date | None) -> str:
        """The name that was valid on a day, of several the latest; the canonical name when nothing dated fits."""
        own = [d for d in self.dated if d.relation in _OWN_NAMES]
        fitting = [d for d in own if day is not None and _within(day, d.since, d.until)]
        return max(fitting, key=lambda d: d.since).name if fitting else self.name

    def active_on(self, day: date | None) -> bool:
        """Tell whether the actor existed on a day, as far as its dates are known."""
        return day is None or _within(day, self.since, self.until)


_OWN_NAMES = frozenset({"renamed", "founding", "name"})


def _within(day: date, since: str, until: str) -> bool:
    text = day.isoformat()
    return (not since or text[: len(since)] >= since) and (not until or text[: len(until)] <= until)


@dataclass(frozen=True, slots=True)
class ActorIndex:
    """All actors by id, and by folded name or acronym (several actors may share one)."""

    by_id: Mapping[str, Actor]
    by_name: Mapping[str, tuple[str, ...]]
    acronyms: frozenset[str]

    def named(self, name: str) -> tuple[Actor, ...]:
        """The actors with this name or acronym, whatever its case, accents and apostrophes."""
        return tuple(self.by_id[i] for i in self.by_name.get(fold(name), ()))


def load_actors(folder: Path, extra: Iterable[Path] = ()) -> ActorIndex:
    """Read all actor tables. A row in a region file replaces one with the same id in `states.csv`."""
    paths = sorted((folder / "actors").glob("*.csv"))
    paths.sort(key=lambda path: (path.stem != "states", path.name))
    paths += list(extra)
    dated: dict[str, list[DatedName]] = {}
    rows: dict[str, Mapping[str, str]] = {}
    for path in paths:
        for row in read_rows(path):
            if path.stem.startswith(NAME_FILES):
                entry = DatedName(row["name"], row["since"], row["until"], row["relation"])
                dated.setdefault(row["actor"], []).append(entry)
            else:
                rows[row["id"]] = row
    actors = {i: _actor(row, tuple(dated.get(i, ()))) for i, row in rows.items()}
    return index_actors(actors)


def index_actors(actors: Mapping[str, Actor]) -> ActorIndex:
    """Index actors by every name. Name order within a shared name follows ids, so that it is stable."""
    names: dict[str, set[str]] = {}
    for actor in actors.values():
        for name in (*actor.all_names(), *actor.acronyms):
            key = fold(name)
            names.setdefault(key.removeprefix("the ") if key.startswith("the ") else key, set()).add(actor.id)
    acronyms = frozenset(fold(a) for actor in actors.values() for a in actor.acronyms)
    return ActorIndex(actors, {key: tuple(sorted(ids)) for key, ids in names.items()}, acronyms)


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
