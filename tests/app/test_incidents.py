"""Incidents as a person looks for them: the list with its filter and files, one incident, merge and split."""

from __future__ import annotations

import csv
import io
import json

import pytest
from starlette.testclient import TestClient

from reportedly.app.paging import read_paging


def listed(client: TestClient, query: str = "") -> list[dict[str, object]]:
    """Return the incidents that the JSON twin lists."""
    found: list[dict[str, object]] = client.get(f"/incidents.json{query}").json()["incidents"]
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

    def fits(incident: dict[str, object]) -> bool:
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
