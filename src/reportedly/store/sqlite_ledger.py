"""The ledger of a SQLite case: judgements are added and never changed; an undo is an entry that names another."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import AbstractContextManager

from reportedly.errors import StoreError
from reportedly.model.claim import Claim
from reportedly.model.judgement import Anchor, Decision, Judgement, JudgementKind, Verdict
from reportedly.store.grouping import anchor_of
from reportedly.store.rows import Cell, anchor_cells, insert, now, touch
from reportedly.store.sqlite_entries import all_judgements, judgements_by_id, subject_of, undone
from reportedly.store.sqlite_lines import settle

# Kinds that stand on two claims; the others stand on one, or on a document.
PAIRED = frozenset({"same_incident", "link"})
# Kinds that leave the incidents as they are.
QUIET = frozenset({"comment", "link", "document"})
_LIGHT = "SELECT id, kind, undoes, who FROM judgement ORDER BY id"


class SqliteLedger:
    """What people decided. `writing` and `claim` come from the store that inherits this."""

    connection: sqlite3.Connection

    def writing(self) -> AbstractContextManager[sqlite3.Connection]:
        """Hold the write lock for one transaction."""
        raise NotImplementedError

    def claim(self, claim: str, *, as_read: bool = False) -> Claim | None:
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
        other = self._anchor(right) if right else None
        decision = Decision(kind, verdict, self._anchor(left), other, why, before, after)
        return self.record([decision], who=who)[0]

    def record(
        self, decisions: Sequence[Decision], *, who: str, seen: int | None = None, blind: bool = False
    ) -> list[Judgement]:
        """Record what a person decided in one gesture, whole or not at all.

        `seen` is the newest entry that the person had seen. Where a newer one stands on the same claims, both are
        kept: the new entries name it in `conflicts` and take no effect until the person decides again.
        """
        for decision in decisions:
            _check(decision)
        with self.writing() as base:
            newer = _newer(base, decisions, seen) if seen is not None and not blind else None
            extra: dict[str, Cell] = {"who": who, "at": now(), "blind": int(blind), "conflicts": newer}
            entries = _enter_all(base, [_cells(decision) | extra for decision in decisions])
            settle(base, {decision.left.document for decision in decisions if decision.kind not in PAIRED})
            if not blind and any(_matters(base, decision) for decision in decisions):
                touch(base)
            return judgements_by_id(base, entries)

    def undo(self, judgement: int, *, who: str, why: str = "") -> None:
        """Take a judgement back with all that was decided in the same gesture, or take an undo back."""
        row = self.connection.execute("SELECT * FROM judgement WHERE id = ?", (judgement,)).fetchone()
        if row is None:
            raise StoreError(f"no entry {judgement} in the ledger", hint="list the entries with: reportedly log")
        query = "SELECT id FROM judgement WHERE id = ? OR (gesture <> 0 AND gesture = ?) ORDER BY id"
        members = [found["id"] for found in self.connection.execute(query, (judgement, row["gesture"]))]
        with self.writing() as base:
            if judgement in undone(base.execute(_LIGHT).fetchall()):
                raise StoreError(f"entry {judgement} has been taken back already", hint="see: reportedly log CASE")
            shared: dict[str, Cell] = {"kind": "undo", "who": who, "at": now(), "why": why}
            _enter_all(base, [shared | {"undoes": member} for member in members])
            subjects = judgements_by_id(base, [subject_of(base, member) for member in members])
            settle(base, {subject.left.document for subject in subjects if subject.kind not in PAIRED})
            touch(base)

    def judgements(self, *, in_force: bool = True) -> list[Judgement]:
        """Return the judgements that still hold, or all of them with the entry that undid each."""
        found = all_judgements(self.connection)
        return [judgement for judgement in found if not (in_force and judgement.undone_by)]

    def undoable(self, who: str | None = None) -> int | None:
        """Return the newest entry that still holds, of one person or of all; None when there is nothing to undo."""
        rows = self.connection.execute(_LIGHT).fetchall()
        taken_back = undone(rows)
        held = [r["id"] for r in rows if r["kind"] != "undo" and r["id"] not in taken_back and who in {None, r["who"]}]
        return max(held, default=None)

    def redoable(self, who: str | None = None) -> int | None:
        """Return the newest undo after which nothing new was decided; None when there is nothing to redo."""
        rows = self.connection.execute(_LIGHT).fetchall()
        taken_back = undone(rows)
        decided = max((r["id"] for r in rows if r["kind"] != "undo" and who in {None, r["who"]}), default=0)
        live = [
            r["id"]
            for r in rows
            if r["kind"] == "undo"
            and r["id"] not in taken_back
            and who in {None, r["who"]}
            and r["id"] > decided
            and not _is_redo(r, rows)
        ]
        return max(live, default=None)

    def subject(self, entry: int) -> Judgement | None:
        """Return the judgement that an entry is, or that a chain of undoing leads to; None for no such entry."""
        return next(iter(judgements_by_id(self.connection, [subject_of(self.connection, entry)])), None)

    def newest(self) -> int:
        """Return the id of the newest entry, 0 for an empty ledger: what a person who looks now has seen."""
        return int(self.connection.execute("SELECT coalesce(max(id), 0) FROM judgement").fetchone()[0])

    def _anchor(self, claim: str) -> Anchor:
        found = self.claim(claim, as_read=True)
        if found is None:
            raise StoreError(f"no claim {claim} in the case", hint="name a claim that `reportedly show` lists")
        return anchor_of(found)


def _check(decision: Decision) -> None:
    if (decision.kind in PAIRED) != (decision.right is not None):
        raise StoreError("a judgement of kind same_incident or link stands on two claims, any other on one")


def _matters(base: sqlite3.Connection, decision: Decision) -> bool:
    """Tell whether incidents may look otherwise afterwards: accepting what stands anyway changes none."""
    if decision.kind in QUIET:
        return False
    if decision.kind != "claim" or decision.verdict == "negative" or decision.after is not None:
        return True
    query = "SELECT 1 FROM judgement WHERE kind = 'claim' AND left_claim = ? AND verdict = 'negative'"
    return base.execute(query, (decision.left.claim,)).fetchone() is not None


def _cells(decision: Decision) -> dict[str, Cell]:
    cells: dict[str, Cell] = {"kind": decision.kind, "verdict": decision.verdict, "why": decision.why}
    cells |= anchor_cells("left", decision.left) | anchor_cells("right", decision.right)
    return cells | {"before": decision.before, "after": decision.after}


def _newer(base: sqlite3.Connection, decisions: Sequence[Decision], seen: int) -> int | None:
    """Return the newest entry after `seen` that takes effect on one of the claims decided upon."""
    rows = base.execute("SELECT * FROM judgement WHERE id > ? ORDER BY id", (seen,)).fetchall()
    taken_back = undone(rows)
    ours = {(d.kind, a.claim) for d in decisions if d.kind not in QUIET for a in (d.left, d.right) if a}
    for row in reversed(rows):
        holds = row["kind"] != "undo" and row["id"] not in taken_back and not row["blind"] and row["conflicts"] is None
        if holds and ours & {(row["kind"], row["left_claim"]), (row["kind"], row["right_claim"])}:
            return int(row["id"])
    return None


def _enter_all(base: sqlite3.Connection, entries: Sequence[dict[str, Cell]]) -> list[int]:
    """Write the entries of one gesture; more than one bear the id of the first."""
    top = int(base.execute("SELECT coalesce(max(id), 0) FROM judgement").fetchone()[0])
    gesture = top + 1 if len(entries) > 1 else 0
    return [
        insert(base, "judgement", cells | {"id": top + n, "gesture": gesture}) for n, cells in enumerate(entries, 1)
    ]


def _is_redo(row: sqlite3.Row, rows: Sequence[sqlite3.Row]) -> bool:
    kinds = {other["id"]: other["kind"] for other in rows}
    return kinds.get(row["undoes"]) == "undo"
