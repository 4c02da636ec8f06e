"""One neutral sentence about an incident, each fact with footnotes to the words that it was read from. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reportedly.exports.words import actor_words, cell_head, figure_words, place_words, teller, when_words
from reportedly.model.actor import ActorRef
from reportedly.model.claim import Claim
from reportedly.model.incident import IncidentRecord, TollCell, TollFigure
from reportedly.model.span import Span

# Figures that the sentence holds; all of them stand in the matrix.
MOST_CELLS = 6


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: the words, and the claim whose document they stand in."""

    number: int
    claim: Claim
    words: Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the sentence and the numbers of its footnotes."""

    text: str
    notes: tuple[int, ...] = ()


@dataclass(slots=True)
class Summary:
    """The sentence in pieces, and its footnotes in order."""

    pieces: list[Piece] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def add(self, text: str, claim: Claim | None = None, words: Span | None = None) -> None:
        """Add a stretch, with a footnote where its words are known."""
        numbers = () if claim is None or words is None else (self._number(claim, words),)
        self.pieces.append(Piece(text, numbers))

    def _number(self, claim: Claim, words: Span) -> int:
        for note in self.notes:
            if (note.claim.document, note.words) == (claim.document, words):
                return note.number
        self.notes.append(Note(len(self.notes) + 1, claim, words))
        return len(self.notes)

    @property
    def text(self) -> str:
        """The sentence without its notes."""
        return "".join(piece.text for piece in self.pieces)


def summarised(
    record: IncidentRecord,
    claims: Sequence[Claim],
    label: Callable[[str], str],
    outlets: Mapping[str, str | None],
    lands: Mapping[str, str],
) -> Summary:
    """Return the sentence. `label` gives the plain words of an event type, `outlets` publishers by document.

    `lands` are the names of countries by their letters.
    """
    made = Summary()
    _what(made, record, claims, label)
    _where_and_when(made, record, claims, lands)
    _sides(made, record, claims)
    for number, cell in enumerate(record.tolls[:MOST_CELLS]):
        made.add("; " if number else "; reported harm: ")
        _toll(made, cell, {claim.id: claim for claim in claims}, outlets)
    if len(record.tolls) > MOST_CELLS:
        made.add("; further figures below")
    made.add(".")
    return made


def _what(made: Summary, record: IncidentRecord, claims: Sequence[Claim], label: Callable[[str], str]) -> None:
    kind = record.event_types[0] if record.event_types else ""
    first = next((claim for claim in claims if claim.event_type == kind), None)
    made.add("Reported: ")
    made.add(label(kind).lower() if kind else "an incident", first, first.trigger if first else None)


def _where_and_when(made: Summary, record: IncidentRecord, claims: Sequence[Claim], lands: Mapping[str, str]) -> None:
    place, when = record.place, record.when
    if place is not None:
        teller_of_place = next((claim for claim in claims if claim.place == place), None)
        made.add(
            f", {'' if place.precision == 'near' else 'in '}{place_words(place, lands)}", teller_of_place, place.span
        )
    if when is not None and when.basis != "publication":
        teller_of_time = next((claim for claim in claims if claim.when == when), None)
        made.add(f", {when_words(when)}", teller_of_time, when.span)
    else:
        made.add(f", {when_words(when)}")


def _sides(made: Summary, record: IncidentRecord, claims: Sequence[Claim]) -> None:
    first, second = record.sides
    if not first and not second:
        made.add("; nobody is named as a side")
        return
    made.add("; named: ")
    _actors(made, first, claims)
    if first and second:
        made.add(" and, on the other side, ")
    _actors(made, second, claims)


def _actors(made: Summary, refs: Iterable[ActorRef], claims: Sequence[Claim]) -> None:
    for number, ref in enumerate(refs):
        told = next((claim for claim in claims if ref in (*claim.initiators, *claim.targets)), None)
        made.add(f"{', ' if number else ''}{actor_words(ref)}", told, ref.span)


def _toll(made: Summary, cell: TollCell, claims: Mapping[str, Claim], outlets: Mapping[str, str | None]) -> None:
    """Tell a figure with its teller; of several tellers the least and the most that they give, each with a footnote."""
    told = [(figure, _words_of(figure, cell, claims.get(figure.claim))) for figure in cell.by]
    tellers = dict.fromkeys(teller(figure, outlets) for figure in cell.by)
    if len(tellers) == 1:
        words = ", ".join(figure_words(figure.low, figure.high, figure.qualifier) for figure in cell.by)
        made.add(f"{cell_head(cell)} {words} according to {next(iter(tellers))}")
    else:
        made.add(f"{cell_head(cell)} {figure_words(cell.low, cell.high)} according to {len(tellers)} tellers")
    for figure, span in told:
        made.add("", claims.get(figure.claim), span)


def _words_of(figure: TollFigure, cell: TollCell, claim: Claim | None) -> Span | None:
    """Return the words that a figure was read from."""
    tolls = claim.tolls if claim else ()
    own = (t.span for t in tolls if (t.outcome, t.low, t.high) == (cell.outcome, figure.low, figure.high))
    return next(own, None)
