"""The desk as a person and as an enemy use it: pages, decisions by form and by API, hosts, origins, tokens."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from reportedly.app import Desk

PAGES = ("/", "/documents", "/documents/1", "/documents/1?blind=1", "/knowledge")


def first_claim(client: TestClient, number: int = 1) -> dict[str, object]:
    """Return a claim of a document."""
    for n in range(number, 40):
        claims = client.get(f"/documents/{n}.json").json()["claims"]
        if claims:
            return {"number": n, **claims[0]}
    raise AssertionError("the sample holds claims")


@pytest.mark.parametrize("path", PAGES)
def test_pages_open_without_inline_script_or_style(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert " style=" not in answer.text
    assert " onclick=" not in answer.text
    assert "<script>" not in answer.text


@pytest.mark.parametrize("path", ["/index.json", "/documents.json", "/documents/1.json", "/openapi.json"])
def test_twins_are_json(client: TestClient, path: str) -> None:
    assert client.get(path).headers["content-type"] == "application/json"
    client.get(path).json()


def test_a_claim_is_rejected_and_the_undo_brings_it_back(client: TestClient) -> None:
    claim = first_claim(client)
    answer = client.post(f"/api/claims/{claim['id']}/reject", json={"why": "not in text"})
    assert answer.status_code == 200
    states = {c["id"]: c["status"] for c in client.get(f"/documents/{claim['number']}.json").json()["claims"]}
    assert states[claim["id"]] == "rejected"
    assert client.post("/api/undo", json={}).json()["claim"] == claim["id"]
    assert client.post("/api/redo", json={}).json()["claim"] == claim["id"]


def test_forms_work_without_scripts(client: TestClient, desk: Desk) -> None:
    claim = first_claim(client)
    form = {"act": "accept", "token": desk.token, "claim": claim["id"], "back": "/documents/1?claim=x"}
    answer = client.post("/decide", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/documents/1?claim=x")
    assert "accepted" in client.get(f"/documents/{claim['number']}/card", params={"claim": claim["id"]}).text
    for away in ("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"):
        assert client.post("/decide", data=form | {"back": away}).headers["location"] == "/"


def test_an_edit_is_checked_and_shows(client: TestClient) -> None:
    claim = first_claim(client)
    url = f"/api/claims/{claim['id']}/change"
    assert client.post(url, json={"fields": {"event_type": "nonsense"}}).status_code == 422
    assert client.post(url, json={"fields": {"trigger": {"start": 0, "end": 1, "quote": "?!"}}}).status_code == 422
    assert client.post(url, json={"fields": {"modality": "planned"}}).status_code == 200
    assert "planned" in client.get(f"/documents/{claim['number']}/card", params={"claim": claim["id"]}).text


def test_a_late_decision_is_kept_and_told(client: TestClient) -> None:
    claim = first_claim(client)
    seen = client.get(f"/documents/{claim['number']}.json").json()["seen"]
    url = f"/api/claims/{claim['id']}"
    assert client.post(f"{url}/accept", json={"seen": seen, "who": "ana"}).status_code == 200
    late = client.post(f"{url}/reject", json={"seen": seen, "who": "ben"})
    assert late.status_code == 409
    assert late.json()["conflicts"] is not None
    assert "decided otherwise" in client.get(f"/documents/{claim['number']}/card", params={"claim": claim["id"]}).text


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/", {"host": "evil.example"}, 421),
        ("GET", "/", {"host": "127.0.0.1.evil.example:80"}, 421),
        ("GET", "/", {"host": "localhost:8000"}, 200),
        ("GET", "/", {"host": "[::1]:8000"}, 200),
        ("POST", "/api/undo", {"origin": "https://evil.example"}, 403),
        ("POST", "/api/undo", {"origin": "null"}, 403),
        ("POST", "/api/undo", {"sec-fetch-site": "cross-site"}, 403),
        ("POST", "/api/undo", {"x-desk-token": "guess"}, 403),
        ("POST", "/api/undo", {"content-length": "99999999"}, 413),
        ("POST", "/documents/add", {"content-length": "99999999"}, 413),
        ("GET", "/documents/999999", {}, 404),
        ("GET", "/documents/99999999999999999999999999", {}, 404),
        ("GET", "/documents/x", {}, 422),
        ("GET", "/static/../desk.py", {}, 404),
    ],
)
def test_who_may_not_is_refused(
    client: TestClient, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    content = b"{}" if method == "POST" else None
    assert client.request(method, path, headers=headers, content=content).status_code == status


@pytest.mark.parametrize("path", ["/", "/claims", "/incidents", "/documents/1", "/incidents/{incident}"])
def test_pages_say_types_and_days_in_words(client: TestClient, path: str) -> None:
    """No keys of event types, no pairs of ISO days, no "1 claims"."""
    incident = client.get("/incidents.json").json()["incidents"][0]["id"]
    text = re.sub(r"<[^>]+>", " ", client.get(path.format(incident=incident)).text)
    assert not re.search(r"\b(?:battle|attack|strike|abduction|retreat) · |\b(?:battle|attack|strike)\.[a-z]", text)
    assert not re.search(r"\d{4}-\d{2}-\d{2}(?:/| to )\d{4}", text)
    assert not re.search(r"\b1 (?:claims|documents|incidents)\b", text)


def test_a_name_that_is_taught_is_read_and_decisions_stay(client: TestClient, desk: Desk) -> None:
    claim = first_claim(client)
    client.post(f"/api/claims/{claim['id']}/reject", json={})
    unknown = client.get("/knowledge.json").json()["unknown"]
    name = next(one["name"] for one in unknown if one["table"] == "actors")
    lesson = {"table": "actors", "name": name, "kind": "rebel_group", "countries": "ML"}
    assert client.post("/api/knowledge", json=lesson | {"kind": "dragons"}).status_code == 422
    assert client.post("/api/knowledge", json=lesson).status_code == 200
    assert client.post("/api/reread", json={"names": [name]}).json()["documents"] >= 1
    left = {one["name"] for one in client.get("/knowledge.json").json()["unknown"] if one["table"] == "actors"}
    assert name not in left
    listed = client.get("/actors.json", params={"q": name}).json()["actors"]
    actor = next(one for one in listed if one["name"] == name)
    found = client.get(f"/actors/{actor['id']}.json").json()
    assert (found["name"], found["kind"], found["countries"]) == (name, "rebel_group", ["ML"])
    assert "rebel group" in client.get(f"/actors/{actor['id']}").text
    assert name in {node["label"] for node in client.get("/network.json").json()["nodes"]}
    assert "accepted" not in client.get("/knowledge").text
    states = [c["status"] for c in client.get(f"/documents/{claim['number']}.json").json()["claims"]]
    assert "rejected" in states
    form = {"act": "forget", "token": desk.token, "table": "actors", "name": name}
    assert client.post("/knowledge", data=form).status_code == 303
    assert name in {one["name"] for one in client.get("/knowledge.json").json()["unknown"]}


def test_files_are_read_into_the_case_and_bad_ones_named(client: TestClient, desk: Desk) -> None:
    text = b"Gunmen killed four farmers near Djibo on 3 May 2024, the mayor said."
    files = [
        ("files", ("../../etc/evil\\name.txt", text, "text/plain")),
        ("files", ("broken.pdf", b"%PDF-1.7 nothing", "application/pdf")),
    ]
    told = client.post("/documents/add", data={"token": desk.token}, files=files).text
    assert "1 added" in told
    assert "broken.pdf" in told
    ids = {row["id"] for row in client.get("/documents.json").json()["documents"]}
    assert "name.txt" in ids
    assert client.post("/documents/add", data={"token": "guess"}, files=files).status_code == 403


def test_a_write_without_a_length_is_refused(client: TestClient) -> None:
    def endless() -> object:
        yield b"{}"

    assert client.post("/api/undo", content=endless()).status_code == 411  # type: ignore[arg-type]


def test_documents_come_in_pages_and_lead_to_their_neighbours(client: TestClient) -> None:
    everything = client.get("/documents.json").json()["documents"]
    part = client.get("/documents?limit=10&page=2").text
    shown = [row["number"] for row in everything if f'<a href="/documents/{row["number"]}">' in part]
    assert shown == [row["number"] for row in everything[10:20]]
    before, here, behind = (row["number"] for row in everything[3:6])
    text = client.get(f"/documents/{here}").text
    assert f'rel="prev" href="/documents/{before}"' in text
    assert f'rel="next" href="/documents/{behind}"' in text
    assert 'rel="prev"' not in client.get(f"/documents/{everything[0]['number']}").text
