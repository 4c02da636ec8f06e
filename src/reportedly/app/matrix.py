"""The claims matrix of an incident: who says how many were harmed, teller by teller; nothing is averaged.

Door: `build(record, claims, facts) -> Matrix`. Pure. Figures that no longer count (replaced, denied) stay, marked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from reportedly.exports.words import actor_words, when_words
from reportedly.model.actor import ActorRef
from reportedly.model.claim import Claim
from reportedly.model.facts import DocumentFacts
from reportedly.model.incident import IncidentRecord, TollCell
from reportedly.model.toll import Outcome, Qualifier, Toll, VictimClass
from reportedly.model.when import day_words

OUTCOMES: tuple[str, ...] = get_args(Outcome)
FIRST, SECOND, THIRD, OUTLET = range(4)
STATE = frozenset({"state_forces", "government"})


@dataclass(frozen=True, slots=True)
class Telling:
    """One claim that gives a figure."""

    claim: Claim
    toll: Toll


@dataclass(frozen=True, slots=True)
class Figure:
    """One teller's figure, however often it is told. `origins` counts independent texts, `said` is when, in words.

    `current` is false for a figure that does not count; `note` says why. `about` says whose losses a side speaks of.
    """

    teller: str
    low: int | None
    high: int | None
    qualifier: Qualifier
    tellings: tuple[Telling, ...]
    origins: int
    current: bool
    note: str
    about: str
    said: str
    part: bool

    @property
    def claims(self) -> tuple[str, ...]:
        """The ids of the claims that give it."""
        return tuple(telling.claim.id for telling in self.tellings)


@dataclass(frozen=True, slots=True)
class Column:
    """An outcome for one group of victims. `cell` is None where no figure counts any more."""

    outcome: Outcome
    victims: str | None
    victim_class: VictimClass
    cell: TollCell | None
    figures: tuple[Figure, ...] = ()

    @property
    def contested(self) -> bool:
        """Tell whether two tellers' figures cannot both hold."""
        return self.cell is not None and self.cell.status == "contested"


@dataclass(frozen=True, slots=True)
class Row:
    """A teller and its figures, one tuple a column."""

    teller: str
    cells: tuple[tuple[Figure, ...], ...]


@dataclass(frozen=True, slots=True)
class Band:
    """The tellers of one side."""

    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Bands of rows over shared columns."""

    columns: tuple[Column, ...]
    bands: tuple[Band, ...]

    def spans(self) -> list[tuple[str, int]]:
        """Return the outcomes in the order of the columns, with how many columns each has."""
        counts: dict[str, int] = {}
        for column in self.columns:
            counts[column.outcome] = counts.get(column.outcome, 0) + 1
        return list(counts.items())


def build(record: IncidentRecord, claims: Sequence[Claim], facts: Mapping[str, DocumentFacts]) -> Matrix:
    """Return the matrix. `claims` are the incident's members, `facts` their documents'."""
    tellings = [Telling(claim, toll) for claim in claims for toll in claim.tolls]
    columns = [Column(cell.outcome, cell.victims, cell.victim_class, cell) for cell in record.tolls]
    counted = [_counted(telling, columns) for telling in tellings]
    placed: defaultdict[int, list[Telling]] = defaultdict(list)
    for telling, at in zip(tellings, counted, strict=True):
        placed[at if at is not None else _nearest(telling, columns)].append(telling)
    filled = [replace(c, figures=_figures(c, placed[n], record, facts)) for n, c in enumerate(columns)]
    filled.sort(key=lambda column: OUTCOMES.index(column.outcome))
    return Matrix(tuple(filled), tuple(_bands(filled, record, facts)))


def teller_name(claim: Claim, facts: Mapping[str, DocumentFacts]) -> str:
    """Return who tells: the canonical name, else the words; the publisher for the outlet's own voice."""
    if claim.claimant is not None:
        return (claim.claimant.name if claim.claimant.actor_id else None) or claim.claimant.span.quote
    known = facts.get(claim.document)
    return (known.publisher if known else None) or claim.document


def side_of(ref: ActorRef | None, record: IncidentRecord) -> int:
    """Return the side that somebody is on: FIRST, SECOND or THIRD; OUTLET for nobody named."""
    if ref is None:
        return OUTLET
    for number, side in enumerate(record.sides):
        if any(_key(ref) == _key(other) for other in side):
            return number
    if ref.kind in STATE and ref.country:
        # A ministry speaks for its state's forces, where these stand on one side alone.
        fits = [n for n, side in enumerate(record.sides) if any(_of_state(ref, other) for other in side)]
        if len(fits) == 1:
            return fits[0]
    return THIRD


def _of_state(ref: ActorRef, other: ActorRef) -> bool:
    return other.kind in STATE and other.country == ref.country


def _key(ref: ActorRef) -> str:
    return ref.actor_id or actor_words(ref).casefold()


# ------------------------------------------------------------------------------------------- which column


def _counted(telling: Telling, columns: Sequence[Column]) -> int | None:
    """Return the column in whose record this figure counts."""
    toll = telling.toll
    fits = [
        number
        for number, column in enumerate(columns)
        if column.outcome == toll.outcome
        and column.cell is not None
        and any((f.claim, f.low, f.high) == (telling.claim.id, toll.low, toll.high) for f in column.cell.by)
    ]
    return max(fits, key=lambda number: _alike(toll, columns[number])) if fits else None


def _nearest(telling: Telling, columns: list[Column]) -> int:
    """Return the column that counts the same people as well as can be told; a new one where none has the outcome."""
    toll = telling.toll
    fits = [number for number, column in enumerate(columns) if column.outcome == toll.outcome]
    if fits:
        return max(fits, key=lambda n: (_alike(toll, columns[n]) + _told_there(telling, columns[n]), -n))
    victims = actor_words(toll.victims) if toll.victims else None
    columns.append(Column(toll.outcome, victims, toll.victim_class, None))
    return len(columns) - 1


def _alike(toll: Toll, column: Column) -> int:
    words = {toll.victims.name, toll.victims.span.quote} if toll.victims else {None}
    return 2 * (column.victims in words) + (toll.victim_class == column.victim_class)


def _told_there(telling: Telling, column: Column) -> int:
    """Weigh whether the same teller gives a figure in a column: more so in the same claim, or where it is equal."""
    own = [f for f in column.cell.by if f.claimant == telling.claim.told_by] if column.cell is not None else []
    same = any((f.low, f.high) == (telling.toll.low, telling.toll.high) for f in own)
    return bool(own) + 2 * same + 2 * any(f.claim == telling.claim.id for f in own)


# ------------------------------------------------------------------------------------------- figures of a column


def _figures(
    column: Column, tellings: Iterable[Telling], record: IncidentRecord, facts: Mapping[str, DocumentFacts]
) -> tuple[Figure, ...]:
    """Return the figures of a column: the same figure of the same teller is one, however often it is told."""
    groups: dict[tuple[object, ...], list[Telling]] = {}
    for one in tellings:
        key = (_teller(one.claim, facts), one.toll.low, one.toll.high, one.toll.qualifier, one.claim.gives_figures)
        groups.setdefault(key, []).append(one)
    counted = {(f.claim, f.low, f.high) for f in column.cell.by} if column.cell else set()
    return tuple(_figure(group, counted, record, facts) for group in groups.values())


def _figure(
    group: Sequence[Telling],
    counted: set[tuple[str, int | None, int | None]],
    record: IncidentRecord,
    facts: Mapping[str, DocumentFacts],
) -> Figure:
    toll, claim = group[0].toll, group[0].claim
    current = any((one.claim.id, one.toll.low, one.toll.high) in counted for one in group)
    current = current and claim.gives_figures
    origins = {facts[one.claim.document].root if one.claim.document in facts else one.claim.document for one in group}
    return Figure(
        teller=teller_name(claim, facts),
        low=toll.low,
        high=toll.high,
        qualifier=toll.qualifier,
        tellings=tuple(group),
        origins=len(origins),
        current=current,
        note="" if current else _why_not(group),
        about=_about(claim, toll, record),
        said=_said(claim, facts),
        part=any(one.toll.part_of is not None for one in group),
    )


def _why_not(group: Sequence[Telling]) -> str:
    claim = group[0].claim
    if not claim.gives_figures:
        return f"{claim.stance} by this teller: not its own figure"
    if all(one.toll.superseded for one in group):
        return "replaced by a newer figure in the same text"
    return "this teller gives another figure that counts"


def _about(claim: Claim, toll: Toll, record: IncidentRecord) -> str:
    """Say whose losses a side speaks of: about its own it has other reasons to be silent than about the enemy's."""
    ours = side_of(claim.claimant, record)
    theirs = side_of(toll.victims, record)
    if ours not in (FIRST, SECOND) or theirs not in (FIRST, SECOND):
        return ""
    return "of its own side" if ours == theirs else "of the other side"


def _said(claim: Claim, facts: Mapping[str, DocumentFacts]) -> str:
    if claim.said_on is not None and claim.said_on.earliest is not None:
        return f"said {when_words(claim.said_on)}"
    known = facts.get(claim.document)
    day = known.published if known else None
    return f"published {day_words(day)}" if day else "not dated"


def _teller(claim: Claim, facts: Mapping[str, DocumentFacts]) -> str:
    return _key(claim.claimant) if claim.claimant is not None else f"\0{teller_name(claim, facts)}"


# ------------------------------------------------------------------------------------------- rows


def _bands(columns: Sequence[Column], record: IncidentRecord, facts: Mapping[str, DocumentFacts]) -> Iterable[Band]:
    sides: dict[str, int] = {}
    names: dict[str, str] = {}
    cells: defaultdict[str, dict[int, list[Figure]]] = defaultdict(dict)
    for number, column in enumerate(columns):
        for figure in column.figures:
            claim = figure.tellings[0].claim
            key = _teller(claim, facts)
            sides.setdefault(key, side_of(claim.claimant, record))
            names.setdefault(key, figure.teller)
            cells[key].setdefault(number, []).append(figure)
    labels = (*(_side_label(record, n) for n in (FIRST, SECOND)), "Third parties", "Outlets in their own voice")
    for side, label in enumerate(labels):
        rows = [
            Row(names[key], tuple(tuple(cells[key].get(n, ())) for n in range(len(columns))))
            for key in cells
            if sides[key] == side
        ]
        if rows:
            yield Band(label, tuple(rows))


def _side_label(record: IncidentRecord, number: int) -> str:
    names = ", ".join(dict.fromkeys(actor_words(ref) for ref in record.sides[number]))
    return f"{'One side' if number == FIRST else 'The other side'}: {names}"
