"""Claims, actors, search and codebooks as a person looks things up, with hostile names and after decisions."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fakes import FakeGrouper, FakeReader, make_document
from starlette.testclient import TestClient

from reportedly.app import Desk, create_app
from reportedly.app.desk import Rooms
from reportedly.app.routes.search import pieces
from reportedly.store import open_store

PAGES = ("/claims", "/actors", "/actors?known=0", "/search", "/search?q=school", "/codebooks", "/codebooks/plover")


def claims(client: TestClient, query: str = "") -> list[dict[str, Any]]:
    """Return the claims that the JSON twin lists."""
    found: list[dict[str, Any]] = client.get(f"/claims.json?limit=1000{query}").json()["claims"]
    return found


@pytest.mark.parametrize("path", PAGES)
def test_lists_open_without_inline_script_or_style(client: TestClient, path: str) -> None:
    text = client.get(path).text
    assert "<h1>" in text
    assert " style=" not in text
    assert "<script>" not in text


@pytest.mark.parametrize(
    ("query", "test"),
    [
        ("&type=battle", lambda c: c["event_type"].startswith("battle.")),
        ("&outcome=injured", lambda c: any(t["outcome"] == "injured" for t in c["tolls"])),
        ("&kind=outlet", lambda c: c["claimant_kind"] == "outlet"),
        ("&stance=claimed", lambda c: c["stance"] == "claimed"),
        ("&document=3", lambda c: c["number"] == 3),
        ("&country=ml", lambda c: c["place"] is not None and c["place"]["country"] == "ML"),
        ("&from=2025-01-01", lambda c: c["when"] is not None and (c["when"]["latest"] or "") >= "2025-01-01"),
    ],
)
def test_a_filter_of_claims_lets_through_what_fits_and_all_of_it(client: TestClient, query: str, test: Any) -> None:
    everything = claims(client)
    wanted = [c["id"] for c in everything if test(c)]
    assert [c["id"] for c in claims(client, query)] == wanted
    assert 0 < len(wanted) < len(everything)
    rows = csv.DictReader(io.StringIO(client.get(f"/claims.csv?{query[1:]}").text))
    assert [row["claim"] for row in rows] == wanted


def test_claims_are_found_by_their_state_and_as_they_stand_after_an_edit(client: TestClient) -> None:
    one, two, three = claims(client)[:3]
    client.post(f"/api/claims/{one['id']}/reject", json={})
    client.post(f"/api/claims/{two['id']}/accept", json={})
    client.post(f"/api/claims/{three['id']}/change", json={"fields": {"modality": "planned", "stance": "doubted"}})
    for claim, state in ((one, "rejected"), (two, "accepted"), (three, "edited")):
        assert [c["id"] for c in claims(client, f"&status={state}")] == [claim["id"]]
    assert three["id"] in {c["id"] for c in claims(client, "&modality=planned&stance=doubted")}
    assert three["id"] not in {c["id"] for c in claims(client, f"&stance={three['stance']}")}
    left = claims(client, "&status=proposed")
    assert len(left) == len(claims(client)) - 3
    assert {c["status"] for c in left} == {"proposed"}
    client.post("/api/undo", json={})
    assert claims(client, "&status=edited") == []


def test_pages_of_claims_hold_every_claim_once_also_after_an_edit(client: TestClient) -> None:
    for _ in range(2):
        first = client.get("/claims.json?limit=20").json()
        pages = [client.get(f"/claims.json?limit=20&page={n}").json()["claims"] for n in range(1, first["pages"] + 1)]
        ids = [claim["id"] for page in pages for claim in page]
        assert len(ids) == len(set(ids)) == first["total"]
        client.post(f"/api/claims/{ids[30]}/change", json={"fields": {"modality": "planned"}})


def test_an_actor_has_names_opponents_and_outlets(client: TestClient) -> None:
    listed = client.get("/actors.json").json()["actors"]
    told = next(actor for actor in listed if actor["told"])
    found = client.get(f"/actors/{quote(told['id'], safe='')}.json").json()
    assert found["quoted_by"]
    assert sum(one["claims"] for one in found["quoted_by"]) == told["told"]
    assert {c["claim"] for c in found["claims"]} >= {
        c["id"] for c in claims(client, f"&claimant={quote(found['name'])}")
    }
    page = client.get(f"/actors/{quote(told['id'], safe='')}").text
    assert "Names over time" in page
    for incident in found["incidents"][:5]:
        assert f"/incidents/{incident}" in page
    assert client.get("/actors/nobody-of-this-name").status_code == 404


def test_every_known_actor_has_a_page(client: TestClient) -> None:
    listed = client.get("/actors.json", params={"limit": 500}).json()["actors"]
    assert listed
    assert {client.get(f"/actors/{one['id']}").status_code for one in listed} == {200}


def test_search_leads_to_claims_with_their_words(client: TestClient) -> None:
    claim = next(c for c in claims(client) if c["tolls"] and len(c["content"]["quote"].split()) > 5)
    words = " ".join(word for word in claim["content"]["quote"].split()[:4] if word.isalpha())
    found = client.get("/search.json", params={"q": words}).json()
    assert claim["id"] in {c["id"] for c in found["claims"]}
    assert claim["number"] in {t["number"] for t in found["texts"]}
    only = client.get("/search.json", params={"q": words, "in": "texts"}).json()
    assert (only["claims"], bool(only["texts"])) == ([], True)
    kind = client.get("/search.json", params={"q": words, "type": claim["event_type"]}).json()
    assert {c["event_type"] for c in kind["claims"]} == {claim["event_type"]}
    assert f"?claim={claim['id']}" in client.get("/search", params={"q": words}).text


@pytest.mark.parametrize("q", ['"', "\x00", "*", "a OR (", "%", "_", "'; DROP TABLE claim; --", "\u202e", "x" * 5_000])
def test_no_search_fails(client: TestClient, q: str) -> None:
    for path in ("/search", "/search.json", "/actors", "/incidents", "/codebooks/acled"):
        assert client.get(path, params={"q": q}).status_code == 200
    assert client.get("/claims", params={"claimant": q, "place": q, "document": q}).status_code == 200


def test_snippets_are_marked_without_markup() -> None:
    assert list(pieces("the \x02market\x03 of <b>")) == [("the ", False), ("market", True), (" of <b>", False)]


@pytest.mark.parametrize("name", ["acled", "ucdp", "cameo"])
def test_rows_of_a_book_download_in_its_own_columns(client: TestClient, name: str) -> None:
    book = next(b for b in client.get("/codebooks.json").json()["codebooks"] if b["name"] == name)
    table = list(csv.reader(io.StringIO(client.get(f"/codebooks/{name}.csv").text)))
    assert table[0] == book["columns"]
    made = client.get(f"/codebooks/{name}.json?limit=1000").json()
    assert len(table) - 1 == len(made["rows"]) > 0
    steps = [step for row in made["rows"] for step in row["_trace"] if step["field"]]
    assert all(step["rule"] for step in steps)
    text = client.get(f"/codebooks/{name}").text
    assert "Rules behind these rows" in text
    assert "What the book cannot say" in text or not made["warnings"]


def test_a_nested_book_downloads_as_lines(client: TestClient) -> None:
    lines = client.get("/codebooks/plover.jsonl").text.splitlines()
    assert len(lines) == len(client.get("/codebooks/plover.json?limit=1000").json()["rows"])
    assert all(json.loads(line)["event"] for line in lines)
    assert client.get("/codebooks/none").status_code == 404


# ------------------------------------------------------------------------------------------- hostile names


EVIL = "<script>alert(1)</script>"
TEXT = "Red Army killed 12 {victims} at Kova on 2024-07-27, Blue Army said."


@pytest.fixture
def odd(tmp_path: Path) -> TestClient:
    """Return a desk on a case whose names and titles are hostile, without knowledge or codebooks."""
    path = tmp_path / "odd.case"
    with open_store(str(path), write=True) as store:
        for key, victims in (("a/b?c=#1", "soldiers"), ("../../x", "farmers")):
            document = make_document(
                key, TEXT.format(victims=victims), title=EVIL, publisher=f"{EVIL}\u202e", published="2024-07-28"
            )
            store.add(FakeReader().extract(document))
        store.regroup(FakeGrouper())
    return TestClient(create_app(Desk(str(path), "ana", Rooms(grouper=FakeGrouper))), follow_redirects=False)


@pytest.mark.parametrize("path", ["/incidents", "/claims", "/actors?known=0", "/search?q=killed", "/codebooks"])
def test_hostile_names_are_words(odd: TestClient, path: str) -> None:
    answer = odd.get(path)
    assert answer.status_code == 200
    assert EVIL not in answer.text
    assert "\u202e" not in answer.text


def test_incidents_and_actors_of_hostile_documents_open(odd: TestClient) -> None:
    for incident in odd.get("/incidents.json").json()["incidents"]:
        for path in (f"/incidents/{incident['id']}", f"/incidents/{incident['id']}/split", "/codebooks"):
            answer = odd.get(path)
            assert answer.status_code == 200
            assert EVIL not in answer.text
    for known in ("0", "1"):
        for actor in odd.get(f"/actors.json?known={known}").json()["actors"]:
            assert odd.get(f"/actors/{quote(actor['id'], safe='')}").status_code == 200
