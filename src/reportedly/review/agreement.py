"""How far two coders agree, field by field. Door: `agree(case, one, other)`; persons, blind coders and the program.

Units are claims that both judged, found by their anchors; a claim that a person wrote is a unit where both coded the
whole document. Stretches of text are compared in documents that both coded whole. Behind each figure stand the
disagreements it comes from. The measures and their sources are in `alpha`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reportedly.errors import StoreError, UsageError
from reportedly.model.actor import ActorRef
from reportedly.model.claim import Claim
from reportedly.model.span import Span
from reportedly.model.toll import Toll
from reportedly.review.alpha import (
    Continuum,
    Distance,
    Reliability,
    Stretch,
    continuum,
    masi,
    nominal,
    ratio,
    reliability,
    reliability_unitised,
)
from reportedly.review.coders import CoderName, Codes, DocumentCodes, find_coder
from reportedly.review.decide import Case

NONE = "none"
STANDS, ABSENT = "stands", "no claim"


@dataclass(frozen=True, slots=True)
class Field:
    """What is compared, and how: `measure` names the distance, `of` gives a claim's or a toll's value."""

    key: str
    label: str
    measure: str
    distance: Distance
    of: Callable[..., Hashable | None]


@dataclass(frozen=True, slots=True)
class SpanField:
    """A slot whose words are compared as stretches of the text."""

    key: str
    label: str
    of: Callable[[Claim], Iterable[Span]]
    measure: str = "unitised"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One unit on which the coders differ: where it stands, and what each said."""

    field: str
    document: str
    claim: str
    start: int
    end: int
    words: str
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Agreement on one field, in one document or (None) in all. `note` says in words why there is no alpha."""

    field: str
    label: str
    measure: str
    document: str | None
    found: Reliability
    note: str
    disagreements: tuple[Disagreement, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two coders' agreement. `claims` judged by both; `whole` counts documents that both coded from end to end."""

    one: CoderName
    other: CoderName
    claims: int
    documents: tuple[str, ...]
    whole: int
    cells: tuple[Cell, ...]
    by_document: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)

    def cell(self, key: str, document: str | None = None) -> Cell | None:
        """Return the cell of a field, over all documents or for one."""
        cells = self.cells if document is None else self.by_document.get(document, ())
        return next((cell for cell in cells if cell.field == key), None)


# --------------------------------------------------------------------------------------------- fields


def _actor(ref: ActorRef) -> str:
    return ref.actor_id or (ref.name or ref.span.quote).casefold()


def _actors(refs: Iterable[ActorRef]) -> frozenset[str]:
    return frozenset(_actor(ref) for ref in refs)


def _claimant(claim: Claim) -> str:
    return _actor(claim.claimant) if claim.claimant else "the outlet"


def _place(claim: Claim) -> str:
    place = claim.place
    return NONE if place is None else place.place_id or (place.name or place.span.quote).casefold()


def _tolls(claim: Claim) -> frozenset[tuple[str, int | None, int | None]]:
    return frozenset((toll.outcome, toll.low, toll.high) for toll in claim.tolls)


CLAIM_FIELDS = (
    Field("event_type", "event type", "nominal", nominal, lambda claim: claim.event_type),
    Field("claimant", "claimant", "nominal", nominal, _claimant),
    Field("claimant_kind", "kind of claimant", "nominal", nominal, lambda claim: claim.claimant_kind),
    Field("stance", "stance", "nominal", nominal, lambda claim: claim.stance),
    Field("modality", "modality", "nominal", nominal, lambda claim: claim.modality),
    Field("aggregate", "aggregate", "nominal", nominal, lambda claim: claim.aggregate),
    Field("place", "place", "nominal", nominal, _place),
    Field("when", "time", "nominal", nominal, lambda claim: claim.when.edtf if claim.when else NONE),
    Field("initiators", "initiators", "MASI", masi, lambda claim: _actors(claim.initiators)),
    Field("targets", "targets", "MASI", masi, lambda claim: _actors(claim.targets)),
    Field("tolls", "tolls (all of a claim)", "MASI", masi, _tolls),
)
TOLL_FIELDS = (
    Field("toll_low", "figure, lower bound", "ratio", ratio, lambda toll: toll.low),
    Field("toll_high", "figure, upper bound", "ratio", ratio, lambda toll: toll.high),
    Field("toll_outcome", "outcome of a toll", "nominal", nominal, lambda toll: toll.outcome),
    Field("toll_qualifier", "qualifier of a figure", "nominal", nominal, lambda toll: toll.qualifier),
    Field("victim_class", "class of victims", "nominal", nominal, lambda toll: toll.victim_class),
)
SPAN_FIELDS = (
    SpanField("content_words", "words of the claim", lambda claim: (claim.content,)),
    SpanField("trigger_words", "words of the event", lambda claim: (claim.trigger,)),
    SpanField("toll_words", "words of the figures", lambda claim: (toll.span for toll in claim.tolls)),
    SpanField("claimant_words", "words of the claimant", lambda claim: (r.span for r in (claim.claimant,) if r)),
    SpanField("place_words", "words of the place", lambda claim: (p.span for p in (claim.place,) if p)),
)
CLAIM = Field("claim", "is it a claim", "nominal", nominal, lambda claim: STANDS if claim else ABSENT)
FIELDS: tuple[Field | SpanField, ...] = (CLAIM, *CLAIM_FIELDS, *TOLL_FIELDS, *SPAN_FIELDS)


# ------------------------------------------------------------------------------------------ comparing


@dataclass(frozen=True, slots=True)
class _Unit:
    """What two coders made of one claim or toll, and the words that it stands on."""

    document: str
    claim: str
    words: Span
    one: Hashable
    other: Hashable


@dataclass(slots=True)
class _Gathered:
    """Units by field, and texts with marked stretches by field, of one document."""

    claims: int = 0
    whole: bool = False
    units: defaultdict[str, list[_Unit]] = field(default_factory=lambda: defaultdict(list))
    texts: dict[str, Continuum] = field(default_factory=dict)
    text: str = ""


def agree(case: Case, one: str, other: str, *, document: str | None = None, details: bool = True) -> Agreement:
    """Compare two coders by name (`program` is one) over a case or one document; with `details` also by document.

    Raises UsageError for an unknown name or twice the same coder, StoreError for an unknown document.
    """
    first, second = find_coder(case, one), find_coder(case, other)
    if first == second:
        raise UsageError(f"`{one}` and `{other}` are one coder", hint="name two; `program` is one of them")
    gathered = dict(_gather(case, Codes(case, first), Codes(case, second), _wanted(case, document)))
    cells = tuple(_cells(None, list(gathered.items())))
    by_document = {key: tuple(_cells(key, [(key, found)])) for key, found in gathered.items() if details}
    claims, whole = sum(found.claims for found in gathered.values()), sum(found.whole for found in gathered.values())
    return Agreement(first, second, claims, tuple(gathered), whole, cells, by_document)


def coded_by_both(case: Case, one: CoderName, other: CoderName) -> frozenset[str]:
    """Return the ids of the documents in which both coded something; none where only the program did."""
    return _shared(Codes(case, one), Codes(case, other))


def _wanted(case: Case, document: str | None) -> str | None:
    if document is None:
        return None
    stored = case.document(document)
    if stored is None:
        raise StoreError(f"no document `{document}` in the case")
    return stored.document.id


def _gather(case: Case, one: Codes, other: Codes, document: str | None) -> Iterator[tuple[str, _Gathered]]:
    """Yield the documents in which both coded something, with their units."""
    for key in sorted(_shared(one, other)):
        stored = case.document(key) if document in (None, key) else None
        if stored is None:
            continue
        text, read = stored.document.text, list(case.claims(key, as_read=True))
        found = _compared(key, text, one.document(key, read, text), other.document(key, read, text))
        if found.claims or found.whole:
            yield key, found


def _shared(one: Codes, other: Codes) -> frozenset[str]:
    known = [documents for documents in (one.documents, other.documents) if documents is not None]
    return frozenset.intersection(*known) if known else frozenset()


def _compared(key: str, text: str, one: DocumentCodes, other: DocumentCodes) -> _Gathered:
    found = _Gathered(text=text, whole=one.whole and other.whole)
    for left, right, words in _paired(one, other, whole=found.whole):
        found.claims += 1
        claim = left or right
        spot = replace(_Unit(key, claim.id if claim else "", words, None, None))
        found.units["claim"].append(replace(spot, one=CLAIM.of(left), other=CLAIM.of(right)))
        if left is not None and right is not None:
            for name, unit in _values(spot, left, right):
                found.units[name].append(unit)
    if found.whole:
        for slot in SPAN_FIELDS:
            found.texts[slot.key] = continuum(len(text), _marked(slot, one), _marked(slot, other))
    return found


def _paired(
    one: DocumentCodes, other: DocumentCodes, *, whole: bool
) -> Iterator[tuple[Claim | None, Claim | None, Span]]:
    """Yield each claim as both have it, with the words of its event.

    A written claim that the other coder did not judge is met by one that they wrote on the same words, else absent;
    that can only be told where both coded the whole document.
    """
    both = [key for key in one.claims if key in other.claims]
    for key in both:
        yield one.claims[key], other.claims[key], one.shown[key].trigger
    if not whole:
        return
    spare = {claim.id: claim for claim in other.written if claim.id not in both}
    for claim in (claim for claim in one.written if claim.id not in both):
        match = next((c for c in spare.values() if c.trigger.overlaps(claim.trigger)), None)
        yield claim, spare.pop(match.id) if match else None, claim.trigger
    for claim in spare.values():
        yield None, claim, claim.trigger


def _values(spot: _Unit, left: Claim, right: Claim) -> Iterator[tuple[str, _Unit]]:
    """Yield what both say in each field of a claim, and of each toll that both have."""
    for one in CLAIM_FIELDS:
        yield one.key, replace(spot, one=one.of(left), other=one.of(right))
    for ours, theirs in _same_tolls(left.tolls, right.tolls):
        for one in TOLL_FIELDS:
            a, b = one.of(ours), one.of(theirs)
            if a is not None and b is not None:
                yield one.key, replace(spot, words=ours.span, one=a, other=b)


def _same_tolls(left: Sequence[Toll], right: Sequence[Toll]) -> Iterator[tuple[Toll, Toll]]:
    """Yield tolls that are one figure to both: the same id, else the same words."""
    spare = list(right)
    for toll in left:
        same = [other for other in spare if other.id == toll.id]
        same = same or [other for other in spare if other.span.overlaps(toll.span)]
        if same:
            spare.remove(same[0])
            yield toll, same[0]


def _marked(slot: SpanField, codes: DocumentCodes) -> list[Stretch]:
    return [(span.start, span.end) for claim in codes.standing for span in slot.of(claim)]


# ---------------------------------------------------------------------------------------------- cells


def _cells(document: str | None, gathered: Sequence[tuple[str, _Gathered]]) -> Iterator[Cell]:
    for one in FIELDS:
        if isinstance(one, SpanField):
            yield _span_cell(one, document, gathered)
        else:
            units = [unit for _, found in gathered for unit in found.units.get(one.key, ())]
            found = reliability([(unit.one, unit.other) for unit in units], one.distance)
            apart = tuple(_disagreement(one.key, unit) for unit in units if unit.one != unit.other)
            yield Cell(one.key, one.label, one.measure, document, found, _note(found, "claim"), apart)


def _span_cell(slot: SpanField, document: str | None, gathered: Sequence[tuple[str, _Gathered]]) -> Cell:
    texts = {key: found for key, found in gathered if slot.key in found.texts}
    found = reliability_unitised([found.texts[slot.key] for found in texts.values()])
    apart = tuple(
        item for key, one in texts.items() for item in _unmatched(slot.key, key, one.texts[slot.key], one.text)
    )
    note = _note(found, "stretch") if texts else "not enough: no document that both coded whole"
    return Cell(slot.key, slot.label, slot.measure, document, found, note, apart)


def _note(found: Reliability, unit: str) -> str:
    if found.alpha is not None:
        return ""
    if found.n < 2:
        what = {"claim": "judged by both", "stretch": "marked"}[unit]
        return f"not enough: {found.n or 'no'} {unit} {what}"
    return "nothing varies: both always say the same one thing, which shows no agreement beyond chance"


def _disagreement(key: str, unit: _Unit) -> Disagreement:
    span = unit.words
    return Disagreement(
        key, unit.document, unit.claim, span.start, span.end, span.quote, said(unit.one), said(unit.other)
    )


def _unmatched(key: str, document: str, marked: Continuum, text: str) -> Iterator[Disagreement]:
    """Yield the stretches that only one coder marked just so, in the order of the text."""
    ours, theirs = set(marked.first), set(marked.second)
    for start, end in sorted(ours ^ theirs):
        who = ("marked", "not so") if (start, end) in ours else ("not so", "marked")
        yield Disagreement(key, document, "", start, end, text[start:end], *who)


def said(value: Hashable) -> str:
    """Return a value in words; sets in alphabetical order.

    >>> said(frozenset({("killed", 3, None)}))
    'killed 3 or more'
    """
    if isinstance(value, frozenset):
        return ", ".join(sorted(said(one) for one in value)) or NONE
    if isinstance(value, tuple):
        return _figure(*value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _figure(outcome: str, low: int | None, high: int | None) -> str:
    if low == high:
        return f"{outcome} {'unknown' if low is None else low}"
    if high is None:
        return f"{outcome} {low} or more"
    return f"{outcome} up to {high}" if low is None else f"{outcome} {low} to {high}"
