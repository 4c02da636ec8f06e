"""Write the PLOVER records of an incident: one for each event that its claims tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from reportedly.codebooks.engine import Reading, Readings, fill
from reportedly.codebooks.facts import (
    Facts,
    actor_name,
    ask_role,
    claimant_name,
    distinct,
    most_certain,
    when_claims,
    when_words,
)
from reportedly.codebooks.plover.events import Act, modes_of, read_act, score_of
from reportedly.codebooks.rows import Coding, CodingWarning, Row, build_row, notes_of
from reportedly.model import ActorRef, Claim, Outcome, PlaceRef

Told = list[tuple[Claim, Act]]


def code_plover(facts: Facts) -> Coding:
    """The incident's records, and a warning for each claim that gives none."""
    groups: dict[tuple[str, tuple[str, ...]], Told] = {}
    warnings: list[str] = []
    for claim in facts.claims:
        act = None if claim.aggregate else read_act(facts.book, claim)
        if act is None:
            why = "a summary over a period or many places" if claim.aggregate else "PLOVER records no such act"
            warnings.append(f"claim {claim.id} ({claim.event_type}) gives no record: {why}")
        else:
            groups.setdefault(act.key, []).append((claim, act))
    events, plain = {event for event, _ in groups}, {event for event, marks in groups if not marks}
    dropped = {e for e, by in facts.book.tables["dropped"].items() if e in events and by in plain}
    warnings += [f"{event} is left out: the same text reports the act itself" for event in sorted(dropped)]
    rows = [_record(facts, told) for (event, _), told in groups.items() if event not in dropped]
    warnings += [note for row in rows for note in notes_of(row)]
    return Coding(tuple(rows), tuple(CodingWarning(facts.record.id, facts.book.name, note) for note in warnings))


def _record(facts: Facts, told: Told) -> Row:
    claims, acts = [claim for claim, _ in told], [act for _, act in told]
    lead = most_certain(claims)
    event = acts[0].event
    readings = _readings(facts, event, claims, acts, lead)
    certainty = lead.confidence
    for mode in acts[0].auxiliary:
        certainty *= facts.book.tables["doubt"].get(mode, 1.0)
    return build_row(fill(facts.book, readings), claims, certainty, _missing(facts, event, readings))


def _readings(
    facts: Facts, event: str, claims: Sequence[Claim], acts: Sequence[Act], lead: Claim
) -> dict[str, Reading]:
    ids, modes = tuple(claim.id for claim in claims), modes_of(acts)
    triggers = tuple(claim.trigger.quote for claim in claims)
    place, own = facts.record.place, (lead.id,)
    mode_rule = "plover.mode.auxiliary" if acts[0].auxiliary else "plover.mode"
    cite = _cite(facts, lead)
    return {
        "id": Reading("-".join((facts.record.id, event.lower(), *acts[0].auxiliary))),
        "event": Reading([event], ids, triggers, acts[0].rule),
        "mode": Reading(modes, ids, triggers, mode_rule),
        "quad": Reading(facts.book.tables["events"][event]["quad"], ids),
        "scale": Reading(score_of(facts.book, event, modes), ids),
        "context": Reading(_contexts(facts, claims), ids),
        "event_loc": Reading(_location(facts), ids if place else (), (place.span.quote,) if place else ()),
        "event_text": Reading(lead.trigger.quote, own, (lead.trigger.quote,)),
        "cite_info": Reading(cite, own),
        "link": Reading(cite["url"], own),
        "text_info": Reading({"start": lead.content.start, "end": lead.content.end}, own),
        "coder": Reading(lead.found_by, own),
        "comment": Reading(_comment(claims), ids),
        **_dates(facts),
        **_parties(facts, event, claims),
        **_sizes(lead),
    }


def _missing(facts: Facts, event: str, readings: Readings) -> list[str]:
    """What PLOVER asks for and the text does not give."""
    notes = []
    if readings["date"].value is None:
        told = f"; the text says {facts.record.when.edtf}" if facts.record.when else ""
        notes.append(f"the day is not known: `date` is null{told}")
    if not readings["actor"].value:
        notes.append("nobody is named as actor")
    if facts.book.tables["events"][event]["recipient"] and not readings["recipient"].value:
        notes.append(f"{event} needs a recipient and none is named")
    return notes


def _dates(facts: Facts) -> dict[str, Reading]:
    when = facts.when
    if when is None or when.earliest is None:
        return {"date": Reading(None), "enddate": Reading(None)}
    end = when.latest if when.latest and when.latest != when.earliest else None
    claims, words = when_claims(facts), when_words(facts)
    return {
        "date": Reading(when.earliest.isoformat(), claims, words),
        "enddate": Reading(end.isoformat() if end else None, claims, words),
    }


def _parties(facts: Facts, event: str, claims: Sequence[Claim]) -> dict[str, Reading]:
    """`actor` and `recipient` by the claims, with the book's rules for two-sided violence and for those who suffer."""
    ids = tuple(claim.id for claim in claims)
    harm = facts.book.tables["mere_harm"]
    telling = [claim for claim in claims if claim.event_type not in harm] or claims
    types = {claim.event_type for claim in telling}
    fought = types <= set(facts.book.tables["two_sided"])
    did = distinct(actor for claim in (telling if fought else claims) for actor in claim.initiators)
    met = distinct(actor for claim in (telling if fought else claims) for actor in claim.targets)
    rule = "plover.actor"
    if fought:
        did, met, rule = distinct((*did, *met)), (), "plover.actor.two_sided"
    elif types <= set(facts.book.tables["suffered"]):
        did, met, rule = met, did, "plover.actor.suffered"
    because = "plover.recipient" if rule == "plover.actor" else rule
    if rule == "plover.actor" and all(actor.kind == "facility" for actor in met):
        harmed = _harmed(claims)
        met, because = distinct((*met, *harmed)), "plover.recipient.harmed" if harmed else because
    found = _entities(facts, met)
    if not found and rule != "plover.actor.two_sided" and _done_there(facts, event, claims):
        found, because = _people_there(facts), "plover.recipient.place"
    actors = tuple(actor.span.quote for actor in did)
    recipients = tuple(str(one["entity_text"]) for one in found)
    return {
        "actor": Reading(_entities(facts, did), ids, actors, rule),
        "recipient": Reading(found, ids, recipients, because),
    }


def _done_there(facts: Facts, event: str, claims: Iterable[Claim]) -> bool:
    """Tell whether the event, or the one that is planned, is done to the people of a place."""
    kinds = {str(entry["event"]) for claim in claims if (entry := facts.book.crosswalk(claim.event_type))}
    return not {event, *(kinds if event in _MEANT else ())}.isdisjoint(facts.book.tables["recipient_place"])


_MEANT = frozenset({"AGREE", "THREATEN"})


def _harmed(claims: Iterable[Claim]) -> list[ActorRef]:
    """Whom the claims count as killed, hurt, taken or driven away; not those who let themselves be freed."""
    tolls = (toll for claim in claims for toll in claim.tolls if toll.outcome != "released" and toll.part_of is None)
    return [toll.victims for toll in tolls if toll.victims is not None and toll.high != 0]


def _people_there(facts: Facts) -> list[dict[str, Any]]:
    """The people of the place where it was done, for an act that names no other recipient; none without a place."""
    place = facts.record.place
    if place is None:
        return []
    country = facts.book.countries.get(place.country or "")
    return [
        {
            "code": country.iso3 if country else None,
            "sector": facts.book.tables["sectors"]["civilians"],
            "entity_text": place.span.quote,
            "identifier_text": place.name or place.span.quote,
        }
    ]


def _entities(facts: Facts, actors: Iterable[ActorRef]) -> list[dict[str, Any]]:
    return [_entity(facts, actor) for actor in actors]


def _entity(facts: Facts, actor: ActorRef) -> dict[str, Any]:
    country = facts.book.countries.get(actor.country or "")
    beyond = facts.book.tables["beyond_countries"].get(actor.kind)
    own = (
        ask_role(actor, facts.book.tables["roles"]) if beyond is None else None
    )  # "the African UNION" is none of workers
    sector = own or facts.book.tables["sectors"].get(actor.kind)
    return {
        "code": beyond or (country.iso3 if country else None),
        "sector": sector,
        "entity_text": actor.span.quote,
        "identifier_text": actor_name(actor),
    }


def _location(facts: Facts) -> dict[str, Any] | None:
    place = facts.record.place
    if place is None:
        return None
    country = facts.book.countries.get(place.country or "")
    return {
        "extracted_place": place.span.quote,
        "resolved_place": place.name if facts.place else None,
        "lat": place.lat,
        "lon": place.lon,
        "province": place.admin1,
        "country": country.name if country else None,
        "country_code": country.iso3 if country else None,
        "resolution": _resolution(facts, place),
    }


def _resolution(facts: Facts, place: PlaceRef) -> int | None:
    level: int | None = facts.book.tables["resolution"].get(place.precision)
    return level


def _sizes(lead: Claim) -> dict[str, Reading]:
    columns: dict[str, Outcome] = {"dead": "killed", "injured": "injured", "arrested": "detained"}
    return {column: _size(lead, outcome) for column, outcome in columns.items()}


def _size(lead: Claim, outcome: Outcome) -> Reading:
    """The claimant's figure, parts left out; None where the words give no number."""
    whole = {toll.id for toll in lead.tolls if toll.outcome == outcome}
    tolls = [t for t in lead.tolls if t.outcome == outcome and not t.superseded and t.part_of not in whole]
    known = [n for t in tolls for n in [t.best if t.best is not None else t.low] if n is not None]
    stated = bool(known) and not any(t.qualifier == "vague" for t in tolls)
    words = tuple(toll.span.quote for toll in tolls)
    return Reading(sum(known) if stated else None, (lead.id,) if tolls else (), words)


def _contexts(facts: Facts, claims: Sequence[Claim]) -> list[str]:
    found = (facts.book.longest("contexts", claim.event_type) for claim in claims)
    return list(dict.fromkeys(context for context in found if context))


def _cite(facts: Facts, lead: Claim) -> dict[str, Any]:
    document = facts.documents.get(lead.document)
    known = {
        "url": document.url if document else None,
        "title": document.title if document else None,
        "publication": document.publisher if document else None,
    }
    return {"citation": lead.document, **known, "codebook": facts.book.title, "version": facts.book.version}


def _comment(claims: Sequence[Claim]) -> str | None:
    """Hedges and attempts that PLOVER has no field for."""
    told = [f"{claimant_name(c)}: {c.stance}" for c in claims if c.stance not in ("asserted", "denied")]
    told += ["attempt" for claim in claims if claim.modality == "attempted"]
    return "; ".join(dict.fromkeys(told)) or None
