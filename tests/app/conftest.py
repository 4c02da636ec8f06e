"""A desk on a case of the shipped sample, read once, and one with small made-up articles for writing."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).parent.parent / "support"))

from reportedly.app import Desk, create_app
from reportedly.cli import wiring
from reportedly.cli.demo import sample
from reportedly.pipeline import load_grouper, load_reader, read_documents
from reportedly.settings import Settings
from reportedly.store import open_store
from reportedly.store.adding import AddRun


@pytest.fixture(scope="session")
def sample_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a case of the shipped sample."""
    path = tmp_path_factory.mktemp("sample") / "sample.case"
    reader = load_reader()
    with open_store(str(path), write=True) as store:
        run = AddRun(store, lambda items: (reader.extract(item) for item in items), load_grouper())  # type: ignore[arg-type]
        run.run(read_documents([str(sample())]))
    return path


@pytest.fixture
def desk(sample_case: Path, tmp_path: Path) -> Desk:
    """Return a desk on a copy of the sample."""
    path = tmp_path / "desk.case"
    shutil.copy(sample_case, path)
    return wiring.desk(str(path), "ana", Settings())


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    """Return a client of the desk, with the run's token on every request."""
    with TestClient(create_app(desk), headers={"X-Desk-Token": desk.token}, follow_redirects=False) as made:
        yield made
