"""The report: what is in scope, figures as ranges, decisions counted, nothing of it runs, and it prints to A4."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from fakes import FakeGrouper, FakeReader, make_document
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly import review
from reportedly.contract import claim_json
from reportedly.documents.words import WORD
from reportedly.errors import StoreError, UsageError
from reportedly.exports import write
from reportedly.exports.annex import css_string
from reportedly.exports.decided import reviewed
from reportedly.exports.key_figures import by_country, by_month, key_figures, range_words
from reportedly.exports.options import BookNote, Options
from reportedly.exports.scope import Scope, holds, scope_words, select
from reportedly.exports.words import rights_words
from reportedly.model import Rights, Span, When
from reportedly.network.tolls import TollRange
from reportedly.review import Coder
from reportedly.store import SqliteStore, open_store
from reportedly.store.adding import AddRun

TEXTS = {
    "d1": "Red Army killed 12 soldiers at Kova on 2024-07-27, Blue Army said.",
    "d2": "Red Army killed 20 soldiers at Kova on 2024-07-27.",
    "d3": "Red Army killed 3 farmers at Mera on 2024-08-01, Red Army said.",
    "d4": "Green Army killed 5 soldiers at Tula on 2024-09-09.",
}
CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """Return a case of three incidents, one contested."""
    reader = FakeReader()
    documents = [make_document(key, text, published="2024-09-10") for key, text in TEXTS.items()]
    with open_store(str(tmp_path / "a.case"), write=True) as case:
        AddRun(case, lambda items: (reader.extract(item) for item in items), FakeGrouper()).run(documents)  # type: ignore[arg-type]
        yield case


def report(store: SqliteStore, scope: Scope | None = None, **options: object) -> str:
    """Return a report as HTML."""
    out = io.BytesIO()
    words = lambda text: [match.span() for match in WORD.finditer(text)]  # noqa: E731
    write(store, "html", out, Options(scope=scope or Scope(), words=words, **options))  # type: ignore[arg-type]
    return out.getvalue().decode()


def plain(html: str) -> str:
    """Return what a reader sees, on one line."""
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL).split())


@pytest.mark.parametrize(
    ("scope", "places"),
    [
        (Scope(), ["Kova", "Mera", "Tula"]),
        (Scope(since="2024-08-01"), ["Mera", "Tula"]),
        (Scope(until="2024-08-01"), ["Kova", "Mera"]),
        (Scope(since="2024-07-28", until="2024-08-31"), ["Mera"]),
        (Scope(actors=("Blue Army",)), ["Kova"]),
        (Scope(actors=("Green Army", "Blue Army")), ["Kova", "Tula"]),
        (Scope(countries=("ml",)), ["Kova", "Mera", "Tula"]),
        (Scope(countries=("UA",)), []),
        (Scope(types=("battle",)), ["Kova", "Mera", "Tula"]),
        (Scope(types=("battle.cl",)), []),
        (Scope(status="contested"), ["Kova"]),
    ],
)
def test_scope_takes_what_it_says(store: SqliteStore, scope: Scope, places: list[str]) -> None:
    chosen = select(store, scope)
    assert [record.place.name for record in chosen.records] == places  # type: ignore[union-attr]
    assert chosen.left_out == 3 - len(places)
    told = {key for record in chosen.records for key in record.documents}
    assert {stored.document.id for stored in chosen.documents} == (told if scope != Scope() else set(TEXTS))


def test_what_is_not_dated_lies_between_no_days_and_is_counted(store: SqliteStore) -> None:
    record = next(store.incidents())
    undated = replace(record, when=When(Span(0, 0, ""), None, None, "XXXX-07-27", "day", "stated"))
    assert holds(Scope(), undated)
    assert not holds(Scope(since="2024-01-01"), undated)
    assert not holds(Scope(until="2030-01-01"), undated)


def test_wrong_scopes_say_so(store: SqliteStore) -> None:
    with pytest.raises(UsageError, match="no day"):
        Scope(since="July")
    with pytest.raises(StoreError, match="no actor"):
        select(store, Scope(actors=("Nobody",)))
    assert dict(scope_words(Scope(since="2024-07-01", types=("battle",)))) == {
        "Days": "from 2024-07-01",
        "Event types": "battle",
    }


def told(store: SqliteStore) -> list[tuple[object, list[object]]]:
    """Return incidents with their claims."""
    return [(record, [store.claim(key) for key in record.claims]) for record in store.incidents()]


def test_key_figures_are_ranges_over_tellers(store: SqliteStore) -> None:
    (killed,) = key_figures(told(store))  # type: ignore[arg-type]
    assert (killed.outcome, killed.told, killed.contested) == ("killed", 3, 1)
    assert (killed.total.low, killed.total.high) == (12 + 3 + 5, 20 + 3 + 5)
    assert killed.worst.place.name == "Kova"  # type: ignore[union-attr]
    (mali,) = by_country(told(store))  # type: ignore[arg-type]
    assert (mali.name, mali.incidents, mali.contested) == ("ML", 3, 1)
    assert [share.name for share in by_month(told(store))] == ["2024-07", "2024-08", "2024-09"]  # type: ignore[arg-type]
    assert key_figures([]) == []


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (TollRange(), "no figure"),
        (TollRange(5, 5, 5), "5"),
        (TollRange(1200, 2000, 2000), "1,200 to 2,000"),
        (TollRange(10, None, 10), "at least 10"),
        (TollRange(10, None, 40), "at least 10 (largest number named: 40)"),
    ],
)
def test_ranges_in_words(found: TollRange, words: str) -> None:
    assert range_words(found) == words


def test_decisions_are_counted_by_coder(store: SqliteStore) -> None:
    first, second, third, _ = list(store.claims(as_read=True))
    tolls = claim_json(second)["tolls"]
    tolls[0] |= {"low": 21, "high": 21, "best": 21}
    review.accept(store, first.id, Coder("ana"))
    review.change(store, second.id, {"tolls": tolls}, Coder("ana"))
    review.reject(store, third.id, Coder("ben"), "misread")
    review.reject(store, first.id, Coder("eve", blind=True))
    review.merge(store, *[record.id for record in store.incidents()][:2], Coder("ben"))
    review.undo(store, Coder("ben"))
    found = reviewed(store, set(TEXTS))
    assert (found.claims, found.accepted, found.edited, found.rejected, found.open) == (4, 2, 1, 1, 1)
    by_who = {(coder.who, coder.blind): coder for coder in found.coders}
    ana, ben, eve = by_who["ana", False], by_who["ben", False], by_who["eve", True]
    assert (ana.accepted, ana.edited, ana.rejected) == (1, 1, 0)
    assert (ben.rejected, ben.grouped) == (1, 0)
    assert ben.taken_back > 0
    assert eve.rejected == 1
    store.regroup(FakeGrouper())
    text = plain(report(store))
    assert "Of 4 claims as read in these documents people accepted 2 ( 1 of them after editing) and rejected 1" in (
        text.replace("(1", "( 1")
    )
    assert "edited by ana" in text
    assert "Mera" not in text.split("Incidents")[3], "a rejected claim makes no incident"
    assert reviewed(store, {"d4"}).coders == ()


def test_the_report_says_scope_versions_and_hashes(store: SqliteStore) -> None:
    books = lambda: [BookNote("acled", "ACLED layout (not ACLED data)", "2024.1")]  # noqa: E731
    text = plain(report(store, Scope(since="2024-08-01"), title="Two months", books=books))
    assert "Two months" in text
    assert "from 2024-08-01" in text
    assert "1 incident of the case" in text
    html = report(store)
    assert html.count("<table") == html.count('tabindex="0"><table'), "a broad table scrolls on a phone, by key too"
    assert "ACLED layout (not ACLED data), version 2024.1" in text
    assert "at most 15 % of the article and never more than 200 words" in text
    kept = {stored.document.id: stored.document.sha256 for stored in store.documents()}
    assert all((sha in text) == (key in {"d3", "d4"}) for key, sha in kept.items())
    empty = plain(report(store, Scope(countries=("UA",))))
    assert "No incident of the case lies in this scope" in empty
    assert "3 incidents of the case" in empty


@given(st.text(max_size=30))
@settings(deadline=None)
def test_no_title_ends_its_css_string(text: str) -> None:
    made = css_string(text)
    assert re.fullmatch(r'"(?:[A-Za-z0-9 ]|\\[0-9a-f]{6})*"', made)
    back = re.sub(r"\\([0-9a-f]{6})", lambda found: chr(int(found[1], 16)), made[1:-1])
    assert back == text


def test_a_hostile_title_stays_words(store: SqliteStore) -> None:
    evil = '"; } </style><script>alert(1)</script> { '
    html = report(store, title=evil)
    assert "<script" not in html
    assert html.count("</style>") == 1


@pytest.mark.parametrize(
    ("rights", "words"),
    [
        (Rights(), "no mark on the page; the usual rights of authors hold"),
        (Rights(licence="CC BY 4.0", free=True), "licence CC BY 4.0 · free to read"),
        (Rights(nosnippet=True, free=False), "behind a paywall · no excerpt allowed"),
        (Rights(max_snippet=50), "excerpts of at most 50 characters"),
        (Rights(max_snippet=-1, noai=True), "not for AI, says the page"),
        (
            Rights(tdm_reservation=True, tdm_policy="https://a.example/p"),
            "text and data mining reserved (https://a.example/p)",
        ),
    ],
)
def test_rights_in_words(rights: Rights, words: str) -> None:
    assert rights_words(rights) == words


def test_runs_say_where_the_case_comes_from(store: SqliteStore) -> None:
    (run,) = store.runs()
    assert (run.command, run.counts.added, run.finished is not None) == ("add", 4, True)
    assert [(one.document, one.claims) for one in store.run_documents(run.number)] == [(key, 1) for key in TEXTS]
    assert store.run_rejected(run.number) == []


@pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium to print")
def test_it_prints_to_numbered_a4_pages_and_fits_a_phone(store: SqliteStore, tmp_path: Path) -> None:
    sync_api = pytest.importorskip("playwright.sync_api")
    page_file = tmp_path / "report.html"
    page_file.write_text(report(store, title="Summer of 2024"), encoding="utf-8")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
    with sync_api.sync_playwright() as p:
        browser = p.chromium.launch(executable_path=str(CHROMIUM), args=[*quiet, "--disable-component-update"])
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(page_file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        data = page.pdf(prefer_css_page_size=True)
        browser.close()
    pdf = pypdfium2.PdfDocument(data)
    for number, sheet in enumerate(pdf, 1):
        width, height = sheet.get_size()
        assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)
        text = sheet.get_textpage().get_text_bounded()
        assert f"page {number} of {len(pdf)}" in text
        assert "Summer of 2024" in text
