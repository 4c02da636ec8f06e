"""Actors: the list, and one actor: its names over time, whom it stands against and beside, who quotes it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from reportedly.app.desk import Desk, KnownActor
from reportedly.app.pages import csv_answer, desk_of, json_answer, page
from reportedly.app.paging import Paging, read_paging
from reportedly.contract import relation_json
from reportedly.exports.words import actor_words
from reportedly.model.actor import ActorRef
from reportedly.model.claim import Claim
from reportedly.model.incident import IncidentRecord
from reportedly.model.relation import Relation
from reportedly.store import SqliteStore
from reportedly.store.answers import ActorLine, ActorSeen, DocumentLine, DocumentsWanted

router = APIRouter()
COLUMNS = ("id", "name", "claims", "told")
# Incidents and claims that the page of an actor lists; all of them are a link away.
SHOWN = 100


@dataclass(frozen=True, slots=True)
class NameUse:
    """Words for an actor in texts: how often, and for happenings from when to when (ISO, None where undated)."""

    words: str
    on_date: str | None
    times: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Other:
    """Another actor of the same incidents."""

    id: str
    name: str
    incidents: int
    contested: int


@dataclass(frozen=True, slots=True)
class Profile:
    """An actor as the case shows it."""

    seen: ActorSeen
    known: KnownActor | None
    names: tuple[NameUse, ...]
    against: tuple[Other, ...]
    beside: tuple[Other, ...]
    incidents: tuple[IncidentRecord, ...]
    outlets: tuple[tuple[str, int], ...]
    through: tuple[tuple[str, int], ...]
    slots: Mapping[str, int]
    ties: tuple[tuple[DocumentLine, Relation], ...]

    @property
    def claims(self) -> int:
        """In how many claims it is."""
        return len({claim for _, claim in self.seen.claims})

    @property
    def name(self) -> str:
        """The canonical name, else a name of the case."""
        return self.known.name if self.known else (self.seen.names[0] if self.seen.names else self.seen.id)


@router.get("/actors.json", tags=["actors"], summary="Actors that the case names, most claims first.")
def actors_json(request: Request) -> Response:
    """List actors; `known=0` those of whom only the words are known, `q` words of a name."""
    desk = desk_of(request)
    with desk.view() as view:
        paging, shown = _listed(desk, view, request)
    found = [{key: getattr(line, key) for key in COLUMNS} for line in shown]
    return json_answer({"total": paging.total, "page": paging.page, "pages": paging.pages, "actors": found})


@router.get("/actors.csv", include_in_schema=False)
def actors_csv(request: Request) -> Response:
    """List all of them as a table."""
    desk = desk_of(request)
    with desk.view() as view:
        rows = [{key: getattr(line, key) for key in COLUMNS} for line in _lines(desk, view, request)]
    return csv_answer(COLUMNS, rows, "actors.csv")


@router.get("/actors", include_in_schema=False)
def actors(request: Request) -> Response:
    """Show the list."""
    desk = desk_of(request)
    with desk.view() as view:
        paging, shown = _listed(desk, view, request)
    known = {line.id: desk.rooms.identity(line.id) for line in shown}
    query = request.query_params
    return page(
        request,
        "actors.html",
        title="Actors",
        paging=paging,
        lines=shown,
        known=known,
        q=query.get("q", ""),
        named=query.get("known", "1") != "0",
    )


def _listed(desk: Desk, view: SqliteStore, request: Request) -> tuple[Paging, Sequence[ActorLine]]:
    found = _lines(desk, view, request)
    paging = read_paging(request.query_params, len(found))
    return paging, paging.cut(found)


def _lines(desk: Desk, view: SqliteStore, request: Request) -> list[ActorLine]:
    query = request.query_params
    return actor_lines(desk, view, query.get("q", ""), known=query.get("known", "1") != "0")


def actor_lines(desk: Desk, view: SqliteStore, words: str, *, known: bool) -> list[ActorLine]:
    """Return actors of whom one name holds all the words. Counted once, until documents are read."""
    name = "actors" if known else "words for actors"
    everyone = desk.remember(name, view.readings(), lambda: view.actor_lines(known=known))
    return [line for line in everyone if line.is_called(words)] if words.strip() else everyone


@router.get("/actors/{actor:path}.json", tags=["actors"], summary="One actor, by id or by name.")
def actor_as_json(request: Request, actor: str) -> Response:
    """Return an actor as the case shows it."""
    desk = desk_of(request)
    with desk.view() as view:
        found = _known(desk, view, actor)
    return json_answer(_json(found))


@router.get("/actors/{actor:path}", include_in_schema=False)
def actor(request: Request, actor: str) -> Response:
    """Show an actor."""
    desk = desk_of(request)
    with desk.view() as view:
        found = _known(desk, view, actor)
    return page(request, "actor.html", title=found.name, actor=found, shown=SHOWN)


def _known(desk: Desk, view: SqliteStore, actor: str) -> Profile:
    """Return an actor's profile; the one asked for last is kept until the case changes."""
    return desk.remember("actor", (view.state(), actor), lambda: profile(view, actor, desk.rooms.identity(actor)))


def profile(view: SqliteStore, actor: str, known: KnownActor | None) -> Profile:
    """Return what the case says about an actor, by id or by name; 404 where it says nothing."""
    seen = view.actor(actor)
    if seen is None:
        raise HTTPException(404, f"There is no actor {actor} in the case.")
    claims = {key: claim for _, key in seen.claims if (claim := view.claim(key)) is not None}
    records = [record for key in seen.incidents if (record := view.incident(key)) is not None]
    told = [claims[key] for slot, key in seen.claims if slot == "claimant" and key in claims]
    relations = view.ties(seen.id)
    wanted = frozenset([*(claim.document for claim in told), *(document for document, _ in relations)])
    documents = {line.id: line for line in view.document_lines(DocumentsWanted(only=wanted))}
    outlets = Counter(documents[claim.document].publisher or "unknown publisher" for claim in told)
    through = Counter(actor_words(ref) for claim in told for ref in claim.attribution[:-1])
    return Profile(
        seen=seen,
        known=known,
        names=tuple(_names(seen, claims.values())),
        against=tuple(_others(seen, records, opposite=True)),
        beside=tuple(_others(seen, records, opposite=False)),
        incidents=tuple(sorted(records, key=_day)),
        outlets=_ranked(outlets),
        through=_ranked(through),
        slots=Counter(slot for slot, _ in seen.claims),
        ties=tuple((documents[document], relation) for document, relation in relations),
    )


def _ranked(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _day(record: IncidentRecord) -> tuple[str, str]:
    when = record.when
    known = (when.earliest or when.latest) if when else None
    return (known.isoformat() if known else "9999", record.id)


def _is(seen: ActorSeen, ref: ActorRef) -> bool:
    return ref.actor_id == seen.id or (ref.actor_id is None and actor_words(ref).casefold() == seen.id.casefold())


def _names(seen: ActorSeen, claims: Iterable[Claim]) -> Iterator[NameUse]:
    """Yield the words that texts use, each with the name that was valid then, by the first day of a happening."""
    uses: defaultdict[tuple[str, str | None], list[str]] = defaultdict(list)
    times: Counter[tuple[str, str | None]] = Counter()
    for claim in claims:
        when = claim.when
        day = when.earliest.isoformat() if when is not None and when.earliest else None
        for _, ref in claim.slots():
            if _is(seen, ref):
                key = ref.span.quote, ref.name_on_date
                times[key] += 1
                uses[key] += [day] if day else []
    order = sorted(times, key=lambda key: (min(uses[key], default="9999"), -times[key], key[0]))
    for words, on_date in order:
        days = uses[words, on_date]
        yield NameUse(words, on_date, times[words, on_date], min(days, default=None), max(days, default=None))


def _others(seen: ActorSeen, records: Iterable[IncidentRecord], *, opposite: bool) -> Iterator[Other]:
    """Yield whom the actor meets on the other side of incidents, or on its own."""
    names: dict[str, str] = {}
    met: Counter[str] = Counter()
    contested: Counter[str] = Counter()
    for record in records:
        ours = {n for n, side in enumerate(record.sides) if any(_is(seen, ref) for ref in side)}
        sides = [side for n, side in enumerate(record.sides) if ((1 - n) in ours if opposite else n in ours)]
        for key, ref in {ref.actor_id or actor_words(ref): ref for side in sides for ref in side}.items():
            if not _is(seen, ref):
                names.setdefault(key, actor_words(ref))
                met[key] += 1
                contested[key] += record.status == "contested"
    for key, number in sorted(met.items(), key=lambda item: (-item[1], item[0])):
        yield Other(key, names[key], number, contested[key])


def _json(found: Profile) -> dict[str, Any]:
    known = found.known
    return {
        "actor_id": found.seen.id,
        "name": found.name,
        "kind": known.kind if known else None,
        "countries": list(known.countries) if known else [],
        "dated_names": [
            {"name": n.name, "since": n.since, "until": n.until, "relation": n.relation}
            for n in (known.names if known else ())
        ],
        "names": [
            {"words": n.words, "on_date": n.on_date, "times": n.times, "first": n.first, "last": n.last}
            for n in found.names
        ],
        "against": [
            {"id": o.id, "name": o.name, "incidents": o.incidents, "contested": o.contested} for o in found.against
        ],
        "beside": [
            {"id": o.id, "name": o.name, "incidents": o.incidents, "contested": o.contested} for o in found.beside
        ],
        "incidents": [record.id for record in found.incidents],
        "claims": [{"slot": slot, "claim": claim} for slot, claim in found.seen.claims],
        "quoted_by": [{"outlet": outlet, "claims": number} for outlet, number in found.outlets],
        "quoted_through": [{"teller": teller, "claims": number} for teller, number in found.through],
        "relations": [{"document": line.id, **relation_json(relation)} for line, relation in found.ties],
    }
