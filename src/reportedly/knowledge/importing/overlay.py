"""Writes imported rows into a folder of the user's, as tables of our layout. Door: `Overlay`.

Every row is checked first. A file is replaced as a whole or not at all, and never when a person has edited it since;
`imports.json` says where each came from. The same input gives the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from pydantic import BaseModel

from reportedly.errors import UsageError
from reportedly.knowledge.importing.drafts import ACTORS, NAMES, OUTLETS, PLACES, Draft, Item, Note, Passed
from reportedly.knowledge.placed import Problem, validated

MANIFEST = "imports.json"
TABLES: Mapping[type[BaseModel], str] = {
    ACTORS: "actors/{}.csv",
    NAMES: "actors/names_{}.csv",
    PLACES: "gazetteer/{}.csv",
    OUTLETS: "outlets/{}.csv",
}


@dataclass(slots=True)
class Receipt:
    """What an import wrote: rows by file, how many inputs needed none and why, and how many were bad."""

    rows: dict[str, int] = field(default_factory=dict)
    passed: dict[str, int] = field(default_factory=dict)
    bad: int = 0


Report = Callable[[Problem | Note], None]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where rows come from: the importer, its input files, its options, and whom to credit."""

    importer: str
    files: Sequence[Path]
    options: Mapping[str, object] = field(default_factory=dict)
    credit: str = ""


class Overlay:
    """A folder of the user's that imports write to. `stem` names the files of one import."""

    def __init__(self, folder: Path, stem: str, origin: Origin, *, replace: bool = False, dry: bool = False) -> None:
        self.folder, self.stem, self.origin, self.dry = folder, stem, origin, dry
        self._manifest = _read_manifest(folder)
        for target in self._targets() if not replace else ():
            self._refuse_edited(target)

    def write(self, items: Iterable[Item], report: Report) -> Receipt:
        """Write all good rows; hand each problem and note to `report` as it comes."""
        receipt = Receipt()
        tables = {layout: _Table(layout, self._home()) for layout in TABLES}
        try:
            for item in items:
                self._take(item, tables, receipt, report)
            if not self.dry:
                self._keep(tables)
        finally:
            for table in tables.values():
                table.close()
        receipt.rows = {self._target(layout): table.count for layout, table in tables.items() if table.count}
        return receipt

    def _take(self, item: Item, tables: Mapping[type[BaseModel], _Table], receipt: Receipt, report: Report) -> None:
        if isinstance(item, Passed):
            receipt.passed[item.value] = receipt.passed.get(item.value, 0) + 1
            return
        if isinstance(item, Note):
            report(item)
            return
        problems = tables[item.layout].add(item) if isinstance(item, Draft) else [item]
        for problem in problems:
            report(problem)
        receipt.bad += bool(problems)

    def _keep(self, tables: Mapping[type[BaseModel], _Table]) -> None:
        """Put the finished tables in place of the old ones, and note where they come from."""
        for layout, table in tables.items():
            target = self._target(layout)
            self._manifest.pop(target, None)
            if table.count:
                (self.folder / target).parent.mkdir(parents=True, exist_ok=True)
                digest = table.move(self.folder / target)
                self._manifest[target] = _entry(self.origin, table.count, digest)
            else:
                (self.folder / target).unlink(missing_ok=True)
        text = json.dumps(self._manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        _replace_text(self.folder / MANIFEST, text)

    def _home(self) -> Path | None:
        """Where unfinished tables lie: beside the finished ones, so that they can be moved there."""
        if self.dry:
            return None
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"cannot be written: {error.strerror}", where=str(self.folder)) from None
        return self.folder

    def _target(self, layout: type[BaseModel]) -> str:
        return TABLES[layout].format(self.stem)

    def _targets(self) -> list[str]:
        return [self._target(layout) for layout in TABLES]

    def _refuse_edited(self, target: str) -> None:
        path = self.folder / target
        if path.exists() and _digest(path) != self._manifest.get(target, {}).get("sha256"):
            hint = "--replace overwrites it; rows of your own are safe in another file, and go before these"
            raise UsageError("was edited since it was imported", where=str(path), hint=hint)


class _Table:
    """One table under construction, in a temporary file."""

    def __init__(self, layout: type[BaseModel], home: Path | None) -> None:
        self.layout, self.count = layout, 0
        self._home = home
        self._path: Path | None = None
        self._handle: IO[str] | None = None
        self._seen: dict[str, int] = {}

    def add(self, draft: Draft) -> list[Problem]:
        """Check a row and write it, or return what is wrong with it."""
        values = {name: draft.values.get(name, "") for name in self.layout.model_fields}
        entry = validated(self.layout, (draft.file, draft.line), values)
        if isinstance(entry, list):
            return entry
        key = values.get("id", "")
        if key and not key.startswith("gn:"):  # numbers of GeoNames are millions, and each is given once
            first = self._seen.setdefault(key, draft.line)
            if first != draft.line:
                return [draft.problem(f"{key!r} is already given in line {first}")]
        csv.writer(self._open(), lineterminator="\n").writerow(values.values())
        self.count += 1
        return []

    def _open(self) -> IO[str]:
        if self._handle is None:
            if self._home is None:
                self._handle = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - closed with the table
            else:
                number, name = tempfile.mkstemp(prefix=".import-", suffix=".part", dir=self._home)
                self._path = Path(name)
                self._handle = os.fdopen(number, "w", encoding="utf-8", newline="")
            csv.writer(self._handle, lineterminator="\n").writerow(self.layout.model_fields)
        return self._handle

    def move(self, target: Path) -> str:
        """Put the finished table in its place and return its hash."""
        self.close(keep=True)
        assert self._path is not None
        digest = _digest(self._path)
        self._path.chmod(0o644)
        self._path.replace(target)
        self._path = None
        return digest

    def close(self, *, keep: bool = False) -> None:
        """End writing; unless the table is kept, leave nothing behind."""
        if self._handle is not None:
            self._handle.close()
            self._handle = None
        if self._path is not None and not keep:
            with suppress(OSError):
                self._path.unlink()


def _entry(origin: Origin, rows: int, digest: str) -> dict[str, Any]:
    files = [{"file": path.name, "sha256": _digest(path)} for path in origin.files]
    options = {key: value for key, value in origin.options.items() if value not in (None, (), [])}
    entry = {"importer": origin.importer, "from": files, "options": options, "credit": origin.credit}
    return {key: value for key, value in entry.items() if value} | {"rows": rows, "sha256": digest}


def _read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except NotADirectoryError:
        raise UsageError("is no folder", where=str(folder)) from None
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot be read: {error}", where=str(path), hint="move it away to start anew") from None
    if not isinstance(found, dict) or not all(isinstance(entry, dict) for entry in found.values()):
        raise UsageError("is no list of imports", where=str(path), hint="move it away to start anew")
    return found


def _replace_text(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
