"""Publishers and news agencies, from `data/outlets/*.csv`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from reportedly.knowledge.fold import fold
from reportedly.knowledge.tables import cells, read_rows


@dataclass(frozen=True, slots=True)
class Outlet:
    """One publisher or agency; `kind` as in the knowledge README, `owner` a free text."""

    id: str
    name: str
    aliases: tuple[str, ...]
    domains: tuple[str, ...]
    country: str
    kind: str
    owner: str


@dataclass(frozen=True)
class OutletIndex:
    """All outlets by id, and by folded name or alias."""

    by_id: Mapping[str, Outlet]
    by_name: Mapping[str, str]

    def named(self, name: str) -> Outlet | None:
        """The outlet with this name or alias, or None."""
        found = self.by_name.get(fold(name).removeprefix("the "))
        return self.by_id[found] if found else None

    @cached_property
    def agencies(self) -> Mapping[str, str]:
        """Name or alias of each news agency, as it is written, with the agency's id."""
        own = (outlet for outlet in self.by_id.values() if outlet.kind == "agency")
        return {name: outlet.id for outlet in own for name in (outlet.name, *outlet.aliases)}


def load_outlets(folder: Path, overlays: Iterable[Path] = ()) -> OutletIndex:
    """Read all outlet tables, then the user's own, whose ids and names go before the shipped ones."""
    outlets: dict[str, Outlet] = {}
    own: dict[str, None] = {}
    shipped = sorted((folder / "outlets").glob("*.csv"))
    for path in (*shipped, *overlays):
        for row in read_rows(path):
            if path not in shipped:
                own[row["id"]] = None
            outlets[row["id"]] = Outlet(
                id=row["id"],
                name=row["name"],
                aliases=cells(row["aliases"]),
                domains=cells(row["domains"]),
                country=row["country"],
                kind=row["kind"],
                owner=row["owner"],
            )
    names: dict[str, str] = {}
    for outlet in (outlets[i] for i in (*own, *outlets)):
        for name in (outlet.name, *outlet.aliases):
            names.setdefault(fold(name).removeprefix("the "), outlet.id)
    return OutletIndex(outlets, names)
