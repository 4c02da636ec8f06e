"""Publishers and news agencies, from `data/outlets/*.csv`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class OutletIndex:
    """All outlets by id, and by folded name or alias."""

    by_id: Mapping[str, Outlet]
    by_name: Mapping[str, str]

    def named(self, name: str) -> Outlet | None:
        """The outlet with this name or alias, or None."""
        found = self.by_name.get(fold(name).removeprefix("the "))
        return self.by_id[found] if found else None


def load_outlets(folder: Path) -> OutletIndex:
    """Read all outlet tables."""
    outlets: dict[str, Outlet] = {}
    for path in sorted((folder / "outlets").glob("*.csv")):
        for row in read_rows(path):
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
    for outlet in outlets.values():
        for name in (outlet.name, *outlet.aliases):
            names.setdefault(fold(name).removeprefix("the "), outlet.id)
    return OutletIndex(outlets, names)
