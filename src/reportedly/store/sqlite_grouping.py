"""Grouping a SQLite case: whole at first, later only what new texts, new versions and people's words touch.

The work is done on a snapshot, without the write lock; what it was computed from is written with the result, and where
another run has grouped meanwhile, this one looks again. How what changes touch gives the same as at once: ADR 0014.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from reportedly.contract import dumps, incident_json
from reportedly.model.claim import Claim
from reportedly.model.compared import Compared
from reportedly.model.facts import DocumentFacts
from reportedly.model.incident import Incident, IncidentRecord
from reportedly.model.judgement import Anchor, Judgement
from reportedly.store.answers import day_of
from reportedly.store.grouper import Grouper
from reportedly.store.grouping import Anchors, anchor_of, attach, founding, incident_id
from reportedly.store.rows import Cell, incident_gist_row, insert, now, plain
from reportedly.store.sqlite_compared import SqliteSurroundings, marks, portions, write_compared
from reportedly.store.sqlite_entries import all_judgements, documents_judged
from reportedly.store.sqlite_view import CURRENT, SqliteView

# From this share of the documents on, grouping everything is less work than finding out what the changes touch.
WHOLE_FROM = 0.2
_TEXTS_AT_HAND = 20_000
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a grouping starts from: the counters and marks of the case, and its documents."""

    changes: int
    grouped: int
    ledger: int
    edition: str
    facts: Mapping[str, DocumentFacts]
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a grouping writes. `gone` and `changed` None: every incident and all that came of comparing is replaced."""

    gone: frozenset[str] | None
    records: Sequence[tuple[Anchor, dict[str, Cell], dict[str, Cell], tuple[str, ...]]]
    reach: Iterable[tuple[int, int]]
    changed: Sequence[str] | None
    compared: Iterable[Compared]


class SqliteGrouping(SqliteView):
    """The grouping half of the store. `writing` comes from the store that inherits this."""

    def writing(self) -> AbstractContextManager[sqlite3.Connection]:
        """Hold the write lock for one transaction."""
        raise NotImplementedError

    def regroup(self, grouper: Grouper, notify: Say | None = None) -> int:
        """Bring the incidents up to date with claims and ledger; return how many there are.

        Only what documents and judgements since the last grouping touch is computed; the result is that of computing
        everything. Where another run groups meanwhile, this one begins again.
        """
        say = notify or (lambda _: None)
        while True:
            with self._reading():
                before = self._snapshot(grouper, say)
                outcome = self._grouped(grouper, before, say)
            if self._write(before, outcome):
                return self._one("SELECT count(*) FROM incident")

    def sharing(self, keys: Sequence[int]) -> list[str]:
        """Return the documents with a claim that has one of the keys."""
        found: set[str] = set()
        for some in portions(keys):
            query = (
                "SELECT DISTINCT document.id FROM reach JOIN document ON document.number = reach.document "
                f"WHERE reach.key IN ({marks(some)}) AND {CURRENT}"
            )
            found.update(row["id"] for row in self.connection.execute(query, some))
        return sorted(found)

    def incidents_of(self, documents: Iterable[str]) -> set[str]:
        """Return the ids of the incidents that have a claim in one of the documents."""
        found: set[str] = set()
        for some in portions(sorted(documents)):
            query = (
                "SELECT DISTINCT incident FROM incident_claim JOIN claim ON claim.id = incident_claim.claim "
                f"JOIN document ON document.number = claim.document WHERE document.id IN ({marks(some)}) AND {CURRENT}"
            )
            found.update(row["incident"] for row in self.connection.execute(query, [plain(str(d)) for d in some]))
        return found

    def facts(self, documents: Iterable[str]) -> dict[str, DocumentFacts]:
        """Return what is known about documents, with their origins as of the last grouping."""
        found: dict[str, DocumentFacts] = {}
        for some in portions(sorted(documents)):
            query = (
                "SELECT document.id, published, publisher, language, coalesce(grouped.origin, document.id) AS origin "
                "FROM document LEFT JOIN grouped ON grouped.document = document.number "
                f"WHERE document.id IN ({marks(some)}) AND {CURRENT}"
            )
            for row in self.connection.execute(query, [plain(str(d)) for d in some]):
                found[row["id"]] = DocumentFacts(
                    row["id"], row["origin"], day_of(row["published"]), row["publisher"], row["language"]
                )
        return found

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Hold one state of the case while reading; others may write."""
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")

    # what there is

    def _snapshot(self, grouper: Grouper, say: Say) -> Snapshot:
        say("comparing texts")
        return Snapshot(
            changes=self._counter("changes"),
            grouped=self._counter("grouped"),
            ledger=self._one("SELECT coalesce(max(id), 0) FROM judgement"),
            edition=grouper.edition(),
            facts=self._facts(grouper),
            numbers=dict(self.connection.execute(f"SELECT id, number FROM document WHERE {CURRENT}")),
        )

    def _facts(self, grouper: Grouper) -> dict[str, DocumentFacts]:
        prints = self._fingerprints()
        for document, stored in list(prints.items()):
            if stored is None:
                found = self.document(document)
                assert found is not None, "a listed document exists"
                prints[document] = grouper.fingerprint(found.document)
        origins = grouper.origins({document: stored or b"" for document, stored in prints.items()})
        return self._document_facts(origins)

    def _grouped(self, grouper: Grouper, before: Snapshot, say: Say) -> Outcome:
        changed = self._changed(before)
        if changed is None or len(changed) > WHOLE_FROM * len(before.numbers):
            say(f"grouping {len(before.numbers)} documents")
            return self._whole(grouper, before)
        say(f"grouping what {len(changed)} documents touch")
        return self._touched(grouper, before, sorted(changed))

    def _changed(self, before: Snapshot) -> set[str] | None:
        """The documents that are new, replaced or judged upon since; None where nothing is known of the last time."""
        if self._state("grouping") != before.edition:
            return None
        known = {row["document"] for row in self.connection.execute("SELECT document FROM grouped")}
        changed = {document for document, number in before.numbers.items() if number not in known}
        judged = documents_judged(self.connection, self._counter("grouped_ledger"), changed)
        return (changed | judged) & before.numbers.keys()

    # grouping

    def _whole(self, grouper: Grouper, before: Snapshot) -> Outcome:
        reach = array("q"), array("q")
        found = grouper.group(self._noting(grouper, before, reach), before.facts, self._attached())
        records = [self._record(grouper, before, i, c) for i, c in self._members(found.incidents)]
        return Outcome(None, records, zip(*reach, strict=True), None, found.compared)

    def _noting(self, grouper: Grouper, before: Snapshot, reach: tuple[array[int], array[int]]) -> Iterator[Claim]:
        """Yield all claims, and note the keys of each document: eight bytes each, since a case may have millions."""
        for document, group in groupby(self.claims(), key=lambda claim: claim.document):
            claims = list(group)
            for key in set(grouper.keys(claims, before.facts)):
                reach[0].append(key)
                reach[1].append(before.numbers[document])
            yield from claims

    def _touched(self, grouper: Grouper, before: Snapshot, changed: Sequence[str]) -> Outcome:
        claims = {document: list(self.claims(document)) for document in changed}
        fresh = [claim for those in claims.values() for claim in those]
        found = grouper.regroup(SqliteSurroundings(self.connection), before.facts, changed, fresh, self._attached())
        replaced = self._incidents_with(found.claims)
        stale = self._incidents_with(self._claims_with_other_origin(before, changed))
        stand = self._standing(replaced - stale)
        old = (i for i in found.incidents if claims.keys().isdisjoint(i.documents))
        kept = {name for i in old if (name := stand.get(frozenset(i.claims))) is not None}
        other = (i for i in found.incidents if stand.get(frozenset(i.claims)) not in kept)
        records = [self._record(grouper, before, i, c) for i, c in self._members(other)]
        records += [self._record(grouper, before, i, c) for i, c in self._members(self._on_hand(stale - replaced))]
        reach = [
            (key, before.numbers[document])
            for document, those in claims.items()
            for key in sorted(set(grouper.keys(those, before.facts)))
        ]
        return Outcome(frozenset((replaced | stale) - kept), records, reach, changed, found.compared)

    def _standing(self, incidents: Iterable[str]) -> dict[frozenset[str], str]:
        """Incidents by their claims."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for some in portions(sorted(incidents)):
            query = f"SELECT incident, claim FROM incident_claim WHERE incident IN ({marks(some)})"
            for row in self.connection.execute(query, some):
                found[row["incident"]].add(row["claim"])
        return {frozenset(claims): name for name, claims in found.items()}

    def _attached(self) -> list[Judgement]:
        """The judgements about one happening on present claims."""
        held = [j for j in all_judgements(self.connection) if j.kind == "same_incident" and j.takes_effect]
        return attach(held, _Standing(self)) if held else []

    def _members(self, incidents: Iterable[Incident]) -> Iterator[tuple[Incident, list[Claim]]]:
        """The incidents with the claims of each."""

        @lru_cache(maxsize=_TEXTS_AT_HAND)
        def text(document: str) -> Mapping[str, Claim]:
            return {claim.id: claim for claim in self.claims(document)}

        for incident in incidents:
            inside = {i: claim for document in incident.documents for i, claim in text(document).items()}
            yield incident, [inside[claim] for claim in incident.claims]

    def _record(
        self, grouper: Grouper, before: Snapshot, incident: Incident, claims: Sequence[Claim]
    ) -> tuple[Anchor, dict[str, Cell], dict[str, Cell], tuple[str, ...]]:
        """An incident and its gist as they are written, with its lasting id, its founding claim and all claims."""
        founder = founding(claims, before.facts)
        name = incident_id(founder, self.claims(founder.document), before.facts)
        record = grouper.summarise(replace(incident, id=name), claims, before.facts)
        return anchor_of(founder), _incident_row(record), incident_gist_row(record), record.claims

    def _incidents_with(self, claims: Iterable[str]) -> set[str]:
        found: set[str] = set()
        for some in portions(list(claims)):
            query = f"SELECT DISTINCT incident FROM incident_claim WHERE claim IN ({marks(some)})"
            found.update(row["incident"] for row in self.connection.execute(query, some))
        return found

    def _claims_with_other_origin(self, before: Snapshot, changed: Collection[str]) -> Iterator[str]:
        """Claims of texts whose origin is another than at the last grouping, or was read anew."""
        then = dict(self.connection.execute("SELECT document, origin FROM grouped"))
        for document, facts in before.facts.items():
            origin = then.get(before.numbers[document])
            if document not in changed and (origin != facts.origin or facts.origin in changed):
                yield from (claim.id for claim in self.claims(document))

    def _on_hand(self, incidents: Iterable[str]) -> Iterator[Incident]:
        """Incidents whose claims stay, to be summarised anew."""
        for name in sorted(incidents):
            record = self.incident(name)
            assert record is not None, "it was found by one of its claims"
            yield Incident(name, record.claims, record.documents)

    # writing

    def _write(self, before: Snapshot, outcome: Outcome) -> bool:
        """Write what was computed; False where another run has grouped meanwhile."""
        with self.writing() as base:
            if self._counter("grouped") != before.grouped:
                return self._counter("grouped") >= before.changes
            if outcome.gone is None:
                base.execute("DELETE FROM incident")
                base.execute("DELETE FROM reach")
            else:
                base.executemany("DELETE FROM incident WHERE id = ?", [(name,) for name in sorted(outcome.gone)])
            for founder, row, gist, claims in outcome.records:
                _mint(base, str(row["id"]), founder)
                insert(base, "incident", row)
                insert(base, "incident_gist", gist)
                pairs = [(row["id"], claim) for claim in claims]
                base.executemany("INSERT OR IGNORE INTO incident_claim VALUES (?, ?)", pairs)
            base.executemany("INSERT OR IGNORE INTO reach VALUES (?, ?)", outcome.reach)
            write_compared(base, outcome.changed, outcome.compared, before.numbers)
            self._mark(base, before)
        return True

    def _mark(self, base: sqlite3.Connection, before: Snapshot) -> None:
        """Note what the incidents rest on."""
        rows = [(number, before.facts[document].origin) for document, number in before.numbers.items()]
        base.execute("DELETE FROM grouped")
        base.executemany("INSERT INTO grouped VALUES (?, ?)", rows)
        marks = {"grouped": before.changes, "grouped_ledger": before.ledger, "grouping": before.edition}
        base.executemany("INSERT OR REPLACE INTO state VALUES (?, ?)", [(k, str(v)) for k, v in marks.items()])

    def _state(self, key: str) -> str | None:
        row = self.connection.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
        return str(row["value"]) if row is not None else None


class _Standing:
    """Finds the claim that now stands where an anchored one stood, reading only the documents that are asked for."""

    def __init__(self, case: SqliteGrouping) -> None:
        self._anchors = lru_cache(maxsize=None)(lambda document: Anchors(map(anchor_of, case.claims(document))))

    def find(self, anchor: Anchor) -> str | None:
        """Return the claim's id, None where nothing stands there."""
        found: Anchors = self._anchors(anchor.document)
        return found.find(anchor)


def _mint(base: sqlite3.Connection, name: str, anchor: Anchor) -> None:
    """Give out an incident id; one that was given out before stays as it is."""
    row = (name, anchor.claim, plain(anchor.document), anchor.start, plain(anchor.trigger), now())
    base.execute("INSERT OR IGNORE INTO minted VALUES (?, ?, ?, ?, ?, ?)", row)


def _incident_row(record: IncidentRecord) -> dict[str, Cell]:
    when, place = record.when, record.place
    return {
        "id": record.id,
        "title": plain(record.title),
        "earliest": when.earliest.isoformat() if when and when.earliest else None,
        "latest": when.latest.isoformat() if when and when.latest else None,
        "country": place.country if place else None,
        "status": record.status,
        "origins": record.origins,
        "body": dumps(incident_json(record)),
    }
