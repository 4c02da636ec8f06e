"""Claims of a SQLite case as lines: what was read, with what people decided in place. Kept in step within every write.

Lists, the inbox and reading claims as they stand go by the lines alone. They are made from claims and ledger.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from reportedly.contract import dumps
from reportedly.model.claim import Claim
from reportedly.model.judgement import Anchor
from reportedly.store.decided import ClaimReview, Decisions, with_edits
from reportedly.store.grouping import anchor_of
from reportedly.store.rows import Cell, actor_rows, claim_of, insert, line_row, plain, text_of, touch
from reportedly.store.sqlite_entries import judgements_about

_UNTOUCHED = ClaimReview()
# What a decision changes of a line; its incident may be there already.
_State = tuple[str, str | None, int]
_CONTESTED = (
    "coalesce((SELECT max(incident.status = 'contested') FROM incident_claim JOIN incident "
    "ON incident.id = incident_claim.incident WHERE incident_claim.claim = :id), 0)"
)


def add_lines(base: sqlite3.Connection, number: int, claims: Iterable[Claim]) -> None:
    """Enter the lines of a document's claims as they were read, with who is named in them."""
    for position, claim in enumerate(claims):
        _enter(base, line_row(number, position, claim, claim), _UNTOUCHED)
        _enter_actors(base, number, claim)


def remove_lines(base: sqlite3.Connection, number: int) -> None:
    """Take a document's lines away, with who is named in them."""
    for table in ("claim_line", "claim_actor"):
        base.execute(f"DELETE FROM {table} WHERE document = ?", (number,))


def settle(base: sqlite3.Connection, documents: Iterable[str]) -> None:
    """Bring the lines of documents in step with what people decided on them."""
    for document in sorted(map(plain, documents)):
        query = "SELECT number FROM document WHERE id = ? AND superseded = 0"
        row = base.execute(query, (document,)).fetchone()
        if row is not None:
            _settle(base, row["number"], document)


def fill_lines(base: sqlite3.Connection) -> None:
    """Make the lines of a whole case: of one that an older version made."""
    current = "SELECT number, id FROM document WHERE superseded = 0 ORDER BY number"
    for number, document in [tuple(row) for row in base.execute(current)]:
        read = "SELECT body, ? AS document_id FROM claim WHERE document = ? ORDER BY position"
        add_lines(base, number, [claim_of(row) for row in base.execute(read, (document, number))])
    settle(base, {row["left_document"] for row in base.execute("SELECT left_document FROM judgement")} - {None})


def _settle(base: sqlite3.Connection, number: int, document: str) -> None:
    decisions = Decisions(judgements_about(base, document))
    written = decisions.written(document, lambda: _text(base, number))
    reviews = decisions.reviews(document, [*spots_of(base, number, document), *map(anchor_of, written)])
    base.execute("DELETE FROM claim_line WHERE document = ? AND position IS NULL", (number,))
    for claim in written:
        _renew(base, number, None, claim, reviews.get(claim.id, _UNTOUCHED))
    for line in _touched(base, number, reviews):
        _update(base, number, document, line, reviews.get(line["id"], _UNTOUCHED))


def _touched(base: sqlite3.Connection, number: int, reviews: Iterable[str]) -> list[sqlite3.Row]:
    """The lines of read claims about which something is said, or was."""
    query = (
        "SELECT id, position, status, edits, conflict FROM claim_line WHERE document = ? AND position IS NOT NULL "
        "AND (status <> 'proposed' OR edits IS NOT NULL OR conflict = 1 OR id IN (SELECT value FROM json_each(?)))"
    )
    return base.execute(query, (number, dumps(list(reviews)))).fetchall()


def _update(base: sqlite3.Connection, number: int, document: str, line: sqlite3.Row, review: ClaimReview) -> None:
    """Write a line whose state is another one now."""
    state = _state(review)
    if state == (line["status"], line["edits"], line["conflict"]):
        return
    if line["edits"] == state[1] and "rejected" not in (line["status"], review.status):
        query = "UPDATE claim_line SET status = ?, edits = ?, conflict = ? WHERE document = ? AND id = ?"
        base.execute(query, (*state, number, line["id"]))
    else:
        read = _read(base, number, line["position"], document)
        _renew(base, number, line["position"], read, review)


def _renew(base: sqlite3.Connection, number: int, position: int | None, read: Claim, review: ClaimReview) -> None:
    """Write the line of a claim as it stands, and who is named in it: in a rejected one nobody."""
    standing = with_edits(read, review.edits)
    _enter(base, line_row(number, position, read, standing), review)
    base.execute("DELETE FROM claim_actor WHERE document = ? AND claim = ?", (number, read.id))
    touch(base, "readings")
    if review.status != "rejected":
        _enter_actors(base, number, standing)


def _text(base: sqlite3.Connection, number: int) -> str:
    return text_of(base.execute("SELECT text, raw FROM document WHERE number = ?", (number,)).fetchone())


def spots_of(base: sqlite3.Connection, number: int, document: str) -> list[Anchor]:
    """Return where the claims of a document stand, without reading them."""
    query = 'SELECT id, start, "trigger" FROM claim WHERE document = ? ORDER BY position'
    return [Anchor(row[0], document, row[1], row[2]) for row in base.execute(query, (number,))]


def _read(base: sqlite3.Connection, number: int, position: int, document: str) -> Claim:
    query = "SELECT body, ? AS document_id FROM claim WHERE document = ? AND position = ?"
    return claim_of(base.execute(query, (document, number, position)).fetchone())


def _state(review: ClaimReview) -> _State:
    return review.status, dumps(dict(review.edits)) if review.edits else None, int(bool(review.conflicts))


def _enter_actors(base: sqlite3.Connection, number: int, claim: Claim) -> None:
    for row in actor_rows(number, claim):
        insert(base, "claim_actor", row)


def _enter(base: sqlite3.Connection, row: dict[str, Cell], review: ClaimReview) -> None:
    cells = row | dict(zip(("status", "edits", "conflict"), _state(review), strict=True))
    columns = ", ".join(cells)
    marks = ", ".join(f":{column}" for column in cells)
    base.execute(f"INSERT OR REPLACE INTO claim_line ({columns}, contested) VALUES ({marks}, {_CONTESTED})", cells)
