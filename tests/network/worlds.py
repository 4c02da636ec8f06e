"""Small cases for tests of the network: happenings between invented parties, told in invented words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from fakes import FakeGrouper, make_document

from reportedly.incidents.record import summarise
from reportedly.model import (
    ActorRef,
    Claim,
    DocumentFacts,
    Extraction,
    Incident,
    IncidentRecord,
    PlaceRef,
    Relation,
    Span,
    Toll,
    When,
    content_id,
)
from reportedly.store import SqliteStore, open_store

TEXT = "Red Front and Blue Army met near Kova where gunmen and soldiers and villagers were seen. " * 3
ZERO = Span(0, 9, TEXT[:9])


def party(name: str, kind: str = "rebel_group", country: str | None = "ML", *, known: bool = True) -> ActorRef:
    """Return an actor, known by an id made of its name."""
    key = f"x-{name.lower().replace(' ', '-')}" if known else None
    return ActorRef(Span(0, len(name), name), key, name if known else None, name if known else None, kind, country)  # type: ignore[arg-type]


def place(country: str | None = "ML", precision: str = "point") -> PlaceRef:
    """Return a place in a country."""
    return PlaceRef(ZERO, f"p-{country}", f"Kova {country}", country, (), None, 20.0, 2.0, precision)  # type: ignore[arg-type]


def day(text: str, basis: str = "stated") -> When:
    """Return a day."""
    found = date.fromisoformat(text)
    return When(ZERO, found, found, text, "day", basis)  # type: ignore[arg-type]


def killed(low: int | None, high: int | None = None, victims: ActorRef | None = None, kind: str = "unknown") -> Toll:
    """Return a figure of people killed; without `high` the exact number."""
    return Toll(
        content_id("t", low, high, str(victims), kind),
        ZERO,
        "killed",
        low,
        low if high is None else high,
        low,
        "exact",
        victims,
        kind,  # type: ignore[arg-type]
    )


@dataclass(frozen=True)
class Tale:
    """One document: its claims about one happening in each group, and its relations."""

    key: str
    groups: tuple[tuple[Claim, ...], ...]
    relations: tuple[Relation, ...] = ()
    published: str | None = "2024-08-01"
    publisher: str | None = None


def claim(number: int = 0, **slots: object) -> Claim:
    """Return a clash on a day at a place, with other slots as given."""
    base = Claim(
        id="",
        document="",
        event_type="battle.clash",
        violent=True,
        trigger=Span(number, number + 1, TEXT[number : number + 1]),
        content=ZERO,
        place=place(),
        when=day("2024-07-27"),
    )
    return replace(base, **slots)  # type: ignore[arg-type]


def extraction(tale: Tale) -> Extraction:
    """Return a tale as read out of a document."""
    claims = tuple(
        replace(one, id=content_id("claim", tale.key, group, n), document=tale.key)
        for group, members in enumerate(tale.groups)
        for n, one in enumerate(members)
    )
    document = make_document(tale.key, TEXT, published=tale.published, publisher=tale.publisher)
    return Extraction(document, True, claims, tale.relations)


class ByTale(FakeGrouper):
    """Groups the claims of each group of a tale into one incident, with the records of the real room."""

    def __init__(self, groups: Mapping[str, str]) -> None:
        self.groups = groups

    def cluster(
        self, claims: Sequence[Claim], documents: Mapping[str, DocumentFacts], judgements: Sequence[object]
    ) -> Sequence[Incident]:
        """Group by the tale's own groups."""
        found: dict[str, list[Claim]] = {}
        for one in claims:
            found.setdefault(self.groups[one.id], []).append(one)
        return [
            Incident("", tuple(sorted(c.id for c in group)), tuple(sorted({c.document for c in group})))
            for group in found.values()
        ]

    def summarise(
        self, incident: Incident, claims: Sequence[Claim], documents: Mapping[str, DocumentFacts]
    ) -> IncidentRecord:
        """Summarise as the incidents room does."""
        return summarise(incident, claims, documents, {})


@contextmanager
def case(folder: Path, *tales: Tale) -> Iterator[SqliteStore]:
    """Give a case of the tales, added in this order."""
    found = [extraction(tale) for tale in tales]
    groups: dict[str, str] = {}
    for tale, one in zip(tales, found, strict=True):
        sizes = [(n, len(members)) for n, members in enumerate(tale.groups)]
        names = [f"{tale.key}/{n}" for n, size in sizes for _ in range(size)]
        groups |= dict(zip((c.id for c in one.claims), names, strict=True))
    with open_store(str(folder / "a.case"), write=True) as store:
        for one in found:
            store.add(one)
        store.regroup(ByTale(groups))
        yield store
