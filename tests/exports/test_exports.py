"""Exports: other programs can read them, nothing in them runs, public ones keep to the quote budget."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeGrouper, FakeReader, make_document
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.documents.words import WORD
from reportedly.errors import UsageError
from reportedly.exports import FORMATS, find_format, write
from reportedly.exports.budget import QuoteBudget, words_total
from reportedly.exports.csv import harmless
from reportedly.exports.drawn import bar_of, mark_of
from reportedly.exports.links import safe_link
from reportedly.exports.options import Options, simple_words
from reportedly.exports.tables import CLAIM_COLUMNS
from reportedly.exports.words import figure_words, glance_words, when_words
from reportedly.model import Document, Extraction, Paragraph, PreviewNote, Rejected, Rights, Span, When
from reportedly.model.when import days_words
from reportedly.store import SqliteStore, open_store
from reportedly.store.answers import Glance

EVIL = '<script>alert(1)</script>"onmouseover="x"\u202e=cmd|\' /C calc\'!A0'
FILLER = "Residents spoke of hours of shooting and of smoke over the market that evening. " * 12


def spans(text: str) -> list[tuple[int, int]]:
    """Return where words stand, by the rule of the documents room."""
    return [match.span() for match in WORD.finditer(text)]


def fill(store: SqliteStore) -> None:
    """Put documents with hostile metadata and several places into a case."""
    texts = {
        "d1": "Red Army killed 12 soldiers at Kova on 2024-07-27, Blue Army said. " + FILLER,
        "d2": "Red Army killed 20 soldiers at Kova on 2024-07-27. " + FILLER,
        "d3": "Red Army killed 3 farmers at Mera on 2024-08-01, Red Army said. " + FILLER,
    }
    for key, text in texts.items():
        meta = {"title": EVIL, "publisher": EVIL, "url": "javascript:alert(1)", "author": "=1+1"}
        if key == "d2":
            meta |= {"url": "https://example.org/a?utm_source=x&id=7#frag", "publisher": "Desert Wire"}
        found = FakeReader().extract(make_document(key, text, published="2024-07-28", **meta))
        store.add(unplaced(found) if key == "d3" else found)
    store.reject(Rejected("<b>bad</b>.pdf", "is empty", fatal=True))
    store.regroup(FakeGrouper())


def unplaced(found: Extraction) -> Extraction:
    """Return the extraction with places that were not resolved."""
    claims = tuple(
        replace(claim, place=replace(claim.place, lat=None, lon=None, precision="unresolved"))  # type: ignore[arg-type]
        for claim in found.claims
    )
    return replace(found, claims=claims)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """Return a filled case."""
    with open_store(str(tmp_path_factory.mktemp("case") / "a.case"), write=True) as case:
        fill(case)
        yield case


def acled_rows(view: object) -> list[dict[str, object]]:
    """Return rows in ACLED's layout, as the codebooks room would make them."""
    base = {"location_code": "MLI", "admin1": "Kidal", "civilian_targeting": "", "disorder_type": "Political violence"}
    rows = [("2024-07-27", 12, {}), ("2024-07-02", 3, {"civilian_targeting": "Civilian targeting"})]
    rows += [
        ("2024-07-31", 0, {"disorder_type": "Political violence; Demonstrations"}),
        ("2024-08-01", 3, {"admin1": ""}),
    ]
    return [{**base, "event_date": day, "fatalities": dead, **more} for day, dead, more in rows]


def export_bytes(store: SqliteStore, name: str, options: Options | None = None) -> bytes:
    """Return an export."""
    out = io.BytesIO()
    receipt = write(store, name, out, options or Options(words=spans, acled=acled_rows))
    assert receipt.size == len(out.getvalue())
    return out.getvalue()


def export(store: SqliteStore, name: str, options: Options | None = None) -> str:
    """Return an export as text."""
    return export_bytes(store, name, options).decode("utf-8")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_what_it_is_and_gives_the_same_bytes_again(store: SqliteStore, name: str) -> None:
    found = find_format(name)
    assert found.title
    assert found.media
    assert found.leaves_out
    assert export_bytes(store, name) == export_bytes(store, name)


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_case_is_exported_too(tmp_path: Path, name: str) -> None:
    with open_store(str(tmp_path / "a.case"), write=True) as empty:
        made = export_bytes(empty, name)
    assert made == b"" if name in ("jsonl", "documents", "ftm") else made


def test_unknown_formats_name_the_known_ones() -> None:
    with pytest.raises(UsageError, match="jsonl, csv, geojson, gexf"):
        find_format("xls")


def test_the_table_is_one_row_a_claim(store: SqliteStore) -> None:
    text = export(store, "csv")
    assert text.count("\r\n") == 4
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["document"] for row in rows] == ["d1", "d2", "d3"]
    assert tuple(rows[0]) == tuple(column.name for column in CLAIM_COLUMNS)
    assert (rows[0]["killed_low"], rows[0]["killed_high"], rows[0]["claimant"]) == ("12", "12", "Blue Army")
    assert rows[2]["lat"] == ""
    texts = {stored.document.id: stored.document.text for stored in store.documents()}
    assert all(texts[row["document"]][int(row["start"]) : int(row["end"])] == row["quote"] for row in rows)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  +cmd", "'  +cmd"),
        ("\t=x", "'\t=x"),
        ("＝1", "'＝1"),
        ("-5", "-5"),
        ("+12.5", "+12.5"),
        ("-5+cmd", "'-5+cmd"),
        ("a=b", "a=b"),
        ("", ""),
        ("x\0y", "xy"),
        (-3.5, -3.5),
        (None, None),
    ],
)
def test_no_cell_is_a_formula(cell: object, written: object) -> None:
    assert harmless(cell) == written


@given(st.text())
def test_cells_stay_readable(text: str) -> None:
    out = harmless(text)
    assert isinstance(out, str)
    assert out.removeprefix("'") in text.replace("\0", "") or out == text.replace("\0", "")


def test_features_on_a_map(store: SqliteStore) -> None:
    data = json.loads(export(store, "geojson"))
    by_place = {feature["properties"]["place"]: feature for feature in data["features"]}
    assert by_place["Kova"]["geometry"] == {"type": "Point", "coordinates": [2.5, 20.0]}
    assert by_place["Mera"]["geometry"] is None
    assert data["bbox"] == [2.5, 20.0, 2.5, 20.0]
    assert by_place["Kova"]["properties"]["status"] == "contested"
    assert all(not isinstance(value, dict | list) for value in by_place["Kova"]["properties"].values())


class Tags(HTMLParser):
    """Collects tags, attributes and what is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs


def test_nothing_in_the_report_runs_or_leads_astray(store: SqliteStore) -> None:
    text = export(store, "html")
    parser = Tags()
    parser.feed(text)
    assert not parser.tags & {"script", "iframe", "object", "embed", "form", "img", "b/", "base"}
    assert not [name for name, _ in parser.attributes if name.startswith("on")]
    links = [value for name, value in parser.attributes if name in ("href", "cite") and value]
    assert all(link.startswith(("#", "https://example.org/a?id=7")) for link in links)
    assert html.escape(EVIL, quote=False).split(";")[0] in text
    assert "default-src 'none'" in text


def test_the_report_says_who_says_how_many(store: SqliteStore) -> None:
    text = re.sub(r"<[^>]+>", "", export(store, "html"))
    assert "Blue Army: 12 against Desert Wire: 20" in " ".join(text.split())
    assert "12 to 20" in text
    assert "bad" in text
    assert "is empty" in text
    assert all(stored.document.sha256 in text for stored in store.documents())


def quoted(text: str) -> list[str]:
    """Return the quotes of a report, as words."""
    blocks = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", text, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", block)).strip("… ") for block in blocks]


@pytest.mark.parametrize(
    ("share", "most", "longest"), [(0.15, 200, 25), (0.02, 200, 25), (1, 5, 25), (1, 200, 4), (0, 9, 9)]
)
def test_the_report_keeps_to_the_budget(store: SqliteStore, share: float, most: int, longest: int) -> None:
    report = export(store, "html", Options(share=share, max_words=most, quote_words=longest, words=spans))
    texts = [stored.document.text for stored in store.documents()]
    limits = [min(int(share * stored.document.words), most) for stored in store.documents()]
    shown = quoted(report)
    for quote in shown:
        assert any(quote in text for text in texts)
        assert len(spans(quote)) <= min(longest, max(limits))
    assert ("withheld" in re.sub(r"<style>.*</style>", "", report, flags=re.DOTALL)) == (len(shown) < 3)


@settings(max_examples=200, deadline=None)
@given(
    words=st.integers(0, 400),
    share=st.floats(0, 1),
    most=st.integers(0, 60),
    longest=st.integers(0, 30),
    cuts=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 2000)), max_size=12),
)
def test_never_over_budget(words: int, share: float, most: int, longest: int, cuts: list[tuple[int, int]]) -> None:
    text = " ".join(f"w{n}" for n in range(words))
    document = make_document("d", text)
    budget = QuoteBudget(document, Options(share=share, max_words=most, quote_words=longest, words=spans))
    seen: set[int] = set()
    for one, other in cuts:
        start, end = sorted((min(one, len(text)), min(other, len(text))))
        shown = budget.quote(Span.of(text, start, end), Span.of(text, start, end))
        if shown.text is None:
            continue
        assert text[shown.start : shown.end] == shown.text
        assert start <= shown.start <= shown.end <= end
        assert len(spans(shown.text)) <= max(longest, 0) + 2  # letters cut in half at the span's own ends
        seen |= {n for n, (a, b) in enumerate(spans(text)) if shown.start <= a and b <= shown.end}
    assert len(seen) <= min(int(share * document.words), most)


@pytest.mark.parametrize(
    ("rights", "shown"),
    [
        (Rights(), True),
        (Rights(nosnippet=True), False),
        (Rights(max_snippet=0), False),
        (Rights(max_snippet=5), False),
        (Rights(max_snippet=-1), True),
        (Rights(max_snippet=500), True),
        (Rights(no_preview=((5, 9),)), False),
        (Rights(no_preview=((500, 600),)), True),
    ],
)
def test_marks_on_the_page_bind(rights: Rights, shown: bool) -> None:
    text = "One two three four. " + FILLER
    document = replace(make_document("d", text), rights=rights)
    found = QuoteBudget(document, Options(words=spans)).quote(Span.of(text, 0, 19), Span.of(text, 0, 3))
    assert (found.text is not None) == shown
    assert len(found.sha256) == 16


def test_a_preview_is_measured_against_the_whole_article() -> None:
    document = replace(make_document("d", "word " * 150), preview=PreviewNote(0.15, "P"))
    assert words_total(document, spans) == 1000
    part = Paragraph(0, len(document.text) // 2)
    again = Paragraph(part.end, len(document.text), "repeat")
    assert words_total(replace(document, paragraphs=(part, again)), spans) == 500


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://a.org/x?utm_source=1&id=2&fbclid=3#top", "https://a.org/x?id=2"),
        ("http://a.org", "http://a.org"),
        ("javascript:alert(1)", None),
        (" data:text/html,x", None),
        ("https://", None),
        ("http://[", None),
        ("//a.org/x", None),
        (None, None),
    ],
)
def test_links(url: str | None, link: str | None) -> None:
    assert safe_link(url) == link


def glance(**changes: Any) -> Glance:
    """Return an incident at a glance."""
    usual: dict[str, Any] = dict.fromkeys(Glance._fields)
    usual |= {"id": "inc-1", "title": "Clash in Kova, 2024-07-27", "types": "battle.clash\x1fattack.killing"}
    usual |= {"earliest": "2024-07-27", "latest": "2024-07-27", "when_precision": "day", "precision": "point"}
    usual |= {"names": "", "ids": "", "told": "2024-07-28\x1fsoon\x1f2024-07-30", "status": "single"}
    return Glance(**{**usual, **changes})


@pytest.mark.parametrize(
    ("precision", "exactness"),
    [
        ("point", "exact"),
        ("near", "near"),
        ("district", "area"),
        ("region", "area"),
        ("country", "none"),
        ("unresolved", "none"),
    ],
)
def test_a_place_is_marked_as_exactly_as_it_is_known(precision: str, exactness: str) -> None:
    assert mark_of(glance(precision=precision)).exactness == exactness


@pytest.mark.parametrize(
    ("precision", "basis", "fuzzy", "assumed"),
    [
        ("day", "stated", False, False),
        ("span", "relative", False, False),
        ("month", "stated", True, False),
        ("week", "relative", True, False),
        ("day", "publication", False, True),
    ],
)
def test_a_bar_says_how_the_time_is_known(precision: str, basis: str, fuzzy: bool, assumed: bool) -> None:
    bar = bar_of(glance(when_precision=precision, basis=basis))
    assert (bar.start, bar.end) == (date(2024, 7, 27), date(2024, 7, 27))
    assert (bar.fuzzy, bar.assumed, bar.family) == (fuzzy, assumed, "battle")
    assert bar.published == (date(2024, 7, 28), date(2024, 7, 30))
    assert bar_of(glance(earliest=None)).start is None


@pytest.mark.parametrize(
    ("low", "high", "status", "words"),
    [
        (None, None, "single", ""),
        (4, 9, "contested", "; killed: 4 to 9; contested"),
        (84, 84, "agreed", "; killed: 84"),
        (0, 0, "single", "; killed: 0"),
    ],
)
def test_incidents_in_a_few_words(low: int | None, high: int | None, status: str, words: str) -> None:
    assert glance_words(glance(killed_low=low, killed_high=high, status=status)) == "Clash in Kova, 2024-07-27" + words


def test_the_report_draws_every_incident_or_names_it(store: SqliteStore) -> None:
    text = export(store, "html")
    drawn = text.split('id="map"')[1].split("</section>")[0]
    ids = [record.id for record in store.incidents()]
    assert all(f'href="#{key}"' in drawn for key in ids)
    assert "Not on the map" in drawn
    assert "not an endorsement" in drawn
    lane = text.split('id="timeline"')[1].split("</section>")[0]
    assert all(f'href="#{key}"' in lane for key in ids)


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("XXXX-07-27", "27 July (year not stated)"),
        ("XXXX-07", "July (year not stated)"),
        ("../2024-05-24", "by 24 May 2024"),
        ("2024-05-24/..", "from 24 May 2024"),
        ("2021-07/..", "from July 2021"),
        ("2021/", "from 2021"),
        ("/2021", "by 2021"),
        ("2021-13-40/..", "from 2021-13-40"),
        ("..", ".."),
        ("", "date not stated"),
    ],
)
def test_times_say_what_is_not_known(edtf: str, words: str) -> None:
    assert when_words(When(Span(0, 0, ""), None, None, edtf, "day", "stated")) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2024-07-27", "2024-07-27", "27 July 2024"),
        ("2024-05-03", "2024-05-05", "3–5 May 2024"),
        ("2024-04-28", "2024-05-02", "28 April – 2 May 2024"),
        ("2023-12-30", "2024-01-02", "30 December 2023 – 2 January 2024"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2024-02-01", "2024-02-28", "1–28 February 2024"),
        ("2024-03-01", "2024-05-31", "March–May 2024"),
        ("2023-11-01", "2024-01-31", "November 2023 – January 2024"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2023-01-01", "2024-12-31", "2023–2024"),
        ("2024-01-01", "9999-12-31", "1 January 2024 – 31 December 9999"),
    ],
)
def test_days_are_written_as_people_write_them(first: str, last: str, words: str) -> None:
    days = date.fromisoformat(first), date.fromisoformat(last)
    when = When(Span(0, 0, ""), *days, f"{first}/{last}", "span", "stated")
    assert days_words(when) == when_words(when) == words
    assert days_words(replace(when, basis="publication")).startswith("by ")
    assert when_words(replace(when, basis="publication")) == f"{words} (day of publication)"


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "words"),
    [
        (84, 84, "exact", "84"),
        (30, 30, "about", "about 30"),
        (50, None, "more_than", "more than 50"),
        (84, None, "at_least", "at least 84"),
        (None, 5, "at_most", "up to 5"),
        (None, 5, "fewer_than", "fewer than 5"),
        (20, 25, "range", "20 to 25"),
        (24, None, "vague", "24 or more (in words only)"),
        (None, None, "none", "number unknown"),
        (1200, 1200, None, "1,200"),
    ],
)
def test_figures_in_words(low: int | None, high: int | None, qualifier: str | None, words: str) -> None:
    assert figure_words(low, high, qualifier) == words  # type: ignore[arg-type]


@given(st.text(max_size=60))
def test_the_plain_rule_finds_words(text: str) -> None:
    assert [text[a:b] for a, b in simple_words(text)] == re.findall(r"\w+", text)


def test_documents_are_shown_with_their_access(tmp_path: Path) -> None:
    document: Document = replace(
        make_document("p", "Red Army killed 2 men at Kova on 2024-07-27. " + FILLER, publisher="P"),
        access="preview",
        preview=PreviewNote(0.15, "P"),
    )
    with open_store(str(tmp_path / "a.case"), write=True) as case:
        case.add(FakeReader().extract(document))
        case.regroup(FakeGrouper())
        text = " ".join(re.sub(r"<[^>]+>", "", export(case, "html")).split())
    assert "preview, states 15 % of the article" in text
    assert f"words quoted here (limit {min(int(0.15 * words_total(document, spans)), 200)})" in text
