"""Map and timeline as a person uses them: by link, by form, by key, as JSON; every incident drawn or listed."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from reportedly.app import Desk
from reportedly.app.filters import Filter, read_filter
from reportedly.app.seen import SHOWN, glances, labels, rows
from reportedly.store.answers import Glance

PAGES = ("/map", "/timeline")
QUERIES = (
    "",
    "?contested=1",
    "?type=strike",
    "?from=2024-10-01&to=2024-12-31",
    "?precision=country",
    "?q=el+obeid",
    "?country=SD",
    "?actor=nobody+of+this+name",
    "?bbox=20,5,40,20",
)
EVIL = '"><script>alert(1)</script>\u202e'


def drawing(page: str, class_: str) -> ElementTree.Element:
    """Return the drawing of a page; well-formed or the test fails."""
    found = re.search(rf'<svg[^>]*class="{class_}".*?</svg>', page, re.DOTALL)
    assert found, f"there is no {class_}"
    return ElementTree.fromstring(found.group())


def incidents(client: TestClient, query: str = "") -> list[dict[str, object]]:
    """Return the incidents that a filter lets through."""
    found: list[dict[str, object]] = client.get(f"/timeline.json{query}").json()["incidents"]
    return found


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("path", PAGES)
def test_pages_show_every_incident_that_fits(client: TestClient, path: str, query: str) -> None:
    answer = client.get(path + query)
    assert answer.status_code == 200
    assert " style=" not in answer.text
    assert "<script>" not in answer.text
    held = set(re.findall(r'href="/incidents/(inc-[^"?]+)"', answer.text))
    found = {str(one["id"]) for one in incidents(client, query)}
    if path == "/map" and "bbox" in query:  # what lies outside is counted, what has no place is listed
        told = client.get(f"/map.json{query}").json()
        found = {one["id"] for one in told["incidents"]} | set(told["unplaced"])
    assert held == found


def test_the_map_sorts_incidents_into_three(client: TestClient) -> None:
    told = client.get("/map.json?bbox=20,5,40,20").json()
    parts = [{one["id"] for one in told["incidents"]}, set(told["unplaced"]), set(told["outside"])]
    everything = {str(one["id"]) for one in incidents(client)}
    assert set.union(*parts) == everything
    assert sum(map(len, parts)) == len(everything)
    assert all(parts)
    west, south, east, north = told["bbox"]
    assert west <= 20
    assert east >= 40
    assert all(west <= one["lon"] <= east and south <= one["lat"] <= north for one in told["incidents"])


def test_a_badge_leads_closer_until_incidents_stand_alone(client: TestClient) -> None:
    url = "/map"
    for _ in range(8):
        tree = drawing(client.get(url).text, "map")
        badges = [one for one in tree.iter() if one.get("class") == "heap" and "bbox" in one.get("href", "")]
        away = [one.get("href", "") for one in badges if "#list" not in one.get("href", "")]
        if not away:
            break
        url = away[0]
    else:
        pytest.fail("badges never come apart")
    assert [one for one in tree.iter() if (one.get("href") or "").startswith("/incidents/")] or badges


def test_links_move_the_map_and_keep_the_filter(client: TestClient) -> None:
    page = client.get("/map?bbox=20,5,40,20&status=contested").text
    moves = [unescape(href) for href in re.findall(r'class="button" href="([^"]+)"', page)]
    assert len(moves) == 8
    assert all(href.startswith("/map?") and "status=contested" in href for href in moves)
    closer = next(href for href in moves if client.get(href).status_code == 200 and "bbox" in href)
    assert client.get(closer).status_code == 200


@pytest.mark.parametrize(
    "bbox", ["-180,-90,180,90", "0,0,0,0", "179.9,89.9,180,90", "-500,-500,500,500", "0,0,0.0001,0.0001"]
)
def test_any_box_is_drawn(client: TestClient, bbox: str) -> None:
    answer = client.get("/map", params={"bbox": bbox})
    assert answer.status_code == 200
    drawing(answer.text, "map")


@pytest.mark.parametrize("bbox", ["1,2,3", "a,b,c,d", "9,0,1,1", "nan,0,1,1", "1e999,0,2e999,1"])
@pytest.mark.parametrize("path", [*PAGES, "/map.json", "/map.geojson", "/timeline.json"])
def test_no_box_is_said_to_be_none(client: TestClient, path: str, bbox: str) -> None:
    answer = client.get(path, params={"bbox": bbox})
    assert answer.status_code == 422
    assert "no box" in answer.text


@pytest.mark.parametrize("key", ["q", "actor", "from", "to", "type", "country", "status", "precision"])
@pytest.mark.parametrize("path", PAGES)
def test_hostile_filters_do_nothing(client: TestClient, path: str, key: str) -> None:
    answer = client.get(path, params={key: EVIL})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "\u202e" not in answer.text


def test_features_of_a_box(client: TestClient) -> None:
    data = client.get("/map.geojson?bbox=20,5,40,20").json()
    assert data["type"] == "FeatureCollection"
    held = {feature["id"] for feature in data["features"]}
    assert held
    assert held == {one["id"] for one in incidents(client, "?bbox=20,5,40,20")}
    points = [
        one["geometry"]["coordinates"] for one in data["features"] if (one["geometry"] or {}).get("type") == "Point"
    ]
    assert points
    assert all(20 <= lon <= 40 and 5 <= lat <= 20 for lon, lat in points)


def test_the_timeline_opens_days_and_keeps_the_filter(client: TestClient) -> None:
    page = client.get("/timeline?country=SD").text
    moves = [unescape(href) for href in re.findall(r'class="button" href="([^"]+)"', page)]
    assert all("country=SD" in href for href in moves)
    columns = [one.get("href", "") for one in drawing(page, "timeline").iter() if one.get("class") == "bin"]
    assert columns
    assert all("from=" in href and "to=" in href and "country=SD" in href for href in columns)
    assert client.get(columns[0]).status_code == 200


@pytest.mark.parametrize("query", ["?from=0001-01-01&to=9999-12-31", "?from=2024-05-05&to=2024-05-05", "?from=x&to=y"])
def test_any_days_are_drawn(client: TestClient, query: str) -> None:
    assert client.get(f"/timeline{query}").status_code == 200


def test_drawings_bring_their_looks(client: TestClient) -> None:
    page = client.get("/map").text
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    assert any(href.startswith("/static/drawing.css?v=") for href in sheets)
    for href in sheets:
        answer = client.get(href)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/css")
    assert client.get("/static/panzoom.js").status_code == 200


def test_a_list_holds_the_newest_and_leads_to_the_others(desk: Desk) -> None:
    with desk.view() as view:
        found = glances(view, Filter())
    many = [found[0]._replace(id=f"inc-{n:05d}", earliest=f"2024-01-{n % 28 + 1:02d}") for n in range(SHOWN + 50)]
    listed = rows(many, {})
    assert len(listed) == SHOWN
    assert listed[0].id == max(many, key=lambda one: (one.earliest or "", one.id)).id
    assert [row.id for row in rows(many, {}, ["inc-00003"])] == ["inc-00003"]


def test_labels_are_made_when_asked_for(desk: Desk) -> None:
    with desk.view() as view:
        found = glances(view, Filter())
    made = labels(found)
    assert not made
    assert made[found[0].id].title.startswith(found[0].title)
    assert made[found[0].id].href == f"/incidents/{found[0].id}"


def glance(**changes: Any) -> Glance:
    """Return an incident at a glance."""
    usual: dict[str, Any] = dict.fromkeys(Glance._fields)
    usual |= {"id": "inc-7", "title": "Armed clash near Kova, 2024-07-27", "types": "battle.clash\x1fattack.killing"}
    usual |= {
        "earliest": "2024-07-25",
        "latest": "2024-07-27",
        "precision": "near",
        "place": "Kova",
        "lat": 20.0,
        "lon": 2.5,
    }
    usual |= {"names": "Red Army\x1fsoldiers", "ids": "red-army", "told": "", "status": "contested", "country": "ML"}
    return Glance(**{**usual, "lands": "ML\x1fDZ", **changes})


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ({}, True),
        ({"q": "kova CLASH"}, True),
        ({"q": "red inc-7"}, True),
        ({"q": "kova mera"}, False),
        ({"actor": "red army"}, True),
        ({"actor": "red-army"}, True),
        ({"actor": "red"}, False),
        ({"from": "2024-07-27"}, True),
        ({"from": "2024-07-28"}, False),
        ({"to": "2024-07-25"}, True),
        ({"to": "2024-07-24"}, False),
        ({"bbox": "2,19,3,21"}, True),
        ({"bbox": "3,19,4,21"}, False),
        ({"type": "battle"}, True),
        ({"type": "attack.killing"}, True),
        ({"type": "bat"}, False),
        ({"country": "dz"}, True),
        ({"country": "NE"}, False),
        ({"contested": "1"}, True),
        ({"status": "single"}, False),
        ({"precision": "near"}, True),
        ({"precision": "point"}, False),
        ({"q": "kova", "status": "single"}, False),
    ],
)
def test_what_a_filter_lets_through(query: dict[str, str], fits: bool) -> None:
    assert read_filter(query).matches(glance()) == fits
    assert bool(list(read_filter(query).chosen([glance()]))) == fits


@pytest.mark.parametrize(
    ("query", "fits"), [({"from": "2024-01-01"}, False), ({"bbox": "-180,-90,180,90"}, False), ({"q": "clash"}, True)]
)
def test_what_is_not_known_fits_no_bounds(query: dict[str, str], fits: bool) -> None:
    assert read_filter(query).matches(glance(earliest=None, latest=None, lat=None, lon=None)) == fits
