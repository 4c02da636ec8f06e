"""Dyads and conflicts by UCDP's definitions, with their active years.

State-based: a government against an armed organisation or another government; non-state: two armed organisations;
one-sided: either of them against civilians. Active is a calendar year with 25 deaths or more. UCDP also asks for a
stated incompatibility and coders' judgement; neither can be read from claims, so these are candidates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Literal

from reportedly.model.gist import CIVILIAN_KINDS, ActorGist, IncidentGist
from reportedly.model.ids import content_id
from reportedly.network.cast import node_key
from reportedly.network.graph import Activity, Conflict, Dyad, Violence, Year
from reportedly.network.tolls import TollRange

Standing = Literal["government", "organised", "civilians"]

THRESHOLD = 25
CIVILIANS: Standing = "civilians"
STANDING: Mapping[str, Standing] = {
    "state_forces": "government",
    "government": "government",
    "external_forces": "government",
    "rebel_group": "organised",
    "political_militia": "organised",
    "identity_militia": "organised",
    **dict.fromkeys(CIVILIAN_KINDS, CIVILIANS),
}


@dataclass(frozen=True, slots=True)
class _Side:
    """A side of an incident: the parties that a dyad may have, and who stood beside them."""

    standing: Standing
    parties: tuple[str, ...]
    beside: tuple[str, ...] = ()


@dataclass(slots=True)
class _Dyad:
    violence: Violence
    incidents: set[str] = field(default_factory=set)
    supporters: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Happening:
    year: int | None
    killed: TollRange
    dyads: int


class Dyads:
    """Collects dyads incident by incident; the order does not matter."""

    def __init__(self) -> None:
        self._dyads: dict[tuple[str, str], _Dyad] = {}
        self._happened: dict[str, _Happening] = {}

    def add(self, record: IncidentGist, killed: TollRange, civilians: TollRange) -> None:
        """Add an incident with its tolls: of everybody, and of civilians alone."""
        sides = _sides(record, civilians_died=civilians.told)
        if sides is None:
            return
        first, second = sides
        violence = _violence(first, second)
        pairs = {_ordered(violence, first, second, a, b) for a, b in product(first.parties, second.parties) if a != b}
        for pair in pairs:
            dyad = self._dyads.setdefault(pair, _Dyad(violence))
            dyad.incidents.add(record.id)
            dyad.supporters |= {*first.beside, *second.beside} - set(pair)
        counted = civilians if violence == "one-sided" and civilians.told else killed
        self._happened[record.id] = _Happening(record.year, counted, len(pairs))

    def parties(self) -> set[str]:
        """Return the ids of all sides and of those who stood beside them."""
        pairs = {side for pair in self._dyads for side in pair}
        return pairs.union(*(dyad.supporters for dyad in self._dyads.values()))

    def dyads(self, names: Mapping[str, str]) -> list[Dyad]:
        """Return all dyads by id. `names` has what to call each side."""
        return [self._dyad(pair, found, names) for pair, found in sorted(self._dyads.items())]

    def _dyad(self, pair: tuple[str, str], found: _Dyad, names: Mapping[str, str]) -> Dyad:
        side_a, side_b = pair
        return Dyad(
            id=content_id("dyad", side_a, side_b),
            violence=found.violence,
            side_a=side_a,
            side_b=side_b,
            name=f"{names.get(side_a, side_a)} - {names.get(side_b, side_b)}",
            supporters=tuple(sorted(found.supporters)),
            years=self._years(found.incidents),
            incidents=tuple(sorted(found.incidents)),
            shared=sum(self._happened[incident].dyads > 1 for incident in found.incidents),
            undated=sum(self._happened[incident].year is None for incident in found.incidents),
            killed=self._killed(found.incidents),
        )

    def conflicts(self, dyads: Sequence[Dyad], names: Mapping[str, str]) -> list[Conflict]:
        """Return the conflicts that the dyads belong to, by id; an incident of several dyads counts once."""
        groups: dict[tuple[Violence, str], list[Dyad]] = {}
        for dyad in dyads:
            internal = dyad.violence == "state-based" and not dyad.side_b.startswith("gov:")
            groups.setdefault((dyad.violence, dyad.side_a if internal else dyad.id), []).append(dyad)
        return [self._conflict(key, members, names) for key, members in sorted(groups.items())]

    def _conflict(self, key: tuple[Violence, str], dyads: Sequence[Dyad], names: Mapping[str, str]) -> Conflict:
        violence, over = key
        incidents = {incident for dyad in dyads for incident in dyad.incidents}
        named = f"{names.get(over, over)}: incompatibility not stated" if over == dyads[0].side_a else dyads[0].name
        return Conflict(
            id=content_id("conflict", *key),
            violence=violence,
            name=named,
            dyads=tuple(dyad.id for dyad in dyads),
            years=self._years(incidents),
            killed=self._killed(incidents),
        )

    def _killed(self, incidents: Iterable[str]) -> TollRange:
        return sum((self._happened[incident].killed for incident in sorted(incidents)), TollRange())

    def _years(self, incidents: Iterable[str]) -> tuple[Year, ...]:
        by_year: dict[int, list[str]] = {}
        for incident in incidents:
            if (year := self._happened[incident].year) is not None:
                by_year.setdefault(year, []).append(incident)
        return tuple(_year(year, self._killed(members), len(members)) for year, members in sorted(by_year.items()))


def _year(year: int, killed: TollRange, incidents: int) -> Year:
    return Year(year, killed, incidents, activity(killed))


def activity(killed: TollRange) -> Activity:
    """Tell whether deaths pass UCDP's threshold: by the lowest figures, only by the highest, or not."""
    if (killed.low or 0) >= THRESHOLD:
        return "active"
    return "possible" if killed.top >= THRESHOLD else "below"


def _violence(first: _Side, second: _Side) -> Violence:
    standings = {first.standing, second.standing}
    if CIVILIANS in standings:
        return "one-sided"
    return "state-based" if "government" in standings else "non-state"


def _ordered(violence: Violence, first: _Side, second: _Side, a: str, b: str) -> tuple[str, str]:
    """Put the government first, the attacker of civilians first, else in the order of ids."""
    if violence == "non-state" or first.standing == second.standing:
        return (a, b) if a < b else (b, a)
    weak: Standing = CIVILIANS if violence == "one-sided" else "organised"
    return (b, a) if first.standing == weak else (a, b)


def _sides(record: IncidentGist, *, civilians_died: bool) -> tuple[_Side, _Side] | None:
    """Return the two sides; None when no organised actor stands against another or against civilians."""
    first, second = (_side(refs, record.country) for refs in record.sides)
    if second is None and first is not None and first.standing != CIVILIANS and civilians_died:
        second = _Side("civilians", (CIVILIANS,))
    if first is None or second is None or first.standing == second.standing == CIVILIANS:
        return None
    return first, second


def _side(refs: Sequence[ActorGist], where: str | None) -> _Side | None:
    """Return a side by what it is to UCDP: its government before organisations, those before civilians."""
    groups: dict[Standing, list[ActorGist]] = {}
    for ref in refs:
        standing = STANDING.get(ref.kind)
        if standing and (standing == CIVILIANS or node_key(ref, where)):
            groups.setdefault(standing, []).append(ref)
    armed = [*groups.get("government", ()), *groups.get("organised", ())]
    if "government" in groups:
        party = min(groups["government"], key=lambda ref: _foreign(ref, where))
        rest = {_party(ref, where) for ref in armed} - {_party(party, where)}
        return _Side("government", (_party(party, where),), tuple(sorted(rest)))
    if armed:
        return _Side("organised", tuple(sorted({_party(ref, where) for ref in armed})))
    return _Side("civilians", (CIVILIANS,)) if CIVILIANS in groups else None


def _foreign(ref: ActorGist, where: str | None) -> int:
    """Rank a side's states: that of the place first, then other states, hired or foreign forces last."""
    if ref.kind == "external_forces":
        return 2
    return 0 if where is None or (ref.country or where) == where else 1


def _party(ref: ActorGist, where: str | None) -> str:
    """Return the id of a party: a state's forces stand for its government."""
    country = ref.country or where
    if STANDING[ref.kind] == "government" and ref.kind != "external_forces" and country:
        return f"gov:{country}"
    key = node_key(ref, where)
    assert key is not None
    return key
