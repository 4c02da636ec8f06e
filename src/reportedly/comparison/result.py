"""A comparison as a table of one line a row or incident, and as JSON. Reasons and claimants' words stand in both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportedly.comparison.compare import Comparison, Extra, Found, Missed
from reportedly.comparison.events import Event
from reportedly.comparison.matching import Match
from reportedly.comparison.ours import Ours, Told

COLUMNS = (
    *("result", "their_id", "their_line", "their_days", "their_place", "their_actors", "their_deaths"),
    *("incident", "title", "days", "place", "actors", "deaths_low", "deaths_high", "status"),
    *("deaths", "figures", "score", "why"),
)


def table(found: Comparison) -> Iterator[list[object]]:
    """Yield the header and the lines: found, missed, outside the case's days, extra."""
    yield list(COLUMNS)
    for one in found.found:
        verdict = f"{one.verdict} (one day of several)" if one.part else one.verdict
        yield ["found", *_theirs(one.theirs), *_ours(one.ours), verdict, _figures(one.ours), *_match(one.match)]
    for row in found.missed:
        result = "outside" if row.outside else "missed"
        yield [result, *_theirs(row.theirs), *[""] * 8, "", "", *_match(row.nearest, nearest=True)]
    for own in found.extra:
        yield ["extra", *[""] * 6, *_ours(own.ours), "", _figures(own.ours), *_match(own.nearest, nearest=True)]


def days_of(event: Event) -> str:
    """`2024-07-25` or `2024-07-25/2024-07-27`."""
    if event.first is None or event.last is None:
        return ""
    return str(event.first) if event.first == event.last else f"{event.first}/{event.last}"


def figure_text(told: Told) -> str:
    """`the army: "12 fighters" (doc-1)`."""
    words = told.words or "/".join(str(n) for n in (told.low, told.high) if n is not None)
    return f'{told.claimant}: "{words}" ({told.document})'


def match_text(match: Match | None, *, nearest: bool = False) -> str:
    """Why a pair is one happening; of the nearest, why it is not taken for it."""
    if match is None:
        return "nothing near in time"
    told = "; ".join(f"{f.name}: {f.reason}" for f in match.features)
    return f"nearest {match.ours} / {match.theirs}: {match.against or told}" if nearest else told


def _theirs(event: Event) -> list[object]:
    deaths = "" if event.deaths is None else event.deaths
    return [event.id, event.line, days_of(event), event.place, "; ".join(event.actors), deaths]


def _ours(ours: Ours) -> list[object]:
    event = ours.event
    bounds = ["" if n is None else n for n in (event.lowest, event.highest)]
    return [event.id, ours.title, days_of(event), event.place, "; ".join(event.actors), *bounds, ours.status]


def _figures(ours: Ours) -> str:
    return " | ".join(figure_text(told) for told in ours.told)


def _match(match: Match | None, *, nearest: bool = False) -> list[object]:
    return [match.score if match else "", match_text(match, nearest=nearest)]


def as_json(found: Comparison) -> dict[str, Any]:
    """The comparison as plain values."""
    return {
        "case": found.case,
        "file": found.file,
        "layout": found.layout,
        "counts": found.counts(),
        "found": [_found(one) for one in found.found],
        "missed": [_missed(one) for one in found.missed],
        "extra": [_extra(one) for one in found.extra],
        "rejected": [{"where": r.where, "reason": r.reason, "fatal": r.fatal} for r in found.rejected],
    }


def _found(one: Found) -> dict[str, Any]:
    pair = {"theirs": _event(one.theirs), "ours": _incident(one.ours), "deaths": one.verdict, "part": one.part}
    return {**pair, "match": _match_json(one.match)}


def _missed(one: Missed) -> dict[str, Any]:
    return {"theirs": _event(one.theirs), "outside": one.outside, "nearest": _match_json(one.nearest)}


def _extra(one: Extra) -> dict[str, Any]:
    return {"ours": _incident(one.ours), "nearest": _match_json(one.nearest)}


def _event(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "line": event.line,
        "first": str(event.first) if event.first else None,
        "last": str(event.last) if event.last else None,
        "place": event.place,
        "country": event.country,
        "actors": list(event.actors),
        "what": event.what,
        "deaths": event.deaths,
        "low": event.lowest,
        "high": event.highest,
    }


def _incident(ours: Ours) -> dict[str, Any]:
    figures = [
        {
            "claimant": told.claimant,
            "victims": told.victims,
            "low": told.low,
            "high": told.high,
            "words": told.words,
            "claim": told.claim,
            "document": told.document,
        }
        for told in ours.told
    ]
    return {**_event(ours.event), "title": ours.title, "status": ours.status, "figures": figures}


def _match_json(match: Match | None) -> dict[str, Any] | None:
    if match is None:
        return None
    features = [{"name": f.name, "agrees": f.agrees, "reason": f.reason} for f in match.features]
    return {
        "theirs": match.theirs,
        "ours": match.ours,
        "score": match.score,
        "against": match.against,
        "features": features,
    }
