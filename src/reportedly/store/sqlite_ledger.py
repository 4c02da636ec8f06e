"""The ledger of a SQLite case: judgements are added and never changed; an undo is an entry that names another."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import AbstractContextManager

from reportedly.errors import StoreError
from reportedly.model.claim import Claim
from reportedly.model.judgement import Anchor, Judgement, JudgementKind, Verdict
from reportedly.store.grouping import anchor_of
from reportedly.store.rows import Cell, anchor_cells, judgement_of, now


class SqliteLedger:
    """What people decided. `writing` and `claim` come from the store that inherits this."""

    connection: sqlite3.Connection

    def writing(self) -> AbstractContextManager[sqlite3.Connection]:
        """Hold the write lock for one transaction."""
        raise NotImplementedError

    def claim(self, claim: str) -> Claim | None:
        """Return one claim."""
        raise NotImplementedError

    def judge(
        self,
        kind: JudgementKind,
        verdict: Verdict,
        left: str,
        right: str | None = None,
        *,
        who: str,
        why: str = "",
        before: str | None = None,
        after: str | None = None,
    ) -> Judgement:
        """Record a judgement on one claim, or on whether two claims tell of one incident."""
        if (kind == "same_incident") != (right is not None):
            raise StoreError("a judgement of kind same_incident stands on two claims, one on a claim on one")
        cells: dict[str, Cell] = {"kind": kind, "verdict": verdict, "who": who, "at": now(), "why": why}
        cells |= anchor_cells("left", self._anchor(left)) | anchor_cells(
            "right", self._anchor(right) if right else None
        )
        entry = self._enter(cells | {"before": before, "after": after})
        return next(judgement for judgement in self.judgements(in_force=False) if judgement.id == entry)

    def undo(self, judgement: int, *, who: str, why: str = "") -> None:
        """Take a judgement back, or take an undo back."""
        known = self.connection.execute("SELECT 1 FROM judgement WHERE id = ?", (judgement,)).fetchone()
        if known is None:
            raise StoreError(f"no entry {judgement} in the ledger", hint="list the entries and name one of them")
        self._enter({"kind": "undo", "undoes": judgement, "who": who, "at": now(), "why": why})

    def judgements(self, *, in_force: bool = True) -> list[Judgement]:
        """Return the judgements that still hold, or all of them with the entry that undid each."""
        rows = self.connection.execute("SELECT * FROM judgement ORDER BY id").fetchall()
        undone = _undone(rows)
        found = [judgement_of(row, undone.get(row["id"])) for row in rows if row["kind"] != "undo"]
        return [judgement for judgement in found if not (in_force and judgement.undone_by)]

    def _anchor(self, claim: str) -> Anchor:
        found = self.claim(claim)
        if found is None:
            raise StoreError(f"no claim {claim} in the case", hint="name a claim that `reportedly show` lists")
        return anchor_of(found)

    def _enter(self, cells: dict[str, Cell]) -> int:
        columns = ", ".join(cells)
        marks = ", ".join("?" for _ in cells)
        with self.writing() as base:
            cursor = base.execute(f"INSERT INTO judgement ({columns}) VALUES ({marks})", tuple(cells.values()))
            base.execute(
                "INSERT INTO state VALUES ('changes', '1') "
                "ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
            )
            return int(cursor.lastrowid or 0)


def _undone(rows: Iterable[sqlite3.Row]) -> dict[int, int]:
    """Map entries that do not hold to the entry that undid them. The latest entries are settled first."""
    undone: dict[int, int] = {}
    for row in sorted(rows, key=lambda row: -int(row["id"])):
        if row["kind"] == "undo" and row["id"] not in undone:
            undone.setdefault(row["undoes"], row["id"])
    return undone
