"""The same documents give the same bytes in every format, in whatever order and batches they were added."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from fakes import FakeGrouper, FakeReader, make_document
from hypothesis import given, settings
from hypothesis import strategies as st
from test_exports import acled_rows, export_bytes

from reportedly.exports import FORMATS
from reportedly.exports.options import Options
from reportedly.store import open_store, sqlite

TEXTS = {
    "b": "Red Army killed 12 soldiers at Kova on 2024-07-27, Blue Army said. "
    "Blue Army killed 2 soldiers at Mera on 2024-07-28.",
    "a": "Red Army killed 20 soldiers at Kova on 2024-07-27.",
    "d": "Gray Army killed 3 farmers at Mera on 2024-08-01, Red Army said. The rest is vague.",
    "c": "Nothing of the kind.",
    "e": "Red Army killed 1 soldiers at Kova on 2024-07-27, Gray Army said.",
}


def exported(order: list[str], groupings: set[int]) -> dict[str, bytes]:
    """Return every export of a case whose documents came in this order, grouped again after some of them."""
    with tempfile.TemporaryDirectory() as folder, open_store(str(Path(folder) / "a.case"), write=True) as case:
        for number, key in enumerate(order):
            document = make_document(key, TEXTS[key], published="2024-07-29", publisher=f"{key} Post")
            case.add(FakeReader().extract(document))
            if number in groupings:
                case.regroup(FakeGrouper())
        case.regroup(FakeGrouper())
        made = {name: export_bytes(case, name) for name in FORMATS}
        for name in ("csv", "jsonl", "ftm"):
            made[f"{name}, public"] = export_bytes(case, name, Options(share=0.3, public=True, acled=acled_rows))
        return made


@pytest.fixture(autouse=True)
def _same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all documents arrive in the same second: the report names the last arrival as its cut-off."""
    monkeypatch.setattr(sqlite, "now", lambda: "2024-09-01T00:00:00+00:00")


FIRST: dict[str, bytes] = {}


@settings(max_examples=8, deadline=None)
@given(order=st.permutations(sorted(TEXTS)), groupings=st.sets(st.integers(0, 4)))
def test_the_order_of_adding_changes_no_byte_of_any_export(order: list[str], groupings: set[int]) -> None:
    FIRST.update(FIRST or exported(sorted(TEXTS), set()))
    found = exported(order, groupings)
    assert [name for name in found if found[name] != FIRST[name]] == []
