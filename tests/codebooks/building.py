"""Build incidents from the short forms of tests/cases/codebooks.yml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from reportedly.model import ActorRef, Claim, IncidentRecord, PlaceRef, Span, Toll, TollCell, TollFigure, When

DAY = date(2024, 7, 27)


def span(words: str) -> Span:
    """Words without a text."""
    return Span(0, len(words), words)


def actor(short: str) -> ActorRef:
    """`name|kind|country|role`."""
    name, kind, country, role, *_ = [*short.split("|"), "", "", ""]
    named = name[:1].isupper() and kind not in ("civilians", "protesters")
    key = name.casefold().replace(" ", "-") if named else None
    return ActorRef(span(name), key, name, None, kind or "unknown", country or None, role or None)  # type: ignore[arg-type]


def toll(short: str, number: int, whole: str | None) -> Toll:
    """`outcome low high class [rest]`: `vague WORD`, `part`, or an actor."""
    outcome, low, high, victim_class, *rest = short.split(" ", 4)
    bounds = [None if n == "-" else int(n) for n in (low, high)]
    made = Toll(f"t{number}", span(f"{low}"), outcome, bounds[0], bounds[1], None, "exact", None, victim_class)  # type: ignore[arg-type]
    if bounds[0] == bounds[1]:
        made = replace(made, best=bounds[0])
    if rest and rest[0] == "part":
        return replace(made, part_of=whole)
    if rest and rest[0].startswith("vague "):
        return replace(made, qualifier="vague", span=span(rest[0].removeprefix("vague ")))
    return replace(made, victims=actor(rest[0])) if rest else made


def claim(entry: Mapping[str, Any], number: int, sides: Sequence[Sequence[ActorRef]], violent: bool) -> Claim:
    """One claim of a case."""
    tolls: list[Toll] = []
    sides = [[actor(short) for short in side] for side in entry["sides"]] if "sides" in entry else sides
    for short in entry.get("tolls", ()):
        tolls.append(toll(short, 100 * number + len(tolls), tolls[0].id if tolls else None))
    return Claim(
        id=f"c{number}",
        document=f"d{number}",
        event_type=entry["type"],
        violent=violent,
        trigger=span("clashed"),
        content=span("content"),
        initiators=tuple(sides[0]),
        targets=tuple(sides[1]),
        tolls=tuple(tolls),
        claimant=actor(entry["claimant"]) if "claimant" in entry else None,
        claimant_kind=entry.get("claimant_kind", "outlet"),
        stance=entry.get("stance", "asserted"),
        modality=entry.get("modality", "actual"),
        aggregate=entry.get("aggregate", False),
        confidence=0.8,
    )


def place(entry: Mapping[str, Any] | None) -> PlaceRef | None:
    """The case's place; by default a point in Mali."""
    known = {"name": "Kova", "precision": "point", **(entry or {})}
    return PlaceRef(span(known["name"]), "p1", known["name"], "ML", (), "Kidal", 19.9, 2.9, known["precision"])


def when(entry: Mapping[str, Any] | None, known: bool = True) -> When:
    """The case's time; by default a day; not known: only day and month."""
    if not known:
        return When(span("July 27"), None, None, "XXXX-07-27", "day", "stated")
    data = {"earliest": DAY, "latest": DAY, "precision": "day", **(entry or {})}
    return When(span("July 27"), data["earliest"], data["latest"], str(data["earliest"]), data["precision"], "stated")


def cells(claims: Sequence[Claim]) -> tuple[TollCell, ...]:
    """Figures side by side, one cell for each outcome."""
    outcomes = dict.fromkeys(toll.outcome for one in claims for toll in one.tolls)
    found = []
    for outcome in outcomes:
        by = [
            TollFigure(one.claimant.name if one.claimant else None, t.low, t.high, t.qualifier, one.id, one.document)
            for one in claims
            for t in one.tolls
            if t.outcome == outcome
        ]
        classes = {t.victim_class for one in claims for t in one.tolls if t.outcome == outcome}
        victim_class = classes.pop() if len(classes) == 1 else "mixed"
        found.append(TollCell(outcome, None, victim_class, None, None, tuple(by), "single"))  # type: ignore[arg-type]
    return tuple(found)


def incident(case: Mapping[str, Any], violent: Mapping[str, bool]) -> tuple[IncidentRecord, list[Claim]]:
    """The record and the claims of a case."""
    sides = [tuple(actor(short) for short in side) for side in case["sides"]]
    claims = [claim(entry, n, sides, violent[entry["type"]]) for n, entry in enumerate(case["claims"])]
    record = IncidentRecord(
        id="i1",
        title="An incident",
        event_types=tuple(dict.fromkeys(one.event_type for one in claims)),
        when=when(case.get("when"), known="when" not in case or case["when"] is not None),
        place=place(case.get("place")),
        sides=(sides[0], sides[1]),
        documents=tuple(one.document for one in claims),
        claims=tuple(one.id for one in claims),
        tolls=cells(claims),
        origins=1,
        status="single",
    )
    return record, claims
