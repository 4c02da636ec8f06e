"""The network as files: other programs can read them, and nothing in the picture runs or breaks a strict page."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pytest
from test_network import ARMY, RED, TALES, clash, identities, network
from worlds import Tale, party

from reportedly.network import Edge, Network, Node, draw, gexf, graphml, network_json, stylesheet
from reportedly.network.svg import killed_words
from reportedly.network.tolls import TollRange

EVIL = '<script>alert(1)</script>" onload="x" \x00\x1b & ]]>'
G = "{http://gexf.net/1.3}"


@pytest.fixture
def found(tmp_path: Path) -> Network:
    """Return a network with every kind of node and edge, and a hostile name."""
    evil = party(EVIL, "company")
    tale = Tale("d9", ((clash(evil, against=(ARMY,), event_type="attack.raid"),),))
    return network(tmp_path, *TALES, tale, identities=identities())


def test_gexf_holds_every_tie_with_its_days(found: Network) -> None:
    root = ElementTree.fromstring("".join(gexf(found)))
    graph = root.find(f"{G}graph")
    assert graph is not None
    assert (root.get("version"), graph.get("mode")) == ("1.3", "dynamic")
    nodes = {node.get("id"): node for node in graph.iter(f"{G}node")}
    drawn = {edge.get("id"): edge for edge in graph.iter(f"{G}edge")}
    assert len(nodes) == len(found.nodes)
    assert set(drawn) == {edge.id for edge in found.edges}
    for edge in found.edges:
        there = drawn[edge.id]
        assert {there.get("source"), there.get("target")} <= set(nodes)
        spells = [(one.get("start"), one.get("end")) for one in there.iter(f"{G}spell")]
        assert spells == [(str(one.start), str(one.end)) for one in edge.spells]
    declared = {one.get("id") for one in graph.iter(f"{G}attribute")}
    assert {one.get("for") for one in graph.iter(f"{G}attvalue")} <= declared


def test_gexf_is_loaded_by_another_reader(found: Network) -> None:
    """Readers of graphs that are directed or not, but never both, load ties of either kind."""
    assert len({edge.mutual for edge in found.edges}) == 2
    graph = networkx.read_gexf(io.BytesIO("".join(gexf(found)).encode()))
    assert len(graph.nodes) == len(found.nodes)
    assert graph.number_of_edges() == len(found.edges)


def test_gexf_has_names_over_time(found: Network) -> None:
    root = ElementTree.fromstring("".join(gexf(found)))
    red = next(node for node in root.iter(f"{G}node") if node.get("id") == "x-red-front")
    names = [one for one in red.iter(f"{G}attvalue") if one.get("for") == "name"]
    assert [(one.get("value"), one.get("start"), one.get("end")) for one in names] == [
        ("Red League", "2019", "2024-04"),
        ("Red Front", "2024-05", None),
    ]


def test_graphml_is_read_back_as_the_same_graph(found: Network) -> None:
    graph = networkx.read_graphml(io.BytesIO("".join(graphml(found)).encode()), force_multigraph=True)
    assert set(graph.nodes) >= {node.id for node in found.nodes if EVIL not in node.label}
    assert len(graph.nodes) == len(found.nodes)
    read = {key: (source, target, values) for source, target, key, values in graph.edges(keys=True, data=True)}
    assert set(read) == {edge.id for edge in found.edges}
    for edge in found.edges:
        values = read[edge.id][2]
        assert (values["tie"], values["mutual"], values["incidents"]) == (edge.kind, edge.mutual, len(edge.incidents))
        assert values.get("claim_ids", "").split() == list(edge.claims)


def test_json_says_what_every_edge_rests_on(found: Network) -> None:
    shape = network_json(found)
    assert {edge["id"] for edge in shape["edges"]} == {edge.id for edge in found.edges}
    assert all(edge["claims"] or edge["tellings"] or edge["denied_by"] for edge in shape["edges"])
    assert {dyad["type_of_violence"] for dyad in shape["dyads"]} == {"state-based", "one-sided"}


def link(part: Node | Edge) -> str | None:
    """Return where the desk would lead: actors and ties between known ones."""
    return f"/actors/{part.id}?x=1&y=2" if isinstance(part, Node) and part.identified else None


@pytest.mark.parametrize("standalone", [True, False])
def test_the_picture_fits_into_a_strict_page(found: Network, standalone: bool) -> None:
    """No scripts, no handlers, no style attributes; a style sheet only in a file of its own."""
    text = draw(found, link, standalone=standalone)
    root = ElementTree.fromstring(text)
    tags = {element.tag.split("}")[1] for element in root.iter()}
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not tags & {"script", "image", "foreignObject", "use", "iframe"}
    assert ("style" in tags) == standalone
    assert not [name for name in attributes if name.startswith("on") or name == "style"]
    assert "<script>alert(1)</script>" in "".join(root.itertext())


def test_everything_drawn_has_a_title_and_leads_where_it_is_told(found: Network) -> None:
    root = ElementTree.fromstring(draw(found, link))
    svg = "{http://www.w3.org/2000/svg}"
    groups = [g for g in root.iter(f"{svg}g") if set((g.get("class") or "").split()) & {"node", "edge"}]
    assert len(groups) > len(found.edges)
    assert all((title := g.find(f"{svg}title")) is not None and title.text for g in groups)
    links = {one.get("href") for one in root.iter(f"{svg}a")}
    assert "/actors/x-red-front?x=1&y=2" in links
    assert not any("unidentified" in (one or "") for one in links)


def test_classes_of_the_picture_are_styled(found: Network) -> None:
    sheet = stylesheet()
    assert all(f".{name}" in sheet for name in ("network", "edge", "fights", "supports", "denied", "unidentified"))
    assert "@import" not in sheet
    assert "url(" not in sheet


def test_a_large_network_is_cut_to_the_thickest_part(tmp_path: Path) -> None:
    hub = [clash(party(f"Band {n}"), against=(RED,)) for n in range(40)]
    wide = network(tmp_path, Tale("d1", tuple((one,) for one in hub)))
    text = draw(wide, most=10)
    assert text.count('class="node ') == 10
    assert "31 further actors" in text


def test_an_empty_network_is_drawn_too(tmp_path: Path) -> None:
    empty = network(tmp_path, Tale("d1", ()))
    assert "no ties" in draw(empty)
    assert ElementTree.fromstring("".join(gexf(empty))).tag == f"{G}gexf"
    assert "graphml" in "".join(graphml(empty))


def test_a_tie_that_is_only_denied_is_dashed(tmp_path: Path) -> None:
    only = network(tmp_path, Tale("d1", ((clash(RED, against=(ARMY,), stance="denied"),),)))
    assert 'class="edge fights denied"' in draw(only)
    assert replace(only.edges[0], denied=()).weight == 1


@pytest.mark.parametrize(
    ("killed", "words"),
    [
        (TollRange(), "no figure"),
        (TollRange(3, 3, 3), "3"),
        (TollRange(3, 1200, 1200), "3 to 1,200"),
        (TollRange(30, None, 30), "30 or more"),
        (TollRange(12, None, 30), "12 to 30 or more"),
    ],
)
def test_ranges_in_words(killed: TollRange, words: str) -> None:
    assert killed_words(killed) == words
