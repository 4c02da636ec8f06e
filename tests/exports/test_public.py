"""Public exports: over all formats that carry words, never more of a document's words than its budget."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from fakes import FakeGrouper, FakeReader, make_document
from hypothesis import given, settings
from hypothesis import strategies as st
from test_exports import acled_rows, export_bytes

from reportedly.exports import FORMATS
from reportedly.exports.options import Options, simple_words
from reportedly.exports.public import PublicView
from reportedly.exports.words import WITHHELD
from reportedly.incidents.record import summarise
from reportedly.model import (
    ActorRef,
    Claim,
    Document,
    DocumentFacts,
    Extraction,
    Incident,
    IncidentRecord,
    PlaceRef,
    Relation,
    Rights,
    Span,
    Toll,
    When,
)
from reportedly.store import SqliteStore, open_store

LENGTH = 60
PUBLIC = [name for name in FORMATS if name != "documents"]
TOKEN = re.compile(r"q\dx\d+q")


class RealRecords(FakeGrouper):
    """One incident for each group of two documents, with the records of the real room."""

    def cluster(self, claims, documents, judgements):  # type: ignore[no-untyped-def]
        """Put all claims into one incident."""
        claims = list(claims)
        keys = tuple(sorted(claim.id for claim in claims))
        return [Incident("", keys, tuple(sorted({claim.document for claim in claims})))] if keys else []

    def summarise(self, incident: Incident, claims, documents: dict[str, DocumentFacts]) -> IncidentRecord:  # type: ignore[no-untyped-def,override]
        """Summarise as the incidents room does."""
        return summarise(incident, claims, documents, {})


def words(number: int) -> str:
    """Return a text of which every word tells that it is of this document."""
    return " ".join(f"q{number}x{n}q" for n in range(LENGTH))


def cut(document: Document, first: int, size: int) -> Span:
    """Return some neighbouring words of a text."""
    spans = simple_words(document.text)
    first %= LENGTH
    last = min(LENGTH - 1, first + size)
    return Span.of(document.text, spans[first][0], spans[last][1])


@st.composite
def tales(draw: st.DrawFn) -> list[Extraction]:
    """Make documents whose claims point at words anywhere in the text, most of them naming nobody known."""
    made = []
    for number in range(draw(st.integers(1, 3))):
        document = make_document(f"d{number}", words(number), url=f"https://example.org/{number}")
        spot = st.builds(lambda first, size, d=document: cut(d, first, size), st.integers(0, 59), st.integers(0, 4))
        wide = st.builds(lambda first, size, d=document: cut(d, first, size), st.integers(0, 59), st.integers(0, 40))
        claims = [_claim(draw, document, n, spot, wide) for n in range(draw(st.integers(0, 4)))]
        source, target = (_actor(draw, spot) for _ in range(2))
        relations = (Relation("fights", source, target, draw(spot), draw(wide)),)
        made.append(Extraction(document, True, tuple(claims), relations))
    return made


def _actor(draw: st.DrawFn, spot: st.SearchStrategy[Span]) -> ActorRef:
    span = draw(spot)
    if draw(st.booleans()):
        return ActorRef(span, "x-known", "Known Group", "Known Group", "rebel_group", "ML", span.quote)
    return ActorRef(span, None, span.quote, None, "political_militia", None, span.quote)


def _claim(
    draw: st.DrawFn, document: Document, number: int, spot: st.SearchStrategy[Span], wide: st.SearchStrategy[Span]
) -> Claim:
    place = draw(spot)
    victims = _actor(draw, spot)
    told = _actor(draw, spot) if draw(st.booleans()) else None
    return Claim(
        id=f"claim-{document.id}-{number}",
        document=document.id,
        event_type="battle.clash",
        violent=True,
        trigger=draw(spot),
        content=draw(wide),
        initiators=(_actor(draw, spot),),
        targets=(_actor(draw, spot), victims),
        place=PlaceRef(place, None, place.quote, None, (), None, None, None, "unresolved"),
        when=When(draw(spot), None, None, "XXXX-07-27", "day", "stated"),
        tolls=(Toll("t", draw(spot), "killed", 3, 3, 3, "exact", victims, "combatant"),),
        means=(draw(spot),),
        claimant=told,
        claimant_kind="party" if told else "outlet",
        attribution=(told,) if told else (),
        cue=draw(spot),
    )


def visible(store: SqliteStore, name: str, options: Options) -> str:
    """Return everything that a format shows, links apart: they lead to the words, as the budget's rule wants it."""
    data = export_bytes(store, name, options)
    if name == "parquet":
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.parquet"
            path.write_bytes(data)
            text = str(duckdb.read_parquet(str(path)).fetchall())
    elif name == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.db"
            path.write_bytes(data)
            base = sqlite3.connect(path)
            text = "\n".join(base.iterdump())
            base.close()
    else:
        text = data.decode()
    return re.sub(r"#:~:text=[^\s\"'<>;]*", "", text)


@settings(max_examples=15, deadline=None)
@given(
    made=tales(),
    share=st.sampled_from([0.0, 0.05, 0.15, 0.5, 1.0]),
    most=st.sampled_from([0, 6, 20, 200]),
    longest=st.sampled_from([4, 25]),
    rows=st.sampled_from(["claims", "incidents"]),
)
def test_never_over_budget_in_any_format(
    made: list[Extraction], share: float, most: int, longest: int, rows: str
) -> None:
    """Every word of the texts is unlike all others, so that each one that is shown anywhere is seen here."""
    options = Options(share=share, max_words=most, quote_words=longest, public=True, rows=rows, acled=acled_rows)  # type: ignore[arg-type]
    limit = min(int(share * LENGTH), most)
    with tempfile.TemporaryDirectory() as folder, open_store(str(Path(folder) / "a.case"), write=True) as case:
        for found in made:
            case.add(found)
        case.regroup(RealRecords())
        for name in PUBLIC:
            shown = set(
                TOKEN.findall(visible(case, name, options)) and re.findall(r"q\dx\d+q", visible(case, name, options))
            )
            for number in range(len(made)):
                assert len({word for word in shown if word.startswith(f"q{number}x")}) <= limit, name


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    """Return a case of two short articles."""
    case = open_store(str(tmp_path / "a.case"), write=True)
    for number in (1, 2):
        text = f"Red Army killed {number} farmers at Kova on 2024-07-2{number}, Blue Army said. " + words(number)
        case.add(FakeReader().extract(make_document(f"d{number}", text, url=f"https://example.org/{number}")))
    case.regroup(FakeGrouper())
    return case


def test_plain_exports_keep_their_quotes(store: SqliteStore) -> None:
    assert "Red Army killed 1 farmers at Kova" in export_bytes(store, "csv").decode()


def test_what_is_withheld_is_named_by_offsets_hash_and_link(store: SqliteStore) -> None:
    """With no budget at all, days, figures, places and known names are left, and the way to every quote."""
    text = export_bytes(store, "csv", Options(share=0, public=True)).decode()
    cells = next(csv.DictReader(io.StringIO(text, newline="")))
    assert "Red Army killed" not in text
    assert "farmers" not in text.replace(cells["link"], "")
    assert (cells["initiators"], cells["place"], cells["killed_low"], cells["earliest"]) == (
        "Red Army",
        "Kova",
        "1",
        "2024-07-21",
    )
    stored = store.document("d1")
    assert stored is not None
    assert len(cells["quote_sha256"]) == 64
    assert "#:~:text=Red%20Army%20killed" in text
    assert "words withheld" in text


def test_an_incident_line_keeps_offsets_where_words_are_withheld(store: SqliteStore) -> None:
    line = json.loads(export_bytes(store, "jsonl", Options(share=0, public=True)).splitlines()[0])
    side = line["incident"]["sides"][0][0]
    assert (side["text"], side["name"], side["end"] - side["start"]) == ("", "Red Army", 8)
    assert line["incident"]["tolls"][0]["victims"] in (WITHHELD, "soldiers")


def test_the_budget_goes_to_what_says_most(store: SqliteStore) -> None:
    """Of a sentence that does not fit, the part around the figure is shown, and the words in it with it."""
    view = PublicView(store, Options(share=1, max_words=6, quote_words=6, public=True))
    claim = next(iter(view.claims("d1")))
    assert len(simple_words(claim.content.quote)) == 6
    assert "1" in claim.content.quote.split()
    stored = store.document("d1")
    assert stored is not None
    assert stored.document.text[claim.content.start : claim.content.end] == claim.content.quote


@pytest.mark.parametrize("rights", [Rights(nosnippet=True), Rights(max_snippet=0), Rights(no_preview=((0, 10**6),))])
def test_marks_on_the_page_bind_all_words(tmp_path: Path, rights: Rights) -> None:
    with open_store(str(tmp_path / "b.case"), write=True) as case:
        found = FakeReader().extract(make_document("d", "Red Army killed 2 farmers at Kova on 2024-07-27. " + words(1)))
        case.add(replace(found, document=replace(found.document, rights=rights)))
        case.regroup(FakeGrouper())
        claim = next(iter(PublicView(case, Options(share=1, public=True)).claims()))
    assert (claim.content.quote, claim.trigger.quote, claim.targets[0].name) == ("", "", None)
    assert claim.initiators[0].name == "Red Army"
