"""Documents, incidents and actors of a case in words and in JSON, as `show` and `demo` print them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from reportedly.cli.context import calm
from reportedly.contract import claim_json, document_json, incident_json, relation_json, toll_json
from reportedly.exports.scope import by_day
from reportedly.exports.words import (
    Outlets,
    actor_words,
    cell_head,
    figure_line,
    figure_words,
    names,
    place_words,
    precision_words,
    sides_words,
    type_words,
    when_words,
)
from reportedly.model.claim import Claim
from reportedly.model.incident import Comparison, IncidentRecord
from reportedly.model.toll import Toll
from reportedly.network.graph import Dyad, NameUse
from reportedly.network.profile import Profile, profile_json
from reportedly.network.svg import killed_words
from reportedly.store.answers import ActorSeen, StoredDocument
from reportedly.store.base import View

if TYPE_CHECKING:
    from rich.table import Table

# Event types by their keys in plain words; a type without a label is written as its key.
Labels = Mapping[str, str]
_NO_LABELS: Labels = MappingProxyType({})


def incident_table(records: Iterable[IncidentRecord], outlets: Outlets) -> Table:
    """Return incidents as a table: when, where, who, tolls by claimant, contested or not."""
    from rich.table import Table
    from rich.text import Text

    table = Table(show_lines=True, expand=True)
    for head, share in (("when", 3), ("where", 4), ("who", 5), ("toll, by claimant", 9)):
        table.add_column(head, ratio=share, overflow="fold")
    table.add_column("status", no_wrap=True, width=9)
    for record in sorted(records, key=by_day):
        status = Text(record.status, style="bold red" if record.status == "contested" else "")
        table.add_row(
            Text(when_words(record.when)),
            Text(calm(place_words(record.place))),
            Text(calm(sides_words(record))),
            Text(calm("\n".join(toll_lines(record, outlets))) or "no figure given"),
            status,
        )
    return table


def toll_lines(record: IncidentRecord, outlets: Outlets) -> Iterator[str]:
    """Yield a record's figures, one line for each outcome and victim group."""
    for cell in record.tolls:
        figures = "; ".join(figure_line(figure, outlets) for figure in cell.by)
        yield f"{cell_head(cell)}: {figures}"


def incident_lines(view: View, record: IncidentRecord, labels: Labels = _NO_LABELS) -> Iterator[str]:
    """Yield what an incident looks like, every figure with its teller and its words."""
    yield f"{record.title}"
    yield f"  id       {record.id}"
    yield f"  what     {', '.join(_label(kind, labels) for kind in record.event_types)}"
    yield f"  when     {when_words(record.when)} ({precision_words(record.when)})"
    yield f"  where    {place_words(record.place)}"
    for side in record.sides:
        yield f"  side     {names(side) or 'unknown'}"
    yield f"  status   {record.status}; {record.origins} independent origin{'s' * (record.origins != 1)}"
    yield from (f"  toll     {line}" for line in _cells(record, _outlets(view, record)))
    for claim in filter(None, (view.claim(member) for member in record.claims)):
        yield f"  {claim.document}, {claim.id}: {claim_line(claim, labels)}"
        yield f"      “{' '.join(claim.content.quote.split())}”"


def _outlets(view: View, record: IncidentRecord) -> Outlets:
    found = ((key, view.document(key)) for key in record.documents)
    return {key: stored.document.publisher for key, stored in found if stored}


def _cells(record: IncidentRecord, outlets: Outlets) -> Iterator[str]:
    for cell in record.tolls:
        yield f"{cell_head(cell)}: {figure_words(cell.low, cell.high)} [{cell.status}]"
        yield from (f"    {figure_line(figure, outlets)}  ({figure.document})" for figure in cell.by)


def _label(event_type: str, labels: Labels) -> str:
    return labels.get(event_type) or type_words(event_type)


def claim_line(claim: Claim, labels: Labels = _NO_LABELS) -> str:
    """Return what a claim says on one line: event, teller, sides, tolls."""
    teller = actor_words(claim.claimant) if claim.claimant else "the outlet"
    parts = [_label(claim.event_type, labels), f"{claim.stance} by {teller}"]
    if claim.modality != "actual":
        parts.append(claim.modality)
    parts += [f"{names(claim.initiators) or 'unknown'} → {names(claim.targets) or 'unknown'}"]
    parts += map(_toll, claim.tolls)
    return "; ".join(parts)


def document_lines(view: View, stored: StoredDocument, labels: Labels = _NO_LABELS) -> Iterator[str]:
    """Yield a document's circumstances and its claims with their words."""
    document = stored.document
    yield document.title or document.id
    yield f"  id         {document.id} (doc {stored.number}, version {stored.version})"
    yield f"  publisher  {document.publisher or 'unknown'}; published {document.published or 'unknown'}"
    yield f"  url        {document.url or 'unknown'}"
    share = document.preview.stated_share if document.preview else None
    stated = f", states {share:.0%} of the article" if share else ""
    yield f"  access     {document.access}{stated}; {document.words} words; sha256 {document.sha256}"
    for defect in document.defects:
        kind, note = defect.kind.replace("_", " "), f": {defect.note}" if defect.note else ""
        yield f"  defect     {kind} at {defect.start}–{defect.end}{note}"
    for claim in view.claims(document.id):
        yield f"  {claim.id}: {claim_line(claim, labels)}; {when_words(claim.when)}; {place_words(claim.place)}"
        yield f"      “{' '.join(claim.content.quote.split())}”"
    for _, relation in view.relations(document.id):
        ends = f"{actor_words(relation.source)} {relation.kind.replace('_', ' ')} {actor_words(relation.target)}"
        yield f"  relation   {ends} ({relation.stance}; “{relation.cue.quote}”)"
    for item in view.rejected(document.id):
        yield f"  rejected   “{item.quote}”: {item.reason}"


def document_object(view: View, stored: StoredDocument) -> dict[str, object]:
    """Return a document with all that was read out of it, the contract's objects inside."""
    document = stored.document
    return {
        "document": document_json(document, relevant=stored.relevant),
        "number": stored.number,
        "version": stored.version,
        "superseded": stored.superseded,
        "claims": [claim_json(claim) for claim in view.claims(document.id)],
        "relations": [relation_json(relation) for _, relation in view.relations(document.id)],
        "text": document.text,
    }


def relation_lines(relations: Iterable[Comparison], claims: Iterable[Claim]) -> Iterator[str]:
    """Yield how the claims of an incident stand to each other; what agrees goes without saying."""
    tellers = {c.id: actor_words(c.claimant) if c.claimant else f"the outlet ({c.document})" for c in claims}
    for found in relations:
        if found.kind != "agreement":
            left = tellers[found.left] + _toll_words(found.left_toll)
            right = tellers[found.right] + _toll_words(found.right_toll)
            yield f"  {found.kind.replace('_', ' ')}: {left}; {right}: {found.reason}"


def _toll_words(toll: Toll | None) -> str:
    return "" if toll is None else f", {_toll(toll)}"


def _toll(toll: Toll) -> str:
    return f"{toll.outcome.replace('_', ' ')} {figure_words(toll.low, toll.high, toll.qualifier)}"


def _comparison_object(found: Comparison) -> dict[str, object]:
    tolls = (found.left_toll, found.right_toll)
    left, right = (toll_json(toll) if toll is not None else None for toll in tolls)
    ends = {"left": found.left, "right": found.right, "left_toll": left, "right_toll": right}
    return {"kind": found.kind, **ends, "reason": found.reason}


def incident_object(view: View, record: IncidentRecord, relations: Iterable[Comparison] = ()) -> dict[str, object]:
    """Return an incident with its claims and how they stand to each other, the contract's objects inside."""
    members = filter(None, (view.claim(member) for member in record.claims))
    claims = [{"document": claim.document, **claim_json(claim)} for claim in members]
    compared = [_comparison_object(found) for found in relations]
    return {"incident": incident_json(record), "claims": claims, "relations": compared}


def actor_lines(view: View, seen: ActorSeen, found: Profile | None, labels: Labels = _NO_LABELS) -> Iterator[str]:
    """Yield an actor's names over time, its dyads, who quotes it, its claims by slot, incidents and relations."""
    yield seen.id
    if found is None:
        yield f"  names      {'; '.join(seen.names)}"
    else:
        yield from _profile_lines(found)
    for slot, member in seen.claims:
        if claim := view.claim(member):
            yield f"  {slot:<10} {claim.document}: {claim_line(claim, labels)}"
    for incident in seen.incidents:
        if record := view.incident(incident):
            yield f"  incident   {record.id}: {record.title}"
    for document, relation in view.relations():
        if seen.id in (relation.source.actor_id, relation.target.actor_id):
            ends = f"{actor_words(relation.source)} {relation.kind.replace('_', ' ')} {actor_words(relation.target)}"
            yield f"  relation   {document}: {ends}"


def _profile_lines(found: Profile) -> Iterator[str]:
    node, identity = found.node, found.node.identity
    yield f"  name       {node.label} ({node.kind.replace('_', ' ')}{f', {node.country}' if node.country else ''})"
    for name in identity.names if identity else ():
        yield f"  was        {name.name}, {name.since or '?'} to {name.until or 'now'}"
    for tie in identity.ties if identity else ():
        yield f"  is         {tie.kind.replace('_', ' ')} {tie.name}{f' since {tie.since}' if tie.since else ''}"
    for use in node.uses:
        on_date = f"; on that date {use.on_date}" if use.on_date and use.on_date != node.label else ""
        yield f"  in texts   “{use.words}” {use.times}×{_days(use)}{on_date}"
    for dyad in found.dyads:
        yield f"  dyad       {dyad.name} ({dyad.violence}): {dyad_words(dyad)}"
    for outlet, claims in found.quoted_by:
        yield f"  quoted by  {outlet}: {claims}"
    for teller, claims in found.quoted_through:
        yield f"  through    {teller}: {claims}"


def _days(use: NameUse) -> str:
    if use.first is None:
        return ""
    return f", {use.first}" if use.first == use.last else f", {use.first} to {use.last}"


def dyad_words(dyad: Dyad) -> str:
    """Return a dyad's incidents and deaths by year, with what passes UCDP's threshold."""
    total = f"{len(dyad.incidents)} incident{'s' * (len(dyad.incidents) != 1)}"
    marks = {"active": " (active)", "possible": " (active by the highest figures)", "below": ""}
    years = [f"{year.year} killed {killed_words(year.killed)}{marks[year.activity]}" for year in dyad.years]
    return "; ".join([total, *years])


def actor_object(view: View, seen: ActorSeen, found: Profile | None) -> dict[str, object]:
    """Return what the case says about an actor."""
    ties = [
        {"document": document, **relation_json(relation)}
        for document, relation in view.relations()
        if seen.id in (relation.source.actor_id, relation.target.actor_id)
    ]
    return {
        "actor_id": seen.id,
        "names": list(seen.names),
        "claims": [{"slot": slot, "claim": claim} for slot, claim in seen.claims],
        "incidents": list(seen.incidents),
        "relations": ties,
        "profile": profile_json(found) if found else None,
    }
