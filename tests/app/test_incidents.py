"""Incidents as a person looks for them: the list with its filter and files, one incident, merge and split."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from reportedly.app import Desk
from reportedly.app.paging import read_paging


def listed(client: TestClient, query: str = "") -> list[dict[str, Any]]:
    """Return the incidents that the JSON twin lists."""
    found: list[dict[str, Any]] = client.get(f"/incidents.json{query}").json()["incidents"]
    return found


def test_the_list_shows_every_incident_with_its_tellers(client: TestClient) -> None:
    answer = client.get("/incidents?limit=1000")
    assert answer.status_code == 200
    for incident in listed(client, "?limit=1000"):
        assert f"/incidents/{incident['id']}" in answer.text
    assert "fewer" not in answer.text.partition("<table")[0]
    assert " style=" not in answer.text


@pytest.mark.parametrize(
    ("query", "test"),
    [
        ("?status=contested", lambda i: i["status"] == "contested"),
        ("?contested=1", lambda i: i["status"] == "contested"),
        ("?type=battle", lambda i: any(t.startswith("battle.") for t in i["event_types"])),
        ("?country=MM", lambda i: i["place"]["country"] == "MM"),
        ("?from=2025-01-01", lambda i: i["when"]["latest"] >= "2025-01-01"),
        ("?precision=near", lambda i: i["place"]["precision"] == "near"),
    ],
)
def test_a_filter_lets_through_what_fits_and_all_of_it(client: TestClient, query: str, test: object) -> None:
    assert callable(test)
    everything = listed(client, "?limit=1000")

    def fits(incident: dict[str, Any]) -> bool:
        try:
            return bool(test(incident))
        except TypeError:  # a date or a place that is not known
            return False

    wanted = {i["id"] for i in everything if fits(i)}
    assert {i["id"] for i in listed(client, f"{query}&limit=1000")} == wanted
    assert wanted
    assert len(wanted) < len(everything)


def test_pages_of_the_list_hold_every_incident_once(client: TestClient) -> None:
    first = client.get("/incidents.json?limit=10").json()
    pages = [client.get(f"/incidents.json?limit=10&page={n}").json() for n in range(1, first["pages"] + 1)]
    ids = [incident["id"] for answer in pages for incident in answer["incidents"]]
    assert len(ids) == len(set(ids)) == first["total"]
    assert 'rel="next" href="/incidents?limit=10&amp;page=2"' in client.get("/incidents?limit=10").text


def test_files_hold_the_whole_filter_not_the_page(client: TestClient) -> None:
    wanted = {i["id"] for i in listed(client, "?status=contested&limit=1000")}
    rows = csv.DictReader(io.StringIO(client.get("/incidents.csv?status=contested&limit=1").text))
    assert {row["incident"] for row in rows} == wanted
    shapes = json.loads(client.get("/incidents.geojson?status=contested").content)
    assert {feature["id"] for feature in shapes["features"]} == wanted


def test_newest_first_is_the_reverse(client: TestClient) -> None:
    oldest = [i["id"] for i in listed(client, "?limit=1000")]
    assert [i["id"] for i in listed(client, "?limit=1000&sort=newest")] == oldest[::-1]


@pytest.mark.parametrize(
    ("query", "page", "limit"),
    [
        ({}, 1, 100),
        ({"page": "2", "limit": "10"}, 2, 10),
        ({"page": "99", "limit": "10"}, 3, 10),
        ({"page": "-1", "limit": "0"}, 1, 1),
        ({"page": "x", "limit": "10000000"}, 1, 1000),
        ({"page": "9" * 30}, 1, 100),
    ],
)
def test_odd_pages_are_pages(query: dict[str, str], page: int, limit: int) -> None:
    made = read_paging(query, 25)
    assert (made.page, made.limit) == (page, limit)
    assert 0 <= made.first <= made.last <= 25


CONTESTED = "?status=contested&limit=1000"


@pytest.mark.parametrize("number", range(4))
def test_an_incident_shows_every_figure_with_its_words(client: TestClient, number: int) -> None:
    incident = listed(client, CONTESTED)[number]
    text = client.get(f"/incidents/{incident['id']}").text
    assert " style=" not in text
    assert "cannot hold" in text or "denies" in text
    found = client.get(f"/incidents/{incident['id']}.json").json()
    shown = {
        key
        for band in found["matrix"]["bands"]
        for row in band["rows"]
        for cell in row["cells"]
        for f in cell
        for key in f["claims"]
    }
    assert {figure["claim"] for cell in incident["tolls"] for figure in cell["by"]} <= shown
    assert all(f"?claim={key}" in text for key in shown)
    assert {c["id"] for c in found["claims"]} == set(incident["claims"])


def test_every_incident_opens_with_all_its_notes(client: TestClient) -> None:
    for incident in listed(client, "?limit=1000"):
        answer = client.get(f"/incidents/{incident['id']}.json")
        assert answer.status_code == 200, incident["id"]
        found = answer.json()
        words = {c["id"]: c for c in found["claims"]}
        assert all(note["claim"] in words and note["words"] for note in found["summary"]["notes"])
        assert found["summary"]["text"].endswith(".")
        assert set(found["codings"]) == {"acled", "ucdp", "plover", "cameo"}


def test_earlier_days_know_less_and_the_last_one_all(client: TestClient) -> None:
    many = [i for i in listed(client, "?limit=1000") if len(i["documents"]) > 1]
    tried = 0
    for incident in many:
        url = f"/incidents/{incident['id']}"
        days = client.get(f"{url}.json").json()["days"]
        if len(days) < 2:
            continue
        tried += 1
        known = [len(client.get(f"{url}.json?on={day['day']}").json()["claims"]) for day in days]
        assert known == sorted(known)
        assert known[-1] == len(incident["claims"])
        assert known[0] < known[-1] or days[0]["claims"] == days[-1]["claims"]
        first = client.get(f"{url}?on={days[0]['day']}").text
        assert f'What was known on <time datetime="{days[0]["day"]}">' in first
        assert client.get(f"{url}?step=1").text.count("What was known on") == 1
    assert tried


@pytest.mark.parametrize("query", ["?on=yesterday", "?on=2024-99-99"])
def test_a_day_that_is_none_is_told(client: TestClient, query: str) -> None:
    assert client.get(f"/incidents/{listed(client)[0]['id']}{query}").status_code == 422


def test_there_is_no_page_for_an_incident_that_is_not_there(client: TestClient) -> None:
    for path in ("/incidents/inc-1", "/incidents/inc-1.json", "/incidents/inc-1/merge", "/incidents/inc-1/split"):
        assert client.get(path).status_code == 404


def test_two_incidents_are_merged_after_a_look_and_the_undo_brings_both_back(client: TestClient, desk: Desk) -> None:
    one, other = sorted(str(i["id"]) for i in listed(client, CONTESTED)[:2])
    look = client.get(f"/incidents/{one}/merge", params={"with": other}).text
    assert "Together" in look
    assert look.count('name="act" value="merge"') == 1
    before = {i["id"]: i for i in listed(client, "?limit=1000")}
    form = {
        "act": "merge",
        "token": desk.token,
        "incident": one,
        "other": other,
        "back": f"/incidents/{other}?done=merge",
    }
    answer = client.post("/decide", data=form)
    assert answer.headers["location"] == f"/incidents/{other}?done=merge"
    after = {str(i["id"]): i for i in listed(client, "?limit=1000")}
    [gone] = {one, other} - set(after)
    [stays] = {one, other} & set(after)
    assert set(after[stays]["claims"]) == {*before[one]["claims"], *before[other]["claims"]}
    for path in ("", ".json", "/merge", "/split"):
        moved = client.get(f"/incidents/{gone}{path}?done=merge")
        assert moved.status_code in {200, 307}
        assert stays in (moved.headers.get("location") or moved.text)
    page = client.get(f"/incidents/{stays}?done=merge").text
    assert "Merged." in page
    assert "tell of one happening" in page
    client.post("/decide", data={"act": "undo", "token": desk.token, "back": "/"})
    assert {str(i["id"]): i for i in listed(client, "?limit=1000")} == before


def test_an_incident_is_split_after_a_look(client: TestClient, desk: Desk) -> None:
    incident = max(listed(client, "?limit=1000"), key=lambda i: len(i["claims"]))
    leaving = incident["claims"][-1]
    url = f"/incidents/{incident['id']}/split"
    assert 'value="split"' not in client.get(url).text
    assert 'value="split"' in client.get(url, params={"claim": leaving}).text
    assert "mark some of them" in client.get(url, params={"claim": incident["claims"]}).text
    assert client.get(url, params={"claim": "claim-of-another"}).status_code == 422
    form = {"act": "split", "token": desk.token, "incident": incident["id"], "claim": leaving, "back": "/"}
    assert client.post("/decide", data=form).status_code == 303
    homes = [i["id"] for i in listed(client, "?limit=1000") if leaving in i["claims"]]
    assert incident["id"] not in homes
    assert "split: claims were told apart" in client.get(f"/incidents/{incident['id']}").text


def test_an_incident_says_why_its_claims_belong_together(client: TestClient, desk: Desk) -> None:
    with desk.view() as view:
        record = max(view.incidents(), key=lambda one: len(one.claims))
    closed = client.get(f"/incidents/{record.id}").text
    assert "?why=1#why" in closed
    told = client.get(f"/incidents/{record.id}/why.json").json()
    assert {one["claim"] for one in told["claims"]} == set(record.claims)
    for one in told["claims"]:
        assert one["with"] in set(record.claims) - {one["claim"]}
        assert one["total"] == pytest.approx(sum(f["weight"] for f in one["features"]), abs=0.01)
    page = client.get(f"/incidents/{record.id}?why=1").text
    words = {f["feature"] for one in told["claims"] for f in one["features"] if f["weight"] > 0}
    assert words
    assert all(f"{one} <small>" in page for one in words)
    near = told["nearest"]
    assert near is None or f"/incidents/{record.id}/merge?with={near['incident']}" in page


def test_one_claim_alone_needs_no_reason(client: TestClient, desk: Desk) -> None:
    with desk.view() as view:
        record = next(one for one in view.incidents() if len(one.claims) == 1)
    assert client.get(f"/incidents/{record.id}/why.json").json()["claims"] == []
    assert "rests on one claim alone" in client.get(f"/incidents/{record.id}?why=1").text
    assert client.get("/incidents/inc-none/why.json").status_code == 404
