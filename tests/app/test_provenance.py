"""Agreement, log, runs, previews, quote budget and report as a person uses them."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from starlette.testclient import TestClient

from reportedly import review
from reportedly.app import Desk, create_app
from reportedly.cli import wiring
from reportedly.exports.articles import script_safe
from reportedly.model import Rejected
from reportedly.review import Coder
from reportedly.settings import Settings
from reportedly.store import open_store

from fakes import make_document  # isort: skip


@pytest.fixture
def coded(desk: Desk) -> Desk:
    """Return a desk on which ana and, blind, eve coded three documents; they differ on one claim."""
    with desk.writing() as store:
        claims = list(store.claims(as_read=True))[:12]
        for claim in claims:
            review.accept(store, claim.id, Coder("ana"))
            review.accept(store, claim.id, Coder("eve", blind=True))
        review.reject(store, claims[0].id, Coder("eve", blind=True), "not in text")
        review.change(store, claims[1].id, {"stance": "doubted"}, Coder("eve", blind=True))
    return desk


@pytest.fixture
def coding(coded: Desk) -> TestClient:
    """Return a client of that desk."""
    return TestClient(create_app(coded), headers={"X-Desk-Token": coded.token}, follow_redirects=False)


def rows(client: TestClient, path: str) -> list[dict[str, str]]:
    """Return a CSV twin's rows."""
    answer = client.get(path)
    assert answer.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def link(text: str, words: str) -> str:
    """Return where the link with these words leads."""
    found = re.search(rf'href="([^"]+)"[^>]*>\s*(?:<strong>)?{re.escape(words)}', text)
    assert found is not None, f"no link {words}"
    return found[1].replace("&amp;", "&")


@pytest.mark.parametrize(
    "path",
    [
        *("/agreement", "/agreement?one=ana&other=program", "/agreement?one=ana&other=eve%20(blind)&field=stance"),
        *("/log", "/log?who=ana&state=holds", "/runs", "/runs/1", "/documents/1/preview", "/budget", "/report"),
        *("/report?from=2024-01-01&country=ML", "/report?from=yesterday"),
    ],
)
def test_pages_open_without_inline_style_or_code(coding: TestClient, path: str) -> None:
    answer = coding.get(path)
    assert answer.status_code == 200
    assert " style=" not in answer.text
    assert " onclick=" not in answer.text
    assert "<script>" not in answer.text
    for scroll in re.findall(r'<div class="wide"[^>]*>', answer.text):
        assert 'tabindex="0"' in scroll, "what scrolls can be reached by key"


@pytest.mark.parametrize(
    "path", ["/agreement.json", "/log.json", "/runs.json", "/runs/1.json", "/budget.json", "/report.json"]
)
def test_twins_are_json(coding: TestClient, path: str) -> None:
    answer = coding.get(path)
    assert answer.headers["content-type"] == "application/json"
    answer.json()


def test_agreement_starts_with_two_coders_and_leads_to_what_they_differ_on(coding: TestClient) -> None:
    first = coding.get("/agreement").text
    assert "12 claims judged by both <b>ana</b> and <b>program</b>" in first
    pair = coding.get(link(first, "ana and eve (blind)")).text
    opened = re.search(r'href="(/agreement\?[^"]*field=stance[^"]*)#apart"', pair)
    assert opened is not None
    listed = coding.get(opened[1].replace("&amp;", "&")).text
    assert "Where they differ: stance" in listed
    assert "doubted" in listed
    document = re.search(r'href="(/documents/\d+\?claim=[^"]+)"', listed)
    assert document is not None
    assert coding.get(document[1]).status_code == 200


def test_agreement_has_the_same_figures_in_every_form(coding: TestClient) -> None:
    query = "?one=ana&other=eve%20(blind)"
    fields = {one["field"]: one for one in coding.get(f"/agreement.json{query}").json()["fields"]}
    table = {row["field"]: row for row in rows(coding, f"/agreement.csv{query}") if not row["document"]}
    assert fields["claim"]["n"] == 12
    assert [len(fields[name]["disagreements"]) for name in ("claim", "stance", "place")] == [1, 1, 0]
    for name, one in fields.items():
        assert table[name]["alpha"] == ("" if one["alpha"] is None else str(one["alpha"])), name


def test_nobody_coded_says_so(client: TestClient) -> None:
    assert "Only the program has coded this case" in client.get("/agreement").text
    assert client.get("/agreement.csv").status_code == 422
    assert client.get("/agreement?one=ana&other=program").status_code == 422
    assert "Nobody has decided anything yet" in client.get("/log").text


def test_the_log_lists_filters_and_takes_back(coding: TestClient, coded: Desk) -> None:
    everything = coding.get("/log.json").json()
    assert everything["total"] == 26
    assert everything["entries"][0]["entry"] == 26
    assert {one["who"] for one in coding.get("/log.json?who=ana").json()["entries"]} == {"ana"}
    assert coding.get("/log.json?state=blind").json()["total"] == 14
    assert len(rows(coding, "/log.csv?kind=claim&state=holds")) == 12
    newest = coding.get("/log.json?who=ana").json()["entries"][0]["entry"]
    assert f'aria-label="Take back entry {newest}"' in coding.get("/log").text
    form = {"act": "undo", "entry": newest, "token": coded.token, "back": "/log?who=ana"}
    answer = coding.post("/decide", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/log?who=ana")
    assert [one["entry"] for one in coding.get("/log.json?state=taken%20back").json()["entries"]] == [newest]
    assert "taken back by 27" in coding.get("/log").text


def test_runs_lead_to_what_they_brought(coding: TestClient, coded: Desk) -> None:
    (run,) = coding.get("/runs.json").json()["runs"]
    (row,) = rows(coding, "/runs.csv")
    assert str(run["added"]) == row["added"] == "25"
    page = coding.get("/runs/1").text
    assert coding.get(re.findall(r'href="(/documents/\d+)"', page)[0]).status_code == 200
    assert len(coding.get("/runs/1.json").json()["documents"]) == 25
    with coded.writing() as store:
        number = store.begin_run("add")
        store.reject(Rejected("<b>bad</b>.pdf", "is empty", fatal=True), run=number)
    assert "cut short" in coding.get("/runs").text
    assert "&lt;b&gt;bad&lt;/b&gt;.pdf</code>: is empty" in coding.get(f"/runs/{number}").text
    assert coding.get("/runs/99").status_code == 404


def test_a_preview_shows_its_words_and_the_way_to_the_publisher(client: TestClient) -> None:
    for number in range(1, 26):
        made = client.get(f"/documents/{number}/preview.json").json()
        page = client.get(f"/documents/{number}/preview").text
        assert made["words_shown"] <= 200
        assert f"{made['words_shown']} of" in page
        if made["url"]:
            assert made["url"].replace("&", "&amp;") in page
        data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
        assert data is not None
        article = json.loads(data[1])
        assert article["@type"] == "NewsArticle"
        assert "articleBody" not in article
        assert article == client.get(f"/documents/{number}/preview.jsonld").json()
    assert client.get("/documents/999/preview").status_code == 404


def test_hostile_words_stay_words_in_a_preview(desk: Desk) -> None:
    evil = "</script><script>alert(1)</script>"
    document = make_document("evil", f"{evil} fell. " * 40, title=evil, url="javascript:alert(1)", publisher=evil)
    with desk.writing() as store:
        from fakes import FakeReader

        store.add(FakeReader().extract(document))
        number = store.document("evil").number  # type: ignore[union-attr]
    page = TestClient(create_app(desk)).get(f"/documents/{number}/preview").text
    assert "<script>" not in page
    assert "javascript:alert" not in page.replace("javascript:alert(1)", "", 0) or 'href="javascript' not in page
    assert json.loads(script_safe({"a": evil})) == {"a": evil}


def test_the_budget_is_never_passed_by_one_form_alone(client: TestClient) -> None:
    listed = rows(client, "/budget.csv")
    assert len(listed) == 25
    for row in listed:
        shown = {key: int(row[key]) for key in ("limit", "preview", "quoted", "both")}
        assert max(shown["preview"], shown["quoted"]) <= shown["limit"]
        assert max(shown["preview"], shown["quoted"]) <= shown["both"] <= shown["preview"] + shown["quoted"]
        assert (row["over"] == "True") == (shown["both"] > shown["limit"])
        preview = client.get(f"/documents/{row['number']}/preview.json").json()
        assert shown["preview"] == preview["words_shown"], row["document"]
    report = client.get("/report.html").text
    quoted = int(re.search(r"(\d+) words are quoted in this report", report)[1])  # type: ignore[index]
    assert quoted == sum(int(row["quoted"]) for row in listed)
    assert client.get("/budget.json?limit=10").json()["pages"] == 3


def test_the_report_is_chosen_looked_at_and_downloaded(client: TestClient) -> None:
    page = client.get("/report?country=ML&title=North").text
    counted = client.get("/report.json?country=ML").json()
    assert f"{counted['incidents']} incidents" in page
    answer = client.get(link(page, "Download the report"))
    assert answer.headers["content-disposition"] == 'attachment; filename="desk-report.html"'
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "<h1>North</h1>" in answer.text
    assert answer.text.count("<article id=") == counted["incidents"]
    assert 'formaction="/report.html"' in page


@pytest.mark.parametrize("query", ["from=July", "status=odd", "actor=Nobody%20at%20all"])
def test_a_scope_that_is_none_is_told(client: TestClient, query: str) -> None:
    page = client.get(f"/report?{query}")
    assert page.status_code == 200
    assert 'role="alert"' in page.text
    assert client.get(f"/report.html?{query}").status_code in {404, 422}


def test_the_pages_are_on_the_way(client: TestClient) -> None:
    head = client.get("/").text
    for path in ("/agreement", "/log", "/report"):
        assert f'href="{path}"' in head
    assert 'href="/runs"' in client.get("/log").text
    assert 'href="/budget"' in client.get("/report").text
    assert 'href="/documents/1/preview"' in client.get("/documents/1").text


def test_a_desk_without_previews_says_so(desk: Desk) -> None:
    from dataclasses import replace

    bare = wiring.desk(desk.case, "ana", Settings())
    bare.rooms = replace(bare.rooms, preview=None)
    assert TestClient(create_app(bare)).get("/documents/1/preview").status_code == 501
    with open_store(desk.case) as store:
        assert store.judgements() == []
