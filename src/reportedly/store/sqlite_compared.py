"""What comparing claims came to, kept with the incidents that rest on it: written by grouping, read around a change."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from reportedly.model.compared import Compared, Rated
from reportedly.store.rows import plain

_MANY = 500
_COMPARED = (
    "SELECT compared.*, document.id AS told_by FROM compared JOIN document ON document.number = compared.document"
)


class SqliteSurroundings:
    """What grouping asks of a case: its claims as they were compared at the last grouping."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def near(self, keys: Sequence[int]) -> Iterator[Compared]:
        """Yield the claims of documents with a claim that has one of the keys."""
        numbers: set[int] = set()
        for some in portions(keys):
            query = f"SELECT DISTINCT document FROM reach WHERE key IN ({marks(some)})"
            numbers.update(row["document"] for row in self._connection.execute(query, some))
        yield from self._compared("compared.document", sorted(numbers))

    def told_by(self, documents: Sequence[str]) -> Iterator[Compared]:
        """Yield the claims of documents."""
        yield from self._compared("document.id", [plain(document) for document in documents])

    def named(self, claims: Sequence[str]) -> Iterator[Compared]:
        """Yield claims by their ids."""
        yield from self._compared("compared.claim", claims)

    def together(self, claims: Sequence[str]) -> list[Collection[str]]:
        """Return the claims of each incident that has one of these."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for some in portions(claims):
            query = (
                "SELECT incident, claim FROM incident_claim WHERE incident IN "
                f"(SELECT incident FROM incident_claim WHERE claim IN ({marks(some)}))"
            )
            for row in self._connection.execute(query, some):
                found[row["incident"]].add(row["claim"])
        return list(found.values())

    def _compared(self, column: str, values: Sequence[int] | Sequence[str]) -> Iterator[Compared]:
        for some in portions(values):
            query = f"{_COMPARED} WHERE {column} IN ({marks(some)})"
            yield from map(_compared_of, self._connection.execute(query, some))


def _compared_of(row: sqlite3.Row) -> Compared:
    fits, ties = _rated(row["fits"]), _rated(row["ties"])
    return Compared(row["claim"], row["told_by"], row["outline"], row["strongest"], bool(row["torn"]), fits, ties)


def _rated(text: str) -> Rated:
    return tuple((points, claim) for points, claim in json.loads(text)) if text else ()


def write_compared(
    base: sqlite3.Connection, changed: Sequence[str] | None, compared: Iterable[Compared], numbers: Mapping[str, int]
) -> None:
    """Write what came of comparing claims, in place of all that stood, or of what stood of these and of the documents
    `changed`."""
    if changed is None:
        base.execute("DELETE FROM compared")
    else:
        of = "DELETE FROM compared WHERE document IN (SELECT number FROM document WHERE id = ?)"
        base.executemany(of, [(plain(document),) for document in changed])
        kept = list(compared)
        base.executemany("DELETE FROM compared WHERE claim = ?", [(one.claim,) for one in kept])
        compared = kept
    base.executemany("INSERT INTO compared VALUES (?, ?, ?, ?, ?, ?, ?)", (_row(one, numbers) for one in compared))


def _row(one: Compared, numbers: Mapping[str, int]) -> tuple[int | str, ...]:
    fits, ties = (json.dumps(rated) if rated else "" for rated in (one.fits, one.ties))
    return numbers[one.document], one.claim, one.outline, one.strongest, one.torn, fits, ties


def portions(items: Sequence[int] | Sequence[str]) -> Iterator[Sequence[int] | Sequence[str]]:
    """Cut what is asked for into pieces that one question can hold."""
    for start in range(0, len(items), _MANY):
        yield items[start : start + _MANY]


def marks(items: Sequence[object]) -> str:
    """Return as many question marks."""
    return ", ".join("?" for _ in items)
