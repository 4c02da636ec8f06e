"""Export as a report: one HTML file without scripts, to read, print and give away. Keeps to the quote budget."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from reportedly.drawing import (
    NOTE,
    STYLE,
    WORDS,
    Links,
    MapDrawing,
    TimelineDrawing,
    around,
    draw_map,
    draw_timeline,
    icon,
    reach,
)
from reportedly.exports import words
from reportedly.exports.budget import Quote, QuoteBudget
from reportedly.exports.drawn import bar_of, family_of, mark_of
from reportedly.exports.links import deep_link, safe_link
from reportedly.exports.options import Options
from reportedly.model.claim import Claim
from reportedly.model.document import Document
from reportedly.model.incident import IncidentRecord, TollCell, TollFigure
from reportedly.model.span import Span
from reportedly.store.base import StoredDocument, View
from reportedly.version import VERSION

TITLE = "Report to read and print"
MEDIA = "text/html"
LEAVES_OUT = "quotes beyond the budget; documents' texts"
TAKES: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a quote; `kind` says which slot the words fill, None for the words between."""

    text: str
    kind: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim with its words, as far as they may be shown."""

    claim: Claim
    source: int
    quote: Quote
    pieces: tuple[Piece, ...]
    link: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One teller's figures; a cell for each outcome and victim group of the incident."""

    claimant: str
    cells: tuple[tuple[TollFigure, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One incident of the report."""

    number: int
    record: IncidentRecord
    rows: tuple[Row, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One document of the report."""

    number: int
    stored: StoredDocument
    link: str | None
    total: int
    estimated: bool
    limit: int
    shown: int

    @property
    def document(self) -> Document:
        """The document."""
        return self.stored.document


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Figures that cannot both hold."""

    section: Section
    cell: TollCell


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor with the names it bears in this case."""

    name: str
    kind: str
    country: str
    dated: tuple[str, ...]
    incidents: int


def chunks(view: View, options: Options) -> Iterator[str]:
    """Yield the report piece by piece."""
    documents = list(view.documents())
    budgets = {stored.document.id: QuoteBudget(stored.document, options) for stored in documents}
    numbers = {stored.document.id: number for number, stored in enumerate(documents, 1)}
    records = sorted(view.incidents(), key=_by_day)
    outlets = {stored.document.id: stored.document.publisher for stored in documents}
    sections = [_section(view, number, record, budgets, numbers) for number, record in enumerate(records, 1)]
    sources = [_source(numbers[stored.document.id], stored, budgets) for stored in documents]
    yield from _template().generate(
        title=options.title or "What is reported",
        case=view.name.replace("\\", "/").rsplit("/", 1)[-1],
        version=VERSION,
        counts=view.counts(),
        sections=sections,
        contradictions=_contradictions(sections),
        sources=sources,
        actors=_actors(sections),
        style=Markup(STYLE),
        map=_map(sections),
        timeline=_timeline(sections, documents),
        legend=_legend(sections),
        by_id={record.id: record for record in records},
        boundaries=NOTE,
        refused=[item for item in view.rejected() if item.fatal],
        span=_publication_span(documents),
        cut_off=max((stored.added for stored in documents), default=None),
        options=options,
        outlets=outlets,
        w=words,
    )


def _template() -> Template:
    folder = PackageLoader("reportedly.exports", "templates")
    environment = Environment(
        loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("report.html")


def _map(sections: Sequence[Section]) -> MapDrawing | None:
    """Return the map of the incidents; None where no place is known well enough."""
    marks = [mark_of(section.record, f"#{section.record.id}", str(section.number)) for section in sections]
    spots = [(m.lon, m.lat) for m in marks if m.exactness != "none" and m.lon is not None and m.lat is not None]
    # On paper nothing opens: a badge leads to the list.
    links = Links(closer=lambda box: "#overview", together=lambda box: "#overview")
    return draw_map(marks, around(spots), links) if spots else None


def _timeline(sections: Sequence[Section], documents: Sequence[StoredDocument]) -> TimelineDrawing | None:
    """Return the timeline of the incidents; None where nothing is dated."""
    days = {stored.document.id: stored.document.published_on for stored in documents}
    bars = [bar_of(section.record, f"#{section.record.id}", days, str(section.number)) for section in sections]
    span = reach(bars)
    return draw_timeline(bars, *span, lambda first, last: "#overview") if span else None


def _legend(sections: Sequence[Section]) -> list[tuple[Markup, str]]:
    """Return the shapes that are drawn, with their words."""
    drawn = {family_of(section.record) for section in sections}
    return [(icon(kind), meaning) for kind, meaning in WORDS.items() if kind in drawn]


def _by_day(record: IncidentRecord) -> tuple[str, str]:
    when = record.when
    return (when.earliest.isoformat() if when and when.earliest else "9999", record.id)


def _section(
    view: View,
    number: int,
    record: IncidentRecord,
    budgets: Mapping[str, QuoteBudget],
    numbers: Mapping[str, int],
) -> Section:
    claims = [claim for member in record.claims if (claim := view.claim(member))]
    evidence = tuple(_evidence(claim, budgets[claim.document], numbers[claim.document]) for claim in claims)
    outlets = {key: budget.document.publisher for key, budget in budgets.items()}
    return Section(number, record, _rows(record, outlets), evidence)


def _rows(record: IncidentRecord, outlets: words.Outlets) -> tuple[Row, ...]:
    """Return the figures by teller; an outlet's own voice bears the outlet's name."""
    tellers = dict.fromkeys(words.teller(figure, outlets) for cell in record.tolls for figure in cell.by)
    return tuple(
        Row(name, tuple(tuple(f for f in cell.by if words.teller(f, outlets) == name) for cell in record.tolls))
        for name in tellers
    )


def _evidence(claim: Claim, budget: QuoteBudget, source: int) -> Evidence:
    telling = claim.tolls[0].span if claim.tolls else claim.trigger
    shown = budget.quote(claim.content, telling if claim.content.covers(telling) else claim.trigger)
    pieces = tuple(_pieces(shown, _slots(claim))) if shown.text is not None else ()
    return Evidence(claim, source, shown, pieces, deep_link(budget.document, claim.content))


def _slots(claim: Claim) -> list[tuple[Span, str]]:
    """Return the stretches to highlight, the most telling first: where two overlap the first one wins."""
    slots = [(toll.span, "toll") for toll in claim.tolls]
    slots += [(claim.cue, "cue")] if claim.cue else []
    slots += [(claim.claimant.span, "claimant")] if claim.claimant else []
    slots.append((claim.trigger, "trigger"))
    slots += [(claim.place.span, "place")] if claim.place else []
    slots += [(claim.when.span, "when")] if claim.when else []
    return slots + [(ref.span, "actor") for ref in (*claim.initiators, *claim.targets)]


def _pieces(shown: Quote, slots: Sequence[tuple[Span, str]]) -> Iterator[Piece]:
    """Cut the quote at the borders of its slots."""
    text = shown.text or ""
    kinds: list[str | None] = [None] * len(text)
    for span, kind in slots:
        low, high = max(span.start, shown.start) - shown.start, min(span.end, shown.end) - shown.start
        if low < high and all(taken is None for taken in kinds[low:high]):
            kinds[low:high] = [kind] * (high - low)
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or kinds[end] != kinds[start]:
            yield Piece(text[start:end], kinds[start])
            start = end


def _source(number: int, stored: StoredDocument, budgets: Mapping[str, QuoteBudget]) -> Source:
    budget = budgets[stored.document.id]
    return Source(
        number=number,
        stored=stored,
        link=safe_link(stored.document.url),
        total=budget.total,
        estimated=bool(stored.document.preview and stored.document.preview.stated_share),
        limit=budget.limit,
        shown=len(budget.shown),
    )


def _contradictions(sections: Sequence[Section]) -> list[Contradiction]:
    return [
        Contradiction(section, cell)
        for section in sections
        for cell in section.record.tolls
        if cell.status == "contested"
    ]


def _actors(sections: Sequence[Section]) -> list[ActorRow]:
    """Return the known actors of the incidents, most often met first."""
    seen: dict[str, dict[str, set[str]]] = {}
    rows: dict[str, ActorRow] = {}
    for section in sections:
        for ref in (ref for side in section.record.sides for ref in side):
            if ref.actor_id is None:
                continue
            facts = seen.setdefault(ref.actor_id, {"names": set(), "incidents": set()})
            facts["names"] |= {ref.name_on_date or ref.name or ref.span.quote}
            facts["incidents"] |= {section.record.id}
            name = ref.name or ref.span.quote
            dated = tuple(sorted(facts["names"] - {name}))
            rows[ref.actor_id] = ActorRow(
                name, ref.kind.replace("_", " "), ref.country or "", dated, len(facts["incidents"])
            )
    return sorted(rows.values(), key=lambda row: (-row.incidents, row.name))


def _publication_span(documents: Sequence[StoredDocument]) -> tuple[str, str] | None:
    days = sorted(day.isoformat() for stored in documents if (day := stored.document.published_on))
    return (days[0], days[-1]) if days else None
