"""`network`, `actors` and `show actor` at the command line."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from test_cli import Invoke, articles, case, invoke

__all__ = ["articles", "case", "invoke"]


@pytest.mark.parametrize("form", ["gexf", "graphml", "svg"])
def test_graphs_are_well_formed(case: Path, invoke: Invoke, form: str) -> None:
    done = invoke("network", str(case), "--format", form)
    assert (done.returncode, done.stderr) == (0, "")
    assert ElementTree.fromstring(done.stdout).tag.endswith(form)


def test_the_network_names_the_claims_of_each_tie(case: Path, invoke: Invoke) -> None:
    found = json.loads(invoke("network", str(case)).stdout)
    (edge,) = found["edges"]
    exported = invoke("export", str(case), "--format", "csv").stdout
    assert len(edge["claims"]) == 2
    assert all(claim in exported for claim in edge["claims"])
    assert (edge["killed_min"], edge["killed_max"]) == (12, 20)


def test_bounds_and_actors_narrow_it(case: Path, invoke: Invoke) -> None:
    late = json.loads(invoke("network", str(case), "--from", "2025-01-01").stdout)
    assert late["edges"] == []
    assert json.loads(invoke("network", str(case), "--actor", "red army").stdout)["edges"]
    wrong = invoke("network", str(case), "--from", "27 July")
    assert (wrong.returncode, "write it as 2024-07-27" in wrong.stderr) == (2, True)
    assert invoke("network", str(case), "--actor", "Nobody").returncode == 2


def test_actors_are_listed_most_met_first(case: Path, invoke: Invoke) -> None:
    lines = [json.loads(line) for line in invoke("actors", str(case), "--json").stdout.splitlines()]
    assert [line["id"] for line in lines][-1] == "x-blue-army"
    assert {line["id"]: line["claims"] for line in lines}["x-red-army"] == 2
    assert "Red Army" in invoke("actors", str(case)).stdout


def test_an_actor_is_shown_with_names_dyads_and_who_quotes_it(case: Path, invoke: Invoke) -> None:
    text = invoke("show", str(case), "actor", "x-blue-army").stdout
    assert "quoted by  unknown publisher: 1" in text
    found = json.loads(invoke("show", str(case), "actor", "x-red-army", "--json").stdout)
    assert found["profile"]["names_in_texts"][0]["words"] == "Red Army"
    assert found["claims"]
