"""Decisions as entries of the ledger: on claims, on documents, on which claims tell of one happening; and undo."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Protocol

from reportedly.contract import claim_from, claim_json
from reportedly.errors import StoreError, UsageError
from reportedly.model.claim import Claim
from reportedly.model.ids import content_id
from reportedly.model.incident import IncidentRecord
from reportedly.model.judgement import Anchor, ClaimLink, Decision, Judgement
from reportedly.review.checks import check_written, checked_claim
from reportedly.store.base import Ledger, View
from reportedly.store.grouping import anchor_of

BY_PERSON = "person"


class Case(View, Ledger, Protocol):
    """What deciding needs: to look and to write into the ledger."""


@dataclass(frozen=True, slots=True)
class Coder:
    """Who decides. `seen` is the newest entry they had seen; None: they look at the newest. `blind`: second coder."""

    who: str
    seen: int | None = None
    blind: bool = False


def accept(case: Case, claim: str, coder: Coder, why: str = "") -> list[Judgement]:
    """Say that a claim is read rightly."""
    return _record(case, coder, [Decision("claim", "positive", _anchor(case, claim), why=why)])


def reject(case: Case, claim: str, coder: Coder, why: str = "") -> list[Judgement]:
    """Say that a claim is not in the text, or read wrongly beyond mending; it leaves incidents and exports."""
    return _record(case, coder, [Decision("claim", "negative", _anchor(case, claim), why=why)])


def change(case: Case, claim: str, fields: Mapping[str, Any], coder: Coder, why: str = "") -> list[Judgement]:
    """Change fields of a claim, given as the contract's JSON; accepts the claim. Raises UsageError for bad values."""
    found = _claim(case, claim)
    now: dict[str, Any] = dict(claim_json(case.standing(found.id) or found))
    unknown = sorted(set(fields) - set(now) - {"places"})
    fixed = sorted({"id", "found_by"} & set(fields))
    if unknown or fixed:
        raise UsageError(f"a claim has no field to change called `{(unknown or fixed)[0]}`")
    check_written(checked_claim({**now, **fields}, _text(case, found.document)), fields)
    before = {key: now.get(key) for key in fields}
    decision = Decision("claim", "positive", anchor_of(found), why=why, before=_dump(before), after=_dump(fields))
    return _record(case, coder, [decision])


def write(case: Case, document: str, body: Mapping[str, Any], coder: Coder, why: str = "") -> list[Judgement]:
    """Add a claim that the program did not read. `body` is the contract's claim without `id` and `found_by`."""
    words = {**body, "found_by": BY_PERSON, "confidence": 1.0, "id": ""}
    text = _text(case, document)
    shaped = checked_claim(words, text)
    check_written(shaped, shaped.keys())
    whole: dict[str, Any] = dict(shaped)
    whole["id"] = content_id("clm", document, _dump(whole), str(case.newest()))
    claim = claim_from(whole, document)  # type: ignore[arg-type]
    return _record(case, coder, [Decision("added", "positive", anchor_of(claim), why=why, after=_dump(whole))])


def comment(case: Case, claim: str, words: str, coder: Coder) -> list[Judgement]:
    """Keep a remark beside a claim."""
    return _record(case, coder, [Decision("comment", "unsure", _anchor(case, claim), why=words)])


def finish(case: Case, document: str, coder: Coder, *, finished: bool = True) -> list[Judgement]:
    """Say that the review of a document is finished, or open again."""
    stored = case.document(document)
    if stored is None:
        raise StoreError(f"no document `{document}` in the case")
    anchor = Anchor("", stored.document.id, 0, "")
    return _record(case, coder, [Decision("document", "positive" if finished else "negative", anchor)])


def link(case: Case, left: str, right: str, relation: ClaimLink, coder: Coder, why: str = "") -> list[Judgement]:
    """Say how one claim stands to another: it contradicts, repeats, updates, includes ... it."""
    ends = _anchor(case, left), _anchor(case, right)
    return _record(case, coder, [Decision("link", "positive", *ends, why=why, after=_dump({"relation": relation}))])


def merge(case: Case, one: str, other: str, coder: Coder, why: str = "") -> list[Judgement]:
    """Say that two incidents are one: all their claims tell of one happening."""
    first, second = _incident(case, one), _incident(case, other)
    if first.id == second.id:
        raise UsageError(f"{one} and {other} are one incident already")
    anchors = _anchors(case, chain(_members(case, first), _members(case, second)))
    return _record(case, coder, _tied(anchors, why))


def split(case: Case, incident: str, claims: Sequence[str], coder: Coder, why: str = "") -> list[Judgement]:
    """Say that some claims of an incident tell of another happening; they leave it together."""
    record = _incident(case, incident)
    leaving, members = list(dict.fromkeys(claims)), _members(case, record)
    foreign = [claim for claim in leaving if claim not in members]
    if foreign:
        raise UsageError(
            f"{foreign[0]} is no claim of {record.id}", hint=f"see: reportedly show CASE incident {incident}"
        )
    staying = [claim for claim in members if claim not in leaving]
    if not leaving or not staying:
        raise UsageError("a split leaves claims on both sides", hint="name some claims of the incident, not all")
    gone, kept = _anchors(case, leaving), _anchors(case, staying)
    apart = [Decision("same_incident", "negative", gone[0], kept[0], why)]
    return _record(case, coder, [*_tied(gone, why), *_tied(kept, why), *apart])


def undo(case: Case, coder: Coder, entry: int | None = None, why: str = "") -> int:
    """Take back an entry with its gesture, or the newest that the coder made; return which."""
    found = entry if entry is not None else case.undoable(coder.who)
    if found is None:
        raise UsageError("nothing to undo", hint="list the entries with: reportedly log CASE")
    case.undo(found, who=coder.who, why=why)
    return found


def redo(case: Case, coder: Coder) -> int:
    """Take back the coder's newest undo; return which. Raises UsageError when there is none after the last decision."""
    found = case.redoable(coder.who)
    if found is None:
        raise UsageError("nothing to redo")
    case.undo(found, who=coder.who)
    return found


# ------------------------------------------------------------------------------------------- helpers


def _record(case: Case, coder: Coder, decisions: Sequence[Decision]) -> list[Judgement]:
    return case.record(decisions, who=coder.who, seen=coder.seen, blind=coder.blind)


def _tied(anchors: Sequence[Anchor], why: str) -> list[Decision]:
    """One happening: each claim tied to the first."""
    return [Decision("same_incident", "positive", anchors[0], other, why) for other in anchors[1:]]


def _anchors(case: Case, claims: Iterable[str]) -> list[Anchor]:
    return [_anchor(case, claim) for claim in dict.fromkeys(claims)]


def _anchor(case: Case, claim: str) -> Anchor:
    return anchor_of(_claim(case, claim))


def _claim(case: Case, claim: str) -> Claim:
    found = case.claim(claim, as_read=True)
    if found is None:
        raise StoreError(f"no claim {claim} in the case", hint="name a claim that `reportedly show` lists")
    return found


def _incident(case: Case, incident: str) -> IncidentRecord:
    found = case.incident(incident)
    if found is None:
        raise StoreError(f"no incident {incident} in the case", hint="list them with: reportedly incidents CASE")
    return found


def _members(case: Case, record: IncidentRecord) -> list[str]:
    """The claims of an incident; without those that went since it was grouped, such as a written one taken back."""
    return [claim for claim in record.claims if case.claim(claim, as_read=True) is not None]


def _text(case: Case, document: str) -> str:
    stored = case.document(document)
    if stored is None:
        raise StoreError(f"no document `{document}` in the case")
    return stored.document.text


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
