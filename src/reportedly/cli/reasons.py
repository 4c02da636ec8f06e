"""Why claims form an incident, as `reportedly explain CASE incident ID` prints it, in words and in JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from reportedly.cli.view import claim_line
from reportedly.contract import SCHEMA_VERSION, dumps
from reportedly.errors import ReportedlyError
from reportedly.model.claim import Claim
from reportedly.model.incident import IncidentRecord
from reportedly.store import SqliteStore

if TYPE_CHECKING:
    from reportedly.grouper import Grouper
    from reportedly.incidents.features import PairScore
    from reportedly.incidents.reasons import Link, Nearest, Reasons


def incident_reasons(store: SqliteStore, key: str, grouper: Grouper, json: bool) -> Iterator[str]:
    """Yield the lines of the explanation of one incident; as JSON one line."""
    record = store.incident(key)
    if record is None:
        raise ReportedlyError(
            f"no incident `{key}` in the case", where=store.name, hint="list them with: reportedly incidents CASE"
        )
    reasons, known = gathered(store, record, grouper)
    return iter([dumps(_object(record, reasons))]) if json else _lines(store, record, reasons, known)


def gathered(store: SqliteStore, record: IncidentRecord, grouper: Grouper) -> tuple[Reasons, dict[str, Claim]]:
    """Return why an incident's claims belong together, with all claims that were compared, by id."""
    claims = {c.id: c for c in _claims(store, record)}
    others = {other.id: _claims(store, other) for other in _around(store, record, grouper, list(claims.values()))}
    known = claims | {c.id: c for those in others.values() for c in those}
    facts = store.facts({c.document for c in known.values()})
    return grouper.reasons(claims.values(), others, facts), known


def _claims(store: SqliteStore, record: IncidentRecord) -> list[Claim]:
    members = set(record.claims)
    return [claim for document in record.documents for claim in store.claims(document) if claim.id in members]


def _around(
    store: SqliteStore, record: IncidentRecord, grouper: Grouper, claims: list[Claim]
) -> Iterator[IncidentRecord]:
    """The other incidents whose claims are compared with this one's."""
    facts = store.facts(record.documents)
    documents = set(record.documents) | set(store.sharing(sorted(set(grouper.keys(claims, facts)))))
    for name in sorted(store.incidents_of(documents) - {record.id}):
        other = store.incident(name)
        assert other is not None, "the case names it"
        yield other


# ------------------------------------------------------------------------------------------------- for people


def _lines(store: SqliteStore, record: IncidentRecord, reasons: Reasons, claims: Mapping[str, Claim]) -> Iterator[str]:
    yield f"{record.id}: {record.title}"
    if not reasons.links:
        yield "  one claim alone"
        yield f"    {_words(claims[record.claims[0]])}"
    for link in reasons.links:
        yield f"  {_words(claims[link.claim])}"
        yield f"    {'follows' if link.follows else 'with'} {_words(claims[link.other])}"
        yield f"    {_features(link.score)}"
    if reasons.nearest is None:
        yield "  no other incident is near"
        return
    yield from _nearest_lines(store, reasons.nearest, claims)


def _nearest_lines(store: SqliteStore, nearest: Nearest, claims: Mapping[str, Claim]) -> Iterator[str]:
    other = store.incident(nearest.incident)
    yield f"  nearest other: {nearest.incident}{': ' + other.title if other else ''}"
    yield f"    {_words(claims[nearest.link.claim])}"
    yield f"    with {_words(claims[nearest.link.other])}"
    yield f"    {_features(nearest.link.score)}"
    if nearest.forbidding:
        yield f"    not the same: {'; '.join(f.name for f in nearest.forbidding)}"
    else:
        yield (
            f"    not the same: the average pair scores {nearest.average:.1f}, {nearest.needed:.1f} would be needed, or"
            " people keep them apart"
        )


def _words(claim: Claim) -> str:
    return f"{claim.document}: “{' '.join(claim.trigger.quote.split())}” ({claim_line(claim)})"


def _features(score: PairScore) -> str:
    told = [f for f in score.features if f.weight or f.forbids]
    parts = [f"{f.name} {f.weight:+.1f}{' (forbids)' if f.forbids else ''}" for f in told]
    return f"{'; '.join(parts) or 'nothing in common'}: {score.total:.1f} in all"


# ------------------------------------------------------------------------------------------------- for programs


def _object(record: IncidentRecord, reasons: Reasons) -> dict[str, object]:
    near = reasons.nearest
    return {
        "schema_version": SCHEMA_VERSION,
        "incident": record.id,
        "claims": [_link(link) for link in reasons.links],
        "nearest": near
        and {
            "incident": near.incident,
            **_link(near.link),
            "average": round(near.average, 3),
            "needed": near.needed,
            "forbidding": [f.name for f in near.forbidding],
        },
    }


def _link(link: Link) -> dict[str, object]:
    features = [{"feature": f.name, "weight": f.weight, "forbids": f.forbids} for f in link.score.features]
    return {
        "claim": link.claim,
        "with": link.other,
        "follows": link.follows,
        "features": features,
        "total": round(link.score.total, 3),
    }
