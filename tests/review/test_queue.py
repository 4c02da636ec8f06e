"""The inbox and claims as they stand come from lines in SQL: whatever happens, they say what claims and ledger say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest
from fakes import FakeReader, make_document
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly import review
from reportedly.contract import claim_json
from reportedly.errors import UsageError
from reportedly.model import Claim
from reportedly.pipeline import load_grouper
from reportedly.review import Coder
from reportedly.store import SqliteStore, open_store
from reportedly.store.adding import AddRun
from reportedly.store.answers import ClaimsWanted
from reportedly.store.decided import ClaimReview, Decisions
from reportedly.store.grouping import anchor_of
from reportedly.store.sqlite_lines import fill_lines

TEXTS = {
    "a": "Red Army killed 12 soldiers at Kova on 2024-07-27, Blue Army said. "
    "Red Army killed 4 farmers at Mera on 2024-07-29. Red Army killed 4 farmers at Tula on 2024-07-30.",
    "b": "Blue Army killed 20 soldiers at Kova on 2024-07-27. Blue Army killed 3 men at Mera on 2024-07-29.",
    "c": "Red Army killed 7 herders at Tula on 2024-08-02, Red Army said. Some 5 herders fled.",
}
ACTS = ["accept", "reject", "change", "unsure", "late", "blind", "write", "comment", "undo", "redo"]
ACTS += ["newer text", "read again", "merge", "group"]
GROUPER = load_grouper()
ANA, BEN = Coder("ana"), Coder("ben")


class Reader(FakeReader):
    """Reads with a confidence that hangs on the place in the text, and harms nobody in every third claim."""

    def __init__(self, shift: int = 0) -> None:
        super().__init__()
        self.shift = shift

    def extract(self, document, **more):  # type: ignore[no-untyped-def]
        """Return the claims; `shift` gives them other ids, as a newer version of the program would."""
        found = super().extract(document, **more)
        changed = (
            replace(c, id=c.id + "x" * self.shift, confidence=(c.trigger.start * 7 % 10) / 10, violent=bool(n % 3))
            for n, c in enumerate(found.claims)
        )
        return replace(found, claims=tuple(changed))


def add(store: SqliteStore, texts: dict[str, str]) -> None:
    """Add texts and group."""
    reader = Reader()
    documents = [make_document(key, text, published="2024-08-03") for key, text in texts.items()]
    AddRun(store, lambda items: (reader.extract(item) for item in items), GROUPER).run(documents)


def act(store: SqliteStore, what: str, number: int) -> None:
    """Do something to the case."""
    claims = list(store.claims(as_read=True))
    claim = claims[number % len(claims)]
    if what == "accept":
        review.accept(store, claim.id, ANA)
    elif what == "reject":
        review.reject(store, claim.id, BEN)
    elif what == "change":
        tolls = [dict(toll) | {"low": number, "high": number, "best": number} for toll in claim_json(claim)["tolls"]]
        review.change(store, claim.id, {"tolls": tolls, "stance": "alleged"}, ANA)
    elif what == "unsure":
        store.judge("claim", "unsure", claim.id, who="ana")
    elif what == "late":
        review.reject(store, claim.id, Coder("eve", seen=0))
    elif what == "blind":
        review.reject(store, claim.id, Coder("eve", blind=True))
    elif what == "write":
        review.write(store, "c", written(store), ANA)
    elif what == "comment":
        review.comment(store, claim.id, "hm", ANA)
    elif what == "newer text":
        add(store, {claim.document: "Corrected. " * number + TEXTS[claim.document]})
    elif what == "read again":
        stored = store.document(claim.document)
        assert stored is not None
        store.reread(Reader(number % 3).extract(stored.document))
    elif what == "merge":
        incidents = sorted(record.id for record in store.incidents())
        if incidents:
            review.merge(store, incidents[0], incidents[-1], ANA)
    elif what == "group":
        store.regroup(GROUPER)
    else:
        getattr(review, what)(store, ANA)


def written(store: SqliteStore) -> dict[str, object]:
    """Return a claim that a person writes."""
    text = store.document("c").document.text  # type: ignore[union-attr]
    start = text.index("5 herders fled")
    span = {"start": start, "end": start + 14, "quote": text[start : start + 14]}
    body = dict(claim_json(next(iter(store.claims("c", as_read=True)))))
    nobody = {"initiators": [], "targets": [], "tolls": [], "place": None, "when": None, "claimant": None}
    return body | nobody | {"content": span, "trigger": span, "attribution": []}


def replayed(store: SqliteStore) -> list[tuple[str, list[Claim], dict[str, ClaimReview], list[Claim]]]:
    """Return for each document its claims as read, what was decided, and its claims as they stand."""
    decisions = Decisions(store.judgements())
    out = []
    for stored in store.documents():
        key, text = stored.document.id, stored.document.text
        read = list(store.claims(key, as_read=True))
        everything = [*read, *decisions.written(key, lambda text=text: text)]
        reviews = decisions.reviews(key, map(anchor_of, everything))
        out.append((key, read, reviews, decisions.apply(key, read, lambda text=text: text)))
    return out


def expected_queue(store: SqliteStore) -> list[str]:
    """Order what waits by doubt times consequence, out of the claims themselves."""
    contested = {c for record in store.incidents() if record.status == "contested" for c in record.claims}
    waiting = []
    for _, read, reviews, _ in replayed(store):
        for claim in read:
            said = reviews.get(claim.id, ClaimReview())
            if said.status not in {"proposed", "unsure"} and not said.conflicts:
                continue
            most = max((t.best or t.high or t.low or 0 for t in claim.tolls), default=0)
            weight = (1 + math.log2(1 + most)) * (1 if claim.violent else 0.5) * (1.5 if claim.id in contested else 1)
            weight = (1 - claim.confidence) * weight + (100 if said.conflicts else 0)
            waiting.append((-round(weight, 6), claim.document, claim.trigger.start, claim.id))
    return [claim for *_, claim in sorted(waiting)]


def check(store: SqliteStore) -> None:
    """Compare what SQL says with what claims and ledger say."""
    told = replayed(store)
    said = [one for _, read, reviews, _ in told for claim in read if (one := reviews.get(claim.id)) is not None]
    counts = store.review_counts()
    assert [item.claim.id for item in review.queue(store)] == expected_queue(store)
    assert counts.waiting == len(expected_queue(store))
    assert counts.claims == store.counts().claims == sum(len(read) for _, read, _, _ in told)
    assert counts.accepted == sum(one.status == "accepted" for one in said)
    assert counts.rejected == sum(one.status == "rejected" for one in said)
    assert counts.edited == sum(bool(one.edits) for one in said)
    standing = [claim for _, _, _, claims in told for claim in claims]
    assert by_document(store.claims()) == by_document(standing)
    assert all(store.claim(claim.id) == claim for claim in standing)
    listed = store.claim_keys(ClaimsWanted(stance="alleged"))
    assert {k.id for k in listed if k.state != "rejected"} == {c.id for c in standing if c.stance == "alleged"}
    lines = rows(store)
    with store.writing() as base:
        base.execute("DELETE FROM claim_line")
        fill_lines(base)
    assert rows(store) == lines, "made anew, the lines are the same"


def by_document(claims) -> dict[str, list[Claim]]:  # type: ignore[no-untyped-def]
    """Return claims by document, in their order."""
    found = {key: list(group) for key, group in groupby(claims, key=lambda claim: claim.document)}
    return {key: found[key] for key in sorted(found)}


def rows(store: SqliteStore) -> Sequence[tuple[object, ...]]:
    """Return all lines."""
    return [tuple(row) for row in store.connection.execute("SELECT * FROM claim_line ORDER BY document, start, id")]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 9)), max_size=10))
def test_lines_say_what_claims_and_ledger_say(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int]]
) -> None:
    """Read, decided, taken back, read again, grouped: after all of it the lines are those that a rebuild makes."""
    with open_store(str(tmp_path_factory.mktemp("case") / "a.case"), write=True) as store:
        add(store, TEXTS)
        check(store)
        for what, number in acts:
            try:
                act(store, what, number)
            except UsageError:
                continue  # nothing to undo, one incident only
            check(store)


def test_one_document_and_a_limit_cut_the_same_order(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "a.case"), write=True) as store:
        add(store, TEXTS)
        everything = review.queue(store)
        assert len(everything) == 6
        assert review.queue(store, limit=2) == everything[:2]
        assert review.queue(store, document="a") == [item for item in everything if item.claim.document == "a"]
