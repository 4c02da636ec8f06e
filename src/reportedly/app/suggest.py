"""What a person may mean while they type: actors, places and event types by the beginnings of their names.

Known are what the program knows and what this case was taught; whoever the case names already comes first. Nothing
here decides: a suggestion counts when a person takes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from reportedly.knowledge.actors import Actor, ActorIndex, name_key
from reportedly.knowledge.fold import fold
from reportedly.knowledge.gazetteer import Candidate, Gazetteer
from reportedly.knowledge.lexicon import Trigger
from reportedly.knowledge.place_keys import place_key
from reportedly.store.answers import PlaceLine

# Suggestions at most: what is taken in at a glance.
SHOWN = 10
# Letters from which on a beginning says something.
LEAST = 2
# Types that words are shown to tell of, at most.
TYPES = 3


@dataclass(frozen=True, slots=True)
class TypeHint:
    """An event type that some words evoke, and which of them."""

    event_type: str
    words: str
    start: int
    end: int


def actors(known: ActorIndex, typed: str, on: date | None, seen: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return actors with a name that begins so, or with a word that does, as the contract writes who is meant.

    `seen` counts claims of this case by actor.
    """
    key = name_key(typed.strip())
    if len(key) < LEAST:
        return []
    found: dict[str, tuple[int, Actor]] = {}
    for name, ids in known.by_name.items():
        if (fit := _fit(name, key)) is not None:
            found |= {one: (min(found[one][0], fit) if one in found else fit, known.by_id[one]) for one in ids}
    ranked = sorted(found.values(), key=lambda one: (one[0] > 0, -seen.get(one[1].id, 0), one[0], one[1].name))
    return [_actor_json(actor, on, seen.get(actor.id, 0)) for _, actor in ranked[:SHOWN]]


def _fit(name: str, key: str) -> int | None:
    """How well a name fits what is typed: it is that, begins so, a word of it begins so; None: it does not."""
    if name == key:
        return 0
    if name.startswith(key):
        return 1
    return 2 if f" {key}" in name else None


def _actor_json(actor: Actor, on: date | None, claims: int) -> dict[str, Any]:
    told = [actor.kind.replace("_", " "), ", ".join(actor.countries), ", ".join(actor.acronyms)]
    told.append(f"in {claims} claim{'' if claims == 1 else 's'} here" if claims else "")
    return {
        "actor_id": actor.id,
        "name": actor.name,
        "name_on_date": actor.name_on(on),
        "kind": actor.kind,
        "country": actor.home,
        "label": " · ".join(part for part in told if part),
    }


def places(
    gazetteer: Gazetteer, taught: Iterable[Mapping[str, str]], typed: str, seen: Sequence[PlaceLine]
) -> list[dict[str, Any]]:
    """Return places whose name begins so, as the contract writes a place; `taught` are rows of the case's own."""
    key = place_key(typed.strip())
    if len(key) < LEAST:
        return []
    here = {(place_key(line.name), line.country): line.claims for line in seen}
    known = [*_taught_places(taught, key), *map(_place_json, gazetteer.beginning(key, SHOWN * 5))]
    ranked = sorted(known, key=lambda one: -here.get((place_key(one["name"]), one["country"]), 0))
    return list(islice(_told_apart(ranked), SHOWN))


def _taught_places(rows: Iterable[Mapping[str, str]], key: str) -> Iterator[dict[str, Any]]:
    for row in rows:
        names = (row["name"], *row["variants"].split(";"))
        if not any(place_key(name).startswith(key) for name in names if name):
            continue
        lands = row["countries"].split(";")
        at = [float(row[side]) for side in ("lat", "lon")]
        yield _place(row["id"], row["name"], lands, None, at[0], at[1], row["precision"] or "point")


def _place_json(place: Candidate) -> dict[str, Any]:
    lands = list(place.countries) or [place.country or ""]
    division = place.admin1_name if place.feature != "country" else None
    return _place(place.id, place.name, lands, division, place.lat, place.lon, place.precision)


def _place(
    key: str, name: str, lands: list[str], division: str | None, lat: float | None, lon: float | None, precision: str
) -> dict[str, Any]:
    area = "" if precision == "point" else precision
    label = " · ".join(part for part in (division or "", "/".join(lands), area) if part and part != name)
    both = {"countries": lands} if len(lands) > 1 else {}
    where = {"admin1": division, "lat": lat, "lon": lon, "precision": precision}
    return {"place_id": key, "name": name, "country": lands[0] or None, **both, **where, "label": label}


def _told_apart(found: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield places that a person can tell apart by name and label; of namesakes that they cannot, the first."""
    met: set[tuple[str, str]] = set()
    for place in found:
        if (key := (place["name"], place["label"])) not in met:
            met.add(key)
            yield place


# ------------------------------------------------------------------------------------------ event types


def types(triggers: Mapping[tuple[str, str], Sequence[Trigger]], text: str) -> list[TypeHint]:
    """Return the event types whose words stand in a stretch of text, those of more words first.

    Words are matched by their regular forms and without what surrounds them, which is enough to suggest and too
    little to decide: of entries of as many words those that ask for nothing around them come first.

    >>> types({}, "nothing is known")
    []
    """
    words = [(match.group(), match.start(), match.end()) for match in re.finditer(r"[^\W\d_]+", fold(text))]
    present = {stem for word, _, _ in words for stem in _stems(word)}
    found: dict[str, tuple[tuple[int, bool, int], TypeHint]] = {}
    for word, start, end in words:
        for trigger in (one for stem in _stems(word) for pos in _SORTS for one in triggers.get((pos, stem), ())):
            if present.issuperset(trigger.rest):
                rank = (-trigger.size, bool(trigger.needs), start)
                hint = TypeHint(trigger.event_type, text[start:end], start, end)
                found[trigger.event_type] = min(found.get(trigger.event_type, (rank, hint)), (rank, hint), key=_rank)
    return [hint for _, hint in sorted(found.values(), key=_rank)[:TYPES]]


def _rank(one: tuple[tuple[int, bool, int], TypeHint]) -> tuple[int, bool, int]:
    return one[0]


_SORTS = ("verb", "noun")
_ENDINGS = (("ies", "y"), ("ied", "y"), ("es", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("s", ""))


def _stems(word: str) -> set[str]:
    """Return what a word may be a regular form of.

    >>> sorted(_stems("raided"))
    ['raid', 'raide', 'raided']
    >>> "stab" in _stems("stabbed")
    True
    """
    stems = {word[: -len(ending)] + instead for ending, instead in _ENDINGS if word.endswith(ending)}
    doubled = {stem[:-1] for stem in stems if len(stem) > 3 and stem[-1] == stem[-2]}
    return {word, *stems, *doubled}
