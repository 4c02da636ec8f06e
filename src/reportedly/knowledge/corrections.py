"""A case's own knowledge: names of actors and places that a person taught it while reviewing. Doors: `learn`, `forget`.

Lies in a folder beside the case, `CASE.knowledge`: the rows as a person wrote them in `corrections.csv`, and the tables
made of them. Plain files: they can be edited, copied to another case, or named in the setting `knowledge`.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from reportedly.errors import UsageError
from reportedly.knowledge.importing import own
from reportedly.knowledge.importing.overlay import Origin, Overlay
from reportedly.knowledge.importing.stock import load_stock
from reportedly.knowledge.load import DATA
from reportedly.knowledge.tables import read_rows

COLUMNS = ("table", "id", "name", "kind", "countries", "aliases", "lat", "lon", "precision", "source", "note")
FILE = "corrections.csv"
STEM = "corrections"


def folder_of(case: str) -> Path:
    """Return the folder of a case's own knowledge; it may not exist."""
    path = Path(case.removeprefix("sqlite:///"))
    return path.with_name(f"{path.name}.knowledge")


def learned(folder: Path) -> list[Mapping[str, str]]:
    """Return the rows that people wrote, in their order."""
    path = folder / FILE
    return list(read_rows(path)) if path.exists() else []


def own_places(folder: Path) -> list[Mapping[str, str]]:
    """Return the places that a case was taught, as rows of the gazetteer's layout."""
    return [row for path in sorted((folder / "gazetteer").glob("*.csv")) for row in read_rows(path)]


def learn(folder: Path, row: Mapping[str, str]) -> None:
    """Add a row, or put it in place of one of the same table and name. Raises UsageError naming what does not fit."""
    kept = [old for old in learned(folder) if _key(old) != _key(row)]
    _write(folder, [*kept, row])


def forget(folder: Path, table: str, name: str) -> None:
    """Take a row out again."""
    rows = learned(folder)
    kept = [old for old in rows if _key(old) != _key({"table": table, "name": name})]
    if len(kept) == len(rows):
        raise UsageError(f"{table} holds no `{name}` of this case's own")
    _write(folder, kept)


def _key(row: Mapping[str, str]) -> tuple[str, str]:
    return row.get("table", ""), row.get("name", "").strip().casefold()


def _write(folder: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """Check all rows and write them, or leave everything as it was."""
    with tempfile.TemporaryDirectory() as work:
        draft = Path(work) / FILE
        _table(draft, rows)
        _made(draft, Path(work) / "tried")
        folder.mkdir(parents=True, exist_ok=True)
        _made(draft, folder)
        target = folder / f".{FILE}.part"
        target.write_bytes(draft.read_bytes())
        target.replace(folder / FILE)


def _table(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, extrasaction="ignore", restval="")
        writer.writeheader()
        writer.writerows({key: " ".join(str(row.get(key, "")).split()) for key in COLUMNS} for row in rows)


def _made(draft: Path, folder: Path) -> None:
    """Turn the rows into tables of our layout in a folder. Raises UsageError for the first row that does not fit."""
    problems: list[str] = []
    stock = load_stock(DATA)
    overlay = Overlay(folder, STEM, Origin("csv", [draft]), replace=True)
    overlay.write(
        own.read(draft, stock, DATA), lambda item: problems.append(item.text) if hasattr(item, "line") else None
    )
    if problems:
        raise UsageError(problems[0], hint="an actor needs a name, a kind and countries; a place a name, lat and lon")
