"""Reading a SQLite case: the View half of the store."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import groupby, starmap
from typing import Any

from reportedly.contract import incident_from, relation_from
from reportedly.model.claim import Claim
from reportedly.model.facts import DocumentFacts
from reportedly.model.gist import ClaimGist, IncidentGist
from reportedly.model.incident import IncidentRecord
from reportedly.model.judgement import Anchor
from reportedly.model.rejected import Rejected
from reportedly.model.relation import Relation
from reportedly.store.answers import ActorSeen, Counts, Glance, Hit, StoredDocument, day_of
from reportedly.store.decided import Decisions, with_edits
from reportedly.store.rows import claim_gist_of, claim_of, incident_gist_of, plain, stored_document, text_of
from reportedly.store.sqlite_entries import all_judgements, judgements_about
from reportedly.store.sqlite_lines import spots_of
from reportedly.store.sqlite_lists import SqliteLists

CURRENT = "document.superseded = 0"


class SqliteView(SqliteLists):
    """What a case can be asked. `connection` is set by the store that inherits this."""

    connection: sqlite3.Connection

    def counts(self) -> Counts:
        """Count what the case holds."""
        return Counts(
            documents=self._one(f"SELECT count(*) FROM document WHERE {CURRENT}"),
            relevant=self._one(f"SELECT count(*) FROM document WHERE {CURRENT} AND relevant = 1"),
            claims=self._one("SELECT count(*) FROM claim_line WHERE position IS NOT NULL"),
            relations=self._one(
                f"SELECT count(*) FROM relation JOIN document ON document.number = relation.document WHERE {CURRENT}"
            ),
            incidents=self._one("SELECT count(*) FROM incident"),
            contested=self._one("SELECT count(*) FROM incident WHERE status = 'contested'"),
            rejected=self._one("SELECT count(*) FROM rejected WHERE fatal = 1"),
        )

    def _one(self, query: str) -> int:
        return int(self.connection.execute(query).fetchone()[0])

    def published(self) -> dict[str, date | None]:
        """Return the day on which each document came out, None where there is no full date."""
        query = f"SELECT id, published FROM document WHERE {CURRENT}"
        return {row["id"]: day_of(row["published"]) for row in self.connection.execute(query)}

    def documents(self) -> Iterator[StoredDocument]:
        """Yield the documents in the order of their ids."""
        for row in self.connection.execute(f"SELECT * FROM document WHERE {CURRENT} ORDER BY id"):
            yield stored_document(row)

    def document(self, key: str) -> StoredDocument | None:
        """Return a document by id, or by its number in the case."""
        query = f"SELECT * FROM document WHERE id = ? AND {CURRENT}"
        row = self.connection.execute(query, (plain(key),)).fetchone()
        if row is None and key.isascii() and key.isdigit() and len(key) < 19:
            row = self.connection.execute("SELECT * FROM document WHERE number = ?", (int(key),)).fetchone()
        return stored_document(row) if row is not None else None

    def document_id(self, number: int) -> str | None:
        """Return the id of the document with this number in the case."""
        if not 0 < number < 2**62:
            return None
        row = self.connection.execute("SELECT id FROM document WHERE number = ?", (number,)).fetchone()
        return str(row["id"]) if row is not None else None

    def text(self, document: str) -> str:
        """Return the text of a document by id; empty where there is none."""
        query = f"SELECT text, raw FROM document WHERE id = ? AND {CURRENT}"
        row = self.connection.execute(query, (plain(document),)).fetchone()
        return text_of(row) if row is not None else ""

    def versions(self, document: str) -> list[StoredDocument]:
        """Return every version of a document, the newest last."""
        query = "SELECT * FROM document WHERE id = ? ORDER BY version"
        return [stored_document(row) for row in self.connection.execute(query, (plain(document),))]

    def claims(self, document: str | None = None, *, as_read: bool = False) -> Iterator[Claim]:
        """Yield claims by document id and position, of one document or of all, as they stand after review.

        `as_read` gives them as the program read them, whatever people decided.
        """
        rows = self._claim_rows("" if document is None else "AND document.id = ?", document)
        if as_read:
            yield from map(claim_of, rows)
            return
        left = self._documents_written(document)
        for key, group in groupby(rows, key=lambda row: str(row["document_id"])):
            if key in left:
                yield from self.decisions(key).apply(key, list(map(claim_of, group)), partial(self.text, key))
            else:
                yield from (with_edits(claim_of(row), _edits(row)) for row in group if row["status"] != "rejected")
            left.discard(key)
        for key in sorted(left):  # documents of which only people wrote claims
            yield from self.decisions(key).apply(key, [], partial(self.text, key))

    def _claim_rows(self, condition: str, value: str | None) -> Iterator[sqlite3.Row]:
        """Claims as they were read, with what people made of them."""
        query = (
            "SELECT claim.body, document.id AS document_id, line.status, line.edits FROM document "
            "JOIN claim ON claim.document = document.number JOIN claim_line AS line "
            "ON line.document = claim.document AND line.start = claim.start AND line.id = claim.id "
            f"WHERE {CURRENT} {condition} ORDER BY document.id, claim.position"
        )
        return self.connection.execute(query, () if value is None else (plain(value),))

    def _documents_written(self, document: str | None = None) -> set[str]:
        """The documents of which people wrote claims."""
        one = "" if document is None else "AND document.id = ?"
        query = (
            "SELECT DISTINCT document.id FROM document JOIN claim_line AS line ON line.document = document.number "
            f"WHERE line.position IS NULL AND {CURRENT} {one}"
        )
        rows = self.connection.execute(query, () if document is None else (plain(document),))
        return {str(row["id"]) for row in rows}

    def claim(self, claim: str, *, as_read: bool = False) -> Claim | None:
        """Return one claim as it stands after review; None when it was rejected. `as_read` as for `claims`."""
        found = self._claim_and_line(claim)
        if found is None or as_read:
            return found[0] if found else None
        read, line = found
        return None if line["status"] == "rejected" else with_edits(read, _edits(line))

    def standing(self, claim: str) -> Claim | None:
        """Return one claim with what people changed, whether they rejected it or not."""
        found = self._claim_and_line(claim)
        return with_edits(found[0], _edits(found[1])) if found else None

    def _claim_and_line(self, claim: str) -> tuple[Claim, sqlite3.Row] | None:
        """A claim as it was read or written, and what people made of it."""
        query = (
            "SELECT line.status, line.edits, claim.body, document.id AS document_id FROM claim_line AS line "
            "JOIN document ON document.number = line.document "
            "LEFT JOIN claim ON claim.document = line.document AND claim.position = line.position WHERE line.id = ?"
        )
        row = self.connection.execute(query, (plain(claim),)).fetchone()
        if row is None:
            return None
        if row["body"] is not None:
            return claim_of(row), row
        document = str(row["document_id"])
        written = self.decisions(document).written(document, partial(self.text, document))
        return next((one, row) for one in written if one.id == claim)

    def decisions(self, document: str | None = None, *, blind_of: str | None = None) -> Decisions:
        """Return what people decided about claims, with what is in force now: in the case, or on one document.

        With `blind_of`, only what that blind second coder decided.
        """
        if document is None:
            return Decisions(all_judgements(self.connection), blind_of=blind_of)
        return Decisions(judgements_about(self.connection, document), blind_of=blind_of)

    def spots(self, document: str) -> list[Anchor]:
        """Return where the claims of a document stand as they were read, without reading them."""
        query = f"SELECT number FROM document WHERE id = ? AND {CURRENT}"
        row = self.connection.execute(query, (plain(document),)).fetchone()
        return spots_of(self.connection, row["number"], document) if row is not None else []

    def homes(self, claims: Sequence[str]) -> dict[str, str]:
        """Return the incident of each of these claims; claims of none are left out."""
        query = "SELECT incident FROM incident_claim WHERE claim = ?"
        found = ((claim, self.connection.execute(query, (claim,)).fetchone()) for claim in claims)
        return {claim: row["incident"] for claim, row in found if row is not None}

    def relations(self, document: str | None = None) -> Iterator[tuple[str, Relation]]:
        """Yield relations with the id of their document."""
        one = "" if document is None else "AND document.id = ?"
        query = (
            "SELECT relation.body, document.id AS document_id FROM relation "
            f"JOIN document ON document.number = relation.document WHERE {CURRENT} {one} "
            "ORDER BY document.id, relation.position"
        )
        for row in self.connection.execute(query, () if document is None else (plain(document),)):
            yield row["document_id"], relation_from(json.loads(row["body"]))

    def incidents(self) -> Iterator[IncidentRecord]:
        """Yield the incidents in the order of their ids."""
        for row in self.connection.execute("SELECT body FROM incident ORDER BY id"):
            yield incident_from(json.loads(row["body"]))

    def glances(self) -> Iterator[Glance]:
        """Yield the incidents at a glance, in the order of their ids: a hundredth of the work of `incidents`."""
        cursor = self.connection.cursor()
        cursor.row_factory = None
        # The columns stand in the order of the fields.
        return map(Glance._make, cursor.execute("SELECT * FROM glance ORDER BY incident"))

    def claim_gists(self) -> Iterator[ClaimGist]:
        """Yield the gist of every claim as it stands after review, in no order: a hundredth of the work of `claims`."""
        query = (
            "SELECT line.id, document.id, gist FROM claim_line AS line "
            "JOIN document ON document.number = line.document WHERE status <> 'rejected'"
        )
        cursor = self.connection.cursor()
        cursor.row_factory = None
        return starmap(claim_gist_of, cursor.execute(query))

    def incident_gists(self) -> Iterator[IncidentGist]:
        """Yield the gist of every incident, in the order of their ids."""
        for row in self.connection.execute("SELECT gist FROM incident_gist ORDER BY incident"):
            yield incident_gist_of(row["gist"])

    def incident(self, incident: str) -> IncidentRecord | None:
        """Return an incident; an id that was merged away leads to the one it went into."""
        row = self.connection.execute("SELECT body FROM incident WHERE id = ?", (incident,)).fetchone()
        if row is not None:
            return incident_from(json.loads(row["body"]))
        minted = self.connection.execute("SELECT * FROM minted WHERE id = ?", (incident,)).fetchone()
        if minted is None:
            return None
        anchor = Anchor(minted["claim"], minted["document"], minted["start"], minted["trigger"])
        claim = self._claim_at(anchor)
        query = "SELECT incident FROM incident_claim WHERE claim = ?"
        target = self.connection.execute(query, (claim,)).fetchone() if claim else None
        return self.incident(target["incident"]) if target is not None else None

    def _claim_at(self, anchor: Anchor) -> str | None:
        """Return the present claim that stands where the anchored one stood."""
        query = (
            "SELECT claim.id FROM claim JOIN document ON document.number = claim.document "
            f"WHERE {CURRENT} AND (claim.id = :claim OR (document.id = :document AND claim.trigger = :trigger)) "
            "ORDER BY claim.id = :claim DESC, abs(claim.start - :start), claim.start, claim.id LIMIT 1"
        )
        cells = {"claim": anchor.claim, "document": anchor.document, "trigger": anchor.trigger, "start": anchor.start}
        row = self.connection.execute(query, cells).fetchone()
        return str(row["id"]) if row is not None else None

    def actor(self, actor: str) -> ActorSeen | None:
        """Return what the case says about an actor, by id, else by name whatever its case."""
        by_id = "claim_actor.actor = ?"
        by_name = "claim_actor.name = ? COLLATE NOCASE"
        for condition in (by_id, by_name):
            rows = self._actor_rows(condition, actor)
            if rows:
                found = next((str(row["actor"]) for row in rows if row["actor"]), actor)
                return self._actor_seen(found, self._actor_rows(by_id, found) or rows)
        return None

    def _actor_rows(self, condition: str, actor: str) -> list[sqlite3.Row]:
        query = (
            "SELECT claim_actor.* FROM claim_actor JOIN document ON document.number = claim_actor.document "
            f"WHERE {CURRENT} AND {condition} ORDER BY document.id, claim_actor.rowid"
        )
        return self.connection.execute(query, (plain(actor),)).fetchall()

    def _actor_seen(self, actor: str, rows: list[sqlite3.Row]) -> ActorSeen:
        claims = tuple(dict.fromkeys((row["slot"], row["claim"]) for row in rows))
        incidents: set[str] = set()
        for _, claim in claims:
            query = "SELECT incident FROM incident_claim WHERE claim = ?"
            incidents.update(row["incident"] for row in self.connection.execute(query, (claim,)))
        return ActorSeen(
            id=actor,
            names=tuple(sorted({row["name"] for row in rows})),
            claims=claims,
            incidents=tuple(sorted(incidents)),
        )

    def search(self, query: str, limit: int = 20) -> list[Hit]:
        """Return documents whose title or text holds all words of the query, best first."""
        words = match_expression(query)
        if not words:
            return []
        sql = (
            "SELECT document.number, document.id, document.title, document.publisher, document.published, "
            "snippet(document_text, -1, char(2), char(3), '…', 24) AS snippet "
            "FROM document_text JOIN document ON document.number = document_text.rowid "
            f"WHERE document_text MATCH ? AND {CURRENT} ORDER BY bm25(document_text, 3.0, 1.0), document.id LIMIT ?"
        )
        return [self._hit(row) for row in self.connection.execute(sql, (words, limit))]

    def _hit(self, row: sqlite3.Row) -> Hit:
        query = (
            "SELECT DISTINCT incident FROM incident_claim JOIN claim ON claim.id = incident_claim.claim "
            "WHERE claim.document = ? ORDER BY incident"
        )
        incidents = tuple(found["incident"] for found in self.connection.execute(query, (row["number"],)))
        return Hit(
            number=row["number"],
            document=row["id"],
            title=row["title"],
            publisher=row["publisher"],
            published=row["published"],
            snippet=row["snippet"],
            incidents=incidents,
        )

    def rejected(self, document: str | None = None) -> Iterator[Rejected]:
        """Yield what gave no result, with reasons: of one document, or of all current ones and of bad inputs."""
        query = (
            "SELECT rejected.* FROM rejected LEFT JOIN document ON document.number = rejected.document "
            f"WHERE (rejected.document IS NULL OR {CURRENT}) {'' if document is None else 'AND document.id = ?'} "
            "ORDER BY rejected.place, rejected.start, rejected.number"
        )
        for row in self.connection.execute(query, () if document is None else (plain(document),)):
            yield Rejected(row["place"], row["reason"], row["start"], row["end"], row["quote"], bool(row["fatal"]))

    def _fingerprints(self) -> dict[str, bytes | None]:
        query = f"SELECT id, fingerprint FROM document WHERE {CURRENT} ORDER BY id"
        return {row["id"]: row["fingerprint"] for row in self.connection.execute(query)}

    def _document_facts(self, origins: Mapping[str, str]) -> dict[str, DocumentFacts]:
        query = f"SELECT id, published, publisher, language FROM document WHERE {CURRENT} ORDER BY id"
        return {
            row["id"]: DocumentFacts(
                id=row["id"],
                origin=origins.get(row["id"], row["id"]),
                published=day_of(row["published"]),
                publisher=row["publisher"],
                language=row["language"],
            )
            for row in self.connection.execute(query)
        }

    def _counter(self, key: str) -> int:
        row = self.connection.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
        return int(row["value"]) if row is not None else 0


def _edits(row: sqlite3.Row) -> dict[str, Any]:
    edits: dict[str, Any] = json.loads(row["edits"]) if row["edits"] else {}
    return edits


def match_expression(query: str) -> str:
    """Return a query for FTS5: all words must occur, "quoted words" next to each other, `word*` begins a word.

    Everything else a user may type is taken as plain words, so that no query is a syntax error.
    """
    parts = []
    for phrase, word in re.findall(r'"([^"]*)"|([^\s"]+)', query):
        star = "*" if word.endswith("*") else ""
        # The tokenizer splits at anything that is neither letter, digit nor mark; a part without any matches nothing.
        text = (phrase or word).replace("\0", " ").rstrip("*")
        if re.search(r"\w", text):
            parts.append(f'"{text}"{star}')
    return " ".join(parts)
