"""The measured case of the desk's benchmark: lists of it hold what was planted, and the table goes where it belongs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))

from starlette.testclient import TestClient

import lists as bench
from reportedly.app import create_app
from reportedly.cli import wiring
from reportedly.settings import Settings
from reportedly.store import open_store

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """Return a client of a small case of the benchmark's kind."""
    path = str(tmp_path_factory.mktemp("large") / "a.case")
    with open_store(path, write=True) as store:
        bench.fill(store, 240, seed=3)
    return TestClient(create_app(wiring.desk(path, "ana", Settings())))


def test_lists_hold_what_was_planted(client: TestClient) -> None:
    assert client.get("/claims.json").json()["total"] == 240
    incidents = client.get("/incidents.json?limit=1000").json()["incidents"]
    assert sum(len(incident["claims"]) for incident in incidents) == 240
    assert {actor["name"].split()[0] for actor in client.get("/actors.json").json()["actors"]} == {"Actor"}


@pytest.mark.parametrize("path", [*bench.LISTS, *bench.OTHERS])
def test_every_list_that_is_measured_opens(client: TestClient, path: str) -> None:
    # Other pages are measured where this version has them, and an actor where the case has it.
    assert client.get(path).status_code in ({200} if path in bench.LISTS else {200, 404})


def test_the_table_stands_between_its_marks() -> None:
    page = f"a\n{bench.BEGIN}\nold\n{bench.END}\nb"
    assert bench.written(page, "new") == f"a\n{bench.BEGIN}\n\nnew\n\n{bench.END}\nb"
