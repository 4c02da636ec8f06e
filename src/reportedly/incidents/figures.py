"""Room 6, figures: the tolls of an incident side by side. Door: `cells(members, documents)`.

Figures for one outcome and one group of victims form a cell; a teller's latest figure counts, a later one by the same
teller is an update, a part never contradicts its whole, and nothing is averaged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportedly.model import ActorRef, Claim, Toll, TollCell, TollFigure
from reportedly.model.facts import DocumentFacts
from reportedly.model.incident import Status
from reportedly.model.toll import VictimClass

_OPEN = 10**9
# Words for victims that name no kind of people.
_PEOPLE = frozenset({None, "people", "person", "victim", "body", "other"})
_SURE = {"exact": 0, "about": 1, "range": 1, "at_least": 2, "at_most": 2, "more_than": 2, "fewer_than": 2}


@dataclass(frozen=True, slots=True)
class Row:
    """One figure with its claim and who gives it."""

    claim: Claim
    toll: Toll
    teller: str


def cells(members: Sequence[Claim], documents: Mapping[str, DocumentFacts]) -> tuple[TollCell, ...]:
    """Return one cell for each outcome and group of victims. `members` come oldest first."""
    rows = rows_of(members, documents)
    outcomes = dict.fromkeys(r.toll.outcome for r in rows)
    return tuple(_cell(g) for o in outcomes for g in victim_groups([r for r in rows if r.toll.outcome == o]))


def rows_of(members: Sequence[Claim], documents: Mapping[str, DocumentFacts]) -> list[Row]:
    """Return the figures that tellers give and that their texts do not replace, in the order of the claims."""
    return [
        Row(claim, toll, teller_of(claim, documents))
        for claim in members
        if claim.gives_figures
        for toll in claim.tolls
        if not toll.superseded
    ]


def teller_of(claim: Claim, documents: Mapping[str, DocumentFacts]) -> str:
    """Return a key for who tells: the named teller; for the outlet's own voice its agency, else its publisher."""
    if claim.claimant is not None:
        return claim.claimant.actor_id or (claim.claimant.name or claim.claimant.span.quote).casefold()
    facts = documents.get(claim.document)
    if facts is None:
        return f"\0{claim.document}"
    if facts.wire is not None:
        return f"\0{facts.wire}"
    root = documents.get(facts.root, facts)
    return f"\0{root.publisher or facts.root}"


def origin_of(claim: Claim, documents: Mapping[str, DocumentFacts]) -> str:
    """Return the agency that a claim's document credits, the text that it reprints, or the document itself."""
    return documents[claim.document].root if claim.document in documents else claim.document


# ------------------------------------------------------------------------------------------- groups of victims


def victim_groups(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows that count the same people: parts by themselves, named and described victims, then those of no kind."""
    groups: list[list[Row]] = []
    order = sorted(rows, key=lambda r: (r.toll.part_of is not None, _vagueness(r.toll)))
    for row in order:
        fitting = [g for g in groups if _fits(row, g)]
        if len(fitting) > 1 and _generic(row.toll):
            # "11 dead": of the villagers, sooner than of those who came for them
            fitting = [g for g in fitting if not any(_of_doers(r, rows) for r in g)] or fitting
        near = [g for g in fitting if _same_words(row.toll, g)] or [g for g in fitting if _same_figure(row.toll, g)]
        if len(near) == 1 or len(fitting) == 1:
            (near or fitting)[0].append(row)
        else:
            groups.append([row])
    position = {id(r): n for n, r in enumerate(rows)}
    groups = [sorted(g, key=lambda r: position[id(r)]) for g in groups]
    return sorted(groups, key=lambda g: position[id(g[0])])


def _vagueness(toll: Toll) -> int:
    """Known victims first, then those with a kind, then "people"."""
    ref = toll.victims
    if ref is not None and ref.actor_id:
        return 0
    if _generic(toll):
        return 3
    return 1 if toll.victim_class in {"combatant", "civilian"} else 2


def _generic(toll: Toll) -> bool:
    """Tell whether the words name no kind of people ("12 killed", "12 people")."""
    ref = toll.victims
    plain = ref is None or (ref.actor_id is None and ref.role in _PEOPLE)
    return plain and toll.victim_class not in {"combatant"}


def _fits(row: Row, group: Sequence[Row]) -> bool:
    """Tell whether a figure counts the people of a group; one claim's figures count different people each."""
    if any(r.claim.id == row.claim.id for r in group):
        return False
    if (row.toll.part_of is None) != (group[0].toll.part_of is None):
        return False
    return not any(_other_people(row, r) for r in group)


def _other_people(x: Row, y: Row) -> bool:
    """Tell whether two figures count different people: by kind, or as one side's dead and the other's."""
    if not _same_people(x.toll, y.toll) or _of_the_other_side(x, y) or _of_the_other_side(y, x):
        return True
    # One teller who in one text gives a figure for "people" and another for "rebels" counts two groups.
    told_once = x.claim.document == y.claim.document and x.teller == y.teller
    return told_once and _generic(x.toll) != _generic(y.toll) and x.toll.best != y.toll.best


def _of_the_other_side(dead: Row, row: Row) -> bool:
    """Tell whether the victims of one figure are those who, in the claim of the other, did the harm."""
    ref = dead.toll.victims
    if ref is None or _generic(dead.toll):
        return False
    doers = row.claim.initiators
    kind_only = dead.toll.victim_class == "combatant" and _generic(row.toll)
    return any(_words(ref) == _words(who) or (kind_only and _alike(ref, who)) for who in doers)


def _of_doers(dead: Row, rows: Sequence[Row]) -> bool:
    """Tell whether the victims of a figure are the side that, by any of the claims, did the harm."""
    return any(_of_the_other_side(dead, row) for row in rows)


def _alike(ref: ActorRef, who: ActorRef) -> bool:
    """Tell whether two references may name the same armed people, as far as their kind goes."""
    return ref.kind == who.kind != "unknown" and (ref.actor_id is None or who.actor_id in {None, ref.actor_id})


def _same_people(x: Toll, y: Toll) -> bool:
    if _generic(x) or _generic(y):
        return {x.victim_class, y.victim_class} != {"civilian", "combatant"}
    a, b = x.victims, y.victims
    if a is not None and b is not None:
        if a.actor_id and b.actor_id:
            return a.actor_id == b.actor_id
        if {a.kind, b.kind} - {"unknown"} and a.kind != b.kind and "unknown" not in {a.kind, b.kind}:
            return False
        if a.country and b.country and a.country != b.country:
            return False
    return x.victim_class == y.victim_class or "unknown" in {x.victim_class, y.victim_class}


def _same_words(toll: Toll, group: Iterable[Row]) -> bool:
    """Tell whether the words for the victims are the same; no words are as good as "people"."""
    mine = _word_of(toll)
    return any(_word_of(r.toll) == mine for r in group)


def _word_of(toll: Toll) -> str:
    return "" if _generic(toll) else _words(toll.victims)


def _same_figure(toll: Toll, group: Iterable[Row]) -> bool:
    return toll.best is not None and any(r.toll.best == toll.best for r in group)


def _words(ref: ActorRef | None) -> str:
    return "" if ref is None else ref.actor_id or (ref.role or ref.span.quote).casefold()


# ------------------------------------------------------------------------------------------- one cell


def _cell(rows: Sequence[Row]) -> TollCell:
    current = _current(rows)
    lows = [r.toll.low for r in current if r.toll.low is not None]
    highs = [r.toll.high for r in current]
    return TollCell(
        outcome=rows[0].toll.outcome,
        victims=_label(rows),
        victim_class=_class(rows),
        low=min(lows, default=None),
        high=None if None in highs else max((h for h in highs if h is not None), default=None),
        by=tuple(_figure(r) for r in current),
        status=_agreement(current),
    )


def _figure(row: Row) -> TollFigure:
    toll = row.toll
    return TollFigure(row.claim.told_by, toll.low, toll.high, toll.qualifier, row.claim.id, row.claim.document)


def _current(rows: Sequence[Row]) -> list[Row]:
    """Each teller's latest figure; within one document the surest, so that "dozens" does not replace a number."""
    latest: dict[str, Row] = {}
    for row in rows:
        before = latest.get(row.teller)
        same_text = before is not None and before.claim.document == row.claim.document
        if before is None or not same_text or _surety(row.toll) <= _surety(before.toll):
            latest[row.teller] = row
    return list(latest.values())


def _surety(toll: Toll) -> int:
    return _SURE.get(toll.qualifier, 3)


def _label(rows: Sequence[Row]) -> str | None:
    """The victims' canonical name, else the words used most; "people" where most tellers name no kind of victims."""
    told = [r for r in rows if not _generic(r.toll)]
    chosen = told if len(told) * 2 >= len(rows) else [r for r in rows if _generic(r.toll)]
    refs = [r.toll.victims for r in chosen if r.toll.victims is not None]
    known = [r.name for r in refs if r.actor_id and r.name]
    words = known[:1] or [r.span.quote for r in refs]
    return Counter(words).most_common(1)[0][0] if words else None


def _class(rows: Sequence[Row]) -> VictimClass:
    """The class that most tellers give: one teller's "servicemen" makes no combatants of five tellers' "people"."""
    classes = Counter(r.toll.victim_class for r in rows)
    said = sum(n for kind, n in classes.items() if kind != "unknown")
    if said * 2 < len(rows):
        return "unknown"
    return next(kind for kind, _ in classes.most_common() if kind != "unknown")


def _agreement(current: Sequence[Row]) -> Status:
    """Contested when two tellers' ranges cannot both hold."""
    if len(current) < 2:
        return "single"
    low = max(r.toll.low if r.toll.low is not None else 0 for r in current)
    high = min(r.toll.high if r.toll.high is not None else _OPEN for r in current)
    return "contested" if low > high else "agreed"
