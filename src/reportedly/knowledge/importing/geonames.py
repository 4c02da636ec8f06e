"""Reads dumps of GeoNames: places, with the names of divisions and further spellings where those files are given too.

Door: `read`. What a file is shows in its columns (19 a dump, 4 admin1CodesASCII, 8 to 10 alternateNames). Streams: of
twelve million rows only the numbers of the kept ones are held, and further spellings wait in a temporary database.
"""

from __future__ import annotations

import sqlite3
import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from reportedly.errors import UsageError
from reportedly.knowledge.gazetteer_sources import GEONAMES, LATIN, spellings
from reportedly.knowledge.importing.drafts import PLACES, Draft, Item
from reportedly.knowledge.importing.inputs import lines
from reportedly.knowledge.importing.stock import Stock
from reportedly.knowledge.importing.values import tidy
from reportedly.knowledge.place_keys import place_key
from reportedly.knowledge.placed import Problem
from reportedly.knowledge.tables import read_rows

CREDIT = "GeoNames (geonames.org), CC BY 4.0"
DUMP, DIVISIONS, ALTERNATES = "dump", "divisions", "alternates"
_COLUMNS = {19: DUMP, 4: DIVISIONS, **dict.fromkeys((8, 10), ALTERNATES)}
LANGUAGES = frozenset({"", "en", "abbr", "fr", "es", "pt", "de", "it", "nl", "tr", "id", "ms", "sw", "so", "ha", "vi"})
"""Languages whose spellings news in English may take over as they stand; `abbr` marks abbreviations."""
OPENING = 50
"""Lines that are looked at to tell what a file is; the first ones may be broken."""
MOST_NAMES = 20
"""Further spellings of one place; a capital has hundreds, most of them in languages that we do not read."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which places to keep: countries (none named: all), least population of places where people live."""

    countries: frozenset[str] = frozenset()
    least: int = 0


Tick = Callable[[], None]


def read(files: Sequence[Path], stock: Stock, data: Path, choice: Choice, tick: Tick = lambda: None) -> Iterator[Item]:
    """Yield the places of the dumps among the files."""
    kinds = {path: _kind(path) for path in files}
    dumps = [path for path in files if kinds[path] == DUMP]
    if not dumps:
        raise UsageError("no dump of places among the files", hint="give XX.txt or allCountries.txt of GeoNames")
    features = {
        (row["feature_class"], row["code"]): row for row in read_rows(data / "imports" / "geonames_features.csv")
    }
    reader = _Places(stock, features, choice)
    for path in (path for path in files if kinds[path] == DIVISIONS):
        yield from reader.read_divisions(path, tick)
    others = [path for path in files if kinds[path] == ALTERNATES]
    temporary = tempfile.TemporaryDirectory(prefix="reportedly-")
    with temporary as folder, closing(_Alternates(Path(folder) / "names.sqlite")) as alternates:
        if others:
            alternates.want(row[0] for path in dumps for _, row in reader.rows(path, tick) if row)
            for path in others:
                yield from alternates.read(path, tick)
        for path in dumps:
            yield from reader.read(path, alternates, tick)


def _kind(path: Path) -> str:
    """Tell what a file is by the columns of the first of its opening lines that fits."""
    for item in islice(lines(path), OPENING):
        columns = 0 if isinstance(item, Problem) else item[1].rstrip("\r\n").count("\t") + 1
        if columns in _COLUMNS:
            return _COLUMNS[columns]
    expected = "19 tab-separated columns, 4 (admin1CodesASCII) or 8 to 10 (alternateNames)"
    raise UsageError(f"is no file of GeoNames; expected {expected}", where=str(path))


class _Places:
    """Makes rows of ours from rows of a dump."""

    def __init__(self, stock: Stock, features: Mapping[tuple[str, str], Mapping[str, str]], choice: Choice) -> None:
        self._features, self._choice = features, choice
        self._ours = stock.divisions
        self._divisions = dict(stock.divisions)

    def read_divisions(self, path: Path, tick: Tick) -> Iterator[Problem]:
        """Take the names of divisions that we lack from admin1CodesASCII."""
        for item in lines(path):
            tick()
            if isinstance(item, Problem):
                yield item
                continue
            columns = item[1].rstrip("\r\n").split("\t")
            if len(columns) == 4:
                self._divisions.setdefault(columns[0], columns[1])
            else:
                yield Problem(str(path), item[0], f"{len(columns)} tab-separated columns; expected 4")

    def rows(self, path: Path, tick: Tick) -> Iterator[tuple[int, list[str] | None]]:
        """Yield the columns of the rows to keep by their lines; None for a line that is no row."""
        features, countries, least = self._features, self._choice.countries, self._choice.least
        for item in lines(path):
            tick()
            columns = None if isinstance(item, Problem) else item[1].rstrip("\r\n").split("\t")
            number = item.line if isinstance(item, Problem) else item[0]
            if columns is None or len(columns) != 19:
                yield number, None
            elif (columns[6], columns[7]) in features and (not countries or columns[8] in countries):
                if columns[7] == "ADM1" and f"{columns[8]}.{columns[10]}" in self._ours:
                    continue  # a division that we name ourselves
                if not least or columns[6] != "P" or (columns[14].isdigit() and int(columns[14]) >= least):
                    yield number, columns

    def read(self, path: Path, alternates: _Alternates, tick: Tick) -> Iterator[Item]:
        """Yield one row of ours for each row to keep."""
        for number, columns in self.rows(path, tick):
            if columns is None:
                yield Problem(str(path), number, "is no row of GeoNames: 19 tab-separated columns of UTF-8 text")
                continue
            try:
                yield Draft(PLACES, str(path), number, self._values(columns, alternates.of(columns[0])))
            except ValueError as error:
                yield Problem(str(path), number, f"{columns[0]}: {error}")

    def _values(self, columns: Sequence[str], further: Sequence[str]) -> Mapping[str, str]:
        feature = self._features[columns[6], columns[7]]
        name = tidy(columns[1], "name")
        return {
            "id": GEONAMES + columns[0],
            "name": name,
            "variants": ";".join(_variants(name, [columns[2], *columns[3].split(",")], further)),
            "countries": ";".join(dict.fromkeys(code for code in (columns[8], *columns[9].split(",")) if code)),
            "admin1": tidy(self._divisions.get(f"{columns[8]}.{columns[10]}", ""), "division"),
            "lat": columns[4],
            "lon": columns[5],
            "precision": feature["precision"],
            "feature": feature["feature"],
            "source": CREDIT,
            "population": columns[14],
        }


def _variants(name: str, listed: Iterable[str], marked: Iterable[str]) -> list[str]:
    """Return other spellings: of those whose language is not known only what resembles the name."""
    own = place_key(name)
    found: dict[str, str] = {}
    for other in listed:
        for key, similar in spellings(own, [other]):
            if similar:
                found.setdefault(key, other)
    for other in marked:
        if LATIN.fullmatch(other) and len(other) > 2 and place_key(other) != own:
            found.setdefault(place_key(other), other)
    return [tidy(other, "name") for other in list(found.values())[:MOST_NAMES]]


class _Alternates:
    """Further spellings of the places wanted, kept on disk."""

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path)
        self._base.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        self._base.execute("CREATE TABLE spelling (place INTEGER, rank INTEGER, name TEXT)")
        self._wanted = array("Q")
        self._full = False

    def close(self) -> None:
        self._base.close()

    def want(self, ids: Iterable[int | str]) -> None:
        """Note the numbers of the places that spellings are wanted for."""
        self._wanted = array("Q", sorted(int(one) for one in ids if str(one).isdigit()))

    def read(self, path: Path, tick: Tick) -> Iterator[Problem]:
        """Take the spellings of places wanted from alternateNames."""
        rows = _spelling_rows(path, self._wanted, tick)
        for row in rows:
            if isinstance(row, Problem):
                yield row
            else:
                self._base.execute("INSERT INTO spelling VALUES (?,?,?)", row)
        self._base.execute("CREATE INDEX IF NOT EXISTS by_place ON spelling (place, rank, name)")
        self._full = True

    def of(self, place: str) -> list[str]:
        """Return the spellings of a place, the preferred ones first."""
        if not self._full or not place.isdigit():
            return []
        found = self._base.execute("SELECT name FROM spelling WHERE place = ? ORDER BY rank, name", (int(place),))
        return [name for (name,) in found]


def _spelling_rows(path: Path, wanted: Sequence[int], tick: Tick) -> Iterator[tuple[int, int, str] | Problem]:
    for item in lines(path):
        tick()
        if isinstance(item, Problem):
            yield item
            continue
        columns = item[1].rstrip("\r\n").split("\t")
        if len(columns) < 8 or not columns[1].isdigit():
            yield Problem(str(path), item[0], f"{len(columns)} tab-separated columns; expected 8 to 10")
        elif columns[2] in LANGUAGES and columns[6] != "1" and _holds(wanted, int(columns[1])):
            # English first, then preferred and short forms; colloquial ones (column 7) are left out.
            yield int(columns[1]), 2 - (columns[2] == "en") - (columns[4] == "1"), columns[3]


def _holds(numbers: Sequence[int], one: int) -> bool:
    at = bisect_left(numbers, one)
    return at < len(numbers) and numbers[at] == one


def codes(stock: Stock, names: Collection[str]) -> frozenset[str]:
    """Return the countries to keep by their codes."""
    try:
        return frozenset(stock.countries_of(names))
    except ValueError as error:
        raise UsageError(str(error), where="--country") from None
