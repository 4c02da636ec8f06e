"""The network as a person uses it: ties lead to the claims that they rest on, filters narrow, files can be read."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

EVIL = '"><script>alert(1)</script>\u202e'


def test_ties_lead_to_their_claims_and_claims_to_their_words(client: TestClient) -> None:
    page = client.get("/network").text
    ties = set(re.findall(r'href="#tie-([^"]+)"', page))
    assert ties
    assert ties <= set(re.findall(r'id="tie-([^"]+)"', page))
    words = [unescape(href) for href in re.findall(r'href="(/documents/\d+[^"]*)"', page)]
    assert words
    assert all(client.get(href).status_code == 200 for href in words[:5])


def test_an_actor_leads_to_what_surrounds_it(client: TestClient) -> None:
    page = client.get("/network").text
    actors = [
        unescape(href)
        for href in re.findall(r'<a href="(/network\?actor=[^"]+)" aria-label="[^"]+"><g class="node', page)
    ]
    assert actors
    around = client.get(actors[0])
    assert around.status_code == 200
    assert len(client.get(actors[0].replace("/network", "/network.json")).json()["edges"]) < len(
        client.get("/network.json").json()["edges"]
    )


def test_every_actor_that_is_linked_has_a_page(client: TestClient) -> None:
    """One of whom only a tie is told, and no claim, has none."""
    links = {unescape(href) for href in re.findall(r'href="(/actors/[^"]+)"', client.get("/network").text)}
    assert links
    assert {href: client.get(href).status_code for href in links} == dict.fromkeys(links, 200)


def test_filters_narrow_the_ties(client: TestClient) -> None:
    everything = client.get("/network.json").json()["edges"]
    contested = client.get("/network.json?status=contested").json()["edges"]
    assert {edge["id"] for edge in contested} < {edge["id"] for edge in everything}
    assert all(edge["incidents"] for edge in contested)
    thick = client.get("/network.json?least=1").json()["edges"]
    assert {edge["id"] for edge in thick} == {edge["id"] for edge in everything if edge["incidents"]}
    nothing = client.get("/network?q=no+incident+has+these+words")
    assert "No tie between two actors fits" in nothing.text


@pytest.mark.parametrize("kind", ["gexf", "graphml"])
def test_files_are_well_formed(client: TestClient, kind: str) -> None:
    answer = client.get(f"/network.{kind}")
    assert answer.headers["content-disposition"] == f'attachment; filename="network.{kind}"'
    ElementTree.fromstring(answer.content)


def test_the_picture_is_well_formed_and_brings_its_looks(client: TestClient) -> None:
    page = client.get("/network").text
    assert " style=" not in page
    assert "<style" not in page
    found = re.search(r'<svg[^>]*class="network".*?</svg>', page, re.DOTALL)
    assert found
    ElementTree.fromstring(found.group())
    sheets = [href for href in re.findall(r'<link rel="stylesheet" href="([^"]+)"', page) if "network.css" in href]
    assert client.get(sheets[0]).headers["content-type"].startswith("text/css")


@pytest.mark.parametrize("key", ["q", "type", "country", "status", "from", "least"])
def test_hostile_filters_do_nothing(client: TestClient, key: str) -> None:
    answer = client.get("/network", params={key: EVIL})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "\u202e" not in answer.text


def test_an_unknown_actor_is_said_to_be_unknown(client: TestClient) -> None:
    answer = client.get("/network", params={"actor": "nobody of this name"})
    assert 400 <= answer.status_code < 500
    assert "nobody of this name" in answer.text
