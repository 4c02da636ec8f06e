"""`explain CASE incident ID`: why claims belong together and the nearest other incident does not, in words and JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reportedly.cli.main import main
from reportedly.pipeline import load_grouper
from reportedly.store import open_store
from reportedly.store.adding import AddRun

from fakes import FakeReader, make_document  # isort: skip


@pytest.fixture
def case(tmp_path: Path) -> str:
    """Return the path of a case with two incidents in one town, one of them told twice."""
    path = str(tmp_path / "a.case")
    reader = FakeReader()
    days = ["2024-07-27", "2024-07-27", "2024-07-31"]
    texts = [f"Red Army killed {n} soldiers at Kova on {day}." for n, day in zip((12, 20, 12), days, strict=True)]
    documents = [
        make_document(f"d{n}", text, published=day) for n, (text, day) in enumerate(zip(texts, days, strict=True))
    ]
    with open_store(path, write=True) as store:
        AddRun(store, lambda items: (reader.extract(d) for d in items), load_grouper()).run(documents)  # type: ignore[arg-type]
    return path


def test_reasons_in_words_and_json(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    with open_store(case) as store:
        first, second = (record.id for record in store.incidents())
    assert main(["explain", case, "incident", first]) == 0
    words = capsys.readouterr().out
    assert "same place +2.3" in words
    assert f"nearest other: {second}" in words
    assert "not the same: days apart" in words
    assert main(["explain", case, "incident", second, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["claims"] == []
    assert found["nearest"]["incident"] == first
    assert found["nearest"]["forbidding"] == ["days apart"]


def test_an_unknown_incident_is_said_so(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", case, "incident", "inc-none"]) == 1
    assert "no incident `inc-none`" in capsys.readouterr().err


def test_show_says_what_was_known_on_a_day(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    with open_store(case) as store:
        first = next(store.incidents()).id
    assert main(["show", case, "incident", first, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["kind"] for one in found["relations"]] == ["contradiction"]
    assert main(["show", case, "incident", first]) == 0
    assert "contradiction: the outlet (d0), killed 12; the outlet (d1), killed 20" in capsys.readouterr().out
    assert main(["show", case, "incident", first, "--as-of", "2024-07-26"]) == 1
    assert "nothing was known" in capsys.readouterr().err
    assert main(["show", case, "incident", first, "--as-of", "July"]) == 2
    assert main(["show", case, "doc", "d0", "--as-of", "2024-07-26"]) == 2
