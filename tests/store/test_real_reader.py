"""The shipped sample through the real rooms: bytes do not depend on engine, order or batches, and nothing is lost."""

from __future__ import annotations

import random
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import pytest

from reportedly.contract import dumps, incident_json
from reportedly.engine import LocalEngine, ProcessEngine
from reportedly.engine.reading import LineJob, ReadJob
from reportedly.grouper import Grouper
from reportedly.model import Document, Extraction, Rejected
from reportedly.pipeline import load_grouper, load_reader, read_documents
from reportedly.settings import Settings
from reportedly.store import open_store
from reportedly.store.adding import AddRun

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    """Return the sample's documents."""
    items = read_documents([str(resources.files("reportedly") / "sample")])
    return [item for item in items if not isinstance(item, Rejected)]


@pytest.fixture(scope="module")
def found(documents: list[Document]) -> dict[str, Extraction]:
    """Return what the real reader reads out of them."""
    reader = load_reader()
    return {document.id: reader.extract(document) for document in documents}


@pytest.fixture(scope="module")
def grouper() -> Grouper:
    """Return the real grouper."""
    return load_grouper()


def exported(
    case: Path, batches: Sequence[Sequence[Document]], found: dict[str, Extraction], grouper: Grouper
) -> list[str]:
    """Add the batches to a new case and return what it exports."""
    with open_store(str(case), write=True) as store:
        for batch in batches:
            AddRun(store, lambda items: (found[item.id] for item in items if isinstance(item, Document)), grouper).run(
                batch
            )
        for document in documents_of(batches):
            stored = store.document(document.id)
            assert stored is not None
            assert stored.document == document
            assert tuple(store.claims(document.id)) == found[document.id].claims
        return [dumps(incident_json(record)) for record in store.incidents()]


def documents_of(batches: Sequence[Sequence[Document]]) -> list[Document]:
    """Return the documents of all batches."""
    return [document for batch in batches for document in batch]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_incidents_do_not_depend_on_order_or_batches(
    tmp_path: Path, documents: list[Document], found: dict[str, Extraction], grouper: Grouper, seed: int
) -> None:
    rng = random.Random(seed)
    mixed = rng.sample(documents, len(documents))
    cut = rng.randrange(1, len(mixed))
    whole = exported(tmp_path / "whole.case", [documents], found, grouper)
    assert exported(tmp_path / "parts.case", [mixed[:cut], mixed[cut:]], found, grouper) == whole
    assert whole


def test_lines_do_not_depend_on_the_engine(documents: list[Document]) -> None:
    job = LineJob(ReadJob(Settings()), mentions=True, with_text=True)
    few = documents[:12]
    assert list(ProcessEngine(2).map(job, few)) == list(LocalEngine().map(job, few))
