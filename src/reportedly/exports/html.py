"""Export as a report: one HTML file without scripts, to read, print and give away. Keeps to the quote budget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from reportedly.drawing import (
    NOTE,
    STYLE,
    WORDS,
    Label,
    Labels,
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
from reportedly.exports.annex import annex, running_heads
from reportedly.exports.budget import Quote, QuoteBudget, quote_claim
from reportedly.exports.decided import checked_by
from reportedly.exports.drawn import bar_of, family_of, mark_of
from reportedly.exports.key_figures import range_words
from reportedly.exports.links import deep_link, safe_link
from reportedly.exports.options import Options
from reportedly.exports.scope import select
from reportedly.model.actor import ActorRef
from reportedly.model.claim import Claim
from reportedly.model.document import Document
from reportedly.model.incident import IncidentRecord, TollCell, TollFigure
from reportedly.model.span import Span
from reportedly.model.when import day_words, span_words
from reportedly.store.answers import Glance, StoredDocument
from reportedly.store.base import Holdings
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
    checked: str


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
    claims: int

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
    """An actor, and the other names that it bore in these incidents with the days of the first and the last."""

    name: str
    kind: str
    country: str
    dated: tuple[str, ...]
    incidents: int


def chunks(view: Holdings, options: Options) -> Iterator[str]:
    """Yield the report piece by piece."""
    chosen = select(view, options.scope)
    documents, records = chosen.documents, chosen.records
    budgets = {stored.document.id: QuoteBudget(stored.document, options) for stored in documents}
    numbers = {stored.document.id: number for number, stored in enumerate(documents, 1)}
    outlets = {stored.document.id: stored.document.publisher for stored in documents}
    sections = [_section(view, number, record, budgets, numbers) for number, record in enumerate(records, 1)]
    told = Counter(claim.document for section in sections for claim in _claims(section))
    sources = [_source(n, stored, budgets, told[stored.document.id]) for n, stored in enumerate(documents, 1)]
    title = options.title or "What is reported"
    yield from _template().generate(
        title=title,
        case=_case_name(view),
        version=VERSION,
        sections=sections,
        contradictions=_contradictions(sections),
        sources=sources,
        actors=_actors(sections),
        style=Markup(STYLE),
        map=_map(view, sections),
        timeline=_timeline(view, sections),
        legend=_legend(view, sections),
        by_id={record.id: record for record in records},
        boundaries=NOTE,
        refused=[item for item in view.rejected() if item.fatal],
        span=_publication_span(documents),
        cut_off=_moment(max((stored.added for stored in documents), default=None)),
        options=options,
        outlets=outlets,
        w=words,
        labels=options.labels(),
        lands=options.lands(),
        range_words=range_words,
        heads=running_heads(title, _case_name(view)),
        **annex(view, options, chosen, [(section.record, _claims(section)) for section in sections]),
    )


def _template() -> Template:
    folder = PackageLoader("reportedly.exports", "templates")
    environment = Environment(
        loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("report.html")


def _glances(view: Holdings, sections: Sequence[Section]) -> list[Glance]:
    """Return the incidents of the report at a glance."""
    held = {section.record.id for section in sections}
    return [glance for glance in view.glances() if glance.id in held]


def _labels(glances: Sequence[Glance], sections: Sequence[Section]) -> Labels:
    """Return how incidents are called in a drawing: by the number and the words that they bear in the report."""
    numbers = {section.record.id: str(section.number) for section in sections}
    told = {glance.id: f"{numbers[glance.id]}. {words.glance_words(glance)}" for glance in glances}
    return lambda key: Label(f"#{key}", told[key], numbers[key])


def _map(view: Holdings, sections: Sequence[Section]) -> MapDrawing | None:
    """Return the map of the incidents; None where no place is known well enough."""
    glances = _glances(view, sections)
    marks = [mark_of(glance) for glance in glances]
    spots = [(m.lon, m.lat) for m in marks if m.exactness != "none" and m.lon is not None and m.lat is not None]
    # On paper nothing opens: a badge leads to the list.
    links = Links(_labels(glances, sections), closer=lambda box: "#overview", together=lambda box: "#overview")
    return draw_map(marks, around(spots), links) if spots else None


def _timeline(view: Holdings, sections: Sequence[Section]) -> TimelineDrawing | None:
    """Return the timeline of the incidents; None where nothing is dated."""
    glances = _glances(view, sections)
    bars = [bar_of(glance) for glance in glances]
    span = reach(bars)
    labels = _labels(glances, sections)
    return draw_timeline(bars, *span, labels, lambda first, last: "#overview") if span else None


def _legend(view: Holdings, sections: Sequence[Section]) -> list[tuple[Markup, str]]:
    """Return the shapes that are drawn, with their words."""
    drawn = {family_of(glance) for glance in _glances(view, sections)}
    return [(icon(kind), meaning) for kind, meaning in WORDS.items() if kind in drawn]


def _case_name(view: Holdings) -> str:
    return view.name.replace("\\", "/").rsplit("/", 1)[-1]


def _claims(section: Section) -> list[Claim]:
    return [item.claim for item in section.evidence]


def _section(
    view: Holdings,
    number: int,
    record: IncidentRecord,
    budgets: Mapping[str, QuoteBudget],
    numbers: Mapping[str, int],
) -> Section:
    claims = [claim for member in record.claims if (claim := view.claim(member))]
    checked = _checked(view, claims)
    evidence = tuple(
        _evidence(claim, budgets[claim.document], numbers[claim.document], checked.get(claim.id, ""))
        for claim in claims
    )
    outlets = {key: budget.document.publisher for key, budget in budgets.items()}
    return Section(number, record, _rows(record, outlets), evidence)


def _rows(record: IncidentRecord, outlets: words.Outlets) -> tuple[Row, ...]:
    """Return the figures by teller; an outlet's own voice bears the outlet's name."""
    tellers = dict.fromkeys(words.teller(figure, outlets) for cell in record.tolls for figure in cell.by)
    return tuple(
        Row(name, tuple(tuple(f for f in cell.by if words.teller(f, outlets) == name) for cell in record.tolls))
        for name in tellers
    )


def _checked(view: Holdings, claims: Sequence[Claim]) -> dict[str, str]:
    """Return what people said of these claims, in words."""
    return {
        key: told
        for document in dict.fromkeys(claim.document for claim in claims)
        for key, told in checked_by(view, document, [c for c in claims if c.document == document]).items()
    }


def _evidence(claim: Claim, budget: QuoteBudget, source: int, checked: str) -> Evidence:
    shown = quote_claim(budget, claim)
    pieces = tuple(_pieces(shown, _slots(claim))) if shown.text is not None else ()
    return Evidence(claim, source, shown, pieces, deep_link(budget.document, claim.content), checked)


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


def _source(number: int, stored: StoredDocument, budgets: Mapping[str, QuoteBudget], claims: int) -> Source:
    budget = budgets[stored.document.id]
    return Source(
        number=number,
        stored=stored,
        link=safe_link(stored.document.url),
        total=budget.total,
        estimated=bool(stored.document.preview and stored.document.preview.stated_share),
        limit=budget.limit,
        shown=len(budget.shown),
        claims=claims,
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
    met: dict[str, list[tuple[ActorRef, IncidentRecord]]] = {}
    for section in sections:
        for ref in (ref for side in section.record.sides for ref in side):
            if ref.actor_id is not None:
                met.setdefault(ref.actor_id, []).append((ref, section.record))
    rows = [_actor_row(found) for found in met.values()]
    return sorted(rows, key=lambda row: (-row.incidents, row.name))


def _actor_row(met: Sequence[tuple[ActorRef, IncidentRecord]]) -> ActorRow:
    ref = met[0][0]
    name = ref.name or ref.span.quote
    borne: dict[str, list[str]] = {}
    for other, record in met:
        days = borne.setdefault(other.name_on_date or name, [])
        days += [day.isoformat() for day in _days(record)]
    dated = tuple(_dated(called, days) for called, days in sorted(borne.items()) if called != name)
    incidents = len({record.id for _, record in met})
    return ActorRow(name, ref.kind.replace("_", " "), ref.country or "", dated, incidents)


def _days(record: IncidentRecord) -> list[date]:
    when = record.when
    return [day for day in (when.earliest, when.latest) if day] if when else []


def _dated(name: str, days: Sequence[str]) -> str:
    """Return a name with the days of the first and last incident in which it was borne."""
    if not days:
        return name
    first, last = min(days), max(days)
    return f"{name} ({first})" if first == last else f"{name} ({first} to {last})"


def _publication_span(documents: Sequence[StoredDocument]) -> str | None:
    """Return from when to when the documents came out, in words."""
    days = [day for stored in documents if (day := stored.document.published_on)]
    return span_words(min(days), max(days)) if days else None


def _moment(added: str | None) -> str | None:
    """Return when a document was added, in words; the store writes it in UTC."""
    return f"{day_words(date.fromisoformat(added[:10]))}, {added[11:16]} UTC" if added else None
